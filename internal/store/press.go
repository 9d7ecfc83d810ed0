package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// pressRow is one thing done to a phase of a call.
type pressRow struct {
	ID         int64 `gorm:"primaryKey"`
	ContactID  key
	Attempt    int
	Phase      survey.Phase
	Kind       survey.PressKind
	At         int64
	Was        int64
	ReceivedAt int64
	MadeBy     string
	Reason     string
}

// TableName names the table for GORM.
func (pressRow) TableName() string { return "presses" }

func (r pressRow) press() survey.Press {
	return survey.Press{
		Attempt: r.Attempt, Phase: r.Phase, Kind: r.Kind, At: instant(r.At), Was: instant(r.Was),
		Received: instant(r.ReceivedAt), By: r.MadeBy, Reason: r.Reason,
	}
}

// addPresses keeps what was pressed in the change.
func addPresses(tx *gorm.DB, contact key, list []survey.Press) error {
	for _, p := range list {
		err := tx.Exec(`INSERT INTO presses (contact_id, attempt, phase, kind, at, was, received_at, made_by, reason)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, contact, p.Attempt, string(p.Phase), string(p.Kind), millis(p.At),
			millis(p.Was), millis(p.Received), p.By, p.Reason).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// Presses lists what was done to the phases of a contact's dials, in order.
func (s *Store) Presses(ctx context.Context, id survey.ContactID) ([]survey.Press, error) {
	var rows []pressRow
	err := s.reader.WithContext(ctx).Order("id").Find(&rows, "contact_id = ?", key(id)).Error
	return each(rows, pressRow.press), s.translate(ctx, err)
}
