package web

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

var evaluatorSamples = []page{
	&evaluatorsPage{factFrame: sampleFacts("Bedömare"), Calls: 80, Emails: 80, Table: sampleTable, Rows: []evaluatorRow{
		{surveytest.Evaluators()[0], "hela perioden", "mån–fre", "ons 28 okt", 3}, {surveytest.Evaluators()[1],
			"hela perioden", "mån–fre", "", 0},
	}},
	&evaluatorsPage{factFrame: sampleFacts("Bedömare"), Table: sampleTable},
	&evaluatorsPage{factFrame: sampleFacts("Bedömare")}, &evaluatorsPage{factFrame: lockedFacts("Bedömare")},
	&evaluatorFormPage{sampleFacts("Åsa Berg"), wrongForm("name", "email", "calls_per_day", "emails_per_day", "days",
		"from", "to", "absent", "opens", "closes"),
		"asa.berg@example.se", []weekdayBox{{"1", "måndag", true}, {"6", "lördag", false}}, true, newForm(), 1},
	&evaluatorFormPage{sampleFacts("Åsa Berg"), newForm(), "asa.berg@example.se", nil, false,
		wrongForm("away_from", "away_to"), 1},
	&evaluatorFormPage{sampleFacts("Ny bedömare"), wrongForm("email"), "", nil, false, newForm(), 0},
}

func TestEvaluatorsAreListed(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/bedomare").wants(http.StatusOK).sees("main", "högst 85 samtal och 80 e-brev")
	w.sees("tr:has(th:contains('Åsa Berg'))", "mån, tor").sees("tr:has(th:contains('Åsa Berg'))", "tor 22 okt, fre 23 okt")
	w.sees("tr:has(th:contains('Omar Ek'))", "hela perioden")
}

func TestAnEvaluatorIsAdded(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/bedomare").follow("Lägg till bedömare")
	w.form("main form").set("email", "omar.ek@example.se").set("name", "Örjan Åberg").set("absent", "28 okt\nsnart").
		clear("days").submit()
	w.wants(http.StatusUnprocessableEntity).sees("#f-absent-err", "”snart”").sees("#f-days .err-msg", "minst en veckodag")
	w.form("main form").set("absent", "29 okt; 28 okt\n2026-10-28").choose("days", "1").submit().
		wants(http.StatusUnprocessableEntity)
	w.sees("#f-email-err", "finns redan")
	w.form("main form").set("email", "Orjan.Aberg@example.se").set("to", "13 nov").submit().wants(http.StatusOK)
	w.sees("tr:has(th:contains('Örjan Åberg'))", "till fre 13 nov").
		sees("tr:has(th:contains('Örjan Åberg'))", "ons 28 okt, tor 29 okt")
	e, found := a.setupNow(t).Evaluator("orjan.aberg@example.se")
	if !found || e.CallsPerDay != 40 || !slices.Equal(e.Days, []time.Weekday{time.Monday}) || len(e.Absent) != 2 {
		t.Errorf("stored %+v", e)
	}
}

func TestDaysWithoutAYearAreNearThePeriod(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	a.clock.set(surveytest.Start.AddDays(-500).At(9, 0))
	w := a.as(t, lead).open("/omgangar/2026/ny-bedomare")
	w.form("main form").set("email", "ny@example.se").set("name", "Ny").set("from", "26 okt").set("absent", "28 okt").
		submit()
	w.wants(http.StatusOK).sees("tr:has(th:contains('Ny'))", "ons 28 okt")
	if e, _ := a.setupNow(t).Evaluator("ny@example.se"); e.From.Year != 2026 || e.Absent[0].Year != 2026 {
		t.Errorf("from %v, absent %v, want 2026", e.From, e.Absent)
	}
	w.open("/omgangar/2026/kalender/dag").form("main form").set("day", "4 nov").submit().wants(http.StatusOK).
		sees(".flash-ok", "ons 4 nov 2026")
}

