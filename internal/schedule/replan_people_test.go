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

func TestIllFromTomorrow(t *testing.T) {
	in := tenByEight(t)
	ill := &in.Setup.Evaluators[2]
	ill.Name = "Karin Åkesson"
	ill.Absent = []officehours.Date{date(t, "2026-10-28"), date(t, "2026-10-29"), date(t, "2026-10-30")}
	n := planOf(in, func(c survey.Contact) bool {
		return c.Evaluator == ill.Email && slices.Contains(ill.Absent, officehours.DateOf(c.PlannedAt))
	})
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, fmt.Sprintf("Karin Åkesson är frånvarande ons 28–fre 30 okt: %d kontakter.", n))
	if change.NewEvaluatorSameDay() != n || change.NewDay() != 0 {
		t.Errorf("%d stay on their day and %d leave it, want %d and 0", change.NewEvaluatorSameDay(), change.NewDay(), n)
	}
	for _, v := range change.Moved {
		if v.Contact.Evaluator != ill.Email {
			t.Errorf("%v was not the absent evaluator's", v.Contact.Key())
		}
	}
}

// TestIllNowWithOverdue has contacts left over from the days before: those of
// the absent evaluator move, the others wait where they are.
func TestIllNowWithOverdue(t *testing.T) {
	in := tenByEight(t)
	in.From = date(t, "2026-10-29").At(9, 30)
	ill := &in.Setup.Evaluators[2]
	ill.Absent = []officehours.Date{date(t, "2026-10-29")}
	in.Setup.Evaluators[3].Days = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Friday}
	partTimer := in.Setup.Evaluators[3].Email
	thursday := func(c survey.Contact) bool {
		return !c.PlannedAt.Before(in.From) && c.PlannedAt.In(officehours.Stockholm).Weekday() == time.Thursday
	}
	n := planOf(in, func(c survey.Contact) bool {
		return c.Evaluator == ill.Email && !officehours.DateOf(c.PlannedAt).After(date(t, "2026-10-29")) ||
			c.Evaluator == partTimer && thursday(c)
	})
	overdue := planOf(in, func(c survey.Contact) bool { return c.PlannedAt.Before(in.From) && c.Evaluator == partTimer })
	if overdue == 0 {
		t.Fatal("nothing is overdue")
	}
	wantOutcome(t, in, mustReplan(t, in, 5), outcome{moved: n, unavoidable: n})
}

func TestEvaluatorLeavesTheRound(t *testing.T) {
	in := tenByEight(t)
	gone := in.Setup.Evaluators[0].Email
	in.Setup.Evaluators = in.Setup.Evaluators[1:]
	assignAll(&in.Setup)
	n := planOf(in, func(c survey.Contact) bool { return c.Evaluator == gone })
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, fmt.Sprintf("bed01@example.se är inte med i omgången: %d kontakter.", n))
}

func TestCapacityLowered(t *testing.T) {
	in := tenByEight(t)
	e := &in.Setup.Evaluators[4]
	e.CallsPerDay = 3
	own := func(c survey.Contact) bool { return c.Evaluator == e.Email && c.Channel == survey.Phone }
	load := map[officehours.Date]int{}
	for _, c := range in.Planned {
		if own(c) {
			load[officehours.DateOf(c.PlannedAt)]++
		}
	}
	for _, c := range in.Kept { // what is done of today counts
		if d := officehours.DateOf(c.PlannedAt); d == officehours.DateOf(in.From) && own(c) {
			load[d]++
		}
	}
	n := 0
	for d, x := range load {
		planned := planOf(in, func(c survey.Contact) bool { return onDay(d)(c) && own(c) })
		n += min(planned, max(0, x-3))
	}
	wantOutcome(t, in, mustReplan(t, in, 5), outcome{moved: n, unavoidable: n})
}

func TestAreaTakenAway(t *testing.T) {
	in := tenByEight(t)
	e := in.Setup.Evaluators[1].Email
	in.Setup.Assignments = slices.DeleteFunc(in.Setup.Assignments, func(a survey.Assignment) bool {
		return a.Evaluator == e && a.Area == "äldreomsorg"
	})
	n := planOf(in, func(c survey.Contact) bool { return c.Evaluator == e && c.Area == "äldreomsorg" })
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, fmt.Sprintf("Bedömare 2 är inte tilldelad äldreomsorg: %d kontakter.", n))
}

// share is what an evaluator gets of the contacts of a channel on a day, and
// the part of them that the capacities give.
func shares(in schedule.Input, email string, ch survey.Channel, d officehours.Date) (got int, fair float64) {
	all, capacity := 0, 0
	for _, c := range slices.Concat(in.Kept, in.Planned) {
		if onDay(d)(c) && c.Channel == ch {
			all++
			if c.Evaluator == email {
				got++
			}
		}
	}
	own, _ := in.Setup.Evaluator(email)
	for _, e := range in.Setup.Evaluators {
		if e.Works(d) {
			capacity += e.Capacity(ch)
		}
	}
	return got, float64(all*own.Capacity(ch)) / float64(capacity)
}

