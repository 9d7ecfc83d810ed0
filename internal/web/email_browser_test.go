package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// mailDesk is an evaluator's e-mail on the screen.
type mailDesk struct {
	*browser
	work *work
}

func newMailDesk(t *testing.T, letters ...survey.Contact) *mailDesk {
	t.Helper()
	w := newWork(t, nil)
	for i := range letters {
		letters[i] = w.contact(survey.Email, letters[i].Municipality, letters[i].PlannedAt)
	}
	w.put(letters...)
	d := &mailDesk{browser: newBrowser(t, w.app), work: w}
	d.login(evaluator)
	return d
}

func (d *mailDesk) strike(keys string) {
	d.t.Helper()
	for _, key := range keys {
		d.do("key "+string(key), chromedp.KeyEvent(string(key)))
	}
}

// script runs what changes the page from outside.
func (d *mailDesk) script(what, code string) {
	d.t.Helper()
	d.do(what, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool]("(() => {"+code+"; return true})()")(ctx, t)
		return err
	}))
}

// paste puts a text in the field of the reply as a paste does.
func (d *mailDesk) paste(text string) {
	d.t.Helper()
	d.script("paste", `const box = document.getElementById("f-text"); box.value = `+"`"+text+"`"+`;
		for (const kind of ["paste", "input"]) box.dispatchEvent(new Event(kind, { bubbles: true }))`)
}

// at waits for a page that holds what the selector finds.
func (d *mailDesk) at(selector, words string) {
	d.t.Helper()
	d.do("come to "+words, chromedp.WaitReady(selector))
	d.sees(selector, words)
}

// momentsOnCall leaves the moment that a letter rests to the test.
const momentsOnCall = `const real = setTimeout; window.setTimeout = (act, ms, ...rest) =>
	ms === 1500 ? (window.passed = act) : real(act, ms, ...rest)`

// The key that marks a letter as sent, pressed twice, marks one: the next
// letter's button rests until it is used or a moment has passed.
func TestADoublePressMarksOneLetter(t *testing.T) {
	letters := []survey.Contact{{Municipality: "0305", PlannedAt: testNow}, {Municipality: "1492", PlannedAt: testNow.Add(time.Minute)},
		{Municipality: "0860", PlannedAt: testNow.Add(2 * time.Minute)}}
	d := newMailDesk(t, letters...)
	d.do("hold the moment", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument,
			cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: momentsOnCall})
		return err
	}))
	d.open(contactURL(letters[0]))
	d.strike("m")
	d.at(`form[action="`+contactURL(letters[1])+`/skickat"]`, "Markera som skickat")
	d.until("the button rests", `document.querySelector('[data-command="sent"]').disabled`)
	d.strike("m")
	d.sees("form.flash", "Brevet till Håbo är markerat som skickat 10.32.")
	if got := d.work.stored(letters[1]); !got.Mail.Sent.IsZero() {
		t.Errorf("the second letter was marked too: %+v", got.Mail)
	}
	d.strike("c")
	d.until("the button is awake", `!document.querySelector('[data-command="sent"]').disabled`)
	d.strike("m")
	d.at(`form[action="`+contactURL(letters[2])+`/skickat"]`, "Markera som skickat")
	d.script("the moment passes", `window.passed()`)
	d.strike("m")
	d.at(".filters", "Kommun")
	d.sees("form.flash", "Brevet till Hultsfred")
}

