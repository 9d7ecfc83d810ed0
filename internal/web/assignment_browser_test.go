package web

import (
	"testing"

	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// A lead ticks cells, changes many at once and adds an absence.
func TestAssignmentMatrix(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	b := newBrowser(t, a)
	b.login(survey.RoleLead)
	b.open("/omgangar/2026/tilldelning")
	cell := func(key string) string { return `input[value="` + key + `"]` }

	// What is ticked shows at once, in the cell, below the area and in words.
	b.tick(cell("grundskola|emil@example.se"))
	b.sees(`td:has(`+cell("grundskola|emil@example.se")+`)`, "alla")
	b.tick(cell("bygglov|emil@example.se"))
	b.sees(`td:has(`+cell("bygglov|emil@example.se")+`)`, "–")
	b.sees("[data-changes]", "2 rutor är ändrade men inte sparade.")
	b.sees("tfoot td[data-takes]", "1")
	b.tick("[data-undo]")
	b.sees("[data-changes]", "Det som har börjat ligger kvar")
	b.sees("tfoot td[data-takes]", "2")
	b.tick(cell("förskola|emil@example.se"))
	b.press("[data-matrix] .btn-p")
	b.sees(".flash-ok", "Tilldelningen är sparad")
	b.sees(`td:has(`+cell("förskola|emil@example.se")+`)`, "alla")

	// By the keyboard alone.
	b.do("press space", chromedp.Focus(cell("förskola|emil@example.se")), chromedp.KeyEvent(" "))
	b.sees("[data-changes]", "1 ruta är ändrad men inte sparad.")

	b.open("/omgangar/2026/tilldelning/flera")
	b.tick(`#f-who button`)
	b.tick(`input[name="omrade"][value="kultur och fritid"]`)
	b.press(`form[method="get"] .btn-p`)
	b.sees("#forhandsvisning h2", "2 rutor ändras")
	b.press("#forhandsvisning .btn-p")
	b.sees(".flash-ok", "Tilldelningen är sparad")
	b.sees(`td:has(`+cell("kultur och fritid|evaluator@example.se")+`)`, "alla")

	b.write("#f-who", "emil@example.se")
	b.write("#f-from", "ons 28 okt")
	b.write("#f-to", "18 nov")
	b.press("#franvaro .btn")
	b.sees(".flash-ok", "Emil Öberg är frånvarande ons 28 okt – ons 18 nov")
	b.sees(".list .b-late", "att flytta")
	b.press(`form[action$="/ta-bort"] button`)
	b.sees(".flash-ok", "är borttagen")
}