func TestEvaluatorAdded(t *testing.T) {
	in := tenByEight(t)
	clonePeople(&in.Setup)
	newcomer(&in.Setup, 9, 4, date(t, "2026-10-29"))
	change := mustReplan(t, in, 5)
	checkChange(t, in, change)
	n := len(change.Moved)
	wantReasons(t, change, fmt.Sprintf("Nils Ny får sin andel från tor 29 okt: %d kontakter.", n))
	if change.Unavoidable != n || change.NewEvaluatorSameDay() != n {
		t.Errorf("%d moved, %d unavoidable, %d on their day", n, change.Unavoidable, change.NewEvaluatorSameDay())
	}
	after := applied(in, change)
	for _, ch := range []survey.Channel{survey.Phone, survey.Email} {
		total, fairTotal := 0, 0.0
		for _, d := range in.Setup.Round.Calendar.WorkingDays(date(t, "2026-10-29"), in.Setup.Round.Period.To) {
			got, fair := shares(after, "ny@example.se", ch, d)
			total, fairTotal = total+got, fairTotal+fair
			if f := float64(got); f < fair-1 || f > fair+1 {
				t.Errorf("%v, %v: %d contacts, the proportional share is %.1f", d, ch, got, fair)
			}
		}
		if f := float64(total); f < fairTotal-1 || f > fairTotal+1 {
			t.Errorf("%v: %d contacts in all, the proportional share is %.1f", ch, total, fairTotal)
		}
	}
	for _, v := range change.Moved {
		if v.Evaluator != "ny@example.se" {
			t.Errorf("%v goes to %s", v.Contact.Key(), v.Evaluator)
		}
	}
}

func TestEvaluatorBackAgain(t *testing.T) {
	s := setup(t, 10, 8, 11, 11)
	s.Evaluators[6].Absent = []officehours.Date{date(t, "2026-11-04"), date(t, "2026-11-05")}
	in := midRound(t, s, date(t, "2026-10-27").At(12, 0), 1)
	clonePeople(&in.Setup)
	in.Setup.Evaluators[6].Absent = nil
	change := mustReplan(t, in, 5)
	checkChange(t, in, change)
	after := applied(in, change)
	n := 0
	for _, d := range s.Evaluators[6].Absent {
		for _, ch := range []survey.Channel{survey.Phone, survey.Email} {
			got, fair := shares(after, s.Evaluators[6].Email, ch, d)
			n += got
			if f := float64(got); f < fair-1 || f > fair+1 {
				t.Errorf("%v, %v: %d contacts, the proportional share is %.1f", d, ch, got, fair)
			}
		}
	}
	if len(change.Moved) != n || change.Unavoidable != n {
		t.Errorf("%d moved, %d unavoidable, want %d", len(change.Moved), change.Unavoidable, n)
	}
}

// TestSomebodyNewForSomebodyIll lets the newcomer take the other's contacts
// and no more than is fair.
func TestSomebodyNewForSomebodyIll(t *testing.T) {
	in := tenByEight(t)
	in.Setup.Evaluators[1].To = date(t, "2026-10-27")
	clonePeople(&in.Setup)
	newcomer(&in.Setup, 9, 9, date(t, "2026-10-28"))
	n := planOf(in, func(c survey.Contact) bool {
		return c.Evaluator == in.Setup.Evaluators[1].Email && officehours.DateOf(c.PlannedAt).After(date(t, "2026-10-27"))
	})
	change := mustReplan(t, in, 5)
	checkChange(t, in, change)
	if x := len(change.Moved); x < n || x > n+n/20 || change.Unavoidable != x {
		t.Errorf("%d moved, %d unavoidable, want %d and few more", x, change.Unavoidable, n)
	}
}

// TestOverdueWithoutAWeek has overdue contacts that cannot move, because the
// only week that is left has their cells' others. Those do not go to the same
// evaluator either, who is away for a day only.
func TestOverdueWithoutAWeek(t *testing.T) {
	in := midRound(t, setup(t, 40, 4, 200, 200), date(t, "2026-11-05").At(8, 0), 1)
	in.From = date(t, "2026-11-16").At(8, 0)
	away, gone := &in.Setup.Evaluators[0], &in.Setup.Evaluators[1]
	away.Absent, gone.To = []officehours.Date{date(t, "2026-11-16")}, date(t, "2026-11-13")
	monday := date(t, "2026-11-16").At(0, 0)
	last := map[survey.Cell]bool{} // cells with a contact in the last week
	for _, c := range in.Planned {
		last[c.Cell()] = last[c.Cell()] || !c.PlannedAt.Before(monday)
	}
	stuck := planOf(in, func(c survey.Contact) bool {
		return c.PlannedAt.Before(monday) && last[c.Cell()] && (c.Evaluator == away.Email || c.Evaluator == gone.Email)
	})
	change := mustReplan(t, in, 5)
	checkChange(t, in, change)
	note := fmt.Sprintf("%d försenade kontakter kan inte flyttas, för ingen vecka återstår för cellerna.", stuck)
	if stuck == 0 || !slices.Contains(change.Notes, note) {
		t.Errorf("notes: %q, want %q", change.Notes, note)
	}
}

// TestNearlyFullTeam has areas of three evaluators each and hardly any room, so
// that making way goes through many hands.
func TestNearlyFullTeam(t *testing.T) {
	s := setup(t, 11, 8, 7, 7)
	s.Assignments = nil
	for a, area := range s.Round.Design.Areas {
		for e := range 3 {
			who := s.Evaluators[(e+8-a%8)%8].Email
			s.Assignments = append(s.Assignments, survey.Assignment{Area: area, Evaluator: who})
		}
	}
	in := midRound(t, s, date(t, "2026-10-19").At(8, 0), 1)
	clonePeople(&in.Setup)
	in.Setup.Evaluators[2].Absent = []officehours.Date{date(t, "2026-11-03"), date(t, "2026-11-10")}
	change := mustReplan(t, in, 5)
	checkChange(t, in, change)
	if n := len(change.Moved) - change.Unavoidable; n == 0 || n > change.Unavoidable {
		t.Errorf("%d make way for %d", n, change.Unavoidable)
	}
}
