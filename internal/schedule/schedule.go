package schedule

import (
	"time"

	"servicematning/internal/survey"
)

// Input is everything a plan is made from. The order of its slices does not
// matter.
type Input struct {
	Setup survey.Setup
	// Kept are the contacts that stay as they are: begun, finished or voided.
	// A voided one leaves its place to a replacement.
	Kept []survey.Contact
	// Planned are the contacts of the plan as it stands that nothing has been
	// done to. Replan moves as few of them as it can; Plan does not look at them.
	Planned []survey.Contact
	// From is the instant before which nothing is planned; zero: the period's start.
	From time.Time
	// AllowSameEvaluator is the lead's consent that cells which only one
	// evaluator may take get both contacts from that evaluator.
	AllowSameEvaluator bool
}

// Schedule is a finished plan.
type Schedule struct {
	Contacts      []survey.Contact // new ones only, by planned instant, then key; ID and Round are not set
	Balance       []Balance        // of kept and new contacts together, in the order they are shown
	SameEvaluator []string         // Swedish sentences: where one evaluator makes both contacts of a cell
}

// Balance is one figure of how even the plan is.
type Balance struct {
	Code    string // stable, for programs: "municipality_day"
	Title   string // Swedish
	Value   int    // as planned
	Bound   int    // what the measurement asks for
	Limit   int    // no plan could do better with this setup: see bounds for what it presumes
	AtLeast bool   // Value should be at least Bound, not at most
	Note    string // Swedish: what is counted, and the unit
	Why     string // Swedish: why and by how much Bound is missed; "" when it is met
}

// limitByValue lets the plan itself prove that its value can be reached.
func (b *Balance) limitByValue() {
	if b.AtLeast {
		b.Limit = max(b.Limit, b.Value)
	} else {
		b.Limit = min(b.Limit, b.Value)
	}
}

// Met reports whether the plan keeps the bound.
func (b Balance) Met() bool {
	if b.AtLeast {
		return b.Value >= b.Bound
	}
	return b.Value <= b.Bound
}
