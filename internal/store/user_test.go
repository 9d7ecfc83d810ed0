package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/auth"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func account(email string) auth.Account {
	return auth.Account{
		User: survey.User{
			ID: survey.NewID[survey.User](), Email: email, Name: "Rita Läsare", Role: survey.RoleReader, Municipality: "0305",
		},
		PasswordHash: "$argon2id$" + email, CreatedAt: surveytest.At(0, 8, 0), ChangedAt: surveytest.At(0, 8, 1),
	}
}

func session(a auth.Account, token byte) auth.Session {
	return auth.Session{
		Token: auth.TokenHash{token}, User: a.ID, StartedAt: surveytest.At(0, 9, 0), ExpiresAt: surveytest.At(0, 17, 0),
	}
}

func TestAccounts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		b, a := account("b@example.se"), account("a@example.se")
		must(t, s.CreateAccount(ctx, surveytest.Change("account.create"), b))
		must(t, s.CreateAccount(ctx, surveytest.Change("account.create"), a))
		wantErr(t, s.CreateAccount(ctx, surveytest.Change("account.create"), account("a@example.se")), survey.ErrConflict)
		nowhere := account("c@example.se")
		nowhere.Municipality = "9999"
		wantErr(t, s.CreateAccount(ctx, surveytest.Change("account.create"), nowhere), survey.ErrNotFound)
		list, err := s.Accounts(ctx)
		must(t, err)
		if d := cmp.Diff([]auth.Account{a, b}, list); d != "" {
			t.Error(d)
		}
		got, err := s.Account(ctx, b.ID)
		must(t, err)
		same, err := s.AccountByEmail(ctx, b.Email)
		must(t, err)
		if d := cmp.Diff(b, got) + cmp.Diff(b, same); d != "" {
			t.Error(d)
		}
		_, err = s.Account(ctx, survey.NewID[survey.User]())
		wantErr(t, err, survey.ErrNotFound)
		for _, email := range []string{"nobody@example.se", "a@example.se\x00", "\xff"} {
			_, err = s.AccountByEmail(ctx, email)
			wantErr(t, err, survey.ErrNotFound)
		}
		if n := events(t, s, ""); n != 2 {
			t.Errorf("%d events outside rounds", n)
		}
	})
}

func TestUpdateAccount(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a, b := account("a@example.se"), account("b@example.se")
		must(t, s.CreateAccount(ctx, surveytest.Change("account.create"), a))
		must(t, s.CreateAccount(ctx, surveytest.Change("account.create"), b))
		want := b
		want.Email, want.Name, want.Disabled = "c@example.se", "Nytt namn", true
		want.Role, want.Municipality = survey.RoleLead, ""
		want.PasswordHash, want.ChangedAt = "ny", surveytest.At(9, 9, 9)
		ch := surveytest.Change("account.save")
		got, err := s.UpdateAccount(ctx, ch, b.ID, auth.TokenHash{}, func(in *auth.Account) error {
			*in = want
			return nil
		})
		must(t, err)
		read, err := s.Account(ctx, b.ID)
		must(t, err)
		if d := cmp.Diff(want, got) + cmp.Diff(want, read); d != "" {
			t.Error(d)
		}
		mine := errors.New("mine")
		for kind, change := range map[error]func(in *auth.Account) error{
			mine:               func(*auth.Account) error { return mine },
			survey.ErrConflict: func(in *auth.Account) error { in.Email = "a@example.se"; return nil },
			survey.ErrNotFound: func(in *auth.Account) error { in.Municipality = "9999"; return nil },
		} {
			_, err = s.UpdateAccount(ctx, surveytest.Change("account.save"), b.ID, auth.TokenHash{}, change)
			wantErr(t, err, kind)
		}
		_, err = s.UpdateAccount(ctx, surveytest.Change("account.save"), survey.NewID[survey.User](), auth.TokenHash{},
			func(*auth.Account) error { return nil })
		wantErr(t, err, survey.ErrNotFound)
		if read, err = s.Account(ctx, b.ID); err != nil || read != want {
			t.Errorf("%+v, %v", read, err)
		}
	})
}

func TestSessions(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := account("a@example.se")
		must(t, s.CreateAccount(ctx, surveytest.Change("account.create"), a))
		want := session(a, 1)
		must(t, s.CreateSession(ctx, want))
		before := s.Queries()
		got, user, err := s.Session(ctx, want.Token, want.ExpiresAt.Add(-1e6))
		must(t, err)
		if d := cmp.Diff(want, got) + cmp.Diff(a.User, user); d != "" {
			t.Error(d)
		}
		if n := s.Queries() - before; n != 1 {
			t.Errorf("%d queries", n)
		}
		_, _, err = s.Session(ctx, want.Token, want.ExpiresAt)
		wantErr(t, err, survey.ErrNotFound)
		_, _, err = s.Session(ctx, auth.TokenHash{2}, want.StartedAt)
		wantErr(t, err, survey.ErrNotFound)
		must(t, s.ExtendSession(ctx, want.Token, want.ExpiresAt.Add(1e9)))
		_, _, err = s.Session(ctx, want.Token, want.ExpiresAt)
		must(t, err)
		must(t, s.ForgetSessions(ctx, want.ExpiresAt.Add(1e9)))
		_, _, err = s.Session(ctx, want.Token, want.ExpiresAt)
		must(t, err)
		must(t, s.ForgetSessions(ctx, want.ExpiresAt.Add(2e9)))
		wantErr(t, s.ExtendSession(ctx, want.Token, want.ExpiresAt), survey.ErrNotFound)
		must(t, s.CreateSession(ctx, want))
		must(t, s.EndSession(ctx, want.Token))
		must(t, s.EndSession(ctx, want.Token))
		_, _, err = s.Session(ctx, want.Token, want.StartedAt)
		wantErr(t, err, survey.ErrNotFound)
	})
}

func TestWhatEndsSessions(t *testing.T) {
	for name, c := range map[string]struct {
		change     func(in *auth.Account)
		kept, rest bool // whether the kept and the other sessions still work
	}{
		"a name":     {func(in *auth.Account) { in.Name = "Nytt" }, true, true},
		"a password": {func(in *auth.Account) { in.PasswordHash = "nytt" }, true, false},
		"disabling":  {func(in *auth.Account) { in.Disabled = true }, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, s *store.Store) {
				ctx := t.Context()
				a, other := account("a@example.se"), account("b@example.se")
				must(t, s.CreateAccount(ctx, surveytest.Change("x"), a))
				must(t, s.CreateAccount(ctx, surveytest.Change("x"), other))
				for i, of := range []auth.Account{a, a, other} {
					must(t, s.CreateSession(ctx, session(of, byte(i))))
				}
				ch := surveytest.Change("account.save")
				_, err := s.UpdateAccount(ctx, ch, a.ID, auth.TokenHash{0}, func(in *auth.Account) error {
					c.change(in)
					return nil
				})
				must(t, err)
				for i, want := range []bool{c.kept, c.rest, true} {
					_, _, err := s.Session(ctx, auth.TokenHash{byte(i)}, surveytest.At(0, 10, 0))
					if (err == nil) != want {
						t.Errorf("session %d: %v", i, err)
					}
				}
			})
		})
	}
}