// Two letters are sent and answered without the mouse, but for opening them.
func TestAnEmailDayByKeyboard(t *testing.T) {
	letters := []survey.Contact{{Municipality: "0305", PlannedAt: testNow}, {Municipality: "1492", PlannedAt: testNow.Add(time.Minute)}}
	d := newMailDesk(t, letters...)
	d.open("/e-post")
	d.strike("n")
	d.do("the first letter", chromedp.WaitReady(`form[action="`+contactURL(letters[0])+`/skickat"]`))
	d.script("watch the clipboard", `navigator.clipboard.writeText = async (text) => { window.copied = text }`)
	d.strike("c")
	d.until("subject and text are copied", `window.copied === document.getElementById("f-subject").value + "\n\n" + document.getElementById("f-text").value`)
	d.until("the button says so and keeps its key", `document.querySelector('[data-command="copy"]').innerText.replace(/\s+/g, " ").trim() === "Kopierat C"`)
	d.strike("m")
	d.do("the second letter", chromedp.WaitReady(`form[action="`+contactURL(letters[1])+`/skickat"]`))
	d.sees("form.flash", "Brevet till Håbo är markerat som skickat 10.32.")
	d.strike("c")
	d.strike("m")
	d.do("the mailbox", chromedp.WaitReady(`.filters`))
	d.sees("form.flash", "Brevet till Åmål")

	d.work.clock.advance(4 * time.Hour)
	d.open(contactURL(letters[1]))
	d.paste(strings.ReplaceAll(autoReply, "10:34", "10:50"))
	d.until("the kind is proposed", `document.querySelector('[name="kind"][value="auto"]').checked`)
	d.until("the time is proposed", `document.getElementById("f-came_clock").value === "10.50"`)
	d.sees("#part-found", "Det ser ut som ett automatiskt svar.")
	d.strike("\r")
	d.at(".flash-ok", "väntar fortfarande på svar")

	d.open(contactURL(letters[0]))
	d.strike("p")
	d.write("#f-came_clock", "11.02")
	d.script("tell the page", `document.getElementById("f-came_clock").dispatchEvent(new Event("input", { bubbles: true }))`)
	d.until("the clocks are counted", `document.getElementById("part-counted").innerText.includes("Inte sparat än.")`)
	d.sees("#part-counted", "30 min")
	d.strike("11179")
	d.strike("\r")
	d.at(".flash-ok", "är klart")
	got := d.work.stored(letters[0])
	if got.Disposition != survey.Completed || survey.ClockText(got.Mail.FirstReply) != "11.02" ||
		got.Mail.Ratings.Treatment != survey.VeryGood || got.Mail.Sender != survey.GaveName|survey.GavePhone {
		t.Errorf("stored %+v", got)
	}
}

// The button that reads what is pasted says the same as the script, when it is
// pressed before either the script or the draft has come to anything.
func TestReadingAtOnceFillsTheFormToo(t *testing.T) {
	d := newMailDesk(t)
	c := d.work.sentAt("0305", testNow.Add(-time.Hour))
	d.work.clock.advance(4 * time.Hour)
	d.open(contactURL(c))
	d.script("paste and read at once", `const box = document.getElementById("f-text"); box.focus(); box.value = `+"`"+fullReply+"`"+`;
		for (const kind of ["paste", "input"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
		document.querySelector('button[formaction$="/las"]').click()`)
	d.do("the page of the button", chromedp.WaitReady("form[data-answers]"))
	d.until("the draft is saved", `document.getElementById("saved")?.innerText.startsWith("Sparat")`)
	d.until("the form is filled", `document.getElementById("f-came_clock").value === "13.10" &&
		document.querySelector('[name="kind"][value="person"]').checked &&
		document.getElementById("f-text").value.includes("[namn]")`)
	draft, _, err := d.work.service.Draft(t.Context(), d.work.users[evaluator], c.ID)
	if err != nil || draft.Fields["came_clock"] != "13.10" {
		t.Errorf("the draft is %+v, %v", draft, err)
	}
}

// What is pasted is masked in the page too, and the draft that the page keeps
// holds no name.
func TestAPastedReplyIsMaskedBeforeItIsSaved(t *testing.T) {
	d := newMailDesk(t)
	c := d.work.sentAt("0305", testNow.Add(-time.Hour))
	d.work.clock.advance(4 * time.Hour)
	d.open(contactURL(c))
	d.paste(fullReply)
	d.until("the text is masked", `document.getElementById("f-text").value.includes("[namn]")`)
	d.until("the sender is proposed", `document.querySelectorAll('[name^="gave_"]:checked').length === 3`)
	d.until("the draft is saved", `document.getElementById("saved")?.innerText.startsWith("Sparat")`)
	d.until("nothing waits", `!Object.keys(localStorage).some((key) => localStorage.getItem(key).includes("Zebulon"))`)
	draft, ok, err := d.work.service.Draft(t.Context(), d.work.users[evaluator], c.ID)
	if err != nil || !ok || strings.Contains(draft.Fields["text"], "Zebulon") || draft.Fields["text"] == "" {
		t.Errorf("the draft is %+v, %v", draft, err)
	}
}
