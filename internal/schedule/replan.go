package schedule

import (
	"time"

	"servicematning/internal/survey"
)

// Change is what replanning does to a plan.
type Change struct {
	Moved         []Move           // by planned instant before, then key
	Added         []survey.Contact // by planned instant, then key; ID and Round are not set
	Removed       []survey.Contact // by planned instant, then key
	Unavoidable   int              // contacts that any change must move
	Reasons       []string         // Swedish: what does not fit in the plan as it is
	Notes         []string         // Swedish: what the lead should know
	SameEvaluator []string         // as in Schedule
	Balance       []Balance        // of the plan as it would be
}

// Move is a planned contact, as it was, with its new place.
type Move struct {
	Contact   survey.Contact
	Evaluator string // e-mail address
	At        time.Time
}

// Replan mends a plan after reality has changed: everything begun or done
// stays, what cannot be made as planned moves, and as little else as possible.
func Replan(Input, uint64) (Change, error) { return Change{}, nil }
