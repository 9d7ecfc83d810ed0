package web

import "servicematning/internal/survey"

var confirmPages = []page{&confirmPage{}}

// confirmPage asks before something that cannot be taken back, or that others
// notice at once. It is the answer to a GET; the answer to its form is the
// noun's own.
type confirmPage struct {
	layout
	Above   link // the page that the question belongs to
	Parts   tabs // of the round's setup, where the question is about a part of it
	Confirm confirm
	Form    *form // holds the reason that is asked for; nil when none is
}

func (confirmPage) file() string { return "confirm/show.html" }

// ask shows the question. A reason that was refused is shown with what is wrong.
func (s *Server) ask(c *visit, p *confirmPage) error {
	p.Scripts = busy
	if p.Form == nil {
		return s.show(c, p)
	}
	return s.showForm(c, p.Form, p)
}

// askSetup asks about something in a part of a round's setup.
func (s *Server) askSetup(c *visit, set survey.Setup, title, part string, q confirm) error {
	frame := newSetupFrame(c, set, title, part)
	q.Hidden = versionOf(set.Round)
	return s.ask(c, &confirmPage{
		layout: frame.layout, Above: link{Label: "Mätomgångar", URL: "/omgangar"}, Parts: frame.Parts, Confirm: q,
	})
}

// busy is the script by which long work shows that it goes on.
var busy = []string{"busy.js"}

// countContacts counts the live contacts that the filter chooses.
func (s *Server) countContacts(c *visit, r survey.Round, f survey.ContactFilter) (int, error) {
	f.LiveOnly, f.Limit = true, 1
	_, n, err := s.Service.Contacts(c.ctx(), c.user, r.Code, f)
	return n, err
}

// withContacts names a thing with its contacts: "Åmål och dess 240 planerade
// kontakter", or the name alone.
func withContacts(name string, n int) string {
	switch n {
	case 0:
		return name
	case 1:
		return name + " och den planerade kontakten"
	}
	return name + " och dess " + number(n) + " planerade kontakter"
}

// contactsGo says what becomes of the contacts of what is taken out of a draft.
func contactsGo(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return " Den planerade kontakten försvinner när planen görs om."
	}
	return " De " + number(n) + " planerade kontakterna försvinner när planen görs om."
}
