package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// setupDoors is who may use the pages of a round's setup: those who see it
// read, and project leads write.
var setupDoors = func() doorList {
	doors := doorList{}
	for _, list := range [][]route{
		roundRoutes, designRoutes, questionRoutes, calendarRoutes, participantRoutes, evaluatorRoutes, uploadRoutes,
	} {
		for _, r := range list {
			doors[r.method+" "+r.path] = []survey.Role{lead}
		}
	}
	for _, path := range []string{
		"/omgangar", "/omgangar/:round", "/omgangar/:round/upplagg", "/omgangar/:round/fragor",
		"/omgangar/:round/fragor/:question",
		"/omgangar/:round/kalender", "/omgangar/:round/kommuner", "/omgangar/:round/kommuner/:municipality",
		"/omgangar/:round/bedomare",
	} {
		doors["GET "+path] = []survey.Role{lead, commissioner}
	}
	return doors
}()

var setupSamples = slices.Concat(
	roundSamples, designSamples, questionSamples, calendarSamples, participantSamples, evaluatorSamples, uploadSamples,
)

// sampleFrame is a setup page in which everything is shown.
func sampleFrame(title string) setupFrame {
	return setupFrame{
		layout: sampleLayout(title, lead), Code: "2026", Edit: true, Locked: "Fältarbetet har börjat.",
		Parts: tabs{Name: "Omgångens delar", Items: []link{{Label: "Översikt", URL: "/omgangar/2026", Current: true,
			Count: 3}}},
	}
}

// lockedFrame is one in which nothing can be changed.
func lockedFrame(title string) setupFrame {
	f := sampleFrame(title)
	f.Edit = false
	return f
}

var sampleConfirm = confirm{
	URL: "/x", Title: "Ta bort BYGG1?", Effect: "Den försvinner.", Button: "Ta bort BYGG1", Keep: "/y",
	Hidden: []option{{"version", "3"}},
}

var roundSamples = []page{
	&roundsPage{layout: sampleLayout("Mätomgångar", lead), Edit: true, Rounds: []roundRow{
		{Round: surveytest.Round(), Stages: badge{"info", "Fältarbete"}, Tally: fieldwork.Tally{Planned: 100, Done: 40},
			Live: true},
	}},
	&roundsPage{layout: sampleLayout("Mätomgångar", lead), Edit: true},
	&roundsPage{layout: sampleLayout("Mätomgångar", commissioner)},
	&newRoundPage{layout: sampleLayout("Ny omgång", lead), Form: wrongForm("code", "from", "to", "label")},
	&roundPage{
		setupFrame: sampleFrame("Mätomgång 2026"), Steps: []step{{"Utkast", false}, {"Fältarbete", true}}, Missing: 1,
		Ready: []readyRow{{"Plan", "/x", badge{"late", "saknas"}, "Ingen plan."}}, Remarks: []string{"Perioden är 4 veckor."},
		Next: &link{Label: "Starta fältarbetet …", URL: "/x"}, History: []roundEvent{{"tis 27 okt 10.32", "sofia@example.se",
			"Planen gjordes"}},
	},
	&roundPage{setupFrame: lockedFrame("Mätomgång 2026")},
	&stagePage{setupFrame: sampleFrame("Starta"), Confirm: sampleConfirm},
	&stagePage{setupFrame: sampleFrame("Starta"), Confirm: sampleConfirm,
		Missing: []readyRow{{"Plan", "/x", badge{"late", "saknas"}, "Ingen plan."}}},
}

// setupRound makes a draft of five weeks with three municipalities, two
// evaluators and nothing assigned.
func (a *app) setupRound(t testing.TB) {
	t.Helper()
	ctx, by := t.Context(), survey.CommandLine
	period := survey.FieldPeriod{From: surveytest.Start, To: surveytest.Start.AddDays(32)}
	if _, err := a.service.CreateNamedRound(ctx, by, "2026", period, "vecka 43–47"); err != nil {
		t.Fatal(err)
	}
	if err := a.service.SaveParticipants(ctx, by, "2026", surveytest.Participants()); err != nil {
		t.Fatal(err)
	}
	if err := a.service.SaveEvaluators(ctx, by, "2026", surveytest.Evaluators()); err != nil {
		t.Fatal(err)
	}
}

