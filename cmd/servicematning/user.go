package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

type userCommands struct {
	Add     userAdd     `cmd:"" help:"Lägg till ett konto. Lösenordet läses från standard in."`
	List    userList    `cmd:"" help:"Lista alla konton."`
	Disable userDisable `cmd:"" help:"Stäng av ett konto, även mitt i en session."`
	Enable  userEnable  `cmd:"" help:"Öppna ett avstängt konto igen."`
}

// byCommandLine is who changes accounts from here.
var byCommandLine = auth.By{User: survey.CommandLine}

func (a *app) accounts() (*auth.Service, error) {
	s, err := a.open()
	if err != nil {
		return nil, err
	}
	return auth.New(s, a.Now, auth.Options{})
}

type userAdd struct {
	Email         string `required:"" help:"E-postadress." placeholder:"E-POST"`
	Name          string `required:"" help:"Namn." placeholder:"NAMN"`
	Role          string `required:"" enum:"evaluator,lead,commissioner,reader,admin" help:"evaluator, lead, commissioner, reader eller admin." placeholder:"ROLL"`
	Municipality  string `help:"Läsarens kommun, till exempel 0305." placeholder:"KOD"`
	PasswordStdin bool   `required:"" help:"Läs lösenordet från standard in, så att det inte syns i processlistan."`
}

func (c userAdd) Run(a *app) error {
	if c.Role == string(survey.RoleReader) && c.Municipality == "" {
		return usageError{"--municipality: en läsare hör till en kommun. Skriv dess kod, till exempel 0305."}
	}
	password, err := bufio.NewReader(a.In).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	password = strings.TrimRight(password, "\r\n")
	if password == "" {
		return survey.Refuse(
			survey.ErrConflict,
			"Inget lösenord kom på standard in. Skicka det dit, till exempel: pass servicematning | servicematning user add …",
		)
	}
	s, err := a.accounts()
	if err != nil {
		return err
	}
	_, u, err := s.AddUser(a.ctx, byCommandLine, auth.NewUser{
		Email: c.Email, Name: c.Name, Role: survey.Role(c.Role), Municipality: c.Municipality, Password: password,
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Kontot %s är skapat (%s).\n", u.Email, u.Role.Title())
	return nil
}

type userList struct{}

func (userList) Run(a *app) error {
	s, err := a.accounts()
	if err != nil {
		return err
	}
	users, err := s.Users(a.ctx, byCommandLine)
	if err != nil {
		return err
	}
	if len(users) == 0 {
		fmt.Fprintln(a.Out, "Det finns inga konton. Lägg till ett med servicematning user add.")
	}
	for _, u := range users {
		status := "aktivt"
		if u.Disabled {
			status = "avstängt"
		}
		fmt.Fprintf(a.Out, "%s\t%s\t%s\t%s\t%s\n", u.Email, u.Name, u.Role, u.Municipality, status)
	}
	return nil
}

type userDisable struct {
	Email string `arg:"" help:"E-postadress."`
}

func (c userDisable) Run(a *app) error {
	s, u, err := a.user(c.Email)
	if err != nil {
		return err
	}
	if err := s.Disable(a.ctx, byCommandLine, u.ID); err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Kontot %s är avstängt.\n", u.Email)
	return nil
}

type userEnable struct {
	Email string `arg:"" help:"E-postadress."`
}

func (c userEnable) Run(a *app) error {
	s, u, err := a.user(c.Email)
	if err != nil {
		return err
	}
	if err := s.Enable(a.ctx, byCommandLine, u.ID); err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Kontot %s är öppet igen.\n", u.Email)
	return nil
}

// user finds an account by its address.
func (a *app) user(email string) (*auth.Service, survey.User, error) {
	s, err := a.accounts()
	if err != nil {
		return nil, survey.User{}, err
	}
	users, err := s.Users(a.ctx, byCommandLine)
	if err != nil {
		return nil, survey.User{}, err
	}
	for _, u := range users {
		if u.Email == strings.ToLower(email) {
			return s, u, nil
		}
	}
	return nil, survey.User{}, survey.Refuse(
		survey.ErrNotFound,
		"Det finns inget konto med adressen "+email+". Visa alla med servicematning user list.",
	)
}

// commissioner is the person a stage change is made in the name of: an
// account with that right. Where there is no such account at all, rounds are
// run from the command line alone and any address will do.
func (a *app) commissioner(email string) (survey.User, error) {
	s, err := a.accounts()
	if err != nil {
		return survey.User{}, err
	}
	users, err := s.Users(a.ctx, byCommandLine)
	if err != nil {
		return survey.User{}, err
	}
	any := false
	for _, u := range users {
		if u.Email == strings.ToLower(email) && u.May(survey.CloseRounds) {
			return u, nil
		}
		any = any || u.Role == survey.RoleCommissioner
	}
	switch {
	case any:
		return survey.User{}, survey.Refuse(
			survey.ErrForbidden,
			email+" är inte konto för SKR:s mätansvariga. Bara de stänger och publicerar omgångar. Visa konton med servicematning user list.",
		)
	case !survey.ValidEmail(email):
		return survey.User{}, usageError{"--by: " + email + " är ingen e-postadress."}
	}
	return survey.User{Email: strings.ToLower(email), Role: survey.RoleCommissioner}, nil
}
