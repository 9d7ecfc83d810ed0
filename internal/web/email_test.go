package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var emailDoors = doorList{
	"GET /e-post": {evaluator}, "GET /e-post/:id": {evaluator}, "POST /e-post/:id": {evaluator},
	"GET /e-post/:id/las": {evaluator}, "POST /e-post/:id/las": {evaluator},
	"POST /e-post/:id/skickat": {evaluator}, "POST /e-post/:id/angra": {evaluator},
}

// sampleMail is an e-mail with everything that can come back.
func sampleMail() fieldwork.ContactView {
	v := sampleCall()
	v.Contact.Channel, v.Contact.Attempts = survey.Email, nil
	sent := testNow.AddDate(0, 0, -4)
	v.Contact.Mail = survey.Mail{
		Sent: sent, AutoReply: sent.Add(time.Minute), FirstReply: sent.Add(3 * time.Hour),
		CompleteReply: sent.Add(50 * time.Hour),
		Bounced:       sent.Add(time.Hour), Sender: survey.GaveName, Note: "Länk.",
	}
	return v
}

// sampleBox is a mailbox with something in every selection.
func sampleBox(v fieldwork.ContactView) fieldwork.Mailbox {
	unsent, late := v.Contact, v.Contact
	unsent.Mail, late.Mail = survey.Mail{}, survey.Mail{}
	late.PlannedAt = testNow.Add(-time.Hour)
	done := v.Contact
	done.State, done.Disposition, done.Mail.FirstReply = survey.Submitted, survey.NoReply, time.Time{}
	list := []survey.Contact{v.Contact}
	return fieldwork.Mailbox{
		Round: v.Round, At: testNow, ToSend: []survey.Contact{unsent}, Overdue: []survey.Contact{late}, Waiting: list,
		Incomplete: list, Past: list, Returned: list, Closed: fieldwork.MailPage{List: list, Total: 120},
		Lapsed: fieldwork.MailPage{List: []survey.Contact{done}, Total: 1}, ToDo: 6,
		Names: map[string]string{"": "Malung-Sälen", "0305": "Håbo"},
	}
}

var emailSamples = func() (list []page) {
	v := sampleMail()
	for _, tab := range append(mailTabs, mailTab{}) {
		p := newMailboxPage(request("/e-post?kommun=0305&lage="+tab.Key), sampleBox(v))
		p.layout, p.JustSent = sampleLayout("E-post", evaluator), &justSent{"Håbo", "10.32", "/e-post/1", "1"}
		list = append(list, p)
	}
	texts := []survey.ReplyText{{Kind: survey.FirstReply, Text: "Ja.\n\nMvh\n[namn]"}}
	add := func(v fieldwork.ContactView, f *form) *emailPage {
		p := newEmailPage(v, f, texts, testNow)
		p.Editing = true
		p.beside(sampleBox(v))
		p.layout = sampleLayout("Upplands-Bro, e-brev", evaluator)
		list = append(list, p)
		return p
	}
	fields := []string{"auto_reply", "first_reply", "first_reply_clock", "same", "note", "answer", "kind", "came", "text",
		"first_text"}
	sent, half := v, v
	sent.Contact.Mail = survey.Mail{Sent: testNow}
	half.Contact.Mail.CompleteReply, half.Contact.Mail.Bounced = time.Time{}, time.Time{}
	for step, v := range map[mailStep]fieldwork.ContactView{firstStep: sent, completeStep: half, correctStep: v} {
		wrong := wrongForm(fields...)
		wrong.set("attempt", strconv.Itoa(int(step)))
		p := add(v, wrong)
		p.Refused, p.Conflict, p.Found = "Vänta.", sampleConflict("came_day", "Svaret kom"), []string{"Det kom 10.11."}
		f := storedReply(v.Contact, texts, step)
		f.set("came_day", "mån 26 okt")
		f.set("came_clock", "9.00")
		add(v, f)
	}
	v.Contact.State = survey.Submitted
	v.Contact.Suspected, v.Contact.SuspectedWhy = true, "Frågade vem jag är."
	add(v, newForm()).Editing = false
	unsent := v
	unsent.Contact.Mail, unsent.Contact.State = survey.Mail{}, survey.Planned
	add(unsent, newForm())
	locked := v
	locked.Round.Stage, locked.Contact.State = survey.Closed, survey.Returned
	add(locked, newForm())
	unsent.Round.Stage = survey.Review
	add(unsent, newForm())
	return list
}()

