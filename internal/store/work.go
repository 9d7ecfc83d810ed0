package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/officehours"
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
	work, err := scanWork(query)
	return work, s.translate(ctx, err)
}

func scanWork(query *gorm.DB) ([]survey.Work, error) {
	rows, err := query.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var work []survey.Work
	for rows.Next() {
		var w survey.Work
		var day string
		if err := rows.Scan(&w.Evaluator, &day, &w.Channel, &w.Area, &w.N); err != nil {
			return nil, err
		}
		if day != "" {
			if w.Day, err = officehours.ParseDate(day); err != nil {
				return nil, err
			}
		}
		work = append(work, w)
	}
	return work, rows.Err()
}
