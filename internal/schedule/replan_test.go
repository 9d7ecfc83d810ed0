package schedule_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// outcome is what a replanning case must come to, in contacts.
type outcome struct{ moved, unavoidable, added, removed int }

// wantOutcome compares, and checks every rule.
func wantOutcome(t *testing.T, in schedule.Input, change schedule.Change, want outcome) {
	t.Helper()
	got := outcome{len(change.Moved), change.Unavoidable, len(change.Added), len(change.Removed)}
	if got != want {
		t.Errorf("got %+v, want %+v: %q", got, want, change.Reasons)
	}
	checkChange(t, in, change)
}

// wantReasons compares the sentences; no-break spaces are written as spaces.
func wantReasons(t *testing.T, change schedule.Change, want ...string) {
	t.Helper()
	var got []string
	for _, line := range change.Reasons {
		got = append(got, strings.ReplaceAll(line, "\u00a0", " "))
	}
	if !slices.Equal(got, want) {
		t.Errorf("reasons:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// tenByEight is a round of ten municipalities and eight evaluators with room
// to spare, on Tuesday noon of the second of its five weeks.
func tenByEight(t *testing.T) schedule.Input {
	return midRound(t, setup(t, 10, 8, 9, 9), date(t, "2026-10-27").At(12, 0), 1)
}

func onDay(d officehours.Date) func(survey.Contact) bool {
	return func(c survey.Contact) bool { return officehours.DateOf(c.PlannedAt) == d }
}

func TestNothingChanged(t *testing.T) {
	in := tenByEight(t)
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{})
	if len(change.Balance) == 0 || change.Before != change.After {
		t.Errorf("balance %v, from %v to %v", change.Balance, change.Before, change.After)
	}
}

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
		t.Errorf("%d with another evaluator and %d on another day, want %d and 0", change.NewEvaluatorSameDay(), change.NewDay(), n)
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
	wantReasons(t, change, fmt.Sprintf("Bed01@example.se är inte med i omgången: %d kontakter.", n))
}

func TestCapacityLowered(t *testing.T) {
	in := tenByEight(t)
	e := &in.Setup.Evaluators[4]
	e.CallsPerDay = 3
	load := map[officehours.Date]int{}
	for _, c := range in.Planned {
		if c.Evaluator == e.Email && c.Channel == survey.Phone {
			load[officehours.DateOf(c.PlannedAt)]++
		}
	}
	for _, c := range in.Kept { // what is done of today counts
		if d := officehours.DateOf(c.PlannedAt); d == officehours.DateOf(in.From) && c.Evaluator == e.Email && c.Channel == survey.Phone {
			load[d]++
		}
	}
	n := 0
	for d, x := range load {
		planned := planOf(in, func(c survey.Contact) bool { return onDay(d)(c) && c.Evaluator == e.Email && c.Channel == survey.Phone })
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

func TestDayClosed(t *testing.T) {
	in := tenByEight(t)
	d := date(t, "2026-11-02")
	in.Setup.Round.Calendar = in.Setup.Round.Calendar.With(d, officehours.Exception{Name: "Stängt"})
	n := planOf(in, onDay(d))
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, fmt.Sprintf("Mån 2 nov är stängd: %d kontakter.", n))
	other := 0
	for _, v := range change.Moved {
		if _, week := officehours.DateOf(v.At).Week(); week != 45 {
			other++
		}
	}
	if other > 0 || change.NewDay() != n {
		t.Errorf("%d of %d contacts leave their week", other, n)
	}
}

func TestDayOpened(t *testing.T) {
	s := setup(t, 10, 8, 9, 9)
	d := date(t, "2026-11-02")
	s.Round.Calendar = s.Round.Calendar.With(d, officehours.Exception{Name: "Stängt"})
	in := midRound(t, s, date(t, "2026-10-27").At(12, 0), 1)
	in.Setup.Round.Calendar = in.Setup.Round.Calendar.Without(d)
	wantOutcome(t, in, mustReplan(t, in, 5), outcome{})
}

func TestDayShortened(t *testing.T) {
	in := tenByEight(t)
	d := date(t, "2026-10-30")
	in.Setup.Round.Calendar = in.Setup.Round.Calendar.With(d, officehours.Exception{Name: "Kort", Hours: officehours.Hours{Opens: 480, Closes: 720}})
	n := planOf(in, func(c survey.Contact) bool { return onDay(d)(c) && c.PlannedAt.In(officehours.Stockholm).Hour() >= 12 })
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, fmt.Sprintf("Fre 30 okt är öppen 8.00–12.00: %d kontakter.", n))
	if change.NewDay() != 0 {
		t.Errorf("%d contacts leave their day", change.NewDay())
	}
}

func TestHoursChanged(t *testing.T) {
	in := tenByEight(t)
	in.Setup.Participants[0].Hours = officehours.Hours{Opens: 540, Closes: 840}
	in.Setup.Evaluators[0].Hours = officehours.Hours{Opens: 600, Closes: 1020}
	at := func(c survey.Contact) int {
		return c.PlannedAt.In(officehours.Stockholm).Hour()*60 + c.PlannedAt.Minute()
	}
	phoned := func(c survey.Contact) bool {
		return c.Channel == survey.Phone && c.Municipality == in.Setup.Participants[0].Code && (at(c) < 540 || at(c) >= 840)
	}
	n := planOf(in, phoned)
	m := planOf(in, func(c survey.Contact) bool {
		return c.Evaluator == in.Setup.Evaluators[0].Email && at(c) < 600 && !phoned(c)
	})
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n + m, unavoidable: n + m})
	wantReasons(t, change, fmt.Sprintf("%s svarar i telefon 9.00–14.00: %d kontakter.", in.Setup.Participants[0].Name, n),
		fmt.Sprintf("Bedömare 1 arbetar 10.00–17.00: %d kontakter.", m))
	if change.NewDay()+change.NewEvaluatorSameDay() != 0 {
		t.Errorf("%d leave their day and %d their evaluator", change.NewDay(), change.NewEvaluatorSameDay())
	}
}

