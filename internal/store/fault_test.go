package store_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"servicematning/internal/store"
	"servicematning/internal/store/pgtest"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// oneSwedishLine reports whether the error is a single line with all the
// given words in it, before any words of the driver's.
func oneSwedishLine(err error, words ...string) bool {
	var f *store.Fault
	if !errors.As(err, &f) || strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), f.Message) {
		return false
	}
	for _, w := range words {
		if !strings.Contains(f.Message, w) {
			return false
		}
	}
	return true
}

func TestFileThatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, []byte(content), mode))
		return path
	}
	must(t, os.Mkdir(filepath.Join(dir, "shut"), 0o500))
	for name, c := range map[string]struct {
		path  string
		words []string
	}{
		"missing folder": {filepath.Join(dir, "no", "x.db"), []string{"no/x.db kan inte skapas", "Skapa mappen"}},
		"a folder":       {dir, []string{dir, "kan inte öppnas"}},
		"no database":    {write("text.db", strings.Repeat("x", 2000), 0o600), []string{"text.db är ingen databas"}},
		"read-only file": {write("shut.db", "", 0o400), []string{"shut.db går inte att skriva till", "skrivrätt"}},
		"shut folder":    {filepath.Join(dir, "shut", "x.db"), []string{"går inte att skriva till"}},
	} {
		asNobody(t, dir, func() {
			s, err := store.Open(t.Context(), c.path)
			if s != nil || !oneSwedishLine(err, c.words...) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "no")); err == nil {
		t.Error("a folder was made")
	}
}

// asNobody runs fn without root's right to read and write everything.
func asNobody(t *testing.T, dir string, fn func()) {
	t.Helper()
	if os.Geteuid() == 0 {
		const nobody = 65534
		for d := dir; d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
			must(t, os.Chmod(d, 0o755))
		}
		must(t, filepath.Walk(dir, func(path string, _ os.FileInfo, err error) error {
			return errors.Join(err, os.Chown(path, nobody, nobody))
		}))
		// For files alone, the kernel gives every thread a user of its own.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		must(t, syscall.Setfsuid(nobody))
		defer func() { must(t, syscall.Setfsuid(0)) }()
	}
	fn()
}

func TestOddFileNames(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"å ä?ö#1%20.db", ":memory:", "file:x.db"} {
		open(t, name)
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestLockedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	_, call, _ := sample(t, open(t, path))
	s, err := store.OpenImpatient(t.Context(), path, 10*time.Millisecond)
	must(t, err)
	defer s.Close()
	other, err := sql.Open("sqlite3", "file:"+path+"?_txlock=immediate")
	must(t, err)
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	must(t, err)
	update := func() error {
		_, err = s.UpdateContact(t.Context(), surveytest.Change("x"), call.ID, 0, untouched)
		return err
	}
	if err := update(); !oneSwedishLine(err, "x.db är låst av ett annat program", "försök igen") {
		t.Error(err)
	}
	contact(t, s, call.ID) // reading goes on
	must(t, tx.Rollback())
	must(t, update())
}

func TestFullDisk(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	set := surveytest.Setup()
	contacts := surveytest.Contacts(set)
	set = fill(t, s, set, contacts[:1])
	must(t, s.Writer().Exec("PRAGMA max_page_count = 1").Error) // no page more than there are
	_, err := s.SaveContacts(t.Context(), surveytest.Change("x"), set.Round, contacts)
	if !oneSwedishLine(err, "Disken", "x.db ligger är full", "Inget sparades") {
		t.Error(err)
	}
	if n, err := s.CountContacts(t.Context(), set.Round.ID, survey.ContactFilter{}); n != 1 || err != nil {
		t.Errorf("%d contacts, %v", n, err)
	}
	// Those who share the transaction that is lost are all told so.
	grow := func(c *survey.Contact, _ survey.Round) error {
		c.ReviewNote = strings.Repeat("x", 1<<20)
		return nil
	}
	crowd(12, func(i int) {
		_, err := s.UpdateContact(t.Context(), surveytest.Change("x"), contacts[0].ID, 0, grow)
		if !oneSwedishLine(err, "x.db ligger är full") {
			t.Error(err)
		}
	})
	must(t, s.Writer().Exec("PRAGMA max_page_count = 100000").Error)
	_, err = s.UpdateContact(t.Context(), surveytest.Change("x"), contacts[0].ID, 1, grow)
	must(t, err)
}

func TestFileTurnsReadOnly(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	_, call, _ := sample(t, s)
	must(t, s.Writer().Exec("PRAGMA query_only = on").Error)
	_, err := s.UpdateContact(t.Context(), surveytest.Change("x"), call.ID, 0, untouched)
	if !oneSwedishLine(err, "x.db går inte att skriva till") {
		t.Error(err)
	}
}

func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s, err := store.Open(t.Context(), path)
	must(t, err)
	must(t, s.Migrate(t.Context()))
	must(t, s.Close())
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = f.WriteAt(make([]byte, 1<<16), 4096) // all but the first page
	must(t, errors.Join(err, f.Close()))
	s, err = store.Open(t.Context(), path)
	if err == nil {
		err = s.Migrate(t.Context())
		defer s.Close()
	}
	if !oneSwedishLine(err, "x.db är skadad", "säkerhetskopian") {
		t.Error(err)
	}
}

func TestPostgresThatCannotBeReached(t *testing.T) {
	db, err := sql.Open("pgx", postgresURL+"postgres")
	must(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "DROP ROLE IF EXISTS shut; CREATE ROLE shut NOLOGIN")
	must(t, err)
	shut := strings.Replace(postgresURL, "test@", "shut:hemligt@", 1) + "postgres"
	for name, c := range map[string]struct {
		url   string
		words []string
	}{
		"no server":   {"postgres://anna:hemligt@127.0.0.1:1/x", []string{"x på 127.0.0.1:1 svarar inte", "PostgreSQL"}},
		"no database": {postgresURL + "nodb", []string{"nodb på 127.0.0.1", "finns inte på servern", "createdb"}},
		"no login":    {shut, []string{"användaren eller lösenordet"}},
		"bad address": {"postgres://anna:hemligt@[::1/x", []string{"adress går inte att läsa"}},
		"bad port":    {"postgres://anna:hemligt@localhost:x/x", []string{"adress går inte att läsa"}},
	} {
		s, err := store.Open(t.Context(), c.url)
		if s != nil || !oneSwedishLine(err, c.words...) || strings.Contains(err.Error(), "hemligt") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A server that was restarted is used again without restarting the program.
func TestPostgresRestarts(t *testing.T) {
	url := pgtest.Copy(t, migrated())
	s := open(t, url)
	_, call, _ := sample(t, s)
	db, err := sql.Open("pgx", url)
	must(t, err)
	defer db.Close()
	for range 3 {
		_, err = db.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		must(t, err)
		_, _, err := s.Contact(t.Context(), call.ID)
		if err != nil && !oneSwedishLine(err, "Försök igen") {
			t.Error(err)
		}
		contact(t, s, call.ID)
		_, err = s.UpdateContact(t.Context(), surveytest.Change("x"), call.ID, 0, untouched)
		must(t, err)
	}
}
