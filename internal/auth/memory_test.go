package auth

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"servicematning/internal/survey"
)

// memory is a Store in a map. The real one is tested in its own room; here it
// would hide which calls are made.
type memory struct {
	mu       sync.Mutex
	accounts map[survey.UserID]Account
	sessions map[TokenHash]Session
	forms    map[string]bool
	writes   int // to sessions
}

func newMemory() *memory {
	return &memory{accounts: map[survey.UserID]Account{}, sessions: map[TokenHash]Session{}, forms: map[string]bool{}}
}

func (m *memory) Accounts(context.Context) ([]Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []Account
	for _, a := range m.accounts {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b Account) int { return strings.Compare(a.Email, b.Email) })
	return list, nil
}

func (m *memory) Account(_ context.Context, id survey.UserID) (Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.accounts[id]
	if !ok {
		return Account{}, survey.ErrNotFound
	}
	return a, nil
}

func (m *memory) AccountByEmail(ctx context.Context, email string) (Account, error) {
	list, _ := m.Accounts(ctx)
	for _, a := range list {
		if a.Email == email {
			return a, nil
		}
	}
	return Account{}, fmt.Errorf("account: %w", survey.ErrNotFound)
}

func (m *memory) take(ch survey.Change) error {
	if ch.Form != "" && m.forms[ch.Form] {
		return survey.ErrRepeated
	}
	m.forms[ch.Form] = true
	return nil
}

func (m *memory) CreateAccount(ctx context.Context, ch survey.Change, a Account) error {
	if _, err := m.AccountByEmail(ctx, a.Email); err == nil {
		return survey.ErrConflict
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if a.Municipality == "9999" {
		return survey.ErrNotFound
	}
	if err := m.take(ch); err != nil {
		return err
	}
	m.accounts[a.ID] = a
	return nil
}

func (m *memory) UpdateAccount(_ context.Context, ch survey.Change, id survey.UserID, keep TokenHash,
	fn func(a *Account) error) (Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before, ok := m.accounts[id]
	if !ok {
		return Account{}, survey.ErrNotFound
	}
	if err := m.take(ch); err != nil {
		return Account{}, err
	}
	after := before
	if err := fn(&after); err != nil {
		return Account{}, err
	}
	m.accounts[id] = after
	if after.Disabled || after.PasswordHash != before.PasswordHash {
		for token, s := range m.sessions {
			if s.User == id && token != keep {
				delete(m.sessions, token)
			}
		}
	}
	return after, nil
}

func (m *memory) CreateSession(_ context.Context, s Session) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[s.Token] = s
	return nil
}

func (m *memory) Session(_ context.Context, token TokenHash, now time.Time) (Session, survey.User, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[token]
	if !ok || !s.ExpiresAt.After(now) || m.accounts[s.User].Disabled {
		return Session{}, survey.User{}, survey.ErrNotFound
	}
	return s, m.accounts[s.User].User, nil
}

func (m *memory) ExtendSession(_ context.Context, token TokenHash, expires time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[token]
	if !ok {
		return survey.ErrNotFound
	}
	s.ExpiresAt = expires
	m.sessions[token] = s
	m.writes++
	return nil
}

func (m *memory) EndSession(_ context.Context, token TokenHash) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, token)
	return nil
}

func (m *memory) ForgetSessions(_ context.Context, before time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for token, s := range m.sessions {
		if s.ExpiresAt.Before(before) {
			delete(m.sessions, token)
		}
	}
	return nil
}

// scene is a Service with one user, Anna, and a clock that stands still.
type scene struct {
	*Service
	memory *memory
	at     time.Time
	anna   survey.User
}

const annasPassword = "fyra hästar i hagen"

var boss = By{User: survey.User{ID: survey.NewID[survey.User](), Email: "boss@example.se", Role: survey.RoleAdmin}}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{memory: newMemory(), at: time.Date(2026, 10, 27, 9, 32, 0, 0, time.UTC)}
	var err error
	s.Service, err = New(s.memory, func() time.Time { return s.at }, Options{Cost: Cost{MemoryKiB: 8, Passes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	_, s.anna, err = s.AddUser(t.Context(), boss, NewUser{
		Email: "anna@example.se", Name: "Anna Ek", Role: survey.RoleLead, Password: annasPassword,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// login logs in and gives the token.
func (s *scene) login(t *testing.T) string {
	t.Helper()
	token, _, err := s.Login(t.Context(), "anna@example.se", annasPassword, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	return token
}
