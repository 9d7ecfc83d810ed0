package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var emailDoors = doorList{
	"GET /e-post": {evaluator}, "GET /e-post/:id": {evaluator}, "POST /e-post/:id": {evaluator},
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
		Past:     list,
		Returned: list, Answered: []survey.Contact{done}, Total: 120, Names: map[string]string{"": "Malung-Sälen"},
	}
}

var emailSamples = func() (list []page) {
	v := sampleMail()
	for _, tab := range append(mailTabs, mailTab{}) {
		p := newMailboxPage(request("/e-post?lage="+tab.Key), sampleBox(v))
		p.layout = sampleLayout("E-post", evaluator)
		list = append(list, p)
	}
	add := func(p *emailPage, box fieldwork.Mailbox) {
		p.beside(box)
		p.layout = sampleLayout("Upplands-Bro, e-brev", evaluator)
		list = append(list, p)
	}
	wrong := newEmailPage(v, wrongForm("auto_reply", "first_reply", "first_reply_clock", "same", "note", "answer"),
		testNow)
	wrong.Refused, wrong.Conflict = "Vänta.", sampleConflict("bounced_day", "Studs")
	add(wrong, sampleBox(v))
	sent := v
	sent.Contact.Mail = survey.Mail{Sent: testNow}
	add(newEmailPage(sent, storedReply(sent.Contact), testNow), sampleBox(sent))
	unsent := v
	unsent.Contact.Mail, unsent.Contact.State = survey.Mail{}, survey.Planned
	add(newEmailPage(unsent, newForm(), testNow), sampleBox(unsent))
	locked := v
	locked.Round.Stage, locked.Contact.State = survey.Closed, survey.Returned
	add(newEmailPage(locked, newForm(), testNow), sampleBox(locked))
	unsent.Round.Stage = survey.Review
	add(newEmailPage(unsent, newForm(), testNow), sampleBox(unsent))
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

func TestAnEmailIsSentAndAnswered(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Email, "2023")
	browser := w.as(t, evaluator).open("/e-post").sees("table", "Malung-Sälen").
		sees("[aria-current=page].x, .tabs [aria-current=page]", "Att skicka i dag 1")
	browser.follow("Malung-Sälen").sees("h1", "Malung-Sälen, e-brev").sees("#f-text", "Malung-Sälen")
	if got := browser.find("#f-to").AttrOr("value", ""); got != "kommun2023@example.se" {
		t.Errorf("to %q", got)
	}
	if _, readonly := browser.find("#f-text").Attr("readonly"); !readonly {
		t.Error("the text can be changed")
	}
	w.clock.advance(35 * time.Second)
	browser.form(`form[action$="/skickat"]`).submit("Markera som skickat").wants(http.StatusOK).
		sees(".flash-ok", "skickat 10.32")
	if got := w.stored(c).Mail.Sent; !got.Equal(testNow.Add(35 * time.Second)) {
		t.Errorf("sent %v", got)
	}
	browser.form("#reply").submit("Ångra").wants(http.StatusOK).sees(".flash-ok", "inte längre markerat")
	browser.form(`form[action$="/skickat"]`).submit("Markera som skickat").wants(http.StatusOK)
	w.clock.advance(3 * time.Hour)
	browser.open(contactURL(c)).sees("article", "Kontorstid hittills").sees("article", "3 h 00 min").
		sees("article", "Väntar på svar")
	browser.form("#reply").set("auto_reply_clock", "10.32").submit("Spara, svaret är inte komplett").
		wants(http.StatusOK)
	browser.sees(".flash-ok", "väntar fortfarande på svar").sees(".steps", "Automatiskt svar 10.32, räknas inte")
	if m := w.stored(c).Mail; !m.AutoReply.Equal(m.Sent) {
		t.Errorf("an automatic reply in the minute of sending became %v, sent %v", m.AutoReply, m.Sent)
	}
	judged(browser.form("#reply")).set("first_reply_day", "tis 27 okt").set("first_reply_clock", "12.10").
		choose("same", "1").
		submit("Spara och ta nästa").wants(http.StatusOK).
		sees(".flash-ok", "E-brevet till Malung-Sälen är klart. Inget mer kan göras just nu.")
	got := w.stored(c)
	if got.State != survey.Submitted || got.Disposition != survey.Completed ||
		got.Mail.Sender != survey.GaveName|survey.GavePhone ||
		!got.Mail.CompleteReply.Equal(got.Mail.FirstReply) ||
		survey.MomentText(got.Mail.FirstReply) != "tis 27 okt 12.10" {
		t.Errorf("stored %+v", got)
	}
	browser.open(contactURL(c)).sees("article", "Inom en arbetsdag, 9 h").find("[name=same][checked]")
}

