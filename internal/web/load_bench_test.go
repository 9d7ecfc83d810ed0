package web

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"servicematning/internal/auth"
	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/store/pgtest"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// BenchmarkLoad lets sixty-four evaluators work in a full round of 69,600
// contacts, each with a connection of their own to a server in another process
// on the same machine: over loopback, through the whole stack. A turn is the
// day's list, the page of the next call, and reporting that call, which hands
// out the next. Every write is on disk before it is answered, in PostgreSQL
// too.
//
// "pause" waits a second after each turn, "no-pause" does not. Between the
// second and third step the call's phases are stamped in one more write, which
// is in turns/s and not in the steps' times. cpu-ms/turn is the processor time
// of the server alone, which says more than the others on a busy machine.
func BenchmarkLoad(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		benchLoad(b, func(b *testing.B) string { return filepath.Join(b.TempDir(), "test.db") })
	})
	b.Run("postgres", func(b *testing.B) {
		base, stop, err := pgtest.Start("fsync=on")
		if err != nil {
			b.Fatal(err)
		}
		defer stop()
		benchLoad(b, func(b *testing.B) string { return pgtest.NewDatabase(b, base) })
	})
}

func benchLoad(b *testing.B, database func(b *testing.B) string) {
	for _, run := range []struct {
		name  string
		turns int // of each evaluator: a day's calls and what is left from before
		pause time.Duration
	}{{"pause", 15, time.Second}, {"no-pause", 40, 0}} {
		b.Run(run.name, func(b *testing.B) {
			address := database(b)
			tokens := prepareLoad(b, address)
			server := startLoadServer(b, address)
			clients := make([]*loadClient, len(tokens))
			for i, token := range tokens {
				var err error
				if clients[i], err = newLoadClient(server.address, token, "2026"); err != nil {
					b.Fatal(err)
				}
			}
			b.ResetTimer()
			for b.Loop() { // once: it takes longer than a second
				before := server.processor(b)
				result := workTurns(clients, run.turns, run.pause)
				result.report(b)
				used := server.processor(b) - before
				b.ReportMetric(used.Seconds()*1000/float64(len(result.took[loadList])), "cpu-ms/turn")
			}
			peak, own := server.memory(b)
			b.ReportMetric(peak, "MiB-peak")
			b.ReportMetric(own, "MiB-own")
		})
	}
}

// loadResult is what the turns took.
type loadResult struct {
	took     [loadSteps][]time.Duration
	lasted   time.Duration
	failures []error
}

// workTurns lets everybody make so many turns. With a pause they begin spread over it.
func workTurns(clients []*loadClient, turns int, pause time.Duration) *loadResult {
	r := &loadResult{}
	var mu sync.Mutex
	var all sync.WaitGroup
	start := time.Now()
	for i, c := range clients {
		all.Go(func() {
			time.Sleep(pause * time.Duration(i) / time.Duration(len(clients)))
			for range turns {
				err := c.turn()
				mu.Lock()
				r.add(c, err)
				mu.Unlock()
				if err != nil {
					return
				}
				time.Sleep(pause)
			}
		})
	}
	all.Wait()
	r.lasted = time.Since(start)
	return r
}

func (r *loadResult) add(c *loadClient, err error) {
	if err != nil {
		r.failures = append(r.failures, err)
		return
	}
	for step, d := range c.took {
		r.took[step] = append(r.took[step], d)
	}
}

func (r *loadResult) report(b *testing.B) {
	for step, took := range r.took {
		slices.Sort(took)
		for _, p := range []int{50, 95, 99} {
			if len(took) > 0 {
				at := took[min(len(took)-1, len(took)*p/100)]
				b.ReportMetric(float64(at.Microseconds())/1000, fmt.Sprintf("%s-p%d-ms", loadStepNames[step], p))
			}
		}
	}
	b.ReportMetric(float64(len(r.took[loadList]))/r.lasted.Seconds(), "turns/s")
	b.ReportMetric(float64(len(r.failures)), "failures")
	if len(r.failures) > 0 {
		b.Error(r.failures[0])
	}
}

