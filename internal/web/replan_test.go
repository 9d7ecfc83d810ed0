package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

var replanDoors = doorList{
	"GET /omgangar/:round/plan/forslag":     {lead, commissioner},
	"POST /omgangar/:round/plan/forslag":    {lead},
	"GET /omgangar/:round/plan/forslag.csv": {lead, commissioner},
	"POST /omgangar/:round/plan/infor":      {lead},
	"GET /omgangar/:round/plan/kasta":       {lead},
	"POST /omgangar/:round/plan/kasta":      {lead},
	"GET /omgangar/:round/plan/angra":       {lead},
	"POST /omgangar/:round/plan/angra":      {lead},
}

// sampleState is a plan that no longer fits; with Waiting it would say that a
// proposal waits instead.
var sampleState = planState{
	URL: "/x", Line: "Plan 7, införd mån 26 okt 16.02", Undo: &link{Label: "Ångra plan 7", URL: "/y"},
	Text: "214 kontakter kan inte göras som planerat.", Reasons: []string{"Maja är inte i tjänst då: 214."}, Can: true,
}

func sampleFacts(title string) factFrame { return factFrame{sampleFrame(title), sampleState} }

func lockedFacts(title string) factFrame {
	return factFrame{lockedFrame(title), planState{URL: "/x", Waiting: "Ett förslag gjordes."}}
}

// draftFrame is the frame of a round that is still being set up.
func draftFrame(title string) setupFrame {
	f := sampleFrame(title)
	round := *f.Round
	round.Stage, f.Locked = survey.Draft, ""
	f.Round = &round
	return f
}

var sampleProposal = proposalView{
	PlanStep: survey.PlanStep{
		Number: 7, ProposedAt: testNow, Unavoidable: 1, Reasons: []string{"Maja är frånvarande."}, Notes: []string{"Fulla dagar."},
	},
	Count: survey.StepCount{Moved: 2, NewDay: 1, NewEvaluator: 1, Added: 1, Removed: 1},
	Title: "2 flyttas", All: &link{Label: "Visa alla 12", URL: "/x"}, Button: "Inför, ändra 4 kontakter", LastDay: "fre 20 nov", LastWas: "oförändrad", Pager: samplePager, File: "/x",
	Rows: []changeRow{
		{"Åmål", "BYGG1, samtal", slotText{"ons 28 okt 9.14", "Maja", false, false}, slotText{"tor 29 okt 9.14", "Emil", true, true}},
		{"Åmål", "BYGG1, samtal", slotText{"ons 28 okt 9.14", "Maja", false, false}, slotText{"ons 28 okt 9.14", "Maja", false, false}},
		{"Åmål", "BYGG2, e-brev", slotText{}, slotText{"tor 29 okt 9.14", "Emil", true, true}},
		{"Åmål", "BYGG3, e-brev", slotText{"tor 29 okt 9.14", "Emil", false, false}, slotText{}},
	},
	Figures: []evenRow{
		{survey.PlanFigure{Title: "Kontakter per dag", Before: 1, After: 8, Bound: 1, Limit: 8, Why: "Få bedömare."}, "≤",
			"7 över gränsen", true},
		{survey.PlanFigure{Title: "Dagar emellan", Before: 9, After: 9, Bound: 9, Limit: 9, AtLeast: true}, "≥", "", false},
	},
}

var replanSamples = func() []page {
	stale := sampleProposal
	stale.Stale, stale.Count = true, survey.StepCount{Added: 1}
	frame := sampleLayout("Förslag till ny plan", lead)
	return []page{
		&replanPage{layout: frame, Proposal: &sampleProposal, State: sampleState, Form: wrongForm(""), Can: true, Assign: "/x", Plan: "/y"},
		&replanPage{layout: frame, Proposal: &stale, State: sampleState, Form: newForm(), Can: true, Assign: "/x", Plan: "/y"},
		&replanPage{layout: frame, State: sampleState, Form: newForm(), Short: []string{"Bygglov räcker inte."}, Assign: "/x", Plan: "/y"},
		&replanPage{layout: frame, Form: newForm(), Consent: []string{"Bygglov har en bedömare."}, Assign: "/x", Plan: "/y"},
	}
}()

