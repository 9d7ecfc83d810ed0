package fieldwork

import (
	"context"
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Absence is days off in a row, both ends included.
type Absence struct{ From, To officehours.Date }

// AddAbsence makes an evaluator absent on those days of the absence that the
// evaluator would have worked in the field period. The plan stays as it is.
// What is wrong with the days is told by the fields "from" and "to".
func (s *Service) AddAbsence(ctx context.Context, by survey.User,
	code string, version int, email string, a Absence) error {
	return s.editAbsence(ctx, by, code, version, email,
		func(e *survey.Evaluator, p survey.FieldPeriod) error {
			days, err := a.workdays(*e, p)
			if err != nil {
				return err
			}
			e.Absent = slices.Concat(e.Absent, days)
			slices.SortFunc(e.Absent, officehours.Date.Compare)
			e.Absent = slices.Compact(e.Absent)
			return nil
		})
}

// RemoveAbsence takes back an evaluator's absence on the days.
func (s *Service) RemoveAbsence(ctx context.Context, by survey.User,
	code string, version int, email string, a Absence) error {
	return s.editAbsence(ctx, by, code, version, email,
		func(e *survey.Evaluator, _ survey.FieldPeriod) error {
			e.Absent = slices.DeleteFunc(slices.Clone(e.Absent), func(d officehours.Date) bool {
				return !d.Before(a.From) && !d.After(a.To)
			})
			return nil
		})
}

// editAbsence changes one evaluator of a round that is not closed.
func (s *Service) editAbsence(ctx context.Context, by survey.User, code string, version int, email string,
	fn func(e *survey.Evaluator, p survey.FieldPeriod) error) error {
	what := edit{"evaluator.absence", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
		e, found := set.Evaluator(email)
		if !found {
			return survey.ErrNotFound
		}
		if err := fn(&e, set.Round.Period); err != nil {
			return err
		}
		set.PutEvaluator(e)
		return nil
	}))
}

// workdays lists the days that the absence takes from the evaluator's work.
func (a Absence) workdays(e survey.Evaluator, p survey.FieldPeriod) ([]officehours.Date, error) {
	switch {
	case a.To.Before(a.From):
		return nil, survey.FieldErrors{{Field: "to", Message: "Sista dagen ska inte vara före den första."}}
	case a.To.Before(p.From) || a.From.After(p.To):
		return nil, survey.FieldErrors{{Field: "from", Message: "Dagarna ligger utanför mätperioden, " +
			survey.DayText(p.From) + " – " + survey.DateText(p.To) + "."}}
	}
	first, last := laterDay(a.From, p.From), a.To
	if p.To.Before(last) {
		last = p.To
	}
	var days []officehours.Date
	for d := first; !d.After(last); d = d.AddDays(1) {
		if e.Works(d) {
			days = append(days, d)
		}
	}
	if len(days) == 0 {
		return nil, survey.FieldErrors{{Field: "from", Message: e.Name + " arbetar ändå inte de dagarna."}}
	}
	return days, nil
}
