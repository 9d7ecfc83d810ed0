package web

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// overlaps lists texts and controls that stand on top of each other. What is
// laid over something on purpose is not in the flow and is left out.
const overlaps = `(() => {
	const seen = [];
	const floats = (e) => e.closest("thead, .stick, .bar-foot, .vh, .skip, details:not([open]) > :not(summary)") ||
		["absolute", "fixed", "sticky"].includes(getComputedStyle(e).position);
	for (const e of document.querySelectorAll("body *")) {
		const control = e.matches("input:not([type=hidden]), select, textarea, button, .btn");
		const text = [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
		if (!(control || text.length) || !e.checkVisibility() || floats(e)) continue;
		const range = document.createRange();
		const boxes = control ? [e.getBoundingClientRect()]
			: text.flatMap((n) => { range.selectNodeContents(n); return [...range.getClientRects()]; });
		for (const box of boxes) if (box.width > 2 && box.height > 2) seen.push({ e, box });
	}
	seen.sort((a, b) => a.box.top - b.box.top);
	const found = [];
	for (let i = 0; i < seen.length; i++) {
		for (let j = i + 1; j < seen.length && seen[j].box.top < seen[i].box.bottom - 4; j++) {
			const a = seen[i], b = seen[j];
			const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
			const down = Math.min(a.box.bottom, b.box.bottom) - b.box.top;
			if (across < 4 || down < 4 || a.e.contains(b.e) || b.e.contains(a.e)) continue;
			found.push("overlap: " + a.e.outerHTML.slice(0, 90) + " and " + b.e.outerHTML.slice(0, 90));
		}
	}
	return found.slice(0, 3);
})()`

// Every page with letters of twice the usual size, as a visitor sets them in
// the browser.
func TestEveryPageHoldsLargeText(t *testing.T) {
	g := newGallery(t)
	b := g.browser(t, chromedp.Flag("blink-settings", "defaultFontSize=32"))
	g.walkThrough(t, b, func(tab *browser, e exhibit) {
		for _, width := range []int64{1440, 390} {
			tab.view(width, nil)
			for _, script := range []string{sideways, overlaps} {
				for _, line := range tab.lines(e.name, script) {
					tab.t.Errorf("%s, %d px: %s", e.name, width, line)
				}
			}
		}
	})
}
