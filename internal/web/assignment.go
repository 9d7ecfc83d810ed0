package web

import (
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
	load, err := s.Service.Load(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	var emails []string
	for _, e := range load.Setup.Evaluators {
		emails = append(emails, e.Email)
	}
	without, err := s.Auth.WithoutLogin(c.ctx(), c.user, emails)
	if err != nil {
		return err
	}
	r := load.Setup.Round
	p := &assignmentPage{
		layout: layout{Title: "Tilldelning", Round: &r, Scripts: append(busy, "assignment.js")}, Load: load, Form: f,
		Editable: c.user.May(survey.EditSetup) && !r.Frozen(),
	}
	if p.State, err = s.planState(c, load.Setup); err != nil {
		return err
	}
	m := weighed(load)
	p.Areas, p.Team, p.Apart = m.areas, len(m.rows), m.apart
	p.Tabs, p.Rows = m.chosen(c)
	p.Rows, p.Table = matrixTable.sift(c, p.Rows)
	p.fillNeeds()
	p.fillAway()
	p.warn(m, without)
	return s.showForm(c, f, p)
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
	if f.wrong(err) {
		return s.assignmentPage(c, f)
	}
	return s.doneSaying(c, err, address("omgangar", code, "tilldelning"), savedAssignments(set.Round))
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
