package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"servicematning/internal/survey"
)

// NewUser is what is said of somebody who is to have an account. Email and the
// rest are as they were typed.
type NewUser struct {
	Email        string
	Name         string
	Role         survey.Role
	Municipality string // a reader's municipality code; ignored for others
	Password     string // "": one is made and returned
}

// AddUser adds an account and gives its password, which is kept nowhere. What
// is wrong with the fields is survey.FieldErrors, an address that is taken too.
func (s *Service) AddUser(ctx context.Context, by By, in NewUser) (password string, u survey.User, err error) {
	if err := by.Allow(survey.ManageAccounts); err != nil {
		return "", u, err
	}
	in = in.clean()
	if err := in.check(); err != nil {
		return "", u, err
	}
	if password = in.Password; password == "" {
		if password, err = newPassword(s.random); err != nil {
			return "", u, err
		}
	}
	u = survey.User{ID: survey.NewID[survey.User](), Email: in.Email, Name: in.Name, Role: in.Role,
		Municipality: in.Municipality}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", survey.User{}, err
	}
	now := s.now().UTC()
	err = s.store.CreateAccount(ctx, s.change(by, "account.add", u.ID),
		Account{User: u, PasswordHash: hash, CreatedAt: now, ChangedAt: now})
	switch {
	case errors.Is(err, survey.ErrConflict):
		err = survey.FieldErrors{{Field: "email", Message: "Det finns redan ett konto med adressen " + u.Email + "."}}
	case errors.Is(err, survey.ErrNotFound):
		err = survey.FieldErrors{{Field: "municipality", Message: "Det finns ingen kommun med koden " + u.Municipality + "."}}
	}
	if err != nil {
		return "", survey.User{}, err
	}
	return password, u, nil
}

func cleanEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func (in NewUser) clean() NewUser {
	in.Email, in.Name = cleanEmail(in.Email), strings.Join(strings.Fields(in.Name), " ")
	in.Municipality = strings.TrimSpace(in.Municipality)
	if in.Role != survey.RoleReader {
		in.Municipality = ""
	}
	return in
}

func (in NewUser) check() error {
	var errs survey.FieldErrors
	if in.Name == "" || utf8.RuneCountInString(in.Name) > 100 {
		errs.Add("name", "Skriv personens namn, högst 100 tecken.")
	}
	if !survey.ValidEmail(in.Email) {
		errs.Add("email", "Skriv en e-postadress, till exempel anna.ek@example.se.")
	}
	if !slices.Contains(survey.Roles, in.Role) {
		errs.Add("role", "Välj en roll.")
	}
	if in.Role == survey.RoleReader && in.Municipality == "" {
		errs.Add("municipality", "Välj den kommun som läsaren hör till.")
	}
	if in.Password != "" {
		errs = append(errs, checkPassword("password", in.Password, in.Email)...)
	}
	return errs.Err()
}

// Users lists everybody who has an account, by e-mail address.
func (s *Service) Users(ctx context.Context, by By) ([]survey.User, error) {
	if err := by.Allow(survey.ManageAccounts); err != nil {
		return nil, err
	}
	accounts, err := s.store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	users := make([]survey.User, len(accounts))
	for i, a := range accounts {
		users[i] = a.User
	}
	return users, nil
}

// User finds one.
func (s *Service) User(ctx context.Context, by By, id survey.UserID) (survey.User, error) {
	if err := by.Allow(survey.ManageAccounts); err != nil {
		return survey.User{}, err
	}
	a, err := s.store.Account(ctx, id)
	return a.User, err
}

// ChangePassword changes the own password and ends the user's other sessions;
// the one with the token goes on.
func (s *Service) ChangePassword(ctx context.Context, by By, token, old, password string) error {
	if err := by.Allow(survey.UseAccount); err != nil {
		return err
	}
	release, err := s.attempts.begin(by.Email, "own account "+by.ID.String())
	if err != nil {
		return survey.FieldErrors{{Field: "old", Message: err.Error()}}
	}
	account, err := s.store.Account(ctx, by.ID)
	if err != nil {
		return err
	}
	match, err := s.hasher.matches(ctx, old, account.PasswordHash)
	if err != nil {
		return err
	}
	errs := checkPassword("new", password, by.Email)
	if !match {
		errs = append(survey.FieldErrors{{Field: "old", Message: "Det nuvarande lösenordet stämmer inte."}}, errs...)
	} else {
		release()
	}
	if match && old == password {
		errs.Add("new", "Det nya lösenordet är samma som det gamla. Välj ett annat.")
	}
	if err := errs.Err(); err != nil {
		return err
	}
	return s.setPassword(ctx, s.change(by, "account.password", by.ID), by.ID, hashToken(token), password)
}

// SetKeys changes the own keyboard commands. Keys that will not do are
// survey.FieldErrors by the commands' names.
func (s *Service) SetKeys(ctx context.Context, by By, keys survey.Keys) error {
	if err := by.Allow(survey.UseAccount); err != nil {
		return err
	}
	if err := keys.Check(); err != nil {
		return err
	}
	ch := s.change(by, "account.keys", by.ID)
	_, err := s.store.UpdateAccount(ctx, ch, by.ID, TokenHash{}, func(a *Account) error {
		a.Keys, a.ChangedAt = keys.String(), ch.At
		return nil
	})
	return err
}

// ResetPassword gives an account a new password, which is kept nowhere, and
// ends its sessions.
func (s *Service) ResetPassword(ctx context.Context, by By, id survey.UserID) (password string, err error) {
	if err := by.Allow(survey.ManageAccounts); err != nil {
		return "", err
	}
	if id == by.ID {
		return "", survey.Refuse(survey.ErrConflict, "Ditt eget lösenord byter du under Ditt konto.")
	}
	if password, err = newPassword(s.random); err != nil {
		return "", err
	}
	return password, s.setPassword(ctx, s.change(by, "account.reset", id), id, TokenHash{}, password)
}

func (s *Service) setPassword(ctx context.Context, ch survey.Change, id survey.UserID, keep TokenHash,
	password string) error {
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	_, err = s.store.UpdateAccount(ctx, ch, id, keep, func(a *Account) error {
		a.PasswordHash, a.ChangedAt = hash, ch.At
		return nil
	})
	return err
}

// Disable keeps somebody out from this moment, in the middle of a session too.
func (s *Service) Disable(ctx context.Context, by By, id survey.UserID) error {
	if id == by.ID {
		return survey.Refuse(survey.ErrConflict, "Du kan inte stänga av ditt eget konto. Be en annan administratör.")
	}
	return s.setDisabled(ctx, by, id, true)
}

// Enable lets somebody in again, with the password they had.
func (s *Service) Enable(ctx context.Context, by By, id survey.UserID) error {
	return s.setDisabled(ctx, by, id, false)
}

func (s *Service) setDisabled(ctx context.Context, by By, id survey.UserID, disabled bool) error {
	if err := by.Allow(survey.ManageAccounts); err != nil {
		return err
	}
	action := "account.enable"
	if disabled {
		action = "account.disable"
	}
	ch := s.change(by, action, id)
	_, err := s.store.UpdateAccount(ctx, ch, id, TokenHash{}, func(a *Account) error {
		a.Disabled, a.ChangedAt = disabled, ch.At
		return nil
	})
	return err
}
