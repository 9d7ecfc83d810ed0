package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"servicematning/internal/auth"
	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
)

// app is a running server on a database of its own, with one user per role.
type app struct {
	*httptest.Server
	web     *Server
	store   *store.Store
	file    string // of the database
	service *fieldwork.Service
	auth    *auth.Service
	clock   *fakeClock
	users   map[survey.Role]survey.User
}

// fakeClock stands still until it is moved.
type fakeClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *fakeClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// set moves the clock to an instant, which may be earlier.
func (c *fakeClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

// advance moves the clock on.
func (c *fakeClock) advance(d time.Duration) { c.set(c.now().Add(d)) }

// testNow is when tests begin: Tuesday of week 44, 10.32.
var testNow = officehours.Date{Year: 2026, Month: time.October, Day: 27}.At(10, 32)

// testPassword is everybody's.
const testPassword = "fyra-hästar-i-hagen"

// readerPlace is the municipality of the reader, Håbo.
const readerPlace = "0305"

// newApp starts a server. Its evaluator is evaluator@example.se, and so on.
func newApp(t testing.TB) *app {
	t.Helper()
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "test.db")
	db, err := store.Open(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	a := &app{store: db, file: file, clock: &fakeClock{at: testNow}}
	a.service = fieldwork.New(db, a.clock.now)
	if a.auth, err = auth.New(db, a.clock.now, auth.Options{Cost: auth.Cost{MemoryKiB: 8, Passes: 1}}); err != nil {
		t.Fatal(err)
	}
	a.addPeople(t)
	a.web = newServer(t, Config{Service: a.service, Auth: a.auth, Now: a.clock.now})
	a.Server = httptest.NewServer(a.web)
	t.Cleanup(a.Close)
	return a
}

// newServer makes a Server that logs nothing.
func newServer(t testing.TB, c Config) *Server {
	t.Helper()
	c.Version = "test"
	if c.Log == nil {
		c.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// addPeople adds the municipalities and a user for each role.
func (a *app) addPeople(t testing.TB) {
	t.Helper()
	places := survey.BundledMunicipalities()
	if _, err := a.service.ImportMunicipalities(t.Context(), survey.CommandLine, places); err != nil {
		t.Fatal(err)
	}
	a.users = map[survey.Role]survey.User{}
	for _, role := range survey.Roles {
		a.users[role] = a.addUser(t, auth.NewUser{
			Email: string(role) + "@example.se", Name: "Prov " + role.Title(), Role: role,
			Municipality: readerPlace, Password: testPassword,
		})
	}
}

// addUser adds somebody else.
func (a *app) addUser(t testing.TB, u auth.NewUser) survey.User {
	t.Helper()
	_, user, err := a.auth.AddUser(t.Context(), auth.By{User: survey.CommandLine}, u)
	if err != nil {
		t.Fatal(err)
	}
	return user
}

// visitor is a browser that is not logged in.
func (a *app) visitor(t testing.TB) *walk {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &walk{t: t, base: a.URL, client: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// as is a browser in which the role's user has logged in.
func (a *app) as(t testing.TB, role survey.Role) *walk {
	t.Helper()
	return a.login(t, string(role)+"@example.se", testPassword)
}

// login walks in through the login page.
func (a *app) login(t testing.TB, email, password string) *walk {
	t.Helper()
	w := a.visitor(t)
	w.redirects(false).open("/logga-in").form("main form").set("email", email).set("password", password).submit()
	w.wants(http.StatusSeeOther).redirects(true)
	return w
}
