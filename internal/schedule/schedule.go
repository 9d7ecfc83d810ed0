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
	Code  string // stable, for programs: "municipality_day"
	Title string // Swedish
	Value int
	Note  string // Swedish: what is counted, and the unit
}