func TestAnEvaluatorIsChangedAlsoInTheField(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	a.startRound(t)
	w := a.as(t, lead).open("/omgangar/2026/bedomare").follow("Åsa Berg").lacks(`[name="email"]`).
		lacks("a:contains('Ta bort')")
	w.sees("main", "kan inte tas bort").form("main form.panel").set("calls_per_day", "10").submit().wants(http.StatusOK)
	want := surveytest.Evaluators()[0]
	e, _ := a.setupNow(t).Evaluator(want.Email)
	if e.CallsPerDay != 10 || !slices.Equal(e.Absent, want.Absent) || !slices.Equal(e.Days, want.Days) ||
		e.From != want.From || e.To != want.To {
		t.Errorf("stored %+v, want all but the calls of %+v", e, want)
	}
	w.open("/omgangar/2026/bedomare/asa.berg@example.se/ta-bort").sees("h1", "Bedömare").
		sees(".flash", "kan bara ändras i ett utkast")
	w.open("/omgangar/2026/bedomare/ingen@example.se").wants(http.StatusNotFound)
}

func TestAnEvaluatorIsRemovedWithAssignments(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	if err := a.service.AddAssignments(t.Context(), survey.CommandLine, "2026",
		[]survey.Assignment{{Area: "bygglov", Evaluator: "omar.ek@example.se"}}); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, lead).open("/omgangar/2026/bedomare/omar.ek@example.se").follow("Ta bort ur omgången …")
	w.sees(".confirm", "med 1 tilldelning. Kontot finns kvar.").form("form.confirm").submit().wants(http.StatusOK).
		lacks("th:contains('Omar Ek')")
	if n := len(a.setupNow(t).Assignments); n != 0 {
		t.Errorf("%d assignments are left", n)
	}
}

func TestTheListsOfTheSetupAreSortedAndSearched(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, lead)
	first := func() string { return squeeze(w.find("tbody th[scope=row]").First().Text()) }
	for name, c := range map[string]struct{ path, first string }{
		"evaluators by name":            {"bedomare", "Emil Öberg"},
		"and backwards":                 {"bedomare?ordning=-namn", "Maja Åkesson"},
		"found":                         {"bedomare?sok=åke", "Maja Åkesson"},
		"municipalities by population":  {"kommuner?ordning=-folk", "Håbo 0305"},
		"and found by code":             {"kommuner?sok=1492", "Åmål 1492"},
		"questions as in the bank":      {"fragor", "BYGG1"},
		"by code, backwards":            {"fragor?ordning=-namn", "BYGG6"},
		"the matrix":                    {"tilldelning?ordning=-namn", "Maja Åkesson"},
		"progress":                      {"framsteg?visa=bedomare&ordning=-namn", "Maja Åkesson"},
		"progress, found":               {"framsteg?visa=kommun&sok=mål", "Åmål"},
		"contacts, the last ones first": {"kontakter?ordning=-plan", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w.open("/omgangar/2026/" + c.path).wants(http.StatusOK)
			if got := first(); c.first != "" && got != c.first {
				t.Errorf("first stands %q, want %q", got, c.first)
			}
		})
	}
	w.open("/omgangar/2026/bedomare?sok=ingen").sees(".empty", "Inget stämmer med ”ingen”").follow("Visa alla 2").find("tbody tr")
	// What a search does not show stays as it was when the matrix is saved.
	before := len(a.setupNow(t).Assignments)
	w.open("/omgangar/2026/tilldelning?sok=emil").form("[data-matrix]").submit().wants(http.StatusOK)
	if now := len(a.setupNow(t).Assignments); now != before {
		t.Errorf("%d assignments, there were %d", now, before)
	}
	earliest := w.open("/omgangar/2026/kontakter").text("tbody td")
	if latest := w.follow("Planerad ▲").text("tbody td"); earliest == latest {
		t.Errorf("both orders begin with %q", latest)
	}
	w.find(`th[aria-sort="descending"]`)
}
