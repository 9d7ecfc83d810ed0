package store

import (
	"cmp"
	"slices"

	"servicematning/internal/survey"
)

// sortSetup puts the lists in the order in which they are read back, so that
// a list only written in another order is no change.
func sortSetup(set *survey.Setup) {
	set.Participants = slices.Clone(set.Participants)
	slices.SortFunc(set.Participants, func(a, b survey.Participant) int { return cmp.Compare(a.Code, b.Code) })
	set.Evaluators = slices.Clone(set.Evaluators)
	slices.SortFunc(set.Evaluators, func(a, b survey.Evaluator) int { return cmp.Compare(a.Email, b.Email) })
	set.Assignments = slices.Clone(set.Assignments)
	slices.SortFunc(set.Assignments, func(a, b survey.Assignment) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Evaluator, b.Evaluator),
			cmp.Compare(a.Municipality, b.Municipality))
	})
}
