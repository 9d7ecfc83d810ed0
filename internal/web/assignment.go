package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var assignmentRoutes = []route{
	{get, "/omgangar/:round/tilldelning", (*Server).showAssignments, may(survey.SeeSetup)},
	{post, "/omgangar/:round/tilldelning", (*Server).saveAssignments, may(survey.EditSetup)},
	{get, "/omgangar/:round/tilldelning/bedomare/:email", (*Server).showAssigned, may(survey.SeeSetup)},
	{get, "/omgangar/:round/tilldelning/kommuner", (*Server).showLimits, may(survey.EditSetup)},
	{post, "/omgangar/:round/tilldelning/kommuner", (*Server).saveLimits, may(survey.EditSetup)},
	{get, "/omgangar/:round/tilldelning/flera", (*Server).showBulk, may(survey.EditSetup)},
	{post, "/omgangar/:round/tilldelning/flera", (*Server).saveBulk, may(survey.EditSetup)},
	{post, "/omgangar/:round/tilldelning/franvaro", (*Server).addAbsence, may(survey.EditSetup)},
	{post, "/omgangar/:round/tilldelning/franvaro/ta-bort", (*Server).removeAbsence, may(survey.EditSetup)},
}

var assignmentPages = []page{&assignmentPage{}, &assignedPage{}, &limitPage{}, &bulkPage{}}

// assignmentPage is the matrix of evaluators and areas, with what there is to
// do for each of them and when somebody is away.
type assignmentPage struct {
	layout
	Load     fieldwork.Load
	State    planState
	Editable bool
	Notices  []notice

	Tabs  tabs
	Table table
	Areas []areaColumn
	Rows  []assignmentRow // those that the tab shows
	Team  int             // all of them
	Apart bool            // some make fewer e-mails than calls a day, or more

	Needs    []needRow // one per area, then all
	Past     string    // "Vecka 43 är förbi."
	Away     []awayRow
	MoreAway []awayRow // folded
	People   []option  // whose absence can be added
	Form     *form
}

func (assignmentPage) file() string { return "assignment/matrix.html" }

func (s *Server) showAssignments(c *visit) error { return s.assignmentPage(c, newForm()) }

func (s *Server) assignmentPage(c *visit, f *form) error {
	p, err := s.newAssignmentPage(c, f)
	if err != nil {
		return err
	}
	return s.showForm(c, f, p)
}

func (s *Server) newAssignmentPage(c *visit, f *form) (*assignmentPage, error) {
	load, err := s.Service.Load(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return nil, err
	}
	var emails []string
	for _, e := range load.Setup.Evaluators {
		emails = append(emails, e.Email)
	}
	without, err := s.Auth.WithoutLogin(c.ctx(), c.user, emails)
	if err != nil {
		return nil, err
	}
	r := load.Setup.Round
	p := &assignmentPage{
		layout: layout{Title: "Tilldelning", Round: &r, Scripts: append(busy, "assignment.js")}, Load: load, Form: f,
		Editable: c.user.May(survey.EditSetup) && !r.Frozen(),
	}
	if p.State, err = s.planState(c, load.Setup); err != nil {
		return nil, err
	}
	m := weighed(load)
	m.retick(f.all("row"), f.all("a"))
	p.Areas, p.Team, p.Apart = m.areas, len(m.rows), m.apart
	p.Tabs, p.Rows = m.chosen(c)
	p.Rows, p.Table = matrixTable.sift(c, p.Rows)
	p.fillNeeds()
	p.fillAway()
	p.warn(m, without)
	return p, nil
}

// Planning is the page on which a new plan is looked at or made.
func (p *assignmentPage) Planning() link { return planningLink(p.Load.Setup.Round) }

func planningLink(r survey.Round) link {
	if r.Stage == survey.Fieldwork {
		return link{Label: "Förhandsvisa ny plan", URL: setupPath(r, "plan", "forslag")}
	}
	return link{Label: "Till planen", URL: setupPath(r, "plan")}
}

