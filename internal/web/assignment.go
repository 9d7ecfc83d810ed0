package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"servicematning/internal/survey"
)

var assignmentRoutes = []route{
	{get, "/omgangar/:round/tilldelning", (*Server).showAssignments, may(survey.SeeSetup)},
	{post, "/omgangar/:round/tilldelning", (*Server).saveAssignments, may(survey.EditSetup)},
	{get, "/omgangar/:round/tilldelning/kommuner", (*Server).showLimits, may(survey.EditSetup)},
	{post, "/omgangar/:round/tilldelning/kommuner", (*Server).saveLimits, may(survey.EditSetup)},
}

var assignmentPages = []page{&assignmentPage{}, &limitPage{}}

// assignmentPage is the matrix of evaluators and areas.
type assignmentPage struct {
	layout
	Setup    survey.Setup
	Areas    []areaColumn
	Rows     []assignmentRow
	Editable bool
	Warnings []flash
	Form     *form
}

func (assignmentPage) file() string { return "assignment/matrix.html" }

// areaColumn is an area with how many may take it.
type areaColumn struct {
	Area  survey.QuestionArea
	Title string
	Takes int // evaluators with all or some municipalities
}

// assignmentRow is one evaluator's cells, in the areas' order.
type assignmentRow struct {
	Evaluator survey.Evaluator
	Cells     []assignmentCell
}

// assignmentCell says whether an evaluator may take an area: in all
// municipalities, in some, or not at all.
type assignmentCell struct {
	Value string // of the checkbox
	Title string
	All   bool
	Some  int
	Limit string // address of the page that limits it to municipalities
}

func (s *Server) showAssignments(c *visit) error { return s.assignmentPage(c, newForm()) }

