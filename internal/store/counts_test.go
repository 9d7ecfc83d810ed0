package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
)

func TestCounts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		for by, value := range map[survey.Grouping]func(survey.Contact) string{
			survey.ByMunicipality: func(c survey.Contact) string { return c.Municipality },
			survey.ByArea:         func(c survey.Contact) string { return string(c.Area) },
			survey.ByEvaluator:    func(c survey.Contact) string { return c.Evaluator },
			survey.ByDay:          func(c survey.Contact) string { return officehours.DateOf(c.PlannedAt).String() },
		} {
			want := map[survey.Count]int{}
			for _, c := range contacts {
				want[survey.Count{Key: value(c), Channel: c.Channel, State: c.State, Disposition: c.Disposition}]++
			}
			counts, err := s.Counts(t.Context(), set.Round.ID, by)
			must(t, err)
			got := map[survey.Count]int{}
			for i, c := range counts {
				if i > 0 && counts[i-1].Key > c.Key {
					t.Errorf("%s: %q after %q", by, c.Key, counts[i-1].Key)
				}
				n := c.N
				c.N = 0
				got[c] = n
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s: %s", by, d)
			}
		}
		_, err := s.Counts(t.Context(), set.Round.ID, "1; DROP TABLE contacts")
		wantErr(t, err, survey.ErrNotFound)
	})
}
