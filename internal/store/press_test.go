package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// pressed changes a contact by adding presses, as the survey's rules do.
func pressed(t *testing.T, s *store.Store, id survey.ContactID, list ...survey.Press) error {
	t.Helper()
	_, err := s.UpdateContact(t.Context(), surveytest.Change("call.press"), id, 0, func(c *survey.Contact, _ survey.Round) error {
		c.Presses = list
		return nil
	})
	return err
}

func TestPressesAreKeptInTheirOrder(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, mail := sample(t, s)
		at := surveytest.At(1, 10, 0)
		first := []survey.Press{
			{Attempt: 1, Phase: survey.Dial, Kind: survey.PressMade, At: at, Received: at.Add(time.Minute), By: "maja@example.se"},
			{Attempt: 1, Phase: survey.Dial, Kind: survey.PressUndone, Was: at, Received: at.Add(time.Second), By: "maja@example.se"},
		}
		second := survey.Press{
			Attempt: 2, Phase: survey.Connect, Kind: survey.PressCorrected, At: at, Was: at.Add(time.Millisecond),
			Received: at.Add(time.Hour), By: "björn@example.se", Reason: "För sent – å ä ö.",
		}
		must(t, pressed(t, s, call.ID, first...))
		must(t, pressed(t, s, mail.ID, survey.Press{Attempt: 9, Phase: survey.HangUp, Kind: survey.PressMade}))
		must(t, pressed(t, s, call.ID, second))
		got, err := s.Presses(t.Context(), call.ID)
		must(t, err)
		if d := cmp.Diff(append(first, second), got); d != "" {
			t.Error(d)
		}
		if c := contact(t, s, call.ID); len(c.Presses) != 0 {
			t.Errorf("the contact is read with %d presses", len(c.Presses))
		}
		if missing := unfilled(first[0], first[1], second); len(missing) > 0 {
			t.Errorf("never filled: %v", missing)
		}
	})
}

func TestAPressThatIsRefusedLeavesNothing(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, _ := sample(t, s)
		err := pressed(t, s, call.ID, survey.Press{Attempt: 1, Phase: survey.Dial, Kind: survey.PressMade},
			survey.Press{Attempt: 1, Phase: survey.Dial, Kind: survey.PressCorrected, Reason: "\xff"})
		if err == nil {
			t.Error("text that is not UTF-8 was kept")
		}
		got, err := s.Presses(t.Context(), call.ID)
		must(t, err)
		if c := contact(t, s, call.ID); len(got) != 0 || c.Version != call.Version {
			t.Errorf("kept %+v, version %d", got, c.Version)
		}
	})
}
