package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// hold keeps the database busy with one save until release is called, so that
// others queue up behind it.
func hold(t *testing.T, s *store.Store, id survey.ContactID) (release func()) {
	t.Helper()
	began, done, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		_, err := s.UpdateContact(context.Background(), surveytest.Change("hold"), id, 0,
			func(*survey.Contact, survey.Round) error {
				close(began)
				<-done
				return nil
			})
		ended <- err
	}()
	<-began
	return func() {
		close(done)
		must(t, <-ended)
	}
}

// Everything that can go wrong with one save leaves those that share its
// commit alone.
func TestSavesThatFailTogether(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set := surveytest.Setup()
		contacts := surveytest.Contacts(set)
		fill(t, s, set, contacts)
		release := hold(t, s, contacts[0].ID)
		var wg, queued sync.WaitGroup
		const n = 60
		queued.Add(n)
		mine := errors.New("mine")
		for i := 1; i <= n; i++ {
			wg.Go(func() {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				defer func() {
					if v := recover(); (v != nil) != (i%6 == 2) || v != nil && v != "crash" {
						t.Errorf("save %d: panic %v", i, v)
					}
				}()
				fn := func(c *survey.Contact, _ survey.Round) error {
					c.ReviewNote = fmt.Sprint(i)
					switch i % 6 {
					case 1:
						return mine
					case 2:
						panic("crash")
					case 3:
						cancel()
					case 4:
						c.Municipality, c.Question, c.Channel = contacts[0].Municipality, contacts[0].Question, contacts[0].Channel
						c.Replicate = contacts[0].Replicate
					}
					return nil
				}
				queued.Done() // they are on their way; what follows holds however many share a commit
				_, err := s.UpdateContact(ctx, surveytest.Change("x"), contacts[i].ID, 0, fn)
				want := map[int]error{1: mine, 3: context.Canceled, 4: survey.ErrConflict}[i%6]
				if want != nil && !errors.Is(err, want) || want == nil && i%6 != 2 && err != nil {
					t.Errorf("save %d: %v, want %v", i, err, want)
				}
			})
		}
		queued.Wait()
		release()
		wg.Wait()
		for i := 1; i <= n; i++ {
			want := ""
			if i%6 == 0 || i%6 == 5 {
				want = fmt.Sprint(i)
			}
			if c := contact(t, s, contacts[i].ID); c.ReviewNote != want {
				t.Errorf("contact %d: %q, want %q", i, c.ReviewNote, want)
			}
		}
	})
}

// A save that is given up while it waits is never begun.
func TestGivenUpWhileWaiting(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, mail := sample(t, s)
		release := hold(t, s, call.ID)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		var ran atomic.Bool
		_, err := s.UpdateContact(ctx, surveytest.Change("x"), call.ID, 0, func(*survey.Contact, survey.Round) error {
			ran.Store(true)
			return nil
		})
		if err == nil || ran.Load() {
			t.Errorf("ran %v, %v", ran.Load(), err)
		}
		wantErr(t, err, context.DeadlineExceeded)
		release()
		_, err = s.UpdateContact(t.Context(), surveytest.Change("x"), mail.ID, 0, untouched)
		must(t, err)
	})
}

// A function that ends its goroutine, as t.Fatal does, must not leave the
// database locked or others without an answer.
func TestSaverDisappears(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, mail := sample(t, s)
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			leave := func(*survey.Contact, survey.Round) error {
				runtime.Goexit()
				return nil
			}
			_, _ = s.UpdateContact(context.Background(), surveytest.Change("x"), call.ID, 0, leave)
		}()
		<-gone
		_, err := s.UpdateContact(t.Context(), surveytest.Change("x"), mail.ID, 0, untouched)
		must(t, err)
	})
}

// Long writes take their turn among the short ones.
func TestLongAndShortWrites(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set := surveytest.Setup()
		contacts := surveytest.Contacts(set)
		set = fill(t, s, set, contacts)
		crowd(12, func(i int) {
			for turn := range 5 {
				if i%4 == 0 {
					if _, err := s.SaveContacts(context.Background(), surveytest.Change("x"), set.Round, nil); err != nil {
						t.Error(err)
					}
					continue
				}
				_, err := s.UpdateContact(context.Background(), surveytest.Change("x"), contacts[i*5+turn].ID, 1,
					untouched)
				if err != nil {
					t.Error(err)
				}
			}
		})
	})
}
