package store

import (
	"cmp"
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

type waiverRow struct {
	RoundID  key              `gorm:"primaryKey"`
	Revision int              `gorm:"primaryKey"`
	Item     survey.CheckItem `gorm:"primaryKey"`
	Reason   string
	GivenBy  string
	GivenAt  int64
}

// TableName names the table for GORM.
func (waiverRow) TableName() string { return "waivers" }

func (r waiverRow) waiver() survey.Waiver {
	return survey.Waiver{Item: r.Item, Reason: r.Reason, By: r.GivenBy, At: instant(r.GivenAt)}
}

type closingRow struct {
	RoundID  key `gorm:"primaryKey"`
	Revision int `gorm:"primaryKey"`
	ClosedAt int64
	ClosedBy string
	Waivers  string // JSON of []waiverDoc
	Checksum string
	Frozen   []byte
}

// TableName names the table for GORM.
func (closingRow) TableName() string { return "closings" }

// waiverDoc is a waiver in a closing's JSON.
type waiverDoc struct {
	Item   survey.CheckItem `json:"item"`
	Reason string           `json:"reason"`
	By     string           `json:"by"`
	At     int64            `json:"at_ms"`
}

func waiverDocOf(w survey.Waiver) waiverDoc {
	return waiverDoc{w.Item, w.Reason, w.By, millis(w.At)}
}

func (d waiverDoc) waiver() survey.Waiver {
	return survey.Waiver{Item: d.Item, Reason: d.Reason, By: d.By, At: instant(d.At)}
}

func closingRowOf(round key, c survey.Closing) (closingRow, error) {
	waivers, err := toJSON(each(c.Waivers, waiverDocOf))
	return closingRow{
		RoundID: round, Revision: c.Revision, ClosedAt: millis(c.At), ClosedBy: c.By,
		Waivers: waivers, Checksum: c.Checksum, Frozen: append([]byte{}, c.Frozen...), // never NULL
	}, err
}

func (r closingRow) closing() (survey.Closing, error) {
	waivers, err := fromJSON[[]waiverDoc]("waivers", r.Waivers)
	return survey.Closing{
		Revision: r.Revision, At: instant(r.ClosedAt), By: r.ClosedBy,
		Waivers: each(waivers, waiverDoc.waiver), Checksum: r.Checksum, Frozen: r.Frozen,
	}, err
}

// Waivers lists the waivers of a round's current revision.
func (s *Store) Waivers(ctx context.Context, id survey.RoundID) (list []survey.Waiver, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		var round roundRow
		if err := tx.Take(&round, "id = ?", key(id)).Error; err != nil {
			return err
		}
		list, err = waivers(tx, round)
		return err
	})
	return list, err
}

// waivers lists them in the order of survey.CheckItems.
func waivers(tx *gorm.DB, round roundRow) ([]survey.Waiver, error) {
	var rows []waiverRow
	if err := of(tx, round.ID).Where("revision = ?", round.Revision).Order("item").Find(&rows).Error; err != nil {
		return nil, err
	}
	list := each(rows, waiverRow.waiver)
	slices.SortStableFunc(list, func(a, b survey.Waiver) int {
		return cmp.Compare(slices.Index(survey.CheckItems, a.Item), slices.Index(survey.CheckItems, b.Item))
	})
	return list, nil
}

// openRound takes the round's row for a change that a closed round refuses.
func openRound(tx *gorm.DB, id survey.RoundID) (row roundRow, err error) {
	if err = locked(tx).Take(&row, "id = ?", key(id)).Error; err != nil {
		return row, err
	}
	return row, row.open()
}

// SaveWaiver adds a waiver, replacing one for the same item.
func (s *Store) SaveWaiver(ctx context.Context, ch survey.Change, id survey.RoundID, w survey.Waiver) error {
	if err := checkTexts(w); err != nil {
		return err
	}
	return s.change(ctx, ch, func(tx *gorm.DB) error {
		round, err := openRound(tx, id)
		if err != nil {
			return err
		}
		row := waiverRow{round.ID, round.Revision, w.Item, w.Reason, w.By, millis(w.At)}
		if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return err
		}
		return record(tx, ch, &round.ID, nil)
	})
}

// RemoveWaiver takes a waiver back. ErrNotFound: there is none.
func (s *Store) RemoveWaiver(ctx context.Context, ch survey.Change, id survey.RoundID, item survey.CheckItem) error {
	if !storable(string(item)) {
		return survey.ErrNotFound
	}
	return s.change(ctx, ch, func(tx *gorm.DB) error {
		round, err := openRound(tx, id)
		if err != nil {
			return err
		}
		res := of(tx, round.ID).Where("revision = ? AND item = ?", round.Revision, item).Delete(&waiverRow{})
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return survey.ErrNotFound
		}
		return record(tx, ch, &round.ID, nil)
	})
}

// CloseRound lets fn count and freeze while nobody can change a contact of
// the round, then stores the closing and the round as fn left it.
func (s *Store) CloseRound(ctx context.Context, ch survey.Change, code string,
	fn func(set *survey.Setup, waivers []survey.Waiver, contacts results.Contacts) (survey.Closing, error)) error {
	return s.changeMany(ctx, ch, func(tx *gorm.DB) error {
		// Every change to a contact shares this row, so none is under way
		// once we have it, and none begins before we are done.
		round, err := findRound(locked(tx), code)
		if err != nil {
			return err
		}
		before, err := loadSetup(tx, round)
		if err != nil {
			return err
		}
		set, err := before.setup()
		if err != nil {
			return err
		}
		given, err := waivers(tx, round)
		if err != nil {
			return err
		}
		closing, err := fn(&set, given, eachContact(tx, round.ID))
		if err != nil {
			return err
		}
		return storeClosing(tx, ch, before, set, closing)
	})
}

func storeClosing(tx *gorm.DB, ch survey.Change, before setupRows, set survey.Setup, closing survey.Closing) error {
	if err := checkTexts(closing); err != nil {
		return err
	}
	row, err := closingRowOf(before.round.ID, closing)
	if err != nil {
		return err
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	_, err = saveSetup(tx, ch, before, set)
	return err
}

// Closing reads the newest closing of a round. ErrNotFound: never closed.
func (s *Store) Closing(ctx context.Context, id survey.RoundID) (survey.Closing, error) {
	var row closingRow
	err := of(s.reader.WithContext(ctx), key(id)).Order("revision DESC").Limit(1).Take(&row).Error
	if err != nil {
		return survey.Closing{}, s.translate(ctx, err)
	}
	return row.closing()
}
