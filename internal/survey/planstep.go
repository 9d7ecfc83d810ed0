package survey

import "time"

// StepState is how far a change of the plan has come.
type StepState string

// The states of a step.
const (
	Proposed StepState = "proposed" // worked out and shown, nothing done yet
	Applied  StepState = "applied"
	Undone   StepState = "undone" // applied, and taken back
)

// PlanStep is one change of a round's plan during the fieldwork: proposed,
// looked at, applied, and perhaps undone. A round has at most one proposal.
type PlanStep struct {
	Round       RoundID
	Number      int // counts a round's steps from 1
	State       StepState
	By          string // e-mail address of who proposed it
	ProposedAt  time.Time
	AppliedAt   time.Time
	UndoneAt    time.Time
	Basis       int          // the round's Version that it was worked out from
	Reasons     []string     // Swedish: what does not fit in the plan as it is
	Notes       []string     // Swedish: what the lead should know before applying
	Unavoidable int          // contacts that any change must move
	Changes     []PlanChange // by planned instant, then key
}

// PlanChange is what a step does to one contact.
type PlanChange struct {
	Contact       ContactID
	Key           Key
	Area          QuestionArea
	Before, After PlanSlot // zero Before: added; zero After: removed
}

// PlanSlot is when and by whom a contact is to be made.
type PlanSlot struct {
	Evaluator string
	At        time.Time
}
