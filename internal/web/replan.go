package web

import (
	"errors"
	"fmt"
	"net/http"

	"servicematning/internal/export"
	"servicematning/internal/fieldwork"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var replanRoutes = []route{
	{get, "/omgangar/:round/plan/forslag", (*Server).showProposal, may(survey.SeeSetup)},
	{post, "/omgangar/:round/plan/forslag", (*Server).propose, may(survey.EditSetup)},
	{get, "/omgangar/:round/plan/forslag.csv", (*Server).downloadProposal, may(survey.SeeSetup)},
	{post, "/omgangar/:round/plan/infor", (*Server).applyProposal, may(survey.EditSetup)},
	{get, "/omgangar/:round/plan/kasta", (*Server).askDrop, may(survey.EditSetup)},
	{post, "/omgangar/:round/plan/kasta", (*Server).dropProposal, may(survey.EditSetup)},
	{get, "/omgangar/:round/plan/angra", (*Server).askUndo, may(survey.EditSetup)},
	{post, "/omgangar/:round/plan/angra", (*Server).undoPlan, may(survey.EditSetup)},
}

var replanPages = []page{&replanPage{}}

// replanPage shows what a proposal would do to the plan, and applies it.
type replanPage struct {
	layout
	Proposal *proposalView // nil: none waits
	State    planState
	Form     *form
	Can      bool
	Short    []string // what does not suffice, when no proposal could be made
	Consent  []string // where one evaluator would make both contacts
	Assign   string   // where that is mended
	Plan     string   // address of the plan
}

func (replanPage) file() string { return "plan/replan.html" }

// proposalView is a proposal in words.
type proposalView struct {
	survey.PlanStep
	Count   survey.StepCount
	Title   string // "214 kontakter flyttas"
	Button  string // "Inför, flytta 214 kontakter"
	Stale   bool   // the setup has changed since
	LastDay string // "fre 20 nov"
	LastWas string // "oförändrad", or "var tor 19 nov"
	Rows    []changeRow
	Pager   pager
	All     *link  // to all rows, page by page; nil when they are here
	File    string // where all rows are fetched
	Figures []evenRow
}

// changeRow is what happens to one contact.
type changeRow struct {
	Place, What   string
	Before, After slotText
}

// slotText is when and by whom a contact is made; the new parts stand out.
type slotText struct {
	When, Who       string // both empty: the contact is not in the plan
	NewWhen, NewWho bool
}

// evenRow is a figure of the plan before and after.
type evenRow struct {
	survey.PlanFigure
	Sign  string // "≤" or "≥"
	Over  string // "7 över gränsen"; "" within it
	Worse bool   // than it was
}

// The first few rows give an idea; the others are a page or a file away.
const (
	firstChanges   = 10
	changesPerPage = 100
)

func (s *Server) showProposal(c *visit) error {
	return s.replanPage(c, &replanPage{Form: newForm()})
}

func (s *Server) replanPage(c *visit, p *replanPage) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	r := set.Round
	p.layout = layout{Title: "Förslag till ny plan", Round: &r, Scripts: busy}
	p.Can = c.user.May(survey.EditSetup) && r.InField() == nil
	p.Plan, p.Assign = setupPath(r, "plan"), setupPath(r, "tilldelning")
	if p.State, err = s.planState(c, set); err != nil {
		return err
	}
	step, err := s.Service.Proposal(c.ctx(), c.user, r)
	if errors.Is(err, survey.ErrNotFound) {
		return s.showForm(c, p.Form, p)
	}
	if err != nil {
		return err
	}
	p.Proposal = newProposal(c, set, step)
	return s.showForm(c, p.Form, p)
}

func newProposal(c *visit, set survey.Setup, step survey.PlanStep) *proposalView {
	p := &proposalView{
		PlanStep: step, Count: step.Count(), Stale: step.Basis != set.Round.Version,
		LastDay: survey.DayText(step.LastAfter), LastWas: "oförändrad", File: setupPath(set.Round, "plan", "forslag.csv"),
		Pager: pager{Last: min(firstChanges, len(step.Changes))},
	}
	p.Title, p.Button = proposalTexts(p.Count)
	switch {
	case c.QueryParam("alla") != "":
		p.Pager = newPager(c, changesPerPage, len(step.Changes))
	case len(step.Changes) > firstChanges:
		// Not the address asked for, which is a form's when a form was refused.
		p.All = &link{Label: allText(len(step.Changes)), URL: setupPath(set.Round, "plan", "forslag") + "?alla=1"}
	}
	if step.LastBefore != step.LastAfter {
		p.LastWas = "var " + survey.DayText(step.LastBefore)
	}
	names := evaluatorNames(set)
	for _, x := range step.Changes[p.Pager.Offset:p.Pager.Last] {
		p.Rows = append(p.Rows, newChangeRow(set, names, x))
	}
	for _, f := range step.Figures {
		p.Figures = append(p.Figures, newEvenRow(f))
	}
	return p
}

