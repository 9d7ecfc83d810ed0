package store

import (
	"bytes"
	"context"
	"database/sql"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// slotColumns are what a plan is about. Of the calls only the first word is
// read, which says when the first one was dialled.
const slotColumns = "id, municipality, channel, area, question, replicate, evaluator, planned_at, state, disposition, " +
	"substr(attempts, 1, 20), sent_at"

// EachSlot streams the contacts of a round, those in the states if any are
// given, with only what a plan is about: identifier, key, area, slot, state,
// disposition and when they were first dialled or sent.
func (s *Store) EachSlot(ctx context.Context, id survey.RoundID, states ...survey.State) results.Contacts {
	return func(yield func(survey.Contact, error) bool) {
		query := of(s.reader.WithContext(ctx), key(id)).Model(&contactRow{}).Select(slotColumns)
		if len(states) > 0 {
			query = query.Where("state IN ?", states)
		}
		rows, err := query.Rows()
		if err != nil {
			yield(survey.Contact{}, s.translate(ctx, err))
			return
		}
		defer rows.Close()
		r := slotReader{round: id, words: map[string]string{}}
		for rows.Next() {
			c, err := r.read(rows)
			if !yield(c, s.translate(ctx, err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(survey.Contact{}, s.translate(ctx, err))
		}
	}
}

// slotReader reads the rows of slotColumns. A round is held whole while it is
// planned, so each of the few different words in it is kept only once.
type slotReader struct {
	round survey.RoundID
	words map[string]string
}

func (r *slotReader) word(b sql.RawBytes) string {
	if s, ok := r.words[string(b)]; ok {
		return s
	}
	s := string(b)
	r.words[s] = s
	return s
}

func (r *slotReader) read(rows *sql.Rows) (survey.Contact, error) {
	var id key
	var municipality, channel, area, question, evaluator, state, disposition, dialled sql.RawBytes
	var replicate int
	var planned, sent int64
	err := rows.Scan(&id, &municipality, &channel, &area, &question, &replicate, &evaluator, &planned,
		&state, &disposition, &dialled, &sent)
	if err != nil {
		return survey.Contact{}, err
	}
	c := survey.Contact{
		ID: survey.ContactID(id), Round: r.round, Municipality: r.word(municipality),
		Channel: survey.Channel(r.word(channel)), Area: survey.QuestionArea(r.word(area)), Question: r.word(question),
		Replicate: replicate, Evaluator: r.word(evaluator), PlannedAt: instant(planned),
		State: survey.State(r.word(state)), Disposition: survey.Disposition(r.word(disposition)),
		Mail: survey.Mail{Sent: instant(sent)},
	}
	if first := bytes.FieldsFunc(dialled, func(r rune) bool { return r == ' ' || r == '\n' }); len(first) > 0 {
		a, err := unpackAttempt(string(first[0]))
		c.Attempts = []survey.Attempt{a}
		return c, err
	}
	return c, nil
}

// WithdrawnCounts counts, per municipality, the contacts of questions that
// have been withdrawn.
func (s *Store) WithdrawnCounts(ctx context.Context, id survey.RoundID) ([]survey.Count, error) {
	counts, err := scanEach(s.reader.WithContext(ctx).Raw(`
		SELECT c.municipality, c.channel, c.state, c.disposition, count(*) FROM contacts AS c
		JOIN questions AS q ON q.round_id = c.round_id AND q.code = c.question
		WHERE c.round_id = ? AND q.withdrawn GROUP BY c.municipality, c.channel, c.state, c.disposition
		ORDER BY c.municipality, c.channel, c.state, c.disposition`, key(id)), countFields)
	return counts, s.translate(ctx, err)
}
