package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// stop takes the server away, as when it is restarted or the network is down.
func (a *app) stop() {
	a.Listener.Close()
	a.CloseClientConnections()
}

// restart puts another server on the same address and database.
func (a *app) restart(t testing.TB) {
	t.Helper()
	listener, err := net.Listen("tcp", a.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	a.web = newServer(t, Config{Service: a.service, Auth: a.auth, Now: a.clock.now})
	a.Server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: a.web, ReadHeaderTimeout: time.Minute}}
	a.Start()
	t.Cleanup(a.Close)
}

// look turns to the page anew some time later: it asks for the time then.
func (d *callDesk) look() {
	d.t.Helper()
	d.work.clock.advance(20 * time.Second)
	d.do("look", chromedp.Evaluate[chromedp.Void](`performance.clearResourceTimings(); dispatchEvent(new Event("focus"))`))
	d.until("the time is told", `performance.getEntriesByType("resource").length > 0`)
}

// goneFor stops the server while something is done, and starts it again when
// the clock has moved on.
func (d *callDesk) goneFor(pause time.Duration, do func()) {
	d.t.Helper()
	d.look()
	d.work.stop()
	do()
	d.work.clock.advance(pause)
	d.work.restart(d.t)
}

// wantPresses checks that each phase has been pressed once, in the order.
func (d *callDesk) wantPresses(want ...survey.Phase) []survey.Press {
	d.t.Helper()
	presses, err := d.work.store.Presses(d.t.Context(), d.contact.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	var made []survey.Phase
	for _, p := range presses {
		made = append(made, p.Phase)
	}
	if len(made) != len(want) {
		d.t.Fatalf("presses %v, want %v", made, want)
	}
	for i := range want {
		if made[i] != want[i] {
			d.t.Fatalf("presses %v, want %v", made, want)
		}
	}
	return presses
}

// wantInstant checks that a key was pressed soon after the line went, however
// late the server got to know. The test's clock stands still while the page
// counts on, so the two can differ by what the page has counted.
func wantInstant(t testing.TB, p survey.Press, gone time.Time) {
	t.Helper()
	if after := p.At.Sub(gone); after < -5*time.Second || after > 40*time.Second || p.Received.Sub(p.At) < 20*time.Second {
		t.Errorf("%s pressed at %v, received at %v: the line went at %v", p.Phase, p.At, p.Received, gone)
	}
}

// The server is gone for a minute in the middle of a call. The call goes on,
// and when the server is back everything arrives once, with the instants at
// which the keys were pressed.
func TestTheServerGoneInTheMiddleOfACall(t *testing.T) {
	d := newCallDesk(t)
	d.phase("r", 0)
	var gone time.Time
	d.goneFor(time.Minute, func() {
		gone = d.work.clock.now()
		d.strike("sh")
		d.do("no line", chromedp.WaitVisible(`#line .flash-warn`))
		d.sees("#line", "Ingen förbindelse sedan 10.32 Fortsätt.")
		d.sees(".ph-now", "Handläggare")
		d.strike("7")
		d.strike("1112")
		d.do("a note", chromedp.SendKeys("#f-note", "Ringde om förskolan."))
		d.strike("\x1b")
		d.strike("a")
		d.sees("#line", "4 ändringar skickas när nätet är tillbaka.")
		d.strike("\r")
		d.until("the report waits too", `document.querySelector("#line").innerText.includes("Sedan sparas kontakten")`)
	})
	d.goneOn()

	for _, p := range d.wantPresses(survey.Dial, survey.PickUp, survey.Connect, survey.HangUp)[1:] {
		wantInstant(t, p, gone)
	}
	c := d.stored()
	a := c.Attempts[0]
	if len(c.Attempts) != 1 || c.State != survey.Submitted || a.Note != "Ringde om förskolan." ||
		a.Ratings.Treatment != survey.Good || a.Greeting != survey.SaidMunicipality {
		t.Errorf("stored: %+v", c)
	}
	if left := d.leftInBrowser(); left != "" {
		t.Errorf("the browser still keeps %s", left)
	}
}

// A call can be made from its first press to its report while the server is
// away: nothing on the page waits for an answer.
func TestAWholeCallWithoutALine(t *testing.T) {
	d := newCallDesk(t)
	d.goneFor(time.Minute, func() {
		d.strike("r")
		d.do("no line", chromedp.WaitVisible(`#line .flash-warn`), chromedp.WaitVisible(`#part-clock .clock[data-since]`))
		d.strike("shz")
		d.strike("h1111a")
		d.until("the clock stands", `Boolean(document.querySelector("#part-clock[data-still] .clock[data-since]"))`)
		d.strike("\r")
		d.until("the report waits too", `document.querySelector("#line").innerText.includes("Sedan sparas kontakten")`)
	})
	d.goneOn()
	c := d.stored()
	if len(c.Attempts) != 1 || c.State != survey.Submitted || c.Attempts[0].Outcome != survey.Reached ||
		c.Attempts[0].Ratings.Treatment != survey.VeryGood {
		t.Errorf("stored: %+v", c)
	}
}

// Without a line everything that counts stands still from the key that ends
// it, and goes on when that is undone.
func TestTheClocksStandWithoutALine(t *testing.T) {
	d := newCallDesk(t)
	d.phase("r", 0)
	d.until("the bar grows", `parseFloat(document.querySelector("rect[data-from]").getAttribute("width")) > 0.1`)
	d.goneFor(time.Minute, func() {
		d.strike("sa")
		d.do("no line", chromedp.WaitVisible(`#line .flash-warn`))
		d.until("all of it stands", `["part-clock", "part-phases", "part-wait", "part-access"].
			every((id) => document.getElementById(id).matches("[data-still]"))`)
		d.until("nothing more to press", `document.querySelector('[data-left="phase"]').hidden`)
		d.strike("z")
		d.until("all of it goes on", `!document.querySelector("[data-still]")`)
	})
	d.until("the presses arrive", `!Object.keys(localStorage).length`)
}

// leftInBrowser is what lies in the browser and waits to be sent.
func (b *browser) leftInBrowser() string {
	b.t.Helper()
	left, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`Object.keys(localStorage).join()`))
	if err != nil {
		b.t.Fatal(err)
	}
	return left
}

