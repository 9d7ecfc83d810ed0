package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"servicematning/internal/survey"
)

// retried are the outcomes after which a call is dialled again.
var retried = slices.DeleteFunc(slices.Clone(survey.Outcomes), func(r survey.OutcomeRule) bool { return !r.Retry })

// Delays are the outcomes that have a delay of their own.
func (designLimitsPage) Delays() []survey.OutcomeRule { return retried }

// setDelays fills the form with the delays and the hold time.
func (f *form) setDelays(d survey.Design) {
	f.set("hold_for", decimalText(d.Hold().Minutes()))
	for _, rule := range retried {
		f.set("retry_"+string(rule.Outcome), decimalText(d.RetryDelay(rule.Outcome).Minutes()))
	}
}

// readDelays reads them back.
func (f *form) readDelays(d *survey.Design) {
	if d.HoldFor = f.minutes("hold_for"); d.HoldFor == 0 {
		d.HoldFor = -1 // no time at all; 0 would stand for the default
	}
	d.RetryDelays = nil
	for _, rule := range retried {
		d.RetryDelays = append(d.RetryDelays, survey.RetryDelay{
			Outcome: rule.Outcome, Delay: f.minutes("retry_" + string(rule.Outcome)),
		})
	}
}

// minutes reads a whole number of minutes.
func (f *form) minutes(name string) time.Duration {
	return time.Duration(max(-1e6, min(f.int(name), 1e6))) * time.Minute
}

// delaysText lists the delays after each outcome.
func delaysText(d survey.Design) string {
	var parts []string
	for _, rule := range retried {
		parts = append(parts, lowerFirst(shortOutcome(rule.Outcome))+" "+minutesText(d.RetryDelay(rule.Outcome)))
	}
	return strings.Join(parts, ", ")
}

// minutesText writes a delay as "15 min" or "2 h".
func minutesText(d time.Duration) string {
	if d >= time.Hour && d%time.Hour == 0 {
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d min", int(d.Minutes()))
}
