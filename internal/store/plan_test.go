package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func all(t testing.TB, s *store.Store, id survey.RoundID) []survey.Contact {
	t.Helper()
	list, _, err := s.Contacts(t.Context(), id, survey.ContactFilter{Order: survey.ByKey})
	must(t, err)
	return list
}

func TestSaveContactsTwice(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		before := events(t, s, "2026")
		again := slices.Clone(contacts)
		for i := range again {
			again[i].ID = survey.NewID[survey.Contact]() // a file knows no identifiers
			again[i].PlannedAt = again[i].PlannedAt.In(time.FixedZone("", 3600)).Add(time.Microsecond)
		}
		n, err := s.SaveContacts(t.Context(), surveytest.Change("contacts.import"), set.Round, again)
		must(t, err)
		if n != 0 || events(t, s, "2026") != before {
			t.Errorf("%d changed the second time", n)
		}
		again[3].ReviewNote = "ny"
		extra := again[4]
		extra.Replicate = 3
		n, err = s.SaveContacts(t.Context(), surveytest.Change("contacts.import"), set.Round, append(again, extra))
		must(t, err)
		if n != 2 || events(t, s, "2026") != before+1 {
			t.Errorf("%d changed, want 2", n)
		}
		got := contact(t, s, contacts[3].ID)
		want := contacts[3]
		want.ReviewNote, want.Version = "ny", 2
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}

func TestSaveContactsAllOrNothing(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, call, mail := sample(t, s)
		call.ReviewNote = "ändrad"
		twice := surveytest.Contacts(set)[100]
		for name, bad := range map[string][]survey.Contact{
			"the same twice": {call, twice, twice},
			"an id taken":    {call, func() survey.Contact { c := twice; c.ID = mail.ID; return c }()},
		} {
			_, err := s.SaveContacts(t.Context(), surveytest.Change("x"), set.Round, bad)
			if err == nil {
				t.Errorf("%s was taken", name)
			}
			wantErr(t, err, survey.ErrConflict)
		}
		stale := set.Round
		stale.Version--
		_, err := s.SaveContacts(t.Context(), surveytest.Change("x"), stale, []survey.Contact{call})
		wantErr(t, err, survey.ErrConflict)
		unknown := set.Round
		unknown.ID = survey.NewID[survey.Round]()
		_, err = s.SaveContacts(t.Context(), surveytest.Change("x"), unknown, []survey.Contact{call})
		wantErr(t, err, survey.ErrNotFound)
		call.Attempts = []survey.Attempt{{Outcome: "no word"}}
		if _, err = s.SaveContacts(t.Context(), surveytest.Change("x"), set.Round, []survey.Contact{call}); err == nil {
			t.Error("an outcome that could not be read again was taken")
		}
		if got := all(t, s, set.Round.ID); len(got) != 2 || got[1].ReviewNote != "Bra." {
			t.Errorf("%d contacts, %q", len(got), got[1].ReviewNote)
		}
	})
}

func TestReplacePlanKeepsWhatIsBegun(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		var kept, fresh []survey.Contact
		for _, c := range contacts {
			if c.State != survey.Planned || c.Disposition == survey.Void {
				kept = append(kept, c)
				continue
			}
			c.ID, c.PlannedAt = survey.NewID[survey.Contact](), c.PlannedAt.AddDate(0, 0, 1)
			fresh = append(fresh, c)
		}
		r := set.Round
		r.Seed, r.PlannedAt = 42, surveytest.At(1, 7, 30)
		must(t, s.ReplacePlan(t.Context(), surveytest.Change("plan.make"), r, fresh))
		want := choose(append(kept, fresh...), survey.ContactFilter{Order: survey.ByKey})
		if d := cmp.Diff(want, all(t, s, r.ID)); d != "" {
			t.Error(d)
		}
		got, err := s.Round(t.Context(), r.Code)
		must(t, err)
		if d := cmp.Diff(r, got); d != "" {
			t.Error(d)
		}
	})
}

func TestReplacePlanConflicts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		begun := choose(contacts, survey.ContactFilter{States: []survey.State{survey.Planned}, LiveOnly: true})[0]
		begin := func(c *survey.Contact, _ survey.Round) error {
			c.State = survey.Begun
			return nil
		}
		_, err := s.UpdateContact(t.Context(), surveytest.Change("x"), begun.ID, 0, begin)
		must(t, err)
		before := all(t, s, set.Round.ID)
		begun.ID = survey.ContactID{}
		ch := surveytest.Change("plan.make")
		wantErr(t, s.ReplacePlan(t.Context(), ch, set.Round, []survey.Contact{begun}), survey.ErrConflict)
		stale := set.Round
		stale.Version--
		wantErr(t, s.ReplacePlan(t.Context(), ch, stale, nil), survey.ErrConflict)
		if d := cmp.Diff(before, all(t, s, set.Round.ID)); d != "" {
			t.Error(d)
		}
	})
}

// Whoever plans and whoever works take their locks in the same order, so
// neither is thrown out for a deadlock.
func TestPlanWhileOthersWork(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		finished := choose(contacts, survey.ContactFilter{States: []survey.State{survey.Submitted}, LiveOnly: true})
		planned := choose(contacts, survey.ContactFilter{States: []survey.State{survey.Planned}, LiveOnly: true})
		crowd(9, func(i int) {
			if i == 0 {
				for range 5 {
					if err := s.ReplacePlan(context.Background(), surveytest.Change("plan.make"), set.Round, planned); err != nil {
						t.Error(err)
					}
				}
				return
			}
			for j := range 20 {
				_, err := s.UpdateContact(context.Background(), surveytest.Change("x"), finished[20*i+j].ID, 0,
					func(c *survey.Contact, _ survey.Round) error { return c.Approve("lena.lead@example.se") })
				if err != nil {
					t.Error(err)
				}
			}
		})
		n, err := s.CountContacts(t.Context(), set.Round.ID, survey.ContactFilter{})
		must(t, err)
		if n != len(contacts) {
			t.Errorf("%d contacts, want %d", n, len(contacts))
		}
	})
}

func TestNewContactsGetAnIdentifier(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set := surveytest.Setup()
		want := surveytest.Contacts(set)[:3]
		for i := range want {
			want[i].ID, want[i].Version = survey.ContactID{}, 0
		}
		set = fill(t, s, set, want)
		got := all(t, s, set.Round.ID)
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(survey.Contact{}, "ID", "Version")); d != "" {
			t.Error(d)
		}
		for _, c := range got {
			if c.ID.IsZero() || c.Version != 1 {
				t.Errorf("id %q, version %d", c.ID, c.Version)
			}
		}
	})
}
