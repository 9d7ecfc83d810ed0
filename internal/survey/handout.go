package survey

import (
	"time"

	"servicematning/internal/officehours"
)

// TakeUp makes the evaluator who begins the contact its evaluator. One that a
// colleague has been handed out meanwhile is refused.
func (c *Contact) TakeUp(email string, now time.Time) error {
	if c.HeldBy != "" && c.HeldBy != email && now.Before(c.HeldUntil) {
		return Refuse(ErrConflict, "Kontakten är tagen av en kollega just nu. Ta en annan så länge.")
	}
	c.Evaluator = email
	return nil
}

// Touch renews the reservation of a contact that is worked on and not begun,
// and ends it for one that is: it is its evaluator's own then.
func (c *Contact) Touch(email string, until time.Time) {
	c.HeldBy, c.HeldUntil = "", time.Time{}
	if c.State == Planned {
		c.HeldBy, c.HeldUntil = email, until
	}
}

// Renewed gives until when the contact stays with the evaluator who looks at
// it: a whole hold from now, once less than half of theirs is left. ok is
// false when that changes nothing: it is another's, nobody's, or long theirs.
func (c Contact) Renewed(email string, now time.Time, hold time.Duration) (until time.Time, ok bool) {
	left := c.HeldUntil.Sub(now)
	if c.HeldBy != email || left <= 0 || left >= hold/2 || c.Finished() {
		return time.Time{}, false
	}
	return now.Add(hold), true
}

// Turn is when a contact that an evaluator has already had to do with comes,
// compared with those planned for them and with colleagues' overdue ones.
type Turn string

// The turns.
const (
	First Turn = "first" // before the planned ones: a call under way, what is held, an appointment due
	Again Turn = "again" // after them: a call whose delay is over
	Last  Turn = "last"  // when nothing else is left: what was put aside or let lie
)

// Asking is an evaluator who asks for the next contact, with all that decides
// which one it may be.
type Asking struct {
	Round     RoundID
	Version   int       // of the round, by which the rest was worked out
	Evaluator string    // e-mail address
	At        time.Time // now
	Until     time.Time // when the reservation ends
	LetGo     time.Time // what they have let go of after this instant comes last
	Channel   Channel   // "": either
	Leave     ContactID // put aside, or done just now: another one is wanted; zero: none
	// Planned is the end of today: own contacts planned before it are due;
	// zero: offices are closed, and nothing is begun.
	Planned   time.Time
	Closed    []string // municipalities that cannot be phoned now
	Gone      []string // municipalities that take no part today
	Withdrawn []string // questions that are no longer asked
	Overdue   Overdue
	// Choose picks from what the evaluator has begun or been handed out.
	Choose func(turn Turn, mine []Contact) (chosen Contact, ok bool)
}

// Overdue is what an evaluator may take of colleagues' contacts. Its zero
// value is nothing.
type Overdue struct {
	Before   officehours.Date // only contacts planned before this day
	Areas    []Assignment     // the evaluator's own
	Capacity map[Channel]int  // contacts a day, with what has been made today
}