// sentAt stores an e-mail that was sent at an instant.
func (w *work) sentAt(place string, at time.Time) survey.Contact {
	w.t.Helper()
	c := w.contact(survey.Email, place, at)
	c.State, c.Mail.Sent = survey.Begun, at.UTC()
	w.put(c)
	return c
}

// judged fills in a whole judgement of a reply.
func judged(f *walkForm) *walkForm {
	return f.choose("answer", "good").choose("information", "fair").choose("treatment", "good").
		choose("gave_name", "1").choose("gave_phone", "1").set("note", "Länkade till sidan.")
}

// came writes when a letter came, and what it is.
func came(f *walkForm, kind survey.LetterKind, day, clock string) *walkForm {
	return f.choose("kind", string(kind)).set("came_day", day).set("came_clock", clock)
}

func TestTheLetterCanBeCopiedAndOpened(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Email, "2023")
	browser := w.as(t, evaluator).open(contactURL(c)).sees("h1", "Malung-Sälen, e-brev").sees("#f-text", "Malung-Sälen")
	if got := browser.find("#f-to").AttrOr("value", ""); got != "kommun2023@example.se" {
		t.Errorf("to %q", got)
	}
	if _, readonly := browser.find("#f-text").Attr("readonly"); !readonly {
		t.Error("the text can be changed")
	}
	if got := browser.find(`[data-command="copy"]`).AttrOr("data-copy", ""); got != "f-subject f-text" {
		t.Errorf("the key copies %q", got)
	}
	u, err := url.Parse(browser.find(`a[href^="mailto:"]`).AttrOr("href", ""))
	if err != nil {
		t.Fatal(err)
	}
	q, subject := u.Query(), browser.find("#f-subject").AttrOr("value", "")
	text := strings.TrimPrefix(browser.find("#f-text").Text(), "\n")
	if u.Opaque != "kommun2023@example.se" || q.Get("subject") != subject ||
		strings.ReplaceAll(q.Get("body"), "\r\n", "\n") != text || strings.Contains(u.RawQuery, "+") {
		t.Errorf("the mail program gets %s", u)
	}
}

func TestTimesThatCannotBeAreRefusedAtTheField(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour)) // 8.32
	browser := w.as(t, evaluator)
	for _, x := range []struct {
		kind                 survey.LetterKind
		day, clock, at, says string
	}{
		{survey.PersonLetter, "", "10-11", "#f-came_clock-err", "Skriv tiden som 10.11."},
		{survey.PersonLetter, "", "8.10", "#f-came-err", "Svaret kan inte komma före brevet, tis 27 okt 8.32."},
		{survey.PersonLetter, "", "10.40", "#f-came-err", "framtiden"},
		{survey.PersonLetter, "ons 27 okt", "9.00", "#f-came_day-err", "tisdag"},
		{survey.PersonLetter, "27 okt", "", "#f-came_clock-err", "klockslaget"},
		{survey.PersonLetter, "", "", "#f-came-err", "Skriv när svaret kom."},
		{survey.AutomaticLetter, "26 okt", "9.00", "#f-came-err", "före brevet"},
		{survey.BouncedLetter, "28 okt", "9.00", "#f-came-err", "framtiden"},
	} {
		form := came(browser.open(contactURL(c)).form("#reply"), x.kind, x.day, x.clock).set("note", "Kvar").clear("same")
		form.submit("Spara och ta nästa").wants(http.StatusUnprocessableEntity).sees(x.at, x.says).sees("#f-note", "Kvar")
		if got := browser.find("#f-came_clock").AttrOr("value", ""); got != x.clock {
			t.Errorf("%s: the time is %q, want %q kept", x.kind, got, x.clock)
		}
	}
	judged(browser.open(contactURL(c)).form("#reply")).set("came_clock", "9.00").submit("Spara och ta nästa").
		wants(http.StatusUnprocessableEntity).sees("#f-kind-err", "Välj vad det är för svar.")
	if got := w.stored(c); got.Version != 1 {
		t.Errorf("something was stored: %+v", got)
	}
}

