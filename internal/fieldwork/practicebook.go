package fieldwork

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"servicematning/internal/survey"
)

// PracticeBook is a round's practice for those who lead it.
type PracticeBook struct {
	Setup    survey.Setup
	Contacts []survey.PracticeContact // in their order, retired ones too
	Answers  []survey.PracticeAnswer  // everybody's, oldest first
}

// PracticeBook reads a round's practice with everybody's answers.
func (s *Service) PracticeBook(ctx context.Context, by survey.User, code string) (b PracticeBook, err error) {
	if err := by.Allow(survey.SeeContacts); err != nil {
		return b, err
	}
	if b.Setup, err = s.Setup(ctx, by, code); err != nil {
		return b, err
	}
	if b.Contacts, err = s.Store.Practice(ctx, b.Setup.Round.ID); err != nil {
		return b, err
	}
	b.Answers, err = s.Store.PracticeAnswers(ctx, b.Setup.Round.ID, "")
	return b, err
}

// editPractice is the one way a round's practice contacts are changed.
func (s *Service) editPractice(ctx context.Context, by survey.User, e edit, what string,
	fn func(r survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error)) error {
	if err := by.Allow(survey.EditSetup); err != nil {
		return err
	}
	return s.Store.UpdatePractice(ctx, s.change(ctx, by, e.action, what), e.code,
		func(r survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error) {
			if err := r.Open(); err != nil {
				return nil, err
			}
			return fn(r, list)
		})
}

// editOnePractice is editPractice for one of them, at its version; 0 skips the
// check for a stale page.
func (s *Service) editOnePractice(ctx context.Context, by survey.User, e edit, what string, id survey.PracticeID,
	fn func(r survey.Round, list []survey.PracticeContact, i int) error) error {
	return s.editPractice(ctx, by, e, what,
		func(r survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error) {
			i := slices.IndexFunc(list, func(p survey.PracticeContact) bool { return p.ID == id })
			switch {
			case i < 0:
				return nil, survey.ErrNotFound
			case e.version != 0 && list[i].Version != e.version:
				return nil, survey.ErrConflict
			}
			return list, fn(r, list, i)
		})
}

// SavePractice adds a practice contact, when it has no identifier, or changes
// the text, key and reasons of one. Changing a key counts answers anew.
func (s *Service) SavePractice(ctx context.Context, by survey.User, code string, version int,
	p survey.PracticeContact) (survey.PracticeID, error) {
	p.Key = p.Key.Tidy(p.Channel)
	e := edit{"practice.save", code, version}
	if p.ID.IsZero() {
		p.ID = survey.NewID[survey.PracticeContact]()
		return p.ID, s.editPractice(ctx, by, e, p.Title,
			func(r survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error) {
				if p.Borrowed && !r.Design.PracticeFromContacts {
					return nil, errNoConsent
				}
				return append(list, p), p.Check(r.Design)
			})
	}
	return p.ID, s.editOnePractice(ctx, by, e, p.Title, p.ID,
		func(r survey.Round, list []survey.PracticeContact, i int) error {
			old := list[i]
			p.Channel, p.Borrowed, p.Retired, p.Position, p.Version = old.Channel, old.Borrowed, old.Retired, old.Position, old.Version
			list[i] = p
			return p.Check(r.Design)
		})
}

// MovePractice moves a practice contact one step up or down among the round's.
func (s *Service) MovePractice(ctx context.Context, by survey.User, code string, id survey.PracticeID, up bool) error {
	return s.editOnePractice(ctx, by, edit{"practice.order", code, 0}, "", id,
		func(_ survey.Round, list []survey.PracticeContact, i int) error {
			step := 1
			if up {
				step = -1
			}
			for j := i + step; j >= 0 && j < len(list); j += step { // past those of the other channel
				list[j-step], list[j] = list[j], list[j-step]
				if list[j-step].Channel == list[j].Channel {
					break
				}
			}
			return nil
		})
}

