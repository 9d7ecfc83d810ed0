package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"servicematning/internal/survey"
)

var infoDoors = doorList{
	"GET /tillganglighet": everyone, "GET /personuppgifter": everyone, "GET /hjalp": everyone,
}

var infoSamples = []page{
	&infoPage{layout: sampleLayout("Tillgänglighet", reader), name: "accessibility", Contact: "matning@example.se"},
	&infoPage{layout: sampleLayout("Personuppgifter", reader), name: "privacy", Contact: "matning@example.se"},
	&infoPage{layout: sampleLayout("Hjälp", evaluator), name: "help", Contact: "matning@example.se"},
}

func TestInformationForEverybody(t *testing.T) {
	a := newApp(t)
	visitor := a.visitor(t)
	for path, heading := range map[string]string{
		"/hjalp": "Hjälp", "/tillganglighet": "Tillgänglighet", "/personuppgifter": "Personuppgifter",
	} {
		visitor.open("/logga-in").follow(heading).wants(http.StatusOK).sees("h1", heading)
		if visitor.path() != path {
			t.Errorf("%s leads to %s", heading, visitor.path())
		}
		checkHTML(t, visitor.body)
	}
}

// TestInformationGivesNothingAway: a municipality must not learn how the test
// residents behave, from these pages or from where they lead.
func TestInformationGivesNothingAway(t *testing.T) {
	a := newApp(t)
	for role, w := range map[survey.Role]*walk{
		nobody: a.visitor(t), reader: a.as(t, reader), admin: a.as(t, admin),
	} {
		for _, path := range []string{"/hjalp", "/tillganglighet", "/personuppgifter"} {
			w.open(path).wants(http.StatusOK).lacks(`a[href^="/handbok"]`).lacks(`a[href="/min-dag"]`)
			if text := w.text("main"); strings.Contains(text, "skedena") {
				t.Errorf("%s as %q tells how calls are made", path, role)
			}
		}
	}
}

func TestHelpIsForTheOwnRole(t *testing.T) {
	a := newApp(t)
	for role, words := range map[survey.Role]string{
		evaluator: "Nästa kontakt", lead: "starta fältarbetet", commissioner: "fryses siffrorna",
		reader: "Vår kommun", admin: "stäng av kontot",
	} {
		w := a.as(t, role).open("/hjalp").wants(http.StatusOK).sees("main", words)
		w.find("main a[href^='/']").Each(func(_ int, link *goquery.Selection) {
			w.open(link.AttrOr("href", "")).wants(http.StatusOK)
			if w.path() == "/logga-in" {
				t.Errorf("%s: the link %q leads to the login page", role, link.Text())
			}
		})
	}
}

func TestWhomToTurnTo(t *testing.T) {
	a := newApp(t)
	a.web.Contact = "matning@example.se"
	for _, path := range []string{"/hjalp", "/tillganglighet", "/personuppgifter"} {
		a.visitor(t).open(path).sees("main", "matning@example.se")
	}
}
