package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"servicematning/internal/survey"
)

var errorSamples = []page{
	&errorPage{layout: sampleLayout("Något gick fel hos oss", lead), Status: 500, Text: "Försök igen.",
		Reference: "ABCDEFGH", Act: &link{Label: "Tillbaka", URL: "/x"}},
	&errorPage{layout: layout{Title: "Sidan finns inte"}, Status: 404, Text: "Adressen kan vara felskriven."},
}

func TestEveryKindOfErrorHasItsStatus(t *testing.T) {
	for _, test := range []struct {
		err    error
		status int
		says   string
	}{
		{survey.ErrNotFound, 404, "Adressen"},
		{fmt.Errorf("contact: %w", survey.ErrNotFound), 404, "Adressen"},
		{survey.ErrForbidden, 403, "roll"},
		{survey.ErrConflict, 409, "ändrats"},
		{survey.ErrClosed, 409, "kan ändras"},
		{survey.Refuse(survey.ErrClosed, "Omgång 2026 är stängd."), 409, "Omgång 2026 är stängd."},
		{survey.FieldErrors{{Field: "x", Message: "Skriv ett tal."}}, 422, "Skriv ett tal."},
		{echo.ErrNotFound, 404, "Adressen"},
		{fmt.Errorf("wrapped: %w", echo.ErrMethodNotAllowed), 404, "Adressen"},
		{context.DeadlineExceeded, 503, "Försök igen"},
		{errors.New("database is on fire"), 500, "Försök igen"},
		{echo.NewHTTPError(http.StatusInternalServerError, "secret"), 500, "Försök igen"},
	} {
		p := errorPageFor(test.err, "REF")
		if p.Status != test.status || !strings.Contains(strings.ToLower(p.Text), strings.ToLower(test.says)) {
			t.Errorf("%v: %d %q, want %d and %q", test.err, p.Status, p.Text, test.status, test.says)
		}
		if (p.Reference != "") != (p.Status == 500) {
			t.Errorf("%v: reference %q", test.err, p.Reference)
		}
	}
}

func TestAFaultIsLoggedWithTheReferenceThatIsShown(t *testing.T) {
	a := newApp(t)
	var logged bytes.Buffer
	a.web.Log = slog.New(slog.NewTextHandler(&logged, nil))
	a.web.echo.GET("/trasig", a.web.door(route{get, "/trasig",
		func(*Server, *visit) error { return errors.New("the disk is gone") }, public}))
	a.web.echo.GET("/panik", a.web.door(route{get, "/panik", func(*Server, *visit) error { panic("out of luck") },
		public}))
	for path, cause := range map[string]string{"/trasig": "the disk is gone", "/panik": "out of luck"} {
		logged.Reset()
		w := a.as(t, lead).open(path+"?namn=Anna").wants(http.StatusInternalServerError).sees("h1", "Något gick fel hos oss")
		reference := w.text("main .mono")
		if !strings.Contains(logged.String(), "id="+reference) || !strings.Contains(logged.String(), cause) {
			t.Errorf("%s: reference %q and %q are not in the log: %s", path, reference, cause, logged.String())
		}
		if strings.Contains(string(w.body), cause) {
			t.Errorf("%s: the visitor sees the cause", path)
		}
		if strings.Contains(logged.String(), "Anna") {
			t.Errorf("%s: the log holds the query string", path)
		}
	}
}

func TestUnknownAddressesHaveAPage(t *testing.T) {
	a := newApp(t)
	a.visitor(t).open("/finns-inte").wants(http.StatusNotFound).sees("h1", "Sidan finns inte").lacks("nav")
	w := a.as(t, admin)
	w.open("/finns-inte").wants(http.StatusNotFound).sees("nav", "Konton")
	w.open("/konton/inget-id").wants(http.StatusNotFound)
	w.open("/konton/" + survey.NewID[survey.User]().String()).wants(http.StatusNotFound)
	a.as(t, evaluator).open("/konton").wants(http.StatusForbidden).sees("main", "Du är inloggad som Prov bedömare")
}

func TestAnErrorLeadsBackToWhereOneWas(t *testing.T) {
	request := func(method, target, referer string) *http.Request {
		r := httptest.NewRequest(method, target, nil)
		r.Header.Set("Referer", referer)
		return r
	}
	for _, test := range []struct {
		name string
		r    *http.Request
		want string
	}{
		{"a form's page", request(post, "/konto/losenord", "http://example.com/konto/losenord?a=1"), "/konto/losenord?a=1"},
		{"the page with the link", request(get, "/konton", "http://example.com/min-dag"), "/min-dag"},
		{"the page itself", request(get, "/konton", "http://example.com/konton"), ""},
		{"another site", request(get, "/konton", "http://evil.example/konton"), ""},
		{"another site in disguise", request(get, "/konton", "http://example.com//evil.example"), "/"},
		{"nowhere", request(get, "/konton", ""), ""},
	} {
		if got := cameFrom(test.r); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	w := newApp(t).as(t, evaluator).open("/min-dag").post("/konton", url.Values{"form_id": {"x"}})
	w.sees("main .btn-p", "Tillbaka till sidan du kom från").sees("main .btn:not(.btn-p)", "Till startsidan")
}

func TestWhomToAskForARight(t *testing.T) {
	for role, want := range map[survey.Role]string{
		survey.RoleReader: "SKR", survey.RoleEvaluator: "projektledaren", survey.RoleAdmin: "administratören",
	} {
		if text := askAbout(role); !strings.Contains(text, want) {
			t.Errorf("%s is told %q, want %q in it", role, text, want)
		}
	}
}
