package web

import (
	"testing"

	"github.com/chromedp/chromedp"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// TestPracticeByKeyboardAlone answers the practice that a round asks for
// without the mouse, sees the key, and begins a real contact.
func TestPracticeByKeyboardAlone(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	if _, err := a.service.AddPracticePackage(t.Context(), survey.CommandLine, "2026"); err != nil {
		t.Fatal(err)
	}
	rules := fieldwork.PracticeRules{Required: true, Pass: 80}
	if err := a.service.SavePracticeRules(t.Context(), survey.CommandLine, "2026", 0, rules); err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t, a)
	b.login(evaluator)
	b.sees("main", "Övningen först")
	keys := func(what, keys, arrives string) {
		t.Helper()
		for _, key := range keys {
			b.do(what, chromedp.KeyEvent(string(key)))
		}
		b.do(what+": then", chromedp.WaitReady(arrives))
	}
	b.open("/ovning")
	keys("the first one", "n", "#practice .rate-turn")
	keys("outcome, greeting and ratings", "h7891233", `[name="treatment"][value="fair"]:checked`)
	keys("the key", "\r", "#h-key")
	b.sees(".facts", "6 av 6")
	b.sees("main", "Inga motfrågor")
	b.open("/ovning")
	b.sees("main", "Övningen är godkänd")
	b.open("/min-dag")
	b.do("the button", chromedp.Focus(`form[action="/min-dag/nasta"] button`))
	keys("a real contact", "\r", "#call, #h-mail")
}
