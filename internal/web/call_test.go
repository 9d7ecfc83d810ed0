package web

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var callDoors = doorList{
	"GET /samtal": {evaluator}, "GET /samtal/:id": {evaluator}, "POST /samtal/:id": {evaluator},
	"GET /samtal/:id/skede": {evaluator}, "GET /samtal/:id/angra": {evaluator},
	"POST /samtal/:id/skede": {evaluator}, "POST /samtal/:id/angra": {evaluator},
	"GET /samtal/:id/tider": {evaluator}, "POST /samtal/:id/tider": {evaluator},
	"GET /samtal/:id/utkast/tider": {evaluator}, "POST /samtal/:id/utkast/tider": {evaluator},
}

// sampleCall is a call in its third state of many: put through, tried before.
func sampleCall() fieldwork.ContactView {
	round := *sampleLayout("", evaluator).Round
	round.Design = survey.DefaultDesign("2026")
	round.Design.MaxAttempts = 2
	question, _ := round.Design.Question("FÖRS2")
	return fieldwork.ContactView{
		Round: round, Question: question,
		Participant: survey.Participant{Municipality: survey.Municipality{Name: "Upplands-Bro"},
			Phone: "+46701740642", Email: "a@example.se"},
		Contact: survey.Contact{
			ID: survey.NewID[survey.Contact](), Channel: survey.Phone, Area: "förskola", Question: "FÖRS2",
			Replicate: 1, State: survey.Begun,
			PlannedAt: testNow, Attempts: []survey.Attempt{
				{Dialled: testNow.Add(-time.Hour), Ended: testNow.Add(-time.Hour), Outcome: survey.Busy,
					Note: "Tutade."},
				{Dialled: testNow, Answered: testNow.Add(9 * time.Second),
					Forwarded: []time.Time{testNow.Add(30 * time.Second)}},
			},
		},
	}
}

// sampleConflict differs in one field.
func sampleConflict(name, title string) *conflict {
	return &conflict{Action: "/x/val", Rows: []difference{{name, title, "a", "–"}},
		Hidden: []option{{"here_" + name, "a"}, {"there_" + name, ""}}}
}

var callSamples = []page{
	func() page {
		f := wrongForm("outcome", "answer", "note", "suspected", "suspected_why")
		p := newCallPage(sampleCall(), f, 2, testNow.Add(6*time.Minute))
		p.Refused = &flash{"late", "Inte sparat", "Vänta."}
		p.Draft = draftPart{Writer: "a", Revision: 3, Saved: "tis 27 okt 10.32"}
		p.Conflict = sampleConflict("outcome", "Utfall")
		p.layout = sampleLayout("Upplands-Bro, samtal", evaluator)
		return p
	}(),
	func() page { // before the next dial, with the earlier one to correct
		v := sampleCall()
		v.Contact.Attempts = v.Contact.Attempts[:1]
		p := newCallPage(v, newForm(), 2, testNow)
		p.Held, p.Skip, p.Shown = "reserverad för dig till 10.47", newSkip(v), "abc"
		p.layout = sampleLayout("Upplands-Bro, samtal", evaluator)
		return p
	}(),
	func() page { // an appointment that cannot be
		v := sampleCall()
		v.Contact.Attempts = v.Contact.Attempts[1:]
		p := newCallPage(v, wrongForm("call_back", "call_back_day", "call_back_clock"), 1, testNow)
		p.layout = sampleLayout("Upplands-Bro, samtal", evaluator)
		return p
	}(),
	func() page { // its times
		v := sampleCall()
		f := wrongForm("", "dialled", "forwarded", "why")
		p := &timesPage{View: v, Form: f, Fields: timeFields(v.Contact, f), Refused: &flash{"late", "Inte sparat", "Vänta."}}
		p.Presses = pressRows([]survey.Press{
			{Attempt: 2, Phase: survey.Dial, Kind: survey.PressMade, At: testNow, Received: testNow.Add(time.Minute)},
			{Attempt: 2, Phase: survey.Dial, Kind: survey.PressCorrected, Was: testNow, Reason: "Skäl."},
		}, func(string) string { return "du" })
		p.layout = sampleLayout("Upplands-Bro, rätta en tid", evaluator)
		return p
	}(),
	func() page { // locked, and once returned
		v := sampleCall()
		v.Contact.State, v.Contact.ReviewNote, v.Contact.Disposition = survey.Returned, "Stämmer svaret?", survey.Void
		p := newCallPage(v, newForm(), 1, testNow)
		p.layout = sampleLayout("Upplands-Bro, samtal", evaluator)
		return p
	}(),
}

