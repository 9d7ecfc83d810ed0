package survey_test

import (
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func TestAgainAt(t *testing.T) {
	d := survey.DefaultDesign("2026")
	d.RetryDelays = []survey.RetryDelay{{Outcome: survey.Busy, Delay: 7 * time.Minute}}
	ended := officehours.Date{Year: 2026, Month: time.October, Day: 27}.At(10, 0)
	call := func(o survey.Outcome) survey.Contact {
		return survey.Contact{State: survey.Begun, Channel: survey.Phone, Attempts: []survey.Attempt{
			{Outcome: survey.Fault, Ended: ended.Add(-time.Hour)}, {Outcome: o, Ended: ended},
		}}
	}
	with := func(c survey.Contact, change func(*survey.Contact)) survey.Contact { change(&c); return c }
	for name, tc := range map[string]struct {
		call survey.Contact
		want time.Time // zero: not again
	}{
		"the round's delay":   {call(survey.Busy), ended.Add(7 * time.Minute)},
		"the default's delay": {call(survey.NoAnswer), ended.Add(time.Hour)},
		"no delay":            {call(survey.Fault), ended},
		"agreed": {with(call(survey.Unavailable), func(c *survey.Contact) { c.CallBackAt = ended.Add(time.Minute) }),
			ended.Add(time.Minute)},
		"under way": {with(call(survey.Busy), func(c *survey.Contact) { c.Attempts[1].Outcome = "" }), time.Time{}},
		"planned":   {survey.Contact{State: survey.Planned}, time.Time{}},
		"finished":  {with(call(survey.Busy), func(c *survey.Contact) { c.State = survey.Submitted }), time.Time{}},
		"void":      {with(call(survey.Busy), func(c *survey.Contact) { c.Disposition = survey.Void }), time.Time{}},
	} {
		got, ok := tc.call.AgainAt(d)
		if ok == tc.want.IsZero() || !got.Equal(tc.want) {
			t.Errorf("%s: %v, %t, want %v", name, got, ok, tc.want)
		}
	}
}

func TestDelaysThatCannotBe(t *testing.T) {
	for name, tc := range map[string]struct {
		delays []survey.RetryDelay
		hold   time.Duration
		field  string
	}{
		"none":             {nil, 0, ""},
		"usual":            {[]survey.RetryDelay{{Outcome: survey.Busy, Delay: time.Hour}}, 20 * time.Minute, ""},
		"a week":           {[]survey.RetryDelay{{Outcome: survey.Busy, Delay: 7 * 24 * time.Hour}}, 4 * time.Hour, ""},
		"longer":           {[]survey.RetryDelay{{Outcome: survey.Busy, Delay: 7*24*time.Hour + 1}}, 0, "retry_busy"},
		"backwards":        {[]survey.RetryDelay{{Outcome: survey.Busy, Delay: -time.Minute}}, 0, "retry_busy"},
		"when reached":     {[]survey.RetryDelay{{Outcome: survey.Reached}}, 0, "retry_reached"},
		"an unknown one":   {[]survey.RetryDelay{{Outcome: "asleep"}}, 0, "retry_asleep"},
		"hardly held":      {nil, time.Second, "hold_for"},
		"held for the day": {nil, 5 * time.Hour, "hold_for"},
	} {
		d := survey.DefaultDesign("2026")
		d.RetryDelays, d.HoldFor = tc.delays, tc.hold
		errs := d.Check()
		if tc.field == "" && len(errs) > 0 || tc.field != "" && errs.On(tc.field) == "" {
			t.Errorf("%s: %v", name, errs)
		}
		if strings.Contains(errs.Error(), "%!") {
			t.Error(errs)
		}
	}
}
