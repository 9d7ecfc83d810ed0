package web

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// On an ordinary screen everything that is used while somebody talks is in
// view at once: the phases, the clock and all ratings, above the foot.
func TestTheCallFitsOneScreen(t *testing.T) {
	d := newCallDesk(t)
	d.do("an ordinary screen", chromedp.EmulateViewport(1440, 900))
	d.openCall()
	d.phase("r", 0)
	d.phase("s", 9*time.Second)
	d.phase("h", 20*time.Second)
	d.until("all of it is in view", `(() => {
		const foot = document.querySelector(".bar-foot").getBoundingClientRect();
		return scrollY === 0 && foot.bottom <= innerHeight && [".phases", ".clock", ".outcome", ...document.querySelectorAll(".rate")]
			.map((part) => (part.getBoundingClientRect ? part : document.querySelector(part)).getBoundingClientRect())
			.every((r) => r.height > 0 && r.top >= 0 && r.bottom <= foot.top);
	})()`)
}

// What a complete report lacks is followed while it is filled in.
func TestWhatIsLeftIsFollowed(t *testing.T) {
	d := newCallDesk(t)
	d.phase("r", 0)
	left := func(words string) {
		t.Helper()
		d.until("left: "+words, `[...document.querySelectorAll(".left > :is(b, span)")]
			.filter((item) => item.checkVisibility()).map((item) => item.textContent).join(", ") === "`+words+`"`)
	}
	left("Utfall")
	d.strike("f")
	left("Anteckning")
	d.strike("u")
	left("ingenting") // saving ends the call
	d.phase("h", time.Second)
	d.strike("1")
	left("Information, Intresse och engagemang, Bemötande, Avslutat")
	d.phase("a", time.Second)
	d.strike("111")
	left("ingenting")
}
