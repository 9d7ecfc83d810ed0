package schedule_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// TestEveryPlanKeepsEveryRule draws rounds by lot. Most have room; those that
// have not must say so in a proper error.
func TestEveryPlanKeepsEveryRule(t *testing.T) {
	cases := 300
	if testing.Short() {
		cases = 100
	}
	planned, refused := 0, map[string]int{}
	for seed := range cases {
		rng := rand.New(rand.NewPCG(uint64(seed), 1))
		in := randomInput(t, rng)
		plan, err := schedule.Plan(in, uint64(seed))
		var infeasible *schedule.Infeasible
		switch {
		case err == nil:
			planned++
			check(t, in, plan)
			replan(t, in, plan, rng, uint64(seed))
		case errors.As(err, &infeasible) && len(infeasible.Shortages) > 0 && infeasible.Shortages[0].Message != "":
			refused[infeasible.Shortages[0].Message]++
		default:
			t.Errorf("seed %d: %v", seed, err)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Logf("%d planned", planned)
	for m, n := range refused {
		t.Logf("%d × %s", n, m)
	}
	if planned < cases*6/10 {
		t.Errorf("only %d of %d rounds could be planned", planned, cases)
	}
}

// replan keeps a part of the plan as done, voids some of it, and plans the rest
// anew from the middle of the period.
func replan(t *testing.T, in schedule.Input, plan schedule.Schedule, rng *rand.Rand, seed uint64) {
	t.Helper()
	if len(in.Kept) > 0 || rng.IntN(2) == 0 || len(plan.Contacts) == 0 {
		return
	}
	in.From = plan.Contacts[rng.IntN(len(plan.Contacts))].PlannedAt
	for i, c := range plan.Contacts {
		ahead := !c.PlannedAt.Before(in.From)
		if ahead && i%17 != 0 {
			continue
		}
		c.State = survey.Submitted
		c.Attempts = []survey.Attempt{{Dialled: c.PlannedAt, Outcome: survey.Busy}}
		if rng.IntN(30) == 0 {
			c.Disposition = survey.Void
		}
		in.Kept = append(in.Kept, c)
	}
	again, err := schedule.Plan(in, seed)
	if err == nil {
		check(t, in, again)
		return
	}
	var infeasible *schedule.Infeasible
	var consent *schedule.NeedsConsent
	if !errors.As(err, &infeasible) && !errors.As(err, &consent) {
		t.Errorf("replan: %v", err)
	}
}

func randomInput(t testing.TB, rng *rand.Rand) schedule.Input {
	s := survey.Setup{Round: autumn(t, "2026-11-20")}
	s.Round.Period.From = s.Round.Period.From.AddDays(rng.IntN(6))
	s.Round.Period.To = s.Round.Period.From.AddDays(8 + rng.IntN(30))
	randomCalendar(&s.Round, rng)
	all := survey.BundledMunicipalities()
	for range 1 + rng.IntN(12) {
		p := survey.Participant{Municipality: all[rng.IntN(len(all))]}
		if rng.IntN(4) == 0 {
			p.Hours.Opens = officehours.Clock(480 + 60*rng.IntN(6))
			p.Hours.Closes = officehours.Clock(840 + 30*rng.IntN(8))
		}
		s.PutParticipant(p)
	}
	n := 2 + rng.IntN(9)
	randomTeam(&s, n, rng)
	areas(&s, 1+rng.IntN(10))
	randomAssignments(&s, rng)
	return schedule.Input{Setup: s, AllowSameEvaluator: true}
}

func randomCalendar(r *survey.Round, rng *rand.Rand) {
	for range rng.IntN(4) {
		d := r.Period.From.AddDays(rng.IntN(25))
		e := officehours.Exception{Name: "Stängt"}
		if rng.IntN(2) == 0 {
			e.Name, e.Hours = "Kort dag", officehours.Hours{Opens: 480, Closes: officehours.Clock(600 + 60*rng.IntN(4))}
		}
		r.Calendar = r.Calendar.With(d, e)
	}
}

// randomTeam draws evaluators who together have room for the work and a bit more.
func randomTeam(s *survey.Setup, n int, rng *rand.Rand) {
	days := max(1, len(s.Round.Calendar.WorkingDays(s.Round.Period.From, s.Round.Period.To)))
	each := len(s.Participants)*120/(n*days) + 1
	for e := range n {
		ev := survey.Evaluator{Email: string(rune('a'+e)) + "@example.se", Name: "Bedömare " + string(rune('A'+e))}
		ev.CallsPerDay, ev.EmailsPerDay = each*2+rng.IntN(each*3), each*2+rng.IntN(each*3)
		switch rng.IntN(6) {
		case 0:
			ev.Days = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday}
		case 1:
			ev.From = s.Round.Period.From.AddDays(rng.IntN(5))
		case 2:
			ev.To = s.Round.Period.To.AddDays(-rng.IntN(5))
		}
		for range rng.IntN(4) {
			ev.Absent = append(ev.Absent, s.Round.Period.From.AddDays(rng.IntN(20)))
		}
		s.Evaluators = append(s.Evaluators, ev)
	}
}

// randomAssignments lets each area have a few evaluators, some for all
// municipalities and some for a few.
func randomAssignments(s *survey.Setup, rng *rand.Rand) {
	s.Assignments = nil
	for _, a := range s.Round.Design.Areas {
		order := rng.Perm(len(s.Evaluators))
		for _, e := range order[:1+rng.IntN(len(order))] {
			s.Assignments = append(s.Assignments, survey.Assignment{Area: a, Evaluator: s.Evaluators[e].Email})
		}
		if rng.IntN(3) == 0 {
			for _, p := range s.Participants {
				e := s.Evaluators[rng.IntN(len(s.Evaluators))]
				s.Assignments = append(s.Assignments, survey.Assignment{Area: a, Evaluator: e.Email, Municipality: p.Code})
			}
		}
	}
}
