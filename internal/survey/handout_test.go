package survey_test

import (
	"errors"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func TestTakeUp(t *testing.T) {
	now := officehours.Date{Year: 2026, Month: time.October, Day: 27}.At(10, 0)
	for name, tc := range map[string]struct {
		heldBy string
		until  time.Time
		taken  bool
	}{
		"held by nobody":             {"", time.Time{}, true},
		"held by who begins":         {"me@example.se", now.Add(time.Minute), true},
		"held by a colleague":        {"colleague@example.se", now.Add(time.Second), false},
		"no longer by the colleague": {"colleague@example.se", now, true},
	} {
		c := survey.Contact{Evaluator: "owner@example.se", HeldBy: tc.heldBy, HeldUntil: tc.until}
		err := c.TakeUp("me@example.se", now)
		if (err == nil) != tc.taken || (c.Evaluator == "me@example.se") != tc.taken ||
			err != nil && !errors.Is(err, survey.ErrConflict) {
			t.Errorf("%s: %v, %s", name, err, c.Evaluator)
		}
	}
}

func TestTouch(t *testing.T) {
	until := officehours.Date{Year: 2026, Month: time.October, Day: 27}.At(10, 15)
	for state, held := range map[survey.State]bool{
		survey.Planned: true, survey.Begun: false, survey.Submitted: false, survey.Returned: false,
	} {
		c := survey.Contact{State: state, HeldBy: "me@example.se", HeldUntil: until.Add(-time.Minute)}
		c.Touch("me@example.se", until)
		if (c.HeldBy == "me@example.se") != held || c.HeldUntil.Equal(until) != held || c.HeldUntil.IsZero() == held {
			t.Errorf("%s: held by %q until %v", state, c.HeldBy, c.HeldUntil)
		}
	}
}

func TestWhoeverHasAContactKeepsItByLooking(t *testing.T) {
	now := officehours.Date{Year: 2026, Month: time.October, Day: 27}.At(10, 0)
	const hold = 20 * time.Minute
	for name, tc := range map[string]struct {
		heldBy string
		left   time.Duration
		state  survey.State
		want   bool
	}{
		"most of it is left":      {"me@example.se", 10 * time.Minute, survey.Planned, false},
		"less than half is left":  {"me@example.se", 10*time.Minute - time.Second, survey.Planned, true},
		"a call to be made again": {"me@example.se", time.Minute, survey.Begun, true},
		"it has run out":          {"me@example.se", 0, survey.Planned, false},
		"it is a colleague's":     {"colleague@example.se", time.Minute, survey.Planned, false},
		"it is nobody's":          {"", -time.Hour, survey.Planned, false},
		"it is finished":          {"me@example.se", time.Minute, survey.Submitted, false},
	} {
		c := survey.Contact{State: tc.state, HeldBy: tc.heldBy, HeldUntil: now.Add(tc.left)}
		until, ok := c.Renewed("me@example.se", now, hold)
		if ok != tc.want || ok && !until.Equal(now.Add(hold)) {
			t.Errorf("%s: %v until %v", name, ok, until)
		}
	}
}
