package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

// colleague is somebody else in the round.
const colleague = "kollega@example.se"

// team puts both evaluators in the round, in all areas.
func (w *work) team() {
	w.t.Helper()
	_, err := w.store.UpdateSetup(w.t.Context(), survey.Change{}, w.round.Code, 0, func(s *survey.Setup, _ int) error {
		for _, email := range []string{"evaluator@example.se", colleague} {
			s.PutEvaluator(survey.Evaluator{Email: email, Name: email, CallsPerDay: 40, EmailsPerDay: 40})
			if err := s.PutAssignment(survey.Assignment{Area: "förskola", Evaluator: email}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.addUser(w.t, auth.NewUser{
		Email: colleague, Name: "Kim Kollega", Role: survey.RoleEvaluator, Password: testPassword,
	})
}

// theirs is an overdue call of the colleague's.
func (w *work) theirs(place string) survey.Contact {
	w.t.Helper()
	c := w.contact(survey.Phone, place, testNow.Add(-24*time.Hour))
	c.Evaluator = colleague
	w.put(c)
	return c
}

// next asks for the next contact on the day's page.
func next(browser *walk) *walk {
	browser.t.Helper()
	return browser.open("/min-dag").form("[aria-labelledby=h-next] form").submit("Nästa kontakt").wants(http.StatusOK)
}

func TestAContactIsPutAside(t *testing.T) {
	w := newWork(t, nil)
	first, second := w.contact(survey.Phone, "0305", testNow), w.contact(survey.Email, "0139", testNow.Add(time.Hour))
	w.put(first, second)
	browser := next(w.as(t, evaluator))
	if browser.path() != contactURL(first) {
		t.Fatalf("came to %s", browser.path())
	}
	browser.form("#skip").submit()
	if browser.wants(http.StatusOK).path() != contactURL(second) {
		t.Fatalf("came to %s", browser.path())
	}
	browser.open("/min-dag").sees("section.here", "Upplands-Bro").sees("section.here", "reserverad för dig till 10.47")
	browser.form("[aria-labelledby=h-next] form").submit("Hoppa över")
	if browser.wants(http.StatusOK).path() != contactURL(first) {
		t.Errorf("came to %s, want the one put aside first", browser.path())
	}
	w.edit(second, func(c *survey.Contact) { c.Disposition = survey.Void })
	browser.form("#skip").submit().wants(http.StatusOK).sees(".flash", "Inget annat kan göras").sees("h1", "Min dag")
	w.press(browser.open(contactURL(first)), "Ringer", 0).lacks("#skip")
}

func TestAColleaguesOverdueContactIsHandedOutAndTaken(t *testing.T) {
	w := newWork(t, nil)
	w.team()
	c := w.theirs("0305")
	w.put(w.contact(survey.Phone, "0139", testNow.Add(24*time.Hour)))
	browser := w.as(t, evaluator)
	browser.open(contactURL(c)).wants(http.StatusNotFound)
	browser.open("/min-dag").sees("[aria-labelledby=h-next]", "Inget av ditt kan göras just nu")
	if strings.Contains(string(browser.body), "Håbo") {
		t.Error("a colleague's contact is on the page")
	}
	next(browser).sees("h1", "Håbo").sees(".kick", "reserverad för dig till 10.47 · en kollegas försenade kontakt")
	browser.open("/min-dag").sees("section.here", "Håbo").lacks("table.cards")
	other := w.login(t, colleague, testPassword)
	other.open("/min-dag").sees("table.cards", "En kollega har tagit den")
	other.open(contactURL(c)).form("#call").submit("Ringer").wants(http.StatusConflict).
		sees(".flash-late", "Kontakten är tagen av en kollega just nu")
	w.press(browser.open(contactURL(c)), "Ringer", 0).sees(".ph-now", "Ringer")
	if got := w.stored(c); got.Evaluator != "evaluator@example.se" || got.HeldBy != "" {
		t.Errorf("it is %s's, held by %q", got.Evaluator, got.HeldBy)
	}
	other.open(contactURL(c)).wants(http.StatusNotFound)
	w.as(t, lead).open("/omgangar/2026").sees("main", "En kontakt togs över från "+colleague)
}

func TestAReservationLapsesUnderThePage(t *testing.T) {
	for name, tc := range map[string]struct {
		meanwhile func(w *work, c survey.Contact)
		status    int
		says      string
	}{
		"and nobody minds": {func(*work, survey.Contact) {}, http.StatusOK, "Ringer"},
		"and it is handed out again": {func(w *work, c survey.Contact) {
			w.edit(c, func(c *survey.Contact) { c.HeldBy, c.HeldUntil = "third@example.se", w.clock.now().Add(time.Minute) })
		}, http.StatusConflict, "en kollega har tagit den"},
		"and its evaluator begins it": {func(w *work, c survey.Contact) {
			w.press(w.login(w.t, colleague, testPassword).open(contactURL(c)), "Ringer", 0)
		}, http.StatusConflict, "en kollega har tagit den"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWork(t, nil)
			w.team()
			c := w.theirs("0305")
			browser := next(w.as(t, evaluator))
			dial := browser.form("#call")
			w.clock.advance(16 * time.Minute)
			tc.meanwhile(w, c)
			dial.submit("Ringer").wants(tc.status).sees("main", tc.says)
			if tc.status == http.StatusOK {
				return
			}
			dial.fields.Set("shown", "made up")
			dial.submit("Ringer").wants(http.StatusNotFound)
		})
	}
}

func TestAnAppointmentIsAgreedOnThePhone(t *testing.T) {
	w := newWork(t, func(r *survey.Round) { r.Design.MaxAttempts = 2 })
	c, later := w.planned(survey.Phone, "0305"), w.contact(survey.Phone, "0139", testNow.Add(5*time.Hour))
	w.put(later)
	browser := w.as(t, evaluator).open(contactURL(c)).lacks("#f-call_back")
	w.press(browser, "Ringer", 0)
	for _, wrong := range []struct{ outcome, day, clock, at, says string }{
		{"unavailable", "", "9.00", "call_back", "Tiden har passerat"},
		{"unavailable", "lör 31 okt", "10.00", "call_back", "stängda"},
		{"unavailable", "", "17.00", "call_back", "stängda"},
		{"unavailable", "tis 24 nov", "10.00", "call_back", "efter mätperiodens sista dag, fre 20 nov 2026"},
		{"voicemail", "", "14.20", "call_back", "bara avtalas när handläggaren inte är anträffbar"},
		{"unavailable", "imorgon", "14.20", "call_back_day", "Skriv datumet som"},
		{"unavailable", "tis 27 okt", "", "call_back_clock", "Skriv också klockslaget"},
	} {
		browser.form("#call").choose("outcome", wrong.outcome).set("call_back_day", wrong.day).
			set("call_back_clock", wrong.clock).submit("Spara och stanna").wants(http.StatusUnprocessableEntity).
			sees("#f-"+wrong.at+"-err", wrong.says)
	}
	browser.form("#call").choose("outcome", "unavailable").set("call_back_day", "").set("call_back_clock", "14.20").
		submit("Spara och ta nästa").wants(http.StatusOK).
		sees(".flash-ok", "Håbo: återuppringning avtalad tis 27 okt 14.20.").sees("h1", "Upplands-Bro")
	if got := w.stored(c); !got.CallBackAt.Equal(testNow.Add(3*time.Hour+48*time.Minute)) || got.State != survey.Begun {
		t.Errorf("stored %s, %v", got.State, got.CallBackAt)
	}
	browser.open("/min-dag").sees("table.cards tbody:nth-of-type(1)", "Avtalade återuppringningar, 1").
		sees("table.cards", "14.20SamtalHåbo").sees("table.cards", "Avtalad återuppringning")
	browser.open(contactURL(c)).sees(".flash-warn", "Återuppringning är avtalad 14.20.")
	browser.follow("Rätta det här försöket")
	if got := browser.find("#f-call_back_clock").AttrOr("value", ""); got != "14.20" {
		t.Errorf("the appointment is shown as %q", got)
	}
	browser.form("#call").set("note", "Bad om samtal.").submit("Spara och stanna").wants(http.StatusOK)
	w.clock.set(testNow.Add(3*time.Hour + 43*time.Minute)) // five minutes before
	next(browser).sees("h1", "Håbo")
	w.press(browser, "Ringer", 0).lacks("#f-call_back").sees("main", "Det här är sista försöket")
	browser.form("#call").choose("outcome", "unavailable").submit("Spara och stanna").wants(http.StatusOK)
	if got := w.stored(c); got.State != survey.Submitted || !got.CallBackAt.IsZero() {
		t.Errorf("stored %s, %v", got.State, got.CallBackAt)
	}
}

// TestNextContact walks an evaluator through part of a day in a real browser:
// the next contact, a call, the one after it, and an appointment.
func TestNextContact(t *testing.T) {
	w := newWork(t, func(r *survey.Round) { r.Design.MaxAttempts = 2 })
	first, second := w.contact(survey.Phone, "0305", testNow), w.contact(survey.Phone, "0139", testNow.Add(time.Minute))
	third := w.contact(survey.Email, "2023", testNow.Add(time.Hour))
	w.put(first, second, third)
	b := newBrowser(t, w.app)
	b.login(survey.RoleEvaluator)
	b.open("/min-dag")
	b.sees("section.here", "Håbo")
	b.press("[aria-labelledby=h-next] form button")
	b.sees("h1", "Håbo")
	call := func(phases ...string) {
		for i, phase := range phases {
			b.tick(fmt.Sprintf(`button[name="phase"][value="%s"]`, phase))
			b.until(phase+" is answered", fmt.Sprintf(`document.querySelector('#call [name="version"]').value === "%d"`, i+2))
			w.clock.advance(10 * time.Second)
		}
	}
	call("dial", "answer", "connect", "end")
	for _, criterion := range []string{"answer", "information", "interest", "treatment"} {
		b.tick(fmt.Sprintf(`input[name="%s"][value="good"]`, criterion))
	}
	b.press(".bar-foot .btn-p")
	b.sees(".flash", "Samtalet med Håbo är klart")
	b.sees("h1", "Upplands-Bro")
	call("dial", "answer", "end")
	b.tick(`input[name="outcome"][value="unavailable"]`)
	b.write("#f-call_back_clock", "14.20")
	b.press(".bar-foot .btn-p")
	b.sees(".flash", "återuppringning avtalad tis 27 okt 14.20")
	b.sees("h1", "Malung-Sälen")
	b.open("/min-dag")
	b.sees("table.cards", "Avtalade återuppringningar, 1")
	b.sees("section.here", "Malung-Sälen")
	b.press("[aria-labelledby=h-next] form button")
	b.sees(".flash", "Inget annat kan göras")
	w.clock.set(testNow.Add(3*time.Hour + 47*time.Minute))
	b.open("/min-dag")
	b.press("[aria-labelledby=h-next] form button")
	b.sees("h1", "Upplands-Bro")
}
