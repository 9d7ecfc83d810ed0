package store

import (
	"context"

	"servicematning/internal/survey"
)

// calendarColumns are what contacts can be counted by per day: each has an
// index that holds all the count needs.
var calendarColumns = map[survey.Grouping]string{
	survey.ByMunicipality: "municipality",
	survey.ByEvaluator:    "evaluator",
}

// DayCounts counts a round's live contacts per day and channel of every value
// of the grouping, or of the keys alone when any are given.
func (s *Store) DayCounts(ctx context.Context, id survey.RoundID, by survey.Grouping, keys ...string) (
	[]survey.DayCount, error) {
	column, ok := calendarColumns[by]
	if !ok {
		return nil, survey.ErrNotFound
	}
	alike := column + ", planned_day, channel"
	query := of(s.reader.WithContext(ctx), key(id)).Model(&contactRow{}).
		Select(alike+", count(*) AS n").Where("disposition <> ?", survey.Void).Group(alike).Order(alike)
	if len(keys) > 0 {
		query = query.Where(column+" IN ?", keys)
	}
	counts, err := scanEach(query, func(c *survey.DayCount) []any { return []any{&c.Key, &c.Day, &c.Channel, &c.N} })
	return counts, s.translate(ctx, err)
}