func TestMunicipalityLeaves(t *testing.T) {
	in := tenByEight(t)
	p := &in.Setup.Participants[3]
	p.Left = date(t, "2026-11-09")
	n := planOf(in, func(c survey.Contact) bool {
		return c.Municipality == p.Code && !officehours.DateOf(c.PlannedAt).Before(p.Left)
	})
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{removed: n})
	wantReasons(t, change, fmt.Sprintf("%s är inte med från mån 9 nov: %d kontakter utgår.", p.Name, n))
}

// TestMunicipalityLeavesWhileSomebodyIsIll still moves what is planned before
// the municipality leaves.
func TestMunicipalityLeavesWhileSomebodyIsIll(t *testing.T) {
	in := tenByEight(t)
	p, ill := &in.Setup.Participants[3], &in.Setup.Evaluators[2]
	p.Left = date(t, "2026-10-30")
	ill.Absent = []officehours.Date{date(t, "2026-10-28"), date(t, "2026-10-29")}
	removed := planOf(in, func(c survey.Contact) bool {
		return c.Municipality == p.Code && !officehours.DateOf(c.PlannedAt).Before(p.Left)
	})
	moved := planOf(in, func(c survey.Contact) bool {
		return c.Evaluator == ill.Email && slices.Contains(ill.Absent, officehours.DateOf(c.PlannedAt))
	})
	wantOutcome(t, in, mustReplan(t, in, 5), outcome{moved: moved, unavoidable: moved, removed: removed})
}

func TestMunicipalityRemoved(t *testing.T) {
	in := tenByEight(t)
	code := in.Setup.Participants[3].Code
	in.Setup.Participants = slices.Delete(in.Setup.Participants, 3, 4)
	n := planOf(in, func(c survey.Contact) bool { return c.Municipality == code })
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{removed: n})
	wantReasons(t, change, fmt.Sprintf("Kommun %s deltar inte längre: %d kontakter utgår.", code, n))
}