// RetirePractice stops giving a practice contact to evaluators, or begins
// again. Answers are kept.
func (s *Service) RetirePractice(ctx context.Context, by survey.User, code string, version int, id survey.PracticeID,
	retired bool) error {
	e := edit{"practice.restore", code, version}
	if retired {
		e.action = "practice.retire"
	}
	return s.editOnePractice(ctx, by, e, "", id,
		func(_ survey.Round, list []survey.PracticeContact, i int) error {
			list[i].Retired = retired
			return nil
		})
}

// AddPracticePackage adds the practice contacts that come with the program and
// whose questions the round asks; those it has already are left as they are.
func (s *Service) AddPracticePackage(ctx context.Context, by survey.User, code string) (added int, err error) {
	err = s.editPractice(ctx, by, edit{"practice.package", code, 0}, "",
		func(r survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error) {
			more := notAdded(r.Design, list)
			for i := range more {
				more[i].ID = survey.NewID[survey.PracticeContact]()
			}
			added = len(more)
			return append(list, more...), nil
		})
	return added, err
}

// notAdded gives the practice contacts that come with the program, suit the
// round's questions and scales, and are not in its list.
func notAdded(d survey.Design, list []survey.PracticeContact) []survey.PracticeContact {
	return slices.DeleteFunc(survey.BundledPractice(), func(p survey.PracticeContact) bool {
		return p.Check(d) != nil || slices.ContainsFunc(list, func(x survey.PracticeContact) bool {
			return x.Channel == p.Channel && x.Title == p.Title
		})
	})
}

// NotAdded is how many of the practice contacts that come with the program
// could be added.
func (b PracticeBook) NotAdded() int { return len(notAdded(b.Setup.Round.Design, b.Contacts)) }

// PracticeRules are what a round asks of its evaluators' practice.
type PracticeRules struct {
	Required     bool
	Pass         int // percent
	FromContacts bool
}

// SavePracticeRules changes them. Unlike the rest of the design they may be
// changed until the round is closed: no figure rests on them.
func (s *Service) SavePracticeRules(ctx context.Context, by survey.User, code string, version int,
	rules PracticeRules) error {
	what := edit{"practice.rules", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
		d := &set.Round.Design
		d.PracticeRequired, d.PracticePass, d.PracticeFromContacts = rules.Required, rules.Pass, rules.FromContacts
		return d.CheckPractice()
	}))
}

// ResetPractice forgets what an evaluator has answered, so that the practice
// can be done again. How it stood, and why, is kept in the history.
func (s *Service) ResetPractice(ctx context.Context, by survey.User, code, evaluator, why string) error {
	if err := by.Allow(survey.EditSetup); err != nil {
		return err
	}
	if strings.TrimSpace(why) == "" {
		return survey.FieldErrors{{Field: "why", Message: "Skriv varför övningen ska göras om."}}
	}
	b, err := s.PracticeBook(ctx, by, code)
	if err != nil {
		return err
	}
	if err := b.Setup.Round.Open(); err != nil {
		return err
	}
	standing := b.Standing(evaluator)
	detail := fmt.Sprintf("%s, %d av %d punkter lika med facit. %s", evaluator, standing.Agreed, standing.Points, why)
	return s.Store.ResetPractice(ctx, s.change(ctx, by, "practice.reset", detail), code, evaluator)
}

// Standing is how far an evaluator has come with what is not retired.
func (b PracticeBook) Standing(evaluator string) (st survey.PracticeStanding) {
	who, _ := b.Setup.Evaluator(evaluator)
	for _, p := range b.Contacts {
		i := slices.IndexFunc(b.Answers, func(a survey.PracticeAnswer) bool {
			return a.Practice == p.ID && a.By == evaluator
		})
		task := PracticeTask{Contact: p}
		if i >= 0 {
			task.Answer = &b.Answers[i]
		}
		if !p.Retired && task.belongs(who) {
			st.Add(b.Setup.Round.Design, p, task.given())
		}
	}
	return st
}
