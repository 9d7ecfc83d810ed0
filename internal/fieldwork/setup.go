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

// editOne is edit for one thing in the setup, which the history names. fn is
// wrapped in draftOnly or untilClosed.
func (s *Service) editOne(ctx context.Context, by survey.User,
	what string, e edit, fn func(set *survey.Setup, contacts int) error) error {
	if err := by.Allow(survey.EditSetup); err != nil {
		return err
	}
	_, err := s.Store.UpdateSetup(ctx, s.change(ctx, by, e.action, what), e.code, e.version, fn)
	return err
}

// unchanged reports whether a thing inside the setup is still in the version that a
// page showed; 0 skips the check.
func unchanged(version int, thing any) bool {
	return version == 0 || version == survey.VersionOf(thing)
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

// SaveCalendar changes a round's ordinary opening hours.
func (s *Service) SaveCalendar(ctx context.Context, by survey.User,
	code string, version int, h officehours.Hours) error {
	what := edit{"calendar.hours", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
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
	what := edit{"calendar.day", code, version}
	return s.editOne(ctx, by, day.String(), what, untilClosed(func(set *survey.Setup) error {
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
	}))
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

// SaveEvaluator adds an evaluator or, when added is false, changes the one
// with the address, which stays: it is what joins contacts and account.
// version is the evaluator's own, survey.VersionOf.
func (s *Service) SaveEvaluator(ctx context.Context, by survey.User,
	code string, version int, added bool, e survey.Evaluator) error {
	what := edit{"evaluators.save", code, 0}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
		old, found := set.Evaluator(e.Email)
		switch {
		case added && found:
			return survey.FieldErrors{{Field: "email", Message: "Bedömaren " + e.Email + " finns redan i omgången."}}
		case !added && !found:
			return survey.ErrNotFound
		case !added && !unchanged(version, old):
			return survey.ErrConflict
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

// ImportMunicipalities adds and overwrites reference data by code.
func (s *Service) ImportMunicipalities(ctx context.Context, by survey.User,
	ms []survey.Municipality) (changed int, err error) {
	if err := by.Allow(survey.EditSetup); err != nil {
		return 0, err
	}
	return s.Store.SaveMunicipalities(ctx, s.change(ctx, by, "municipalities.import", fmt.Sprint(len(ms))), ms)
}
