package store_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
)

func TestWork(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		want := map[survey.Work]int{}
		for _, c := range contacts {
			if c.State == survey.Planned && c.Disposition != survey.Void {
				day := officehours.DateOf(c.PlannedAt)
				if c.PlannedAt.IsZero() {
					day = officehours.Date{}
				}
				want[survey.Work{Evaluator: c.Evaluator, Day: day, Channel: c.Channel, Area: c.Area}]++
			}
		}
		if len(want) == 0 || len(want) == len(contacts) {
			t.Fatalf("%d lines of work in %d contacts show nothing", len(want), len(contacts))
		}
		work, err := s.Work(t.Context(), set.Round.ID)
		must(t, err)
		got := map[survey.Work]int{}
		for _, w := range work {
			n := w.N
			w.N = 0
			got[w] += n
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}

func TestWorkIsCountedFromItsIndex(t *testing.T) {
	s := open(t, t.TempDir()+"/x.db")
	set, _, _ := sample(t, s)
	plan := explain(t, s, func() {
		_, err := s.Work(t.Context(), set.Round.ID)
		must(t, err)
	})
	if !strings.Contains(plan, "USING COVERING INDEX contacts_by_day (round_id=?)") {
		t.Error(plan)
	}
}
