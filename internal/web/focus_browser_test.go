package web

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// unseenFocus gives the focus to everything that can have it and lists where
// it does not show, is covered by something that sticks, or jumps back.
const unseenFocus = `(() => {
	document.querySelectorAll("details").forEach((d) => { d.open = true; });
	const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
		.filter((e) => !e.matches(":disabled") && e.tabIndex >= 0 && e.checkVisibility() && !e.closest("[inert]"));
	const found = [];
	const say = (what, e) => found.push(what + ": " + e.outerHTML.slice(0, 140));
	const frame = (e) => e.closest(".chip, .lv, td:has(.mx-pick)") ?? e; // what is drawn around, instead of a small box
	const look = (e) => { const s = getComputedStyle(frame(e)); return [s.outlineStyle, s.outlineWidth, s.boxShadow].join(" "); };
	let last = null;
	for (const e of all) {
		if (e.tabIndex > 0) say("tabindex " + e.tabIndex, e);
		document.activeElement?.blur();
		const before = look(e);
		e.focus({ focusVisible: true });
		const style = getComputedStyle(frame(e));
		const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
		if (!drawn || look(e) === before) say("the focus does not show", e);
		const box = frame(e).getBoundingClientRect();
		const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2; // of what is in the window
		const top = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
		const own = top && (frame(e).contains(top) || top.contains(frame(e)) || top.closest("label")?.contains(e));
		if (!own && !e.matches(".vh, .skip")) say("the focus is covered by " + (top ? top.outerHTML.slice(0, 60) : "the edge"), e);
		const at = { top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right };
		if (last && !e.closest(".scroll") && at.bottom <= last.top && at.right <= last.left) say("the focus jumps back", e);
		last = at;
	}
	return found.slice(0, 5);
})()`

// Wherever the focus is, it shows.
func TestFocusIsAlwaysVisible(t *testing.T) {
	g := newGallery(t)
	g.walkThrough(t, g.browser(t), func(tab *browser, e exhibit) {
		for _, width := range []int64{1440, 390} {
			tab.do("a window", chromedp.EmulateViewport(width, 900))
			for _, line := range tab.lines(e.name, unseenFocus) {
				tab.t.Errorf("%s, %d px: %s", e.name, width, line)
			}
		}
	})
}

// unmarked lists choices that only a colour would tell from the others.
const unmarked = `[...document.querySelectorAll(".lv:has(:checked), .chip:has(:checked), .ph-now")]
	.filter((e) => getComputedStyle(e).outlineStyle === "none").map((e) => "not marked: " + e.outerHTML.slice(0, 140))`

// The system's own colours take the place of the page's; what is chosen and
// where one is must still show.
func TestForcedColoursKeepWhatIsChosen(t *testing.T) {
	g := newGallery(t)
	b := g.browser(t).newTab(t)
	for n, e := range g.exhibits {
		if e.name != "/komponenter as lead" && e.name != "/samtal as evaluator" {
			continue
		}
		b.view(1440, media{"forced-colors": "active"})
		b.open(g.path(n))
		for _, script := range []string{unmarked, unseenFocus} {
			for _, line := range b.lines(e.name, script) {
				t.Errorf("%s: %s", e.name, line)
			}
		}
	}
}

// The Tab key goes through the main pages from the first link to the last and
// is caught nowhere.
func TestTabGoesThroughTheMainPages(t *testing.T) {
	g := newGallery(t)
	b := g.browser(t)
	for _, page := range []string{"/min-dag as evaluator", "/samtal as evaluator", "/e-post as evaluator", "/omgangar/2026/framsteg as lead"} {
		n := slices.IndexFunc(g.exhibits, func(e exhibit) bool { return e.name == page })
		if n < 0 {
			t.Fatalf("no page is %s", page)
		}
		b.open(g.path(n))
		b.do("follow the focus", chromedp.Evaluate[chromedp.Void](`
			window.visited = [];
			document.addEventListener("focusin", (event) => visited.push(event.target));`))
		for !b.isTrue(`document.activeElement === [...document.querySelectorAll("footer a")].at(-1)`) {
			b.do("press Tab", chromedp.KeyEvent(kb.Tab))
			if b.isTrue(`visited.length > 400`) {
				t.Fatalf("%s: the focus does not come to the end", page)
			}
		}
		b.do("in the order of the page", chromedp.Evaluate[chromedp.Void](`
			visited.forEach((e, i) => {
				if (i && !(visited[i - 1].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) throw e.outerHTML;
			});`))
	}
}

// isTrue asks the page something.
func (b *browser) isTrue(question string) bool {
	b.t.Helper()
	answer, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](question))
	if err != nil {
		b.t.Fatal(err)
	}
	return answer
}