// setupNow reads the round as it is stored.
func (a *app) setupNow(t testing.TB) survey.Setup {
	t.Helper()
	set, err := a.service.Setup(t.Context(), survey.CommandLine, "2026")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// startRound puts the round into the field with every contact it needs.
func (a *app) startRound(t testing.TB) {
	t.Helper()
	a.planRound(t)
	if err := a.service.StartFieldwork(t.Context(), survey.CommandLine, "2026", 0); err != nil {
		t.Fatal(err)
	}
}

// planRound gives the draft its contacts.
func (a *app) planRound(t testing.TB) {
	t.Helper()
	set := a.setupNow(t)
	cs := surveytest.Contacts(set)
	for i := range cs { // the samples are made for ordinary hours
		if cal, day := set.Round.Calendar, officehours.DateOf(cs[i].PlannedAt); !cal.Open(cs[i].PlannedAt) {
			cs[i].PlannedAt = day.At(0, int(cal.HoursOn(day).Opens))
		}
	}
	if _, err := a.service.ImportContacts(t.Context(), survey.CommandLine, set, cs); err != nil {
		t.Fatal(err)
	}
}

func TestARoundIsCreated(t *testing.T) {
	a := newApp(t)
	w := a.as(t, lead).open("/omgangar").sees(".empty", "Ingen omgång än").follow("Ny omgång")
	w.form("main form").set("code", "2026").set("from", "19 okt 2026").set("to", "2026-11-13").
		set("label", "vecka 43–47").submit()
	w.wants(http.StatusOK).sees("h1", "Mätomgång 2026").sees(".flash-ok", "Omgång 2026 är skapad")
	w.sees("main", "Perioden är 4 veckor").sees("main", "kallas ”vecka 43–47”, men datumen är vecka 43–46")
	w.sees("tr:has(th:contains('Frågor'))", "60 frågor i 10 områden").sees("tr:has(th:contains('Kommuner'))", "saknas")
	w.sees("tr:has(td:contains('Omgången skapades'))", "lead@example.se")
	w.open("/omgangar").sees("tbody tr", "vecka 43–46").sees("tbody tr .b", "Utkast")
}

func TestWhatIsWrongWithANewRoundIsSaidAtItsField(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/ny")
	w.form("main form").set("code", "a b").set("from", "31 nov 2026").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#f-from-err", "finns inte i kalendern")
	if got := w.find("#f-from").AttrOr("value", ""); got != "31 nov 2026" {
		t.Errorf("the field holds %q, want what was written", got)
	}
	w.form("main form").set("from", "2026-10-19").submit().wants(http.StatusUnprocessableEntity).
		sees("#f-to-err", "periodens sista dag")
	w.form("main form").set("from", "2026-10-19").set("to", "2026-10-01").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#f-code-err", "kort kod").sees("#f-to-err", "före den första")
	w.form("main form").set("code", "2026").set("to", "2026-11-20").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#f-code-err", "finns redan")
}

func TestTheOverviewSaysWhatIsMissing(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026")
	w.sees("tr:has(th:contains('Tilldelning'))", "0 av 10 områden har bedömare. Saknas: bygglov")
	w.sees("tr:has(th:contains('Plan'))", "Ingen plan").sees("main .steps [aria-current]", "Utkast")
	w.follow("Starta fältarbetet …").wants(http.StatusOK).sees("main", "Det går inte än").lacks("main form")
	version := url.Values{"form_id": {"0197f7a0-0000-7000-8000-000000000001"}, "version": {"3"}}
	w.post("/omgangar/2026/starta", version).wants(http.StatusConflict).sees("main", "Planen är inte komplett")
}

func TestFieldworkIsStartedAndEnded(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	a.planRound(t)
	w := a.as(t, lead).open("/omgangar/2026").follow("Starta fältarbetet …")
	w.sees(".confirm", "720 kontakter i 3 kommuner").form("form.confirm").submit()
	w.wants(http.StatusOK).sees(".flash-ok", "Fältarbetet har börjat").sees("main .steps [aria-current]", "Fältarbete")
	w.open("/omgangar/2026/starta").wants(http.StatusOK).sees(".flash", "har börjat").sees("h1", "Mätomgång 2026")
	w.open("/omgangar").sees("tbody tr", "av 720")
	w.open("/omgangar/2026").follow("Avsluta fältarbetet …").sees(".confirm", "av 720 kontakter är klara").
		form("form.confirm").submit()
	w.wants(http.StatusOK).sees("main .steps [aria-current]", "Granskning").lacks("a:contains('Avsluta fältarbetet')")
	w.open("/omgangar/2026/avsluta-faltarbetet").sees(".flash", "kan bara avslutas medan det pågår").
		sees("h1", "Mätomgång 2026")
}

func TestAStaleStartIsRefused(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	a.planRound(t)
	w := a.as(t, lead).open("/omgangar/2026/starta")
	form := w.form("form.confirm")
	if err := a.service.SaveEvaluators(t.Context(), survey.CommandLine, "2026",
		[]survey.Evaluator{{Email: "ny@example.se", Name: "Ny"}}); err != nil {
		t.Fatal(err)
	}
	form.submit().wants(http.StatusConflict).sees("h1", "Någon annan hann före")
	if stage := a.setupNow(t).Round.Stage; stage != survey.Draft {
		t.Errorf("the round is in %s, want a draft", stage)
	}
}

// Every form that changes a draft names the version it was filled from.
func TestEveryStaleFormOfTheSetupIsRefused(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	fill := map[string]func(*walkForm){
		"/kalender/dag": func(f *walkForm) { f.set("day", "4 nov") },
		"/lagg-till-kommuner": func(f *walkForm) {
			f.choose("on_1440", "1").set("phone_1440", "0303-703 000").set("email_1440", "a@example.se")
		},
	}
	w := a.as(t, lead)
	for i, path := range []string{
		"/upplagg/grunder", "/upplagg/granser", "/upplagg/kriterier", "/upplagg/vikter", "/upplagg/omraden",
		"/fragor/BYGG1/ta-bort", "/kalender", "/kalender/dag", "/kommuner/0305/ta-bort", "/lagg-till-kommuner",
		"/bedomare/omar.ek@example.se/ta-bort",
	} {
		form := w.open("/omgangar/2026" + path).form(`main form[method="post"]`)
		if fill[path] != nil {
			fill[path](form)
		}
		other := survey.Evaluator{Email: "annan@example.se", Name: "Annan", CallsPerDay: i + 1}
		if err := a.service.SaveEvaluators(t.Context(), survey.CommandLine, "2026", []survey.Evaluator{other}); err != nil {
			t.Fatal(err)
		}
		before := a.setupNow(t).Round.Version
		form.submit().wants(http.StatusConflict)
		if !strings.HasSuffix(path, "/ta-bort") {
			w.sees("#stale", "Det du har fyllt i står kvar")
		}
		if after := a.setupNow(t).Round.Version; after != before {
			t.Errorf("%s changed the round", path)
		}
	}
}

func TestThePlanOfAChangedDraftIsPointedOut(t *testing.T) {
	r := survey.Round{Stage: survey.Draft, PlannedAt: testNow}
	event := func(action string) survey.Event { return survey.Event{Change: survey.Change{Action: action}} }
	for _, c := range []struct {
		events []survey.Event
		want   bool
	}{
		{[]survey.Event{event("plan.make"), event("participants.save")}, false},
		{[]survey.Event{event("participants.save"), event("plan.make")}, true},
		{[]survey.Event{event("contact.void"), event("plan.make")}, false},
		{nil, false},
	} {
		if got := planIsOld(r, c.events); got != c.want {
			t.Errorf("planIsOld(%v) = %v, want %v", c.events, got, c.want)
		}
	}
	if planIsOld(survey.Round{Stage: survey.Draft}, []survey.Event{event("round.basics")}) {
		t.Error("a round without a plan has an old one")
	}
}

func TestThePlanRowTellsWhatIsMissing(t *testing.T) {
	set := survey.Setup{Round: surveytest.Round(), Participants: surveytest.Participants()}
	set.Round.Stage = survey.Draft // and one of the three municipalities leaves
	for want, tally := range map[string]fieldwork.Tally{
		"saknas": {}, "ofullständig": {Planned: 470}, "klart": {Planned: 480},
	} {
		if row := planRow(set, tally, false); row.State.Text != want {
			t.Errorf("%+v is %q, want %q", tally, row.State.Text, want)
		}
	}
}

func TestEveryActionInTheHistoryHasWords(t *testing.T) {
	for action, words := range eventWords {
		e := survey.Event{Change: survey.Change{Action: action, Detail: "BYGG1"}}
		if text := eventText(e); strings.Contains(text, "%") || text == action || words == "" {
			t.Errorf("%s is told as %q", action, text)
		}
	}
	rows := roundEvents([]survey.Event{
		{Change: survey.Change{By: "a@example.se", Action: "call.report"}}, {Change: survey.Change{By: "a@example.se",
			Action: "call.report"}},
		{Change: survey.Change{By: "b@example.se", Action: "contacts.import", Detail: "69600"}},
		{Change: survey.Change{By: "b@example.se", Action: "calendar.day", Detail: "2026-10-30"}},
	}, 20)
	if len(rows) != 3 || rows[2].What != "Kalenderdagen fre 30 okt 2026 ändrades" || rows[0].What != "Ett samtal bedömdes, 2 gånger" ||
		squeeze(rows[1].What) != "69 600 kontakter lästes in" {
		t.Errorf("rows are %+v", rows)
	}
}

func TestTheCommissionerReadsAndTheReaderIsRefused(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, commissioner)
	for _, path := range []string{"", "/upplagg", "/fragor", "/fragor/BYGG1", "/kalender", "/kommuner", "/kommuner/0305",
		"/bedomare"} {
		w.open("/omgangar/2026" + path).wants(http.StatusOK).lacks(`main form[method="post"]`).lacks("main .btn-p").
			lacks("a:contains('Ändra')")
	}
	for _, r := range routes {
		if r.method == post && strings.HasPrefix(r.path, "/omgangar/:round/upplagg") {
			w.post(strings.Replace(r.path, ":round", "2026", 1), url.Values{}).wants(http.StatusForbidden)
		}
	}
	for _, role := range []survey.Role{reader, evaluator, admin} {
		a.as(t, role).open("/omgangar/2026/kommuner").wants(http.StatusForbidden)
	}
}

func TestPeriodsAndListsInWords(t *testing.T) {
	p := survey.FieldPeriod{From: officehours.Date{Year: 2026, Month: 12, Day: 21},
		To: officehours.Date{Year: 2027, Month: 1, Day: 8}}
	if got := periodText(p) + ", " + p.WeeksText(); got != "mån 21 dec 2026 – fre 8 jan 2027, vecka 52–1" {
		t.Errorf("the period is %q", got)
	}
	for want, names := range map[string][]string{"": nil, "a": {"a"}, "a och b": {"a", "b"},
		"a, b och c": {"a", "b", "c"}} {
		if got := listText(names); got != want {
			t.Errorf("listText(%q) = %q, want %q", names, got, want)
		}
	}
}
