package schedule_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// rounds is how many are drawn. Two thirds of those that can be planned are
// planned again from somewhere in the middle.
const rounds = 160

// tally is what became of the drawn rounds.
type tally struct {
	sync.Mutex
	planned, consent int
	refused          int
	proofs           map[string]int // shortages by the test's argument
	missed           map[string]int // figure → plans that miss bound and limit
	worst            map[string]int // figure → by how much
	where            map[string]string
}

// TestEveryPlanKeepsEveryRule draws rounds by lot. Those that have room are
// planned with all rules kept; the others say so, and an argument of the
// test's own must agree.
func TestEveryPlanKeepsEveryRule(t *testing.T) {
	sum := &tally{proofs: map[string]int{}, missed: map[string]int{}, worst: map[string]int{}, where: map[string]string{}}
	t.Run("rounds", func(t *testing.T) {
		for part := range 4 {
			t.Run(fmt.Sprint(part), func(t *testing.T) {
				t.Parallel()
				for seed := uint64(part); seed < rounds; seed += 4 {
					sum.try(t, draw(t, seed), seed%3 > 0)
				}
			})
		}
	})
	sum.log(t)
	if sum.planned < rounds*6/10 || sum.refused < rounds/20 {
		t.Errorf("of %d rounds only %d could be planned and %d not", rounds, sum.planned, sum.refused)
	}
}

// try plans one round and checks what comes of it.
func (s *tally) try(t *testing.T, d drawn, again bool) {
	t.Helper()
	plan, err := schedule.Plan(d.in, d.seed)
	var infeasible *schedule.Infeasible
	var consent *schedule.NeedsConsent
	switch {
	case err == nil:
		if faults := faultsOf(d.in, plan); len(faults) > 0 {
			t.Errorf("%v: %d faults, as %s", d, len(faults), faults[0])
		}
		s.compare(t, d, plan)
		if again && len(plan.Contacts) > 0 {
			s.try(t, d.midway(plan), false)
		}
	case errors.As(err, &infeasible):
		s.prove(t, d, infeasible)
	case errors.As(err, &consent) && !d.in.AllowSameEvaluator:
		s.Lock()
		s.consent++
		s.Unlock()
	default:
		t.Errorf("%v: %v", d, err)
	}
}

// prove looks for an own argument that what is said to be missing is.
func (s *tally) prove(t *testing.T, d drawn, infeasible *schedule.Infeasible) {
	t.Helper()
	for _, lack := range infeasible.Shortages {
		why := "none: no plan was found"
		if !strings.Contains(lack.Message, "får inte plats") {
			why = proof(d.in, lack)
		}
		if why == "" {
			t.Errorf("%v: no proof of %s", d, lack.Message)
		}
		s.Lock()
		s.proofs[why]++
		s.Unlock()
	}
	if d.in.AllowSameEvaluator && len(d.in.Setup.Participants) <= 8 {
		s.remedied(t, d, infeasible)
	}
	s.Lock()
	defer s.Unlock()
	s.refused++
}

// remedied follows the first remedy of everything that is missing. Nothing may
// be missing then, although the planner may still find no plan.
func (s *tally) remedied(t *testing.T, d drawn, infeasible *schedule.Infeasible) {
	t.Helper()
	in := d.in
	for _, lack := range infeasible.Shortages {
		if len(lack.Remedies) == 0 {
			t.Logf("%v: no remedy for %s", d, lack.Message)
			return
		}
		in = follow(in, lack.Remedies[0])
	}
	plan, err := schedule.Plan(in, d.seed)
	var again *schedule.Infeasible
	switch {
	case err == nil && len(faultsOf(in, plan)) > 0:
		t.Errorf("%v: faults after the remedies of %v", d, infeasible)
	case errors.As(err, &again) && !strings.Contains(again.Error(), "får inte plats"):
		t.Errorf("%v: after the remedies of\n%v\nstill\n%v", d, infeasible, again)
	}
}

// compare looks at the figures of a plan.
func (s *tally) compare(t *testing.T, d drawn, plan schedule.Schedule) {
	t.Helper()
	counted := figures(d.in, plan)
	s.Lock()
	defer s.Unlock()
	s.planned++
	for _, b := range plan.Balance {
		want, known := counted[b.Code]
		if !known {
			t.Errorf("%v: an unknown figure %s", d, b.Code)
		}
		if b.Value != want && d.plain() && b.Code != "evaluator_municipality" {
			t.Errorf("%v: %s is %d, counted %d", d, b.Code, b.Value, want)
		}
		if gap := miss(b); gap > 0 {
			s.missed[b.Code]++
			if gap > s.worst[b.Code] {
				s.worst[b.Code], s.where[b.Code] = gap, fmt.Sprintf("%d in %v", b.Value, d)
			}
		}
	}
}

// plain reports whether all municipalities and questions take part all the time.
func (d drawn) plain() bool {
	s := d.in.Setup
	return !slices.ContainsFunc(s.Participants, func(p survey.Participant) bool { return !p.Joined.IsZero() || !p.Left.IsZero() }) &&
		len(s.Round.Design.Asked()) == len(s.Round.Design.Questions)
}

// miss is by how much a figure misses both its bound and its limit.
func miss(b schedule.Balance) int {
	if b.AtLeast {
		return max(0, min(b.Bound, b.Limit)-b.Value)
	}
	return max(0, b.Value-max(b.Bound, b.Limit))
}

func (s *tally) log(t *testing.T) {
	t.Logf("%d planned, %d refused, %d need consent", s.planned, s.refused, s.consent)
	for why, n := range s.proofs {
		t.Logf("%4d × %s", n, why)
	}
	for _, code := range slices.Sorted(maps.Keys(s.missed)) {
		t.Logf("%-28s missed in %3d of %d, by %d at most: %s", code, s.missed[code], s.planned, s.worst[code], s.where[code])
	}
}
