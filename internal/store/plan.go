package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// lockRound takes the round's row for a change to its contacts as a whole,
// and refuses a round that has changed since r was read, or is closed.
func lockRound(tx *gorm.DB, r survey.Round) error {
	var row roundRow
	if err := locked(tx).Take(&row, "id = ?", key(r.ID)).Error; err != nil {
		return err
	}
	if row.Version != r.Version {
		return survey.ErrConflict
	}
	return row.open()
}

// ReplacePlan removes every contact of the round that is still planned and
// adds the given ones, provided the round still has r's Version, and stores
// r's Seed and PlannedAt. A voided contact stays, whatever its state: voiding
// it was something done to it.
func (s *Store) ReplacePlan(ctx context.Context, ch survey.Change, r survey.Round, contacts []survey.Contact) error {
	rows, err := newRows(r, contacts)
	if err != nil {
		return err
	}
	return s.changeMany(ctx, ch, func(tx *gorm.DB) error {
		if err := lockRound(tx, r); err != nil {
			return err
		}
		err := tx.Exec("DELETE FROM contacts WHERE round_id = ? AND state = ? AND disposition <> ?",
			key(r.ID), survey.Planned, survey.Void).Error
		if err != nil {
			return err
		}
		if err := insertContacts(tx, rows); err != nil {
			return err
		}
		err = tx.Exec("UPDATE rounds SET seed = ?, planned_at = ?, stamp = ? WHERE id = ?",
			int64(r.Seed), millis(r.PlannedAt), newStamp(), key(r.ID)).Error
		if err != nil {
			return err
		}
		return record(tx, ch, (*key)(&r.ID), nil)
	})
}

// SaveContacts adds contacts and overwrites those with the same key when they
// differ, provided the round still has r's Version. changed is the number of
// contacts added or overwritten; when it is 0 nothing is written at all.
func (s *Store) SaveContacts(ctx context.Context, ch survey.Change, r survey.Round, contacts []survey.Contact) (
	changed int, err error) {
	rows, err := newRows(r, contacts)
	if err != nil {
		return 0, err
	}
	err = s.changeMany(ctx, ch, func(tx *gorm.DB) error {
		if err := lockRound(tx, r); err != nil {
			return err
		}
		// One municipality at a time, so that what is already there and must
		// be compared never fills the memory.
		for part := range chunks(rows) {
			n, err := mergeContacts(tx, part)
			if err != nil {
				return err
			}
			changed += n
		}
		if changed == 0 {
			return nil
		}
		return record(tx, ch, (*key)(&r.ID), nil)
	})
	return changed, err
}
