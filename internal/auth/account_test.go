package auth

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"servicematning/internal/survey"
)

func TestWhatANewUserNeeds(t *testing.T) {
	good := NewUser{Email: "bo@example.se", Name: "Bo Ås", Role: survey.RoleReader, Municipality: "0305",
		Password: "tre små grisar i skogen"}
	with := func(change func(*NewUser)) NewUser { u := good; change(&u); return u }
	for name, test := range map[string]struct {
		in    NewUser
		field string
	}{
		"good":                      {good, ""},
		"made password":             {with(func(u *NewUser) { u.Password = "" }), ""},
		"no address":                {with(func(u *NewUser) { u.Email = "" }), "email"},
		"address without a domain":  {with(func(u *NewUser) { u.Email = "bo@" }), "email"},
		"address with a name":       {with(func(u *NewUser) { u.Email = "Bo <bo@example.se>" }), "email"},
		"address taken":             {with(func(u *NewUser) { u.Email = "ANNA@example.se" }), "email"},
		"no name":                   {with(func(u *NewUser) { u.Name = " \u00a0" }), "name"},
		"long name":                 {with(func(u *NewUser) { u.Name = strings.Repeat("å", 101) }), "name"},
		"no role":                   {with(func(u *NewUser) { u.Role = "" }), "role"},
		"the command line's role":   {with(func(u *NewUser) { u.Role = survey.RoleSystem }), "role"},
		"reader without a place":    {with(func(u *NewUser) { u.Municipality = "" }), "municipality"},
		"reader of an unknown one":  {with(func(u *NewUser) { u.Municipality = "9999" }), "municipality"},
		"others have no place":      {with(func(u *NewUser) { u.Role, u.Municipality = survey.RoleLead, "9999" }), ""},
		"short password":            {with(func(u *NewUser) { u.Password = "elva tecken" }), "password"},
		"long password":             {with(func(u *NewUser) { u.Password = strings.Repeat("lång ", 50) }), "password"},
		"the address as a password": {with(func(u *NewUser) { u.Password = "Bo@Example.se" }), "password"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			password, user, err := s.AddUser(t.Context(), boss, test.in)
			if test.field == "" {
				if err != nil || password == "" || user.Email != "bo@example.se" {
					t.Errorf("%q, %+v, %v", password, user, err)
				}
				return
			}
			var errs survey.FieldErrors
			if !errors.As(err, &errs) || len(errs) != 1 || errs[0].Field != test.field {
				t.Errorf("%v, want one error at %s", err, test.field)
			}
		})
	}
}