// press presses a phase after some time.
func (w *work) press(browser *walk, phase string, after time.Duration) *walk {
	w.t.Helper()
	w.clock.advance(after)
	return browser.form("#call").submit(phase).wants(http.StatusOK)
}

// reached walks a call until the handläggare has answered, after 52 seconds.
func (w *work) reached(c survey.Contact) *walk {
	w.t.Helper()
	browser := w.as(w.t, evaluator).open(contactURL(c))
	w.press(browser, "Ringer", 0)
	w.press(browser, "Svar", 9*time.Second)
	w.press(browser, "Kopplas", 27*time.Second)
	return w.press(browser, "Handläggare", 16*time.Second)
}

// rated fills in a whole judgement.
func rated(f *walkForm) *walkForm {
	return f.choose("outcome", "reached").choose("answer", "good").choose("information", "fair").
		choose("interest", "poor").choose("treatment", "very_good").choose("said_hello", "1").
		set("note", "Kopplades en gång.")
}

// What the page shows in whole seconds adds up, whatever parts of a second the
// keys were pressed at.
func TestTheSecondsShownAddUp(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	w.press(browser, "Ringer", 900*time.Millisecond)
	w.press(browser, "Svar", 10*time.Second+300*time.Millisecond)
	browser.sees(".ph-done", "10.32.00").sees(".ph-now", "10.32.11").sees(".ph-now", "efter 11 s").
		sees("#part-wait", "Väntan 0.11 av högst 5.00. 4.49").find("#part-wait rect[data-from][data-span='300000']")
	w.press(browser, "Handläggare", 39*time.Second+300*time.Millisecond)
	browser.sees(".ph-now", "10.32.50").sees(".ph-now", "efter 50 s").sees("[aria-labelledby=h-acc]", "efter 50 s").
		sees("#part-wait", "Väntan 0.50 av högst 5.00, stannade när handläggaren svarade. 4.10 återstod.").
		lacks("#part-wait rect[data-from]")
}

