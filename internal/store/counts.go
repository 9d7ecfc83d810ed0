package store

import (
	"context"

	"servicematning/internal/survey"
)

// tally is how a grouping is counted: from an index that holds all it needs,
// first in the index's own order, where equal neighbours are counted without
// sorting, and then over these far fewer sums.
type tally struct{ column, neighbours string }

var tallies = map[survey.Grouping]tally{
	survey.ByMunicipality: {"municipality", "municipality, area"},
	survey.ByArea:         {"area", "municipality, area"},
	survey.ByEvaluator:    {"evaluator", "evaluator, planned_day"},
	survey.ByDay:          {"planned_day", "evaluator, planned_day"},
}

const alike = ", channel, state, disposition"

func (t tally) query() string {
	return "SELECT " + t.column + ` AS "key"` + alike + ", CAST(sum(n) AS BIGINT) AS n FROM" +
		" (SELECT " + t.neighbours + alike + ", count(*) AS n FROM contacts WHERE round_id = ?" +
		" GROUP BY " + t.neighbours + alike + ") AS neighbours" +
		" GROUP BY " + t.column + alike + " ORDER BY " + t.column + alike
}

// Counts counts a round's contacts, voided ones too, per value of the grouping.
func (s *Store) Counts(ctx context.Context, id survey.RoundID, by survey.Grouping) ([]survey.Count, error) {
	t, ok := tallies[by]
	if !ok {
		return nil, survey.ErrNotFound
	}
	counts, err := scanEach(s.reader.WithContext(ctx).Raw(t.query(), key(id)), countFields)
	return counts, s.translate(ctx, err)
}

// countFields are the columns of a count in the order of alike.
func countFields(c *survey.Count) []any {
	return []any{&c.Key, &c.Channel, &c.State, &c.Disposition, &c.N}
}
