package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// everybody lets all drafts be saved.
func everybody(survey.Contact, survey.Round) error { return nil }

func draftOf(c survey.Contact) survey.DraftForm {
	return survey.DraftForm{
		Contact: c.ID, By: "maja@example.se", Attempt: 1, Fields: map[string]string{"note": "Å, \"citat\"\nny rad", "answer": "good"},
		Writer: "page one", SavedAt: surveytest.At(1, 10, 32),
	}
}

func TestDraftComesBackAsItWas(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, call, mail := sample(t, s)
		want := draftOf(call)
		got, err := s.SaveDraft(t.Context(), want, func(c survey.Contact, r survey.Round) error {
			if d := cmp.Diff(call, c) + cmp.Diff(set.Round, r); d != "" {
				t.Error(d)
			}
			return nil
		})
		must(t, err)
		want.Revision = 1
		stored, err := s.Draft(t.Context(), call.ID, want.By)
		must(t, err)
		if d := cmp.Diff(want, got) + cmp.Diff(want, stored); d != "" {
			t.Error(d)
		}
		if missing := unfilled(stored); len(missing) > 0 {
			t.Errorf("never filled: %v", missing)
		}
		for name, err := range map[string]error{
			"a colleague's": errOf(s.Draft(t.Context(), call.ID, "björn@example.se")),
			"another's":     errOf(s.Draft(t.Context(), mail.ID, want.By)),
		} {
			if !errors.Is(err, survey.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if c := contact(t, s, call.ID); c.Version != call.Version {
			t.Errorf("the contact is at version %d", c.Version)
		}
	})
}

func errOf[T any](_ T, err error) error { return err }

func TestDraftsOfTwoPages(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		for _, step := range []struct {
			name, writer, note string
			revision           int
			stale              bool
		}{
			{"the first", "one", "a", 0, false},
			{"the same page again", "one", "b", 1, false},
			{"the same page, its answer lost", "one", "b", 1, false},
			{"another page that has not looked", "two", "c", 0, true},
			{"another page that looked earlier", "two", "c", 2, true},
			{"another page that has looked", "two", "c", 3, false},
			{"the first page, which has not", "one", "d", 3, true},
		} {
			d := draftOf(call)
			d.Writer, d.Revision, d.Fields = step.writer, step.revision, map[string]string{"note": step.note}
			_, err := s.SaveDraft(t.Context(), d, everybody)
			if stale := errors.Is(err, survey.ErrConflict); stale != step.stale || err != nil && !stale {
				t.Fatalf("%s: %v", step.name, err)
			}
		}
		got, err := s.Draft(t.Context(), call.ID, "maja@example.se")
		must(t, err)
		if got.Fields["note"] != "c" || got.Writer != "two" || got.Revision != 4 {
			t.Errorf("stored %+v", got)
		}
	})
}

func TestOneOfManyPagesSavesItsDraft(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		var won atomic.Int64
		crowd(8, func(i int) {
			d := draftOf(call)
			d.Writer = fmt.Sprint("page ", i)
			switch _, err := s.SaveDraft(context.Background(), d, everybody); {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, survey.ErrConflict):
				t.Error(err)
			}
		})
		if won.Load() != 1 {
			t.Errorf("%d pages saved over each other", won.Load())
		}
	})
}

func TestDraftIsRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		mine := errors.New("mine")
		_, err := s.SaveDraft(t.Context(), draftOf(call), func(survey.Contact, survey.Round) error { return mine })
		wantErr(t, err, mine)
		unknown := draftOf(call)
		unknown.Contact = survey.NewID[survey.Contact]()
		_, err = s.SaveDraft(t.Context(), unknown, everybody)
		wantErr(t, err, survey.ErrNotFound)
		broken := draftOf(call)
		broken.Fields = map[string]string{"note": "\xff"}
		_, err = s.SaveDraft(t.Context(), broken, everybody)
		if err == nil {
			t.Error("text that is not UTF-8 was kept")
		}
		wantErr(t, errOf(s.Draft(t.Context(), call.ID, "maja@example.se")), survey.ErrNotFound)
	})
}

func TestDraftEndsWithTheReport(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		own, other := draftOf(call), draftOf(call)
		other.By = "björn@example.se"
		for _, d := range []survey.DraftForm{own, other} {
			must(t, errOf(s.SaveDraft(t.Context(), d, everybody)))
		}
		ch := surveytest.Change("call.report")
		ch.By, ch.EndsDraft = own.By, true
		wantErr(t, errOf(s.UpdateContact(t.Context(), ch, call.ID, call.Version+1, untouched)), survey.ErrConflict)
		must(t, errOf(s.Draft(t.Context(), call.ID, own.By))) // a report that was refused ends nothing
		must(t, errOf(s.UpdateContact(t.Context(), ch, call.ID, 0, untouched)))
		wantErr(t, errOf(s.Draft(t.Context(), call.ID, own.By)), survey.ErrNotFound)
		must(t, errOf(s.Draft(t.Context(), call.ID, other.By)))
	})
}

func TestForgottenDrafts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, mail := sample(t, s)
		old, young := draftOf(call), draftOf(mail)
		young.SavedAt = old.SavedAt.Add(time.Hour)
		for _, d := range []survey.DraftForm{old, young} {
			must(t, errOf(s.SaveDraft(t.Context(), d, everybody)))
		}
		must(t, s.ForgetDrafts(t.Context(), young.SavedAt))
		wantErr(t, errOf(s.Draft(t.Context(), call.ID, old.By)), survey.ErrNotFound)
		must(t, errOf(s.Draft(t.Context(), mail.ID, young.By)))
	})
}
