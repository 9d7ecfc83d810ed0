package store

import (
	"context"

	"servicematning/internal/survey"
)

// unbegun are live contacts that nothing has been done to. It is written as
// the condition of the index contacts_to_begin, which is used for no others.
const unbegun = "state = 'planned' AND disposition = ''"

// Work counts a round's contacts that nothing has been done to yet, by
// evaluator, day, channel and area.
func (s *Store) Work(ctx context.Context, id survey.RoundID) ([]survey.Work, error) {
	const alike = "evaluator, planned_day, channel, area"
	query := of(s.reader.WithContext(ctx), key(id)).Model(&contactRow{}).
		Select(alike + ", count(*) AS n").Where(unbegun).Group(alike).Order(alike)
	type row struct {
		survey.Work
		day string
	}
	rows, err := scanEach(query, func(r *row) []any { return []any{&r.Evaluator, &r.day, &r.Channel, &r.Area, &r.N} })
	if err != nil {
		return nil, s.translate(ctx, err)
	}
	work, err := readEach(rows, func(r row) (_ survey.Work, err error) {
		r.Day, err = parseDay(r.day)
		return r.Work, err
	})
	return work, s.translate(ctx, err)
}
