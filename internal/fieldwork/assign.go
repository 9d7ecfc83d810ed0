package fieldwork

import (
	"context"
	"slices"

	"servicematning/internal/survey"
)

// BulkKind is what is done to many assignments at once.
type BulkKind string

// The kinds of bulk change.
const (
	BulkGive BulkKind = "give" // the evaluators may take the areas everywhere
	BulkTake BulkKind = "take" // the evaluators may not take the areas
	BulkCopy BulkKind = "copy" // the evaluators may take just what From may
)

// BulkChange changes the assignments of many evaluators.
type BulkChange struct {
	Kind       BulkKind
	Evaluators []string // e-mail addresses
	Areas      []survey.QuestionArea
	From       string // whose assignments are copied
}

// Check says what is missing, by the fields "who", "areas" and "from".
func (b BulkChange) Check() error {
	var errs survey.FieldErrors
	if len(b.Evaluators) == 0 {
		errs.Add("who", "Kryssa för minst en bedömare.")
	}
	switch b.Kind {
	case BulkGive, BulkTake:
		if len(b.Areas) == 0 {
			errs.Add("areas", "Kryssa för minst ett frågeområde.")
		}
	case BulkCopy:
		switch {
		case b.From == "":
			errs.Add("from", "Välj den bedömare som de andra ska få samma områden som.")
		case len(b.Evaluators) == 1 && b.Evaluators[0] == b.From:
			errs.Add("who", "Kryssa för någon annan än den vars områden kopieras.")
		}
	default:
		errs.Add("kind", "Välj vad som ska göras.")
	}
	return errs.Err()
}

// Apply gives the assignments as they are after the change.
func (b BulkChange) Apply(before []survey.Assignment) []survey.Assignment {
	touched := func(a survey.Assignment) bool {
		if !slices.Contains(b.Evaluators, a.Evaluator) {
			return false
		}
		if b.Kind == BulkCopy {
			return a.Evaluator != b.From
		}
		return slices.Contains(b.Areas, a.Area)
	}
	after := slices.DeleteFunc(slices.Clone(before), touched)
	switch b.Kind {
	case BulkGive:
		for _, e := range b.Evaluators {
			for _, area := range b.Areas {
				after = append(after, survey.Assignment{Area: area, Evaluator: e})
			}
		}
	case BulkCopy:
		for _, a := range before {
			for _, e := range b.Evaluators {
				if a.Evaluator == b.From && e != b.From {
					after = append(after, survey.Assignment{Area: a.Area, Evaluator: e, Municipality: a.Municipality})
				}
			}
		}
	case BulkTake:
	}
	return after
}

// AssignMany makes a bulk change. ErrConflict: the setup is another than in
// the version, so that the change may do something else than what was shown.
func (s *Service) AssignMany(ctx context.Context, by survey.User, code string, version int, b BulkChange) error {
	what := edit{"assignments.save", code, version}
	return s.edit(ctx, by, survey.EditSetup, what, untilClosed(func(set *survey.Setup) error {
		if err := b.Check(); err != nil {
			return err
		}
		return set.ReplaceAssignments(b.Apply(set.Assignments))
	}))
}
