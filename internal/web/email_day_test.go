package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

const autoReply = "Från: Upplands-Bro kommun <kommun@upplands-bro.se>\nSkickat: den 27 oktober 2026 10:34\n" +
	"Ämne: Automatiskt svar: Köplats\n\nTack för ditt mejl, vi har tagit emot det och svarar inom två arbetsdagar."

const fullReply = "Från: Zebulon Kvistgren <zebulon.kvistgren@habo.se>\nSkickat: den 27 oktober 2026 13:10\n" +
	"Till: matning@example.se\nÄmne: SV: Köplats\n\nHej!\nDu ansöker i e-tjänsten.\n\nMed vänlig hälsning\n" +
	"Zebulon Kvistgren\nFörskolehandläggare\n0171-988 77\n\nFrån: matning@example.se\nSkickat: den 27 oktober 2026 10:32\n\nHej!"

// The whole day of an evaluator's e-mail, without scripts: three letters are
// sent; one gets an automatic reply and nothing more before the cut-off, one a
// complete reply, one a reply that is completed later; a fourth bounces.
func TestAnEmailDay(t *testing.T) {
	w := newWork(t, nil)
	var letters []survey.Contact
	for i, place := range []string{"0139", "0305", "1492", "0860"} {
		c := w.contact(survey.Email, place, testNow.Add(time.Duration(i)*time.Minute))
		letters = append(letters, c)
	}
	w.put(letters...)
	auto, full, half, bounced := letters[0], letters[1], letters[2], letters[3]
	browser := w.as(t, evaluator).open("/e-post").sees(".tabs [aria-current=page]", "Att skicka i dag 4").
		sees(".nav [aria-current=page]", "E-post 4 att göra").follow("Skicka nästa")

	for i, place := range []string{"Upplands-Bro", "Håbo", "Åmål", "Hultsfred"} {
		browser.sees("h1", place)
		w.clock.advance(20 * time.Second)
		browser.form(`form[action$="/skickat"]`).submit("Markera som skickat").wants(http.StatusOK).
			sees(".flash-ok", "Brevet till "+place+" är markerat som skickat 10.3")
		if got := w.stored(letters[i]).Mail.Sent; !got.Equal(w.clock.now()) {
			t.Errorf("%s sent %v", place, got)
		}
	}
	browser.form("form.flash").submit("Ångra att brevet är skickat").wants(http.StatusOK).
		sees(".flash-ok", "inte längre markerat").sees("h1", "Hultsfred")
	browser.form(`form[action$="/skickat"]`).submit("Markera som skickat").wants(http.StatusOK)

	w.clock.set(testNow.Add(3 * time.Hour)) // 13.32
	form := browser.open(contactURL(auto)).sees("article", "Kontorstid hittills").form("#reply").set("text", autoReply)
	form.submit("Läs av texten").wants(http.StatusOK).sees("#part-found", "Det ser ut som ett automatiskt svar.").
		sees("#part-found", "Det kom tis 27 okt 10.34.").find(`[name=kind][value=auto][checked]`)
	browser.form("#reply").submit("Spara och ta nästa").wants(http.StatusOK).sees(".flash-ok", "väntar fortfarande på svar")
	browser.open(contactURL(auto)).sees(".steps", "Automatiskt svar 10.34, räknas inte")
	came(browser.form("#reply"), survey.AutomaticLetter, "", "12.00").submit("Spara och ta nästa").
		wants(http.StatusUnprocessableEntity).sees("#f-kind-err", "redan noterat, tis 27 okt 10.34, och står kvar")

	browser.open(contactURL(full)).form("#reply").set("text", fullReply).submit("Läs av texten").wants(http.StatusOK).
		sees("#part-found", "Det kom tis 27 okt 13.10.").sees("article .g3", "2 h 3").sees("#f-text", "[namn]")
	for _, box := range []string{"gave_name", "gave_title", "gave_phone"} {
		browser.find("[name=" + box + "][checked]")
	}
	judged(browser.form("#reply")).submit("Spara och ta nästa").wants(http.StatusOK).sees(".flash-ok", "är klart")
	browser.open(contactURL(full)).sees("article", "Inom en arbetsdag, 9 h").sees(".mailtext", "Du ansöker i e-tjänsten.").
		lacks("#reply")

	came(browser.open(contactURL(half)).form("#reply"), survey.PersonLetter, "", "11.00").clear("same").
		set("text", "Jag har skickat din fråga vidare.\n\nMvh Zebulon").
		submit("Spara och ta nästa").wants(http.StatusOK).sees(".flash-ok", "väntar på ett komplett svar")
	came(browser.open(contactURL(bounced)).form("#reply"), survey.BouncedLetter, "", "10.40").
		submit("Spara och ta nästa").wants(http.StatusOK).sees(".flash-ok", "är klart")

	w.clock.set(testNow.Add(25 * time.Hour)) // Wednesday 11.32
	browser = w.as(t, evaluator).open("/e-post?lage=komplett").sees("table", "Svar, inte komplett").follow("Åmål")
	browser.sees(".mailtext", "skickat din fråga vidare").lacks("[name=kind]")
	judged(browser.form("#reply")).set("came_clock", "9.10").set("text", "Du ansöker i e-tjänsten.\n\nMvh Zebulon").
		submit("Räkna").wants(http.StatusOK).sees("article .g3", "Kontorstid till komplett svar")
	browser.form("#reply").submit("Spara och ta nästa").wants(http.StatusOK).sees(".flash-ok", "är klart")
	m := w.stored(half).Mail
	if survey.MomentText(m.CompleteReply) != "ons 28 okt 9.10" || survey.MomentText(m.FirstReply) != "tis 27 okt 11.00" {
		t.Errorf("stored %+v", m)
	}

	w.clock.set(testNow.AddDate(0, 0, 20))
	if n, err := w.service.SettleUnanswered(t.Context()); err != nil || n != 1 {
		t.Errorf("settled %d, %v", n, err)
	}
	browser = w.as(t, evaluator).open("/e-post?lage=efter").sees("tbody", "Upplands-Bro").lacks("tbody:contains(Hultsfred)")
	browser.open("/e-post?lage=avslutade").sees("tbody", "Håbo").sees("tbody", "Åmål").
		sees("tbody tr:contains(Hultsfred)", "Studs")
}