// The two examples of domain.md §4, as an evaluator sees them before saving,
// when saved, and on what is saved.
func TestOfficeTimeIsShownBesideElapsedTime(t *testing.T) {
	tuesday := officehours.Date{Year: 2026, Month: time.October, Day: 27}
	friday := officehours.Date{Year: 2018, Month: time.October, Day: 26}
	for _, x := range []struct {
		code                         string
		sent, now                    time.Time
		day, clock, office, calendar string
	}{
		{"2026", tuesday.At(14, 0), tuesday.AddDays(1).At(15, 0), "ons 28 okt", "14.00", "9 h 00 min", "1 dygn 0 h 00 min"},
		{"2018", friday.At(16, 30), friday.AddDays(3).At(9, 0), "mån 29 okt", "8.30", "1 h 00 min", "2 dygn 17 h 00 min"},
	} {
		w := newWorkIn(t, x.code, officehours.DateOf(x.sent).AddDays(-4), nil)
		w.clock.set(x.now)
		c := w.sentAt("0305", x.sent)
		browser := w.as(t, evaluator).open(contactURL(c))
		came(browser.form("#reply"), survey.PersonLetter, x.day, x.clock).submit("Räkna").wants(http.StatusOK).
			sees("article .g3", "Inte sparat än.")
		shown := func() {
			t.Helper()
			browser.sees("article .g3 > :nth-child(1)", x.office).sees("article .g3 > :nth-child(2)", x.calendar).
				sees("article .g3 .b-ok", "Inom en arbetsdag, 9 h").lacks("article .g3 .b-warn")
		}
		shown()
		if got := w.stored(c); got.Version != 1 {
			t.Errorf("counting stored %+v", got)
		}
		browser.form("#reply").clear("same").submit("Spara och ta nästa").wants(http.StatusOK)
		browser.open(contactURL(c))
		shown()
	}
}

func TestAReplyIsCountedAgainstTheNorms(t *testing.T) {
	w := newWork(t, nil)
	sent := officehours.DateOf(testNow).AddDays(-7).At(14, 0)
	browser := w.as(t, evaluator)
	for i, x := range []struct {
		late                 time.Duration
		oneDay, twoDays, cut string
	}{
		{0, "Inom en arbetsdag, 9 h", "Inom två arbetsdagar, 18 h", "Före stoppgränsen, 90 h"},
		{time.Minute, "Inte inom en arbetsdag, 9 h", "Inom två arbetsdagar, 18 h", "Före stoppgränsen, 90 h"},
		{24*time.Hour + time.Minute, "Inte inom en arbetsdag, 9 h", "Inte inom två arbetsdagar, 18 h",
			"Före stoppgränsen, 90 h"},
		{20 * 24 * time.Hour, "Efter stoppgränsen, 90 h", "Räknas som ej besvarad", ""},
	} {
		c := w.sentAt(places[i], sent)
		w.edit(c, func(c *survey.Contact) { c.Mail.FirstReply = sent.AddDate(0, 0, 1).Add(x.late) })
		counted := browser.open(contactURL(c)).text("article .g3 > :last-child")
		for _, words := range []string{x.oneDay, x.twoDays, x.cut} {
			if !strings.Contains(counted, words) {
				t.Errorf("%v after one day: %s", x.late, counted)
			}
		}
	}
}

func TestAStaleReplyShowsBothVersions(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour))
	browser := w.as(t, evaluator).open(contactURL(c))
	form := judged(came(browser.form("#reply"), survey.PersonLetter, "", "9.15"))
	w.edit(c, func(c *survey.Contact) { c.Mail.FirstReply = testNow.Add(-time.Hour) })
	form.submit("Spara och ta nästa").wants(http.StatusConflict)
	browser.sees("[aria-labelledby=conflict]", "Första svaret av en person9.15tis 27 okt 9.32")
	browser.sees("#f-note", "Länkade till sidan.")
	browser.form("form[aria-labelledby=conflict]").submit("Fyll i det jag valt").wants(http.StatusOK).
		sees(".flash-ok", "Ditt val är ifyllt").sees("h2", "Rätta uppgifterna")
	browser.form("#reply").submit("Spara rättelsen").wants(http.StatusOK).sees(".flash-ok", "klart")
	if got := survey.ClockText(w.stored(c).Mail.FirstReply); got != "9.15" {
		t.Errorf("stored %s", got)
	}
	form.submit("Spara och ta nästa").wants(http.StatusOK) // says what is stored
	form.set("came_clock", "9.20").submit("Spara och ta nästa").wants(http.StatusConflict)
}

func TestMarkingSentTwiceActsOnce(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Email, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	form := browser.form(`form[action$="/skickat"]`)
	form.submit().wants(http.StatusOK)
	w.clock.advance(time.Minute)
	form.submit().wants(http.StatusOK).lacks(".flash-late")
	if got := w.stored(c); !got.Mail.Sent.Equal(testNow) || got.Version != 2 {
		t.Errorf("stored %+v", got)
	}
}

