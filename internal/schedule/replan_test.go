package schedule_test

import (
	"errors"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

func TestNothingChanged(t *testing.T) {
	in := tenByEight(t)
	change := mustReplan(t, in, 5)
	wantOutcome(t, in, change, outcome{})
	if len(change.Balance) == 0 || change.Before != change.After {
		t.Errorf("balance %v, from %v to %v", change.Balance, change.Before, change.After)
	}
}

// TestConsent asks before both contacts of a cell come to one evaluator.
func TestConsentWhenReplanning(t *testing.T) {
	in := midRound(t, setup(t, 2, 2, 60, 60), date(t, "2026-10-27").At(12, 0), 1)
	in.AllowSameEvaluator = false
	in.Setup.Evaluators[1].To = date(t, "2026-10-26")
	_, err := schedule.Replan(in, 5)
	var consent *schedule.NeedsConsent
	if !errors.As(err, &consent) || len(consent.Messages) == 0 {
		t.Fatalf("got %v, want a question", err)
	}
	in.AllowSameEvaluator = true
	change := mustReplan(t, in, 5)
	checkChange(t, in, change)
	if len(change.SameEvaluator) == 0 {
		t.Error("the change does not say where one evaluator makes both contacts")
	}
}

func TestReplanningIsInfeasible(t *testing.T) {
	in := tenByEight(t)
	for i := range in.Setup.Evaluators[:5] {
		in.Setup.Evaluators[i].To = date(t, "2026-10-27")
	}
	_, err := schedule.Replan(in, 5)
	var infeasible *schedule.Infeasible
	if !errors.As(err, &infeasible) || len(infeasible.Shortages) == 0 || infeasible.Shortages[0].Message == "" {
		t.Fatalf("got %v, want what is missing", err)
	}
	_, plan := schedule.Plan(in, 5)
	if plan == nil || plan.Error() != err.Error() {
		t.Errorf("replanning says %q, planning %q", err, plan)
	}
}

// TestReplanningKeepsTheBalance compares the figures of the plan as it was
// with those of the mended one.
func TestReplanningKeepsTheBalance(t *testing.T) {
	base := midRound(t, setup(t, 60, 12, 36, 36), date(t, "2026-10-27").At(12, 0), 1)
	was := map[string]int{}
	for _, b := range schedule.Measure(base) {
		was[b.Code] = b.Value
	}
	for _, x := range []struct {
		name   string
		happen func(*survey.Setup)
		worse  map[string]int // by how much a figure may get worse
	}{
		{"evaluator absent", func(s *survey.Setup) { s.Evaluators[3].To = date(t, "2026-10-28") },
			map[string]int{"evaluator_municipality": 1, "evaluator_municipality_week": 2}},
		{"evaluator added", func(s *survey.Setup) {
			newcomer(s, 36, 36, date(t, "2026-10-29"))
		}, map[string]int{"evaluator_municipality": 3, "evaluator_municipality_week": 1}},
		{"day closed", func(s *survey.Setup) {
			s.Round.Calendar = s.Round.Calendar.With(date(t, "2026-11-04"), officehours.Exception{Name: "Stängt"})
		}, map[string]int{ // the others of the week take what was planned that day
			"municipality_day": 3, "municipality_day_phone": 2, "municipality_day_email": 2, "municipality_area_week": 1,
			"evaluator_municipality_week": 2, "municipality_hour": 1, "question_day": 3, "hour_day": 1,
			"cell_days": -4, "cell_apart": -2,
		}},
		{"municipality joins", func(s *survey.Setup) {
			latecomer(s, 60, date(t, "2026-11-02"))
		}, map[string]int{
			"evaluator_day": 1, "evaluator_municipality": 2, "evaluator_municipality_week": 2,
			"hour_day": 3, "cell_days": -3, "cell_apart": -1,
		}},
	} {
		t.Run(x.name, func(t *testing.T) {
			in := base
			clonePeople(&in.Setup)
			x.happen(&in.Setup)
			change := mustReplan(t, in, 5)
			checkChange(t, in, change)
			for _, b := range change.Balance {
				limit := was[b.Code] + x.worse[b.Code]
				if b.AtLeast && b.Value < limit || !b.AtLeast && b.Value > max(limit, b.Bound) {
					t.Errorf("%s is %d, was %d", b.Code, b.Value, was[b.Code])
				}
			}
		})
	}
}
