package store

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"servicematning/internal/survey"
)

// replace makes the rows before into the rows after, writing only what
// differs.
func replace[R, K comparable](tx *gorm.DB, before, after []R, key func(R) K) error {
	gone, put, err := difference(before, after, key)
	if err != nil {
		return err
	}
	for len(gone) > 0 {
		n := min(len(gone), batch)
		if err := tx.Delete(gone[:n]).Error; err != nil {
			return err
		}
		gone = gone[n:]
	}
	if len(put) == 0 {
		return nil
	}
	return upsert(tx, put)
}

// upsert adds rows and overwrites those with the same primary key.
func upsert[R any](tx *gorm.DB, rows []R) error {
	return tx.Clauses(clause.OnConflict{UpdateAll: true}).CreateInBatches(rows, batch).Error
}

// difference says which rows are gone and which are new or changed. Two rows
// with the same key are ErrConflict.
func difference[R, K comparable](before, after []R, key func(R) K) (gone, put []R, err error) {
	old := make(map[K]R, len(before))
	for _, r := range before {
		old[key(r)] = r
	}
	seen := make(map[K]bool, len(after))
	for _, r := range after {
		k := key(r)
		if seen[k] {
			return nil, nil, survey.ErrConflict
		}
		seen[k] = true
		if was, ok := old[k]; !ok || was != r {
			put = append(put, r)
		}
	}
	for _, r := range before {
		if !seen[key(r)] {
			gone = append(gone, r)
		}
	}
	return gone, put, nil
}