// allText is the link to all rows, which says so when they take several pages.
func allText(n int) string {
	if n > changesPerPage {
		return fmt.Sprintf("Visa alla %s, %d per sida", number(n), changesPerPage)
	}
	return "Visa alla " + number(n)
}

// proposalTexts says what is done, to how many: as a heading and as a button.
func proposalTexts(n survey.StepCount) (title, button string) {
	if n.Added == 0 && n.Removed == 0 {
		return contactsText(n.Moved) + " flyttas", "Inför, flytta " + contactsText(n.Moved)
	}
	return capital(n.Text()), "Inför, ändra " + contactsText(n.Moved+n.Added+n.Removed)
}

func evaluatorNames(set survey.Setup) map[string]string {
	names := make(map[string]string, len(set.Evaluators))
	for _, e := range set.Evaluators {
		names[e.Email] = e.Name
	}
	return names
}

func newChangeRow(set survey.Setup, names map[string]string, x survey.PlanChange) changeRow {
	row := changeRow{Place: x.Key.Municipality, What: x.Key.Question + ", " + channelWord(x.Key.Channel)}
	if p, ok := set.Participant(x.Key.Municipality); ok {
		row.Place = p.Name
	}
	row.Before, row.After = newSlotText(x.Before, names), newSlotText(x.After, names)
	row.After.NewWhen = row.After.When != row.Before.When
	row.After.NewWho = row.After.Who != row.Before.Who
	return row
}

func newSlotText(s survey.PlanSlot, names map[string]string) slotText {
	if s.IsZero() {
		return slotText{}
	}
	who := s.Evaluator
	if name, ok := names[who]; ok {
		who = name
	}
	return slotText{When: survey.MomentText(s.At), Who: who}
}

func channelWord(ch survey.Channel) string {
	if ch == survey.Phone {
		return "samtal"
	}
	return "e-brev"
}

func newEvenRow(f survey.PlanFigure) evenRow {
	row := evenRow{PlanFigure: f, Sign: "≤", Worse: f.After > f.Before}
	miss, word := f.After-f.Bound, " över gränsen"
	if f.AtLeast {
		row.Sign, row.Worse = "≥", f.After < f.Before
		miss, word = -miss, " under gränsen"
	}
	if miss > 0 {
		row.Over = number(miss) + word
	}
	return row
}

// propose works a proposal out and shows it.
func (s *Server) propose(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	step, err := s.Service.ProposeReplan(c.ctx(), c.user, code,
		fieldwork.PlanRequest{AllowSameEvaluator: f.checked("samma")})
	var short *schedule.Infeasible
	var consent *schedule.NeedsConsent
	switch {
	case errors.As(err, &short):
		p := &replanPage{Form: f}
		for _, s := range short.Shortages {
			p.Short = append(p.Short, s.Message)
		}
		f.Errors.Add("", "Planen kan inte göras om. Se vad som saknas.")
		return s.replanPage(c, p)
	case errors.As(err, &consent):
		f.Errors.Add("", "Godta att samma bedömare gör båda kontakterna, eller tilldela en bedömare till.")
		return s.replanPage(c, &replanPage{Form: f, Consent: consent.Messages})
	case err == nil && step.Number == 0:
		s.leaveFlash(c, flash{"ok", "Planen stämmer", "Ingenting behöver flyttas. Försenade kontakter ligger kvar hos sina bedömare."})
	}
	return s.done(c, err, address("omgangar", code, "plan", "forslag"))
}

// downloadProposal gives every row as a file.
func (s *Server) downloadProposal(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	step, err := s.Service.Proposal(c.ctx(), c.user, set.Round)
	if errors.Is(err, survey.ErrNotFound) {
		return c.Redirect(http.StatusSeeOther, setupPath(set.Round, "plan", "forslag"))
	}
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition",
		fmt.Sprintf("attachment; filename=%q", fmt.Sprintf("plan-%s-%d.csv", set.Round.Code, step.Number)))
	c.Response().WriteHeader(http.StatusOK)
	return export.WritePlanStep(c.Response(), set, step)
}

