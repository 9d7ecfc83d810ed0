package web

import (
	"net/http"
	"slices"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

var accountRoutes = []route{
	{get, "/konton", (*Server).listAccounts, may(survey.ManageAccounts)},
	{get, "/konton/nytt", (*Server).showNewAccount, may(survey.ManageAccounts)},
	{post, "/konton/nytt", (*Server).addAccount, may(survey.ManageAccounts)},
	{get, "/konton/:id", (*Server).showAccount, may(survey.ManageAccounts)},
	{get, "/konton/:id/stang-av", (*Server).askDisable, may(survey.ManageAccounts)},
	{post, "/konton/:id/stang-av", (*Server).disableAccount, may(survey.ManageAccounts)},
	{post, "/konton/:id/oppna", (*Server).enableAccount, may(survey.ManageAccounts)},
	{get, "/konton/:id/losenord", (*Server).askReset, may(survey.ManageAccounts)},
	{post, "/konton/:id/losenord", (*Server).resetPassword, may(survey.ManageAccounts)},
}

var accountPages = []page{&accountsPage{}, &newAccountPage{}, &accountPage{}, &passwordShownPage{}}

// accountsPage lists those who can log in.
type accountsPage struct {
	layout
	Role     survey.Role // "" for all
	Tabs     tabs
	Accounts []accountRow
	Pager    pager
	Table    table
}

func (accountsPage) file() string { return "account/list.html" }

// accountRow is a user with the municipality's name.
type accountRow struct {
	survey.User
	Place string
}

const accountsPerPage = 50

func (s *Server) listAccounts(c *visit) error {
	users, err := s.Auth.Users(c.ctx(), auth.By{User: c.user})
	if err != nil {
		return err
	}
	rows, err := s.accountRows(c, users)
	if err != nil {
		return err
	}
	p := &accountsPage{
		layout: layout{Title: "Konton"},
		Role:   survey.Role(c.QueryParam("roll")),
	}
	rows, p.Table = accountTable.sift(c, rows)
	p.Tabs = roleTabs(c, rows, p.Role)
	rows = slices.DeleteFunc(rows, func(r accountRow) bool { return p.Role != "" && r.Role != p.Role })
	p.Pager = newPager(c, accountsPerPage, len(rows))
	p.Accounts = rows[p.Pager.Offset:p.Pager.Last]
	return s.show(c, p)
}

var accountTable = tableRules[accountRow]{
	start: "namn", label: "Namn, e-postadress eller kommun",
	name:  func(r accountRow) string { return r.Name },
	words: func(r accountRow) string { return r.Name + " " + r.Email + " " + r.Place },
	texts: map[string]func(accountRow) string{
		"epost":  func(r accountRow) string { return r.Email },
		"kommun": func(r accountRow) string { return r.Place },
	},
	numbers: map[string]func(accountRow) float64{
		"roll": func(r accountRow) float64 { return float64(slices.Index(survey.Roles, r.Role)) },
		"lage": func(r accountRow) float64 { return float64(boolRank(r.Disabled)) },
	},
}

// roleTabs counts the rows per role.
func roleTabs(c *visit, rows []accountRow, chosen survey.Role) tabs {
	counts := map[survey.Role]int{}
	for _, r := range rows {
		counts[r.Role]++
	}
	t := tabs{Name: "Roll"}
	at := withoutPage(c.Request().URL)
	t.Items = append(t.Items, link{Label: "Alla", URL: queryWith(at, "roll", ""), Current: chosen == "", Count: len(rows)})
	for _, role := range survey.Roles {
		t.Items = append(t.Items, link{
			Label: capital(role.Title()), URL: queryWith(at, "roll", string(role)), Current: chosen == role, Count: counts[role],
		})
	}
	return t
}

// accountRows adds the municipalities' names.
func (s *Server) accountRows(c *visit, users []survey.User) ([]accountRow, error) {
	places, err := s.Service.Municipalities(c.ctx(), c.user)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(places))
	for _, m := range places {
		names[m.Code] = m.Name
	}
	rows := make([]accountRow, len(users))
	for i, u := range users {
		rows[i] = accountRow{User: u, Place: names[u.Municipality]}
	}
	return rows, nil
}

// newAccountPage asks for what an account needs.
type newAccountPage struct {
	layout
	Form           *form
	Roles          []option
	Municipalities []option
}

func (newAccountPage) file() string { return "account/new.html" }

func (s *Server) showNewAccount(c *visit) error { return s.newAccountPage(c, newForm()) }

func (s *Server) newAccountPage(c *visit, f *form) error {
	places, err := s.Service.Municipalities(c.ctx(), c.user)
	if err != nil {
		return err
	}
	sortSwedish(places, func(m survey.Municipality) string { return m.Name })
	p := &newAccountPage{layout: layout{Title: "Nytt konto"}, Form: f}
	p.Municipalities = append(p.Municipalities, option{"", "Ingen"})
	for _, m := range places {
		p.Municipalities = append(p.Municipalities, option{m.Code, m.Name})
	}
	for _, r := range survey.Roles {
		p.Roles = append(p.Roles, option{string(r), capital(r.Title())})
	}
	return s.showForm(c, f, p)
}