// Whoever closes the page without a line finds everything when it is opened.
func TestThePageClosedWithoutALine(t *testing.T) {
	d := newCallDesk(t)
	d.phase("r", 0)
	var pressed time.Time
	d.goneFor(5*time.Minute, func() {
		pressed = d.work.clock.now()
		d.strike("s")
		d.do("a note", chromedp.SendKeys("#f-note", "Kö."))
		d.do("no line", chromedp.WaitVisible(`#line .flash-warn`))
		d.do("leave", chromedp.Navigate("about:blank"))
	})
	d.open("/samtal/" + d.next.ID.String())
	d.sees("#line", "Ändringar som inte är skickade")
	d.press("#line a")
	d.until("the press arrives", `document.querySelector('[value="answer"]').matches(".ph-now") && !Object.keys(localStorage).length`)
	presses := d.wantPresses(survey.Dial, survey.PickUp)
	wantInstant(t, presses[1], pressed)
	d.until("the note is there", `document.querySelector("#f-note").value === "Kö."`)
}

// A call that is begun in one browser goes on in another.
func TestATabClosedInTheMiddleOfACall(t *testing.T) {
	d := newCallDesk(t)
	d.phase("r", 0)
	d.phase("h", 12*time.Second)
	d.strike("2")
	d.do("a note, and away before it is saved", chromedp.Evaluate[chromedp.Void](`{
		const note = document.querySelector("#f-note");
		note.value = "Vänlig";
		note.dispatchEvent(new Event("input", { bubbles: true }));
		location = "about:blank";
	}`))
	here := d.browser
	d.browser = newBrowser(t, d.work.app)
	d.login(evaluator)
	limit := time.Now().Add(stepLimit)
	for d.openCall(); !strings.Contains(d.value("#f-note"), "Vänlig"); d.openCall() {
		if time.Now().After(limit) {
			t.Fatal("the note has not arrived")
		}
	}
	here.done()
	d.sees(".ph-now", "Handläggare")
	d.sees("main", "inte rapporterat än")
	d.until("the rating is there", `document.querySelector('[name="answer"][value="fair"]').checked`)
	d.strike("222") // the first criterion has its rating
	d.phase("a", time.Minute)
	d.strike("\r")
	d.goneOn()
	if a := d.stored().Attempts[0]; a.Note != "Vänlig" || a.Ratings.Answer != survey.Fair ||
		a.Connected.Sub(a.Dialled) != 12*time.Second {
		t.Errorf("stored: %+v", a)
	}
}

// value is what stands in a field.
func (b *browser) value(selector string) string {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.querySelector(`"+selector+"`).value"))
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}

// tab is another tab of the same browser, logged in too.
func (d *callDesk) tab() *callDesk {
	d.t.Helper()
	other := *d
	ctx, cancel := chromedp.NewContext(d.ctx)
	d.t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // lives longer than its first step
		d.t.Fatal(err)
	}
	other.browser = &browser{t: d.t, app: d.app, ctx: ctx, done: cancel}
	return &other
}

// front brings the tab to the front: keys go nowhere else.
func (d *callDesk) front() *callDesk {
	d.t.Helper()
	d.do("to the front", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdppage.BringToFront, cdp.Empty{})
		return err
	}))
	return d
}

