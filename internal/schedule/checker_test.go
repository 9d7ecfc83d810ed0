package schedule_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// check counts a plan by the words of the rules, from the contacts alone. It
// shares nothing with the planner.
func check(t testing.TB, in schedule.Input, plan schedule.Schedule) {
	t.Helper()
	faults := faultsOf(in, plan)
	for i, f := range faults {
		if i == 10 {
			t.Errorf("… and %d more", len(faults)-i)
			break
		}
		t.Error(f)
	}
}

// faultsOf lists every broken rule.
func faultsOf(in schedule.Input, plan schedule.Schedule) (faults []string) {
	report := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for i, c := range plan.Contacts {
		checkContact(in, c, report)
		if i > 0 && !inOrder(plan.Contacts[i-1], c) {
			report("%v comes before %v", plan.Contacts[i-1].Key(), c.Key())
		}
	}
	checkCells(in, plan, report)
	checkDays(in, plan, report)
	checkMinutes(in, plan, report)
	return faults
}

func inOrder(a, b survey.Contact) bool {
	if !a.PlannedAt.Equal(b.PlannedAt) {
		return a.PlannedAt.Before(b.PlannedAt)
	}
	ka := []string{a.Municipality, string(a.Channel), a.Question, fmt.Sprintf("%03d", a.Replicate)}
	kb := []string{b.Municipality, string(b.Channel), b.Question, fmt.Sprintf("%03d", b.Replicate)}
	return slices.Compare(ka, kb) < 0
}

// checkContact looks at one contact alone.
func checkContact(in schedule.Input, c survey.Contact, report func(string, ...any)) {
	r := in.Setup.Round
	day := officehours.DateOf(c.PlannedAt)
	local := c.PlannedAt.In(officehours.Stockholm)
	clock := officehours.Clock(local.Hour()*60 + local.Minute())
	if c.State != survey.Planned || c.Disposition != "" || !c.ID.IsZero() || !c.Round.IsZero() {
		report("%v is not a fresh planned contact", c.Key())
	}
	if q, ok := r.Design.Question(c.Question); !ok || q.Area != c.Area {
		report("%v has area %q", c.Key(), c.Area)
	}
	if c.PlannedAt.Second() != 0 || c.PlannedAt.Nanosecond() != 0 || c.PlannedAt.Location() != time.UTC {
		report("%v is planned at %v", c.Key(), c.PlannedAt)
	}
	if !r.Period.Contains(c.PlannedAt) || c.PlannedAt.Before(in.From) || !r.Calendar.Open(c.PlannedAt) {
		report("%v is outside period or hours: %v", c.Key(), c.PlannedAt)
	}
	p, ok := in.Setup.Participant(c.Municipality)
	if !ok {
		report("%v is in no participant", c.Key())
	}
	own := p.Hours
	if c.Channel == survey.Phone && own != (officehours.Hours{}) && (clock < own.Opens || clock >= own.Closes) {
		report("%v calls at %v, the number is open %v", c.Key(), clock, own)
	}
	e, ok := in.Setup.Evaluator(c.Evaluator)
	if !ok || !e.Works(day) {
		report("%v: %s does not work on %v", c.Key(), c.Evaluator, day)
	}
	if !slices.ContainsFunc(in.Setup.Assignments, func(a survey.Assignment) bool {
		return a.Area == c.Area && a.Evaluator == c.Evaluator && (a.Municipality == "" || a.Municipality == c.Municipality)
	}) {
		report("%v: %s is not assigned", c.Key(), c.Evaluator)
	}
}

// possibleEvaluators are those who may and can take a contact of the cell.
func possibleEvaluators(in schedule.Input, cell survey.Cell) map[string]bool {
	q, _ := in.Setup.Round.Design.Question(cell.Question)
	able := map[string]bool{}
	for _, a := range in.Setup.Assignments {
		if a.Area == q.Area && (a.Municipality == "" || a.Municipality == cell.Municipality) {
			able[a.Evaluator] = true
		}
	}
	for email := range able {
		e, _ := in.Setup.Evaluator(email)
		works := false
		for d := in.Setup.Round.Period.From; !d.After(in.Setup.Round.Period.To); d = d.AddDays(1) {
			late := !in.From.IsZero() && d.Before(officehours.DateOf(in.From))
			works = works || !late && e.Works(d) && in.Setup.Round.Calendar.WorkingDay(d)
		}
		if !works || e.Capacity(cell.Channel) <= 0 {
			delete(able, email)
		}
	}
	return able
}

