package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

func TestLoginGivesATokenThatNamesTheUser(t *testing.T) {
	s := newScene(t)
	token, user, err := s.Login(t.Context(), " Anna@Example.SE ", annasPassword, "192.0.2.1")
	if err != nil || user != s.anna {
		t.Fatalf("login: %+v, %v", user, err)
	}
	if len(token) != 43 {
		t.Errorf("token %q, want 32 bytes in base64", token)
	}
	if got, err := s.UserOf(t.Context(), token); err != nil || got != s.anna {
		t.Errorf("UserOf: %+v, %v", got, err)
	}
	for hash := range s.memory.sessions {
		if bytes.Contains(hash[:], []byte(token)) || strings.Contains(token, string(hash[:])) {
			t.Error("the store knows the token")
		}
	}
	if second := s.login(t); second == token {
		t.Error("two sessions have the same token")
	}
}

func TestEveryFailedLoginSaysAndCostsTheSame(t *testing.T) {
	s := newScene(t)
	_, gone, err := s.AddUser(t.Context(), boss, NewUser{Email: "gone@example.se", Name: "Borta", Role: survey.RoleLead,
		Password: annasPassword})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Disable(t.Context(), boss, gone.ID); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, email, password string }{
		{"wrong password", "anna@example.se", "fel lösenord här"},
		{"no account", "ingen@example.se", annasPassword},
		{"disabled", "gone@example.se", annasPassword},
		{"no account, the password of the dummy", "ingen@example.se", ""},
		{"nothing", "", ""},
	} {
		before := s.hasher.computed.Load()
		_, _, err := s.Login(t.Context(), test.email, test.password, "192.0.2.1")
		if !reflect.DeepEqual(err, error(ErrLogin)) {
			t.Errorf("%s: %v, want ErrLogin", test.name, err)
		}
		if n := s.hasher.computed.Load() - before; n != 1 {
			t.Errorf("%s: %d passwords hashed, want 1", test.name, n)
		}
	}
}

func TestASessionIsNotWrittenWithEveryPage(t *testing.T) {
	s := newScene(t)
	token := s.login(t)
	for range 100 {
		s.at = s.at.Add(3 * time.Second)
		if _, err := s.UserOf(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if s.memory.writes > 1 {
		t.Errorf("%d writes in five minutes", s.memory.writes)
	}
}

func TestSessionLimits(t *testing.T) {
	s := newScene(t)
	token, start := s.login(t), s.at
	open := func(after time.Duration) bool {
		s.at = start.Add(after)
		_, err := s.UserOf(t.Context(), token)
		if err != nil && !errors.Is(err, survey.ErrNotFound) {
			t.Fatal(err)
		}
		return err == nil
	}
	for _, hours := range []float64{0, 11, 22, 23.9} {
		if !open(time.Duration(hours * float64(time.Hour))) {
			t.Errorf("ended after %v h of use", hours)
		}
	}
	if open(24 * time.Hour) {
		t.Error("open after a day")
	}
	token, start = s.login(t), s.at
	if open(12 * time.Hour) {
		t.Error("open after twelve idle hours")
	}
	if err := s.ForgetSessions(t.Context()); err != nil || len(s.memory.sessions) > 1 {
		t.Errorf("%d sessions kept, %v", len(s.memory.sessions), err)
	}
}

func TestLogoutEndsTheSessionAndNoOther(t *testing.T) {
	s := newScene(t)
	first, second := s.login(t), s.login(t)
	if err := s.Logout(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if _, err := s.UserOf(t.Context(), first); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("after logging out: %v", err)
	}
	if _, err := s.UserOf(t.Context(), second); err != nil {
		t.Errorf("the other session: %v", err)
	}
}

func TestOnlyAFewPasswordsAreHashedAtOnce(t *testing.T) {
	s := newScene(t)
	for range atOnce {
		s.hasher.slots <- struct{}{} // somebody else is hashing
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, _, err := s.Login(ctx, "anna@example.se", annasPassword, "192.0.2.1"); !errors.Is(err,
		context.DeadlineExceeded) {
		t.Errorf("got %v, want to wait until the visitor leaves", err)
	}
}

func TestFullCostIsWhatPasswordsAreKeptWith(t *testing.T) {
	h, err := newHasher(Cost{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "$argon2id$v=19$m=19456,t=2,p=1$"; !strings.HasPrefix(h.nobody, want) {
		t.Errorf("hash %s, want %s…", h.nobody, want)
	}
}

func TestGuessingOneAccount(t *testing.T) {
	s := newScene(t)
	guess := func(remote string) error {
		_, _, err := s.Login(t.Context(), "anna@example.se", "gissning nummer x", remote)
		return err
	}
	waits := []time.Duration{}
	for i := range 20 {
		remote := fmt.Sprintf("192.0.2.%d", i) // from everywhere
		err := guess(remote)
		if tooMany := new(TooManyError); errors.As(err, &tooMany) {
			waits = append(waits, tooMany.Wait)
			s.at = s.at.Add(tooMany.Wait)
			err = guess(remote)
		}
		if !reflect.DeepEqual(err, error(ErrLogin)) {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	if len(waits) != 15 || waits[0] != time.Second || waits[1] != 2*time.Second || waits[14] != time.Minute {
		t.Errorf("waits %v, want 1 s, 2 s, 4 s … 1 min after five free ones", waits)
	}
	s.at = s.at.Add(time.Minute)
	s.login(t)
	if err := guess("192.0.2.1"); !reflect.DeepEqual(err, error(ErrLogin)) {
		t.Errorf("after a good login: %v", err)
	}
}

func TestGuessingFromOneAddress(t *testing.T) {
	s := newScene(t)
	var err error
	for i := range perAddress.free + 1 {
		_, _, err = s.Login(t.Context(), fmt.Sprintf("konto%d@example.se", i), "Sommar2026 sommar", "192.0.2.9")
	}
	if tooMany := new(TooManyError); !errors.As(err, &tooMany) {
		t.Fatalf("attempt %d: %v, want a wait", perAddress.free+1, err)
	}
	s.login(t) // another address is not held up
	s.at = s.at.Add(time.Second)
	if _, _, err := s.Login(t.Context(), "anna@example.se", annasPassword, "192.0.2.9"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func TestAnUnknownAccountIsSlowedDownLikeAKnownOne(t *testing.T) {
	s := newScene(t)
	for _, email := range []string{"anna@example.se", "ingen@example.se"} {
		var err error
		for range perAccount.free + 1 {
			_, _, err = s.Login(t.Context(), email, "fel lösenord här", "192.0.2.1")
		}
		if tooMany := new(TooManyError); !errors.As(err, &tooMany) {
			t.Errorf("%s: %v, want a wait", email, err)
		}
	}
}

func TestAttemptsAreForgotten(t *testing.T) {
	at := time.Date(2026, 10, 27, 9, 0, 0, 0, time.UTC)
	a := newAttempts(func() time.Time { return at })
	for i := range 2 * mostSeen {
		if _, err := a.begin(fmt.Sprint(i), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if len(a.seen) > mostSeen+2 {
		t.Errorf("%d remembered, want at most %d", len(a.seen), mostSeen)
	}
}
