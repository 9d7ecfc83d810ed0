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

// TestReasonsInWords lets one thing happen at a time; the first reason is
// compared up to the number of contacts.
func TestReasonsInWords(t *testing.T) {
	base := tenByEight(t)
	for _, x := range []struct {
		name   string
		happen func(s *survey.Setup)
		want   string
	}{
		{"absent twice", func(s *survey.Setup) {
			s.Evaluators[0].Absent = []officehours.Date{date(t, "2026-10-30"), date(t, "2026-11-02"), date(t, "2026-11-05")}
		}, "Bedömare 1 är frånvarande fre 30 okt–mån 2 nov och tor 5 nov"},
		{"part time", func(s *survey.Setup) { s.Evaluators[0].Days = []time.Weekday{time.Tuesday, time.Wednesday} },
			"Bedömare 1 arbetar inte måndagar, torsdagar och fredagar"},
		{"begins later", func(s *survey.Setup) { s.Evaluators[0].From = date(t, "2026-10-29") },
			"Bedömare 1 börjar tor 29 okt"},
		{"ends", func(s *survey.Setup) { s.Evaluators[0].To = date(t, "2026-11-10") }, "Bedömare 1 slutar tis 10 nov"},
		{"less capacity", func(s *survey.Setup) { s.Evaluators[0].EmailsPerDay = 0 },
			"Bedömare 1 har mer än dagskapaciteten tis 27 okt–fre 20 nov"},
		{"municipality without a date", func(s *survey.Setup) { latecomer(s, 10, officehours.Date{}) },
			survey.BundledMunicipalities()[10].Name + " är ny i omgången"},
	} {
		t.Run(x.name, func(t *testing.T) {
			in := base
			clonePeople(&in.Setup)
			x.happen(&in.Setup)
			change := mustReplan(t, in, 5)
			checkChange(t, in, change)
			got, _, _ := strings.Cut(change.Reasons[0], ":")
			if got != x.want {
				t.Errorf("got  %q\nwant %q", got, x.want)
			}
		})
	}
}

// TestPeriodBeginsLater is of a plan that has not begun.
func TestPeriodBeginsLater(t *testing.T) {
	in := midRound(t, setup(t, 10, 8, 9, 9), date(t, "2026-10-19").At(0, 0), 1)
	in.Setup.Round.Period.From = date(t, "2026-10-20")
	in.From = time.Time{}
	n := planOf(in, onDay(date(t, "2026-10-19")))
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: n, unavoidable: n})
	wantReasons(t, change, "Mätperioden börjar tis 20 okt: 96 kontakter.")
}

// TestPlanInDisorder has what only a plan from elsewhere can have: contacts
// that stand in each other's way.
func TestPlanInDisorder(t *testing.T) {
	base := tenByEight(t)
	i, j := pairOf(t, base, survey.Phone)
	for _, x := range []struct {
		name   string
		happen func(in *schedule.Input)
		want   outcome
		reason string
	}{
		{"two calls at once", func(in *schedule.Input) {
			for k, c := range in.Planned { // another of the same municipality and day
				if k != i && c.Channel == survey.Phone && c.Municipality == in.Planned[i].Municipality &&
					onDay(officehours.DateOf(in.Planned[i].PlannedAt))(c) {
					in.Planned[k].PlannedAt = in.Planned[i].PlannedAt
					return
				}
			}
		}, outcome{moved: 1, unavoidable: 1}, "Samtal krockar på samma minut: 1 kontakt."},
		{"both in one week", func(in *schedule.Input) {
			in.Planned[i].PlannedAt = in.Planned[j].PlannedAt.Add(24 * time.Hour)
			if officehours.DateOf(in.Planned[j].PlannedAt).Weekday() == time.Friday {
				in.Planned[i].PlannedAt = in.Planned[j].PlannedAt.Add(-24 * time.Hour)
			}
		}, outcome{moved: 1, unavoidable: 1}, "Cellens kontakter ligger i samma vecka: 1 kontakt."},
		{"both from one evaluator", func(in *schedule.Input) { in.Planned[i].Evaluator = in.Planned[j].Evaluator },
			outcome{moved: 1, unavoidable: 1}, "En bedömare gör båda kontakterna i en cell: 1 kontakt."},
		{"one missing", func(in *schedule.Input) { in.Planned = slices.Delete(in.Planned, i, i+1) },
			outcome{added: 1}, "Planen saknar kontakter: 1 ny kontakt."},
	} {
		t.Run(x.name, func(t *testing.T) {
			in := base
			in.Planned = slices.Clone(base.Planned)
			clonePeople(&in.Setup)
			for k := range in.Setup.Evaluators { // room for what is out of place
				in.Setup.Evaluators[k].CallsPerDay = 12
			}
			x.happen(&in)
			change := mustReplan(t, in, 5)
			wantOutcome(t, in, change, x.want)
			wantReasons(t, change, x.reason)
		})
	}
}

// pairOf finds two planned contacts of a cell.
func pairOf(t *testing.T, in schedule.Input, ch survey.Channel) (i, j int) {
	t.Helper()
	first := map[survey.Cell]int{}
	for k, c := range in.Planned {
		if c.Channel != ch {
			continue
		}
		if at, ok := first[c.Cell()]; ok {
			return at, k
		}
		first[c.Cell()] = k
	}
	t.Fatal("no cell has two planned contacts")
	return 0, 0
}

// TestNoRoomBeforeLeaving drops what cannot be made before the municipality
// leaves; the others' contacts move.
func TestNoRoomBeforeLeaving(t *testing.T) {
	in := midRound(t, setup(t, 10, 8, 9, 9), date(t, "2026-10-27").At(17, 0), 1)
	p, d := &in.Setup.Participants[3], date(t, "2026-10-28")
	p.Left = date(t, "2026-10-29")
	in.Setup.Round.Calendar = in.Setup.Round.Calendar.With(d, officehours.Exception{Name: "Stängt"})
	removed := planOf(in, func(c survey.Contact) bool { return c.Municipality == p.Code })
	moved := planOf(in, func(c survey.Contact) bool { return onDay(d)(c) && c.Municipality != p.Code })
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{moved: moved, unavoidable: moved, removed: removed})
	left := "kontakter ryms inte innan kommunen lämnar omgången och utgår."
	if !slices.ContainsFunc(change.Notes, func(note string) bool { return strings.HasSuffix(note, left) }) {
		t.Errorf("notes: %q", change.Notes)
	}
}
