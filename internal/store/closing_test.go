package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/results"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func TestWaivers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, _, _ := sample(t, s)
		id := set.Round.ID
		at, ch := surveytest.At(33, 9, 0), surveytest.Change("waiver")
		late := survey.Waiver{Item: survey.InsideCutoff, Reason: "Stoppgränsen är nära.", By: "kim@example.se", At: at}
		missing := survey.Waiver{Item: survey.MissingContacts, Reason: "Tre saknas.", By: "kim@example.se", At: at}
		for _, w := range []survey.Waiver{late, {Item: survey.MissingContacts, Reason: "x"}, missing} {
			must(t, s.SaveWaiver(t.Context(), ch, id, w))
		}
		got, err := s.Waivers(t.Context(), id)
		must(t, err)
		if d := cmp.Diff([]survey.Waiver{missing, late}, got); d != "" {
			t.Error(d)
		}
		must(t, s.RemoveWaiver(t.Context(), ch, id, survey.MissingContacts))
		wantErr(t, s.RemoveWaiver(t.Context(), ch, id, survey.MissingContacts), survey.ErrNotFound)
		wantErr(t, s.RemoveWaiver(t.Context(), ch, id, "\x00"), survey.ErrNotFound)
		_, err = s.UpdateSetup(t.Context(), ch, "2026", 0, func(in *survey.Setup, _ int) error {
			in.Round.Revision++
			return nil
		})
		must(t, err)
		if got, err = s.Waivers(t.Context(), id); err != nil || got != nil {
			t.Errorf("a new revision begins with %v, %v", got, err)
		}
	})
}

func TestCloseRound(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, call, mail := sample(t, s)
		advance(t, s, "2026", survey.Review)
		_, err := s.Closing(t.Context(), set.Round.ID)
		wantErr(t, err, survey.ErrNotFound)
		w := survey.Waiver{Item: survey.InsideCutoff, Reason: "Nära.", By: "kim@example.se", At: surveytest.At(33, 9, 0)}
		must(t, s.SaveWaiver(t.Context(), surveytest.Change("waiver.save"), set.Round.ID, w))
		want := survey.Closing{
			Revision: 1, At: surveytest.At(40, 9, 0), By: "kim@example.se", Waivers: []survey.Waiver{w},
			Checksum: "0abc", Frozen: []byte("{\"a\": \"\x00\xff\"}"),
		}
		err = s.CloseRound(t.Context(), surveytest.Change("round.close"), "2026",
			func(in *survey.Setup, waivers []survey.Waiver, contacts results.Contacts) (survey.Closing, error) {
				if d := cmp.Diff(want.Waivers, waivers); d != "" {
					t.Error(d)
				}
				for range 2 {
					var list []survey.Contact
					for c, err := range contacts {
						must(t, err)
						list = append(list, c)
					}
					if d := cmp.Diff([]survey.Contact{mail, call}, list); d != "" {
						t.Error(d)
					}
				}
				return want, in.Round.Advance(survey.Closed, want.At)
			})
		must(t, err)
		got, err := s.Closing(t.Context(), set.Round.ID)
		must(t, err)
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		r, err := s.Round(t.Context(), "2026")
		must(t, err)
		if r.Stage != survey.Closed || !r.ClosedAt.Equal(want.At) || r.Version != set.Round.Version+2 {
			t.Errorf("stage %s at %v, version %d", r.Stage, r.ClosedAt, r.Version)
		}
	})
}

func TestFailedClosingLeavesTheRound(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, _, _ := sample(t, s)
		advance(t, s, "2026", survey.Review)
		mine := errors.New("mine")
		err := s.CloseRound(t.Context(), surveytest.Change("round.close"), "2026",
			func(in *survey.Setup, _ []survey.Waiver, contacts results.Contacts) (survey.Closing, error) {
				for range contacts {
					break // left half-way
				}
				return survey.Closing{Revision: 1}, errors.Join(in.Round.Advance(survey.Closed, surveytest.At(40, 0, 0)), mine)
			})
		wantErr(t, err, mine)
		r, err := s.Round(t.Context(), "2026")
		must(t, err)
		if r.Stage != survey.Review {
			t.Errorf("stage %s", r.Stage)
		}
		_, err = s.Closing(t.Context(), set.Round.ID)
		wantErr(t, err, survey.ErrNotFound)
	})
}

// What is saved while a round is being closed is either counted or refused.
func TestNobodyChangesAContactDuringClosing(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		advance(t, s, "2026", survey.Review)
		saved := make(chan error, 1)
		err := s.CloseRound(t.Context(), surveytest.Change("round.close"), "2026",
			func(in *survey.Setup, _ []survey.Waiver, contacts results.Contacts) (survey.Closing, error) {
				began := make(chan struct{})
				go func() {
					close(began)
					_, err := s.UpdateContact(context.Background(), surveytest.Change("x"), call.ID, 0,
						func(c *survey.Contact, _ survey.Round) error {
							c.ReviewNote = "för sent"
							return nil
						})
					saved <- err
				}()
				<-began
				for range 100 { // long enough for a save that nothing stops
					for c, err := range contacts {
						if err != nil || c.ReviewNote == "för sent" {
							t.Errorf("%v: changed under our feet", err)
						}
					}
				}
				return survey.Closing{Revision: 1}, in.Round.Advance(survey.Closed, surveytest.At(40, 0, 0))
			})
		must(t, err)
		wantErr(t, <-saved, survey.ErrClosed)
	})
}
