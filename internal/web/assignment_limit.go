package web

import (
	"slices"

	"servicematning/internal/survey"
)

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
	set, err := s.setup(c)
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
	set, err := s.setup(c)
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
	if f.retry(err) {
		return s.limitPage(c, f)
	}
	who, _ := set.Evaluator(email)
	return s.doneSaying(c, err, address("omgangar", code, "tilldelning"),
		saved(who.Name+" tar "+string(area)+" i "+number(len(chosen))+plural(len(chosen), " kommun.", " kommuner.")))
}
