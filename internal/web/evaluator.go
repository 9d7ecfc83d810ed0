package web

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var evaluatorRoutes = []route{
	{get, "/omgangar/:round/bedomare", (*Server).listEvaluators, may(survey.SeeSetup)},
	{get, "/omgangar/:round/ny-bedomare", (*Server).showNewEvaluator, may(survey.EditSetup)},
	{post, "/omgangar/:round/ny-bedomare", (*Server).addEvaluator, may(survey.EditSetup)},
	{get, "/omgangar/:round/bedomare/:email", (*Server).showEvaluator, may(survey.EditSetup)},
	{post, "/omgangar/:round/bedomare/:email", (*Server).saveEvaluator, may(survey.EditSetup)},
	{post, "/omgangar/:round/bedomare/:email/franvaro", (*Server).addEvaluatorAbsence, may(survey.EditSetup)},
	{get, "/omgangar/:round/bedomare/:email/ta-bort", (*Server).askRemoveEvaluator, may(survey.EditSetup)},
	{post, "/omgangar/:round/bedomare/:email/ta-bort", (*Server).removeEvaluator, may(survey.EditSetup)},
}

var evaluatorPages = []page{&evaluatorsPage{}, &evaluatorFormPage{}}

// evaluatorsPage lists those who make the contacts. Unlike the rest of the
// setup they can be changed until the round is closed.
type evaluatorsPage struct {
	factFrame
	Rows          []evaluatorRow
	Table         table
	Calls, Emails int // of all per day
}

func (evaluatorsPage) file() string { return "evaluator/list.html" }

// evaluatorRow is an evaluator in words.
type evaluatorRow struct {
	survey.Evaluator
	When, Weekdays, Away string
	Areas                int
}

var evaluatorTable = tableRules[evaluatorRow]{
	start: "namn", label: "Namn eller e-postadress",
	name:  func(r evaluatorRow) string { return r.Name },
	words: func(r evaluatorRow) string { return r.Name + " " + r.Email },
	texts: map[string]func(evaluatorRow) string{"epost": func(r evaluatorRow) string { return r.Email }},
	numbers: map[string]func(evaluatorRow) float64{
		"samtal":   func(r evaluatorRow) float64 { return float64(r.CallsPerDay) },
		"ebrev":    func(r evaluatorRow) float64 { return float64(r.EmailsPerDay) },
		"franvaro": func(r evaluatorRow) float64 { return float64(len(r.Absent)) },
		"omraden":  func(r evaluatorRow) float64 { return float64(r.Areas) },
	},
}

func (s *Server) listEvaluators(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	frame, err := s.newFactFrame(c, set, "Bedömare", "bedomare")
	if err != nil {
		return err
	}
	p := &evaluatorsPage{factFrame: frame}
	areas := map[string]map[survey.QuestionArea]bool{}
	for _, a := range set.Assignments {
		if areas[a.Evaluator] == nil {
			areas[a.Evaluator] = map[survey.QuestionArea]bool{}
		}
		areas[a.Evaluator][a.Area] = true
	}
	for _, e := range set.Evaluators {
		p.Rows = append(p.Rows, evaluatorRow{
			Evaluator: e, When: inServiceText(e), Weekdays: workText(e), Away: awayText(e.Absent),
			Areas: len(areas[e.Email]),
		})
		p.Calls, p.Emails = p.Calls+e.CallsPerDay, p.Emails+e.EmailsPerDay
	}
	p.Rows, p.Table = evaluatorTable.sift(c, p.Rows)
	return s.show(c, p)
}

// inServiceText says between which days somebody works.
func inServiceText(e survey.Evaluator) string {
	switch {
	case e.From.IsZero() && e.To.IsZero():
		return "hela perioden"
	case e.To.IsZero():
		return "från " + survey.DayText(e.From)
	case e.From.IsZero():
		return "till " + survey.DayText(e.To)
	}
	return survey.DayText(e.From) + " – " + survey.DayText(e.To)
}

// workText says on which weekdays, and at which hours if they are own ones.
func workText(e survey.Evaluator) string {
	text := weekdaysText(e.Days)
	if e.Hours != (officehours.Hours{}) {
		text += ", " + spanText(e.Hours)
	}
	return text
}

// wholeWeek is the weekdays as they are shown, and as forms name them.
var wholeWeek = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday,
	time.Sunday}

var workingWeek = wholeWeek[:5]

func weekdaysText(days []time.Weekday) string {
	if len(days) == 0 || slices.Equal(days, workingWeek) {
		return "mån–fre"
	}
	var names []string
	for _, d := range wholeWeek {
		if slices.Contains(days, d) {
			names = append(names, string([]rune(weekdayNames[d])[:3]))
		}
	}
	return strings.Join(names, ", ")
}

// awayText lists a few days off, and counts many.
func awayText(days []officehours.Date) string {
	const few = 3
	if len(days) > few {
		return fmt.Sprintf("%d dagar", len(days))
	}
	var texts []string
	for _, d := range days {
		texts = append(texts, survey.DayText(d))
	}
	return strings.Join(texts, ", ")
}

// evaluatorFormPage changes an evaluator or adds one.
type evaluatorFormPage struct {
	factFrame
	Form    *form
	Old     string // e-mail address, "" for a new one
	Days    []weekdayBox
	Planned bool  // a change may call for a new plan
	Away    *form // adds days off in a row
	Stored  int   // the evaluator's own version, 0 for a new one
}

func (evaluatorFormPage) file() string { return "evaluator/form.html" }

// weekdayBox is a box for one weekday.
type weekdayBox struct {
	Value, Label string
	On           bool
}

