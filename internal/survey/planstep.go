package survey

import (
	"strings"
	"time"

	"servicematning/internal/officehours"
)

// StepState is how far a change of the plan has come.
type StepState string

// The states of a step.
const (
	Proposed StepState = "proposed" // worked out and shown, nothing done yet
	Applied  StepState = "applied"
	Undone   StepState = "undone"  // applied, and taken back
	Dropped  StepState = "dropped" // never applied: thrown away, or replaced by a newer proposal
)

// PlanStep is one change of a round's plan during the fieldwork: proposed,
// looked at, applied, and perhaps undone. A round has at most one proposal.
type PlanStep struct {
	Round       RoundID
	Number      int // counts a round's steps from 1; never given twice
	State       StepState
	By          string // e-mail address of who proposed it
	ProposedAt  time.Time
	AppliedAt   time.Time
	UndoneAt    time.Time
	Basis       int      // the round's Version that it was worked out from
	Reasons     []string // Swedish: what does not fit in the plan as it is
	Notes       []string // Swedish: what the lead should know before applying
	Unavoidable int      // contacts that any change must move
	// LastBefore and LastAfter are the last days with a contact still to be
	// begun, in the plan as it was and as it would be.
	LastBefore, LastAfter officehours.Date
	Figures               []PlanFigure
	Changes               []PlanChange // by planned instant, then key; those of a dropped step are forgotten
}

// PlanFigure is one figure of how even the plan is, before the step and after.
type PlanFigure struct {
	Code          string // stable, for programs: "municipality_day"
	Title         string // Swedish
	Before, After int
	Bound         int    // what the measurement asks for
	Limit         int    // the best that any plan could reach
	AtLeast       bool   // the figure should be at least Bound, not at most
	Note          string // Swedish: what is counted, and the unit
	Why           string // Swedish: why and by how much After misses Bound; "" when it does not
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

// IsZero reports whether there is no slot.
func (s PlanSlot) IsZero() bool { return s.Evaluator == "" && s.At.IsZero() }

func (s PlanSlot) same(o PlanSlot) bool { return s.Evaluator == o.Evaluator && s.At.Equal(o.At) }

func (s PlanSlot) day() officehours.Date { return officehours.DateOf(s.At) }

// Slot is when and by whom the contact is to be made.
func (c Contact) Slot() PlanSlot { return PlanSlot{c.Evaluator, c.PlannedAt} }

// Untouched reports whether nothing has been done to the contact: it may be
// planned anew. One that is voided has had something done to it.
func (c Contact) Untouched() bool { return c.State == Planned && c.Disposition != Void }

// MoveTo gives an untouched contact another slot. Whoever it was handed out
// to no longer has it; an appointment stays.
func (c *Contact) MoveTo(s PlanSlot) {
	c.Evaluator, c.PlannedAt = s.Evaluator, s.At
	c.HeldBy, c.HeldUntil = "", time.Time{}
}

// Planned is the contact that a change adds.
func (p PlanChange) Planned(round RoundID) Contact {
	return Contact{
		ID: p.Contact, Round: round, Municipality: p.Key.Municipality, Channel: p.Key.Channel, Area: p.Area,
		Question: p.Key.Question, Replicate: p.Key.Replicate, Evaluator: p.After.Evaluator, PlannedAt: p.After.At,
		State: Planned,
	}
}

// Back lists the changes that take the step's back.
func (s PlanStep) Back() []PlanChange {
	back := make([]PlanChange, len(s.Changes))
	for i, c := range s.Changes {
		c.Before, c.After = c.After, c.Before
		back[i] = c
	}
	return back
}

// StepCount says how many contacts a step changes, and how.
type StepCount struct {
	Moved        int // in all, of which:
	NewDay       int // to another day
	NewEvaluator int // to another evaluator the same day; the rest only to another time
	Added        int
	Removed      int
}

// Count counts the step's changes.
func (s PlanStep) Count() StepCount {
	var n StepCount
	for _, c := range s.Changes {
		switch {
		case c.Before.IsZero():
			n.Added++
		case c.After.IsZero():
			n.Removed++
		default:
			n.Moved++
			if c.Before.day() != c.After.day() {
				n.NewDay++
			} else if c.Before.Evaluator != c.After.Evaluator {
				n.NewEvaluator++
			}
		}
	}
	return n
}

// Text says what is changed: "214 flyttas, 2 tillkommer".
func (n StepCount) Text() string {
	var parts []string
	for _, p := range []struct {
		n    int
		verb string
	}{{n.Moved, "flyttas"}, {n.Added, "tillkommer"}, {n.Removed, "tas bort"}} {
		if p.n > 0 {
			parts = append(parts, NumberText(p.n)+" "+p.verb)
		}
	}
	if len(parts) == 0 {
		return "ingenting ändras"
	}
	return strings.Join(parts, ", ")
}

// Applicable is nil when the step may be applied to the round, with the
// contacts that the step names as they are now.
func (s PlanStep) Applicable(r Round, now map[ContactID]Contact) error {
	if err := r.InField(); err != nil {
		return err
	}
	begun, other := disturbed(s.Changes, now)
	why := ""
	switch {
	case s.State != Proposed:
		return Refuse(ErrConflict, "Förslaget gäller inte längre. Gör ett nytt förslag.")
	case r.Version != s.Basis:
		why = "upplägget är ändrat"
	case begun == 1:
		why = "en kontakt har påbörjats"
	case begun > 1:
		why = NumberText(begun) + " kontakter har påbörjats"
	case other > 0:
		why = "kontakter har flyttats"
	default:
		return nil
	}
	return Refuse(ErrConflict, "Planen har ändrats sedan förslaget gjordes ("+why+"). Gör ett nytt förslag.")
}

// Undoable is nil when the step may be taken back. newest is the number of
// the round's newest applied step.
func (s PlanStep) Undoable(r Round, newest int, now map[ContactID]Contact) error {
	if err := r.InField(); err != nil {
		return err
	}
	begun, other := disturbed(s.Back(), now)
	switch {
	case s.State != Applied || s.Number != newest:
		return Refuse(ErrConflict, "Bara den plan som infördes sist går att ångra.")
	case begun == 1:
		return Refuse(ErrConflict, "Den går att ångra tills en flyttad kontakt har påbörjats. En kontakt har påbörjats.")
	case begun > 1:
		return Refuse(ErrConflict,
			"Den går att ångra tills en flyttad kontakt har påbörjats. "+NumberText(begun)+" kontakter har påbörjats.")
	case other > 0:
		return Refuse(ErrConflict, "Den går inte att ångra: kontakter har flyttats sedan planen infördes.")
	}
	return nil
}

// disturbed counts the contacts that are not as the changes found them: those
// that something has been done to, and those that are elsewhere or gone.
func disturbed(changes []PlanChange, now map[ContactID]Contact) (begun, other int) {
	for _, p := range changes {
		c, found := now[p.Contact]
		switch {
		case p.Before.IsZero() && !found:
		case found && !c.Untouched():
			begun++
		case !found || !c.Slot().same(p.Before):
			other++
		}
	}
	return begun, other
}