func TestACallIsMadeFromDialToSave(t *testing.T) {
	w := newWork(t, nil)
	c, next := w.planned(survey.Phone, "0139"), w.contact(survey.Phone, "2023", testNow.Add(time.Hour))
	w.put(next)
	browser := w.as(t, evaluator).open("/samtal").wants(http.StatusOK).sees("h1", "Upplands-Bro, Förskola")
	if browser.path() != contactURL(c) {
		t.Fatalf("the next call is at %s", browser.path())
	}
	if got := browser.find("a.tel").AttrOr("href", ""); got != "tel:+4617152500" {
		t.Errorf("the number leads to %q", got)
	}
	browser.sees("a.tel", "0171-525 00").sees(".say", "Upplands-Bro").lacks("span:not([hidden]) > button[name=then]")
	enabled(t, browser, "dial")
	w.press(browser, "Ringer", 0)
	enabled(t, browser, "answer", "connect", "end")
	w.press(browser, "Svar", 9*time.Second).sees(".ph-now", "efter 9 s, huvudnumret")
	enabled(t, browser, "forward", "connect", "end")
	w.press(browser, "Kopplas", 27*time.Second).sees(".ph-now", "efter 36 s, 1 gång")
	w.press(browser, "Handläggare", 16*time.Second).sees(".ph-now", "efter 52 s").sees(".ph-now", "10.32.52")
	enabled(t, browser, "end")
	browser.sees("[aria-labelledby=h-acc]", "God").sees("[aria-labelledby=h-acc]", "efter 52 s").
		sees("[aria-labelledby=h-acc]", "god inom 60 s")
	browser.sees("#part-wait", "Väntan 0.52 av högst 5.00, stannade när handläggaren svarade. 4.08 återstod.")
	w.press(browser, "Avslutat", 88*time.Second).sees(".ph-now", "10.34.20").sees(".ph-now", "varade 2.20")
	rated(browser.form("#call")).submit("Spara och ta nästa").wants(http.StatusOK)
	browser.sees(".flash-ok", "Samtalet med Upplands-Bro är klart.")
	if browser.path() != contactURL(next) {
		t.Errorf("came to %s, want the next call", browser.path())
	}
	got := w.stored(c)
	a := got.Attempts[0]
	if got.State != survey.Submitted || a.Outcome != survey.Reached || a.Greeting != survey.SaidHello ||
		a.Note != "Kopplades en gång." ||
		a.Ratings != (survey.Ratings{Answer: survey.Good, Information: survey.Fair, Interest: survey.Poor,
			Treatment: survey.VeryGood}) {
		t.Errorf("stored %+v", got)
	}
	if wait, _ := a.Wait(); wait != 52*time.Second || a.Ended.Sub(a.Dialled) != 140*time.Second {
		t.Errorf("stamped wait %v, length %v", wait, a.Ended.Sub(a.Dialled))
	}
}

// enabled fails unless exactly these phases can be pressed.
func enabled(t *testing.T, browser *walk, phases ...string) {
	t.Helper()
	var got []string
	for _, b := range browser.page.Find(".ph:not([disabled])").EachIter() {
		got = append(got, b.AttrOr("value", ""))
	}
	if len(got) != len(phases) {
		t.Fatalf("%v can be pressed, want %v", got, phases)
	}
	for i := range got {
		if got[i] != phases[i] {
			t.Fatalf("%v can be pressed, want %v", got, phases)
		}
	}
}

func TestNothingTypedIsLostWhenAPhaseIsPressed(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	w.press(browser, "Ringer", 0)
	w.clock.advance(5 * time.Second)
	form := browser.form("#call").choose("said_name", "1").choose("answer", "fair").set("note", "Växeln var trevlig.").
		set("suspected_why", "Hm")
	sent := form.fields
	form.submit("Svar").wants(http.StatusOK)
	kept := func() {
		t.Helper()
		browser.sees("#f-note", "Växeln var trevlig.").find("[name=said_name][checked]")
		browser.find("[name=answer][value=fair][checked]")
		if got := browser.find("#f-suspected_why").AttrOr("value", ""); got != "Hm" {
			t.Errorf("the reason is %q", got)
		}
	}
	kept()
	browser.form("#call").submit("Kopplas").wants(http.StatusOK)
	kept()
	browser.form("#call").submit("Ångra senaste tryck").wants(http.StatusOK)
	kept()
	sent.Set("phase", "answer") // loading the answer again sends the same form again
	browser.post(contactURL(c)+"/skede", sent).wants(http.StatusOK)
	kept()
	if a := w.stored(c).Attempts; len(a) != 1 || a[0].Answered.Sub(a[0].Dialled) != 5*time.Second ||
		len(a[0].Forwarded) != 0 {
		t.Errorf("stored %+v", a)
	}
}

func TestAPressThatCannotBeIsRefusedInWords(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	fields := browser.form("#call").set("note", "Skrivet").fields
	fields.Set("phase", "connect")
	browser.post(contactURL(c)+"/skede", fields).wants(http.StatusConflict).
		sees(".flash-late", "Tryck på Ringer först").sees("#f-note", "Skrivet")
	w.clock.advance(60 * 24 * time.Hour)
	browser = w.as(t, evaluator).open(contactURL(c))
	browser.form("#call").submit("Ringer").wants(http.StatusConflict).
		sees(".flash-late", "Mätperioden är mån 19 okt–fre 20 nov 2026")
	if got := w.stored(c); len(got.Attempts) != 0 {
		t.Errorf("stored %+v", got.Attempts)
	}
}

