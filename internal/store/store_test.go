package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"servicematning/internal/store"
	"servicematning/internal/store/pgtest"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// postgresURL is the private server that all tests of this package share.
var postgresURL string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	base, stop, err := pgtest.Start()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer stop()
	postgresURL = base
	return m.Run()
}

// migrated makes, once, a PostgreSQL database with all tables for copies.
var migrated = sync.OnceValue(func() string {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	db, err := sql.Open("pgx", postgresURL+"postgres")
	must(err)
	_, err = db.ExecContext(context.Background(), "CREATE DATABASE migrated")
	must(errors.Join(err, db.Close()))
	s, err := store.Open(context.Background(), postgresURL+"migrated")
	must(err)
	must(errors.Join(s.Migrate(context.Background()), s.Close()))
	return postgresURL + "migrated"
})

// databases are the kinds of database everything is tested on.
var databases = []struct {
	name string
	url  func(t testing.TB) string // of a fresh one
}{
	{"sqlite", func(t testing.TB) string { return filepath.Join(t.TempDir(), "test.db") }},
	{"postgres", func(t testing.TB) string { return pgtest.Copy(t, migrated()) }},
}

// eachDatabase runs the test on a fresh, migrated database of each kind.
func eachDatabase(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Parallel()
	for _, kind := range databases {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t, kind.url(t)))
		})
	}
}

// open opens and migrates a database until the test ends.
func open(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.Migrate(t.Context()))
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fill puts a setup and its contacts in an empty database.
func fill(t testing.TB, s *store.Store, set survey.Setup, contacts []survey.Contact) survey.Setup {
	t.Helper()
	ctx := t.Context()
	must(t, s.CreateRound(ctx, surveytest.Change("round.create"), set.Round))
	set, err := s.UpdateSetup(ctx, surveytest.Change("setup.save"), set.Round.Code, 0,
		func(stored *survey.Setup, _ int) error {
			*stored = set
			return nil
		})
	must(t, err)
	_, err = s.SaveContacts(ctx, surveytest.Change("contacts.import"), set.Round, contacts)
	must(t, err)
	return set
}

// sample is a small round with one finished call and one finished e-mail.
func sample(t testing.TB, s *store.Store) (set survey.Setup, call, mail survey.Contact) {
	t.Helper()
	set = surveytest.Setup()
	call, mail = surveytest.PhoneContact(set.Round), surveytest.EmailContact(set.Round)
	return fill(t, s, set, []survey.Contact{call, mail}), call, mail
}

// contact reads one contact.
func contact(t testing.TB, s *store.Store, id survey.ContactID) survey.Contact {
	t.Helper()
	c, _, err := s.Contact(t.Context(), id)
	must(t, err)
	return c
}

// events is the number of rows in a round's history.
func events(t testing.TB, s *store.Store, round string) int {
	t.Helper()
	list, err := s.History(t.Context(), round, 0)
	must(t, err)
	return len(list)
}

// advance moves the round through its stages up to the given one.
func advance(t testing.TB, s *store.Store, code string, to survey.Stage) {
	t.Helper()
	_, err := s.UpdateSetup(t.Context(), surveytest.Change("round.advance"), code, 0,
		func(set *survey.Setup, _ int) error {
			set.Round.Stage = to
			return nil
		})
	must(t, err)
}

// crowd runs fn n times at once and waits for all.
func crowd(n int, fn func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { fn(i) })
	}
	wg.Wait()
}