func TestACompleteReplyCanComeLater(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-25*time.Hour))
	browser := w.as(t, evaluator).open(contactURL(c))
	browser.form("#reply").set("first_reply_day", "mån 26 okt").set("first_reply_clock", "15.00").
		set("note", "Återkommer.").
		submit("Spara, svaret är inte komplett").wants(http.StatusOK).sees(".flash-ok", "väntar på ett komplett svar")
	browser.open("/e-post?lage=vantar").sees("table", "Svar, inte komplett").follow("Håbo")
	judged(browser.form("#reply")).set("complete_reply_clock", "9.10").submit("Spara och ta nästa").wants(http.StatusOK)
	m := w.stored(c).Mail
	if survey.MomentText(m.CompleteReply) != "tis 27 okt 9.10" ||
		survey.MomentText(m.FirstReply) != "mån 26 okt 15.00" {
		t.Errorf("stored %+v", m)
	}
	browser.open(contactURL(c)).sees("article", "Kontorstid till komplett svar").
		sees("article", "Komplett: inom en arbetsdag")
}

func TestTimesThatCannotBeAreRefusedAtTheField(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour)) // 8.32
	browser := w.as(t, evaluator).open(contactURL(c))
	for _, x := range []struct{ name, day, clock, at, says string }{
		{"first_reply", "", "10-11", "#f-first_reply_clock-err", "Skriv tiden som 10.11."},
		{"first_reply", "", "8.10", "#f-first_reply-err", "Svaret kan inte komma före brevet, tis 27 okt 8.32."},
		{"first_reply", "", "10.40", "#f-first_reply-err", "framtiden"},
		{"first_reply", "ons 27 okt", "9.00", "#f-first_reply_day-err", "tisdag"},
		{"first_reply", "27 okt", "", "#f-first_reply_clock-err", "klockslaget"},
		{"auto_reply", "26 okt", "9.00", "#f-auto_reply-err", "före brevet"},
		{"bounced", "28 okt", "9.00", "#f-bounced-err", "framtiden"},
		{"complete_reply", "", "9.00", "#f-complete_reply-err", "första svaret"},
	} {
		form := browser.open(contactURL(c)).form("#reply").set(x.name+"_day", x.day).set(x.name+"_clock", x.clock).
			set("note", "Kvar")
		form.submit("Spara, svaret är inte komplett").wants(http.StatusUnprocessableEntity).sees(x.at, x.says).
			sees("#f-note", "Kvar")
		if got := browser.find("#f-"+x.name+"_clock").AttrOr("value", ""); got != x.clock {
			t.Errorf("%s: the time is %q, want %q kept", x.name, got, x.clock)
		}
	}
	judged(browser.open(contactURL(c)).form("#reply")).submit("Spara och ta nästa").
		wants(http.StatusUnprocessableEntity).
		sees("#f-first_reply-err", "Skriv när svaret kom.")
	if got := w.stored(c); got.Version != 1 {
		t.Errorf("something was stored: %+v", got)
	}
}

// The two examples of domain.md §4, as an evaluator sees them.
func TestOfficeTimeIsShownBesideElapsedTime(t *testing.T) {
	tuesday, friday := officehours.Date{Year: 2026, Month: time.October, Day: 27}, officehours.Date{Year: 2018,
		Month: time.October, Day: 26}
	for _, x := range []struct {
		code                         string
		sent, now                    time.Time
		day, clock, office, calendar string
	}{
		{"2026", tuesday.At(14, 0), tuesday.AddDays(1).At(15, 0), "ons 28 okt", "14.00", "9 h 00 min", "1 dygn 0 h 00"},
		{"2018", friday.At(16, 30), friday.AddDays(3).At(9, 0), "mån 29 okt", "8.30", "1 h 00 min", "2 dygn 17 h 00"},
	} {
		w := newWorkIn(t, x.code, officehours.DateOf(x.sent).AddDays(-4), nil)
		w.clock.set(x.now)
		c := w.sentAt("0305", x.sent)
		browser := w.as(t, evaluator).open(contactURL(c))
		browser.form("#reply").set("first_reply_day", x.day).set("first_reply_clock", x.clock).
			submit("Spara, svaret är inte komplett")
		browser.wants(http.StatusOK).sees("article .g3 > :nth-child(1)", x.office).
			sees("article .g3 > :nth-child(2)", x.calendar)
		browser.sees("article .g3 .b-ok", "Inom en arbetsdag, 9 h").lacks("article .g3 .b-warn")
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
		if !strings.Contains(counted, x.oneDay) || !strings.Contains(counted, x.twoDays) || !strings.Contains(counted,
			x.cut) {
			t.Errorf("%v after one day: %s", x.late, counted)
		}
	}
}

