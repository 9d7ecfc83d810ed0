package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func TestMunicipalities(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		want := survey.BundledMunicipalities()
		got, err := s.Municipalities(t.Context())
		must(t, err)
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		stockholm := got[0]
		stockholm.Population++
		added := survey.Municipality{Code: "9999", Name: "Ny", SizeClass: "0-9999"}
		ch := surveytest.Change("municipalities.import")
		changed, err := s.SaveMunicipalities(t.Context(), ch, []survey.Municipality{got[1], added, stockholm})
		must(t, err)
		if changed != 2 {
			t.Errorf("%d changed, want 2", changed)
		}
		changed, err = s.SaveMunicipalities(t.Context(), ch, []survey.Municipality{added})
		must(t, err)
		if changed != 0 || events(t, s, "") != 1 {
			t.Errorf("%d changed the second time", changed)
		}
		must(t, s.Migrate(t.Context())) // does not bring the old ones back
		after, err := s.Municipalities(t.Context())
		must(t, err)
		if len(after) != len(want)+1 || after[0] != stockholm || after[len(want)] != added {
			t.Errorf("%d municipalities, first %+v", len(after), after[0])
		}
	})
}

func TestHistory(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		sample(t, s)
		all, err := s.History(t.Context(), "2026", 0)
		must(t, err)
		var actions []string
		for _, e := range all {
			actions = append(actions, e.Action)
		}
		if d := cmp.Diff([]string{"contacts.import", "setup.save", "round.create"}, actions); d != "" {
			t.Error(d)
		}
		two, err := s.History(t.Context(), "2026", 2)
		must(t, err)
		if d := cmp.Diff(all[:2], two); d != "" {
			t.Error(d)
		}
		_, err = s.History(t.Context(), "1999", 0)
		wantErr(t, err, survey.ErrNotFound)
	})
}
