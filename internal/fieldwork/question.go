package fieldwork

import (
	"context"
	"fmt"
	"slices"

	"servicematning/internal/survey"
)

// SaveQuestion changes a question of a draft round, found by its code, or
// adds it when old is "". version is the question's own, survey.VersionOf.
func (s *Service) SaveQuestion(ctx context.Context, by survey.User,
	code string, version int, old string, q survey.Question) error {
	what := edit{"question.save", code, 0}
	return s.editOne(ctx, by, q.Code, what, draftOnly(func(set *survey.Setup) error {
		d := &set.Round.Design
		if err := q.Check(*d, old); err != nil {
			return err
		}
		if old == "" {
			d.Questions = append(d.Questions, q)
			d.SortQuestions()
			return nil
		}
		i := slices.IndexFunc(d.Questions, func(x survey.Question) bool { return x.Code == old })
		if i < 0 {
			return survey.ErrNotFound
		}
		if !unchanged(version, d.Questions[i]) {
			return survey.ErrConflict
		}
		q.Withdrawn = d.Questions[i].Withdrawn
		d.Questions[i] = q
		d.SortQuestions()
		return nil
	}))
}

// RemoveQuestion takes a question out of a draft round.
func (s *Service) RemoveQuestion(ctx context.Context, by survey.User, code string, version int, question string) error {
	what := edit{"question.remove", code, version}
	return s.editOne(ctx, by, question, what, draftOnly(func(set *survey.Setup) error {
		n := len(set.Round.Design.Questions)
		set.Round.Design.Questions = slices.DeleteFunc(set.Round.Design.Questions,
			func(q survey.Question) bool { return q.Code == question })
		if len(set.Round.Design.Questions) == n {
			return survey.ErrNotFound
		}
		return nil
	}))
}

// WithdrawQuestion stops planning contacts for a question, or begins again
// when withdrawn is false. Contacts made count as before.
func (s *Service) WithdrawQuestion(ctx context.Context, by survey.User,
	code string, version int, question string, withdrawn bool) error {
	what := edit{"question.restore", code, version}
	if withdrawn {
		what.action = "question.withdraw"
	}
	return s.editOne(ctx, by, question, what, untilClosed(func(set *survey.Setup) error {
		qs := set.Round.Design.Questions
		i := slices.IndexFunc(qs, func(q survey.Question) bool { return q.Code == question })
		if i < 0 {
			return survey.ErrNotFound
		}
		qs[i].Withdrawn = withdrawn
		return nil
	}))
}

// ImportQuestions replaces the question bank of a draft round that has no
// contacts. The bank it already has changes nothing, at any stage.
func (s *Service) ImportQuestions(ctx context.Context, by survey.User, code string, qs []survey.Question) error {
	what := edit{"questions.import", code, 0}
	return s.edit(ctx, by, survey.EditSetup, what, func(set *survey.Setup, contacts int) error {
		bank := set.Round.Design
		bank.Questions = slices.Clone(qs)
		bank.SortQuestions()
		for i, q := range bank.Questions { // which a file does not tell
			old, _ := set.Round.Design.Question(q.Code)
			bank.Questions[i].Withdrawn = old.Withdrawn
		}
		if slices.Equal(bank.Questions, set.Round.Design.Questions) {
			return nil
		}
		if err := set.Round.Editable(); err != nil {
			return err
		}
		if contacts > 0 {
			return survey.Refuse(survey.ErrConflict, fmt.Sprintf(
				"Omgång %s har redan %d kontakter. Frågebanken kan bara bytas innan det finns kontakter.", code, contacts))
		}
		set.Round.Design = bank
		return nil
	})
}
