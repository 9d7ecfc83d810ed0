package web

import (
	"net/http"
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var confirmSamples = []page{
	&confirmPage{layout: sampleLayout("Kasta förslaget", lead), Above: link{Label: "Plan", URL: "/x"}, Confirm: sampleConfirm},
	&confirmPage{layout: sampleLayout("Ta bort", lead), Above: link{Label: "Mätomgångar", URL: "/x"},
		Parts: sampleFrame("Ta bort").Parts, Confirm: sampleConfirm, Form: wrongForm("why")},
}

func TestWhatIsTakenOutIsNamedWithItsContacts(t *testing.T) {
	a := newApp(t)
	a.assigned(t)
	if _, err := a.service.Plan(t.Context(), survey.CommandLine, "2026", fieldwork.PlanRequest{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, lead)
	for name, c := range map[string]struct{ path, title, effect string }{
		"a municipality": {"kommuner/0305", "Ta bort Håbo och dess 24 planerade kontakter?",
			"De 24 planerade kontakterna försvinner när planen görs om."},
		"an evaluator": {"bedomare/emil@example.se", "Ta bort Emil Öberg ur omgång 2026?",
			"kontakter läggs på andra när planen görs om. Kontot finns kvar."},
		"a question": {"fragor/BYGG1", "Ta bort frågan BYGG1 och dess 8 planerade kontakter?",
			"Varje kommun får 10 kontakter per kanal i stället för 12."},
	} {
		t.Run(name, func(t *testing.T) {
			w.open("/omgangar/2026/"+c.path+"/ta-bort").wants(200).sees("form.confirm h2", c.title).
				sees("form.confirm p", c.effect).sees("form.confirm a.btn", "Behåll")
		})
	}
}

func TestContactsAreNamedInTheSingularAndThePlural(t *testing.T) {
	for n, want := range map[int]string{
		0: "Åmål", 1: "Åmål och den planerade kontakten", 1240: "Åmål och dess 1\u00a0240 planerade kontakter",
	} {
		if got := withContacts("Åmål", n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestPublishingNamesWhatItOpensAndCloses(t *testing.T) {
	own, more := survey.Publication{Own: true}, survey.Publication{Own: true, County: true}
	for name, c := range map[string]struct {
		stage       survey.Stage
		now, chosen survey.Publication
		title       string
	}{
		"first":            {survey.Closed, survey.Publication{}, own, "Publicera omgång 2026 för 290 kommuner?"},
		"first, to nobody": {survey.Closed, survey.Publication{}, survey.Publication{}, "Publicera omgång 2026 utan att någon ser den?"},
		"more":             {survey.Published, own, more, "Ändra vad 290 kommuner ser av omgång 2026?"},
		"hidden":           {survey.Published, more, survey.Publication{}, "Dölj omgång 2026 för 290 kommuner?"},
		"shown again":      {survey.Published, survey.Publication{}, own, "Publicera omgång 2026 för 290 kommuner?"},
	} {
		t.Run(name, func(t *testing.T) {
			q := publishQuestion(survey.Round{Code: "2026", Stage: c.stage, Publication: c.now}, c.chosen, 290)
			if q.Title != c.title || q.Button == "" || q.Effect == "" {
				t.Errorf("%+v", q)
			}
		})
	}
}

func TestAPublicationIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		chosen survey.Publication
		fits   bool
	}{
		"nobody":                {survey.Publication{}, true},
		"own and national":      {survey.Publication{Own: true, National: true}, true},
		"national without own":  {survey.Publication{National: true}, false},
		"county without own":    {survey.Publication{County: true}, false},
		"comparing without own": {survey.Publication{Peers: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.chosen.Check(); (err == nil) != c.fits {
				t.Errorf("%+v: %v, want it to fit: %v", c.chosen, err, c.fits)
			}
		})
	}
}

func TestAPageAfterTheLastIsTheLast(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	a.planRound(t)
	a.as(t, lead).open("/omgangar/2026/kontakter?sida=99999").wants(http.StatusOK).lacks(".empty").
		sees("nav.pager [aria-current]", "")
}
