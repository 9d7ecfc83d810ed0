package schedule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// checkChange counts a change by the words of the rules, from the contacts
// alone, and sees that mending the mended plan changes nothing.
func checkChange(t testing.TB, in schedule.Input, change schedule.Change) {
	t.Helper()
	k := changeChecker{in: in, world: newWorld(in), change: change, touched: map[survey.Key]bool{}}
	k.checkLists()
	after := applied(in, change)
	for _, c := range after.Planned {
		k.checkPlace(c)
	}
	k.checkCells(after)
	k.checkDays(after)
	k.checkMinutes(after)
	if change.Unavoidable > len(change.Moved) {
		k.report("%d moved, but %d unavoidable", len(change.Moved), change.Unavoidable)
	}
	if change.Empty() != (len(change.Reasons) == 0) {
		k.report("reasons %q for %d moves", change.Reasons, len(change.Moved))
	}
	again, err := schedule.Replan(after, 99)
	if err != nil || !again.Empty() {
		k.report("mending again moves %d, adds %d, removes %d: %q (%v)",
			len(again.Moved), len(again.Added), len(again.Removed), again.Reasons, err)
	}
	for i, f := range k.faults {
		if i == 10 {
			t.Errorf("… and %d more", len(k.faults)-i)
			break
		}
		t.Error(f)
	}
}

type changeChecker struct {
	in      schedule.Input
	world   *world
	change  schedule.Change
	touched map[survey.Key]bool // moved or new
	faults  []string
}

func (k *changeChecker) report(format string, args ...any) {
	k.faults = append(k.faults, fmt.Sprintf(format, args...))
}

// checkLists sees that the lists are in order, speak of planned contacts, and
// of none twice.
func (k *changeChecker) checkLists() {
	planned, named := map[survey.Key]survey.Contact{}, map[survey.Key]bool{}
	for _, c := range k.in.Planned {
		planned[c.Key()] = c
	}
	once := func(c survey.Contact, known bool) {
		_, is := planned[c.Key()]
		same := func(x survey.Contact) bool { return x.Key() == c.Key() }
		if is != known || named[c.Key()] || slices.ContainsFunc(k.in.Kept, same) {
			k.report("%v must not be in the change", c.Key())
		}
		named[c.Key()] = true
	}
	var moved []survey.Contact
	for _, v := range k.change.Moved {
		once(v.Contact, true)
		moved = append(moved, v.Contact)
		k.touched[v.Contact.Key()] = true
		was := planned[v.Contact.Key()]
		if v.At.Equal(was.PlannedAt) && v.Evaluator == was.Evaluator || was.ID != v.Contact.ID {
			k.report("%v does not move", v.Contact.Key())
		}
	}
	for _, c := range k.change.Removed {
		once(c, true)
	}
	for _, c := range k.change.Added {
		once(c, false)
		k.touched[c.Key()] = true
		if c.State != survey.Planned || !c.ID.IsZero() || c.PlannedAt.Location() != time.UTC {
			k.report("%v is not a fresh planned contact", c.Key())
		}
	}
	for _, list := range [][]survey.Contact{moved, k.change.Added, k.change.Removed} {
		if !slices.IsSortedFunc(list, func(a, b survey.Contact) int {
			if inOrder(a, b) {
				return -1
			}
			return 1
		}) {
			k.report("a list is not in order")
		}
	}
}

// checkPlace looks at one planned contact alone.
func (k *changeChecker) checkPlace(c survey.Contact) {
	s, r := k.in.Setup, k.in.Setup.Round
	day := officehours.DateOf(c.PlannedAt)
	q, asked := r.Design.Question(c.Question)
	p, takesPart := s.Participant(c.Municipality)
	e, known := s.Evaluator(c.Evaluator)
	if !asked || q.Withdrawn || !takesPart || !p.Left.IsZero() && !day.Before(p.Left) {
		k.report("%v is not to be made", c.Key())
		return
	}
	stuck := c.PlannedAt.Before(k.in.From) && strings.Contains(strings.Join(k.change.Notes, ""), "kan inte flyttas")
	if !stuck && !known || !stuck && !slices.ContainsFunc(s.Assignments, func(a survey.Assignment) bool {
		return a.Area == q.Area && a.Evaluator == c.Evaluator && (a.Municipality == "" || a.Municipality == c.Municipality)
	}) {
		k.report("%v: %s is not assigned", c.Key(), c.Evaluator)
		return
	}
	if c.PlannedAt.Before(k.in.From) {
		if k.touched[c.Key()] {
			k.report("%v moves to %v, in the past", c.Key(), c.PlannedAt)
		}
		return
	}
	if !r.Period.Contains(c.PlannedAt) || !r.Calendar.Open(c.PlannedAt) || !p.TakesPart(day) || !e.Works(day) {
		k.report("%v cannot be made on %v by %s", c.Key(), c.PlannedAt, e.Email)
	}
	k.checkClock(c, p, e)
}

