package schedule_test

import (
	"fmt"
	"slices"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

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
	shortDay(&in.Setup.Round, d)
	n := planOf(in, func(c survey.Contact) bool {
		return onDay(d)(c) && c.PlannedAt.In(officehours.Stockholm).Hour() >= 12
	})
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
	wantReasons(t, change,
		fmt.Sprintf("%s svarar i telefon 9.00–14.00: %d kontakter.", in.Setup.Participants[0].Name, n),
		fmt.Sprintf("Bedömare 1 arbetar 10.00–17.00: %d kontakter.", m))
	if change.NewDay()+change.NewEvaluatorSameDay() != 0 {
		t.Errorf("%d leave their day and %d their evaluator", change.NewDay(), change.NewEvaluatorSameDay())
	}
}

func TestPeriodShortened(t *testing.T) {
	in := tenByEight(t)
	in.Setup.Round.Period.To = date(t, "2026-11-18")
	n := planOf(in, func(c survey.Contact) bool {
		return officehours.DateOf(c.PlannedAt).After(in.Setup.Round.Period.To)
	})
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, fmt.Sprintf("Mätperioden slutar ons 18 nov: %d kontakter.", n))
	if change.Before.To != date(t, "2026-11-20") || change.After.To != date(t, "2026-11-18") {
		t.Errorf("last day %v, then %v", change.Before.To, change.After.To)
	}
}

func TestReplanningAfterThePeriod(t *testing.T) {
	in := tenByEight(t)
	in.From = date(t, "2026-12-01").At(8, 0)
	wantOutcome(t, in, mustReplan(t, in, 5), outcome{})
	in.Setup.Evaluators[0].To = date(t, "2026-11-01") // there is no day to move the contacts to
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{})
	n := planOf(in, func(c survey.Contact) bool { return c.Evaluator == in.Setup.Evaluators[0].Email })
	note := fmt.Sprintf("%d försenade kontakter kan inte flyttas, för ingen vecka återstår för cellerna.", n)
	if !slices.Contains(change.Notes, note) {
		t.Errorf("notes: %q, want %q", change.Notes, note)
	}
}
