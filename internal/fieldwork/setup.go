package fieldwork

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// edit names a change to a round's setup. version 0 skips the check for a
// stale page (imports and the command line).
type edit struct {
	action  string
	code    string
	version int
}

// edit is the one way a setup is changed: right, stage and version are
// checked, then fn runs inside the store's transaction.
func (s *Service) edit(ctx context.Context, by survey.User, right survey.Action, e edit,
	fn func(set *survey.Setup, contacts int) error) error {
	if err := by.Allow(right); err != nil {
		return err
	}
	_, err := s.Store.UpdateSetup(ctx, s.change(ctx, by, e.action, e.code), e.code, e.version, fn)
	return err
}

// editOne is edit for one thing in a draft's setup, which the history names.
func (s *Service) editOne(ctx context.Context, by survey.User,
	what string, e edit, fn func(set *survey.Setup) error) error {
	if err := by.Allow(survey.EditSetup); err != nil {
		return err
	}
	_, err := s.Store.UpdateSetup(ctx, s.change(ctx, by, e.action, what), e.code, e.version, draftOnly(fn))
	return err
}

// draftOnly wraps a change that only a draft allows.
func draftOnly(fn func(*survey.Setup) error) func(*survey.Setup, int) error {
	return func(set *survey.Setup, _ int) error {
		if err := set.Round.Editable(); err != nil {
			return err
		}
		return fn(set)
	}
}

// untilClosed wraps a change that reality may force during the fieldwork.
func untilClosed(fn func(*survey.Setup) error) func(*survey.Setup, int) error {
	return func(set *survey.Setup, _ int) error {
		if err := set.Round.Open(); err != nil {
			return err
		}
		return fn(set)
	}
}

// SaveBasics changes a draft round's period and its name in words.
func (s *Service) SaveBasics(ctx context.Context, by survey.User, code string, version int,
	period survey.FieldPeriod, label string) error {
	what := edit{"round.basics", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, draftOnly(func(set *survey.Setup) error {
		fresh, err := survey.NewRound(code, period)
		if err != nil {
			return err
		}
		for d, x := range fresh.Calendar.Exceptions {
			if _, ok := set.Round.Calendar.Exceptions[d]; !ok && outside(set.Round.Period, d) {
				set.Round.Calendar = set.Round.Calendar.With(d, x)
			}
		}
		set.Round.Period, set.Round.Label = period, strings.TrimSpace(label)
		return nil
	}))
}

// outside reports whether the round's calendar has not been shown for the
// day's year yet, so that a holiday missing there was not removed by hand.
func outside(p survey.FieldPeriod, d officehours.Date) bool {
	return d.Year < p.From.Year || d.Year > p.To.Year+1
}

// SaveDesign changes a draft round's limits, criteria, scales and weights.
// Areas and questions are left as they are.
func (s *Service) SaveDesign(ctx context.Context, by survey.User, code string, version int, d survey.Design) error {
	what := edit{"round.design", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, draftOnly(func(set *survey.Setup) error {
		d.Areas, d.Questions = set.Round.Design.Areas, set.Round.Design.Questions
		wrong := slices.Concat(d.Check(), checkCriteria(d.Criteria), results.CheckWeights(d.Weights))
		if err := wrong.Err(); err != nil {
			return err
		}
		set.Round.Design = d
		return nil
	}))
}

// SaveQuestion changes a question of a draft round, found by its code, or
// adds it when old is "".
func (s *Service) SaveQuestion(ctx context.Context, by survey.User,
	code string, version int, old string, q survey.Question) error {
	return s.editOne(ctx, by, q.Code, edit{"question.save", code, version}, func(set *survey.Setup) error {
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
		d.Questions[i] = q
		d.SortQuestions()
		return nil
	})
}

// RemoveQuestion takes a question out of a draft round.
func (s *Service) RemoveQuestion(ctx context.Context, by survey.User, code string, version int, question string) error {
	return s.editOne(ctx, by, question, edit{"question.remove", code, version}, func(set *survey.Setup) error {
		n := len(set.Round.Design.Questions)
		set.Round.Design.Questions = slices.DeleteFunc(set.Round.Design.Questions,
			func(q survey.Question) bool { return q.Code == question })
		if len(set.Round.Design.Questions) == n {
			return survey.ErrNotFound
		}
		return nil
	})
}

// SaveCalendar changes a draft round's ordinary opening hours.
func (s *Service) SaveCalendar(ctx context.Context, by survey.User,
	code string, version int, h officehours.Hours) error {
	what := edit{"calendar.hours", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, draftOnly(func(set *survey.Setup) error {
		if h.Opens >= h.Closes {
			return survey.FieldErrors{{Field: "closes", Message: "Stängningstiden ska vara efter öppningstiden."}}
		}
		set.Round.Calendar.Opens, set.Round.Calendar.Closes = h.Opens, h.Closes
		return nil
	}))
}

// SaveException makes one day of a round's calendar closed, short or, with a
// nil exception, ordinary again.
func (s *Service) SaveException(ctx context.Context, by survey.User, code string, version int,
	day officehours.Date, x *officehours.Exception) error {
	return s.editOne(ctx, by, day.String(), edit{"calendar.day", code, version}, func(set *survey.Setup) error {
		switch {
		case day.IsZero():
			return survey.FieldErrors{{Field: "day", Message: "Skriv en dag, till exempel 30 okt 2026."}}
		case x == nil:
			set.Round.Calendar = set.Round.Calendar.Without(day)
		case x.Hours.Opens > x.Hours.Closes:
			return survey.FieldErrors{{Field: "closes", Message: "Stängningstiden ska vara efter öppningstiden."}}
		default:
			set.Round.Calendar = set.Round.Calendar.With(day, *x)
		}
		return nil
	})
}

