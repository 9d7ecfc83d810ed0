package web

import (
	"net/http"
	"testing"
	"time"

	"servicematning/internal/survey"
)

var sessionDoors = doorList{
	"GET /":                everyone,
	"GET /logga-in":        everyone,
	"POST /logga-in":       everyone,
	"POST /logga-ut":       everyone,
	"GET /konto":           members,
	"GET /konto/losenord":  members,
	"POST /konto/losenord": members,
}

var sessionSamples = []page{
	&loginPage{layout: layout{Title: "Logga in"}, Form: wrongForm("", "email", "password", "till")},
	&ownPage{layout: sampleLayout("Ditt konto", lead), Rights: roleText(lead)},
	&passwordPage{layout: sampleLayout("Byt lösenord", evaluator), Form: wrongForm("old", "new", "again")},
}

func TestLoginLeadsToTheRolesFirstPage(t *testing.T) {
	a := newApp(t)
	for _, role := range survey.Roles {
		w := a.as(t, role).redirects(false).open("/").wants(http.StatusSeeOther)
		if got := w.answer.Header.Get("Location"); got != home[role] {
			t.Errorf("%s begins at %q, want %q", role, got, home[role])
		}
	}
}

func TestLoginComesBackToThePageThatWasAskedFor(t *testing.T) {
	w := newApp(t).visitor(t).open("/konto/losenord?a=b").wants(http.StatusOK)
	w.form("main form").set("email", "Lead@Example.se ").set("password", testPassword).submit().wants(http.StatusOK)
	if w.path() != "/konto/losenord?a=b" {
		t.Errorf("came to %s", w.path())
	}
}

func TestLoginNeverLeadsToAnotherSite(t *testing.T) {
	for _, target := range []string{
		"https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
		"/\t/evil.example", "/\n/evil.example", "evil.example", "", "http:///evil.example", "/logga-ut",
	} {
		if got := localPath(target); got != "/" {
			t.Errorf("localPath(%q) = %q, want /", target, got)
		}
	}
	for _, target := range []string{"/min-dag", "/omgangar/2026/kontakter?omrade=Bygg%20och%20bo&sida=2"} {
		if got := localPath(target); got != target {
			t.Errorf("localPath(%q) = %q", target, got)
		}
	}
	w := newApp(t).visitor(t).redirects(false).open("/logga-in?till=https%3A%2F%2Fevil.example%2F")
	w.form("main form").set("email", "lead@example.se").set("password", testPassword).submit().wants(http.StatusSeeOther)
	if got := w.answer.Header.Get("Location"); got != "/" {
		t.Errorf("login leads to %q", got)
	}
}

