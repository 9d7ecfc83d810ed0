package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

type userRow struct {
	ID           key `gorm:"primaryKey"`
	Email        string
	Name         string
	Role         survey.Role
	Municipality string
	PasswordHash string
	Disabled     bool
	Keys         string
	CreatedAt    int64 `gorm:"autoCreateTime:false"` // GORM would fill it in itself
	ChangedAt    int64
}

// TableName names the table for GORM.
func (userRow) TableName() string { return "users" }

func userRowOf(a auth.Account) userRow {
	return userRow{
		ID: key(a.ID), Email: a.Email, Name: a.Name, Role: a.Role, Municipality: a.Municipality,
		PasswordHash: a.PasswordHash, Disabled: a.Disabled, Keys: a.Keys,
		CreatedAt: millis(a.CreatedAt), ChangedAt: millis(a.ChangedAt),
	}
}

func (r userRow) user() survey.User {
	return survey.User{
		ID: survey.UserID(r.ID), Email: r.Email, Name: r.Name, Role: r.Role,
		Municipality: r.Municipality, Disabled: r.Disabled, Keys: r.Keys,
	}
}

func (r userRow) account() auth.Account {
	return auth.Account{
		User: r.user(), PasswordHash: r.PasswordHash,
		CreatedAt: instant(r.CreatedAt), ChangedAt: instant(r.ChangedAt),
	}
}

// Accounts lists all accounts by e-mail address.
func (s *Store) Accounts(ctx context.Context) ([]auth.Account, error) {
	var rows []userRow
	err := s.reader.WithContext(ctx).Order("email").Find(&rows).Error
	return each(rows, userRow.account), s.translate(ctx, err)
}

// Account finds one by identifier. ErrNotFound.
func (s *Store) Account(ctx context.Context, id survey.UserID) (auth.Account, error) {
	var row userRow
	err := s.reader.WithContext(ctx).Take(&row, "id = ?", key(id)).Error
	return row.account(), s.translate(ctx, err)
}

// AccountByEmail finds one by its lower-cased address. ErrNotFound.
func (s *Store) AccountByEmail(ctx context.Context, email string) (auth.Account, error) {
	if !storable(email) {
		return auth.Account{}, survey.ErrNotFound
	}
	var row userRow
	err := s.reader.WithContext(ctx).Take(&row, "email = ?", email).Error
	return row.account(), s.translate(ctx, err)
}

// CreateAccount adds one. ErrConflict: the address is taken. A reader's
// municipality that is not in the reference data is ErrNotFound.
func (s *Store) CreateAccount(ctx context.Context, ch survey.Change, a auth.Account) error {
	if err := checkTexts(a); err != nil {
		return err
	}
	row := userRowOf(a)
	return s.change(ctx, ch, func(tx *gorm.DB) error {
		if err := knownMunicipality(tx, a.Municipality); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return record(tx, ch, nil, nil)
	})
}

// UpdateAccount lets fn change one inside the transaction, stores it with
// ChangedAt as fn left it, and ends all its sessions but keep when fn made it
// disabled or changed its password.
func (s *Store) UpdateAccount(ctx context.Context, ch survey.Change, id survey.UserID, keep auth.TokenHash,
	fn func(a *auth.Account) error) (a auth.Account, err error) {
	err = s.change(ctx, ch, func(tx *gorm.DB) error {
		var before userRow
		if err := locked(tx).Take(&before, "id = ?", key(id)).Error; err != nil {
			return err
		}
		a = before.account()
		if err := fn(&a); err != nil {
			return err
		}
		if err := checkTexts(a); err != nil {
			return err
		}
		if a.Municipality != before.Municipality {
			if err := knownMunicipality(tx, a.Municipality); err != nil {
				return err
			}
		}
		after := userRowOf(a)
		after.ID = before.ID
		if err := tx.Select("*").Updates(&after).Error; err != nil {
			return err
		}
		if after.Disabled && !before.Disabled || after.PasswordHash != before.PasswordHash {
			if err := endSessions(tx, after.ID, keep); err != nil {
				return err
			}
		}
		a = after.account()
		return record(tx, ch, nil, nil)
	})
	return a, err
}

// knownMunicipality refuses a code that is not in the reference data.
func knownMunicipality(tx *gorm.DB, code string) error {
	if code == "" {
		return nil
	}
	return tx.Take(&municipalityRow{}, "code = ?", code).Error
}