func TestAnIncompleteJudgementIsShownAgain(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.reached(c)
	browser.form("#call").choose("outcome", "reached").choose("answer", "good").choose("suspected", "1").
		submit("Spara och stanna")
	browser.wants(http.StatusUnprocessableEntity).sees("#f-information-err", "Välj en nivå för Information.")
	browser.sees("#f-suspected_why-err", "Skriv vad som tydde på upptäckt.").find("[name=answer][value=good][checked]")
	browser.sees("#errors", "Inte sparat").lacks("#f-answer-err")
	rated(browser.form("#call")).set("suspected_why", "Frågade varför.").submit("Spara och stanna").wants(http.StatusOK)
	browser.sees(".flash-ok", "Samtalet med Håbo är klart.")
	if got := w.stored(c); !got.Suspected || got.SuspectedWhy != "Frågade varför." {
		t.Errorf("stored %+v", got)
	}
}

func TestRatingsLeftFromBeforeTheOutcomeDoNotStopASave(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	w.press(browser, "Ringer", 0).sees(".chips", "Upptaget").lacks(`[name=outcome][value=reached]`)
	browser.form("#call").choose("answer", "good").choose("outcome", "busy").submit("Spara och stanna").
		wants(http.StatusOK)
	got := w.stored(c)
	if got.Disposition != survey.NoContact || got.Attempts[0].Ratings != (survey.Ratings{}) {
		t.Errorf("stored %+v", got)
	}
	browser.sees("[aria-labelledby=h-acc]", "Dålig").lacks(".rate")
}

func TestASaveWithoutADialIsRefused(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	browser.form("#call").choose("outcome", "busy").submit().wants(http.StatusConflict).
		sees(".flash-late", "Tryck på Ringer först")
}

func TestASavedFormThatComesTwiceActsOnce(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.reached(c)
	form := rated(browser.form("#call"))
	form.submit("Spara och stanna").wants(http.StatusOK)
	version := w.stored(c).Version
	form.submit("Spara och stanna").wants(http.StatusOK).lacks(".flash-late")
	if got := w.stored(c).Version; got != version {
		t.Errorf("version %d after the second, want %d", got, version)
	}
	form.choose("treatment", "poor").submit("Spara och stanna").
		wants(http.StatusConflict) // the visitor went back and changed it
	browser.sees("[aria-labelledby=conflict]", "Bemötandedåligmycket god")
	browser.form("#call").submit("Spara och stanna").wants(http.StatusOK)
	if got := w.stored(c).Attempts[0].Ratings.Treatment; got != survey.Poor {
		t.Errorf("stored %s", got)
	}
}

func TestAStaleSaveShowsBothVersions(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.reached(c)
	form := rated(browser.form("#call"))
	w.edit(c, func(c *survey.Contact) {
		c.Attempts[0].Outcome, c.State = survey.Reached, survey.Submitted
		c.Attempts[0].Ratings.Answer, c.Attempts[0].Note = survey.Poor, "Från det andra fönstret."
	})
	form.submit("Spara och ta nästa").wants(http.StatusConflict)
	browser.sees("[aria-labelledby=conflict]", "Svar på frågangoddålig")
	browser.sees("[aria-labelledby=conflict]", "AnteckningKopplades en gång.Från det andra fönstret.")
	browser.sees("#f-note", "Kopplades en gång.").find("[name=answer][value=good][checked]")
	if got := w.stored(c).Attempts[0].Note; got != "Från det andra fönstret." {
		t.Errorf("the stale save was stored: %q", got)
	}
	t.Run("keep the other", func(t *testing.T) {
		other := w.as(t, evaluator).open(contactURL(c))
		other.sees("#f-note", "Från det andra fönstret.")
	})
	browser.form("#call").submit("Spara och stanna").wants(http.StatusOK).sees(".flash-ok", "klart")
	if got := w.stored(c).Attempts[0]; got.Note != "Kopplades en gång." || got.Ratings.Answer != survey.Good {
		t.Errorf("stored %+v", got)
	}
}