func TestMunicipalityJoins(t *testing.T) {
	in := midRound(t, setup(t, 10, 8, 11, 11), date(t, "2026-10-27").At(12, 0), 1)
	p := survey.Participant{Municipality: survey.BundledMunicipalities()[10], Joined: date(t, "2026-11-02")}
	in.Setup.Participants = append(in.Setup.Participants, p)
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{added: 240})
	wantReasons(t, change, p.Name+" är med från mån 2 nov: 240 nya kontakter.")
	perDay := map[officehours.Date]int{}
	for _, c := range change.Added {
		perDay[officehours.DateOf(c.PlannedAt)]++
	}
	for d, n := range perDay {
		if d.Before(p.Joined) || n < 15 || n > 17 {
			t.Errorf("%d contacts on %v, want 240 / 15 days", n, d)
		}
	}
}

func TestMunicipalityJoinsLaterThanPlanned(t *testing.T) {
	in := tenByEight(t)
	p := &in.Setup.Participants[5]
	p.Joined = date(t, "2026-10-29")
	n := planOf(in, func(c survey.Contact) bool {
		return c.Municipality == p.Code && officehours.DateOf(c.PlannedAt).Before(p.Joined)
	})
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, fmt.Sprintf("%s är med från tor 29 okt: %d kontakter.", p.Name, n))
}

func TestQuestionWithdrawn(t *testing.T) {
	in := tenByEight(t)
	in.Setup.Round.Design.Questions = slices.Clone(in.Setup.Round.Design.Questions)
	q := &in.Setup.Round.Design.Questions[7]
	q.Withdrawn = true
	n := planOf(in, func(c survey.Contact) bool { return c.Question == q.Code })
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{removed: n})
	wantReasons(t, change, fmt.Sprintf("Frågan %s är struken: %d kontakter utgår.", q.Code, n))
}

func TestQuestionAdded(t *testing.T) {
	in := tenByEight(t)
	q := in.Setup.Round.Design.Questions[0]
	q.Code = "NY1"
	in.Setup.Round.Design.Questions = append(slices.Clone(in.Setup.Round.Design.Questions), q)
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{added: 40})
	wantReasons(t, change, "Frågan NY1 är ny: 40 nya kontakter.")
}

func TestFewerContactsPerCell(t *testing.T) {
	in := tenByEight(t)
	in.Setup.Round.Design.Replicates = 1
	cells := map[survey.Cell]int{}
	n := 0
	for _, c := range slices.Concat(in.Kept, in.Planned) {
		cells[c.Cell()]++
	}
	for _, x := range cells {
		n += x - 1
	}
	for _, c := range in.Kept { // the second of two done ones stays
		if cells[c.Cell()]--; cells[c.Cell()] == 0 {
			n--
		}
	}
	change := mustReplan(t, in, 5)
	wantReasons(t, change, fmt.Sprintf("Cellerna har fler kontakter än upplägget anger: 1 %d kontakter utgår.", n-1000))
	wantOutcome(t, in, change, outcome{removed: n})
}

func TestVoidedContacts(t *testing.T) {
	in := tenByEight(t)
	for i := range 5 {
		in.Kept[i*7].Disposition = survey.Void
	}
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{added: 5})
	wantReasons(t, change, "Makulerade kontakter ersätts: 5 nya kontakter.")
	for _, c := range change.Added {
		if c.Replicate != 3 {
			t.Errorf("%v is not a replacement", c.Key())
		}
	}
}

// TestVoidedWithoutAWeekLeft does not stand in the way of anything else.
func TestVoidedWithoutAWeekLeft(t *testing.T) {
	in := midRound(t, setup(t, 10, 8, 9, 9), date(t, "2026-11-18").At(12, 0), 1)
	planned := map[survey.Cell]bool{}
	for _, c := range in.Planned {
		planned[c.Cell()] = true
	}
	for i := range in.Kept { // its cell's other contact lies in the last week
		if planned[in.Kept[i].Cell()] {
			in.Kept[i].Disposition = survey.Void
			break
		}
	}
	in.Setup.Evaluators[0].Absent = []officehours.Date{date(t, "2026-11-19")}
	n := planOf(in, func(c survey.Contact) bool {
		return onDay(date(t, "2026-11-19"))(c) && c.Evaluator == in.Setup.Evaluators[0].Email
	})
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	if !slices.Contains(change.Notes, "1 makulerad kontakt kan inte ersättas, för ingen vecka återstår för cellen.") {
		t.Errorf("notes: %q", change.Notes)
	}
}

