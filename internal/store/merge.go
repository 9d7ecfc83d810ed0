package store

import (
	"cmp"
	"slices"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// newRows makes the rows of contacts to be put in a round, in the order in
// which they are read: neighbours in the index are then neighbours on disk.
// Identifiers not yet given are given in that order too, for the same reason.
func newRows(r survey.Round, contacts []survey.Contact) ([]contactRow, error) {
	order := make([]int, len(contacts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &contacts[i], &contacts[j]
		return cmp.Or(cmp.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Channel, b.Channel),
			cmp.Compare(a.Question, b.Question), cmp.Compare(a.Replicate, b.Replicate))
	})
	rows := make([]contactRow, len(contacts))
	for at, i := range order {
		row, err := checkedRow(contacts[i])
		if err != nil {
			return nil, err
		}
		row.RoundID, row.Version = key(r.ID), max(row.Version, 1)
		if contacts[i].ID.IsZero() {
			row.ID = key(survey.NewID[survey.Contact]())
		}
		rows[at] = row
	}
	return rows, nil
}

// chunks splits sorted rows by municipality.
func chunks(rows []contactRow) func(yield func([]contactRow) bool) {
	return func(yield func([]contactRow) bool) {
		for len(rows) > 0 {
			n := slices.IndexFunc(rows, func(r contactRow) bool { return r.Municipality != rows[0].Municipality })
			if n < 0 {
				n = len(rows)
			}
			if !yield(rows[:n]) {
				return
			}
			rows = rows[n:]
		}
	}
}

// mergeContacts puts one municipality's contacts in and says how many were
// new or different.
func mergeContacts(tx *gorm.DB, rows []contactRow) (changed int, err error) {
	var there []contactRow
	if err := of(tx, rows[0].RoundID).Where("municipality = ?", rows[0].Municipality).Find(&there).Error; err != nil {
		return 0, err
	}
	old := make(map[contactKey]contactRow, len(there))
	for _, r := range there {
		old[r.key()] = r
	}
	var fresh []contactRow
	for _, r := range rows {
		was, ok := old[r.key()]
		if !ok {
			fresh = append(fresh, r)
			continue
		}
		r.ID, r.Version = was.ID, was.Version
		if r == was {
			continue
		}
		r.Version++
		if err := updateContact(tx, was, r); err != nil {
			return 0, err
		}
		changed++
	}
	return changed + len(fresh), insertContacts(tx, fresh)
}

// contactKey is the natural key within a round and a municipality.
type contactKey struct {
	channel   survey.Channel
	question  string
	replicate int
}

func (r contactRow) key() contactKey { return contactKey{r.Channel, r.Question, r.Replicate} }

// insertContacts adds rows. A key that is taken is ErrConflict.
func insertContacts(tx *gorm.DB, rows []contactRow) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, batch).Error
}