// Two tabs on one contact: the second press of a key counts for nothing, and
// what differs is chosen row by row.
func TestTwoTabsOnOneContact(t *testing.T) {
	d := newCallDesk(t)
	other := d.tab()
	other.openCall()
	d.front().phase("r", 0)
	other.front().strike("r")
	other.do("the press is refused", chromedp.WaitVisible(`#part-notices .flash-late`))
	other.sees("#part-notices", "Trycket räknades inte")
	other.sees(".ph-now", "Ringer")
	d.front().phase("h", 9*time.Second)
	d.wantPresses(survey.Dial, survey.Connect)

	other.front().openCall()
	d.front().strike("1")
	d.until("saved", `document.querySelector("#saved")?.textContent === "Sparat 10.32" && !Object.keys(localStorage).length`)
	other.front().strike("3")
	other.do("the conflict", chromedp.WaitVisible(`form.panel table.pick`))
	other.sees("table.pick", "Svar på frågan")
	other.until("the keys work", `document.querySelector(".rate-turn") !== null`)
	other.strike("\r")
	other.until("choose first", `document.querySelector("#line").innerText.includes("Välj först vad som ska gälla")`)
	other.until("the focus is on the choice", `document.activeElement.id === "conflict"`)
	other.press(`form.panel .btn-p`)
	other.until("mine", `document.querySelector('[name="answer"][value="poor"]').checked`)
	d.front().openCall()
	d.until("is what holds", `document.querySelector('[name="answer"][value="poor"]').checked`)
}

// A contact that has been finished in another tab does not look live in this
// one: whoever fills in something is told.
func TestTheContactFinishedInAnotherTab(t *testing.T) {
	d := newCallDesk(t)
	d.phase("r", 0)
	other := d.tab()
	other.openCall()
	other.strike("u")
	other.press(`#part-foot [name="then"][value="stay"]`)
	other.until("it is finished", `document.querySelector(".flash-ok")?.innerText.includes("är klart") ?? false`)
	d.front().do("a note", chromedp.SendKeys("#f-note", "Kvar."))
	d.until("it is told", `document.querySelector("#line").innerText.includes("Kontakten har ändrats i ett annat fönster")`)
	d.press("#line a")
	d.until("the note is there", `document.querySelector("#f-note").value === "Kvar."`)
}

// Who has been logged out loses nothing, and goes on after a login in another
// tab.
func TestLoggedOutInTheMiddleOfACall(t *testing.T) {
	d := newCallDesk(t)
	d.phase("r", 0)
	d.do("the session ends", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.ClearBrowserCookies, cdp.Empty{})
		return err
	}))
	d.do("a note", chromedp.SendKeys("#f-note", "Står kvar."), chromedp.WaitVisible(`#line a[href="/logga-in"]`))
	d.sees("#line", "Du är utloggad")
	other := d.tab()
	other.login(evaluator)
	d.until("it is saved", `document.querySelector("#line").innerText.includes("Förbindelsen är tillbaka")`)
	f, ok, err := d.work.service.Draft(t.Context(), d.work.users[evaluator], d.contact.ID)
	if err != nil || !ok || f.Fields["note"] != "Står kvar." {
		t.Errorf("the draft: %v, %v, %v", f.Fields, ok, err)
	}
}

// aheadByAnHour is a computer whose clock is wrong.
const aheadByAnHour = `const Right = Date; Date = class extends Right {
	constructor(...args) { if (args.length) super(...args); else super(Right.now() + 3600e3); }
	static now() { return Right.now() + 3600e3; }
};`

// The clocks count by the server's, whatever the computer's says, and catch up
// after sleep; when the wait is over the page says so once.
func TestTheComputersClockDoesNotMatter(t *testing.T) {
	d := newCallDesk(t)
	d.do("set the clock", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: aheadByAnHour})
		return err
	}))
	d.openCall()
	d.phase("r", 0)
	d.until("it counts from the press", `/^0\.[0-2]\d$/.test(document.querySelector(".clock").textContent)`)
	d.sees(".ph-now .tm", "10.32")
	d.until("it counts down", `/^4\.[3-5]\d$|^5\.00$/.test(document.querySelector("#part-wait [data-until]").textContent)`)

	wake := chromedp.Evaluate[chromedp.Void](`dispatchEvent(new Event("focus"))`)
	d.work.clock.advance(2 * time.Minute)
	d.do("look at the page again", wake, wait(`/^2\./.test(document.querySelector(".clock").textContent)`))
	d.until("the proposal waits", `document.querySelector("#part-wait .over").hidden`)
	d.work.clock.advance(3 * time.Minute)
	d.do("the wait is over", wake, chromedp.WaitVisible(`#part-wait .over`))
	d.until("and it is told", `[...document.querySelectorAll('p[role="status"]')].some((p) => p.textContent.includes("Väntetiden är slut"))`)

	var gone time.Time
	d.goneFor(time.Minute, func() {
		gone = d.work.clock.now()
		d.strike("a")
		d.do("no line", chromedp.WaitVisible(`#line .flash-warn`))
	})
	d.until("the press arrives", `!Object.keys(localStorage).length`)
	wantInstant(t, d.wantPresses(survey.Dial, survey.HangUp)[1], gone)
}
