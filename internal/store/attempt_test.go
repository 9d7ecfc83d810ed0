package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func TestAttemptsComeBackAsTheyWere(t *testing.T) {
	at := surveytest.At(1, 9, 0)
	for name, attempts := range map[string][]survey.Attempt{
		"none":         nil,
		"just dialled": {{Dialled: at}},
		"sample":       surveytest.PhoneContact(surveytest.Round()).Attempts,
		"all at once":  {{Dialled: at, Answered: at, Connected: at, Ended: at, Outcome: survey.Reached}},
		"backwards":    {{Dialled: at, Answered: at.Add(-time.Hour)}}, // imported, and for the domain to judge
		"no dial":      {{Answered: at, Outcome: survey.Busy}, {}},
		"odd notes": {
			{Dialled: at, Note: `\n`}, {Dialled: at, Note: "\n"}, {Dialled: at, Note: `\\` + "\n\\"}, {Note: "m m d1"},
		},
		"odd words": {{Dialled: at, Outcome: "m", Ratings: survey.Ratings{Answer: "m"}, Note: " \t"}},
	} {
		got, err := store.UnpackAttempts(store.PackAttempts(attempts))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if d := cmp.Diff(attempts, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestSpoiltAttemptsAreAnError(t *testing.T) {
	for _, s := range []string{" ", "d", "dx", "d1  a2", "d1 q7", "d1 g256", "d1\n", "a99999999999999999999"} {
		if got, err := store.UnpackAttempts(s); err == nil {
			t.Errorf("%q was read as %+v", s, got)
		}
	}
}

func FuzzAttemptNote(f *testing.F) {
	f.Add("", "x")
	f.Add("\n", `\`)
	f.Add(`\n\\`, "\\\n\\n m")
	f.Fuzz(func(t *testing.T, one, two string) {
		want := []survey.Attempt{{Note: one, Greeting: 1}, {Note: two}}
		got, err := store.UnpackAttempts(store.PackAttempts(want))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}

func BenchmarkUnpackAttempts(b *testing.B) {
	packed := store.PackAttempts(surveytest.PhoneContact(surveytest.Round()).Attempts[1:])
	const round = 34800
	for b.Loop() {
		for range round {
			if _, err := store.UnpackAttempts(packed); err != nil {
				b.Fatal(err)
			}
		}
	}
}
