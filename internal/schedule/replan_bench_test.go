package schedule_test

import (
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
)

// BenchmarkReplan mends a whole round of all 290 municipalities and 40
// evaluators in its middle.
func BenchmarkReplan(b *testing.B) {
	base := midRound(b, setup(b, 290, 40, 40, 40), date(b, "2026-11-04").At(12, 0), 1)
	for _, x := range []struct {
		name   string
		happen func(in *schedule.Input)
	}{
		{"nothing", func(*schedule.Input) {}},
		{"absent", func(in *schedule.Input) {
			for d := date(b, "2026-11-05"); d.Before(date(b, "2026-11-21")); d = d.AddDays(1) {
				in.Setup.Evaluators[7].Absent = append(in.Setup.Evaluators[7].Absent, d)
			}
		}},
		{"closed day", func(in *schedule.Input) {
			in.Setup.Round.Calendar = in.Setup.Round.Calendar.With(date(b, "2026-11-11"), officehours.Exception{Name: "Stängt"})
		}},
	} {
		b.Run(x.name, func(b *testing.B) {
			in := base
			clonePeople(&in.Setup)
			x.happen(&in)
			b.ReportAllocs()
			var change schedule.Change
			for b.Loop() {
				change = mustReplan(b, in, 1)
			}
			b.ReportMetric(float64(len(change.Moved)), "moved")
			b.ReportMetric(float64(change.Unavoidable), "unavoidable")
			for _, f := range change.Balance {
				b.ReportMetric(float64(f.Value), f.Code)
			}
			b.Log(change.Reasons, change.Notes, change.NewDay(), change.NewEvaluatorSameDay())
		})
	}
}