func TestAnotherEvaluatorsContactIsNotThere(t *testing.T) {
	w := newWork(t, nil)
	for _, ch := range survey.Channels {
		c := w.contact(ch, "0305", testNow)
		c.Evaluator = "somebody@example.se"
		w.put(c, w.contact(survey.Phone, "0139", testNow))
		browser := w.as(t, evaluator).open(contactURL(c)).wants(http.StatusNotFound)
		fields := url.Values{"form_id": {survey.NewID[survey.Contact]().String()}, "version": {"1"}, "phase": {"dial"}}
		for _, act := range []string{"", "/skede", "/angra", "/skickat"} {
			if (act == "/skede") == (ch == survey.Email) && act != "" && act != "/angra" {
				continue
			}
			browser.post(contactURL(c)+act, fields).wants(http.StatusNotFound)
		}
		if got := w.stored(c); got.Version != 1 {
			t.Errorf("changed: %+v", got)
		}
	}
}

func TestACallIsTriedAgain(t *testing.T) {
	w := newWork(t, func(r *survey.Round) { r.Design.MaxAttempts = 2 })
	c, other := w.planned(survey.Phone, "0305"), w.contact(survey.Phone, "0139", testNow.Add(time.Hour))
	w.put(other)
	browser := w.as(t, evaluator).open(contactURL(c)).sees(".facts", "1 av 2")
	w.press(browser, "Ringer", 0)
	browser.form("#call").choose("outcome", "busy").set("note", "Tutade.").submit("Spara och ta nästa").
		wants(http.StatusOK)
	browser.sees(".flash-ok", "Håbo: upptaget. Håbo kan ringas igen från 10.47, 1 försök återstår.")
	if browser.path() != contactURL(other) {
		t.Errorf("came to %s, want the other call before the same again", browser.path())
	}
	browser.open("/min-dag").sees("table.cards", "Att ringa igen, 1").sees("table.cards", "10.47SamtalHåbo").
		sees("table.cards", "Ring igen, upptaget 10.32")
	browser.open(contactURL(c)).sees(".facts", "2 av 2").
		sees(".flash-warn", "upptaget. 1 försök återstår. Vänta till 10.47")
	browser.sees("[aria-labelledby=h-past]", "Upptaget").sees("[aria-labelledby=h-acc]", "Dålig")
	if got := browser.find("#f-note").Text(); squeeze(got) != "" {
		t.Errorf("the next dial begins with the note %q", got)
	}
	browser.form("#call").choose("outcome", "closed").submit().wants(http.StatusConflict).
		sees(".flash-late", "Tryck på Ringer först")
	if got := w.stored(c).Attempts[0].Outcome; got != survey.Busy {
		t.Errorf("what was typed for the next dial became the outcome of the first: %s", got)
	}
	browser.open(contactURL(c)).follow("Rätta det här försöket").sees("#f-note", "Tutade.").lacks(".ph:not([disabled])")
	browser.form("#call").set("note", "Tutade upptaget.").submit("Spara och stanna").wants(http.StatusOK)
	w.press(browser, "Ringer", time.Hour)
	browser.form("#call").choose("outcome", "voicemail").submit("Spara och stanna").
		sees(".flash-ok", "Samtalet med Håbo är klart.")
	got := w.stored(c)
	if len(got.Attempts) != 2 || got.Attempts[0].Note != "Tutade upptaget." || got.Disposition != survey.NoContact {
		t.Errorf("stored %+v", got)
	}
	browser.lacks(".ph:not([disabled])")
}