func TestACompleteReplyMayNeverCome(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-25*time.Hour))
	w.edit(c, func(c *survey.Contact) { c.Mail.FirstReply = testNow.Add(-24 * time.Hour) })
	browser := w.as(t, evaluator).open(contactURL(c))
	browser.form("#reply").submit("Spara och ta nästa").wants(http.StatusUnprocessableEntity).
		sees("#f-came-err", "Skriv när det kompletta svaret kom.")
	judged(browser.form("#reply")).set("came_clock", "9.10").submit("Avsluta utan").
		wants(http.StatusUnprocessableEntity).sees("#f-came-err", "Ta bort tiden")
	judged(browser.form("#reply")).set("came_clock", "").submit("Avsluta utan").wants(http.StatusOK).sees(".flash-ok", "klart")
	if got := w.stored(c); got.Disposition != survey.Completed || !got.Mail.CompleteReply.IsZero() {
		t.Errorf("stored %+v", got)
	}
}

func TestEverythingCanBeCorrectedUntilReviewed(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour))
	browser := w.as(t, evaluator).open(contactURL(c))
	judged(came(browser.form("#reply"), survey.PersonLetter, "", "9.15")).set("text", "Ja.").
		submit("Spara och ta nästa").wants(http.StatusOK)
	form := browser.open(contactURL(c)).follow("Rätta uppgifterna").form("#reply")
	form.set("auto_reply_clock", "8.40").set("first_reply_clock", "9.20").set("first_text", "Nej.\n\nMvh Anna").
		submit("Spara rättelsen").wants(http.StatusOK)
	browser.open(contactURL(c)).sees(".steps", "Automatiskt svar 8.40").sees(".steps", "9.20").sees(".mailtext", "Mvh [namn]")
	browser.follow("Rätta uppgifterna").form("#reply").set("first_text", "").submit("Spara, och vänta").wants(http.StatusOK)
	if got := w.stored(c); got.State != survey.Begun {
		t.Errorf("stored %+v", got)
	}
	w.edit(c, func(c *survey.Contact) { c.State, c.Disposition = survey.Approved, survey.Completed })
	browser.open(contactURL(c)+"?ratta=1").sees("article", "granskad").lacks("#reply").lacks(".mailtext ~ .mailtext")
}

func TestADraftIsAboutOneStep(t *testing.T) {
	w := newWork(t, nil)
	c := w.sentAt("0305", testNow.Add(-2*time.Hour))
	browser := w.as(t, evaluator).open(contactURL(c))
	came(browser.form("#reply"), survey.PersonLetter, "", "9.15").clear("same").submit("Spara utkast").wants(http.StatusOK)
	again := w.as(t, evaluator).open(contactURL(c)).sees("main", "inte rapporterat än").
		sees("article .g3", "Inte sparat än.").lacks("[name=same][checked]")
	again.form("#reply").submit("Spara och ta nästa").wants(http.StatusOK).sees(".flash-ok", "komplett svar")
	again.open(contactURL(c)).form("#reply").set("text", "Mer.").submit("Spara utkast").wants(http.StatusOK).sees("#f-text", "Mer.")
	again.open(contactURL(c) + "?ratta=1").lacks(".flash:contains(Ifyllt)")
}

// What names the writer of a letter is nowhere: not in the database with its
// journal, nor in the log, whatever was done with the text.
func TestNamesInLettersAreStoredNowhere(t *testing.T) {
	w := newWork(t, nil)
	var log bytes.Buffer
	noisy := newServer(t, Config{Service: w.service, Auth: w.auth, Now: w.clock.now,
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	server := httptest.NewServer(noisy)
	t.Cleanup(server.Close)
	w.URL = server.URL
	c := w.sentAt("0305", testNow.Add(-time.Hour))
	w.clock.set(testNow.Add(4 * time.Hour))
	browser := w.as(t, evaluator)
	for _, button := range []string{"Läs av texten", "Spara utkast", "Spara och ta nästa"} {
		judged(came(browser.open(contactURL(c)).form("#reply"), survey.PersonLetter, "", "13.10")).set("text", fullReply).
			submit(button).wants(http.StatusOK)
	}
	browser.open(contactURL(c)).follow("Rätta uppgifterna").form("#reply").set("complete_text", fullReply).
		submit("Spara rättelsen").wants(http.StatusOK)
	browser.open(contactURL(c)).sees(".mailtext", "[namn]").sees(".mailtext", "[telefon]")
	w.as(t, lead).open("/omgangar/2026/kontakter/"+c.ID.String()).sees(".mailtext", "[telefon]")
	files, err := filepath.Glob(filepath.Join(filepath.Dir(w.file), "*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("the database is %v, %v", files, err)
	}
	stored := log.Bytes()
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, data...)
	}
	if !bytes.Contains(stored, []byte("Du ansöker i e-tjänsten.")) {
		t.Error("the text itself is not there")
	}
	for _, secret := range strings.Fields("Zebulon Kvistgren zebulon.kvistgren@habo.se 0171-988") {
		if bytes.Contains(stored, []byte(secret)) {
			t.Errorf("%q is stored", secret)
		}
	}
}
