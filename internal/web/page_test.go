package web

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// samples is every page, filled: empty lists would hide a misspelt field
// inside a range. One page may stand here several times in different states.
var samples = slices.Concat(
	errorSamples,
	confirmSamples,
	sessionSamples,
	keysSamples,
	accountSamples,
	setupSamples,
	componentSamples,
	handbookSamples,
	infoSamples,
	daySamples,
	callSamples,
	emailSamples,
	planningSamples,
	practiceSamples,
	replanSamples,
	assignmentSamples,
	planSamples,
	progressSamples,
	rehearsalSamples,
	resultsSamples,
	closingSamples,
	publishSamples,
	readerSamples,
)

// sampleLayout is a frame in which everything is shown.
func sampleLayout(title string, role survey.Role) layout {
	round := &survey.Round{
		Code: "2026", Stage: survey.Fieldwork, Calendar: officehours.SwedishCalendar(2026, 2026),
		Period: survey.FieldPeriod{From: officehours.DateOf(testNow).AddDays(-8), To: officehours.DateOf(testNow).AddDays(26)},
	}
	user := survey.User{ID: survey.NewID[survey.User](), Email: "sofia@example.se", Name: "Sofia Björk", Role: role}
	l := layout{
		Title: title, Round: round, Saved: "Sparat 10.32", User: user, Version: "test",
		Flash: &flash{Kind: "ok", State: "Sparat", Text: "Det är sparat."},
	}
	l.RoundLine = newRoundLine(*round, officehours.DateOf(testNow), user)
	l.Nav = navigationFor(routes).entries(&l, "/")
	return l
}

// wrongForm is a form in which the fields hold text and errors.
func wrongForm(fields ...string) *form {
	f := newForm()
	for _, name := range fields {
		f.set(name, "skrivet")
		f.Errors.Add(name, "Skriv något annat.")
	}
	return f
}

// filledIn is the page as it is sent.
func filledIn(set templateSet, p page) ([]byte, error) {
	var body bytes.Buffer
	err := set.execute(&body, p)
	return body.Bytes(), err
}

func TestEveryPageHasASampleThatRenders(t *testing.T) {
	set, err := parseTemplates(pages)
	if err != nil {
		t.Fatal(err)
	}
	sampled := map[string]bool{}
	for _, p := range samples {
		sampled[p.file()] = true
		t.Run(fmt.Sprintf("%T", p), func(t *testing.T) {
			body, err := filledIn(set, p)
			if err != nil {
				t.Fatal(err)
			}
			checkHTML(t, body)
		})
	}
	for _, p := range pages {
		if !sampled[p.file()] {
			t.Errorf("%T has no filled sample in samples", p)
		}
	}
}

func TestAMissingPartIsFoundAtStart(t *testing.T) {
	own, err := template.New("broken.html").Parse(`<p>{{if .Title}}{{template "no such part"}}{{end}}</p>`)
	if err != nil {
		t.Fatal(err)
	}
	if err := escape(own, &errorPage{}); err == nil {
		t.Error("a template that names a missing part was accepted")
	}
}

// checkHTML looks for what is wrong on any page.
func checkHTML(t *testing.T, body []byte) {
	t.Helper()
	for _, bad := range []string{"ZgotmplZ", "<no value>", "%!", "style=", "<nil>", "onclick=", "!doctype html><!"} {
		if bytes.Contains(body, []byte(bad)) {
			t.Errorf("the page contains %q", bad)
		}
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d h1, want one", n)
	}
	if title := doc.Find("title").Text(); !strings.HasSuffix(title, " – Servicemätning") || strings.HasPrefix(title, " ") {
		t.Errorf("title %q", title)
	}
	seen := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) {
		id := e.AttrOr("id", "")
		if seen[id] {
			t.Errorf("id %q is there twice", id)
		}
		seen[id] = true
	})
	doc.Find(`form[method="post"]`).Each(func(_ int, f *goquery.Selection) {
		if f.Find(`input[name="form_id"]`).Length() != 1 {
			t.Errorf("the form to %q does not carry one form_id", f.AttrOr("action", ""))
		}
	})
	checkLabels(t, doc)
}

// checkLabels fails for a control that nothing names.
func checkLabels(t *testing.T, doc *goquery.Document) {
	t.Helper()
	doc.Find(`input:not([type="hidden"]), select, textarea`).Each(func(_ int, control *goquery.Selection) {
		id := control.AttrOr("id", "")
		labelled := control.Closest("label").Length() > 0 || control.AttrOr("aria-label", control.AttrOr("aria-labelledby", "")) != "" ||
			control.AttrOr("aria-hidden", "") == "true" || (id != "" && doc.Find(`label[for="`+id+`"]`).Length() > 0)
		if !labelled {
			t.Errorf("the control %q has no label", control.AttrOr("name", ""))
		}
	})
}

// executed is the templates that answers have been made from in this run.
var executed sync.Map

// TestMain fails a complete run in which some page was never asked for.
func TestMain(m *testing.M) {
	rendered = func(file string) { executed.Store(file, true) }
	code := m.Run()
	if code == 0 && completeRun() {
		for _, p := range pages {
			if _, ok := executed.Load(p.file()); !ok {
				fmt.Printf("no test has asked for a page made from %s\n", p.file())
				code = 1
			}
		}
	}
	os.Exit(code)
}

// completeRun reports whether all tests were to run.
func completeRun() bool {
	return !slices.ContainsFunc(os.Args, func(arg string) bool {
		for _, chosen := range []string{"-test.run=", "-test.bench=", "-test.skip=", "-test.list=", "-test.short", "-test.fuzz="} {
			if strings.HasPrefix(arg, chosen) {
				return true
			}
		}
		return false
	})
}