// InField reports whether contacts can still be made.
func (p *assignmentPage) InField() bool { return len(p.Load.Weeks) > 0 }

// Intro says what a change concerns.
func (p *assignmentPage) Intro() string {
	text := "Vilka frågeområden varje bedömare får ta."
	switch {
	case !p.InField():
		return text + " Fältarbetet är slut."
	case p.Load.Left == 1:
		return text + " Ändringar gäller den enda kontakt som inte har påbörjats."
	case p.Load.Left > 0:
		return text + " Ändringar gäller de " + number(p.Load.Left) + " kontakter som inte har påbörjats, när planen görs om."
	}
	return text
}

func (s *Server) saveAssignments(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	as := assignmentsFrom(f.all("a"), f.all("row"), set.Assignments)
	err = s.Service.SaveAssignments(c.ctx(), c.user, code, f.version(), as)
	if errors.Is(err, survey.ErrConflict) && !isRefusal(err) {
		f.Failed = "Ändrat av någon annan"
		f.Errors.Add("", conflictText(set, as))
		p, err := s.newAssignmentPage(c, f)
		if err != nil {
			return err
		}
		return s.showAs(c, http.StatusConflict, p)
	}
	if f.wrong(err) {
		return s.assignmentPage(c, f)
	}
	return s.doneSaying(c, err, address("omgangar", code, "tilldelning"), savedAssignments(set.Round))
}

// isRefusal reports whether a rule refused, rather than somebody else's save.
func isRefusal(err error) bool {
	own := new(survey.Refusal)
	return errors.As(err, &own)
}

// conflictText says how what was sent differs from what is stored now.
func conflictText(set survey.Setup, sent []survey.Assignment) string {
	here, _ := cellsOf(sent)
	there, _ := cellsOf(set.Assignments)
	var differs []string
	for _, e := range set.Evaluators {
		for _, area := range set.Round.Design.Areas {
			switch key := assignmentKey(area, e.Email); {
			case here[key] && !there[key]:
				differs = append(differs, e.Name+", "+string(area)+": kryssad här, inte i det sparade")
			case !here[key] && there[key]:
				differs = append(differs, e.Name+", "+string(area)+": kryssad i det sparade, inte här")
			}
		}
	}
	text := "Omgången har ändrats sedan du öppnade sidan. Det du har kryssat för står kvar här nedanför och är inte sparat. "
	if len(differs) == 0 {
		return text + "Inget i rutorna skiljer sig från det sparade."
	}
	const shown = 6
	more := ""
	if rest := len(differs) - shown; rest > 0 {
		differs, more = differs[:shown], " Och "+counted(rest, "ruta", "rutor")+" till."
	}
	return text + "Det som skiljer: " + strings.Join(differs, "; ") + "." + more + " Spara igen om ditt ska gälla."
}

// savedAssignments says that the plan does not follow by itself.
func savedAssignments(r survey.Round) flash {
	said := saved("Tilldelningen är sparad.")
	if !r.PlannedAt.IsZero() {
		said.Text += " Gör om planen för att den ska gälla."
	}
	return said
}

// assignmentsFrom joins the ticked cells of the evaluators that the page had
// rows for with what it did not show: other evaluators, and the limits of
// cells that are not ticked, for a cell holds all municipalities or some.
func assignmentsFrom(ticked, shown []string, before []survey.Assignment) []survey.Assignment {
	var as []survey.Assignment
	for _, key := range ticked {
		if area, email, _ := strings.Cut(key, "|"); slices.Contains(shown, email) {
			as = append(as, survey.Assignment{Area: survey.QuestionArea(area), Evaluator: email})
		}
	}
	for _, a := range before {
		limited := a.Municipality != "" && !slices.Contains(ticked, assignmentKey(a.Area, a.Evaluator))
		if limited || !slices.Contains(shown, a.Evaluator) {
			as = append(as, a)
		}
	}
	return as
}

// assignmentKey names one cell in the form.
func assignmentKey(area survey.QuestionArea, email string) string { return string(area) + "|" + email }
