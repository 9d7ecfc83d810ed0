package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

type historyRow struct {
	ID        int64 `gorm:"primaryKey"`
	At        int64
	Actor     string
	Action    string
	Detail    string
	RoundID   *key // nil where it concerns no round
	ContactID *key
}

// TableName names the table for GORM.
func (historyRow) TableName() string { return "history" }

// record writes the change to the history, in the transaction of its effect.
func record(tx *gorm.DB, ch survey.Change, round, contact *key) error {
	return tx.Exec("INSERT INTO history (at, actor, action, detail, round_id, contact_id) VALUES (?, ?, ?, ?, ?, ?)",
		millis(ch.At), ch.By, ch.Action, ch.Detail, round, contact).Error
}

// History lists what was done to a round, newest first; limit 0 means all.
// The round "" gives what concerns no round.
func (s *Store) History(ctx context.Context, round string, limit int) ([]survey.Event, error) {
	var rows []historyRow
	err := s.read(ctx, func(tx *gorm.DB) error {
		where, args := "round_id IS NULL", []any(nil)
		if round != "" {
			row, err := findRound(tx, round)
			if err != nil {
				return err
			}
			where, args = "round_id = ?", []any{row.ID}
		}
		return page(tx.Where(where, args...).Order("id DESC"), 0, limit).Find(&rows).Error
	})
	var events []survey.Event
	for _, r := range rows {
		events = append(events, r.event(round))
	}
	return events, err
}

func (r historyRow) event(round string) survey.Event {
	e := survey.Event{
		Change: survey.Change{By: r.Actor, At: instant(r.At), Action: r.Action, Detail: r.Detail},
		Round:  round,
	}
	if r.ContactID != nil {
		e.Contact = survey.ContactID(*r.ContactID)
	}
	return e
}

// page limits a query; 0 leaves it as it is.
func page(tx *gorm.DB, offset, limit int) *gorm.DB {
	if limit > 0 {
		tx = tx.Limit(limit)
	}
	if offset > 0 {
		tx = tx.Offset(offset)
	}
	return tx
}
