package web

import (
	"fmt"
	"slices"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// roundPage is a round at a glance: its stage, what is in place, what is
// missing, and what was done to it.
type roundPage struct {
	setupFrame
	State   planState
	Steps   []step
	Ready   []readyRow
	Missing int // rows of Ready that stop the start
	Remarks []string
	Next    *link // the step that the visitor can take
	History []roundEvent
}

func (roundPage) file() string { return "round/show.html" }

// readyRow is one part of the setup and how it stands.
type readyRow struct {
	Label, URL string
	State      badge
	Text       string
}

const shownEvents = 20

func (s *Server) showRound(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	tally, err := s.Service.RoundTally(c.ctx(), c.user, set.Round)
	if err != nil {
		return err
	}
	events, err := s.Service.History(c.ctx(), c.user, set.Round.Code, shownEvents*5)
	if err != nil {
		return err
	}
	p := &roundPage{
		setupFrame: newSetupFrame(c, set, "Mätomgång "+set.Round.Code, ""),
		Steps:      stageSteps(set.Round.Stage), Remarks: set.Round.Remarks(),
		Ready:   readyRows(set, tally, planIsOld(set.Round, events)),
		History: roundEvents(events, shownEvents),
	}
	for _, r := range p.Ready {
		if r.State.Kind == "late" {
			p.Missing++
		}
	}
	if p.State, err = s.planState(c, set); err != nil {
		return err
	}
	if p.State.Text != "" {
		p.Ready[len(p.Ready)-1].State = badge{"warn", "se över"} // the plan
	}
	if c.user.May(survey.EditSetup) {
		p.Next = nextStage(set.Round)
	}
	return s.show(c, p)
}

func stageSteps(now survey.Stage) []step {
	var steps []step
	for _, stage := range survey.Stages {
		steps = append(steps, step{Label: stage.Title(), Current: stage == now})
	}
	return steps
}

// nextStage leads to the step that a project lead takes from here.
func nextStage(r survey.Round) *link {
	switch r.Stage {
	case survey.Draft:
		return &link{Label: "Starta fältarbetet …", URL: setupPath(r, "starta")}
	case survey.Fieldwork:
		return &link{Label: "Avsluta fältarbetet …", URL: setupPath(r, "avsluta-faltarbetet")}
	case survey.Review, survey.Closed, survey.Published:
	}
	return nil
}

// readyRows says how each part of the setup stands.
func readyRows(set survey.Setup, tally fieldwork.Tally, planOld bool) []readyRow {
	r, d := set.Round, set.Round.Design
	days := len(r.Calendar.WorkingDays(r.Period.From, r.Period.To))
	rows := []readyRow{
		readyCount("Kalender", setupPath(r, "kalender"), days,
			fmt.Sprintf("%s %s i perioden", number(days), plural(days, "arbetsdag", "arbetsdagar")),
			"Ingen arbetsdag i perioden"),
		readyCount("Frågor", setupPath(r, "fragor"), len(d.Questions),
			fmt.Sprintf("%s i %s, %s per kommun och kanal", counted(len(d.Asked()), "fråga", "frågor"),
				counted(len(d.Areas), "område", "områden"), contactsText(d.Quota())),
			"Inga frågor. Läs in en frågebank eller skriv dem."),
		readyCount("Kommuner", setupPath(r, "kommuner"), len(set.Participants),
			number(len(set.Participants))+plural(len(set.Participants), " deltagande kommun", " deltagande kommuner"),
			"Inga kommuner. Läs in eller lägg till dem."),
		readyCount("Bedömare", setupPath(r, "bedomare"), len(set.Evaluators),
			fmt.Sprintf("%s bedömare", number(len(set.Evaluators))), "Inga bedömare. Läs in eller lägg till dem."),
		assignedRow(set), planRow(set, tally, planOld),
	}
	return rows
}

func readyCount(label, url string, n int, text, none string) readyRow {
	if n == 0 {
		return readyRow{label, url, badge{"late", "saknas"}, none}
	}
	return readyRow{label, url, badge{"ok", "klart"}, text}
}

// assignedRow says which areas with questions nobody is to take.
func assignedRow(set survey.Setup) readyRow {
	row := readyRow{Label: "Tilldelning", URL: setupPath(set.Round, "tilldelning")}
	taken := map[survey.QuestionArea]bool{}
	for _, a := range set.Assignments {
		taken[a.Area] = true
	}
	asked := set.Round.Design.Asked()
	areas, lacking := 0, []string(nil)
	for _, a := range set.Round.Design.Areas {
		of := func(q survey.Question) bool { return q.Area == a }
		if len(asked) > 0 && !slices.ContainsFunc(asked, of) {
			continue
		}
		areas++
		if !taken[a] {
			lacking = append(lacking, string(a))
		}
	}
	row.State, row.Text = badge{"ok", "klart"}, "Alla "+counted(areas, "område", "områden")+" har bedömare"
	if len(lacking) > 0 {
		row.State = badge{"late", "saknas"}
		row.Text = fmt.Sprintf("%d av %s har bedömare. Saknas: %s.", areas-len(lacking), counted(areas, "område", "områden"), listText(lacking))
	}
	return row
}

func planRow(set survey.Setup, tally fieldwork.Tally, old bool) readyRow {
	r := set.Round
	row := readyRow{Label: "Plan", URL: setupPath(r, "plan")}
	want := len(set.Wanted()) * r.Design.Replicates
	row.Text = number(tally.Planned) + " av " + contactsText(want)
	if r.Stage != survey.Draft { // those of municipalities that have left are among them
		row.Text = contactsText(tally.Planned)
	}
	if !r.PlannedAt.IsZero() {
		row.Text += ", planen gjord " + survey.MomentText(r.PlannedAt)
	}
	switch {
	case tally.Planned == 0:
		row.State, row.Text = badge{"late", "saknas"}, "Ingen plan. Gör den när tilldelningen är klar."
	case tally.Planned < want && r.Stage == survey.Draft:
		row.State = badge{"late", "ofullständig"}
	case old:
		row.State = badge{"warn", "se över"}
		row.Text += ". Upplägget har ändrats efter det; gör om planen om ändringen rör den."
	default:
		row.State = badge{"ok", "klart"}
	}
	return row
}

// planIsOld reports whether a draft's setup was changed after its plan was
// made, as far as the newest events tell.
func planIsOld(r survey.Round, events []survey.Event) bool {
	if r.Stage != survey.Draft || r.PlannedAt.IsZero() {
		return false
	}
	for _, e := range events {
		switch noun, _, _ := strings.Cut(e.Action, "."); noun {
		case "plan":
			return false
		case "round", "question", "questions", "calendar", "participant", "participants", "evaluator", "evaluators",
			"assignments":
			return true
		}
	}
	return false
}

// stagePage asks before a round goes on to its next stage.
type stagePage struct {
	setupFrame
	Confirm confirm
	Missing []readyRow // what stops the start
}

func (stagePage) file() string { return "round/stage.html" }

func (s *Server) askStart(c *visit) error {
	set, err := s.draft(c, "")
	if err != nil {
		return err
	}
	tally, err := s.Service.RoundTally(c.ctx(), c.user, set.Round)
	if err != nil {
		return err
	}
	p := &stagePage{setupFrame: newSetupFrame(c, set, "Starta fältarbetet", "")}
	for _, row := range readyRows(set, tally, false) {
		// Contacts that came by import need nobody assigned.
		if row.State.Kind == "late" && (row.Label == "Kommuner" || row.Label == "Frågor" || row.Label == "Plan") {
			p.Missing = append(p.Missing, row)
		}
	}
	p.Confirm = confirm{
		URL: setupPath(set.Round, "starta"), Keep: setupPath(set.Round, ""), Hidden: versionOf(set.Round),
		Title: "Starta fältarbetet i omgång " + set.Round.Code + "?",
		Effect: fmt.Sprintf("%s i %s lämnas till %s bedömare, som kan ringa och skriva från %s. "+
			"Upplägget och frågornas ordalydelse låses. Kalender, kommuner, bedömare, tilldelning och plan går att ändra "+
			"även sedan.",
			contactsText(tally.Planned), kommuner(len(set.Participants)), number(len(set.Evaluators)),
			survey.DateText(set.Round.Period.From)),
		Button: "Starta fältarbetet", Stay: "Starta inte", Busy: "Startar …",
	}
	return s.show(c, p)
}

// versionOf is the hidden field that a confirmation carries.
func versionOf(r survey.Round) []option { return []option{{"version", fmt.Sprint(r.Version)}} }

func (s *Server) startFieldwork(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	err = s.Service.StartFieldwork(c.ctx(), c.user, code, f.version())
	return s.doneSaying(c, err, address("omgangar", code),
		saved("Fältarbetet har börjat. Bedömarna ser sina kontakter under Min dag."))
}

func (s *Server) askReview(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	if set.Round.Stage != survey.Fieldwork {
		return s.locked(c, set.Round, "", survey.Refuse(survey.ErrConflict, "Omgång "+set.Round.Code+" är i skedet "+
			set.Round.Stage.Title()+". Fältarbetet kan bara avslutas medan det pågår."))
	}
	tally, err := s.Service.RoundTally(c.ctx(), c.user, set.Round)
	if err != nil {
		return err
	}
	p := &stagePage{setupFrame: newSetupFrame(c, set, "Avsluta fältarbetet", "")}
	p.Confirm = confirm{
		URL: setupPath(set.Round, "avsluta-faltarbetet"), Keep: setupPath(set.Round, ""), Hidden: versionOf(set.Round),
		Title: "Avsluta fältarbetet i omgång " + set.Round.Code + "?",
		Effect: fmt.Sprintf("%s av %s är klara. %s "+
			"Svar på skickade e-brev kan registreras till stoppgränsen, och kontakter kan granskas. Skedet går inte att backa.",
			number(tally.Done), contactsText(tally.Planned), lostText(tally.Missing())),
		Button: "Avsluta fältarbetet",
	}
	return s.show(c, p)
}

// lostText says what becomes of the contacts that are not made.
func lostText(n int) string {
	switch n {
	case 0:
		return "Inget återstår."
	case 1:
		return "Den som återstår kan inte ringas eller skickas mer."
	}
	return "De " + number(n) + " som återstår kan inte ringas eller skickas mer."
}

func (s *Server) startReview(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	err = s.Service.StartReview(c.ctx(), c.user, code, f.version())
	return s.doneSaying(c, err, address("omgangar", code), saved("Fältarbetet är avslutat och granskningen har börjat."))
}

// When gives the round's period in words.
func (p *roundPage) When() string {
	words := []string{periodText(p.Round.Period), p.Round.Period.WeeksText()}
	if p.Round.Label != "" {
		words = append(words, "kallas ”"+p.Round.Label+"”")
	}
	return strings.Join(words, ", ")
}

// IsDraft reports whether the round is still being set up.
func (p *roundPage) IsDraft() bool { return p.Round.Stage == survey.Draft }
