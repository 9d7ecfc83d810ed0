package store_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// practised fills a round with the bundled practice.
func practised(t *testing.T, s *store.Store) (survey.Setup, []survey.PracticeContact) {
	t.Helper()
	set, _, _ := sample(t, s)
	must(t, s.UpdatePractice(t.Context(), surveytest.Change("practice.package"), "2026",
		func(_ survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error) {
			for _, p := range survey.BundledPractice() {
				p.ID = survey.NewID[survey.PracticeContact]()
				list = append(list, p)
			}
			return list, nil
		}))
	list, err := s.Practice(t.Context(), set.Round.ID)
	must(t, err)
	return set, list
}

// byPractice changes the round's practice contacts.
func byPractice(t *testing.T, s *store.Store, fn func(list []survey.PracticeContact) []survey.PracticeContact) error {
	t.Helper()
	return s.UpdatePractice(t.Context(), surveytest.Change("practice.save"), "2026",
		func(_ survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error) {
			return fn(list), nil
		})
}

func TestPracticeIsKept(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, list := practised(t, s)
		want := survey.BundledPractice()
		for i := range want {
			want[i].ID, want[i].Round = list[i].ID, set.Round.ID
		}
		if diff := cmp.Diff(want, list); diff != "" {
			t.Error(diff)
		}
		p, r, err := s.PracticeContact(t.Context(), list[3].ID)
		must(t, err)
		if diff := cmp.Diff(list[3], p); diff != "" || r.Code != "2026" || len(r.Design.Questions) == 0 {
			t.Errorf("%s in %s", diff, r.Code)
		}
		if _, _, err := s.PracticeContact(t.Context(), survey.NewID[survey.PracticeContact]()); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("an unknown one: %v", err)
		}
	})
}

func TestPracticeIsMovedChangedAndNeverRemoved(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, before := practised(t, s)
		must(t, byPractice(t, s, func(list []survey.PracticeContact) []survey.PracticeContact {
			list[0], list[1] = list[1], list[0]
			list[2].Title = "Åter"
			return list
		}))
		after, err := s.Practice(t.Context(), set.Round.ID)
		must(t, err)
		if after[0].ID != before[1].ID || after[0].Position != 1 || after[0].Version != 1 {
			t.Errorf("moved: %+v", after[0])
		}
		if after[2].Title != "Åter" || after[2].Version != 2 {
			t.Errorf("changed: %s, version %d", after[2].Title, after[2].Version)
		}
		err = byPractice(t, s, func(list []survey.PracticeContact) []survey.PracticeContact { return list[1:] })
		if !errors.Is(err, survey.ErrConflict) {
			t.Errorf("one left out: %v", err)
		}
		broken := func(list []survey.PracticeContact) []survey.PracticeContact {
			list[0].Reasons = survey.Reasons{"answer": "\x00"}
			return list
		}
		if errs := (survey.FieldErrors)(nil); !errors.As(byPractice(t, s, broken), &errs) {
			t.Error("a text that cannot be stored was taken")
		}
	})
}

func TestAnAnswerIsGivenOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, list := practised(t, s)
		answer := func(i int, by string) survey.PracticeAnswer {
			return survey.PracticeAnswer{Practice: list[i].ID, By: by, Given: list[i].Key, At: surveytest.At(0, 9, i)}
		}
		allow := func(survey.PracticeContact, survey.Round) error { return nil }
		save := func(a survey.PracticeAnswer) error {
			return s.SavePracticeAnswer(t.Context(), surveytest.Change("practice.answer"), a, allow)
		}
		must(t, save(answer(0, "asa.berg@example.se")))
		must(t, save(answer(1, "asa.berg@example.se")))
		must(t, save(answer(0, "omar.ek@example.se")))
		if err := save(answer(0, "asa.berg@example.se")); !errors.Is(err, survey.ErrConflict) {
			t.Errorf("a second answer: %v", err)
		}
		own, err := s.PracticeAnswers(t.Context(), set.Round.ID, "asa.berg@example.se")
		must(t, err)
		want := []survey.PracticeAnswer{answer(0, "asa.berg@example.se"), answer(1, "asa.berg@example.se")}
		if diff := cmp.Diff(want, own); diff != "" {
			t.Error(diff)
		}
		refused := survey.Refuse(survey.ErrConflict, "nej")
		err = s.SavePracticeAnswer(t.Context(), surveytest.Change("practice.answer"), answer(2, "omar.ek@example.se"),
			func(p survey.PracticeContact, r survey.Round) error {
				if p.ID != list[2].ID || r.ID != set.Round.ID {
					t.Errorf("asked about %v in %v", p.ID, r.Code)
				}
				return refused
			})
		if !errors.Is(err, refused) {
			t.Errorf("not allowed: %v", err)
		}
	})
}

func TestPracticeIsReset(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, list := practised(t, s)
		for _, by := range []string{"asa.berg@example.se", "omar.ek@example.se"} {
			must(t, s.SavePracticeAnswer(t.Context(), surveytest.Change("practice.answer"),
				survey.PracticeAnswer{Practice: list[0].ID, By: by, Given: list[0].Key, At: surveytest.At(0, 9, 0)},
				func(survey.PracticeContact, survey.Round) error { return nil }))
		}
		reset := func() error {
			return s.ResetPractice(t.Context(), surveytest.Change("practice.reset"), "2026", "asa.berg@example.se")
		}
		must(t, reset())
		left, err := s.PracticeAnswers(t.Context(), set.Round.ID, "")
		must(t, err)
		if len(left) != 1 || left[0].By != "omar.ek@example.se" {
			t.Errorf("%+v left", left)
		}
		if err := reset(); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("nothing to reset: %v", err)
		}
		history, err := s.History(t.Context(), "2026", 1)
		must(t, err)
		if history[0].Action != "practice.reset" {
			t.Errorf("the history says %s", history[0].Action)
		}
	})
}

func TestPracticeIsInRoundsThatAreNotClosed(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		sample(t, s)
		for _, test := range []struct {
			stage survey.Stage
			who   string
			want  []string
		}{
			{survey.Draft, "omar.ek@example.se", []string{"2026"}},
			{survey.Fieldwork, "omar.ek@example.se", []string{"2026"}},
			{survey.Review, "omar.ek@example.se", []string{"2026"}},
			{survey.Review, "nobody@example.se", nil},
			{survey.Closed, "omar.ek@example.se", nil},
		} {
			advance(t, s, "2026", test.stage)
			codes, err := s.PracticeRounds(t.Context(), test.who)
			must(t, err)
			if !slices.Equal(codes, test.want) {
				t.Errorf("%s, %s: %v, want %v", test.stage, test.who, codes, test.want)
			}
		}
	})
}
