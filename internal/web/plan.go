package web

import (
	"errors"
	"fmt"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var planRoutes = []route{
	{get, "/omgangar/:round/plan", (*Server).showPlan, may(survey.SeeSetup)},
	{post, "/omgangar/:round/plan", (*Server).makePlan, may(survey.EditSetup)},
	{get, "/omgangar/:round/plan/jamnhet", (*Server).showEvenness, may(survey.SeeSetup)},
	{get, "/omgangar/:round/plan/dagar.csv", (*Server).downloadPlanDays, may(survey.SeeSetup)},
}

var planPages = []page{&planPage{}, &evennessPage{}}

// planPage shows how the contacts lie over days, municipalities and
// evaluators, and makes the plan.
type planPage struct {
	planFrame
	Form     *form
	Can      bool         // the visitor may make a plan; in the field it is mended instead
	Begun    int          // contacts that were imported with what has been done, and stay
	Past     bool         // the period has begun, so a plan made now uses days that have gone
	Short    []shortage   // what does not suffice, when the plan could not be made
	Consent  []string     // where one evaluator would make both contacts
	Missing  []readyRow   // what a plan needs first
	Choice   *planChoices // nil until there is a plan
	Maps     []planMap
	Even     string // how many contacts a municipality has on an even day: "9–10"
	Evenness evenness
}

func (planPage) file() string { return "plan/show.html" }

// Print reports whether the page is made for paper.
func (p *planPage) Print() bool { return p.Choice != nil && p.Choice.Print }

// planFrame is what the pages about the plan begin with.
type planFrame struct {
	layout
	Planned int // live contacts
	Tabs    tabs
	Facts   string // "69 600 kontakter, 290 kommuner, …"
	Made    string // "Planen gjordes mån 12 okt 9.00 med frö 1."; "" when State tells more
	State   planState
}

func (s *Server) newPlanFrame(c *visit, view fieldwork.PlanView, title, tab string) (planFrame, error) {
	set := view.Setup
	r := set.Round
	p := planFrame{layout: layout{Title: title, Round: &r, Scripts: busy}, Tabs: tabs{Name: "Planen"}}
	var err error
	if p.State, err = s.planState(c, set); err != nil {
		return p, err
	}
	for _, d := range view.Days {
		p.Planned += d.N
	}
	days := len(r.Calendar.WorkingDays(r.Period.From, r.Period.To))
	p.Facts = fmt.Sprintf("%s, %s, %s bedömare, %s %s.", contactsText(p.Planned), kommuner(len(set.Participants)),
		number(len(set.Evaluators)), number(days), plural(days, "arbetsdag", "arbetsdagar"))
	if !r.PlannedAt.IsZero() && p.State.Line == "" {
		p.Made = fmt.Sprintf("Planen gjordes %s med frö %d.", survey.MomentText(r.PlannedAt), r.Seed)
	}
	for _, t := range []struct{ label, path string }{{"Dag för dag", ""}, {"Jämnhet", "jamnhet"}} {
		item := link{Label: t.label, URL: setupPath(r, "plan"), Current: t.path == tab}
		if t.path != "" {
			item.URL = setupPath(r, "plan", t.path)
		}
		p.Tabs.Items = append(p.Tabs.Items, item)
	}
	return p, nil
}

func (s *Server) showPlan(c *visit) error { return s.planPage(c, &planPage{Form: newForm()}) }

func (s *Server) planPage(c *visit, p *planPage) error {
	view, err := s.Service.PlanView(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	set := view.Setup
	r := set.Round
	if p.planFrame, err = s.newPlanFrame(c, view, "Plan", ""); err != nil {
		return err
	}
	p.Can = c.user.May(survey.EditSetup) && r.Stage == survey.Draft
	p.Past = officehours.DateOf(s.Now()).After(r.Period.From)
	if p.Planned == 0 {
		p.Missing = lacking(set)
		return s.showForm(c, p.Form, p)
	}
	if err := s.countBegun(c, p); err != nil {
		return err
	}
	if err := s.fillMaps(c, p, view); err != nil {
		return err
	}
	p.Evenness = newEvenness(view, c.user)
	return s.showForm(c, p.Form, p)
}

// lacking lists what stops a plan from being made.
func lacking(set survey.Setup) []readyRow {
	var rows []readyRow
	for _, row := range readyRows(set, fieldwork.Tally{}, false) {
		if row.State.Kind == "late" && row.Label != "Plan" {
			rows = append(rows, row)
		}
	}
	return rows
}

// countBegun tells how many contacts a new plan would leave where they are.
func (s *Server) countBegun(c *visit, p *planPage) error {
	if !p.Can {
		return nil
	}
	tally, err := s.Service.RoundTally(c.ctx(), c.user, *p.Round)
	p.Begun = tally.Begun + tally.Done
	return err
}

const planPerPage = 25

// fillMaps makes the maps of the municipalities and evaluators chosen.
func (s *Server) fillMaps(c *visit, p *planPage, view fieldwork.PlanView) error {
	set := view.Setup
	m := newMapMaker(planChoiceOf(c.QueryParams()), view, officehours.DateOf(s.Now()))
	if c.user.May(survey.SeeContacts) && !m.choice.Print {
		m.list = setupPath(set.Round, "kontakter")
	}
	chosen := m.choice.municipalities(set)
	size := planPerPage
	if m.choice.Print {
		size = max(1, len(chosen))
	}
	pages := newPager(c, size, len(chosen))
	shown := chosen[pages.Offset:pages.Last]
	codes := make([]string, len(shown))
	for i, one := range shown {
		codes[i] = one.Code
	}
	var counts []survey.DayCount
	if len(codes) > 0 {
		var err error
		if counts, err = s.Service.MunicipalityDays(c.ctx(), c.user, set.Round, codes...); err != nil {
			return err
		}
	}
	places, people := m.municipalities(shown, counts), m.evaluators(set, view.Days)
	places.Pager, places.Lead = pages, m.placesLead(len(chosen), shown)
	everything := people.Foot[len(people.Foot)-1]
	if len(shown) == len(set.Participants) {
		places.Foot = nil // the sum of those shown is the sum of all
	}
	everything.Side = ""
	places.Foot = append(places.Foot, everything)
	p.Maps, p.Even = []planMap{places, people}, m.evenShare().Text()
	p.Choice = newPlanChoices(c, set, m.choice)
	return nil
}

func newMapMaker(choice planChoice, view fieldwork.PlanView, today officehours.Date) mapMaker {
	columns := planColumns(view.Setup.Round, view.Days, today)
	return mapMaker{choice: choice, round: view.Setup.Round, columns: columns, weeks: planWeeks(columns)}
}

// firstSeed is proposed to the lead; another seed gives another plan.
const firstSeed = 1

// Seed is what the form proposes.
func (p *planPage) Seed() uint64 {
	if p.Round.Seed == 0 {
		return firstSeed
	}
	return p.Round.Seed
}

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
		f.Errors.Add("", "Planen kan inte göras. Se vad som saknas.")
		return s.planPage(c, &planPage{Form: f, Short: shortagesOf(code, short)})
	case errors.As(err, &consent):
		f.Errors.Add("", "Godta att samma bedömare gör båda kontakterna, eller tilldela en bedömare till.")
		return s.planPage(c, &planPage{Form: f, Consent: consent.Messages})
	case err == nil:
		// Whoever has waited for the plan sees at once how even it is.
		if _, err := s.Service.MeasuredPlan(c.ctx(), c.user, code); err != nil {
			return err
		}
	}
	said := flash{"ok", "Planen är gjord", number(len(plan.Contacts)) + " kontakter är planerade."}
	if plan.Step != nil {
		said = flash{"ok", "Planen är ändrad", capital(plan.Step.Count().Text()) + "."}
	}
	return s.doneSaying(c, err, address("omgangar", code, "plan"), said)
}
