package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// SQLite answers each list and count from the index made for it. The plan
// rests on the figures that the migration gives the planner, so a small
// database shows what a full one will do.
func TestQueriesUseTheirIndex(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	set, call, _ := sample(t, s)
	day := surveytest.Start
	for name, c := range map[string]struct {
		filter survey.ContactFilter
		index  string
		sorts  bool
	}{
		"an evaluator's open contacts": {survey.ContactFilter{
			Evaluator: call.Evaluator, States: []survey.State{survey.Planned, survey.Begun, survey.Returned}, LiveOnly: true,
			PlannedTo: day.At(24, 0),
		}, "contacts_by_evaluator (round_id=? AND evaluator=? AND planned_at<?)", true},
		"an evaluator's day": {survey.ContactFilter{
			Evaluator: call.Evaluator, PlannedFrom: day.At(0, 0), PlannedTo: day.At(24, 0),
		}, "contacts_by_evaluator (round_id=? AND evaluator=? AND planned_at>? AND planned_at<?)", true},
		"what an evaluator finished": {survey.ContactFilter{
			Evaluator: call.Evaluator, DoneFrom: day.At(0, 0), DoneTo: day.At(24, 0),
		}, "contacts_by_submission (round_id=? AND evaluator=? AND submitted_at>? AND submitted_at<?)", true},
		"a page of the plan": {survey.ContactFilter{Offset: 100, Limit: 50}, "contacts_by_plan (round_id=?)", false},
		"a page by key":      {survey.ContactFilter{Limit: 50, Order: survey.ByKey}, "contacts_by_key (round_id=?)", false},
		"a municipality": {
			survey.ContactFilter{Municipality: "0305", Order: survey.ByKey},
			"contacts_by_key (round_id=? AND municipality=?)", false},
		"a municipality and area": {
			survey.ContactFilter{Municipality: "0305", Area: "bygglov"},
			"contacts_by_place (round_id=? AND municipality=? AND area=?)", true},
		"a cell": {survey.ContactFilter{Municipality: "0305", Question: "BYGG1", Channel: survey.Phone},
			"contacts_by_key (round_id=? AND municipality=? AND channel=? AND question=?)", true},
	} {
		plan := explain(t, s, func() {
			_, _, err := s.Contacts(t.Context(), set.Round.ID, c.filter)
			must(t, err)
		})
		if !strings.Contains(plan, c.index) || strings.Contains(plan, "TEMP B-TREE") != c.sorts {
			t.Errorf("%s: want %s\n%s", name, c.index, plan)
		}
	}
	plan := explain(t, s, func() {
		for _, err := range s.EachContact(t.Context(), set.Round.ID) {
			must(t, err)
		}
	})
	if !strings.Contains(plan, "contacts_by_key (round_id=?)") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("whole round:\n%s", plan)
	}
	for by, index := range map[survey.Grouping]string{
		survey.ByMunicipality: "contacts_by_place", survey.ByArea: "contacts_by_place",
		survey.ByEvaluator: "contacts_by_day", survey.ByDay: "contacts_by_day",
	} {
		plan := explain(t, s, func() {
			_, err := s.Counts(t.Context(), set.Round.ID, by)
			must(t, err)
		})
		if !strings.Contains(plan, "USING COVERING INDEX "+index+" ") {
			t.Errorf("by %s:\n%s", by, plan)
		}
	}
	for by, c := range map[survey.Grouping]struct {
		keys  []string
		index string
		sorts bool
	}{
		survey.ByMunicipality: {[]string{"0305", "0380"}, "contacts_by_place (round_id=? AND municipality=?)", true},
		survey.ByEvaluator:    {nil, "contacts_by_day (round_id=?)", false},
	} {
		plan := explain(t, s, func() {
			_, err := s.DayCounts(t.Context(), set.Round.ID, by, c.keys...)
			must(t, err)
		})
		if !strings.Contains(plan, "USING COVERING INDEX "+c.index) || strings.Contains(plan, "TEMP B-TREE") != c.sorts {
			t.Errorf("per day by %s:\n%s", by, plan)
		}
	}
}

// explain gives the plan of the first statement that fn sends.
func explain(t *testing.T, s *store.Store, fn func()) string {
	t.Helper()
	var statement string
	stop := s.Statements(func(sql string) {
		if statement == "" {
			statement = sql
		}
	})
	fn()
	stop()
	return queryPlan(t, s, statement)
}

// queryPlan gives the plan of a statement.
func queryPlan(t *testing.T, s *store.Store, statement string) string {
	t.Helper()
	rows, err := s.Writer().Raw("EXPLAIN QUERY PLAN " + statement).Rows()
	must(t, err)
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		must(t, rows.Scan(&id, &parent, &unused, &detail))
		lines = append(lines, detail)
	}
	must(t, rows.Err())
	return statement + "\n" + strings.Join(lines, "\n")
}
