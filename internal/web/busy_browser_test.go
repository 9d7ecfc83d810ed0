package web

import (
	"testing"

	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// Long work is told about while it goes on, and nothing is sent twice.
func TestLongWorkShowsThatItGoesOn(t *testing.T) {
	a := newApp(t)
	a.assigned(t)
	b := newBrowser(t, a)
	b.login(survey.RoleLead)
	b.open("/omgangar/2026/plan")
	make := `form[action="/omgangar/2026/plan"] .btn-p`
	// The answer never comes, so that there is time to look.
	b.do("send nothing", chromedp.Evaluate[chromedp.Void](
		`addEventListener("submit", (event) => event.preventDefault(), { once: true })`))
	b.do("ask for a plan", chromedp.Click(make), chromedp.WaitVisible(`.busy progress`), chromedp.WaitReady(make+`:disabled`))
	b.sees(`.busy[role="status"]`, "Planerar …")

	b.open("/omgangar/2026/plan")
	b.press(make)
	b.sees(".flash-ok", "Planen är gjord")
	b.do("a file is fetched and the page stays", chromedp.Evaluate[chromedp.Void](`window.same = true`),
		chromedp.Click(`a[download]`), chromedp.WaitNotPresent(`.busy`),
		chromedp.Evaluate[chromedp.Void](`if (!window.same) throw "another page"`))
}
