package auth

import (
	"context"
	"time"

	"servicematning/internal/survey"
)

// Account is a user together with what only this package may look at.
type Account struct {
	survey.User
	PasswordHash string // argon2id in its usual text form; never empty
	CreatedAt    time.Time
	ChangedAt    time.Time // of the newest change to any field
}

// TokenHash is the SHA-256 of the token in somebody's cookie. The token itself
// is nowhere but in the browser, so a stolen database opens no session.
type TokenHash [32]byte

// Session is somebody's time between logging in and out.
type Session struct {
	Token     TokenHash
	User      survey.UserID
	StartedAt time.Time // the absolute limit counts from here
	ExpiresAt time.Time // moved on while the session is used
}

// Store keeps accounts and sessions. Each method is one whole transaction.
//
// Errors: survey.ErrNotFound when the thing named does not exist;
// survey.ErrConflict when the e-mail address is taken; survey.ErrRepeated when
// the Change's form has been received before. Instants are UTC. Changes are
// written to the history.
type Store interface {
	AccountStore
	SessionStore
}

// AccountStore keeps who may log in.
type AccountStore interface {
	// Accounts lists all accounts by e-mail address.
	Accounts(ctx context.Context) ([]Account, error)
	// Account finds one by identifier. ErrNotFound.
	Account(ctx context.Context, id survey.UserID) (Account, error)
	// AccountByEmail finds one by its lower-cased address. ErrNotFound.
	AccountByEmail(ctx context.Context, email string) (Account, error)
	// CreateAccount adds one. ErrConflict: the address is taken. A reader's
	// municipality that is not in the reference data is ErrNotFound.
	CreateAccount(ctx context.Context, ch survey.Change, a Account) error
	// UpdateAccount lets fn change one inside the transaction, stores it with
	// ChangedAt as fn left it, and ends all its sessions but keep when fn made
	// it disabled or changed its password. fn must not call the store; its
	// error undoes everything. ErrNotFound; ErrConflict: the address is taken.
	UpdateAccount(ctx context.Context, ch survey.Change, id survey.UserID, keep TokenHash,
		fn func(a *Account) error) (Account, error)
}

// SessionStore keeps sessions.
type SessionStore interface {
	// CreateSession adds one.
	CreateSession(ctx context.Context, s Session) error
	// Session finds one and its user, with one query joining the two.
	// ErrNotFound: there is none, or it expired at or before now, or the user
	// is disabled.
	Session(ctx context.Context, token TokenHash, now time.Time) (Session, survey.User, error)
	// ExtendSession sets when a session expires. ErrNotFound: it has ended.
	ExtendSession(ctx context.Context, token TokenHash, expires time.Time) error
	// EndSession removes a session; one that has ended already is no error.
	EndSession(ctx context.Context, token TokenHash) error
	// ForgetSessions removes those that expired before the instant.
	ForgetSessions(ctx context.Context, before time.Time) error
}
