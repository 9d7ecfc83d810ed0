package store_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// underWay is a round in its middle: finished, sent, returned, voided,
// bounced and untouched contacts.
func underWay(t testing.TB, s *store.Store) (survey.Setup, []survey.Contact, time.Time) {
	t.Helper()
	set := surveytest.Setup()
	contacts := surveytest.Contacts(set)
	for i := range contacts {
		c := &contacts[i]
		switch i % 11 {
		case 0:
			c.Disposition = survey.Void
		case 3:
			c.State = survey.Begun
		case 5:
			c.State = survey.Approved
		case 6:
			c.State = survey.Returned
		case 1, 2, 4, 7:
			*c = survey.Contact{ID: c.ID, Round: c.Round, Municipality: c.Municipality, Channel: c.Channel, Area: c.Area,
				Question: c.Question, Replicate: c.Replicate, Evaluator: c.Evaluator, PlannedAt: c.PlannedAt, State: survey.Planned}
		case 8:
			if c.Channel == survey.Email {
				c.Mail.Bounced = c.Mail.Sent.Add(time.Duration(i) * time.Second)
			}
		}
	}
	return fill(t, s, set, contacts), contacts, surveytest.At(6, 10, 30)
}

func TestStandings(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts, due := underWay(t, s)
		for by, value := range map[survey.Grouping]func(survey.Contact) string{
			survey.ByMunicipality: func(c survey.Contact) string { return c.Municipality },
			survey.ByArea:         func(c survey.Contact) string { return string(c.Area) },
			survey.ByEvaluator:    func(c survey.Contact) string { return c.Evaluator },
			survey.ByDay:          func(c survey.Contact) string { return officehours.DateOf(c.PlannedAt).String() },
		} {
			count := s.PlaceStandings
			if by == survey.ByEvaluator || by == survey.ByDay {
				count = s.ShiftStandings
			}
			list, err := count(t.Context(), set.Round.ID, due)
			must(t, err)
			got := map[survey.Standing]bool{}
			for _, v := range list {
				if v.By == by {
					got[v] = true
				}
			}
			if d := gocmp.Diff(standingsOf(contacts, by, value, due), got); d != "" {
				t.Errorf("%s: %s", by, d)
			}
		}
	})
}

// standingsOf counts one by one.
func standingsOf(contacts []survey.Contact, by survey.Grouping, value func(survey.Contact) string,
	due time.Time) map[survey.Standing]bool {
	type at struct {
		key string
		ch  survey.Channel
	}
	all := map[at]survey.Standing{}
	one := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	for _, c := range contacts {
		k := at{value(c), c.Channel}
		v := all[k]
		v.By, v.Key, v.Channel = by, k.key, k.ch
		if c.Disposition == survey.Void {
			v.Void++
		} else {
			v.Planned++
			v.Due += one(c.PlannedAt.Before(due))
			v.Begun += one(c.State == survey.Begun)
			v.Finished += one(c.State != survey.Begun && c.State != survey.Planned)
			v.Approved += one(c.State == survey.Approved)
			v.Returned += one(c.State == survey.Returned)
		}
		all[k] = v
	}
	list := map[survey.Standing]bool{}
	for _, v := range all {
		list[v] = true
	}
	return list
}

func TestMadePerHour(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts, _ := underWay(t, s)
		want := map[time.Time]int{}
		for _, c := range contacts {
			at := c.SubmittedAt
			if c.Channel == survey.Email {
				at = c.Mail.Sent
			}
			if at.IsZero() {
				at = time.UnixMilli(0).UTC() // as it is stored
			}
			if c.Made() {
				want[at.Truncate(time.Hour)]++
			}
		}
		list, err := s.MadePerHour(t.Context(), set.Round.ID)
		must(t, err)
		got := map[time.Time]int{}
		for i, h := range list {
			got[h.Hour] += h.N
			if i > 0 && h.Hour.Before(list[i-1].Hour) {
				t.Errorf("%s after %s", h.Hour, list[i-1].Hour)
			}
		}
		if d := gocmp.Diff(want, got); d != "" || len(want) < 3 {
			t.Errorf("%d hours: %s", len(want), d)
		}
	})
}

func TestUntouchedAndBounced(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts, due := underWay(t, s)
		want, bounced := map[survey.Untouched]int{}, []survey.Bounce(nil)
		for _, c := range contacts {
			if c.State == survey.Planned && c.Disposition != survey.Void && c.PlannedAt.Before(due) {
				want[survey.Untouched{Municipality: c.Municipality, Area: c.Area, Channel: c.Channel, Evaluator: c.Evaluator,
					Day: officehours.DateOf(c.PlannedAt).String()}]++
			}
			if !c.Mail.Bounced.IsZero() && c.Disposition != survey.Void {
				bounced = append(bounced, survey.Bounce{Municipality: c.Municipality, At: c.Mail.Bounced})
			}
		}
		list, err := s.UntouchedBefore(t.Context(), set.Round.ID, due)
		must(t, err)
		got := map[survey.Untouched]int{}
		for _, u := range list {
			if officehours.DateOf(u.First).String() != u.Day {
				t.Errorf("%+v: the first is on another day", u)
			}
			n := u.N
			u.N, u.First = 0, time.Time{}
			got[u] = n
		}
		if d := gocmp.Diff(want, got); d != "" || len(want) == 0 {
			t.Errorf("%d untouched: %s", len(want), d)
		}
		slices.SortFunc(bounced, func(a, b survey.Bounce) int {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Municipality, b.Municipality))
		})
		found, err := s.Bounces(t.Context(), set.Round.ID)
		must(t, err)
		if d := gocmp.Diff(bounced, found); d != "" || len(bounced) == 0 {
			t.Errorf("%d bounced: %s", len(bounced), d)
		}
	})
}

// SQLite counts progress from indexes; the few that bounced it looks up.
func TestProgressUsesItsIndexes(t *testing.T) {
	s := open(t, t.TempDir()+"/x.db")
	set, _, due := underWay(t, s)
	for name, c := range map[string]struct {
		index string
		ask   func() error
	}{
		"places":  {"COVERING INDEX contacts_by_place", func() error { _, err := s.PlaceStandings(t.Context(), set.Round.ID, due); return err }},
		"shifts":  {"COVERING INDEX contacts_by_day", func() error { _, err := s.ShiftStandings(t.Context(), set.Round.ID, due); return err }},
		"made":    {"COVERING INDEX contacts_by_state", func() error { _, err := s.MadePerHour(t.Context(), set.Round.ID); return err }},
		"due":     {"COVERING INDEX contacts_to_begin", func() error { _, err := s.UntouchedBefore(t.Context(), set.Round.ID, due); return err }},
		"bounced": {"INDEX contacts_bounced", func() error { _, err := s.Bounces(t.Context(), set.Round.ID); return err }},
	} {
		plan := explain(t, s, func() { must(t, c.ask()) })
		if !strings.Contains(plan, c.index+" (round_id=?") || strings.Contains(plan, "SCAN contacts") {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}