func TestPasswordsThatEverybodyTries(t *testing.T) {
	for _, bad := range []string{
		"password1234", "Lösenord2026!", "123456789012", "aaaaaaaaaaaa", "abababababab", "qwertyuiop123", "Välkommen2026",
		"Servicemätning1",
		"Sommar202620", "anna.ek@example.se", "ANNA.EK@example.se",
	} {
		if checkPassword("new", bad, "anna.ek@example.se") == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
	for _, good := range []string{"tolv tecken!", "fyra hästar i hagen", "bada-fiki-lomu-rysa-nopi", "åäöåäö ÅÄÖ 🐎"} {
		if errs := checkPassword("new", good, "anna.ek@example.se"); errs != nil {
			t.Errorf("%q: %v", good, errs)
		}
	}
}

func TestMadePasswords(t *testing.T) {
	first, err := newPassword(bytes.NewReader(bytes.Repeat([]byte{7, 255, 3}, 40)))
	if err != nil || len(first) != 24 || checkPassword("x", first, "") != nil && !common(first) {
		t.Errorf("%q, %v", first, err)
	}
	if _, err := newPassword(bytes.NewReader(nil)); err == nil {
		t.Error("a password without randomness")
	}
	s := newScene(t)
	seen := map[string]bool{}
	for range 200 {
		password, err := newPassword(s.random)
		if err != nil || seen[password] || checkPassword("x", password, "") != nil {
			t.Fatalf("%q, %v", password, err)
		}
		seen[password] = true
	}
}

func TestChangingTheOwnPasswordEndsTheOtherSessions(t *testing.T) {
	s := newScene(t)
	here, there := s.login(t), s.login(t)
	by := By{User: s.anna}
	for name, test := range map[string]struct{ old, new, field string }{
		"wrong":  {"fel lösenord", "tre små grisar i skogen", "old"},
		"same":   {annasPassword, annasPassword, "new"},
		"short":  {annasPassword, "kort", "new"},
		"likely": {annasPassword, "Lösenord2026", "new"},
	} {
		var errs survey.FieldErrors
		if err := s.ChangePassword(t.Context(), by, here, test.old, test.new); !errors.As(err, &errs) ||
			errs[0].Field != test.field {
			t.Errorf("%s: %v, want an error at %s", name, err, test.field)
		}
	}
	if err := s.ChangePassword(t.Context(), by, here, annasPassword, "tre små grisar i skogen"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.UserOf(t.Context(), here); err != nil {
		t.Errorf("this session: %v", err)
	}
	if _, err := s.UserOf(t.Context(), there); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("the other session: %v, want it ended", err)
	}
	if _, _, err := s.Login(t.Context(), s.anna.Email, annasPassword, "192.0.2.1"); err == nil {
		t.Error("the old password still opens")
	}
}

func TestChangingTheOwnKeys(t *testing.T) {
	s := newScene(t)
	token := s.login(t)
	var keys survey.Keys
	keys.Set("dial", "q")
	if err := s.SetKeys(t.Context(), By{User: s.anna, Form: "k1"}, keys); err != nil {
		t.Fatal(err)
	}
	if u, err := s.UserOf(t.Context(), token); err != nil || u.Keys != "dial=q" {
		t.Errorf("the session goes on with keys %q: %v", u.Keys, err)
	}
	keys.Set("dial", "qq")
	if err := s.SetKeys(t.Context(), By{User: s.anna, Form: "k2"}, keys); !errors.As(err, new(survey.FieldErrors)) {
		t.Errorf("keys that will not do: %v", err)
	}
	if err := s.SetKeys(t.Context(), By{}, survey.Keys{}); !errors.Is(err, survey.ErrForbidden) {
		t.Errorf("nobody's keys: %v", err)
	}
}

func TestResettingEndsAllSessionsAndSaysThePasswordOnce(t *testing.T) {
	s := newScene(t)
	token := s.login(t)
	password, err := s.ResetPassword(t.Context(), By{User: boss.User, Form: "f1"}, s.anna.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ResetPassword(t.Context(), By{User: boss.User, Form: "f1"}, s.anna.ID); !errors.Is(err,
		survey.ErrRepeated) {
		t.Errorf("the same form again: %v", err)
	}
	if _, err := s.UserOf(t.Context(), token); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("the session: %v, want it ended", err)
	}
	if _, _, err := s.Login(t.Context(), s.anna.Email, password, "192.0.2.1"); err != nil {
		t.Errorf("login with the new password: %v", err)
	}
}

func TestADisabledUserIsOutAtOnce(t *testing.T) {
	s := newScene(t)
	token := s.login(t)
	if err := s.Disable(t.Context(), boss, s.anna.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.UserOf(t.Context(), token); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("the session: %v, want it ended", err)
	}
	if err := s.Enable(t.Context(), boss, s.anna.ID); err != nil {
		t.Fatal(err)
	}
	s.login(t)
	if err := s.Disable(t.Context(), boss, boss.ID); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("disabling oneself: %v", err)
	}
	if err := s.Disable(t.Context(), boss, survey.NewID[survey.User]()); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("disabling nobody: %v", err)
	}
}

func TestOnlyAdministratorsManageAccounts(t *testing.T) {
	s := newScene(t)
	for _, role := range append(survey.Roles, "") {
		by := By{User: survey.User{ID: survey.NewID[survey.User](), Role: role}}
		_, _, added := s.AddUser(t.Context(), by, NewUser{Email: string(role) + "@example.se", Name: "X",
			Role: survey.RoleLead})
		_, listed := s.Users(t.Context(), by)
		_, found := s.User(t.Context(), by, s.anna.ID)
		_, reset := s.ResetPassword(t.Context(), by, s.anna.ID)
		for what, err := range map[string]error{
			"add": added, "list": listed, "find": found, "reset": reset,
			"disable": s.Disable(t.Context(), by, s.anna.ID), "enable": s.Enable(t.Context(), by, s.anna.ID),
		} {
			if refused := errors.Is(err, survey.ErrForbidden); refused != (role != survey.RoleAdmin) {
				t.Errorf("%s as %q: %v", what, role, err)
			}
		}
	}
}
