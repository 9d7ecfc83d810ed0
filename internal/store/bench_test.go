package store_test

import (
	"fmt"
	"slices"
	"testing"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func benchEach(b *testing.B, bench func(b *testing.B, s *store.Store)) {
	for _, kind := range databases {
		b.Run(kind.name, func(b *testing.B) { bench(b, open(b, kind.url(b))) })
	}
}

func BenchmarkImport36000(b *testing.B) {
	set := surveytest.FullSetup()
	set.Participants = set.Participants[:150]
	contacts := surveytest.Contacts(set)
	benchEach(b, func(b *testing.B, s *store.Store) {
		set := fill(b, s, set, nil)
		for i := 0; b.Loop(); i++ {
			// Each turn imports the same contacts into a round of its own.
			b.StopTimer()
			next := set
			next.Round.ID, next.Round.Code = survey.NewID[survey.Round](), fmt.Sprint("r", i)
			for i := range contacts {
				contacts[i].ID = survey.NewID[survey.Contact]()
			}
			if err := s.CreateRound(b.Context(), surveytest.Change("round.create"), next.Round); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			n, err := s.SaveContacts(b.Context(), surveytest.Change("contacts.import"), next.Round, contacts)
			if err != nil || n != len(contacts) {
				b.Fatal(n, err)
			}
		}
	})
}

func BenchmarkFullRound(b *testing.B) {
	full := surveytest.FullSetup()
	contacts := surveytest.Contacts(full)
	benchEach(b, func(b *testing.B, s *store.Store) {
		set := fill(b, s, full, contacts)
		b.Run("EachContact", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for _, err := range s.EachContact(b.Context(), set.Round.ID) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != len(contacts) {
					b.Fatal(n)
				}
			}
		})
		for _, by := range []survey.Grouping{survey.ByMunicipality, survey.ByArea, survey.ByEvaluator, survey.ByDay} {
			b.Run("Counts/"+string(by), func(b *testing.B) {
				for b.Loop() {
					if _, err := s.Counts(b.Context(), set.Round.ID, by); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run("Setup", func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Setup(b.Context(), set.Round.Code); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("Day", func(b *testing.B) { benchDay(b, s, set) })
		b.Run("Page", func(b *testing.B) {
			for b.Loop() {
				list, total, err := s.Contacts(b.Context(), set.Round.ID, survey.ContactFilter{Offset: 5000, Limit: 50})
				if err != nil || len(list) != 50 || total != len(contacts) {
					b.Fatal(len(list), total, err)
				}
			}
		})
		b.Run("Contact", func(b *testing.B) {
			i := 0
			for b.Loop() {
				i += 7919
				if _, _, err := s.Contact(b.Context(), contacts[i%len(contacts)].ID); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}

// benchDay reads what an evaluator's own day shows.
func benchDay(b *testing.B, s *store.Store, set survey.Setup) {
	day := surveytest.Start.AddDays(15)
	filters := []survey.ContactFilter{
		{
			States: []survey.State{survey.Planned, survey.Begun, survey.Returned}, LiveOnly: true,
			PlannedTo: day.At(24, 0),
		},
		{LiveOnly: true, PlannedFrom: day.At(0, 0), PlannedTo: day.AddDays(1).At(0, 0)},
		{DoneFrom: day.At(0, 0), DoneTo: day.AddDays(1).At(0, 0)},
	}
	i := 0
	for b.Loop() {
		i++
		for _, f := range filters {
			f.Evaluator = set.Evaluators[i%len(set.Evaluators)].Email
			list, _, err := s.Contacts(b.Context(), set.Round.ID, f)
			if err != nil {
				b.Fatal(err)
			}
			slices.Reverse(list)
		}
	}
}