func TestATechnicalFaultDoesNotCount(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	w.press(browser, "Ringer", 0)
	browser.form("#call").choose("outcome", "fault").submit("Spara och stanna").wants(http.StatusUnprocessableEntity).
		sees("#f-note-err", "Skriv en anteckning")
	browser.form("#call").set("note", "Headsetet dog.").submit("Spara och stanna").wants(http.StatusOK)
	browser.sees(".flash-ok", "ska ringas igen").sees(".facts", "1 av 1").sees(".flash-warn", "räknas inte")
	browser.sees("[aria-labelledby=h-acc]", "Avgörs av första försöket.")
	enabled(t, browser, "dial")
	w.press(browser, "Ringer", time.Minute)
	if n := len(w.stored(c).Attempts); n != 2 {
		t.Errorf("%d dials", n)
	}
}

func TestACallIsCorrectedUntilItIsReviewed(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.reached(c)
	rated(browser.form("#call")).submit("Spara och stanna").wants(http.StatusOK)
	w.edit(c, func(c *survey.Contact) { c.State, c.ReviewNote = survey.Returned, "Stämmer bemötandet?" })
	browser.open("/min-dag").sees(".tile:nth-child(4)", "Svara om Håbo").follow("Svara om Håbo")
	browser.sees(".flash", "Stämmer bemötandet?")
	browser.form("#call").choose("treatment", "fair").submit("Spara och stanna").wants(http.StatusOK)
	if got := w.stored(c); got.State != survey.Submitted || got.Attempts[0].Ratings.Treatment != survey.Fair {
		t.Errorf("stored %+v", got)
	}
	form := browser.form("#call").choose("treatment", "poor")
	w.edit(c, func(c *survey.Contact) { c.State = survey.Approved })
	browser.open(contactURL(c)).sees(".flash", "granskad och kan inte ändras").find("fieldset[disabled]")
	browser.lacks("button[name=then]")
	form.fields.Set("version", browser.find("[name=version]").AttrOr("value", ""))
	form.submit("Spara och stanna").wants(http.StatusConflict).sees(".flash-late", "granskad")
}

func TestTheWaitLimitProposesAnOutcome(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	w.press(browser, "Ringer", 0).sees("[aria-labelledby=h-acc]", "senast 10.33.00")
	w.clock.advance(299 * time.Second)
	browser.open(contactURL(c)).sees("#part-wait", "0.01 kvar").find(`.over[hidden][data-at="2026-10-27T09:37:00.000Z"]`)
	w.clock.advance(time.Second)
	browser.open(contactURL(c)).lacks(".over[hidden]").sees(".over", "Inget svar inom väntetiden").sees("#part-wait", "Väntan 5.00 av högst 5.00.").
		sees(".chip:has(.propose)", "Inget svar inom väntetiden")
	w.press(browser, "Svar", 0).sees(".over", "Köade längre än väntetiden")
	browser.sees(".chip:has(.propose)", "Köade längre än väntetiden")
	w.press(browser, "Avslutat", time.Second).lacks(".over").sees(".chip:has(.propose)", "Köade längre än väntetiden")
	browser.form("#call").choose("outcome", "queue_limit").submit("Spara och stanna").wants(http.StatusOK).lacks(".propose")
}

func TestACallPageForAnEmailLeadsToTheEmail(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Email, "0305")
	browser := w.as(t, evaluator).open(address("samtal", c.ID))
	if browser.path() != contactURL(c) {
		t.Errorf("came to %s", browser.path())
	}
	browser.open("/samtal").sees(".flash", "Inget samtal just nu")
}

func TestHandläggareMeansThatOneWasReached(t *testing.T) {
	w := newWork(t, nil)
	browser := w.as(t, evaluator).open(contactURL(w.planned(survey.Phone, "0305")))
	w.press(browser, "Ringer", 0)
	browser.form("#call").choose("outcome", "busy").submit("Handläggare").wants(http.StatusOK).
		find("[name=outcome][value=reached][checked]")
	browser.lacks("[name=outcome][value=busy]")
}
