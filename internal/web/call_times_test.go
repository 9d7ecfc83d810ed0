package web

import (
	"net/http"
	"testing"
	"time"

	"servicematning/internal/survey"
)

func TestATimeIsCorrectedWithAReason(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.reached(c)
	w.clock.advance(500 * time.Millisecond)
	browser.form("#call").choose("answer", "fair").set("note", "Halvvägs.").submit("Rätta en tid …").wants(http.StatusOK)
	browser.sees("h1", "Rätta en tid").sees("[aria-labelledby=h-presses]", "tis 27 okt 10.32.521Handläggaretrycktdu")
	for name, want := range map[string]string{
		"dialled": "10.32.00", "answered": "10.32.09", "forwarded": "10.32.36", "connected": "10.32.52", "ended": "",
	} {
		if got := browser.find("#f-"+name).AttrOr("value", ""); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	form := browser.form("form[action$='/tider']")
	form.set("connected", "10.32.30").submit().wants(http.StatusUnprocessableEntity).
		sees("#f-why-err", "varför").sees("#f-connected-err", "inte komma före Kopplas, 10.32.36")
	form.set("connected", "halv elva").submit().wants(http.StatusUnprocessableEntity).sees("#f-connected-err", "Skriv tiden som 10.31.04.")
	browser.form("form[action$='/tider']").set("connected", "10.32.44").set("forwarded_2", "10:32:40").
		set("why", "Tryckte för sent.").submit().wants(http.StatusOK)
	if browser.path() != contactURL(c) {
		t.Errorf("came to %s", browser.path())
	}
	browser.sees(".flash-ok", "Tiden är rättad").sees(".ph-now", "10.32.44").sees("#f-note", "Halvvägs.")
	browser.sees(".ph-done:nth-child(1)", "Ringer").find("[name=answer][value=fair][checked]")
	a := w.stored(c).Attempts[0]
	if a.Connected.Sub(a.Dialled) != 44*time.Second || len(a.Forwarded) != 2 {
		t.Errorf("stored %+v", a)
	}
	browser.open(contactURL(c)+"/tider").sees("[aria-labelledby=h-presses]", "rättat från 10.32.52 till 10.32.44Skäl: Tryckte för sent.").
		sees("[aria-labelledby=h-presses]", "Kopplastillagt, 10.32.40")
	w.as(t, lead).open(address("omgangar", "2026", "kontakter", c.ID)).
		sees("[aria-labelledby=h-presses]", "rättat från 10.32.52 till 10.32.44Skäl: Tryckte för sent.evaluator@example.se")
}

func TestTakingAwayTheHandläggareOpensTheOutcome(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.reached(c)
	rated(browser.form("#call")).submit("Spara och stanna").wants(http.StatusOK)
	form := browser.open(contactURL(c) + "/tider").form("form[action$='/tider']")
	form.set("connected", "").set("why", "Det var växeln.").submit().wants(http.StatusOK)
	browser.sees(".flash-warn", "Välj utfall igen").sees("#f-note", "Kopplades en gång.").lacks("[name=outcome][value=reached]")
	if got := w.stored(c); got.State != survey.Begun || got.Disposition != "" {
		t.Errorf("stored %+v", got)
	}
	version := w.stored(c).Version
	form.submit().wants(http.StatusOK).lacks(".flash-late") // the same form again
	if got := w.stored(c).Version; got != version {
		t.Errorf("version %d after the second, want %d", got, version)
	}
	browser.open(contactURL(c)).form("#call").choose("outcome", "bounced").submit("Spara och stanna").wants(http.StatusOK)
	if got := w.stored(c); got.Disposition != survey.NoContact {
		t.Errorf("stored %+v", got)
	}
}

func TestATimeIsNotCorrectedOverAnotherWindow(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.reached(c)
	form := browser.open(contactURL(c) + "/tider").form("form[action$='/tider']")
	w.press(w.as(t, evaluator).open(contactURL(c)), "Avslutat", time.Minute)
	form.set("connected", "10.32.40").set("why", "För sent.").submit().wants(http.StatusConflict).
		sees(".flash-late", "ändrats i ett annat fönster").sees("[aria-labelledby=h-presses]", "Avslutattryckt")
	browser.form("form[action$='/tider']").set("ended", "10.33.52").submit().wants(http.StatusOK).sees(".flash-ok", "Tiden är rättad")
	w.edit(c, func(c *survey.Contact) { c.State = survey.Approved })
	browser.open(contactURL(c)+"/tider").form("form[action$='/tider']").set("connected", "10.32.41").set("why", "x").submit().
		wants(http.StatusConflict).sees(".flash-late", "granskad")
}

func TestACallThatWasNotMadeHasNoTimes(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c) + "/tider")
	if browser.path() != contactURL(c) {
		t.Errorf("came to %s", browser.path())
	}
}

func TestAPressFromBeforeTheLineCameBack(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	w.press(browser, "Ringer", 0)
	w.clock.advance(2 * time.Minute)
	form := browser.form("#call")
	form.fields.Set("ago", "90000")
	form.submit("Svar").wants(http.StatusOK).sees(".ph-now", "10.32.30")
	browser.open(contactURL(c)+"/tider").sees("[aria-labelledby=h-presses]", "kom fram 10.34.00, när förbindelsen var tillbaka")
	form = browser.open(contactURL(c)).form("#call")
	form.fields.Set("ago", "nyss")
	form.submit("Avslutat").wants(http.StatusConflict).sees(".flash-late", "för gammalt för att räknas")
}

func TestAPressInTheOtherWindowIsTold(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	one, two := w.as(t, evaluator).open(contactURL(c)), w.as(t, evaluator).open(contactURL(c))
	w.press(one, "Ringer", 0)
	two.form("#call").set("note", "Kvar.").submit("Ringer").wants(http.StatusConflict).
		sees(".flash-late", "Trycket räknades inte").sees(".flash-late", "Det står nu på Ringer, tryckt 10.32.00").sees("#f-note", "Kvar.")
	enabled(t, two, "answer", "connect", "end")
	w.press(two, "Svar", 9*time.Second).sees(".ph-now", "efter 9 s").sees("#f-note", "Kvar.")
}
