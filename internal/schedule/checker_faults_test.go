package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// TestTheCheckerSeesEveryFault breaks one rule at a time in a good plan.
func TestTheCheckerSeesEveryFault(t *testing.T) {
	s := setup(t, 3, 4, 60, 60)
	s.Participants[0].Joined = date(t, "2026-10-21")
	s.Participants[1].Hours = officehours.Hours{Opens: 540, Closes: 900}
	s.Evaluators[0].Hours = officehours.Hours{Opens: 480, Closes: 780}
	good := schedule.Input{Setup: s}
	made := mustPlan(t, good, 1)
	call := slices.IndexFunc(made.Contacts, func(c survey.Contact) bool {
		return c.Channel == survey.Phone && c.Municipality == s.Participants[1].Code && c.Evaluator == s.Evaluators[0].Email
	})
	at := func(c *survey.Contact, day string, hour int) { c.PlannedAt = date(t, day).At(hour, 1).UTC() }
	for name, tc := range map[string]struct {
		change func(*schedule.Input, *schedule.Schedule, *survey.Contact)
		says   string
	}{
		"nothing": {func(*schedule.Input, *schedule.Schedule, *survey.Contact) {}, ""},
		"night": {func(_ *schedule.Input, _ *schedule.Schedule, c *survey.Contact) { at(c, "2026-10-27", 22) },
			"outside period or hours"},
		"Sunday": {func(_ *schedule.Input, _ *schedule.Schedule, c *survey.Contact) { at(c, "2026-10-25", 10) },
			"outside period or hours"},
		"municipality closed": {func(_ *schedule.Input, _ *schedule.Schedule, c *survey.Contact) { at(c, "2026-10-27", 8) },
			"cannot be reached"},
		"evaluator gone home": {func(_ *schedule.Input, _ *schedule.Schedule, c *survey.Contact) { at(c, "2026-10-27", 14) },
			"does not work"},
		"absent": {func(in *schedule.Input, _ *schedule.Schedule, c *survey.Contact) {
			in.Setup.Evaluators[0].Absent = []officehours.Date{officehours.DateOf(c.PlannedAt)}
		}, "does not work"},
		"not joined yet": {func(in *schedule.Input, _ *schedule.Schedule, _ *survey.Contact) {
			in.Setup.Participants[0].Joined = date(t, "2026-11-02")
		}, "cannot be reached"},
		"left": {func(in *schedule.Input, _ *schedule.Schedule, _ *survey.Contact) {
			in.Setup.Participants[0].Left = date(t, "2026-12-01")
		}, "not asked any more"},
		"withdrawn": {func(in *schedule.Input, _ *schedule.Schedule, c *survey.Contact) {
			for q := range in.Setup.Round.Design.Questions {
				x := &in.Setup.Round.Design.Questions[q]
				x.Withdrawn = x.Code == c.Question
			}
		}, "not asked any more"},
		"not assigned": {func(in *schedule.Input, _ *schedule.Schedule, c *survey.Contact) { without(in, c.Area) }, "not assigned"},
		"one too few": {func(_ *schedule.Input, p *schedule.Schedule, _ *survey.Contact) {
			p.Contacts = p.Contacts[:len(p.Contacts)-1]
		}, "has 1 contacts"},
		"one twice": {func(_ *schedule.Input, p *schedule.Schedule, c *survey.Contact) {
			p.Contacts = append(p.Contacts, *c)
		}, "twice in the plan"},
		"too much for a day": {func(in *schedule.Input, _ *schedule.Schedule, _ *survey.Contact) {
			in.Setup.Evaluators[1].EmailsPerDay = 1
		}, "room for 1"},
		"two calls at once": {func(_ *schedule.Input, p *schedule.Schedule, c *survey.Contact) {
			for i := range p.Contacts {
				if o := &p.Contacts[i]; o != c && o.Channel == survey.Phone && o.Evaluator == c.Evaluator {
					o.PlannedAt = c.PlannedAt
				}
			}
		}, "has two calls"},
		"a cell in one week": {func(_ *schedule.Input, p *schedule.Schedule, c *survey.Contact) {
			other(p, c).PlannedAt = c.PlannedAt.Add(time.Minute)
		}, "in the same week"},
		"a cell by one evaluator": {func(_ *schedule.Input, p *schedule.Schedule, c *survey.Contact) {
			other(p, c).Evaluator = c.Evaluator
		}, "has one evaluator twice"},
	} {
		t.Run(name, func(t *testing.T) {
			in, plan := follow(good, schedule.Remedy{}), schedule.Schedule{Contacts: slices.Clone(made.Contacts)}
			in.Setup.Round.Design.Questions = slices.Clone(in.Setup.Round.Design.Questions)
			tc.change(&in, &plan, &plan.Contacts[call])
			faults := strings.Join(faultsOf(in, plan), "\n")
			if tc.says == "" && faults != "" || !strings.Contains(faults, tc.says) {
				t.Errorf("got %.500q, want %q", faults, tc.says)
			}
		})
	}
}

// other is the other contact of the cell.
func other(p *schedule.Schedule, c *survey.Contact) *survey.Contact {
	i := slices.IndexFunc(p.Contacts, func(o survey.Contact) bool { return o.Cell() == c.Cell() && o.Key() != c.Key() })
	return &p.Contacts[i]
}