// passwordShownPage shows a password, once. It answers the POST itself, for
// after a redirect the password would have to be kept somewhere.
type passwordShownPage struct {
	layout
	About    survey.User
	Password string
	New      bool
}

func (passwordShownPage) file() string { return "account/password.html" }

func (s *Server) addAccount(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	password, user, err := s.Auth.AddUser(c.ctx(), auth.By{User: c.user, Form: f.ID}, auth.NewUser{
		Email: f.text("email"), Name: f.text("name"), Role: survey.Role(f.text("role")), Municipality: f.text("municipality"),
	})
	if f.wrong(err) {
		return s.newAccountPage(c, f)
	}
	if err != nil {
		return s.done(c, err, "/konton")
	}
	return s.show(c, &passwordShownPage{layout: layout{Title: "Kontot är klart"}, About: user, Password: password,
		New: true})
}

// accountPage is one account and what can be done to it.
type accountPage struct {
	layout
	Account accountRow
	Own     bool
}

func (accountPage) file() string { return "account/show.html" }

func (s *Server) showAccount(c *visit) error {
	user, err := s.accountOf(c)
	if err != nil {
		return err
	}
	rows, err := s.accountRows(c, []survey.User{user})
	if err != nil {
		return err
	}
	return s.show(c, &accountPage{layout: layout{Title: user.Name}, Account: rows[0], Own: user.ID == c.user.ID})
}

// accountOf finds the account that the address names.
func (s *Server) accountOf(c *visit) (survey.User, error) {
	id, err := survey.ParseID[survey.User](c.Param("id"))
	if err != nil {
		return survey.User{}, err
	}
	return s.Auth.User(c.ctx(), auth.By{User: c.user}, id)
}

// askDisable asks before somebody is shut out.
func (s *Server) askDisable(c *visit) error {
	return s.askAccount(c, "stang-av", func(u survey.User) confirm {
		return confirm{
			Title: "Stäng av " + u.Name + ", " + u.Role.Title() + "?", Button: "Stäng av " + u.Name,
			Effect: u.Name + " loggas genast ut överallt och kan inte logga in igen förrän någon administratör öppnar kontot. " +
				"Allt som " + u.Name + " har gjort finns kvar.",
		}
	})
}

// askReset asks before somebody's password is replaced.
func (s *Server) askReset(c *visit) error {
	return s.askAccount(c, "losenord", func(u survey.User) confirm {
		return confirm{
			Title: "Gör ett nytt lösenord åt " + u.Name + "?", Button: "Gör ett nytt lösenord",
			Effect: "Det gamla lösenordet slutar gälla och " + u.Name + " loggas genast ut överallt. " +
				"Det nya visas en enda gång, på nästa sida.",
		}
	})
}

// askAccount asks about another's account.
func (s *Server) askAccount(c *visit, act string, question func(survey.User) confirm) error {
	user, err := s.accountOf(c)
	if err != nil {
		return err
	}
	if user.ID == c.user.ID { // whose own page says what to do instead
		return c.Redirect(http.StatusSeeOther, address("konton", user.ID))
	}
	q := question(user)
	q.URL, q.Keep = address("konton", user.ID, act), address("konton", user.ID)
	return s.ask(c, &confirmPage{
		layout: layout{Title: user.Name}, Above: link{Label: "Konton", URL: "/konton"}, Confirm: q,
	})
}

func (s *Server) disableAccount(c *visit) error { return s.switchAccount(c, true) }

func (s *Server) enableAccount(c *visit) error { return s.switchAccount(c, false) }

func (s *Server) switchAccount(c *visit, off bool) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	user, err := s.accountOf(c)
	if err != nil {
		return err
	}
	by := auth.By{User: c.user, Form: f.ID}
	said := saved(user.Name + " kan logga in igen, med samma lösenord som förut.")
	if off {
		said = saved(user.Name + " är avstängd och utloggad överallt.")
		err = s.Auth.Disable(c.ctx(), by, user.ID)
	} else {
		err = s.Auth.Enable(c.ctx(), by, user.ID)
	}
	return s.doneSaying(c, err, address("konton", user.ID), said)
}

func (s *Server) resetPassword(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	user, err := s.accountOf(c)
	if err != nil {
		return err
	}
	password, err := s.Auth.ResetPassword(c.ctx(), auth.By{User: c.user, Form: f.ID}, user.ID)
	if err != nil {
		return s.done(c, err, address("konton", user.ID))
	}
	return s.showAs(c, http.StatusOK, &passwordShownPage{layout: layout{Title: "Nytt lösenord"}, About: user,
		Password: password})
}