// closeRound closes the round whatever its check-list says.
func (a *app) closeRound(t testing.TB) {
	t.Helper()
	waive := map[survey.CheckItem]string{}
	for _, item := range survey.CheckItems {
		waive[item] = "prov"
	}
	if err := a.service.CloseRound(t.Context(), a.users[survey.RoleCommissioner], "2026", waive); err != nil {
		t.Fatal(err)
	}
}

// awayTomorrow is inField with a third evaluator, and the one with most to do
// tomorrow and after falls ill for the rest of the week.
func (a *app) awayTomorrow(t *testing.T) (ill string) {
	t.Helper()
	a.assigned(t)
	ctx, by := t.Context(), survey.CommandLine
	third := survey.Evaluator{Email: "tova@example.se", Name: "Tova Lund", CallsPerDay: 20, EmailsPerDay: 20}
	for _, err := range []error{
		a.service.SaveEvaluators(ctx, by, "2026", []survey.Evaluator{third}),
		a.service.AddAssignments(ctx, by, "2026", []survey.Assignment{{Area: "bygglov", Evaluator: third.Email}}),
		second(a.service.Plan(ctx, by, "2026", fieldwork.PlanRequest{Seed: 1})),
		a.service.StartFieldwork(ctx, by, "2026", 0),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a.busiest(t, officehours.DateOf(testNow).AddDays(1), 3)
}

func second[T any](_ T, err error) error { return err }

// busiest is the evaluator with most planned contacts on the days.
func (a *app) busiest(t *testing.T, from officehours.Date, days int) string {
	t.Helper()
	cs, _, err := a.service.Contacts(t.Context(), survey.CommandLine, "2026", survey.ContactFilter{
		PlannedFrom: from.At(0, 0), PlannedTo: from.AddDays(days).At(0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	n, most := map[string]int{}, ""
	for _, c := range cs {
		if n[c.Evaluator]++; n[c.Evaluator] > n[most] {
			most = c.Evaluator
		}
	}
	if most == "" {
		t.Fatal("nothing is planned on the days")
	}
	return most
}

// reportAbsence adds an absence on the evaluator's page.
func reportAbsence(w *walk, email string) *walk {
	w.t.Helper()
	w.open("/omgangar/2026/bedomare/"+email).form(`form[action$="/franvaro"]`).set("away_from", "28 okt").
		set("away_to", "30 okt").submit()
	return w.wants(http.StatusOK).sees(".flash-ok", "är frånvarande ons 28 okt – fre 30 okt")
}

func TestAnAbsenceLeadsToANewPlanAndBack(t *testing.T) {
	a := newApp(t)
	ill := a.awayTomorrow(t)
	w := reportAbsence(a.as(t, lead), ill).sees(".flash-warn", "Planen stämmer inte längre")
	w.form(`form[action$="/plan/forslag"]`).submit("Förhandsvisa").wants(http.StatusOK)
	w.sees("h1", "Förslag till ny plan").sees(".b-warn", "Inte infört").sees("th", "Kommun").sees("#h-figures", "Jämnheten")
	w.open("/omgangar/2026/bedomare").sees(".flash-warn", "Förslag väntar").follow("Se förslaget")
	rows := w.open("/omgangar/2026/plan/forslag?alla=1").find("section.here tbody tr").Length()

	w.follow("Hämta som fil").wants(http.StatusOK)
	if lines := strings.Count(string(w.body), "\n"); lines != rows+1 {
		t.Errorf("the file has %d lines, the page %d rows", lines, rows)
	}
	w.open("/omgangar/2026/plan/forslag").form(`form[action$="/plan/infor"]`).submit("Inför").wants(http.StatusOK)
	w.sees(".flash-ok", "Plan 1 är införd")
	if n := a.plannedFor(t, ill); n != 0 {
		t.Errorf("%d contacts are still planned for %s", n, ill)
	}
	w.open("/omgangar/2026/bedomare").lacks(".flash-warn")
	w.open("/omgangar/2026/plan/angra").sees(".confirm", "Ångra plan 1").form("form.confirm").submit().wants(http.StatusOK)
	w.sees(".flash-ok", "Plan 1 är ångrad")
	if a.plannedFor(t, ill) == 0 {
		t.Error("nothing came back")
	}
	w.sees(".title", "Plan 1, ångrad").lacks(`a[href$="/plan/angra"]`)
	if text := w.text(".title"); strings.Contains(text, "Planen gjordes") {
		t.Errorf("the time of the undoing is not that of the plan: %s", text)
	}
	w.open("/omgangar/2026/plan/angra").wants(http.StatusOK).sees(".flash", "Det finns inget att ångra")
}

// Every row of a long proposal is on one of its pages.
func TestALongProposalHasPages(t *testing.T) {
	set := survey.Setup{Round: survey.Round{Code: "2026"}}
	step := survey.PlanStep{Changes: make([]survey.PlanChange, 778)}
	for i := range step.Changes {
		step.Changes[i].Key.Municipality = strconv.Itoa(i)
	}
	first := newProposal(request("/omgangar/2026/plan/infor"), set, step)
	if len(first.Rows) != firstChanges || first.All == nil || first.All.Label != "Visa alla 778, 100 per sida" ||
		first.All.URL != "/omgangar/2026/plan/forslag?alla=1" {
		t.Fatalf("at first %d rows and %+v", len(first.Rows), first.All)
	}
	seen := 0
	for target := first.All.URL; target != ""; {
		p := newProposal(request(target), set, step)
		for _, row := range p.Rows {
			if row.Place != strconv.Itoa(seen) {
				t.Fatalf("%s: row %s where %d should be", target, row.Place, seen)
			}
			seen++
		}
		if p.All != nil || !p.Pager.Many() {
			t.Fatalf("%s: %+v", target, p.Pager)
		}
		target = p.Pager.Next
	}
	if seen != len(step.Changes) {
		t.Errorf("%d rows on the pages, want %d", seen, len(step.Changes))
	}
}

// plannedFor counts what is planned for the evaluator on the days away.
func (a *app) plannedFor(t *testing.T, email string) int {
	t.Helper()
	_, n, err := a.service.Contacts(t.Context(), survey.CommandLine, "2026", survey.ContactFilter{
		Evaluator: email, PlannedFrom: officehours.DateOf(testNow).AddDays(1).At(0, 0),
		PlannedTo: officehours.DateOf(testNow).AddDays(4).At(0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnOldProposalIsNotApplied(t *testing.T) {
	a := newApp(t)
	ill := a.awayTomorrow(t)
	w := reportAbsence(a.as(t, lead), ill)
	w.form(`form[action$="/plan/forslag"]`).submit("Förhandsvisa").wants(http.StatusOK)
	apply := w.form(`form[action$="/plan/infor"]`)
	set := a.setupNow(t)
	set.Evaluators[0].CallsPerDay++
	if err := a.service.SaveEvaluators(t.Context(), survey.CommandLine, "2026", set.Evaluators); err != nil {
		t.Fatal(err)
	}
	apply.submit("Inför").wants(http.StatusUnprocessableEntity).sees("#errors", "Planen har ändrats sedan förslaget gjordes")
	w.sees(".flash-warn", "Gör ett nytt förslag").form(`form[action$="/plan/forslag"]`).submit().wants(http.StatusOK)
	w.follow("Kasta förslaget …").sees("form.confirm", "planen förblir som den är").form("form.confirm").submit().wants(http.StatusOK).sees(".flash-ok", "Förslaget är kastat")
	w.open("/omgangar/2026/plan/forslag").wants(http.StatusOK).lacks(`form[action$="/plan/infor"]`)
	w.open("/omgangar/2026/plan/forslag.csv").wants(http.StatusOK).sees("h1", "Förslag till ny plan")
}

func TestAPlanThatFitsIsLeftAlone(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, lead).open("/omgangar/2026/plan/forslag").wants(http.StatusOK).sees(".empty", "Planen stämmer")
	a.as(t, commissioner).open("/omgangar/2026/plan/forslag").wants(http.StatusOK).lacks(`main form`)
	w.form("main form").submit("Räkna om planen").wants(http.StatusOK).sees(".flash-ok", "Ingenting behöver flyttas")
}

func TestWhatDoesNotSufficeIsSaid(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	set := a.setupNow(t)
	for i := range set.Evaluators {
		set.Evaluators[i].CallsPerDay, set.Evaluators[i].EmailsPerDay = 0, 0
	}
	if err := a.service.SaveEvaluators(t.Context(), survey.CommandLine, "2026", set.Evaluators); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, lead).open("/omgangar/2026/plan/forslag").sees(".flash-warn", "för många samtal på en dag")
	w.form(`form[action$="/plan/forslag"]`).submit().wants(http.StatusUnprocessableEntity).sees(".flash-late", "Räcker inte")
}

func TestAnAbsenceNeedsDays(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/bedomare/omar.ek@example.se")
	w.form(`form[action$="/franvaro"]`).set("away_from", "").submit().wants(http.StatusUnprocessableEntity).
		sees("#f-away_from-err", "Skriv datumet")
	w.form(`form[action$="/franvaro"]`).set("away_from", "29 okt").set("away_to", "28 okt").submit().
		wants(http.StatusUnprocessableEntity).sees("#f-away_to-err", "före den första")
	if got := w.find("#f-name").AttrOr("value", ""); got != "Omar Ek" {
		t.Errorf("the other form shows %q", got)
	}
	w.form(`form[action$="/franvaro"]`).set("away_to", "").submit().wants(http.StatusOK).sees("#f-absent", "tor 29 okt 2026")
}

func TestFactsChangeDuringTheFieldwork(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/kommuner").follow("Håbo").lacks("#f-population").lacks(`a[href$="/ta-bort"]`)
	w.form("main form").set("phone", "0171-525 11").set("left", "3 nov").submit().wants(http.StatusOK)
	w.sees("tr:has(th:contains('Håbo'))", "lämnar tis 3 nov").sees(".flash-warn", "Håbo lämnar omgången tis 3 nov")
	w.follow("Lägg till kommuner").form("form[role=search]").set("sok", "Enköping").submit().wants(http.StatusOK)
	w.form("form.panel").choose("on_0381", "1").set("phone_0381", "0171-62 50 00").set("email_0381", "e@example.se").submit().
		wants(http.StatusOK).sees("tr:has(th:contains('Enköping'))", "med från ons 28 okt")
	w.open("/omgangar/2026/kommuner/0381").form("main form").set("joined", "26 okt").submit().
		wants(http.StatusUnprocessableEntity).sees("#f-joined-err", "har varit")
	w.open("/omgangar/2026/bedomare/emil@example.se").form("main form.panel").set("opens", "8").set("closes", "15.00").
		submit().wants(http.StatusOK).sees("tr:has(th:contains('Emil Öberg'))", "mån–fre, 8.00–15.00")
	w.open("/omgangar/2026/kalender/dag?dag=2026-10-30").form("main form").choose("kind", "closed").submit().
		wants(http.StatusOK).sees("tr:has(th:contains('fre 30 okt 2026'))", "stängt")
	h := a.setupNow(t).Round.Calendar.HoursOn(surveytest.Start.AddDays(11))
	if !h.Closed() {
		t.Errorf("the Friday is open %v", h)
	}
}

// TestReplanJourney is what a lead does when somebody falls ill, in a browser.
func TestReplanJourney(t *testing.T) {
	a := newApp(t)
	ill := a.awayTomorrow(t)
	b := newBrowser(t, a)
	b.login(survey.RoleLead)
	b.open("/omgangar/2026/bedomare/" + ill)
	b.write(`input[name="away_from"]`, "28 okt")
	b.write(`input[name="away_to"]`, "30 okt")
	b.press(`form[action$="/franvaro"] button`)
	b.sees("main", "Planen stämmer inte längre")
	b.press(`form[action$="/plan/forslag"] button`)
	b.sees("h1", "Förslag till ny plan")
	b.sees("section.here", "Inte infört")
	before := a.plannedFor(t, ill)
	a.clock.advance(time.Minute)
	b.press(`form[action$="/plan/infor"] button`)
	b.sees(".flash", "Plan 1 är införd")
	if n := a.plannedFor(t, ill); before == 0 || n != 0 {
		t.Fatalf("%d contacts before and %d after", before, n)
	}
	b.open("/omgangar/2026/plan/angra")
	b.press(`form.confirm button`)
	b.sees(".flash", "Plan 1 är ångrad")
	if n := a.plannedFor(t, ill); n != before {
		t.Fatalf("%d contacts came back, want %d", n, before)
	}
}
