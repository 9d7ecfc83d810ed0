package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func TestContactComesBackAsItWas(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, call, mail := sample(t, s)
		for _, want := range []survey.Contact{call, mail} {
			got, r, err := s.Contact(t.Context(), want.ID)
			must(t, err)
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(set.Round, r); d != "" {
				t.Error(d)
			}
		}
		_, _, err := s.Contact(t.Context(), survey.NewID[survey.Contact]())
		wantErr(t, err, survey.ErrNotFound)
	})
}

func TestUpdateContact(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, call, mail := sample(t, s)
		ch := surveytest.Change("call.report")
		want := mail
		want.ID, want.Version, want.Round = call.ID, call.Version+1, set.Round.ID
		want.Municipality, want.Suspected = "0860", true
		got, err := s.UpdateContact(t.Context(), ch, call.ID, call.Version, func(c *survey.Contact, r survey.Round) error {
			if d := cmp.Diff(set.Round, r); d != "" {
				t.Error(d)
			}
			*c = want
			c.ID, c.Round, c.Version = survey.ContactID{}, survey.RoundID{}, 77 // not for fn to change
			c.Mail.Note += "\x00"[1:]
			return nil
		})
		must(t, err)
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(want, contact(t, s, call.ID)); d != "" {
			t.Error(d)
		}
		list, err := s.History(t.Context(), "2026", 1)
		must(t, err)
		event := []survey.Event{{Change: ch, Round: "2026", Contact: call.ID}}
		if d := cmp.Diff(event, list); d != "" {
			t.Error(d)
		}
	})
}

func TestStaleContact(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		suspect := func(c *survey.Contact, _ survey.Round) error {
			c.Suspected = !c.Suspected
			return nil
		}
		_, err := s.UpdateContact(t.Context(), surveytest.Change("x"), call.ID, 1, suspect)
		must(t, err)
		_, err = s.UpdateContact(t.Context(), surveytest.Change("x"), call.ID, 1, suspect)
		wantErr(t, err, survey.ErrConflict)
		c, err := s.UpdateContact(t.Context(), surveytest.Change("x"), call.ID, 0, suspect)
		must(t, err)
		if c.Version != 3 {
			t.Errorf("version %d", c.Version)
		}
	})
}

func TestRefusedContactIsUntouched(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		events0 := events(t, s, "2026")
		ch := surveytest.Change("x")
		ch.Form = "form-1"
		mine := errors.New("mine")
		_, err := s.UpdateContact(t.Context(), ch, call.ID, 0, func(c *survey.Contact, _ survey.Round) error {
			c.ReviewNote = "ändrad"
			return mine
		})
		if err != mine {
			t.Errorf("got %v, want the very error", err)
		}
		_, err = s.UpdateContact(t.Context(), ch, call.ID, 0, func(c *survey.Contact, _ survey.Round) error {
			c.Attempts[0].Note = "\xff"
			return nil
		})
		var fields survey.FieldErrors
		if !errors.As(err, &fields) || fields.On("note") == "" {
			t.Errorf("broken UTF-8: %v", err)
		}
		if d := cmp.Diff(call, contact(t, s, call.ID)); d != "" {
			t.Error(d)
		}
		if n := events(t, s, "2026"); n != events0 {
			t.Errorf("%d events more", n-events0)
		}
	})
}

func TestRepeatedForm(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		ch := surveytest.Change("x")
		ch.Form = "form-1"
		var ran, repeated atomic.Int64
		crowd(8, func(int) {
			_, err := s.UpdateContact(context.Background(), ch, call.ID, 0, func(*survey.Contact, survey.Round) error {
				ran.Add(1)
				return nil
			})
			if errors.Is(err, survey.ErrRepeated) {
				repeated.Add(1)
			} else if err != nil {
				t.Error(err)
			}
		})
		if ran.Load() != 1 || repeated.Load() != 7 {
			t.Errorf("ran %d times, %d repeated", ran.Load(), repeated.Load())
		}
		if c := contact(t, s, call.ID); c.Version != 2 {
			t.Errorf("version %d", c.Version)
		}
		must(t, s.ForgetForms(t.Context(), ch.At.Add(time.Millisecond)))
		_, err := s.UpdateContact(t.Context(), ch, call.ID, 0, untouched)
		must(t, err)
		ch.Form = strings.Repeat("x", 101)
		_, err = s.UpdateContact(t.Context(), ch, call.ID, 0, untouched)
		var fields survey.FieldErrors
		if !errors.As(err, &fields) {
			t.Errorf("long form id: %v", err)
		}
	})
}

