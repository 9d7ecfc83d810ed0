package web

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

// pressedNothing checks that no key has begun the call.
func (d *callDesk) pressedNothing(why string) {
	d.t.Helper()
	d.until(why, `!document.querySelector(".ph-now") && !localStorage.length`)
	d.openCall()
	if n := len(d.stored().Attempts); n != 0 {
		d.t.Fatalf("%s: a call has begun", why)
	}
}

func TestKeysThatAreOffOrChanged(t *testing.T) {
	d := newCallDesk(t)
	set := func(text string) {
		t.Helper()
		by := auth.By{User: d.work.users[evaluator], Form: survey.NewID[survey.Press]().String()}
		if err := d.work.auth.SetKeys(t.Context(), by, survey.ParseKeys(text)); err != nil {
			t.Fatal(err)
		}
		d.openCall()
	}
	set("off")
	d.strike("r?")
	d.until("no hints, no list", `!document.querySelector("main kbd, dialog, [aria-keyshortcuts]")`)
	d.pressedNothing("the keys are off")

	set("dial=q next=b")
	d.sees(".ph-next", "Ringer Q")
	d.strike("r")
	d.pressedNothing("the key has been changed")
	d.phase("q", 0)
	d.sees(".ph-now", "Ringer Q")
}

func TestKeysRestInTextFields(t *testing.T) {
	d := newCallDesk(t)
	d.do("write", chromedp.SendKeys("#f-note", "rs7?"))
	d.until("it is text", `document.querySelector("#f-note").value === "rs7?" && !document.querySelector("dialog")`)
	d.do("with Ctrl", chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`),
		chromedp.KeyEvent("r", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	d.do("in a text field again", chromedp.Focus("#f-note"))
	d.strike("r\x1br")
	d.until("Esc leaves it", `document.querySelector("#f-note").value === "rs7?r" && document.activeElement === document.body`)
	d.until("the key works", `document.querySelector('[value="dial"]').matches(".ph-now")`)
}

func TestTheListOfKeys(t *testing.T) {
	d := newCallDesk(t)
	d.strike("?")
	d.do("the list", chromedp.WaitVisible("dialog[open]"))
	for _, words := range []string{"R Ringer", "Ä Hänvisad", "1 2 3 4 Nivå i frågan som är i tur", "N Hoppa över", "Esc Lämna ett textfält"} {
		d.sees("dialog", words)
	}
	if text := d.text("dialog"); strings.Contains(text, "S Svar") {
		t.Errorf("a key of a control that is off is listed: %s", text)
	}
	d.strike("r\x1b") // the list takes the keys while it is open
	d.until("it is closed", `!document.querySelector("dialog")`)
	d.pressedNothing("the list was open")
	d.strike("?")
	d.press(`dialog a[href="/tangenter"]`)
	d.sees("h1", "Tangenter")
}

// The criterion in turn is marked, told and moved by the arrows.
func TestTheCriterionInTurn(t *testing.T) {
	d := newCallDesk(t)
	d.do("less movement", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
	d.openCall()
	d.do("watch", chromedp.Evaluate[chromedp.Void](`window.scrolls = [];
		Element.prototype.scrollIntoView = function (how) { scrolls.push(how.behavior); };`))
	turn := func(want string) {
		t.Helper()
		d.sees(".rate-turn legend", want)
		d.until("it is told", `[...document.querySelectorAll('p[role="status"]')].some((p) => p.textContent === "I tur: `+want+`")`)
	}
	d.phase("r", 0)
	d.phase("h", 0)
	d.sees(".rate-turn legend", "Svar på frågan")
	d.strike("1")
	turn("Information")
	d.strike(kb.ArrowRight + kb.ArrowRight)
	turn("Bemötande")
	d.strike("4")
	turn("Information") // the first that is not rated
	d.strike(kb.ArrowLeft)
	turn("Svar på frågan")
	d.strike("3")
	turn("Information")
	d.do("by hand", chromedp.Click(`[name="information"][value="good"]`))
	d.sees(".rate-turn legend", "Intresse")
	d.until("what was pressed", `document.querySelectorAll("fieldset.rate :checked").length === 3 &&
		document.querySelector('[name="answer"][value="poor"]').checked`)
	d.strike("11")
	d.sees("#turn", "Alla frågor är bedömda. Byt fråga med ← →.")
	d.strike(kb.ArrowLeft)
	d.strike("3")
	d.until("a digit changes what is rated", `[...document.querySelectorAll("fieldset.rate")].every((g) => g.querySelector(":checked")) &&
		document.querySelector(".rate-turn :checked").value === "poor"`)
	d.until("nothing glides", `scrolls.length > 3 && scrolls.every((how) => how === "auto")`)
}
