// Package auth knows who may log in: passwords, sessions and accounts. It knows
// nothing of cookies and nothing of SQL; web has the former, store the latter.
package auth

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"time"

	"servicematning/internal/survey"
)

// Service carries out what concerns accounts. Now is the clock.
type Service struct {
	store    Store
	now      func() time.Time
	random   io.Reader
	hasher   *hasher
	attempts *attempts
}

// Options are what a program may leave at zero.
type Options struct {
	Rand io.Reader // nil: crypto/rand
	// Cost of a password; zero: what passwords deserve. Tests make it cheap.
	Cost Cost
}

// New makes a Service.
func New(store Store, now func() time.Time, o Options) (*Service, error) {
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	s := &Service{store: store, now: now, random: o.Rand, attempts: newAttempts(now)}
	var err error
	if s.hasher, err = newHasher(o.Cost); err != nil {
		return nil, err
	}
	return s, nil
}

// By is who does something, and the form it was asked with, "" on the command line.
type By struct {
	survey.User
	Form string
}

func (s *Service) change(by By, action string, about survey.UserID) survey.Change {
	return survey.Change{By: by.Email, At: s.now().UTC(), Action: action, Detail: about.String(), Form: by.Form}
}

// ErrLogin says that nobody has this address and password. It does not say
// which of the two is wrong, nor whether the account is disabled.
var ErrLogin = survey.FieldErrors{{
	Message: "E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.",
}}

// TooManyError says that an address has to wait before the next attempt.
type TooManyError struct{ Wait time.Duration }

func (e *TooManyError) Error() string {
	if e.Wait < time.Minute {
		if e.Wait < time.Second {
			return "För många försök. Vänta 1 sekund och försök igen."
		}
		return fmt.Sprintf("För många försök. Vänta %d sekunder och försök igen.", int(e.Wait.Seconds())+1)
	}
	return fmt.Sprintf("För många försök. Vänta %d minuter och försök igen.", int(e.Wait.Minutes())+1)
}

// Login begins a session and gives its token, which is nowhere else from then
// on. It takes as long and says the same whether the account does not exist,
// is disabled or has another password: ErrLogin. After many failures, for the
// account or from the network address, it is *TooManyError without a look at
// the password.
func (s *Service) Login(ctx context.Context, email, password, remote string) (token string, u survey.User, err error) {
	email = cleanEmail(email)
	release, err := s.attempts.begin(email, remote)
	if err != nil {
		return "", survey.User{}, err
	}
	account, err := s.store.AccountByEmail(ctx, email)
	known := err == nil && !account.Disabled
	if err != nil && !errors.Is(err, survey.ErrNotFound) {
		return "", survey.User{}, err
	}
	hash := account.PasswordHash
	if !known {
		hash = s.hasher.nobody
	}
	match, err := s.hasher.matches(ctx, password, hash)
	if err != nil {
		return "", survey.User{}, err
	}
	if !match || !known {
		return "", survey.User{}, ErrLogin
	}
	release()
	token, err = s.begin(ctx, account.ID)
	return token, account.User, err
}

// Sessions end after twelve hours without use and after a day in any case.
const (
	idleLimit     = 12 * time.Hour
	absoluteLimit = 24 * time.Hour
	// refreshEvery keeps a busy visitor from causing a write with each page.
	refreshEvery = 5 * time.Minute
)

// begin stores a new session.
func (s *Service) begin(ctx context.Context, id survey.UserID) (token string, err error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(s.random, raw); err != nil {
		return "", err
	}
	token = base64.RawURLEncoding.EncodeToString(raw)
	now := s.now().UTC()
	return token, s.store.CreateSession(ctx, Session{Token: hashToken(token), User: id, StartedAt: now,
		ExpiresAt: now.Add(idleLimit)})
}

// UserOf gives the user whose session has the token. ErrNotFound: there is
// none, it has ended, or the user is disabled.
func (s *Service) UserOf(ctx context.Context, token string) (survey.User, error) {
	now := s.now().UTC()
	session, user, err := s.store.Session(ctx, hashToken(token), now)
	if err != nil {
		return survey.User{}, err
	}
	expires := now.Add(idleLimit)
	if last := session.StartedAt.Add(absoluteLimit); expires.After(last) {
		expires = last
	}
	if expires.Sub(session.ExpiresAt) >= refreshEvery {
		err = s.store.ExtendSession(ctx, session.Token, expires)
	}
	return user, err
}

// Logout ends a session.
func (s *Service) Logout(ctx context.Context, token string) error {
	return s.store.EndSession(ctx, hashToken(token))
}

// ForgetSessions removes sessions that have expired.
func (s *Service) ForgetSessions(ctx context.Context) error {
	return s.store.ForgetSessions(ctx, s.now().UTC())
}
