package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// Workday reads what an evaluator's day is made of: the contacts with one
// statement and the figures with another, each part of them from an index
// made for it.
func (s *Store) Workday(ctx context.Context, id survey.RoundID, q survey.WorkdayQuery) (survey.Workday, error) {
	w := survey.Workday{Made: map[survey.Channel]int{}, Expected: map[survey.Channel]int{}}
	if !storable(q.Evaluator) {
		return w, nil
	}
	tx := s.reader.WithContext(ctx)
	w.Open = make([]survey.Contact, 0, usualDay)
	for c, err := range eachOf(workdayColumns, tx.Raw(workdayContacts, workdayArgs(id, q)...)) {
		switch {
		case err != nil:
			return w, s.translate(ctx, err)
		case c.Finished():
			w.Finished = append(w.Finished, c)
		case c.Evaluator == q.Evaluator:
			w.Open = append(w.Open, c)
		default:
			w.Held = append(w.Held, c)
		}
	}
	return w, s.translate(ctx, countWorkday(tx, key(id), q, &w))
}

// usualDay is more than is mostly open on a day.
const usualDay = 128

// workdayColumns is what a day shows of its contacts; the others take as long
// to read again.
var workdayColumns = strings.Fields(`id municipality channel area question replicate evaluator planned_at state
	disposition attempts sent_at auto_reply_at first_reply_at bounced_at review_note reviewed_by submitted_at
	call_back_at held_by held_until`)

// workdayContacts is the open, the held and the finished ones. The last part
// alone is cut and has an order of its own.
var workdayContacts = func() string {
	columns := "SELECT " + strings.Join(workdayColumns, ", ") + " FROM contacts WHERE round_id = ? AND "
	return "SELECT * FROM (" + columns + "evaluator = ? AND planned_at < ? AND state IN ('planned', 'begun', 'returned')" +
		" AND disposition <> 'void' ORDER BY planned_at, " + byKey + ") AS open_ones" +
		" UNION ALL " + columns + "held_by = ? AND held_by <> '' AND held_until > ? AND evaluator <> ?" +
		" AND state = 'planned' AND disposition <> 'void'" +
		" UNION ALL SELECT * FROM (" + columns + "evaluator = ? AND submitted_at >= ? AND state IN ('submitted', 'approved')" +
		" AND disposition <> 'void' ORDER BY submitted_at DESC, " + byKey + " LIMIT ?) AS finished_ones"
}()

func workdayArgs(id survey.RoundID, q survey.WorkdayQuery) []any {
	round, me, most := key(id), q.Evaluator, q.Finished
	if most == 0 {
		most = 1 << 30
	}
	return []any{round, me, millis(q.Today.AddDays(1).At(0, 0)), round, me, millis(q.At), me, round, me, millis(q.Today.At(0, 0)), most}
}

// The kinds of figure in workdayFigures.
const (
	figurePlanned = iota
	figureExpected
	figureMade
	figureDone
)

// workdayFigures is one row per kind of figure, day and channel.
const workdayFigures = `
SELECT 0, planned_day, channel, count(*),
	count(CASE WHEN state <> 'planned' AND (state <> 'begun' OR channel = 'email') THEN 1 END)
	FROM contacts WHERE round_id = ? AND evaluator = ? AND planned_day BETWEEN ? AND ? AND disposition <> 'void'
	GROUP BY planned_day, channel
UNION ALL SELECT 1, '', channel, count(*), 0
	FROM contacts WHERE round_id = ? AND evaluator = ? AND planned_day = ? AND planned_at < ? AND disposition <> 'void'
	GROUP BY channel
UNION ALL SELECT 2, '', 'email', count(*), 0
	FROM contacts WHERE round_id = ? AND evaluator = ? AND sent_at >= ? AND sent_at > 0 AND disposition <> 'void'
UNION ALL SELECT 3, '', channel, count(*), 0
	FROM contacts WHERE round_id = ? AND evaluator = ? AND submitted_at >= ? AND state IN ('submitted', 'approved')
	AND disposition <> 'void' GROUP BY channel
ORDER BY 1, 2`

// countWorkday fills in the figures.
func countWorkday(tx *gorm.DB, round key, q survey.WorkdayQuery, w *survey.Workday) error {
	me, from := q.Evaluator, millis(q.Today.At(0, 0))
	type figure struct {
		kind, n, made int
		day           string
		channel       survey.Channel
	}
	figures, err := scanEach(tx.Raw(workdayFigures,
		round, me, q.Monday.String(), q.Monday.AddDays(6).String(),
		round, me, q.Today.String(), millis(q.At), round, me, from, round, me, from),
		func(f *figure) []any { return []any{&f.kind, &f.day, &f.channel, &f.n, &f.made} })
	for _, f := range figures {
		switch f.kind {
		case figurePlanned:
			if n := len(w.Week); n == 0 || w.Week[n-1].Day != f.day {
				w.Week = append(w.Week, survey.DayMade{
					Day: f.day, Planned: map[survey.Channel]int{}, Made: map[survey.Channel]int{},
				})
			}
			day := w.Week[len(w.Week)-1]
			day.Planned[f.channel], day.Made[f.channel] = f.n, f.made
		case figureExpected:
			w.Expected[f.channel] = f.n
		case figureMade:
			w.Made[f.channel] = f.n
		case figureDone:
			w.Done += f.n
			if f.channel == survey.Phone {
				w.Made[f.channel] = f.n
			}
		}
	}
	return err
}
