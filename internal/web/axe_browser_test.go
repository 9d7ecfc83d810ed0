package web

import (
	_ "embed"
	"testing"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe/axe.min.js
var axeScript string

// axeRun opens everything that opens in place and lists what breaks WCAG 2.2
// AA, as far as axe-core can decide it by itself. Light and dark differ in
// colours alone, so all rules are for the light page and those about colours
// for the dark one.
const axeRun = `(async (dark) => {
	document.querySelectorAll("details").forEach((d) => { d.open = true; });
	const found = await axe.run(document, {
		runOnly: dark ? ["color-contrast", "link-in-text-block"] : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
		resultTypes: ["violations"], preload: false, iframes: false, selectors: false,
	});
	return found.violations.flatMap((rule) => rule.nodes.map((n) => rule.id + ": " + n.html.slice(0, 200) +
		": " + [...n.any, ...n.all, ...n.none].map((check) => check.message).join("; ")));
})(matchMedia("(prefers-color-scheme: dark)").matches)`

// sideways lists what makes the page wider than the window.
const sideways = `(() => {
	const room = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= room) return [];
	const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 0.5 && !e.closest(".scroll, .example"));
	return wide.slice(-4).map((e) => "sideways overflow to " + Math.round(e.getBoundingClientRect().right) + ": " + e.outerHTML.slice(0, 160));
})()`

// smallTargets lists what is hard to hit. A link in a sentence is as high as
// the sentence, and a box or button inside a label is as large as the label.
const smallTargets = `(() => {
	const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
	return controls.map((e) => e.closest("label") ?? e).filter((e) => {
		if (!e.checkVisibility() || getComputedStyle(e).display === "inline" || e.matches(".skip, [aria-hidden]")) return false;
		const box = e.getBoundingClientRect();
		return box.width < 23.95 || box.height < 23.95;
	}).map((e) => "small target: " + e.getBoundingClientRect().width + " × " + e.getBoundingClientRect().height + ": " + e.outerHTML.slice(0, 160));
})()`

// motion lists what moves although the visitor has asked for none.
const motion = `[...document.querySelectorAll("body *")].filter((e) => {
	const style = getComputedStyle(e);
	return style.transitionDuration !== "0s" || style.animationName !== "none" || style.scrollBehavior !== "auto";
}).slice(0, 3).map((e) => "moves: " + e.outerHTML.slice(0, 160))`

// Every page, light and dark, wide and narrow.
func TestEveryPageIsAccessible(t *testing.T) {
	g := newGallery(t)
	g.walkThrough(t, g.browser(t), func(tab *browser, e exhibit) {
		tab.do("load axe", chromedp.Evaluate[chromedp.Void](axeScript))
		for _, width := range []int64{1440, 390} {
			for _, scheme := range []string{"light", "dark"} {
				tab.view(width, media{"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"})
				for _, script := range []string{axeRun, sideways, smallTargets, motion} {
					for _, line := range tab.lines(e.name, script) {
						tab.t.Errorf("%s, %s %d px: %s", e.name, scheme, width, line)
					}
				}
			}
		}
	})
}
