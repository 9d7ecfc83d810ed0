package schedule

import (
	"time"

	"servicematning/internal/officehours"
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
	// Before and After are the first and the last day with a contact that is
	// still to be made, in the plan as it is and as it would be; zero: none.
	Before, After survey.FieldPeriod
}

// Move is a planned contact, as it was, with its new place.
type Move struct {
	Contact   survey.Contact
	Evaluator string // e-mail address
	At        time.Time
}

// NewDay reports whether the contact moves to another day (in Sweden).
func (v Move) NewDay() bool {
	return officehours.DateOf(v.At) != officehours.DateOf(v.Contact.PlannedAt)
}

// NewDay counts the contacts that move to another day.
func (c Change) NewDay() (n int) {
	for _, v := range c.Moved {
		if v.NewDay() {
			n++
		}
	}
	return n
}

// NewEvaluatorSameDay counts the contacts that stay on their day with another
// evaluator. The rest of Moved gets another time of the day only.
func (c Change) NewEvaluatorSameDay() (n int) {
	for _, v := range c.Moved {
		if !v.NewDay() && v.Evaluator != v.Contact.Evaluator {
			n++
		}
	}
	return n
}

// Empty reports whether the plan can stay as it is.
func (c Change) Empty() bool { return len(c.Moved)+len(c.Added)+len(c.Removed) == 0 }

// Replan mends a plan after reality has changed: everything begun or done
// stays, what cannot be made as planned moves, and as little else as possible.
// A contact that is overdue stays with its evaluator, unless that evaluator
// cannot make it now. Errors are those of Plan: *Infeasible, *NeedsConsent.
func Replan(in Input, seed uint64) (Change, error) {
	r := newMender(in, seed)
	if err := r.mend(); err != nil {
		return Change{}, err
	}
	if err := r.m.consent(); err != nil && !in.AllowSameEvaluator && r.doubled() {
		return Change{}, err
	}
	return r.change(), nil
}

// mend moves what must move, then lets that find better places, and gives those
// who have nothing to do their share last.
func (r *mender) mend() error {
	idle := r.idle()
	r.relieve()
	for _, i := range r.unseated {
		if !r.seat(i) && !r.push(i) && !r.letGo(i) {
			return r.refuse(i)
		}
	}
	r.part()
	r.settle()
	r.giveShares(idle)
	return nil
}
