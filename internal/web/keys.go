package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

var keysRoutes = []route{
	{get, "/tangenter", (*Server).showKeys, may(survey.UseAccount)},
	{post, "/tangenter", (*Server).saveKeys, may(survey.UseAccount)},
	{get, "/klocka", (*Server).tellTime, public},
}

var keysPages = []page{&keysPage{}}

// keysPage lists the keyboard commands, each with the key that the user has
// given it.
type keysPage struct {
	layout
	Form   *form
	Groups []keyGroup
}

func (keysPage) file() string { return "keys/show.html" }

// keyGroup is commands under a heading.
type keyGroup struct {
	Title string
	Rows  []keyRow
}

// keyRow is one command: its field, and the key it came with.
type keyRow struct {
	Field field
	Came  string
}

func (s *Server) showKeys(c *visit) error {
	keys := survey.ParseKeys(c.user.Keys)
	f := newForm()
	if !keys.Off {
		f.set("on", "1")
	}
	for _, command := range survey.CommandsFor(c.user) {
		f.set(command.Name, survey.Shown(keys.Of(command)))
	}
	return s.keysPage(c, f)
}

func (s *Server) keysPage(c *visit, f *form) error {
	return s.showForm(c, f, newKeysPage(c.user, f))
}

func newKeysPage(u survey.User, f *form) *keysPage {
	p := &keysPage{layout: layout{Title: "Tangenter"}, Form: f}
	for _, command := range survey.CommandsFor(u) {
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Title != command.Group {
			p.Groups = append(p.Groups, keyGroup{Title: command.Group})
		}
		last := &p.Groups[len(p.Groups)-1]
		last.Rows = append(last.Rows, keyRow{newField(f, command.Name, command.Title), survey.Shown(command.Key)})
	}
	return p
}

func (s *Server) saveKeys(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	keys := survey.Keys{Off: !f.checked("on")}
	said := saved("Tangenterna gäller från och med nu.")
	if keys.Off {
		said = saved("Tangenterna är avstängda. Allt går att göra med mus eller Tabb.")
	}
	if f.text("then") == "reset" {
		keys.Off, said = false, saved("Alla tangenter är som från början, och de är på.")
	} else {
		for _, command := range survey.CommandsFor(c.user) {
			keys.Set(command.Name, f.text(command.Name))
		}
	}
	err = s.Auth.SetKeys(c.ctx(), auth.By{User: c.user, Form: f.ID}, keys)
	if f.wrong(err) {
		return s.keysPage(c, f)
	}
	return s.doneSaying(c, err, "/tangenter", said)
}

// Keys tells the script which key does what, in the order of the list of keys;
// "" when none does anything.
func (l *layout) Keys() string {
	switch {
	case !l.LoggedIn():
		return ""
	case l.User.Keys == "":
		return usualKeys()[l.User.Role]
	}
	return toldKeys(l.User)
}

// usualKeys is what those are told who have changed nothing: it stands in
// every page.
var usualKeys = sync.OnceValue(func() map[survey.Role]string {
	told := map[survey.Role]string{}
	for _, role := range survey.Roles {
		told[role] = toldKeys(survey.User{Role: role})
	}
	return told
})

func toldKeys(u survey.User) string {
	keys := survey.ParseKeys(u.Keys)
	if keys.Off {
		return ""
	}
	var pairs []string
	for _, command := range survey.CommandsFor(u) {
		key, _ := json.Marshal(keys.Of(command))                 // never fails: a string
		pairs = append(pairs, `"`+command.Name+`":`+string(key)) // a map would lose the order
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

// tellTime gives a script the server's clock, by which it counts, and says
// whose session the browser has: what is kept in the browser is sent in
// nobody else's name.
func (s *Server) tellTime(c *visit) error {
	answer := struct {
		Now  string `json:"now"`
		User string `json:"user"` // "" when nobody is logged in
	}{Now: machineTime(s.Now())}
	if c.loggedIn() {
		answer.User = c.user.ID.String()
	}
	return c.JSON(http.StatusOK, answer)
}