func TestASavedReplyThatComesTwiceActsOnce(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour+17*time.Second))
	browser := w.as(t, evaluator).open(contactURL(c))
	form := judged(came(browser.form("#reply"), survey.PersonLetter, "", "9.15")).
		set("suspected_why", "Hm").set("text", "Ja.\n\nMvh\nAnna Ek")
	for range 2 {
		form.submit("Spara och ta nästa").wants(http.StatusOK)
	}
	if got := w.stored(c).Version; got != 2 {
		t.Errorf("version %d", got)
	}
	form.set("came_clock", "9.20").submit("Spara och ta nästa").wants(http.StatusConflict)
	browser.sees("[aria-labelledby=conflict]", "Första svaret av en person9.20tis 27 okt 9.15")
	form.set("came_clock", "9.15").set("text", "Nej.").submit("Spara och ta nästa").wants(http.StatusConflict)
}

func TestALateReplyStaysPastTheCutOff(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow)
	w.clock.set(testNow.AddDate(0, 0, 20))
	if n, err := w.service.SettleUnanswered(t.Context()); err != nil || n != 1 {
		t.Fatalf("settled %d, %v", n, err)
	}
	browser := w.as(t, evaluator).open(contactURL(c)).follow("Notera sent svar")
	judged(browser.form("#reply")).set("first_reply_day", survey.DayText(officehours.DateOf(w.clock.now()))).
		set("first_reply_clock", "9.00").submit("Spara rättelsen").wants(http.StatusOK)
	browser.open("/e-post?lage=efter").sees("tbody tr", "Svar, för sent").open("/e-post?lage=avslutade").lacks("tbody")
	browser.open(contactURL(c)).sees("article", "Rätta uppgifterna")
}

func TestANoteWithANameIsToldOf(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour))
	form := judged(came(w.as(t, evaluator).open(contactURL(c)).form("#reply"), survey.PersonLetter, "", "9.15"))
	form.set("note", "Handläggaren Zebulon Kvistgren svarade.").submit("Spara och ta nästa").wants(http.StatusOK).
		sees(".flash-ok", "Anteckningen verkar innehålla ett namn. Ta bort det.")
}

func TestAFutureTimeIsToldOnce(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour))
	form := judged(came(w.as(t, evaluator).open(contactURL(c)).form("#reply"), survey.PersonLetter, "", "10.40"))
	browser := form.choose("same", "1").submit("Spara och ta nästa").wants(http.StatusUnprocessableEntity)
	if got := browser.text("#f-came-err"); got != "Tiden ligger i framtiden. Kontrollera dag och klockslag." {
		t.Errorf("the field says %q", got)
	}
}

// A call that is under way comes next, but its page cannot take the mark back.
func TestTheReceiptOfSendingComesBesideACallUnderWay(t *testing.T) {
	w := newWork(t, nil)
	call, c := w.planned(survey.Phone, "0139"), w.planned(survey.Email, "0305")
	browser := w.as(t, evaluator).open(contactURL(call))
	w.press(browser, "Ringer", 0)
	browser.open(contactURL(c)).form(`form[action$="/skickat"]`).submit().wants(http.StatusOK).
		sees("form.flash", "Brevet till Håbo är markerat som skickat")
	browser.form("form.flash").submit("Ångra att brevet är skickat").wants(http.StatusOK)
	if got := w.stored(c); !got.Mail.Sent.IsZero() {
		t.Errorf("stored %+v", got.Mail)
	}
}

func TestMarkingSentInTwoWindowsShowsWhatWasSaved(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Email, "0305")
	first, second := w.as(t, evaluator).open(contactURL(c)), w.as(t, evaluator).open(contactURL(c))
	first.form(`form[action$="/skickat"]`).submit().wants(http.StatusOK)
	second.form(`form[action$="/skickat"]`).submit().wants(http.StatusConflict).sees(".steps", "Skickat tis 27 okt 10.32").
		sees(".flash-late", "ändrats i ett annat fönster")
}

func TestSavingAgainKeepsSecondsThatAreNotShown(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour))
	exact := testNow.Add(-time.Hour + 17*time.Second)
	w.edit(c, func(c *survey.Contact) { c.Mail.FirstReply = exact })
	browser := w.as(t, evaluator).open(contactURL(c)).follow("Rätta uppgifterna")
	judged(browser.form("#reply")).submit("Spara rättelsen").wants(http.StatusOK)
	if got := w.stored(c).Mail.FirstReply; !got.Equal(exact) {
		t.Errorf("the first reply became %v, was %v", got, exact)
	}
}
