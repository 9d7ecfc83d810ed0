package schedule_test

import (
	"fmt"
	"slices"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

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
	p := latecomer(&in.Setup, 10, date(t, "2026-11-02"))
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
