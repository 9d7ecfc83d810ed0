package schedule_test

import (
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// BenchmarkPlan is a whole round of all 290 municipalities and 40 evaluators.
func BenchmarkPlan(b *testing.B) {
	for name, in := range map[string]schedule.Input{
		"everybody takes everything": {Setup: setup(b, 290, 40, 40, 40)},
		"four in ten areas":          limited(b),
		"irregular":                  irregular(b),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var plan schedule.Schedule
			for b.Loop() {
				plan = mustPlan(b, in, 1)
			}
			for _, f := range plan.Balance {
				b.ReportMetric(float64(f.Value), f.Code)
			}
		})
	}
}

// limited gives each evaluator four of the ten areas.
func limited(t testing.TB) schedule.Input {
	s := setup(t, 290, 40, 40, 40)
	s.Assignments = nil
	for a, area := range s.Round.Design.Areas {
		for e, ev := range s.Evaluators {
			if (a+e)%10 < 4 {
				s.Assignments = append(s.Assignments, survey.Assignment{Area: area, Evaluator: ev.Email})
			}
		}
	}
	return schedule.Input{Setup: s}
}

// irregular has part-time work, limited areas, own hours, a holiday and a short day.
func irregular(t testing.TB) schedule.Input {
	s := setup(t, 147, 37, 40, 40)
	short := officehours.Exception{Name: "Kort dag", Hours: officehours.Hours{Opens: 480, Closes: 720}}
	s.Round.Calendar = s.Round.Calendar.With(date(t, "2026-10-30"), short)
	s.Round.Calendar = s.Round.Calendar.With(date(t, "2026-11-02"), officehours.Exception{Name: "Stängt"})
	for e := range s.Evaluators {
		if e%3 == 0 {
			s.Evaluators[e].CallsPerDay, s.Evaluators[e].EmailsPerDay = 20, 25
			s.Evaluators[e].Days = append(s.Evaluators[e].Days, 1, 2, 3, 4)
		}
		if e%7 == 0 {
			s.Evaluators[e].Absent = append(s.Evaluators[e].Absent, date(t, "2026-10-21"), date(t, "2026-11-12"))
		}
	}
	for i := range s.Participants {
		if i%11 == 0 {
			s.Participants[i].Hours = officehours.Hours{Opens: 540, Closes: 960}
		}
	}
	s.Assignments = nil
	for a, area := range s.Round.Design.Areas {
		for e, ev := range s.Evaluators {
			if (a*3+e)%10 < 3 {
				s.Assignments = append(s.Assignments, survey.Assignment{Area: area, Evaluator: ev.Email})
			}
		}
	}
	return schedule.Input{Setup: s}
}
