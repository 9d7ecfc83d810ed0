package schedule_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// shortages plans the case and gives its input and what is missing.
func (c shortageCase) shortages(t testing.TB) (schedule.Input, []schedule.Shortage) {
	t.Helper()
	in := schedule.Input{Setup: setup(t, 10, 4, 50, 50)}
	c.change(t, &in)
	_, err := schedule.Plan(in, 1)
	var infeasible *schedule.Infeasible
	if !errors.As(err, &infeasible) {
		t.Fatalf("got %v", err)
	}
	return in, infeasible.Shortages
}

func TestInfeasible(t *testing.T) {
	for name, tc := range shortageCases {
		t.Run(name, func(t *testing.T) {
			_, found := tc.shortages(t)
			var got []string
			for _, s := range found {
				got = append(got, s.Message)
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

func TestConsent(t *testing.T) {
	s := setup(t, 3, 4, 50, 50)
	s.Assignments = slices.DeleteFunc(s.Assignments, func(a survey.Assignment) bool {
		return a.Area == "förskola" && a.Evaluator != s.Evaluators[0].Email || a.Area == "bygglov"
	})
	for i, p := range s.Participants {
		for e := range 2 {
			if i > 0 || e > 0 {
				as := survey.Assignment{Area: "bygglov", Evaluator: s.Evaluators[e].Email, Municipality: p.Code}
				s.Assignments = append(s.Assignments, as)
			}
		}
	}
	in := schedule.Input{Setup: s}
	_, err := schedule.Plan(in, 1)
	var consent *schedule.NeedsConsent
	if !errors.As(err, &consent) {
		t.Fatalf("got %v", err)
	}
	want := "Bygglov i Upplands Väsby: bara Bedömare 2 kan ta samtalen och e-breven. " +
		"Båda kontakterna i en cell skulle göras av samma person.\n" +
		"Förskola: bara Bedömare 1 kan ta samtalen och e-breven. Båda kontakterna i en cell skulle göras av samma person."
	if err.Error() != want || !slices.Equal(consent.Areas, []survey.QuestionArea{"bygglov", "förskola"}) {
		t.Errorf("got %q for %q\nwant %q", err, consent.Areas, want)
	}
	in.AllowSameEvaluator = true
	plan := mustPlan(t, in, 1)
	check(t, in, plan)
	if want := []string{
		"Bygglov i Upplands Väsby: Bedömare 2 gör båda kontakterna (samtalen och e-breven).",
		"Förskola: Bedömare 1 gör båda kontakterna (samtalen och e-breven).",
	}; !slices.Equal(plan.SameEvaluator, want) {
		t.Errorf("got %q", plan.SameEvaluator)
	}
}
