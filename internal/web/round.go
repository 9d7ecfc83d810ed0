package web

import (
	"errors"
	"net/http"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var roundRoutes = []route{
	{get, "/omgangar", (*Server).listRounds, may(survey.SeeSetup)},
	{get, "/omgangar/ny", (*Server).showNewRound, may(survey.EditSetup)},
	{post, "/omgangar/ny", (*Server).addRound, may(survey.EditSetup)},
	{get, "/omgangar/:round", (*Server).showRound, may(survey.SeeSetup)},
	{get, "/omgangar/:round/starta", (*Server).askStart, may(survey.EditSetup)},
	{post, "/omgangar/:round/starta", (*Server).startFieldwork, may(survey.EditSetup)},
	{get, "/omgangar/:round/avsluta-faltarbetet", (*Server).askReview, may(survey.EditSetup)},
	{post, "/omgangar/:round/avsluta-faltarbetet", (*Server).startReview, may(survey.EditSetup)},
}

var roundPages = []page{&roundsPage{}, &newRoundPage{}, &roundPage{}, &stagePage{}}

// roundsPage lists the rounds.
type roundsPage struct {
	layout
	Rounds []roundRow
	Edit   bool
}

func (roundsPage) file() string { return "round/list.html" }

// roundRow is a round with how far its contacts have come.
type roundRow struct {
	survey.Round
	Stages badge
	Tally  fieldwork.Tally
	Live   bool // contacts are being made, so Tally says something
}

// When gives the period in words.
func (r roundRow) When() string { return periodText(r.Period) }

// Weeks gives the period's weeks.
func (r roundRow) Weeks() string { return r.Period.WeeksText() }

func (s *Server) listRounds(c *visit) error {
	rounds, err := s.Service.Rounds(c.ctx(), c.user)
	if err != nil {
		return err
	}
	p := &roundsPage{layout: layout{Title: "Mätomgångar"}, Edit: c.user.May(survey.EditSetup)}
	for _, r := range rounds {
		row := roundRow{Round: r, Stages: stageBadge(r.Stage), Live: r.Stage == survey.Fieldwork || r.Stage == survey.Review}
		if row.Live {
			if row.Tally, err = s.Service.RoundTally(c.ctx(), c.user, r); err != nil {
				return err
			}
		}
		p.Rounds = append(p.Rounds, row)
	}
	return s.show(c, p)
}

// newRoundPage asks for what a round begins with.
type newRoundPage struct {
	layout
	Form *form
}

func (newRoundPage) file() string { return "round/new.html" }

func (s *Server) showNewRound(c *visit) error { return s.newRoundPage(c, newForm()) }

func (s *Server) newRoundPage(c *visit, f *form) error {
	return s.showForm(c, f, &newRoundPage{layout: layout{Title: "Ny omgång"}, Form: f})
}

func (s *Server) addRound(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code, period := f.text("code"), f.period()
	if f.ok() {
		_, err = s.Service.CreateNamedRound(c.ctx(), c.user, code, period, f.text("label"))
	}
	if errors.Is(err, survey.ErrConflict) {
		f.Errors.Add("code", "Omgång "+code+" finns redan. Välj en annan kod.")
	}
	if f.wrong(err) {
		return s.newRoundPage(c, f)
	}
	return s.doneSaying(c, err, address("omgangar", code),
		saved("Omgång "+code+" är skapad med förvalt upplägg och frågebank. Läs in eller lägg till kommuner härnäst."))
}

// period reads the first and the last day. What is left empty is for the
// round's own rules, which name the day that is missing.
func (f *form) period() survey.FieldPeriod {
	return survey.FieldPeriod{From: f.dateIfGiven("from"), To: f.dateIfGiven("to")}
}

// dateIfGiven reads a day that may be left out.
func (f *form) dateIfGiven(name string) officehours.Date {
	if !f.given(name) {
		return officehours.Date{}
	}
	return f.date(name)
}

// setupFrame is what the pages of a round's setup share: the parts as tabs,
// and whether the visitor can change anything.
type setupFrame struct {
	layout
	Code   string
	Parts  tabs
	Edit   bool   // the visitor can change the setup now
	Locked string // why it cannot be changed, told to those who otherwise may
}

// setupParts are the parts of a round's setup, by their addresses.
var setupParts = []struct {
	path, label string
	count       func(survey.Setup) int
}{
	{"", "Översikt", nil},
	{"upplagg", "Upplägg", nil},
	{"fragor", "Frågor", func(set survey.Setup) int { return len(set.Round.Design.Questions) }},
	{"kalender", "Kalender", nil},
	{"kommuner", "Kommuner", func(set survey.Setup) int { return len(set.Participants) }},
	{"bedomare", "Bedömare", func(set survey.Setup) int { return len(set.Evaluators) }},
	{practicePart, "Övning", nil},
	{"las-in", "Läs in filer", nil},
}

// newSetupFrame makes the frame of a page in the part with the path.
func newSetupFrame(c *visit, set survey.Setup, title, part string) setupFrame {
	f := setupFrame{layout: layout{Title: title, Round: &set.Round, Scripts: busy}, Code: set.Round.Code,
		Parts: tabs{Name: "Omgångens delar"}}
	for _, p := range setupParts {
		if p.path == "las-in" && !c.user.May(survey.EditSetup) {
			continue
		}
		l := link{Label: p.label, URL: setupPath(set.Round, p.path), Current: p.path == part}
		if p.count != nil {
			l.Count = p.count(set)
		}
		f.Parts.Items = append(f.Parts.Items, l)
	}
	if c.user.May(survey.EditSetup) {
		f.Edit = true
		if err := set.Round.Editable(); err != nil {
			f.Edit, f.Locked = false, err.Error()
		}
	}
	return f
}

// setupPath is the address of something in a round.
func setupPath(r survey.Round, parts ...any) string {
	parts = append([]any{"omgangar", r.Code}, parts...)
	if parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return address(parts...)
}

// setup reads the round that the address names, with its setup.
func (s *Server) setup(c *visit) (survey.Setup, error) {
	return s.Service.Setup(c.ctx(), c.user, c.Param("round"))
}

// draft is setup for a page that changes what only a draft allows; part is
// where the same can be read.
func (s *Server) draft(c *visit, part string) (survey.Setup, error) {
	set, err := s.setup(c)
	if err != nil {
		return set, err
	}
	return set, s.locked(c, set.Round, part, set.Round.Editable())
}

// locked leads the visitor of a page that came too late, from a bookmark or
// another window, to where the same can be read and it says why. The error
// ends the handler; the answer has been given by then.
func (s *Server) locked(c *visit, r survey.Round, part string, why error) error {
	if why == nil {
		return nil
	}
	s.leaveFlash(c, flash{State: "Låst", Text: why.Error()})
	return errors.Join(why, c.Redirect(http.StatusSeeOther, setupPath(r, part)))
}

// periodText writes a period as "mån 19 okt – fre 20 nov 2026".
func periodText(p survey.FieldPeriod) string {
	from := survey.DayText(p.From)
	if p.From.Year != p.To.Year {
		from = survey.DateText(p.From)
	}
	return from + " – " + survey.DateText(p.To)
}

// listText joins names as "bygglov, förskola och äldreomsorg".
func listText(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " och " + names[last]
}
