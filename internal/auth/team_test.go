package auth

import (
	"errors"
	"slices"
	"testing"

	"servicematning/internal/survey"
)

func TestWhoCannotLogIn(t *testing.T) {
	s := newScene(t)
	ctx := t.Context()
	add := func(email string, role survey.Role) survey.User {
		t.Helper()
		_, u, err := s.AddUser(ctx, boss, NewUser{Email: email, Name: "Bo", Role: role, Password: "tre små grisar i skogen"})
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	add("bo@example.se", survey.RoleEvaluator)
	add("lena@example.se", survey.RoleLead)
	gone := add("gun@example.se", survey.RoleEvaluator)
	if err := s.Disable(ctx, boss, gone.ID); err != nil {
		t.Fatal(err)
	}
	emails := []string{"ny@example.se", "lena@example.se", "bo@example.se", "gun@example.se"}
	for role, allowed := range map[survey.Role]bool{
		survey.RoleLead: true, survey.RoleCommissioner: true, survey.RoleEvaluator: false, survey.RoleReader: false, survey.RoleAdmin: false,
	} {
		got, err := s.WithoutLogin(ctx, survey.User{Role: role}, emails)
		want := []string{"ny@example.se", "lena@example.se", "gun@example.se"}
		switch {
		case !allowed && !errors.Is(err, survey.ErrForbidden):
			t.Errorf("%s: %v, want refused", role, err)
		case allowed && (err != nil || !slices.Equal(got, want)):
			t.Errorf("%s: %v, %v, want %v", role, got, err, want)
		}
	}
}