func TestManySaveOneContact(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		const n = 40
		crowd(n, func(i int) {
			_, err := s.UpdateContact(context.Background(), surveytest.Change("x"), call.ID, 0,
				func(c *survey.Contact, _ survey.Round) error {
					c.ReviewNote += "."
					return nil
				})
			if err != nil {
				t.Error(err)
			}
		})
		c := contact(t, s, call.ID)
		if c.Version != 1+n || c.ReviewNote != call.ReviewNote+strings.Repeat(".", n) {
			t.Errorf("version %d, note %q: a save was lost", c.Version, c.ReviewNote)
		}
		var won atomic.Int64
		crowd(n, func(i int) {
			_, err := s.UpdateContact(context.Background(), surveytest.Change("x"), call.ID, 1+n,
				untouched)
			if err == nil {
				won.Add(1)
			} else if !errors.Is(err, survey.ErrConflict) {
				t.Error(err)
			}
		})
		if won.Load() != 1 {
			t.Errorf("%d saved the same version", won.Load())
		}
	})
}

func TestManySaveManyContacts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set := surveytest.Setup()
		contacts := surveytest.Contacts(set)
		fill(t, s, set, contacts)
		const clients, turns = 16, 12
		crowd(clients, func(client int) {
			for turn := range turns {
				c := contacts[client*turns+turn]
				_, err := s.UpdateContact(context.Background(), surveytest.Change("x"), c.ID, c.Version,
					func(in *survey.Contact, _ survey.Round) error {
						in.ReviewNote = fmt.Sprint(client, turn)
						if turn%4 == 3 {
							return survey.ErrForbidden
						}
						return nil
					})
				if turn%4 == 3 && !errors.Is(err, survey.ErrForbidden) || turn%4 != 3 && err != nil {
					t.Error(err)
				}
			}
		})
		for client := range clients {
			for turn := range turns {
				want := contacts[client*turns+turn]
				if turn%4 != 3 {
					want.ReviewNote, want.Version = fmt.Sprint(client, turn), 2
				}
				if d := cmp.Diff(want, contact(t, s, want.ID)); d != "" {
					t.Fatal(d)
				}
			}
		}
	})
}

// Instants are stored so that they sort by when they were, whatever offset
// they came with, also while the clocks are set back.
func TestInstantsSortByWhenTheyWere(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set := surveytest.Setup()
		contacts := surveytest.Contacts(set)[:5]
		for i, at := range []string{
			"2026-10-25T02:30:00+02:00", "2026-10-25T00:45:00Z", "2026-10-25T02:15:00+01:00",
			"2026-10-24T20:30:00-05:00", "2026-10-25T02:45:00+01:00",
		} {
			parsed, err := time.Parse(time.RFC3339, at)
			must(t, err)
			contacts[i].PlannedAt, contacts[i].Version = parsed, 1
		}
		set = fill(t, s, set, contacts)
		list, _, err := s.Contacts(t.Context(), set.Round.ID, survey.ContactFilter{})
		must(t, err)
		for i, c := range list {
			if !c.PlannedAt.Equal(contacts[i].PlannedAt) || c.PlannedAt.Location() != time.UTC {
				t.Errorf("number %d is %v", i, c.PlannedAt)
			}
		}
		days, err := s.Counts(t.Context(), set.Round.ID, survey.ByDay)
		must(t, err)
		for _, d := range days {
			if d.Key != "2026-10-25" {
				t.Errorf("day %s", d.Key) // 20:30 in New York is the next day in Sweden
			}
		}
	})
}