// stepNumber reads which step the form is about.
func (f *form) stepNumber() int { return f.int("nummer") }

func (s *Server) applyProposal(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	step, err := s.Service.ApplyReplan(c.ctx(), c.user, code, f.stepNumber())
	if refused := new(survey.Refusal); errors.As(err, &refused) {
		f.Failed = "Inte infört"
		f.Errors.Add("", refused.Message)
		return s.replanPage(c, &replanPage{Form: f})
	}
	said := flash{"ok", fmt.Sprintf("Plan %d är införd", step.Number), capital(step.Count().Text()) + "."}
	return s.doneSaying(c, err, address("omgangar", code, "plan"), said)
}

// askDrop asks before the proposal that waits is thrown away.
func (s *Server) askDrop(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	step, err := s.Service.Proposal(c.ctx(), c.user, set.Round)
	if errors.Is(err, survey.ErrNotFound) {
		s.leaveFlash(c, flash{State: "Inget förslag", Text: "Det finns inget förslag att kasta. Planen är som den var."})
		return c.Redirect(http.StatusSeeOther, setupPath(set.Round, "plan"))
	}
	if err != nil {
		return err
	}
	title, _ := proposalTexts(step.Count())
	return s.askPlan(c, set, "Kasta förslaget", confirm{
		URL: setupPath(set.Round, "plan", "kasta"), Keep: setupPath(set.Round, "plan", "forslag"), Hidden: stepOf(step),
		Title: "Kasta förslaget från " + survey.MomentText(step.ProposedAt) + "?",
		Effect: "I förslaget: " + lowerFirst(title) + ". Inget av det görs, och planen förblir som den är. " +
			"Ett nytt förslag kan räknas fram när som helst.",
		Button: "Kasta förslaget",
	})
}

func (s *Server) dropProposal(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	err = s.Service.DropProposal(c.ctx(), c.user, code, f.stepNumber())
	return s.doneSaying(c, err, address("omgangar", code, "plan"),
		flash{"ok", "Förslaget är kastat", "Planen är som den var."})
}

// askUndo asks before the newest step is taken back.
func (s *Server) askUndo(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	step, err := s.Service.NewestStep(c.ctx(), c.user, set.Round)
	if errors.Is(err, survey.ErrNotFound) {
		s.leaveFlash(c, flash{State: "Ingen ändring", Text: "Planen är som den var från början. Det finns inget att ångra."})
		return c.Redirect(http.StatusSeeOther, setupPath(set.Round, "plan"))
	}
	if err != nil {
		return err
	}
	return s.askPlan(c, set, fmt.Sprintf("Ångra plan %d", step.Number), confirm{
		URL: setupPath(set.Round, "plan", "angra"), Keep: setupPath(set.Round, "plan"),
		Title:  fmt.Sprintf("Ångra plan %d, införd %s?", step.Number, survey.MomentText(step.AppliedAt)),
		Effect: undoEffect(step.Count()) + " Det går tills någon av dem har påbörjats.",
		Button: fmt.Sprintf("Ångra plan %d", step.Number), Hidden: stepOf(step), Busy: "Ångrar …",
	})
}

// askPlan asks about the plan.
func (s *Server) askPlan(c *visit, set survey.Setup, title string, q confirm) error {
	return s.ask(c, &confirmPage{
		layout: layout{Title: title, Round: &set.Round}, Above: link{Label: "Plan", URL: setupPath(set.Round, "plan")}, Confirm: q,
	})
}

// stepOf is the hidden field that says which step a form is about.
func stepOf(step survey.PlanStep) []option { return []option{{"nummer", fmt.Sprint(step.Number)}} }

// undoEffect says what taking the step back does.
func undoEffect(n survey.StepCount) string {
	var parts []string
	if n.Moved > 0 {
		parts = append(parts, contactsText(n.Moved)+" flyttas tillbaka dit de var")
	}
	if n.Added > 0 {
		parts = append(parts, contactsText(n.Added)+" som tillkom tas bort")
	}
	if n.Removed > 0 {
		parts = append(parts, contactsText(n.Removed)+" som togs bort läggs tillbaka")
	}
	return capital(listText(parts)) + "."
}

func (s *Server) undoPlan(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	step, err := s.Service.UndoReplan(c.ctx(), c.user, code, f.stepNumber())
	return s.doneSaying(c, err, address("omgangar", code, "plan"),
		flash{"ok", fmt.Sprintf("Plan %d är ångrad", step.Number), "Kontakterna är tillbaka där de var."})
}
