package store

import (
	"context"
	"strings"
	"time"

	"servicematning/internal/survey"
)

// standingColumns are the numbers of a standing and which contacts each counts.
var standingColumns = []struct{ name, where string }{
	{"planned", "disposition <> 'void'"},
	{"due", "disposition <> 'void' AND planned_at < ?"},
	{"begun", "disposition <> 'void' AND state = 'begun'"},
	{"finished", "disposition <> 'void' AND state IN ('submitted', 'returned', 'approved')"},
	{"approved", "disposition <> 'void' AND state = 'approved'"},
	{"returned", "disposition <> 'void' AND state = 'returned'"},
	{"voided", "disposition = 'void'"},
}

// pairing is two groupings that one index counts together.
type pairing struct{ first, second survey.Grouping }

var (
	places = pairing{survey.ByMunicipality, survey.ByArea}
	shifts = pairing{survey.ByEvaluator, survey.ByDay}
)

// column is the contacts' column of a grouping.
func column(g survey.Grouping) string { return tallies[g].column }

// query reads the pairing's index once, in its own order, and sums the far
// fewer counts for each of the two groupings.
func (p pairing) query() string {
	var counts, sums []string
	for _, c := range standingColumns {
		counts = append(counts, "count(*) FILTER (WHERE "+c.where+") AS "+c.name)
		sums = append(sums, "CAST(sum("+c.name+") AS BIGINT)")
	}
	pair := column(p.first) + ", " + column(p.second) + ", channel"
	query := "WITH pairs AS MATERIALIZED (SELECT " + pair + ", " + strings.Join(counts, ", ") +
		" FROM contacts WHERE round_id = ? GROUP BY " + pair + ")"
	for i, g := range []survey.Grouping{p.first, p.second} {
		if i > 0 {
			query += " UNION ALL"
		}
		query += " SELECT '" + string(g) + "', " + column(g) + ", channel, " + strings.Join(sums, ", ") +
			" FROM pairs GROUP BY " + column(g) + ", channel"
	}
	return query
}

// PlaceStandings counts a round's contacts by municipality and by area, those
// planned before due apart.
func (s *Store) PlaceStandings(ctx context.Context, id survey.RoundID, due time.Time) ([]survey.Standing, error) {
	return s.standings(ctx, id, places, due)
}

// ShiftStandings counts a round's contacts by evaluator and by planned day,
// those planned before due apart.
func (s *Store) ShiftStandings(ctx context.Context, id survey.RoundID, due time.Time) ([]survey.Standing, error) {
	return s.standings(ctx, id, shifts, due)
}

func (s *Store) standings(ctx context.Context, id survey.RoundID, p pairing, due time.Time) ([]survey.Standing, error) {
	list, err := scanEach(s.reader.WithContext(ctx).Raw(p.query(), millis(due), key(id)),
		func(v *survey.Standing) []any {
			return []any{&v.By, &v.Key, &v.Channel, &v.Planned, &v.Due, &v.Begun, &v.Finished, &v.Approved, &v.Returned,
				&v.Void}
		})
	return list, s.translate(ctx, err)
}

// hourMillis is the length of an hour as instants are stored.
const hourMillis = int64(time.Hour / time.Millisecond)

// MadePerHour counts a round's live contacts by the hour in which they were made.
func (s *Store) MadePerHour(ctx context.Context, id survey.RoundID) ([]survey.HourCount, error) {
	const query = "SELECT submitted_at / ? AS hour, count(*) FROM contacts WHERE round_id = ? AND channel = 'phone'" +
		" AND state IN ('submitted', 'returned', 'approved') AND disposition <> 'void' GROUP BY 1" +
		" UNION ALL SELECT sent_at / ?, count(*) FROM contacts WHERE round_id = ? AND channel = 'email'" +
		" AND state IN ('begun', 'submitted', 'returned', 'approved') AND disposition <> 'void' GROUP BY 1 ORDER BY hour"
	type row struct {
		hour int64
		n    int
	}
	rows, err := scanEach(s.reader.WithContext(ctx).Raw(query, hourMillis, key(id), hourMillis, key(id)),
		func(v *row) []any { return []any{&v.hour, &v.n} })
	var list []survey.HourCount
	for _, r := range rows {
		list = append(list, survey.HourCount{Hour: time.UnixMilli(r.hour * hourMillis).UTC(), N: r.n})
	}
	return list, s.translate(ctx, err)
}

// UntouchedBefore counts a round's live contacts that nothing has been done to
// although they were planned before the instant.
func (s *Store) UntouchedBefore(ctx context.Context, id survey.RoundID, due time.Time) ([]survey.Untouched, error) {
	const query = "SELECT planned_day, municipality, area, channel, evaluator, count(*), min(planned_at) FROM contacts" +
		" WHERE round_id = ? AND planned_at < ? AND " + unbegun +
		" GROUP BY planned_day, municipality, area, channel, evaluator" +
		" ORDER BY planned_day, municipality, area, channel, evaluator"
	type row struct {
		survey.Untouched
		first int64
	}
	rows, err := scanEach(s.reader.WithContext(ctx).Raw(query, key(id), millis(due)), func(v *row) []any {
		return []any{&v.Day, &v.Municipality, &v.Area, &v.Channel, &v.Evaluator, &v.N, &v.first}
	})
	var list []survey.Untouched
	for _, r := range rows {
		r.First = instant(r.first)
		list = append(list, r.Untouched)
	}
	return list, s.translate(ctx, err)
}

// Bounces lists a round's live e-mails that came back, first to last.
func (s *Store) Bounces(ctx context.Context, id survey.RoundID) ([]survey.Bounce, error) {
	const query = "SELECT municipality, bounced_at FROM contacts" +
		" WHERE round_id = ? AND bounced_at <> 0 AND disposition <> 'void' ORDER BY bounced_at, municipality"
	type row struct {
		survey.Bounce
		at int64
	}
	rows, err := scanEach(s.reader.WithContext(ctx).Raw(query, key(id)),
		func(v *row) []any { return []any{&v.Municipality, &v.at} })
	var list []survey.Bounce
	for _, r := range rows {
		r.At = instant(r.at)
		list = append(list, r.Bounce)
	}
	return list, s.translate(ctx, err)
}
