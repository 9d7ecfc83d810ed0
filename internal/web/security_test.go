package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"servicematning/internal/survey"
	"servicematning/static"
)

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	a := newApp(t)
	css, err := static.URL("app.css")
	if err != nil {
		t.Fatal(err)
	}
	w := a.visitor(t).redirects(false)
	for _, path := range []string{"/logga-in", "/", "/konton", "/finns-inte", css, "/static/fel/app.css", "/healthz",
		"/readyz", "/favicon.ico"} {
		w.open(path)
		for name, want := range securityHeaders {
			if name == "Cache-Control" && path == css {
				want = "public, max-age=31536000, immutable"
			}
			if got := w.answer.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if w.answer.Header.Get("Server-Timing") == "" {
			t.Errorf("%s: no Server-Timing", path)
		}
	}
	w.post("/logga-in", url.Values{"email": {"\xff"}}).wants(http.StatusBadRequest)
	if w.answer.Header.Get("Content-Security-Policy") == "" {
		t.Error("an error page has no policy")
	}
}

func TestAFormOfAnotherSiteIsRefused(t *testing.T) {
	a := newApp(t)
	w := a.as(t, lead).open("/konto/losenord")
	fields := w.form("main form").set("old", testPassword).set("new", "ett nytt långt ord").
		set("again", "ett nytt långt ord").fields
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.URL+"/konto/losenord",
			strings.NewReader(fields.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(name, value)
		w.send(r).wants(http.StatusForbidden).sees("h1", "annan webbplats")
	}
	a.login(t, "lead@example.se", testPassword)
}

// ask sends a request as if from the network address, past the test server.
func ask(s *Server, method, path, remote string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	r.RemoteAddr = remote
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	out := httptest.NewRecorder()
	s.ServeHTTP(out, r)
	return out.Result()
}

func TestCookiesBehindATLSProxy(t *testing.T) {
	a := newApp(t)
	proxied := newServer(t, Config{
		Service: a.service, Auth: a.auth, Now: a.clock.now,
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
	})
	form := url.Values{"email": {"lead@example.se"}, "password": {testPassword},
		"form_id": {survey.NewID[survey.User]().String()}}
	login := func(remote, proto string) *http.Response {
		r := httptest.NewRequest(http.MethodPost, "/logga-in", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-Proto", proto)
		r.RemoteAddr = remote
		out := httptest.NewRecorder()
		proxied.ServeHTTP(out, r)
		return out.Result()
	}
	for _, test := range []struct {
		remote, proto string
		secure        bool
	}{
		{"10.1.2.3:4000", "https", true},
		{"10.1.2.3:4000", "http", false},
		{"192.0.2.7:4000", "https", false}, // nobody we trust
		{"[::ffff:10.1.2.3]:4000", "https", true},
	} {
		answer := login(test.remote, test.proto)
		cookies := answer.Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%v: %d cookies, status %d", test, len(cookies), answer.StatusCode)
		}
		c, name := cookies[0], sessionCookie
		if test.secure {
			name = "__Host-" + name
		}
		if c.Name != name || c.Secure != test.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode ||
			c.Path != "/" || c.Domain != "" {
			t.Errorf("%v: cookie %+v", test, c)
		}
		if got := answer.Header.Get("Strict-Transport-Security") != ""; got != test.secure {
			t.Errorf("%v: HSTS %v", test, got)
		}
	}
}