func TestAFailedLoginDoesNotTellWhetherTheAccountExists(t *testing.T) {
	a := newApp(t)
	var said []string
	for _, email := range []string{"lead@example.se", "ingen@example.se"} {
		w := a.visitor(t).open("/logga-in")
		w.form("main form").set("email", email).set("password", "fel-lösenord-här").submit()
		w.wants(http.StatusUnprocessableEntity)
		said = append(said, w.text("#errors"))
		if got := w.find("#f-email").AttrOr("value", ""); got != email {
			t.Errorf("the address is %q, want it kept", got)
		}
		if got := w.find("#f-password").AttrOr("value", ""); got != "" {
			t.Error("the password was sent back")
		}
	}
	if said[0] != said[1] {
		t.Errorf("the answers differ: %q and %q", said[0], said[1])
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	a := newApp(t)
	w := a.visitor(t).open("/logga-in")
	guess := func(password string) int {
		w.form("main form").set("email", "lead@example.se").set("password", password).submit()
		return w.answer.StatusCode
	}
	for range 5 {
		if got := guess("gissning-nummer-x"); got != http.StatusUnprocessableEntity {
			t.Fatalf("status %d", got)
		}
	}
	if got := guess(testPassword); got != http.StatusTooManyRequests {
		t.Fatalf("status %d for the sixth attempt, want 429", got)
	}
	if w.answer.Header.Get("Retry-After") == "" {
		t.Error("429 without Retry-After")
	}
	w.sees("#errors", "Vänta")
	a.clock.advance(2 * time.Second)
	if guess(testPassword); w.path() == "/logga-in" {
		t.Errorf("still at the login page after the wait, status %d", w.answer.StatusCode)
	}
}

func TestASessionEnds(t *testing.T) {
	a := newApp(t)
	t.Run("when it is not used", func(t *testing.T) {
		w := a.as(t, lead).open("/konto").sees("h1", "Ditt konto")
		a.clock.advance(11 * time.Hour)
		w.open("/konto").sees("h1", "Ditt konto")
		a.clock.advance(12 * time.Hour)
		w.open("/konto").sees("h1", "Logga in")
	})
	t.Run("after a day in any case", func(t *testing.T) {
		w := a.as(t, lead)
		for range 23 {
			a.clock.advance(time.Hour)
			w.open("/konto").sees("h1", "Ditt konto")
		}
		a.clock.advance(time.Hour)
		w.open("/konto").sees("h1", "Logga in")
	})
	t.Run("when the user is disabled", func(t *testing.T) {
		w, boss := a.as(t, lead), a.as(t, admin)
		boss.open("/konton/"+a.users[lead].ID.String()).follow("Stäng av "+a.users[lead].Name+" …").
			form("form.confirm").submit().sees(".flash", "avstängd")
		w.open("/konto").sees("h1", "Logga in")
		boss.form(`form[action$="oppna"]`).submit().sees(".flash", "kan logga in igen")
		w.open("/konto").sees("h1", "Logga in") // opening the account does not open the session
		a.as(t, lead).open("/konto").sees("h1", "Ditt konto")
	})
	t.Run("when the user logs out", func(t *testing.T) {
		w := a.as(t, lead).open("/konto")
		cookies := w.client.Jar.Cookies(w.answer.Request.URL)
		w.form(`header form[action="/logga-ut"]`).submit().sees(".flash", "Utloggad")
		w.client.Jar.SetCookies(w.answer.Request.URL, cookies) // somebody kept the cookie
		w.open("/konto").sees("h1", "Logga in")
	})
}

func TestThePasswordIsChanged(t *testing.T) {
	a := newApp(t)
	w, elsewhere := a.as(t, evaluator), a.as(t, evaluator)
	change := func(old, new, again string) *walk {
		return w.open("/konto/losenord").form("main form").set("old", old).set("new", new).set("again", again).submit()
	}
	change("fel", "kort", "annat").wants(http.StatusUnprocessableEntity).sees(".field.err", "olika")
	change("fel", "kort", "kort").wants(http.StatusUnprocessableEntity).sees("#f-old-err", "stämmer inte")
	w.sees("#f-new-err", "minst 12 tecken")
	change(testPassword, "evaluator@example.se", "evaluator@example.se").sees("#f-new-err", "e-postadressen")
	change(testPassword, "tre små grisar i skogen", "tre små grisar i skogen").wants(http.StatusOK).
		sees(".flash", "Lösenordet är bytt")
	w.open("/konto").sees("h1", "Ditt konto").lacks(".flash")
	elsewhere.open("/konto").sees("h1", "Logga in")
	a.login(t, "evaluator@example.se", "tre små grisar i skogen")
}

func TestLoginRenewsTheToken(t *testing.T) {
	a := newApp(t)
	w := a.visitor(t).open("/logga-in")
	token := func() string {
		for _, c := range w.client.Jar.Cookies(w.answer.Request.URL) {
			if c.Name == sessionCookie {
				return c.Value
			}
		}
		return ""
	}
	login := w.form("main form").set("email", "reader@example.se").set("password", testPassword)
	login.submit()
	first := token()
	login.submit()
	if second := token(); first == "" || second == first {
		t.Errorf("tokens %q and %q, want two different ones", first, second)
	}
	if _, err := a.auth.UserOf(t.Context(), first); err == nil {
		t.Error("the session before is still open")
	}
}

func TestAFormSentTooLateLeadsBackToItsPage(t *testing.T) {
	a := newApp(t)
	w := a.as(t, lead).open("/konto/losenord")
	a.clock.advance(13 * time.Hour)
	w.form("main form").set("old", testPassword).submit().sees("h1", "Logga in").sees(".flash", "Inte sparat")
	w.form("main form").set("email", "lead@example.se").set("password", testPassword).submit()
	if w.path() != "/konto/losenord" {
		t.Errorf("came to %s", w.path())
	}
	a.clock.advance(13 * time.Hour)
	w.open("/konto").sees(".flash", "länge sedan")
	a.visitor(t).open("/konto").sees("h1", "Logga in").lacks(".flash")
}

func TestKnowingTheVisitorTakesOneQuery(t *testing.T) {
	a := newApp(t)
	w := a.as(t, lead).open("/konto")
	before := a.store.Queries()
	w.open("/konto").wants(http.StatusOK)
	if n := a.store.Queries() - before; n != 1 {
		t.Errorf("%d queries, want 1", n)
	}
}
