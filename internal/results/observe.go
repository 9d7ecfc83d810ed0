package results

import (
	"math"
	"time"

	"servicematning/internal/survey"
)

// never is the time to something that did not happen: longer than any limit.
const never time.Duration = math.MaxInt64

// observation is all that the measures look at in one contact that counts.
type observation struct {
	in [populations]bool // the populations that the contact belongs to

	// Of a call. Times are those of the first counted attempt.
	reachedFirst bool
	wait         time.Duration // dialled → handläggare
	access       survey.LevelCode
	greeting     survey.Greeting

	// Of an e-mail.
	replied  bool
	complete time.Duration // office time to the complete reply
	sender   survey.Sender

	// time is, of a call, dialled → answered at the main number, and of an
	// e-mail the office time to the first reply.
	time    time.Duration
	ratings survey.Ratings
}

// observe looks at a contact by the rules of its round.
func observe(c survey.Contact, r *survey.Round) observation {
	if c.Channel == survey.Phone {
		return observeCall(c, r.Design)
	}
	return observeMail(c.Mail, r)
}

// observeCall looks at a call. One with nothing but the evaluator's own faults
// has no counted attempt; it stays in the base of all calls as one that
// neither was answered nor reached anybody.
func observeCall(c survey.Contact, d survey.Design) observation {
	o := observation{wait: never, complete: never, access: survey.Poor, time: d.WaitLimit}
	o.in[phoneAll] = true
	if first, ok := c.FirstCounted(); ok {
		o.reachedFirst = first.Outcome == survey.Reached
		if wait, connected := first.Wait(); connected {
			o.wait = wait
		}
		if answered := answeredAt(first); !answered.IsZero() {
			o.time = answered.Sub(first.Dialled)
		}
		o.access, _ = c.Accessibility(d)
	}
	if reached, ok := c.ReachedAttempt(); ok {
		o.in[phoneReached] = true
		o.ratings = reached.Ratings
	}
	if greeted, ok := c.GreetingAttempt(); ok {
		o.in[phoneAnswered] = true
		o.greeting = greeted.Greeting
	}
	return o
}

// answeredAt is when the main number answered. Where only the handläggare's
// instant is known, the handläggare answered, as survey.Contact.Press has it.
func answeredAt(a survey.Attempt) time.Time {
	if a.Answered.IsZero() && a.Outcome == survey.Reached {
		return a.Connected
	}
	return a.Answered
}

// observeMail looks at an e-mail. A reply after the cut-off is no reply, so
// nothing in it is looked at. The rule is that of survey.Contact.Replied, which
// would count the same office time a second time.
func observeMail(m survey.Mail, r *survey.Round) observation {
	o := observation{wait: never, time: never, complete: never}
	o.in[emailAll] = true
	office, ok := m.ResponseTime(r.Calendar)
	if !ok || office > r.Design.ReplyCutoff {
		return o
	}
	o.in[emailReplied], o.replied = true, true
	o.time, o.ratings, o.sender = office, m.Ratings, m.Sender
	if m.CompleteReply.Equal(m.FirstReply) {
		o.complete = office
	} else if complete, ok := m.CompleteTime(r.Calendar); ok && complete <= r.Design.ReplyCutoff {
		o.complete = complete
	}
	return o
}
