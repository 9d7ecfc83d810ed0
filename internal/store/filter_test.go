package store_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// varied is a round of 720 contacts that differ in everything a filter sees.
func varied(t testing.TB, s *store.Store) (survey.Setup, []survey.Contact) {
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
			c.State, c.Disposition = survey.Submitted, survey.NoReply
			if i%2 == 0 {
				c.Mail.Bounced = surveytest.At(3, 9, 0)
			}
		case 7:
			c.Suspected, c.SuspectedWhy = true, "Frågade."
		}
	}
	return fill(t, s, set, contacts), contacts
}

var filters = map[string]survey.ContactFilter{
	"all":          {},
	"evaluator":    {Evaluator: "omar.ek@example.se"},
	"municipality": {Municipality: "0305"},
	"channel":      {Channel: survey.Email},
	"area":         {Area: "äldreomsorg"},
	"question":     {Question: survey.BundledQuestions()[7].Code},
	"states":       {States: []survey.State{survey.Begun, survey.Approved}},
	"void":         {Disposition: survey.Void},
	"live":         {LiveOnly: true},
	"suspected":    {Suspected: true},
	"closed":       {Ended: survey.MailClosed},
	"lapsed":       {Ended: survey.MailLapsed},
	"planned":      {PlannedFrom: surveytest.At(3, 8, 0), PlannedTo: surveytest.At(9, 12, 0)},
	"planned at a bound": {
		PlannedFrom: surveytest.At(3, 9, 1), PlannedTo: surveytest.At(3, 9, 1).Add(time.Minute),
	},
	"done":      {DoneFrom: surveytest.At(5, 8, 0), DoneTo: surveytest.At(9, 12, 0)},
	"done to":   {DoneTo: surveytest.At(9, 12, 0)},
	"by key":    {Order: survey.ByKey, Channel: survey.Phone},
	"by done":   {Order: survey.ByDone, States: []survey.State{survey.Submitted}},
	"none":      {Evaluator: "nobody@example.se"},
	"not text":  {Municipality: "0305\x00"},
	"injection": {Order: "key; DROP TABLE contacts", Municipality: "' OR ''='"},
	"all of it": {
		Evaluator: "omar.ek@example.se", Municipality: "0305", Channel: survey.Phone, Area: "bygglov", LiveOnly: true,
		States: []survey.State{survey.Planned, survey.Submitted}, PlannedFrom: surveytest.At(0, 0, 0),
	},
}

func ended(c survey.Contact) survey.MailEnd {
	switch {
	case c.Disposition == survey.NoReply && c.Mail.Bounced.IsZero():
		return survey.MailLapsed
	case c.Disposition == survey.NoReply || c.Disposition == survey.Completed:
		return survey.MailClosed
	}
	return ""
}

func TestContactsFilter(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		for name, f := range filters {
			want := choose(contacts, f)
			got, total, err := s.Contacts(t.Context(), set.Round.ID, f)
			must(t, err)
			if d := gocmp.Diff(want, got); d != "" || total != len(want) {
				t.Errorf("%s: total %d, want %d\n%s", name, total, len(want), d)
			}
			n, err := s.CountContacts(t.Context(), set.Round.ID, f)
			must(t, err)
			if n != len(want) {
				t.Errorf("%s: counted %d, want %d", name, n, len(want))
			}
		}
	})
}

func TestContactsPages(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		for _, order := range []survey.ContactOrder{survey.ByPlan, survey.ByKey, survey.ByDone} {
			f := survey.ContactFilter{Order: order, LiveOnly: true, Limit: 100}
			want := choose(contacts, f)
			var got []survey.Contact
			for ; f.Offset < len(want)+100; f.Offset += f.Limit {
				page, total, err := s.Contacts(t.Context(), set.Round.ID, f)
				must(t, err)
				if total != len(want) {
					t.Errorf("total %d at %d, want %d", total, f.Offset, len(want))
				}
				got = append(got, page...)
			}
			if d := gocmp.Diff(want, got); d != "" {
				t.Errorf("%q: %s", order, d)
			}
		}
		rest, _, err := s.Contacts(t.Context(), set.Round.ID, survey.ContactFilter{Offset: len(contacts) - 3})
		must(t, err)
		if len(rest) != 3 {
			t.Errorf("%d left after an offset without a limit", len(rest))
		}
	})
}

func TestEachContact(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		want := choose(contacts, survey.ContactFilter{Order: survey.ByKey})
		stream := s.EachContact(t.Context(), set.Round.ID)
		for range 2 { // it can be read again
			var got []survey.Contact
			for c, err := range stream {
				must(t, err)
				got = append(got, c)
			}
			if d := gocmp.Diff(want, got); d != "" {
				t.Fatal(d)
			}
		}
		for range 50 { // and left half-way, without keeping its connection
			for range stream {
				break
			}
		}
	})
}

// choose is the filter once more, over a list.
func choose(contacts []survey.Contact, f survey.ContactFilter) []survey.Contact {
	is := func(want, got string) bool { return want == "" || want == got }
	var out []survey.Contact
	for _, c := range contacts {
		in := is(f.Evaluator, c.Evaluator) && is(f.Municipality, c.Municipality) && is(f.Question, c.Question) &&
			is(string(f.Channel), string(c.Channel)) && is(string(f.Area), string(c.Area)) &&
			is(string(f.Disposition), string(c.Disposition)) &&
			(len(f.States) == 0 || slices.Contains(f.States, c.State)) &&
			(f.Ended == "" || f.Ended == ended(c)) && (!f.Suspected || c.Suspected) && (!f.LiveOnly || c.Disposition != survey.Void) &&
			(f.PlannedFrom.IsZero() || !c.PlannedAt.Before(f.PlannedFrom)) &&
			(f.PlannedTo.IsZero() || c.PlannedAt.Before(f.PlannedTo)) &&
			(f.DoneFrom.IsZero() || !c.SubmittedAt.Before(f.DoneFrom)) &&
			(f.DoneTo.IsZero() || !c.SubmittedAt.IsZero() && c.SubmittedAt.Before(f.DoneTo))
		if in {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b survey.Contact) int {
		first := a.PlannedAt.Compare(b.PlannedAt)
		switch f.Order {
		case survey.ByKey:
			first = 0
		case survey.ByDone:
			first = b.SubmittedAt.Compare(a.SubmittedAt)
		}
		return cmp.Or(first, cmp.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Channel, b.Channel),
			cmp.Compare(a.Question, b.Question), cmp.Compare(a.Replicate, b.Replicate))
	})
	return out
}
