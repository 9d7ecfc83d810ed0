package store_test

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
)

func TestDayCounts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		municipality := func(c survey.Contact) string { return c.Municipality }
		evaluator := func(c survey.Contact) string { return c.Evaluator }
		some := []string{contacts[0].Municipality, "9999"}
		for name, tc := range map[string]struct {
			by    survey.Grouping
			value func(survey.Contact) string
			keys  []string
		}{
			"all municipalities": {survey.ByMunicipality, municipality, nil},
			"one municipality":   {survey.ByMunicipality, municipality, some},
			"all evaluators":     {survey.ByEvaluator, evaluator, nil},
			"one evaluator":      {survey.ByEvaluator, evaluator, []string{contacts[0].Evaluator}},
			"nobody":             {survey.ByEvaluator, evaluator, []string{"nobody@example.se"}},
		} {
			got, err := s.DayCounts(t.Context(), set.Round.ID, tc.by, tc.keys...)
			must(t, err)
			if d := gocmp.Diff(recount(contacts, tc.value, tc.keys), got); d != "" {
				t.Errorf("%s: %s", name, d)
			}
		}
		_, err := s.DayCounts(t.Context(), set.Round.ID, survey.ByArea)
		wantErr(t, err, survey.ErrNotFound)
	})
}

// recount counts the live contacts one by one.
func recount(contacts []survey.Contact, value func(survey.Contact) string, keys []string) []survey.DayCount {
	sums := map[survey.DayCount]int{}
	for _, c := range contacts {
		if c.Disposition == survey.Void || len(keys) > 0 && !slices.Contains(keys, value(c)) {
			continue
		}
		sums[survey.DayCount{Key: value(c), Day: officehours.DateOf(c.PlannedAt).String(), Channel: c.Channel}]++
	}
	var counts []survey.DayCount
	for c, n := range sums {
		c.N = n
		counts = append(counts, c)
	}
	slices.SortFunc(counts, func(a, b survey.DayCount) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Channel, b.Channel))
	})
	return counts
}
