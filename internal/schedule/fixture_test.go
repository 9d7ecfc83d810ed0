package schedule_test

import (
	"fmt"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

func date(t testing.TB, s string) officehours.Date {
	t.Helper()
	d, err := officehours.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// autumn is a round from Monday 19 October 2026 to the given day.
func autumn(t testing.TB, to string) survey.Round {
	t.Helper()
	r, err := survey.NewRound("2026", survey.FieldPeriod{From: date(t, "2026-10-19"), To: date(t, to)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// setup is a round of five weeks in which everybody may take everything.
func setup(t testing.TB, munis, evaluators, calls, emails int) survey.Setup {
	t.Helper()
	s := survey.Setup{Round: autumn(t, "2026-11-20")}
	for _, m := range survey.BundledMunicipalities()[:munis] {
		s.Participants = append(s.Participants, survey.Participant{Municipality: m})
	}
	for e := range evaluators {
		ev := survey.Evaluator{
			Email: fmt.Sprintf("bed%02d@example.se", e+1), Name: fmt.Sprintf("Bedömare %d", e+1),
			CallsPerDay: calls, EmailsPerDay: emails,
		}
		s.Evaluators = append(s.Evaluators, ev)
	}
	assignAll(&s)
	return s
}

func assignAll(s *survey.Setup) {
	s.Assignments = nil
	for _, a := range s.Round.Design.Areas {
		for _, e := range s.Evaluators {
			s.Assignments = append(s.Assignments, survey.Assignment{Area: a, Evaluator: e.Email})
		}
	}
}

// areas cuts the design down to the first n areas.
func areas(s *survey.Setup, n int) {
	d := &s.Round.Design
	d.Areas = d.Areas[:n]
	var qs []survey.Question
	for _, q := range d.Questions {
		for _, a := range d.Areas {
			if q.Area == a {
				qs = append(qs, q)
			}
		}
	}
	d.Questions = qs
	assignAll(s)
}

func mustPlan(t testing.TB, in schedule.Input, seed uint64) schedule.Schedule {
	t.Helper()
	plan, err := schedule.Plan(in, seed)
	if err != nil {
		t.Fatalf("plan: %v", err)
	}
	return plan
}

func value(t testing.TB, plan schedule.Schedule, code string) int {
	t.Helper()
	for _, b := range plan.Balance {
		if b.Code == code {
			return b.Value
		}
	}
	t.Fatalf("no balance %q", code)
	return 0
}