func (s *Server) assignmentPage(c *visit, f *form) error {
	set, err := s.Service.Setup(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	p := &assignmentPage{
		layout: layout{Title: "Tilldelning", Round: &set.Round}, Setup: set, Form: f,
		Editable: c.user.May(survey.EditSetup) && !set.Round.Frozen(),
	}
	p.fill()
	return s.showForm(c, f, p)
}

// assignmentKey names one cell in the form.
func assignmentKey(area survey.QuestionArea, email string) string { return string(area) + "|" + email }

func (p *assignmentPage) fill() {
	all, some := map[string]bool{}, map[string]int{}
	for _, a := range p.Setup.Assignments {
		if a.Municipality == "" {
			all[assignmentKey(a.Area, a.Evaluator)] = true
		} else {
			some[assignmentKey(a.Area, a.Evaluator)]++
		}
	}
	for _, area := range p.Setup.Round.Design.Areas {
		p.Areas = append(p.Areas, areaColumn{Area: area, Title: area.Title()})
	}
	evaluators := slices.Clone(p.Setup.Evaluators)
	sortSwedish(evaluators, func(e survey.Evaluator) string { return e.Name })
	base := address("omgangar", p.Setup.Round.Code, "tilldelning", "kommuner")
	for _, e := range evaluators {
		row := assignmentRow{Evaluator: e}
		for i, a := range p.Areas {
			key := assignmentKey(a.Area, e.Email)
			cell := assignmentCell{
				Value: key, Title: e.Name + ", " + a.Title, All: all[key], Some: some[key],
				Limit: base + "?" + url.Values{"omrade": {string(a.Area)}, "bedomare": {e.Email}}.Encode(),
			}
			if cell.All || cell.Some > 0 {
				p.Areas[i].Takes++
			}
			row.Cells = append(row.Cells, cell)
		}
		p.Rows = append(p.Rows, row)
	}
	p.warn()
}

// warn points out areas that nobody, or only one, may take.
func (p *assignmentPage) warn() {
	if len(p.Rows) == 0 {
		return
	}
	var none, one []string
	for _, a := range p.Areas {
		switch a.Takes {
		case 0:
			none = append(none, a.Title)
		case 1:
			one = append(one, a.Title)
		}
	}
	if len(none) > 0 {
		p.Warnings = append(p.Warnings, flash{"late", "Saknar bedömare",
			strings.Join(none, ", ") + ". Kryssa för minst två bedömare i varje område."})
	}
	if len(one) > 0 {
		p.Warnings = append(p.Warnings, flash{"warn", "Tunt",
			strings.Join(one, ", ") + " har en bedömare. De två kontakterna i en cell görs då av samma person."})
	}
}

func (s *Server) saveAssignments(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	set, err := s.Service.Setup(c.ctx(), c.user, code)
	if err != nil {
		return err
	}
	as := assignmentsFrom(f.all("a"), set.Assignments)
	err = s.Service.SaveAssignments(c.ctx(), c.user, code, f.version(), as)
	if f.wrong(err) {
		return s.assignmentPage(c, f)
	}
	return s.doneSaying(c, err, address("omgangar", code, "tilldelning"), saved("Tilldelningen är sparad. Gör om planen för att den ska gälla."))
}

// assignmentsFrom joins the ticked cells with the limited assignments of the
// cells that are not ticked: a cell holds all municipalities or some.
func assignmentsFrom(ticked []string, before []survey.Assignment) []survey.Assignment {
	var as []survey.Assignment
	for _, key := range ticked {
		area, email, _ := strings.Cut(key, "|")
		as = append(as, survey.Assignment{Area: survey.QuestionArea(area), Evaluator: email})
	}
	for _, a := range before {
		if a.Municipality != "" && !slices.Contains(ticked, assignmentKey(a.Area, a.Evaluator)) {
			as = append(as, a)
		}
	}
	return as
}

// limitPage limits one evaluator's area to chosen municipalities.
type limitPage struct {
	layout
	Area      survey.QuestionArea
	Evaluator survey.Evaluator
	Counties  []limitCounty
	Chosen    int
	Form      *form
}

func (limitPage) file() string { return "assignment/limit.html" }

// limitCounty is a county's participants with the chosen ones ticked.
type limitCounty struct {
	Name    string
	Choices []limitChoice
	Chosen  int
}

type limitChoice struct {
	Code, Name string
	Chosen     bool
}

func (s *Server) showLimits(c *visit) error {
	return s.limitPage(c, newForm("omrade", c.QueryParam("omrade"), "bedomare", c.QueryParam("bedomare")))
}

func (s *Server) limitPage(c *visit, f *form) error {
	set, err := s.Service.Setup(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	area, known := set.Round.Design.Area(f.text("omrade"))
	evaluator, found := set.Evaluator(f.text("bedomare"))
	if !known || !found {
		return survey.ErrNotFound
	}
	p := &limitPage{
		layout: layout{Title: "Välj kommuner", Round: &set.Round}, Area: area, Evaluator: evaluator, Form: f,
	}
	p.fill(set)
	return s.showForm(c, f, p)
}

func (p *limitPage) fill(set survey.Setup) {
	chosen := map[string]bool{}
	for _, a := range set.Assignments {
		if a.Area == p.Area && a.Evaluator == p.Evaluator.Email && a.Municipality != "" {
			chosen[a.Municipality] = true
		}
	}
	p.Chosen = len(chosen)
	ps := slices.Clone(set.Participants)
	sortSwedish(ps, func(x survey.Participant) string { return x.Name })
	counties := map[string]*limitCounty{}
	var order []string
	for _, m := range ps {
		if counties[m.County] == nil {
			counties[m.County] = &limitCounty{Name: m.County}
			order = append(order, m.County)
		}
		county := counties[m.County]
		county.Choices = append(county.Choices, limitChoice{m.Code, m.Name, chosen[m.Code]})
		if chosen[m.Code] {
			county.Chosen++
		}
	}
	sortSwedish(order, func(name string) string { return name })
	for _, name := range order {
		p.Counties = append(p.Counties, *counties[name])
	}
}

func (s *Server) saveLimits(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	set, err := s.Service.Setup(c.ctx(), c.user, code)
	if err != nil {
		return err
	}
	area, email := survey.QuestionArea(f.text("omrade")), f.text("bedomare")
	as := slices.DeleteFunc(slices.Clone(set.Assignments), func(a survey.Assignment) bool {
		return a.Area == area && a.Evaluator == email
	})
	chosen := f.all("kommun")
	for _, m := range chosen {
		as = append(as, survey.Assignment{Area: area, Evaluator: email, Municipality: m})
	}
	err = s.Service.SaveAssignments(c.ctx(), c.user, code, f.version(), as)
	if f.wrong(err) {
		return s.limitPage(c, f)
	}
	who, _ := set.Evaluator(email)
	return s.doneSaying(c, err, address("omgangar", code, "tilldelning"),
		saved(fmt.Sprintf("%s tar %s i %d kommuner.", who.Name, area, len(chosen))))
}
