package store

import (
	"context"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// EachPlanned streams the contacts of a round that nothing has been done to.
// Only what a plan is about is read of them: identifier, key, area and slot.
func (s *Store) EachPlanned(ctx context.Context, id survey.RoundID) results.Contacts {
	return func(yield func(survey.Contact, error) bool) {
		rows, err := of(s.reader.WithContext(ctx), key(id)).Model(&contactRow{}).
			Where("state = ? AND disposition <> ?", survey.Planned, survey.Void).
			Select("id", "municipality", "channel", "area", "question", "replicate", "evaluator", "planned_at").Rows()
		if err != nil {
			yield(survey.Contact{}, s.translate(ctx, err))
			return
		}
		defer rows.Close()
		var r contactRow
		fields := []any{&r.ID, &r.Municipality, (*string)(&r.Channel), (*string)(&r.Area), &r.Question, &r.Replicate,
			&r.Evaluator, &r.PlannedAt}
		for rows.Next() {
			if err := rows.Scan(fields...); err != nil {
				yield(survey.Contact{}, s.translate(ctx, err))
				return
			}
			if !yield(survey.Contact{
				ID: survey.ContactID(r.ID), Round: id, Municipality: r.Municipality, Channel: r.Channel, Area: r.Area,
				Question: r.Question, Replicate: r.Replicate, Evaluator: r.Evaluator, PlannedAt: instant(r.PlannedAt),
				State: survey.Planned,
			}, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(survey.Contact{}, s.translate(ctx, err))
		}
	}
}

// WithdrawnCounts counts, per municipality, the contacts of questions that
// have been withdrawn.
func (s *Store) WithdrawnCounts(ctx context.Context, id survey.RoundID) ([]survey.Count, error) {
	counts, err := scanCounts(s.reader.WithContext(ctx).Raw(`
		SELECT c.municipality, c.channel, c.state, c.disposition, count(*) FROM contacts AS c
		JOIN questions AS q ON q.round_id = c.round_id AND q.code = c.question
		WHERE c.round_id = ? AND q.withdrawn GROUP BY c.municipality, c.channel, c.state, c.disposition
		ORDER BY c.municipality, c.channel, c.state, c.disposition`, key(id)))
	return counts, s.translate(ctx, err)
}
