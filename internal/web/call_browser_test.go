package web

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// callDesk is a call on the screen of an evaluator.
type callDesk struct {
	*browser
	work    *work
	contact survey.Contact
	next    survey.Contact // what comes after it
	version int            // of the contact as the page should know it
	struck  int            // keys pressed
}

// newCallDesk opens a planned call; another one waits after it.
func newCallDesk(t testing.TB) *callDesk {
	t.Helper()
	w := newWork(t, nil)
	d := &callDesk{work: w, contact: w.contact(survey.Phone, "1492", testNow.Add(-time.Minute)), version: 1}
	d.next = w.contact(survey.Phone, "0305", testNow)
	w.put(d.contact, d.next)
	d.browser = newBrowser(t, w.app)
	d.login(evaluator)
	d.openCall()
	return d
}

func (d *callDesk) openCall() {
	d.t.Helper()
	d.open("/samtal/" + d.contact.ID.String())
}

// strike presses keys, one after the other.
func (d *callDesk) strike(keys string) {
	d.t.Helper()
	for _, key := range keys {
		d.struck++
		d.do("key "+string(key), chromedp.KeyEvent(string(key)))
	}
}

// until waits for something to be so on the page.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	b.do(what, wait(expression))
}

func wait(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Poll[bool](expression)(ctx, t)
		return err
	})
}

// phase presses a phase with its key some time after the one before, and waits
// until the server has answered.
func (d *callDesk) phase(key string, after time.Duration) {
	d.t.Helper()
	d.work.clock.advance(after)
	d.strike(key)
	d.version++
	d.until("the press "+key+" is answered", fmt.Sprintf(`document.querySelector('#call [name="version"]').value === "%d"`, d.version))
}

// goneOn waits for the contact that comes after this one.
func (d *callDesk) goneOn() {
	d.t.Helper()
	d.do("the next contact", chromedp.WaitReady(`#call[action="/samtal/`+d.next.ID.String()+`"]`))
}

// stored is the contact as it is kept.
func (d *callDesk) stored() survey.Contact {
	d.t.Helper()
	v, err := d.work.service.Contact(d.t.Context(), d.work.users[evaluator], d.contact.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return v.Contact
}

// A whole call without the mouse: every key that is pressed is counted.
func TestACallByKeyboardAlone(t *testing.T) {
	d := newCallDesk(t)
	d.phase("r", 0)
	d.phase("s", 9*time.Second)
	d.phase("k", 20*time.Second)
	d.phase("h", 15*time.Second)
	d.strike("79")
	d.strike("1")
	d.sees(".rate-turn legend", "Information")
	d.strike("212")
	d.until("every criterion is rated", `document.querySelectorAll("fieldset.rate :checked").length === 4`)
	d.sees("#turn", "Alla frågor är bedömda. Byt fråga med ← →.")
	d.phase("a", time.Minute)
	d.strike("\r")
	d.goneOn()
	if d.struck > 14 {
		t.Errorf("%d keys", d.struck)
	}
	t.Logf("a reached call takes %d keys", d.struck)

	c := d.stored()
	a := c.Attempts[0]
	if c.State != survey.Submitted || a.Outcome != survey.Reached || a.Connected.Sub(a.Dialled) != 44*time.Second ||
		a.Greeting != survey.SaidMunicipality|survey.SaidHello {
		t.Errorf("stored: %+v", c)
	}
	want := survey.Ratings{Answer: survey.Good, Information: survey.Fair, Interest: survey.Good, Treatment: survey.Good}
	if a.Ratings != want {
		t.Errorf("ratings %+v, want %+v", a.Ratings, want)
	}
}
