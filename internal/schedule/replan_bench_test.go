package schedule_test

import (
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// BenchmarkReplan mends a whole round of all 290 municipalities and 40
// evaluators in its middle.
func BenchmarkReplan(b *testing.B) {
	roomy, full := benchRound(b, 290, 40), benchRound(b, 290, 36)
	fewer := benchRound(b, 289, 40)
	for _, x := range []struct {
		name   string
		in     schedule.Input
		happen func(*survey.Setup)
	}{
		{"nothing", roomy, func(*survey.Setup) {}},
		{"evaluator absent", roomy, func(s *survey.Setup) { s.Evaluators[7].To = date(b, "2026-11-04") }},
		{"evaluator absent, hardly any room", full, func(s *survey.Setup) { s.Evaluators[7].To = date(b, "2026-11-04") }},
		{"evaluator added", roomy, func(s *survey.Setup) {
			newcomer(s, 40, 40, date(b, "2026-11-05"))
		}},
		{"day closed", roomy, func(s *survey.Setup) {
			s.Round.Calendar = s.Round.Calendar.With(date(b, "2026-11-11"), officehours.Exception{Name: "Stängt"})
		}},
		{"municipality joins", fewer, func(s *survey.Setup) {
			latecomer(s, 289, date(b, "2026-11-05"))
		}},
		{"question withdrawn", roomy, func(s *survey.Setup) { s.Round.Design.Questions[9].Withdrawn = true }},
	} {
		b.Run(x.name, func(b *testing.B) {
			in := x.in
			clonePeople(&in.Setup)
			x.happen(&in.Setup)
			b.ReportAllocs()
			var change schedule.Change
			for b.Loop() {
				change = mustReplan(b, in, 1)
			}
			b.ReportMetric(float64(len(change.Moved)), "moved")
			b.ReportMetric(float64(change.Unavoidable), "unavoidable")
			b.ReportMetric(float64(len(change.Added)), "added")
			b.ReportMetric(float64(len(change.Removed)), "removed")
			for _, f := range change.Balance {
				b.ReportMetric(float64(f.Value), f.Code)
			}
		})
	}
}

func benchRound(b *testing.B, munis, capacity int) schedule.Input {
	return midRound(b, setup(b, munis, 40, capacity, capacity), date(b, "2026-11-04").At(12, 0), 1)
}
