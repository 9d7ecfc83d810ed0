package store_test

import (
	"context"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"servicematning/internal/auth"
	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/store/pgtest"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// The rows, the SQLite tables and the PostgreSQL tables have the same columns.
func TestRowsHaveTheTablesColumns(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		query := "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
		if s.Writer().Name() == "postgres" {
			query = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
		}
		var columns []string
		must(t, s.Reader().Raw(query).Scan(&columns).Error)
		columns = slices.DeleteFunc(columns, func(c string) bool {
			table, _, _ := strings.Cut(c, ".")
			return table == "goose_db_version" || strings.HasPrefix(table, "sqlite_")
		})
		want := []string{"forms.id", "forms.at"} // which has no row type
		for _, row := range store.Rows {
			parsed, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
			must(t, err)
			for _, name := range parsed.DBNames {
				want = append(want, row.TableName()+"."+name)
			}
		}
		slices.Sort(columns)
		slices.Sort(want)
		if d := cmp.Diff(want, columns); d != "" {
			t.Errorf("rows (-) and tables (+) differ:\n%s", d)
		}
		for i, c := range store.ContactColumns {
			if !slices.Contains(want, "contacts."+c) || slices.Index(store.ContactColumns, c) != i {
				t.Errorf("column %s is read but not in the row, or twice", c)
			}
		}
	})
}

func TestBothDatabasesHaveTheSameMigrations(t *testing.T) {
	if d := cmp.Diff(names(t, "migrations/sqlite"), names(t, "migrations/postgres")); d != "" {
		t.Error(d)
	}
}

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := fs.ReadDir(os.DirFS("."), dir)
	must(t, err)
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		must(t, s.Ready(t.Context()))
		must(t, s.Migrate(t.Context())) // a second time is no harm
		must(t, s.Writer().Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, ?)", true).Error)
		for name, err := range map[string]error{"migrate": s.Migrate(t.Context()), "ready": s.Ready(t.Context())} {
			if !oneSwedishLine(err, "har version 99", "Installera en nyare version av programmet") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A database of the first release comes through with all it held.
func TestUpgradeFromTheFirstRelease(t *testing.T) {
	// Empty ones: those that eachDatabase gives are up to date already.
	for name, url := range map[string]string{
		"sqlite": t.TempDir() + "/x.db", "postgres": pgtest.NewDatabase(t, postgresURL),
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), url)
			must(t, err)
			t.Cleanup(func() { must(t, s.Close()) })
			must(t, s.MigrateTo(t.Context(), 1))
			want := surveytest.Setup()
			want.Round.Design.RetryDelays, want.Round.Design.HoldFor = nil, 0
			for i := range want.Participants {
				want.Participants[i].Joined, want.Participants[i].Left = officehours.Date{}, officehours.Date{}
			}
			for i := range want.Evaluators {
				want.Evaluators[i].Hours = officehours.Hours{}
			}
			call := surveytest.PhoneContact(want.Round)
			call.CallBackAt, call.HeldBy, call.HeldUntil = time.Time{}, "", time.Time{}
			call.State, call.ReturnedAt = survey.Returned, call.SubmittedAt.Add(time.Hour) // as the history tells
			must(t, s.FillVersion1(want, []survey.Contact{call}))
			for _, earlier := range []time.Duration{0, time.Minute} {
				must(t, s.RecordReturn(call, call.ReturnedAt.Add(-earlier)))
			}
			must(t, s.Migrate(t.Context()))
			got, err := s.Setup(t.Context(), want.Round.Code)
			must(t, err)
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("setup:\n%s", d)
			}
			kept, _, err := s.Contact(t.Context(), call.ID)
			must(t, err)
			if d := cmp.Diff(call, kept); d != "" {
				t.Errorf("contact:\n%s", d)
			}
		})
	}
}

// A database of the second release comes through with all it held.
func TestUpgradeFromTheSecondRelease(t *testing.T) {
	for name, url := range map[string]string{
		"sqlite": t.TempDir() + "/x.db", "postgres": pgtest.NewDatabase(t, postgresURL),
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), url)
			must(t, err)
			t.Cleanup(func() { must(t, s.Close()) })
			must(t, s.MigrateTo(t.Context(), 2))
			set := surveytest.Setup()
			call, mail := surveytest.PhoneContact(set.Round), surveytest.EmailContact(set.Round)
			call.ReturnedAt, mail.ReturnedAt = time.Time{}, time.Time{}
			user := auth.Account{
				User: survey.User{
					ID: survey.NewID[survey.User](), Email: "maja@example.se", Name: "Maja", Role: survey.RoleEvaluator,
				},
				PasswordHash: "x", CreatedAt: surveytest.At(0, 8, 0), ChangedAt: surveytest.At(1, 8, 0),
			}
			must(t, s.FillVersion2(set, []survey.Contact{call, mail}, user))
			must(t, s.Migrate(t.Context()))
			got, err := s.Setup(t.Context(), set.Round.Code)
			must(t, err)
			if d := cmp.Diff(set, got); d != "" {
				t.Errorf("setup:\n%s", d)
			}
			for _, want := range []survey.Contact{call, mail} {
				if d := cmp.Diff(want, contact(t, s, want.ID)); d != "" {
					t.Errorf("contact:\n%s", d)
				}
			}
			kept, err := s.AccountByEmail(t.Context(), user.Email)
			must(t, err)
			if d := cmp.Diff(user, kept); d != "" {
				t.Errorf("user:\n%s", d)
			}
			must(t, pressed(t, s, call.ID, survey.Press{Attempt: 1, Phase: survey.Dial, Kind: survey.PressMade}))
		})
	}
}

func TestUnmigratedDatabaseIsNotReady(t *testing.T) {
	for name, url := range map[string]string{
		"sqlite": t.TempDir() + "/x.db", "postgres": pgtest.NewDatabase(t, postgresURL),
	} {
		s, err := store.Open(t.Context(), url)
		must(t, err)
		if err := s.Ready(t.Context()); !oneSwedishLine(err, "saknar tabeller") {
			t.Errorf("%s: %v", name, err)
		}
		// Several processes may start at once.
		crowd(4, func(int) {
			other, err := store.Open(context.Background(), url)
			if err != nil {
				t.Error(err)
				return
			}
			if err := other.Migrate(context.Background()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		})
		must(t, s.Ready(t.Context()))
		ms, err := s.Municipalities(t.Context())
		must(t, err)
		if len(ms) != len(survey.BundledMunicipalities()) {
			t.Errorf("%s: %d municipalities", name, len(ms))
		}
		must(t, s.Close())
	}
}

// What makes SQLite keep an answered save holds on every connection.
func TestSQLiteConnections(t *testing.T) {
	s := open(t, t.TempDir()+"/x.db")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for pragma, want := range map[string]string{
				"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000",
			} {
				for name, pool := range map[string]*gorm.DB{"writer": s.Writer(), "reader": s.Reader()} {
					var got string
					if err := pool.Raw("PRAGMA " + pragma).Row().Scan(&got); err != nil || got != want {
						t.Errorf("%s: %s is %q, want %q, %v", name, pragma, got, want, err)
					}
				}
			}
		})
	}
	wg.Wait()
	if err := s.Reader().Exec("DELETE FROM municipalities").Error; err == nil {
		t.Error("a reader could write")
	}
}
