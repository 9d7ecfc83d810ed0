package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// draftFormRow is what an evaluator has filled in and not reported.
type draftFormRow struct {
	ContactID key    `gorm:"primaryKey"`
	MadeBy    string `gorm:"primaryKey"`
	Attempt   int
	Fields    string // JSON
	Writer    string
	Revision  int
	SavedAt   int64
}

// TableName names the table for GORM.
func (draftFormRow) TableName() string { return "draft_forms" }

func draftFormRowOf(d survey.DraftForm) (draftFormRow, error) {
	fields, err := toJSON(d.Fields)
	return draftFormRow{
		ContactID: key(d.Contact), MadeBy: d.By, Attempt: d.Attempt, Fields: fields, Writer: d.Writer,
		Revision: d.Revision, SavedAt: millis(d.SavedAt),
	}, err
}

func (r draftFormRow) draft() (survey.DraftForm, error) {
	fields, err := fromJSON[map[string]string]("draft", r.Fields)
	return survey.DraftForm{
		Contact: survey.ContactID(r.ContactID), By: r.MadeBy, Attempt: r.Attempt, Fields: fields, Writer: r.Writer,
		Revision: r.Revision, SavedAt: instant(r.SavedAt),
	}, err
}

// Draft reads what somebody has filled in about a contact. ErrNotFound: nothing.
func (s *Store) Draft(ctx context.Context, id survey.ContactID, by string) (survey.DraftForm, error) {
	d, err := loadDraft(s.reader.WithContext(ctx), key(id), by)
	return d, s.translate(ctx, err)
}

func loadDraft(tx *gorm.DB, contact key, by string) (survey.DraftForm, error) {
	var row draftFormRow
	if err := tx.Take(&row, "contact_id = ? AND made_by = ?", contact, by).Error; err != nil {
		return survey.DraftForm{}, err
	}
	return row.draft()
}

// SaveDraft keeps a draft over the one before and gives it with its Revision.
// allowed sees the contact inside the transaction. ErrConflict: another page
// has saved since this one looked.
func (s *Store) SaveDraft(ctx context.Context, d survey.DraftForm,
	allowed func(c survey.Contact, r survey.Round) error) (survey.DraftForm, error) {
	if err := checkTexts(d); err != nil {
		return d, err
	}
	err := s.write(ctx, false, func(tx *gorm.DB) error {
		row, r, err := s.loadContact(tx, d.Contact, true)
		if err != nil {
			return err
		}
		c, err := row.contact()
		if err != nil {
			return err
		}
		if err := allowed(c, r); err != nil {
			return err
		}
		stored, err := loadDraft(tx, row.ID, d.By)
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		if err := d.Over(stored); err != nil {
			return err
		}
		d.Revision = stored.Revision + 1
		next, err := draftFormRowOf(d)
		if err != nil {
			return err
		}
		return tx.Save(&next).Error
	})
	return d, err
}

// ForgetDrafts drops what was filled in and left before the instant.
func (s *Store) ForgetDrafts(ctx context.Context, before time.Time) error {
	return s.write(ctx, false, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM draft_forms WHERE saved_at < ?", millis(before)).Error
	})
}
