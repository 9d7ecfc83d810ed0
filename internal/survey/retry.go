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

// Hold is how long a contact stays with who it was handed out to.
func (d Design) Hold() time.Duration {
	if d.HoldFor == 0 {
		return DefaultHold
	}
	return d.HoldFor
}
