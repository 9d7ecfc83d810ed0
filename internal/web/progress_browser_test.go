package web

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// The page fetches new numbers by itself and when asked to, and keeps what
// the visitor has opened and where the focus is.
func TestProgressPage(t *testing.T) {
	a := newApp(t)
	cs := a.inField(t)
	b := newBrowser(t, a)
	b.login(survey.RoleLead)
	b.open("/omgangar/2026/framsteg")
	b.sees("#tiles", "0 av 48")
	b.do("the burn-up", chromedp.WaitVisible(`#burn-up svg polyline.ln-plan`))
	b.do("open the table", chromedp.Click(`#curve > summary`))
	b.do("let time run faster", chromedp.Evaluate[chromedp.Void](`
		window.same = true;
		const real = window.setTimeout;
		window.setTimeout = (fn, ms) => real(fn, ms / 1000);`))

	bar := func(share string) chromedp.Action[chromedp.Void] {
		return chromedp.WaitReady(`#tiles .tile:first-child .fill[width="` + share + `"]`)
	}
	a.makeCall(t, &cs)
	b.do("ask for new numbers", chromedp.Click(`#saved a`), bar("2.08%"))
	b.sees("#tiles", "1 av 48")
	a.makeCall(t, &cs)
	b.do("numbers that come by themselves", bar("4.17%"))
	b.sees("#lead", "Fältarbetet ligger")
	b.sees("#curve table", "i dag")

	b.do("move the focus", chromedp.Focus(`#curve > summary`))
	a.makeCall(t, &cs)
	b.do("the focus stays", bar("6.25%"),
		chromedp.WaitReady(`#curve[open] > summary:focus`), chromedp.WaitReady(`#refresh-failed[hidden]`))
	b.do("the page was never left", chromedp.Evaluate[chromedp.Void](`if (!window.same) throw "another page"`))

	a.CloseClientConnections()
	a.Listener.Close()
	b.do("nothing is hidden when the server is away", chromedp.WaitVisible(`#refresh-failed`))
	b.sees("#tiles", "3 av 48")
}

// makeCall makes the next call one that nobody answered, a minute on.
func (a *app) makeCall(t *testing.T, cs *[]survey.Contact) {
	t.Helper()
	for i, c := range *cs {
		if c.Channel != survey.Phone {
			continue
		}
		a.callMissed(t, c.ID)
		*cs = (*cs)[i+1:]
		a.clock.advance(time.Minute)
		return
	}
	t.Fatal("no call is left")
}
