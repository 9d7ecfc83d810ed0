package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

type sessionRow struct {
	TokenHash []byte `gorm:"primaryKey"`
	UserID    key
	StartedAt int64
	ExpiresAt int64
}

// TableName names the table for GORM.
func (sessionRow) TableName() string { return "sessions" }

// CreateSession adds one.
func (s *Store) CreateSession(ctx context.Context, session auth.Session) error {
	row := sessionRow{session.Token[:], key(session.User), millis(session.StartedAt), millis(session.ExpiresAt)}
	return s.write(ctx, false, func(tx *gorm.DB) error { return tx.Create(&row).Error })
}

// Session finds one and its user, with one query joining the two. ErrNotFound:
// there is none, or it expired at or before now, or the user is disabled.
func (s *Store) Session(ctx context.Context, token auth.TokenHash, now time.Time) (auth.Session, survey.User, error) {
	var row sessionRow
	var u userRow
	err := s.reader.WithContext(ctx).Raw(sessionAndUser, token[:], millis(now)).Row().Scan(&row.UserID, &row.StartedAt,
		&row.ExpiresAt, &u.ID, &u.Email, &u.Name, &u.Role, &u.Municipality, &u.Disabled, &u.Keys)
	if err != nil {
		return auth.Session{}, survey.User{}, s.translate(ctx, err)
	}
	return auth.Session{
		Token: token, User: survey.UserID(row.UserID),
		StartedAt: instant(row.StartedAt), ExpiresAt: instant(row.ExpiresAt),
	}, u.user(), nil
}

// sessionAndUser is asked with every page, so its columns are named and need
// no reflection.
const sessionAndUser = `SELECT s.user_id, s.started_at, s.expires_at,
	u.id, u.email, u.name, u.role, u.municipality, u.disabled, u.keys
	FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = ? AND s.expires_at > ? AND NOT u.disabled`

// ExtendSession sets when a session expires. ErrNotFound: it has ended.
func (s *Store) ExtendSession(ctx context.Context, token auth.TokenHash, expires time.Time) error {
	return s.write(ctx, false, func(tx *gorm.DB) error {
		res := tx.Exec("UPDATE sessions SET expires_at = ? WHERE token_hash = ?", millis(expires), token[:])
		if res.Error == nil && res.RowsAffected == 0 {
			return survey.ErrNotFound
		}
		return res.Error
	})
}

// EndSession removes a session; one that has ended already is no error.
func (s *Store) EndSession(ctx context.Context, token auth.TokenHash) error {
	return s.write(ctx, false, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM sessions WHERE token_hash = ?", token[:]).Error
	})
}

// ForgetSessions removes those that expired before the instant.
func (s *Store) ForgetSessions(ctx context.Context, before time.Time) error {
	return s.write(ctx, false, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM sessions WHERE expires_at < ?", millis(before)).Error
	})
}

// endSessions ends a user's sessions but the one to keep.
func endSessions(tx *gorm.DB, user key, keep auth.TokenHash) error {
	return tx.Exec("DELETE FROM sessions WHERE user_id = ? AND token_hash <> ?", user, keep[:]).Error
}
