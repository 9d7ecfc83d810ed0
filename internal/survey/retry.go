package survey

import (
	"slices"
	"time"
)

// RetryDelay is how long to wait before dialling again after an outcome.
type RetryDelay struct {
	Outcome Outcome
	Delay   time.Duration
}

// DefaultHold is how long a contact that has been handed out and not begun
// stays with the evaluator who got it.
const DefaultHold = 15 * time.Minute

// DefaultRetryDelays holds for the outcomes that a design does not list: a
// busy line is soon free, an absent handläggare is not soon back.
var DefaultRetryDelays = []RetryDelay{
	{Busy, 15 * time.Minute}, {NoAnswer, time.Hour}, {QueueLimit, time.Hour}, {Voicemail, 2 * time.Hour},
	{Unavailable, 2 * time.Hour}, {Bounced, 30 * time.Minute}, {ClosedNow, 2 * time.Hour}, {Fault, 0},
}

// RetryDelay is how long to wait before dialling again after the outcome.
func (d Design) RetryDelay(o Outcome) time.Duration {
	for _, list := range [][]RetryDelay{d.RetryDelays, DefaultRetryDelays} {
		if i := slices.IndexFunc(list, func(r RetryDelay) bool { return r.Outcome == o }); i >= 0 {
			return list[i].Delay
		}
	}
	return 0
}

// AgainAt is when a call that has been tried may be dialled again: the instant
// agreed, or else the outcome's delay after the newest dial ended. ok is false
// when it is not to be dialled again, or is being dialled.
func (c Contact) AgainAt(d Design) (at time.Time, ok bool) {
	n := len(c.Attempts)
	if n == 0 || c.State != Begun || c.Disposition == Void || c.Attempts[n-1].UnderWay() {
		return time.Time{}, false
	}
	if !c.CallBackAt.IsZero() {
		return c.CallBackAt, true
	}
	last := c.Attempts[n-1]
	return last.Ended.Add(d.RetryDelay(last.Outcome)), true
}

// The longest delay and hold that make sense within a field period.
const (
	longestDelay = 7 * 24 * time.Hour
	longestHold  = 4 * time.Hour
)

// checkDelays says which delays and holds cannot be.
func (d Design) checkDelays() FieldErrors {
	var errs FieldErrors
	for _, r := range d.RetryDelays {
		if rule, known := r.Outcome.Rule(); !known || !rule.Retry {
			errs.Add("retry_"+string(r.Outcome), "Efter det utfallet rings kontakten inte om.")
		} else if r.Delay < 0 || r.Delay > longestDelay {
			errs.Add("retry_"+string(r.Outcome), "Skriv 0–10080 minuter, högst en vecka.")
		}
	}
	if d.HoldFor != 0 && (d.HoldFor < time.Minute || d.HoldFor > longestHold) {
		errs.Add("hold_for", "Skriv 1–240 minuter.")
	}
	return errs
}

// Hold is how long a contact stays with who it was handed out to.
func (d Design) Hold() time.Duration {
	if d.HoldFor == 0 {
		return DefaultHold
	}
	return d.HoldFor
}