// prepareLoad fills the database and logs sixty-four evaluators in.
func prepareLoad(b *testing.B, address string) (tokens []string) {
	b.Helper()
	ctx := b.Context()
	db, err := store.Open(ctx, address)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx); err != nil {
		b.Fatal(err)
	}
	accounts, err := auth.New(db, func() time.Time { return loadNow }, auth.Options{Cost: auth.Cost{MemoryKiB: 8, Passes: 1}})
	if err != nil {
		b.Fatal(err)
	}
	set, contacts := loadRound()
	if err := db.CreateRound(ctx, survey.Change{}, set.Round); err != nil {
		b.Fatal(err)
	}
	set, err = db.UpdateSetup(ctx, survey.Change{}, set.Round.Code, 0, func(stored *survey.Setup, _ int) error {
		*stored = set
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := db.SaveContacts(ctx, survey.Change{}, set.Round, contacts); err != nil {
		b.Fatal(err)
	}
	if strings.HasPrefix(address, "postgres") {
		analyze(b, address)
	}
	for _, e := range set.Evaluators {
		_, _, err := accounts.AddUser(ctx, auth.By{User: survey.CommandLine}, auth.NewUser{
			Email: e.Email, Name: e.Name, Role: survey.RoleEvaluator, Password: testPassword,
		})
		if err != nil {
			b.Fatal(err)
		}
		token, _, err := accounts.Login(ctx, e.Email, testPassword, "127.0.0.1")
		if err != nil {
			b.Fatal(err)
		}
		tokens = append(tokens, token)
	}
	return tokens
}

// analyze gives PostgreSQL's planner its figures, which it gathers by itself
// within a minute; SQLite has those of the migrations.
func analyze(b *testing.B, address string) {
	b.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

// loadRound is a full round on its eleventh working day of twenty-five. Behind
// it everything is done but one call in six, and every sixth e-mail waits for
// its reply; today each of sixty-four evaluators has
// some twenty-two calls, and as many e-mails after them.
func loadRound() (survey.Setup, []survey.Contact) {
	set := surveytest.FullSetup()
	set.Evaluators = nil
	for i := range 64 {
		set.Evaluators = append(set.Evaluators, survey.Evaluator{
			Email: fmt.Sprintf("bedomare%02d@example.se", i), Name: fmt.Sprintf("Bedömare %d", i), CallsPerDay: 50, EmailsPerDay: 50,
		})
	}
	set.Assignments = nil
	for _, a := range set.Round.Design.Areas {
		for _, e := range set.Evaluators {
			set.Assignments = append(set.Assignments, survey.Assignment{Area: a, Evaluator: e.Email})
		}
	}
	contacts := surveytest.Contacts(set)
	today := officehours.DateOf(loadNow)
	for i := range contacts {
		standAt(&contacts[i], i, today)
	}
	return set, contacts
}

// standAt lets the contact stand as it would on the day.
func standAt(c *survey.Contact, i int, today officehours.Date) {
	day := officehours.DateOf(c.PlannedAt)
	past := day.Before(today)
	open := !past || c.Channel == survey.Phone && i%6 == 0
	switch {
	case open:
		c.State, c.Disposition, c.Attempts, c.Mail, c.SubmittedAt = survey.Planned, "", nil, survey.Mail{}, time.Time{}
	case c.Channel == survey.Email && i%6 == 0:
		c.State, c.Disposition, c.SubmittedAt = survey.Begun, "", time.Time{}
		c.Mail = survey.Mail{Sent: c.PlannedAt}
	case c.State == survey.Planned:
		c.State, c.Disposition, c.SubmittedAt = survey.Submitted, survey.NoContact, c.PlannedAt.Add(5*time.Minute)
	}
	if day == today {
		first := 8 // calls
		if c.Channel == survey.Email {
			first = 13
		}
		c.PlannedAt = day.At(first+i%4, i%60).UTC()
	}
}
