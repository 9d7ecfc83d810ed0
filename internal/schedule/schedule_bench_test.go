package schedule_test

import (
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// BenchmarkPlan is a whole round of all 290 municipalities and 40 evaluators,
// and the irregular round that the planner is held to.
func BenchmarkPlan(b *testing.B) {
	for name, in := range map[string]schedule.Input{
		"everybody takes everything": {Setup: setup(b, 290, 40, 40, 40)},
		"four in ten areas":          limited(b),
		"irregular":                  irregular(b),
		"own hours and short days":   uneven(b),
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

// irregular is 147 municipalities and 23 days with two holidays; a third of 37
// evaluators work part time, each takes three areas of ten, and three contacts
// in a hundred are made already.
func irregular(t testing.TB) schedule.Input {
	s := setup(t, 147, 37, 40, 40)
	for _, day := range []string{"2026-10-30", "2026-11-02"} {
		s.Round.Calendar = s.Round.Calendar.With(date(t, day), officehours.Exception{Name: "Stängt"})
	}
	for e := range s.Evaluators {
		if e%3 == 0 {
			s.Evaluators[e].CallsPerDay, s.Evaluators[e].EmailsPerDay = 20, 25
			s.Evaluators[e].Days = []time.Weekday{1, 2, 3, 4}
		}
	}
	threeAreas(&s)
	in := schedule.Input{Setup: s}
	for i, c := range mustPlan(t, in, 99).Contacts {
		if i%33 == 0 {
			c.State = survey.Submitted
			in.Kept = append(in.Kept, c)
		}
	}
	return in
}

// threeAreas gives each evaluator three of the ten areas.
func threeAreas(s *survey.Setup) {
	s.Assignments = nil
	for a, area := range s.Round.Design.Areas {
		for e, ev := range s.Evaluators {
			if (a*3+e)%10 < 3 {
				s.Assignments = append(s.Assignments, survey.Assignment{Area: area, Evaluator: ev.Email})
			}
		}
	}
}

// uneven has part-time work, limited areas, own hours, absences, a holiday and a short day.
func uneven(t testing.TB) schedule.Input {
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
	threeAreas(&s)
	return schedule.Input{Setup: s}
}
