package web

import (
	"net/http"
	"strings"
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var rehearsalDoors = doorList{"GET /omgangar/:round/genrep": {lead, commissioner}}

var rehearsalSamples = []page{
	&rehearsalPage{layout: sampleLayout("Genrep", lead), Form: newForm()},
	&rehearsalPage{
		layout: sampleLayout("Simulera resten", lead), Form: wrongForm("forsta", "fro"), View: rehearsedView(), Lead: "I 83 av 100 fall.",
		Source: "Erfarenhetstal.", Tiles: rehearsalTiles(rehearsedView()), Finish: finishRows(rehearsedView()), Of: "Håbo", All: "/x",
		Measures: measureRows([]fieldwork.ExpectedMeasure{
			{Measure: results.Measures()[0], Base: schedule.Base{Mean: 84.2, Low: 76}, Width: known(20.9), Last: known(70), WidthLast: known(19)},
			{Measure: results.Measures()[4], Small: true},
		}),
		Places: []placeRow{
			{Name: "Håbo", URL: "/x", Chosen: true, Bases: []baseCell{{"84,2", "76"}}, Outside: true}, {Name: "Åmål", Small: true}, {Name: "Åre"},
		},
	},
}

// rehearsedView is ten runs of which seven are done in time.
func rehearsedView() fieldwork.RehearsalView {
	today := officehours.DateOf(testNow)
	set := survey.Setup{Round: *sampleLayout("", lead).Round}
	set.Round.Period.To = today.AddDays(3)
	return fieldwork.RehearsalView{
		Setup: set, From: today, Left: 120, Made: 360, Previous: "2025",
		Outcome: schedule.Rehearsed{Runs: 10, InPeriod: 0.7, Never: 1, Dials: 1.25, Finish: []schedule.FinishDay{
			{Date: today.AddDays(2), Runs: 2}, {Date: today.AddDays(3), Runs: 5}, {Date: today.AddDays(6), Runs: 2},
		}},
	}
}

func TestTheRehearsalInWords(t *testing.T) {
	v := rehearsedView()
	for name, c := range map[string]struct {
		change func(*schedule.Rehearsed)
		want   string
	}{
		"late at times": {func(*schedule.Rehearsed) {}, "I 7 av 10 genomgångar blir fältarbetet klart i tid. " +
			"Hälften av gångerna är det klart senast fre 30 okt, nio gånger av tio senast mån 2 nov."},
		"one day": {func(o *schedule.Rehearsed) {
			o.Finish, o.Never, o.InPeriod = []schedule.FinishDay{{Date: v.From, Runs: 10}}, 0, 1
		},
			"I 10 av 10 genomgångar blir fältarbetet klart i tid. Nio gånger av tio är det klart senast tis 27 okt."},
		"often never": {func(o *schedule.Rehearsed) { o.Finish, o.Never, o.InPeriod = nil, 10, 0 },
			"I 0 av 10 genomgångar blir fältarbetet klart i tid. I mer än hälften av fallen blir det inte klart alls med den här bemanningen."},
		"sometimes never": {func(o *schedule.Rehearsed) { o.Finish, o.Never = o.Finish[:2], 3 },
			"I 7 av 10 genomgångar blir fältarbetet klart i tid. Hälften av gångerna är det klart senast fre 30 okt."},
	} {
		v := rehearsedView()
		c.change(&v.Outcome)
		if got := rehearsalLead(v); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	rows := finishRows(v)
	if len(rows) != 4 || rows[1].Accumulated != percent(0.7) || !rows[1].Last || rows[2].Bar.Class != "fill-late" || rows[3].Runs != 1 {
		t.Errorf("%+v", rows)
	}
}

func TestRehearsing(t *testing.T) {
	a := newApp(t)
	a.draftRound(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026").follow("Genrep").wants(http.StatusOK).sees(".empty", "Ingen plan att öva på")

	a = newApp(t)
	a.assigned(t)
	if _, err := a.service.Plan(t.Context(), survey.CommandLine, "2026", fieldwork.PlanRequest{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	w = a.as(t, lead)
	w.open("/omgangar/2026/plan").follow("Genrep").wants(http.StatusOK)
	w.sees("h1", "Genrep").sees(".tiles", "48").sees("#h-measures", "En vanlig kommun").sees("form.panel", "erfarenhetstal")
	w.sees(".nav [aria-current]", "Framsteg")
	if n := w.find(`section[aria-labelledby="h-places"] tbody tr`).Length(); n != 2 {
		t.Errorf("%d municipalities, want 2", n)
	}

	// Others' assumptions give other answers, which a link keeps.
	w.form("form.panel").set("forsta", "100").set("fart", "50,5").set("sjuk", "0").submit().wants(http.StatusOK)
	if got := w.find("#f-fart").AttrOr("value", ""); got != "50,5" {
		t.Errorf("the speed is shown as %q", got)
	}
	w.sees(`section[aria-labelledby="h-measures"]`, "nådda samtal1212")
	w.follow("Åmål").wants(http.StatusOK).sees("#h-measures", "Åmål").sees(".me-row", "Åmål")
	if !strings.Contains(w.path(), "fart=50%2C5") {
		t.Errorf("the link to a municipality forgets the assumptions: %s", w.path())
	}
	w.follow("En vanlig kommun").wants(http.StatusOK).sees("#h-measures", "En vanlig kommun")

	w.form("form.panel").set("forsta", "101").set("svarstid", "snart").set("fro", "-1").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#errors", "Skriv ett tal mellan 0 och 100.").sees("#errors", "Skriv ett tal, till exempel 2,5.")
	w.sees("#errors", "inte är negativt")

	// In the field what is left is rehearsed; after it there is nothing to.
	if err := a.service.StartFieldwork(t.Context(), survey.CommandLine, "2026", 0); err != nil {
		t.Fatal(err)
	}
	w.open("/omgangar/2026/framsteg").follow("Simulera resten").wants(http.StatusOK).sees("h1", "Simulera resten")
	if err := a.service.StartReview(t.Context(), survey.CommandLine, "2026", 0); err != nil {
		t.Fatal(err)
	}
	w.open("/omgangar/2026/framsteg").wants(http.StatusOK).sees("#lead", "Fältarbetet är slut").lacks(`a[href$="/genrep"]`)
	w.open("/omgangar/2026/genrep").wants(http.StatusConflict)

}
