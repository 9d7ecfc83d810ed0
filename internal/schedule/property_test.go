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
)

// How many rounds are drawn. Two thirds of those of the first kind that can be
// planned are planned again from somewhere in the middle.
const (
	wildRounds = 120
	mildRounds = 60
)

// tolerance is by how much a figure of a drawn round may miss both what is
// asked for and what the plan says is possible at best; figures not named may
// not miss at all. They are the worst that is known, so a planner that gets
// worse is noticed, and one that gets better may lower them.
type tolerance map[string]int

// wildly is for rounds with many things at once that make them unequal, hardly
// room, and two to six weeks. The limits look at one figure at a time and not at
// the evaluators' capacity by day, so part of a gap is theirs.
var wildly = tolerance{
	// Days when most of a small team is away; the other figures yield to them.
	"municipality_day": 14, "municipality_day_phone": 4, "municipality_day_email": 4, "question_day": 5,
	// Weeks of different length or strength.
	"municipality_area_week": 4,
	// Numbers that are open when few work, short days, and hours that are already past.
	"municipality_hour": 27, "hour_day": 8,
	// Areas and municipalities of few, part-time evaluators who have to fill in for each other.
	"evaluator_day": 12, "evaluator_municipality": 23, "evaluator_municipality_week": 21,
	// Fridays and the following Mondays in periods of few weeks; halves of days when an evaluator does not work.
	"cell_days": 6, "cell_apart": 60,
}

// mildly is for rounds with room and one or two such things.
var mildly = tolerance{
	// Evaluators' or municipalities' own hours together with a short day.
	"municipality_hour": 5,
	// Half of the areas each while others are absent.
	"evaluator_day": 2, "evaluator_municipality": 2,
	// The limit counts heads; the shares by capacity ask for more.
	"evaluator_municipality_week": 3,
}

// tally is what became of the drawn rounds.
type tally struct {
	sync.Mutex
	allowed          tolerance
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
	sum := tryAll(t, wildRounds, wildly, func(t *testing.T, sum *tally, seed uint64) {
		sum.try(t, draw(t, seed), seed%3 > 0)
	})
	if sum.planned < wildRounds || sum.refused < wildRounds/20 {
		t.Errorf("of %d rounds only %d could be planned and %d not", wildRounds, sum.planned, sum.refused)
	}
}

// TestRoundsWithRoomKeepTheBounds draws rounds that are as one would wish them
// but for a thing or two.
func TestRoundsWithRoomKeepTheBounds(t *testing.T) {
	sum := tryAll(t, mildRounds, mildly, func(t *testing.T, sum *tally, seed uint64) {
		sum.try(t, mild(t, seed), false)
	})
	if sum.planned < mildRounds {
		t.Errorf("%d of %d rounds could be planned", sum.planned, mildRounds)
	}
}

// tryAll tries rounds on several processors and logs how often figures miss.
func tryAll(t *testing.T, rounds uint64, allowed tolerance, try func(*testing.T, *tally, uint64)) *tally {
	t.Helper()
	sum := &tally{
		allowed: allowed, proofs: map[string]int{}, missed: map[string]int{}, worst: map[string]int{}, where: map[string]string{},
	}
	const parts = 4
	t.Run("rounds", func(t *testing.T) {
		for part := range uint64(parts) {
			t.Run(fmt.Sprint(part), func(t *testing.T) {
				t.Parallel()
				for seed := part; seed < rounds; seed += parts {
					try(t, sum, seed)
				}
			})
		}
	})
	sum.log(t)
	return sum
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

// noPlan is what the planner says when it found no plan although there seems
// to be room: there is no argument for that.
const noPlan = "får inte plats"

// prove looks for an own argument that what is said to be missing is.
func (s *tally) prove(t *testing.T, d drawn, infeasible *schedule.Infeasible) {
	t.Helper()
	for _, lack := range infeasible.Shortages {
		why := "none: no plan was found"
		if !strings.Contains(lack.Message, noPlan) {
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
	case errors.As(err, &again) && !strings.Contains(again.Error(), noPlan):
		t.Errorf("%v: after the remedies of\n%v\nstill\n%v", d, infeasible, again)
	}
}

// compare looks at the figures of a plan: the value is what counting gives,
// the limit is one, and what misses the bound says why.
func (s *tally) compare(t *testing.T, d drawn, plan schedule.Schedule) {
	t.Helper()
	counted := figures(d.in, plan)
	s.Lock()
	defer s.Unlock()
	s.planned++
	for _, b := range plan.Balance {
		if want, known := counted[b.Code]; !known || b.Value != want {
			t.Errorf("%v: %s is %d, counted %d", d, b.Code, b.Value, want)
		}
		if b.AtLeast && b.Value > b.Limit || !b.AtLeast && b.Value < b.Limit {
			t.Errorf("%v: %s is %d, better than the limit %d", d, b.Code, b.Value, b.Limit)
		}
		if b.Met() != (b.Why == "") {
			t.Errorf("%v: %s is %d, bound %d, said why: %q", d, b.Code, b.Value, b.Bound, b.Why)
		}
		gap := miss(b)
		if gap > s.allowed[b.Code] {
			t.Errorf("%v: %s is %d, bound %d, limit %d", d, b.Code, b.Value, b.Bound, b.Limit)
		}
		if gap > 0 {
			s.missed[b.Code]++
		}
		if gap > s.worst[b.Code] {
			s.worst[b.Code], s.where[b.Code] = gap, fmt.Sprintf("%d, limit %d in %v", b.Value, b.Limit, d)
		}
	}
	if len(plan.Balance) != len(counted) {
		t.Errorf("%v: %d figures of %d", d, len(plan.Balance), len(counted))
	}
}

// miss is by how much a figure misses both its bound and its limit.
func miss(b schedule.Balance) int {
	if b.AtLeast {
		return max(0, min(b.Bound, b.Limit)-b.Value)
	}
	return max(0, b.Value-max(b.Bound, b.Limit))
}

func (s *tally) log(t *testing.T) {
	t.Helper()
	t.Logf("%d planned, %d refused, %d need consent", s.planned, s.refused, s.consent)
	for why, n := range s.proofs {
		t.Logf("%4d × %s", n, why)
	}
	for _, code := range slices.Sorted(maps.Keys(s.missed)) {
		t.Logf("%-28s missed in %3d of %d, by %d at most: %s", code, s.missed[code], s.planned, s.worst[code], s.where[code])
	}
}
