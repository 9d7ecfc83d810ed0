package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

var sessionRoutes = []route{
	{get, "/", (*Server).start, public},
	{get, "/logga-in", (*Server).showLogin, public},
	{post, "/logga-in", (*Server).login, public},
	{post, "/logga-ut", (*Server).logout, public},
	{get, "/konto", (*Server).showOwn, may(survey.UseAccount)},
	{get, "/konto/losenord", (*Server).showPassword, may(survey.UseAccount)},
	{post, "/konto/losenord", (*Server).changePassword, may(survey.UseAccount)},
}

var sessionPages = []page{&loginPage{}, &ownPage{}, &passwordPage{}}

// start leads everybody to where their role begins.
func (s *Server) start(c *visit) error {
	target := cmp.Or(home[c.user.Role], "/logga-in")
	if f := s.takeFlash(c); f != nil {
		s.leaveFlash(c, *f) // it is meant for a page
	}
	return c.Redirect(http.StatusSeeOther, target)
}

type loginPage struct {
	layout
	Form *form
}

func (loginPage) file() string { return "session/login.html" }

func (s *Server) showLogin(c *visit) error {
	if c.loggedIn() {
		return c.Redirect(http.StatusSeeOther, localPath(c.QueryParam("till")))
	}
	return s.loginPage(c, newForm("till", c.QueryParam("till")), http.StatusOK)
}

func (s *Server) loginPage(c *visit, f *form, status int) error {
	f.Failed = "Inte inloggad"
	return s.showAs(c, status, &loginPage{layout: layout{Title: "Logga in"}, Form: f})
}

func (s *Server) login(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	token, _, err := s.Auth.Login(c.ctx(), f.text("email"), f.secret("password"), c.RealIP())
	if tooMany := new(auth.TooManyError); errors.As(err, &tooMany) {
		f.Errors.Add("", tooMany.Error())
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(tooMany.Wait.Seconds())+1))
		return s.loginPage(c, f, http.StatusTooManyRequests)
	}
	if f.wrong(err) {
		return s.loginPage(c, f, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	if c.token != "" { // whose it was does not matter: it is left behind
		if err := s.Auth.Logout(c.ctx(), c.token); err != nil {
			return err
		}
	}
	s.setCookie(c, sessionCookie, token, 0)
	return s.done(c, nil, localPath(f.text("till")))
}

// localPath gives the path if it leads somewhere on this site and "/" if it
// could lead to another one: browsers read "//x" and "/\x" as other sites, and
// leave out tabs and line ends before they look.
func localPath(path string) string {
	u, err := url.Parse(path)
	odd := strings.ContainsFunc(path, func(r rune) bool { return r < ' ' || r == '\\' || r == 0x7f })
	if err != nil || odd || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") ||
		strings.HasPrefix(path, "/logga-") {
		return "/"
	}
	return path
}

func (s *Server) logout(c *visit) error {
	if c.token != "" {
		if err := s.Auth.Logout(c.ctx(), c.token); err != nil {
			return err
		}
	}
	s.setCookie(c, sessionCookie, "", -1)
	return s.doneSaying(c, nil, "/logga-in", flash{Kind: "ok", State: "Utloggad",
		Text: "Du är utloggad på den här datorn."})
}

// ownPage is what somebody sees of the own account.
type ownPage struct {
	layout
	Rights string
}

func (ownPage) file() string { return "session/own.html" }

func (s *Server) showOwn(c *visit) error {
	return s.show(c, &ownPage{layout: layout{Title: "Ditt konto"}, Rights: roleText(c.user.Role)})
}

type passwordPage struct {
	layout
	Form *form
}

func (passwordPage) file() string { return "session/password.html" }

func (s *Server) showPassword(c *visit) error { return s.passwordPage(c, newForm()) }

func (s *Server) passwordPage(c *visit, f *form) error {
	return s.showForm(c, f, &passwordPage{layout: layout{Title: "Byt lösenord"}, Form: f})
}

func (s *Server) changePassword(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	if f.secret("new") != f.secret("again") {
		f.Errors.Add("again", "De två nya lösenorden är olika. Skriv samma två gånger.")
	}
	if f.ok() {
		by := auth.By{User: c.user, Form: f.ID}
		err = s.Auth.ChangePassword(c.ctx(), by, c.token, f.secret("old"), f.secret("new"))
	}
	if f.wrong(err) {
		return s.passwordPage(c, f)
	}
	return s.doneSaying(c, err, "/konto", saved("Lösenordet är bytt. Är du inloggad någon annanstans loggas du ut där."))
}

// roleText says in a sentence what a role is there for.
func roleText(r survey.Role) string {
	switch r {
	case survey.RoleEvaluator:
		return "Du ringer och skriver till kommuner och bedömer svaren."
	case survey.RoleLead:
		return "Du lägger upp omgången, tilldelar, planerar, följer arbetet och granskar kontakterna."
	case survey.RoleCommissioner:
		return "Du följer omgången och resultaten, stänger omgången och publicerar den."
	case survey.RoleReader:
		return "Du läser din kommuns resultat när de är publicerade."
	case survey.RoleAdmin:
		return "Du lägger upp, stänger av och öppnar konton."
	case survey.RoleSystem:
	}
	return ""
}