func TestAStaleReplyShowsBothVersions(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour))
	browser := w.as(t, evaluator).open(contactURL(c))
	form := judged(browser.form("#reply")).set("first_reply_clock", "9.15")
	w.edit(c, func(c *survey.Contact) { c.Mail.FirstReply = testNow.Add(-time.Hour) })
	form.submit("Spara och ta nästa").wants(http.StatusConflict)
	browser.sees("[aria-labelledby=conflict]", "Första svaret av en person9.15tis 27 okt 9.32")
	browser.sees("#f-note", "Länkade till sidan.")
	browser.form("#reply").submit("Spara och ta nästa").wants(http.StatusOK).sees(".flash-ok", "klart")
	if got := survey.ClockText(w.stored(c).Mail.FirstReply); got != "9.15" {
		t.Errorf("stored %s", got)
	}
	form.submit("Spara och ta nästa").wants(http.StatusConflict)
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
	form := judged(browser.form("#reply")).set("first_reply_clock", "9.15").choose("same", "1").
		set("suspected_why", "Hm")
	for range 2 {
		form.submit("Spara, svaret är inte komplett").wants(http.StatusOK)
	}
	if got := w.stored(c).Version; got != 2 {
		t.Errorf("version %d", got)
	}
	form.set("first_reply_clock", "9.20").submit("Spara, svaret är inte komplett").wants(http.StatusConflict)
	browser.sees("[aria-labelledby=conflict]", "Första svaret av en person9.20tis 27 okt 9.15")
}

func TestMarkingSentInTwoWindowsShowsWhatWasSaved(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Email, "0305")
	first, second := w.as(t, evaluator).open(contactURL(c)), w.as(t, evaluator).open(contactURL(c))
	first.form(`form[action$="/skickat"]`).submit().wants(http.StatusOK)
	first.form("#reply").set("note", "Skickat från kontoret.").submit("Spara, svaret är inte komplett").
		wants(http.StatusOK)
	second.form(`form[action$="/skickat"]`).submit().wants(http.StatusConflict).
		sees(".flash-late", "annat fönster")
	second.sees("#f-note", "Skickat från kontoret.").sees(".steps", "Skickat tis 27 okt 10.32")
}

func TestSavingAgainKeepsSecondsThatAreNotShown(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour))
	exact := testNow.Add(-time.Hour + 17*time.Second)
	w.edit(c, func(c *survey.Contact) { c.Mail.FirstReply = exact })
	browser := w.as(t, evaluator).open(contactURL(c))
	judged(browser.form("#reply")).submit("Spara, svaret är inte komplett").wants(http.StatusOK)
	if got := w.stored(c).Mail.FirstReply; !got.Equal(exact) {
		t.Errorf("the first reply became %v, was %v", got, exact)
	}
}

func TestTheMailboxSortsByWhatIsToBeDone(t *testing.T) {
	w := newWork(t, nil)
	late, waiting := w.contact(survey.Email, "0139", testNow.Add(-time.Hour)), w.sentAt("2023",
		testNow.Add(-26*time.Hour))
	past := w.sentAt("0860", officehours.DateOf(w.round.Period.From.At(9, 0)).At(9, 0))
	w.put(w.contact(survey.Email, "0305", testNow.Add(time.Hour)), late)
	w.edit(waiting, func(c *survey.Contact) { c.Mail.AutoReply = c.Mail.Sent })
	browser := w.as(t, evaluator)
	for tab, want := range map[string]string{"skicka": "Håbo", "forsenade": "Upplands-Bro", "vantar": "Malung-Sälen"} {
		browser.open("/e-post?lage="+tab).sees("tbody", want)
		if n := browser.find("tbody tr").Length(); n != map[string]int{"skicka": 1, "forsenade": 1, "vantar": 2}[tab] {
			t.Errorf("%s: %d rows", tab, n)
		}
	}
	browser.sees(".tabs", "Väntar på svar 2")
	browser.open("/e-post?lage=returnerade").sees(".empty", "Inget brev är returnerat")
	w.clock.advance(10 * 24 * time.Hour)
	browser = w.as(t, evaluator).open("/e-post?lage=efter").sees("tbody", "Hultsfred").
		sees("tbody", "Efter stoppgränsen")
	browser.open(contactURL(past)).sees("article", "Räknas som ej besvarad")
}

func TestFinishedEmailsAreListedInPages(t *testing.T) {
	w := newWork(t, nil)
	var list []survey.Contact
	for i := range 60 {
		c := w.contact(survey.Email, places[i%5], testNow.Add(-time.Duration(i+1)*time.Hour))
		c.Replicate, c.State, c.Disposition, c.SubmittedAt = i+1, survey.Submitted, survey.NoReply, testNow
		c.Mail.Sent = c.PlannedAt
		list = append(list, c)
	}
	w.put(list...)
	browser := w.as(t, evaluator).open("/e-post?lage=besvarade").sees(".pager", "1–50 av 60")
	browser.follow("2").sees(".pager", "51–60 av 60")
	if n := browser.find("tbody tr").Length(); n != 10 {
		t.Errorf("%d rows on the last page", n)
	}
	browser.find("tbody a.cellink").Each(func(_ int, a *goquery.Selection) {
		if a.Text() == "" {
			t.Error("a row names no municipality")
		}
	})
}