func TestTheVisitorsAddressIsBelievedOnlyFromAProxy(t *testing.T) {
	a := newApp(t)
	for _, test := range []struct {
		proxies []netip.Prefix
		remote  string
		want    string
	}{
		{nil, "10.1.2.3:4000", "10.1.2.3"},
		{[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, "10.1.2.3:4000", "203.0.113.9"},
		{[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, "192.0.2.7:4000", "192.0.2.7"},
	} {
		s := newServer(t, Config{Service: a.service, Auth: a.auth, Now: a.clock.now, TrustedProxies: test.proxies})
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.remote
		r.Header.Set("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
		r.Header.Set("X-Real-Ip", "198.51.100.1")
		if got := s.echo.IPExtractor(r); got != test.want {
			t.Errorf("proxies %v, from %s: %s, want %s", test.proxies, test.remote, got, test.want)
		}
	}
}

func TestFormsThatCannotBeRead(t *testing.T) {
	a := newApp(t)
	id := survey.NewID[survey.User]().String()
	w := a.visitor(t)
	w.post("/logga-in", url.Values{"email": {"a@example.se"}}).wants(http.StatusBadRequest)
	w.post("/logga-in", url.Values{"form_id": {"nej"}}).wants(http.StatusBadRequest)
	w.post("/logga-in", url.Values{"form_id": {id}, "email": {"a\xffb"}}).wants(http.StatusBadRequest)
	w.post("/logga-in", url.Values{"form_id": {id}, "email": {"a\x00b"}}).wants(http.StatusBadRequest)
	w.post("/logga-in", url.Values{"form_id": {id}, "email": {strings.Repeat("a", formLimit)}}).
		wants(http.StatusRequestEntityTooLarge)
}

func TestHealth(t *testing.T) {
	a := newApp(t)
	fault := errors.New("no disk at /secret/path")
	ill := newServer(t, Config{Service: a.service, Auth: a.auth, Now: a.clock.now,
		Ready: func(context.Context) error { return fault }})
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		if got := ask(ill, method, "/healthz", "192.0.2.1:1").StatusCode; got != http.StatusOK {
			t.Errorf("%s /healthz: %d", method, got)
		}
		if got := ask(ill, method, "/readyz", "192.0.2.1:1").StatusCode; got != http.StatusServiceUnavailable {
			t.Errorf("%s /readyz: %d", method, got)
		}
		if got := ask(a.web, method, "/readyz", "192.0.2.1:1").StatusCode; got != http.StatusOK {
			t.Errorf("%s /readyz when well: %d", method, got)
		}
		if got := ask(a.web, method, "/logga-in", "192.0.2.1:1").StatusCode; got != http.StatusOK {
			t.Errorf("%s /logga-in: %d", method, got)
		}
	}
}

func TestFilesAreSentPackedAndKept(t *testing.T) {
	a := newApp(t)
	w := a.visitor(t).open("/logga-in")
	css := w.find(`link[rel="stylesheet"]`).AttrOr("href", "")
	packed := ask(a.web, http.MethodGet, css, "192.0.2.1:1", "Accept-Encoding", "gzip")
	if packed.StatusCode != http.StatusOK || packed.Header.Get("Content-Encoding") != "gzip" ||
		packed.ContentLength > 16_000 {
		t.Errorf("%s: status %d, %q, %d bytes", css, packed.StatusCode, packed.Header.Get("Content-Encoding"),
			packed.ContentLength)
	}
	plain := ask(a.web, http.MethodGet, css, "192.0.2.1:1")
	if plain.Header.Get("Content-Type") != "text/css; charset=utf-8" || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("%s: %v", css, plain.Header)
	}
	if got := ask(a.web, http.MethodGet, "/static/0123456789ab/app.css", "192.0.2.1:1").
		StatusCode; got != http.StatusNotFound {
		t.Errorf("another hash: status %d, want 404", got)
	}
}

func TestAMessageNobodyElseCanWrite(t *testing.T) {
	a := newApp(t)
	answer := ask(a.web, http.MethodGet, "/logga-in", "192.0.2.1:1", "Cookie", flashCookie+"=eyJTdGF0ZSI6IlNrdWxkIn0.AAAA")
	if answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status)
	}
	body := make([]byte, 100_000)
	n, _ := answer.Body.Read(body)
	if strings.Contains(string(body[:n]), "Skuld") {
		t.Error("a forged message is shown")
	}
}

func TestARouteWithoutRightsIsRefusedAtStart(t *testing.T) {
	open := func(*Server, *visit) error { return nil }
	for _, r := range []route{{get, "/x", open, access{}}, {get, "/x", nil, public}, {get, "/x", open, may()}} {
		if r.check() == nil {
			t.Errorf("%+v was accepted", r)
		}
	}
}
