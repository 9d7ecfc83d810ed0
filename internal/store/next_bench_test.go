package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// BenchmarkNext asks for the next contact in the middle of a full round, alone
// and with sixty-four evaluators at the same instant. What is handed out is
// made before anybody asks again, outside the time.
func BenchmarkNext(b *testing.B) {
	set, contacts := fullDesk()
	benchEach(b, func(b *testing.B, s *store.Store) {
		set := fill(b, s, set, contacts)
		refresh(b, s)
		service := fieldwork.New(s, func() time.Time { return askDay.At(10, 0) })
		for _, bench := range []struct {
			name   string
			askers []survey.Evaluator
		}{
			{"alone", set.Evaluators[:40]}, {"alone-without-own", set.Evaluators[40:]}, {"at-once", set.Evaluators},
		} {
			b.Run(bench.name, func(b *testing.B) {
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					askers := bench.askers
					if bench.name != "at-once" {
						askers = askers[i%len(askers):][:1]
					}
					took = append(took, askAll(b, service, askers)...)
					giveBack(b, s)
				}
				slices.Sort(took)
				for _, p := range []int{50, 95, 99} {
					at := took[min(len(took)-1, len(took)*p/100)]
					b.ReportMetric(float64(at.Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
				}
			})
		}
	})
}

// refresh gives PostgreSQL's planner its figures, which it gathers by itself
// within a minute; SQLite has those of the migrations.
func refresh(b *testing.B, s *store.Store) {
	if s.Writer().Name() == "postgres" {
		must(b, s.Writer().Exec("ANALYZE contacts").Error)
	}
}

// askAll lets all ask at once and says how long each had to wait.
func askAll(b *testing.B, service *fieldwork.Service, askers []survey.Evaluator) []time.Duration {
	took := make([]time.Duration, len(askers))
	var ready sync.WaitGroup
	ready.Add(len(askers))
	crowd(len(askers), func(i int) {
		by := survey.User{Email: askers[i].Email, Role: survey.RoleEvaluator}
		ready.Done()
		ready.Wait()
		start := time.Now()
		_, ok, err := service.NextContact(b.Context(), by, "2026", "", survey.ContactID{})
		took[i] = time.Since(start)
		if err != nil || !ok {
			b.Errorf("%s got nothing: %v", askers[i].Email, err)
		}
	})
	return took
}

// giveBack ends all reservations.
func giveBack(b *testing.B, s *store.Store) {
	err := s.Writer().Exec("UPDATE contacts SET held_by = '', held_until = 0 WHERE held_by <> ''").Error
	if err != nil {
		b.Fatal(err)
	}
}

// fullDesk is a full round after two of its five weeks: what was planned
// before today is made but for one in twenty, a few calls wait to be tried
// again, and every fifth municipality has hours of its own. The last 24 of 64
// evaluators have no contacts of their own.
func fullDesk() (survey.Setup, []survey.Contact) {
	set := surveytest.FullSetup()
	set.Round.Design.MaxAttempts = 3
	for i := range set.Participants {
		if i%5 == 0 {
			set.Participants[i].Hours = officehours.Hours{Opens: officehours.Clock(9*60 + 30*(i%7)), Closes: 15 * 60}
		}
	}
	contacts := surveytest.Contacts(set)
	for i := range contacts {
		c := &contacts[i]
		switch past := c.PlannedAt.Before(askDay.At(0, 0)); {
		case past && i%20 != 0:
			c.State, c.Disposition, c.SubmittedAt = survey.Submitted, survey.Completed, c.PlannedAt.Add(10*time.Minute)
			if c.Channel == survey.Email {
				c.Mail.Sent = c.PlannedAt
			}
			if c.Channel == survey.Phone && i%60 == 1 {
				c.State, c.Disposition, c.SubmittedAt = survey.Begun, "", time.Time{}
				c.Attempts = []survey.Attempt{{Dialled: c.PlannedAt, Ended: c.PlannedAt.Add(time.Minute), Outcome: survey.NoAnswer}}
			}
		default:
			c.State, c.Disposition, c.SubmittedAt = survey.Planned, "", time.Time{}
			c.Attempts, c.Mail = nil, survey.Mail{}
		}
	}
	addEvaluators(&set, 64)
	return set, contacts
}