func TestPeriodShortened(t *testing.T) {
	in := tenByEight(t)
	in.Setup.Round.Period.To = date(t, "2026-11-18")
	n := planOf(in, func(c survey.Contact) bool { return officehours.DateOf(c.PlannedAt).After(in.Setup.Round.Period.To) })
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, fmt.Sprintf("Mätperioden slutar ons 18 nov: %d kontakter.", n))
	if change.Before.To != date(t, "2026-11-20") || change.After.To != date(t, "2026-11-18") {
		t.Errorf("last day %v, then %v", change.Before.To, change.After.To)
	}
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
	in.Setup.Evaluators = append(in.Setup.Evaluators, survey.Evaluator{
		Email: "ny@example.se", Name: "Nils Ny", CallsPerDay: 9, EmailsPerDay: 4, From: date(t, "2026-10-29"),
	})
	assignAll(&in.Setup)
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
	in.Setup.Evaluators = append(in.Setup.Evaluators, survey.Evaluator{
		Email: "ny@example.se", Name: "Nils Ny", CallsPerDay: 9, EmailsPerDay: 9, From: date(t, "2026-10-28"),
	})
	assignAll(&in.Setup)
	n := planOf(in, func(c survey.Contact) bool {
		return c.Evaluator == in.Setup.Evaluators[1].Email && officehours.DateOf(c.PlannedAt).After(date(t, "2026-10-27"))
	})
	change := mustReplan(t, in, 5)
	checkChange(t, in, change)
	if x := len(change.Moved); x < n || x > n+n/20 || change.Unavoidable != x {
		t.Errorf("%d moved, %d unavoidable, want %d and few more", x, change.Unavoidable, n)
	}
}

// TestConsent asks before both contacts of a cell come to one evaluator.
func TestConsentWhenReplanning(t *testing.T) {
	in := midRound(t, setup(t, 2, 2, 60, 60), date(t, "2026-10-27").At(12, 0), 1)
	in.AllowSameEvaluator = false
	in.Setup.Evaluators[1].To = date(t, "2026-10-26")
	_, err := schedule.Replan(in, 5)
	var consent *schedule.NeedsConsent
	if !errors.As(err, &consent) || len(consent.Messages) == 0 {
		t.Fatalf("got %v, want a question", err)
	}
	in.AllowSameEvaluator = true
	change := mustReplan(t, in, 5)
	checkChange(t, in, change)
	if len(change.SameEvaluator) == 0 {
		t.Error("the change does not say where one evaluator makes both contacts")
	}
}

func TestReplanningIsInfeasible(t *testing.T) {
	in := tenByEight(t)
	for i := range in.Setup.Evaluators[:5] {
		in.Setup.Evaluators[i].To = date(t, "2026-10-27")
	}
	_, err := schedule.Replan(in, 5)
	var infeasible *schedule.Infeasible
	if !errors.As(err, &infeasible) || len(infeasible.Shortages) == 0 || infeasible.Shortages[0].Message == "" {
		t.Fatalf("got %v, want what is missing", err)
	}
	_, plan := schedule.Plan(in, 5)
	if plan == nil || plan.Error() != err.Error() {
		t.Errorf("replanning says %q, planning %q", err, plan)
	}
}

func TestReplanningAfterThePeriod(t *testing.T) {
	in := tenByEight(t)
	in.From = date(t, "2026-12-01").At(8, 0)
	wantOutcome(t, in, mustReplan(t, in, 5), outcome{})
	in.Setup.Evaluators[0].To = date(t, "2026-11-01")
	var infeasible *schedule.Infeasible
	if _, err := schedule.Replan(in, 5); !errors.As(err, &infeasible) {
		t.Errorf("got %v, want no days", err)
	}
}