// SaveParticipants adds participants and overwrites those already there.
func (s *Service) SaveParticipants(ctx context.Context, by survey.User, code string, ps []survey.Participant) error {
	return s.edit(ctx, by, survey.EditSetup, edit{"participants.save", code, 0}, putParticipants(ps))
}

// AddParticipants is SaveParticipants for a page that showed the round as it
// was in the version.
func (s *Service) AddParticipants(ctx context.Context, by survey.User,
	code string, version int, ps []survey.Participant) error {
	return s.edit(ctx, by, survey.EditSetup, edit{"participants.save", code, version}, putParticipants(ps))
}

func putParticipants(ps []survey.Participant) func(*survey.Setup, int) error {
	return draftOnly(func(set *survey.Setup) error {
		for _, p := range ps {
			if err := p.Check(); err != nil {
				return err
			}
			set.PutParticipant(p)
		}
		return nil
	})
}

// SaveParticipant changes one participant of a draft round.
func (s *Service) SaveParticipant(ctx context.Context, by survey.User,
	code string, version int, p survey.Participant) error {
	return s.editOne(ctx, by, p.Code, edit{"participant.save", code, version}, func(set *survey.Setup) error {
		if _, ok := set.Participant(p.Code); !ok {
			return survey.ErrNotFound
		}
		if err := p.Check(); err != nil {
			return err
		}
		set.PutParticipant(p)
		return nil
	})
}

// EarlierParticipants lists those of the newest round before this one: their
// telephone numbers and addresses are a start for a new round.
func (s *Service) EarlierParticipants(ctx context.Context, by survey.User,
	r survey.Round) (earlier survey.Round, ps []survey.Participant, err error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return earlier, nil, err
	}
	rounds, err := s.Store.Rounds(ctx)
	if err != nil {
		return earlier, nil, err
	}
	i := slices.IndexFunc(rounds, func(x survey.Round) bool { return x.Period.From.Before(r.Period.From) })
	if i < 0 {
		return earlier, nil, nil
	}
	ps, err = s.Store.Participants(ctx, rounds[i].ID)
	return rounds[i], ps, err
}

// RemoveParticipant takes a municipality out of a draft round, with the
// assignments that name it.
func (s *Service) RemoveParticipant(ctx context.Context, by survey.User,
	code string, version int, municipality string) error {
	return s.editOne(ctx, by, municipality, edit{"participant.remove", code, version}, func(set *survey.Setup) error {
		if _, ok := set.Participant(municipality); !ok {
			return survey.ErrNotFound
		}
		set.Participants = slices.DeleteFunc(set.Participants, func(p survey.Participant) bool { return p.Code == municipality })
		set.Assignments = slices.DeleteFunc(set.Assignments, func(a survey.Assignment) bool { return a.Municipality == municipality })
		return nil
	})
}

// SaveEvaluators adds evaluators and overwrites those already there.
func (s *Service) SaveEvaluators(ctx context.Context, by survey.User, code string, es []survey.Evaluator) error {
	what := edit{"evaluators.save", code, 0}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
		for _, e := range es {
			if err := e.Check(); err != nil {
				return err
			}
			set.PutEvaluator(e)
		}
		return nil
	}))
}

// SaveEvaluator adds an evaluator or, when fresh is false, changes the one
// with the address, which stays: it is what joins contacts and account.
func (s *Service) SaveEvaluator(ctx context.Context, by survey.User,
	code string, version int, fresh bool, e survey.Evaluator) error {
	what := edit{"evaluators.save", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
		_, found := set.Evaluator(e.Email)
		switch {
		case fresh && found:
			return survey.FieldErrors{{Field: "email", Message: "Bedömaren " + e.Email + " finns redan i omgången."}}
		case !fresh && !found:
			return survey.ErrNotFound
		}
		if err := e.Check(); err != nil {
			return err
		}
		set.PutEvaluator(e)
		return nil
	}))
}

// RemoveEvaluator takes an evaluator and the assignments out of a draft round.
func (s *Service) RemoveEvaluator(ctx context.Context, by survey.User, code string, version int, email string) error {
	what := edit{"evaluator.remove", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, draftOnly(func(set *survey.Setup) error {
		if _, ok := set.Evaluator(email); !ok {
			return survey.ErrNotFound
		}
		set.Evaluators = slices.DeleteFunc(set.Evaluators, func(e survey.Evaluator) bool { return e.Email == email })
		set.Assignments = slices.DeleteFunc(set.Assignments, func(a survey.Assignment) bool { return a.Evaluator == email })
		return nil
	}))
}

// SaveAssignments makes the given assignments the round's.
func (s *Service) SaveAssignments(ctx context.Context, by survey.User,
	code string, version int, as []survey.Assignment) error {
	what := edit{"assignments.save", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
		return set.ReplaceAssignments(as)
	}))
}

// AddAssignments adds assignments; those already there change nothing.
func (s *Service) AddAssignments(ctx context.Context, by survey.User, code string, as []survey.Assignment) error {
	what := edit{"assignments.import", code, 0}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
		for _, a := range as {
			if err := set.PutAssignment(a); err != nil {
				return err
			}
		}
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

// ImportMunicipalities adds and overwrites reference data by code.
func (s *Service) ImportMunicipalities(ctx context.Context, by survey.User,
	ms []survey.Municipality) (changed int, err error) {
	if err := by.Allow(survey.EditSetup); err != nil {
		return 0, err
	}
	return s.Store.SaveMunicipalities(ctx, s.change(ctx, by, "municipalities.import", fmt.Sprint(len(ms))), ms)
}