func (s *Server) showNewEvaluator(c *visit) error {
	set, err := s.openSetup(c, "bedomare")
	if err != nil {
		return err
	}
	f := newForm("calls_per_day", "40", "emails_per_day", "40")
	f.setDays(workingWeek)
	return s.evaluatorForm(c, set, "", f)
}

func (s *Server) showEvaluator(c *visit) error {
	set, err := s.openSetup(c, "bedomare")
	if err != nil {
		return err
	}
	e, found := set.Evaluator(c.Param("email"))
	if !found {
		return survey.ErrNotFound
	}
	return s.evaluatorForm(c, set, e.Email, formOfEvaluator(e))
}

func (s *Server) evaluatorForm(c *visit, set survey.Setup, old string, f *form) error {
	return s.evaluatorPage(c, set, f, &evaluatorFormPage{Form: f, Old: old, Away: newForm()})
}

// evaluatorPage shows a form page of which the visitor has just sent f.
func (s *Server) evaluatorPage(c *visit, set survey.Setup, f *form, p *evaluatorFormPage) (err error) {
	title := "Ny bedömare"
	if e, found := set.Evaluator(p.Old); found {
		title, p.Stored = e.Name, survey.VersionOf(e)
	}
	if p.factFrame, err = s.newFactFrame(c, set, title, "bedomare"); err != nil {
		return err
	}
	p.Planned = p.Draft() && !set.Round.PlannedAt.IsZero()
	for _, d := range wholeWeek {
		value := fmt.Sprint(int(d))
		p.Days = append(p.Days, weekdayBox{value, weekdayNames[d], slices.Contains(p.Form.all("days"), value)})
	}
	return s.showForm(c, f, p)
}

// addEvaluatorAbsence adds days off in a row. Why somebody is away is nobody's
// business here: only the days are kept.
func (s *Server) addEvaluatorAbsence(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	e, found := set.Evaluator(c.Param("email"))
	if !found {
		return survey.ErrNotFound
	}
	away := fieldwork.Absence{From: f.date("away_from")}
	away.To = away.From
	if f.given("away_to") {
		away.To = f.date("away_to")
	}
	if f.ok() {
		err = s.Service.AddAbsence(c.ctx(), c.user, set.Round.Code, f.version(), e.Email, away)
	}
	var wrong survey.FieldErrors
	if errors.As(err, &wrong) {
		for _, w := range wrong {
			f.Errors.Add("away_"+w.Field, w.Message)
		}
	}
	if !f.ok() {
		return s.evaluatorPage(c, set, f, &evaluatorFormPage{Form: formOfEvaluator(e), Old: e.Email, Away: f})
	}
	days := survey.DayText(away.From)
	if away.To != away.From {
		days += " – " + survey.DayText(away.To)
	}
	return s.doneSaying(c, err, setupPath(set.Round, "bedomare", e.Email), saved(e.Name+" är frånvarande "+days+"."))
}

func (s *Server) addEvaluator(c *visit) error { return s.putEvaluator(c, "") }

func (s *Server) saveEvaluator(c *visit) error { return s.putEvaluator(c, c.Param("email")) }

func (s *Server) putEvaluator(c *visit, old string) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	e := f.evaluator(set.Round.Period)
	if old != "" {
		e.Email = old
	}
	if f.ok() {
		err = s.Service.SaveEvaluator(c.ctx(), c.user, set.Round.Code, f.version(), old == "", e)
	}
	if f.retry(err) {
		return s.evaluatorForm(c, set, old, f)
	}
	said := saved(e.Name + " är sparad.")
	if set.Round.Stage == survey.Draft && !set.Round.PlannedAt.IsZero() {
		said.Text += " Planen är oförändrad; gör om den om dagar eller antal har ändrats."
	}
	return s.doneSaying(c, err, setupPath(set.Round, "bedomare"), said)
}

// askRemoveEvaluator asks before an evaluator is taken out.
func (s *Server) askRemoveEvaluator(c *visit) error {
	set, err := s.draft(c, "bedomare")
	if err != nil {
		return err
	}
	e, found := set.Evaluator(c.Param("email"))
	if !found {
		return survey.ErrNotFound
	}
	assigned := 0
	for _, a := range set.Assignments {
		if a.Evaluator == e.Email {
			assigned++
		}
	}
	n, err := s.countContacts(c, set.Round, survey.ContactFilter{Evaluator: e.Email, States: []survey.State{survey.Planned}})
	if err != nil {
		return err
	}
	effect := "Bedömaren försvinner ur omgång " + set.Round.Code
	if assigned > 0 {
		effect += fmt.Sprintf(", med %s %s", number(assigned), plural(assigned, "tilldelning", "tilldelningar"))
	}
	if n > 0 {
		effect += ". " + contactsText(n) + " läggs på andra när planen görs om"
	}
	return s.askSetup(c, set, "Ta bort "+e.Name, "bedomare", confirm{
		URL: setupPath(set.Round, "bedomare", e.Email, "ta-bort"), Keep: setupPath(set.Round, "bedomare", e.Email),
		Title: "Ta bort " + e.Name + " ur omgång " + set.Round.Code + "?", Effect: effect + ". Kontot finns kvar.",
		Button: "Ta bort " + e.Name,
	})
}

func (s *Server) removeEvaluator(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code, email := c.Param("round"), c.Param("email")
	err = s.Service.RemoveEvaluator(c.ctx(), c.user, code, f.version(), email)
	return s.doneSaying(c, err, address("omgangar", code, "bedomare"),
		saved("Bedömaren "+email+" är borttagen ur omgången."))
}