// checkCells looks at what lies together in a cell.
func checkCells(in schedule.Input, plan schedule.Schedule, report func(string, ...any)) {
	cells := map[survey.Cell][]survey.Contact{}
	fresh := map[survey.Cell]int{}
	taken := map[survey.Key]bool{}
	highest := map[survey.Cell]int{}
	for _, c := range in.Kept {
		taken[c.Key()] = true
		highest[c.Cell()] = max(highest[c.Cell()], c.Replicate)
		if c.Disposition != survey.Void {
			cells[c.Cell()] = append(cells[c.Cell()], c)
		}
	}
	for _, c := range plan.Contacts {
		if taken[c.Key()] {
			report("%v is twice in the plan", c.Key())
		}
		taken[c.Key()] = true
		if n := in.Setup.Round.Design.Replicates; c.Replicate < 1 || c.Replicate > n && c.Replicate <= highest[c.Cell()] {
			report("%v has an odd replicate", c.Key())
		}
		cells[c.Cell()] = append(cells[c.Cell()], c)
		fresh[c.Cell()]++
	}
	for _, p := range in.Setup.Participants {
		for _, q := range in.Setup.Round.Design.Questions {
			for _, ch := range []survey.Channel{survey.Phone, survey.Email} {
				cell := survey.Cell{Municipality: p.Code, Question: q.Code, Channel: ch}
				if n := len(cells[cell]); n != in.Setup.Round.Design.Replicates {
					report("%v has %d contacts", cell, n)
				}
				if fresh[cell] > 0 {
					checkPair(in, cell, cells[cell], report)
				}
			}
		}
	}
}

// checkPair looks at the live contacts of a cell in which something was planned.
func checkPair(in schedule.Input, cell survey.Cell, cs []survey.Contact, report func(string, ...any)) {
	weeks, people := map[[2]int]bool{}, map[string]bool{}
	able := possibleEvaluators(in, cell)
	for _, c := range cs {
		y, w := officehours.DateOf(c.PlannedAt).Week()
		weeks[[2]int{y, w}] = true
		people[c.Evaluator] = true
		able[c.Evaluator] = true
	}
	if len(weeks) != len(cs) {
		report("%v has contacts in the same week", cell)
	}
	if len(people) != len(cs) && (len(able) >= len(cs) || !in.AllowSameEvaluator) {
		report("%v has one evaluator twice", cell)
	}
}

// checkDays counts against the capacities.
func checkDays(in schedule.Input, plan schedule.Schedule, report func(string, ...any)) {
	type desk struct {
		evaluator string
		channel   survey.Channel
		day       officehours.Date
	}
	kept, fresh := map[desk]int{}, map[desk]int{}
	for _, c := range in.Kept {
		if c.Disposition != survey.Void || len(c.Attempts) > 0 {
			kept[desk{c.Evaluator, c.Channel, officehours.DateOf(c.PlannedAt)}]++
		}
	}
	for _, c := range plan.Contacts {
		fresh[desk{c.Evaluator, c.Channel, officehours.DateOf(c.PlannedAt)}]++
	}
	for k, n := range fresh {
		if e, _ := in.Setup.Evaluator(k.evaluator); n+kept[k] > e.Capacity(k.channel) {
			report("%v has %d planned and %d kept, capacity %d", k, n, kept[k], e.Capacity(k.channel))
		}
	}
}

// checkMinutes looks for two calls at once.
func checkMinutes(in schedule.Input, plan schedule.Schedule, report func(string, ...any)) {
	type moment struct {
		who string
		at  int64
	}
	taken := map[moment]bool{}
	for _, c := range in.Kept {
		if c.Channel == survey.Phone {
			taken[moment{c.Municipality, c.PlannedAt.Unix() / 60}] = true
			taken[moment{c.Evaluator, c.PlannedAt.Unix() / 60}] = true
		}
	}
	for _, c := range plan.Contacts {
		if c.Channel != survey.Phone {
			continue
		}
		for _, who := range []string{c.Municipality, c.Evaluator} {
			m := moment{who, c.PlannedAt.Unix() / 60}
			if taken[m] {
				report("%s has two calls at %v", who, c.PlannedAt)
			}
			taken[m] = true
		}
	}
}