func (k *changeChecker) checkClock(c survey.Contact, p survey.Participant, e survey.Evaluator) {
	local := c.PlannedAt.In(officehours.Stockholm)
	clock := officehours.Clock(local.Hour()*60 + local.Minute())
	own := []officehours.Hours{e.Hours}
	if c.Channel == survey.Phone {
		own = append(own, p.Hours)
	}
	for _, h := range own {
		if h != (officehours.Hours{}) && (clock < h.Opens || clock >= h.Closes) {
			k.report("%v is made at %v, outside %v", c.Key(), clock, h)
		}
	}
}

// checkCells counts every cell, and looks at those in which something is
// moved or new.
func (k *changeChecker) checkCells(after schedule.Input) {
	live, voided := map[survey.Cell][]survey.Contact{}, map[survey.Cell]bool{}
	for _, c := range slices.Concat(after.Kept, after.Planned) {
		if c.Disposition == survey.Void {
			voided[c.Cell()] = true
		} else {
			live[c.Cell()] = append(live[c.Cell()], c)
		}
	}
	for _, p := range k.in.Setup.Participants {
		for _, q := range k.in.Setup.Round.Design.Questions {
			for _, ch := range []survey.Channel{survey.Phone, survey.Email} {
				cell := survey.Cell{Municipality: p.Code, Question: q.Code, Channel: ch}
				n, want := len(live[cell]), k.in.Setup.Round.Design.Replicates
				if n != want && !q.Withdrawn && p.Left.IsZero() && !voided[cell] || n > max(want, len(k.in.Kept)) {
					k.report("%v has %d contacts", cell, n)
				}
				k.checkCell(cell, live[cell])
			}
		}
	}
}

func (k *changeChecker) checkCell(cell survey.Cell, cs []survey.Contact) {
	able := map[string]bool{}
	for _, e := range k.world.possible(cell) {
		able[e] = true
	}
	for _, c := range cs {
		able[c.Evaluator] = true
	}
	for i, a := range cs {
		for _, b := range cs[:i] {
			if !k.touched[a.Key()] && !k.touched[b.Key()] {
				continue
			}
			ya, wa := officehours.DateOf(a.PlannedAt).Week()
			yb, wb := officehours.DateOf(b.PlannedAt).Week()
			if ya == yb && wa == wb {
				k.report("%v has contacts in the same week", cell)
			}
			if a.Evaluator == b.Evaluator && (len(able) >= len(cs) || !k.in.AllowSameEvaluator) {
				k.report("%v has one evaluator twice", cell)
			}
		}
	}
}

// checkDays counts against the capacities, from now on.
func (k *changeChecker) checkDays(after schedule.Input) {
	type desk struct {
		evaluator string
		channel   survey.Channel
		day       officehours.Date
	}
	load, ahead := map[desk]int{}, map[desk]bool{}
	for _, c := range after.Kept {
		if c.Disposition != survey.Void || len(c.Attempts) > 0 || !c.Mail.Sent.IsZero() {
			load[desk{c.Evaluator, c.Channel, officehours.DateOf(c.PlannedAt)}]++
		}
	}
	for _, c := range after.Planned {
		at := desk{c.Evaluator, c.Channel, officehours.DateOf(c.PlannedAt)}
		load[at]++
		ahead[at] = ahead[at] || !c.PlannedAt.Before(k.in.From)
	}
	for at := range ahead {
		if e, _ := k.in.Setup.Evaluator(at.evaluator); ahead[at] && load[at] > e.Capacity(at.channel) {
			k.report("%v has %d contacts, capacity %d", at, load[at], e.Capacity(at.channel))
		}
	}
}

// checkMinutes looks for two calls at once.
func (k *changeChecker) checkMinutes(after schedule.Input) {
	type moment struct {
		who string
		at  int64
	}
	taken := map[moment]bool{}
	for _, c := range slices.Concat(after.Kept, after.Planned) {
		if c.Channel != survey.Phone {
			continue
		}
		for _, who := range []string{c.Municipality, c.Evaluator} {
			m := moment{who, c.PlannedAt.Unix() / 60}
			if taken[m] && !c.PlannedAt.Before(k.in.From) {
				k.report("%s has two calls at %v", who, c.PlannedAt)
			}
			taken[m] = true
		}
	}
}
