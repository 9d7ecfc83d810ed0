package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"servicematning/internal/store"
	"servicematning/internal/store/pgtest"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// BenchmarkSave saves contacts one after another through the store and then
// with bare SQL on the same database at the same durability. The figure
// "of-raw" is the store's rate as a share of bare SQL's.
func BenchmarkSave(b *testing.B) {
	full := surveytest.FullSetup()
	contacts := surveytest.Contacts(full)
	b.Run("sqlite", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "test.db")
		s := open(b, path)
		fill(b, s, full, contacts)
		raw, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_txlock=immediate&_synchronous=FULL")
		if err != nil {
			b.Fatal(err)
		}
		defer raw.Close()
		benchSave(b, s, rawSaver{raw, "?1", "?2", "?3", func(id survey.ContactID) any { return id[:] }}, contacts)
	})
	b.Run("postgres", func(b *testing.B) {
		url := pgtest.NewDatabase(b, postgresURL)
		s := open(b, url)
		fill(b, s, full, contacts)
		raw, err := sql.Open("pgx", url)
		if err != nil {
			b.Fatal(err)
		}
		defer raw.Close()
		benchSave(b, s, rawSaver{raw, "$1", "$2", "$3", func(id survey.ContactID) any { return id.String() }}, contacts)
	})
}

func benchSave(b *testing.B, s *store.Store, raw rawSaver, contacts []survey.Contact) {
	const turn = 50
	var stored, bare time.Duration
	next := 0
	pick := func() survey.ContactID { next += 7919; return contacts[next%len(contacts)].ID }
	for b.Loop() {
		// Turn and turn about, so that both meet the same disk.
		start := time.Now()
		for range turn {
			save(b, s, pick())
		}
		stored += time.Since(start)
		start = time.Now()
		for range turn {
			raw.save(b, pick())
		}
		bare += time.Since(start)
	}
	b.ReportMetric(float64(turn*b.N)/stored.Seconds(), "saves/s")
	b.ReportMetric(float64(turn*b.N)/bare.Seconds(), "raw-saves/s")
	b.ReportMetric(float64(bare)/float64(stored), "of-raw")
}

// save is what a page does: read, change, write, history, form.
func save(b *testing.B, s *store.Store, id survey.ContactID) {
	ch := surveytest.Change("call.report")
	ch.Form = uuid.NewString()
	_, err := s.UpdateContact(b.Context(), ch, id, 0, func(c *survey.Contact, r survey.Round) error {
		c.Mail.Note, c.State, c.SubmittedAt = "Svarade.", survey.Submitted, ch.At
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// rawSaver does the same with the least SQL that can.
type rawSaver struct {
	db         *sql.DB
	a1, a2, a3 string
	id         func(survey.ContactID) any
}

func (r rawSaver) save(b *testing.B, contact survey.ContactID) {
	tx, err := r.db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	defer tx.Rollback()
	id := r.id(contact)
	var version int
	var attempts, note string
	row := tx.QueryRow("SELECT version, attempts, mail_note FROM contacts WHERE id = "+r.a1, id)
	err = row.Scan(&version, &attempts, &note)
	if err != nil {
		b.Fatal(err)
	}
	for _, statement := range []struct {
		sql  string
		args []any
	}{
		{"INSERT INTO forms (id, at) VALUES (" + r.a1 + ", " + r.a2 + ")", []any{uuid.NewString(), 1}},
		{"UPDATE contacts SET mail_note = 'Svarade.', state = 'submitted', submitted_at = " + r.a2 + ", version = " + r.a3 +
			" WHERE id = " + r.a1, []any{id, 1792396800000, version + 1}},
		{"INSERT INTO history (at, actor, action, detail, contact_id) VALUES (" + r.a2 + ", 'a', 'b', 'c', " + r.a1 + ")",
			[]any{id, 1}},
	} {
		if _, err := tx.Exec(statement.sql, statement.args...); err != nil {
			b.Fatal(fmt.Errorf("%s: %w", statement.sql, err))
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkSaveTogether saves from many clients at once.
func BenchmarkSaveTogether(b *testing.B) {
	full := surveytest.FullSetup()
	contacts := surveytest.Contacts(full)
	benchEach(b, func(b *testing.B, s *store.Store) {
		fill(b, s, full, contacts)
		var next atomic.Int64
		var slowest atomic.Int64
		b.SetParallelism(32) // times two processors
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				start := time.Now()
				save(b, s, contacts[int(next.Add(7919))%len(contacts)].ID)
				took := int64(time.Since(start))
				for old := slowest.Load(); took > old && !slowest.CompareAndSwap(old, took); old = slowest.Load() {
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
		b.ReportMetric(time.Duration(slowest.Load()).Seconds()*1000, "slowest-ms")
	})
}
