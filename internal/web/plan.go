package web

import (
	"errors"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var planRoutes = []route{
	{get, "/omgangar/:round/plan", (*Server).showPlan, may(survey.SeeSetup)},
	{post, "/omgangar/:round/plan", (*Server).makePlan, may(survey.EditSetup)},
}

var planPages = []page{&planPage{}}

// planPage shows how the contacts lie over days and evaluators, and makes the plan.
type planPage struct {
	layout
	Progress fieldwork.Progress
	Days     []planDay
	Team     []planEvaluator
	Most     int // contacts on the fullest day
	Planned  bool
	Can      bool
	Begun    int      // contacts that a new plan keeps
	Short    []string // what is missing, when the plan could not be made
	Consent  []string // where one evaluator would make both contacts
	Form     *form
}

func (planPage) file() string { return "plan/show.html" }

// planDay is one working day of the period.
type planDay struct {
	Date   officehours.Date
	Week   int
	Phone  int
	Email  int
	Total  int
	Short  bool // the offices close early
	Today  bool
	NewOne bool // the first day of its week
}

// planEvaluator is one evaluator's share.
type planEvaluator struct {
	Name         string
	Phone, Email int
	Days         int // working days in the period
	MostCalls    int // capacity over the period
	MostEmails   int
}

func (s *Server) showPlan(c *visit) error { return s.planPage(c, &planPage{Form: newForm()}) }

func (s *Server) planPage(c *visit, p *planPage) error {
	progress, err := s.Service.Progress(c.ctx(), c.user, c.Param("round"), survey.ByEvaluator)
	if err != nil {
		return err
	}
	r := progress.Setup.Round
	p.layout = layout{Title: "Plan", Round: &r}
	p.Progress, p.Planned = progress, progress.All.Planned > 0
	p.Begun = progress.All.Begun + progress.All.Done
	p.Can = c.user.May(survey.EditSetup) && (r.Stage == survey.Draft || r.Stage == survey.Fieldwork)
	p.fillDays(officehours.DateOf(s.Now()))
	p.fillTeam()
	return s.showForm(c, p.Form, p)
}

func (p *planPage) fillDays(today officehours.Date) {
	r := p.Progress.Setup.Round
	week := 0
	for _, l := range p.Progress.Days {
		d, err := officehours.ParseDate(l.Key)
		if err != nil {
			continue // a contact without a planned day has no place here
		}
		_, w := d.Week()
		hours := r.Calendar.HoursOn(d)
		p.Days = append(p.Days, planDay{
			Date: d, Week: w, NewOne: w != week, Today: d == today,
			Phone: l.ByChannel[survey.Phone].Planned, Email: l.ByChannel[survey.Email].Planned, Total: l.Planned,
			Short: hours.Closes-hours.Opens < r.Calendar.Closes-r.Calendar.Opens,
		})
		p.Most = max(p.Most, l.Planned)
		week = w
	}
}

func (p *planPage) fillTeam() {
	set := p.Progress.Setup
	days := set.Round.Calendar.WorkingDays(set.Round.Period.From, set.Round.Period.To)
	for _, l := range p.Progress.Evaluators {
		row := planEvaluator{Name: l.Name, Phone: l.ByChannel[survey.Phone].Planned, Email: l.ByChannel[survey.Email].Planned}
		if e, ok := set.Evaluator(l.Key); ok {
			for _, d := range days {
				if e.Works(d) {
					row.Days++
				}
			}
			row.MostCalls, row.MostEmails = row.Days*e.CallsPerDay, row.Days*e.EmailsPerDay
		}
		p.Team = append(p.Team, row)
	}
	sortSwedish(p.Team, func(e planEvaluator) string { return e.Name })
}

// firstSeed is proposed to the lead; another seed gives another plan.
const firstSeed = 1

func (s *Server) makePlan(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	seed := firstSeed
	if f.given("seed") {
		seed = f.int("seed")
	}
	if seed < 0 {
		f.Errors.Add("seed", "Skriv ett heltal som inte är negativt.")
	}
	if !f.ok() {
		return s.planPage(c, &planPage{Form: f})
	}
	code := c.Param("round")
	plan, err := s.Service.Plan(c.ctx(), c.user, code, fieldwork.PlanRequest{
		Seed: uint64(seed), AllowSameEvaluator: f.checked("samma"),
	})
	var short *schedule.Infeasible
	var consent *schedule.NeedsConsent
	switch {
	case errors.As(err, &short):
		p := &planPage{Form: f}
		for _, s := range short.Shortages {
			p.Short = append(p.Short, s.Message)
		}
		f.Errors.Add("", "Planen kan inte göras. Se vad som saknas.")
		return s.planPage(c, p)
	case errors.As(err, &consent):
		f.Errors.Add("", "Godta att samma bedömare gör båda kontakterna, eller tilldela en bedömare till.")
		return s.planPage(c, &planPage{Form: f, Consent: consent.Messages})
	}
	return s.doneSaying(c, err, address("omgangar", code, "plan"),
		flash{"ok", "Planen är gjord", number(len(plan.Contacts)) + " kontakter är planerade."})
}
