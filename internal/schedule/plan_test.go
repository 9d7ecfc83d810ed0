package schedule_test

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

func TestOneMunicipalityAndFourEvaluators(t *testing.T) {
	in := schedule.Input{Setup: setup(t, 1, 4, 60, 60)}
	plan := mustPlan(t, in, 7)
	check(t, in, plan)
	if len(plan.Contacts) != 240 {
		t.Errorf("%d contacts, want 240", len(plan.Contacts))
	}
	for _, code := range []string{"municipality_day", "municipality_day_phone", "municipality_day_email"} {
		if n := value(t, plan, code); n > 1 {
			t.Errorf("%s: spread %d", code, n)
		}
	}
	if len(plan.SameEvaluator) != 0 {
		t.Errorf("same evaluator: %q", plan.SameEvaluator)
	}
}

// TestBoundsAreKept plans whole rounds, regular and not, with several seeds.
// Only municipality_hour has a limit above its bound, where short days and own
// hours have to be made up for.
func TestBoundsAreKept(t *testing.T) {
	for name, in := range map[string]schedule.Input{
		"everybody takes everything": {Setup: setup(t, 290, 40, 40, 40)},
		"four in ten areas":          limited(t),
		"irregular":                  irregular(t),
		"own hours and short days":   uneven(t),
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(2) {
				plan := mustPlan(t, in, seed)
				check(t, in, plan)
				for _, b := range plan.Balance {
					if !b.Met() && (b.Code != "municipality_hour" || b.Value > b.Limit+1) {
						t.Errorf("seed %d: %s is %d, bound %d, limit %d: %s", seed, b.Code, b.Value, b.Bound, b.Limit, b.Why)
					}
				}
			}
		})
	}
}

// TestNoPlanIsBetterThanItsLimits draws rounds by lot: a limit that a plan
// beats is wrong.
func TestNoPlanIsBetterThanItsLimits(t *testing.T) {
	for seed := range uint64(100) {
		in := draw(t, seed).in
		plan, err := schedule.Plan(in, seed)
		if err != nil {
			continue
		}
		for _, b := range plan.Balance {
			if !b.AtLeast && b.Value < b.Limit || b.AtLeast && b.Value > b.Limit {
				t.Errorf("seed %d: %s is %d, limit %d", seed, b.Code, b.Value, b.Limit)
			}
			if b.Met() != (b.Why == "") {
				t.Errorf("seed %d: %s is %d, bound %d, but why is %q", seed, b.Code, b.Value, b.Bound, b.Why)
			}
		}
	}
}

// TestNearlyFull leaves hardly any capacity unused: 25 days × 4 × 48 = 4,800
// places a channel for 40 × 120 contacts.
func TestNearlyFull(t *testing.T) {
	for seed := range uint64(5) {
		in := schedule.Input{Setup: setup(t, 40, 4, 48, 48)}
		check(t, in, mustPlan(t, in, seed))
		// The same with areas of two evaluators each, in which every evaluator
		// must make one contact of every cell.
		in.Setup.Assignments = nil
		for a, area := range in.Setup.Round.Design.Areas {
			for e := range 2 {
				who := in.Setup.Evaluators[(a%2)*2+e].Email
				in.Setup.Assignments = append(in.Setup.Assignments, survey.Assignment{Area: area, Evaluator: who})
			}
		}
		check(t, in, mustPlan(t, in, seed))
	}
}

// TestFewPeopleFewWeeks has exactly one way to keep both rules in each cell:
// only one evaluator works in the first week.
func TestFewPeopleFewWeeks(t *testing.T) {
	s := setup(t, 10, 2, 200, 200)
	s.Round.Period.To = date(t, "2026-10-30")
	s.Evaluators[1].From = date(t, "2026-10-26")
	in := schedule.Input{Setup: s}
	check(t, in, mustPlan(t, in, 1))
}

func TestSameSeedSamePlan(t *testing.T) {
	for seed := range uint64(10) {
		rng := rand.New(rand.NewPCG(seed, 2))
		in := draw(t, seed).in
		in.Setup.Round.Period.To = in.Setup.Round.Period.To.AddDays(10)
		first, err := schedule.Plan(in, seed)
		if err != nil {
			continue
		}
		for i, c := range first.Contacts {
			if i%5 == 0 {
				c.State, c.Attempts = survey.Submitted, []survey.Attempt{{Dialled: c.PlannedAt, Outcome: survey.Busy}}
				in.Kept = append(in.Kept, c)
			}
		}
		want, err := schedule.Plan(in, seed)
		if err != nil {
			continue
		}
		shuffle(rng, in.Kept)
		shuffle(rng, in.Setup.Participants)
		shuffle(rng, in.Setup.Evaluators)
		shuffle(rng, in.Setup.Assignments)
		shuffle(rng, in.Setup.Round.Design.Questions)
		got, err := schedule.Plan(in, seed)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: the order of the input changed the plan (%v)", seed, err)
		}
		other, err := schedule.Plan(in, seed+1)
		if err != nil || len(want.Contacts) > 0 && reflect.DeepEqual(other.Contacts, want.Contacts) {
			t.Errorf("seed %d: another seed gives the same plan (%v)", seed, err)
		}
	}
}

func shuffle[T any](rng *rand.Rand, list []T) {
	rng.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
}

func TestReplacementOfAVoidedContact(t *testing.T) {
	s := setup(t, 1, 4, 60, 60)
	in := schedule.Input{Setup: s}
	plan := mustPlan(t, in, 1)
	in.From = date(t, "2026-11-02").At(12, 0)
	voided := 0
	for _, c := range plan.Contacts {
		if !c.PlannedAt.Before(in.From) {
			continue
		}
		c.State = survey.Submitted
		if voided < 5 {
			c.Disposition = survey.Void
			voided++
		}
		in.Kept = append(in.Kept, c)
	}
	again := mustPlan(t, in, 2)
	check(t, in, again)
	replacements := 0
	for _, c := range again.Contacts {
		if c.Replicate == 3 {
			replacements++
		}
	}
	if len(again.Contacts) != 240-len(in.Kept)+voided || replacements == 0 || replacements > voided {
		t.Errorf("%d contacts and %d replacements for %d kept, %d of them voided",
			len(again.Contacts), replacements, len(in.Kept), voided)
	}
}

func TestNothingLeftToPlan(t *testing.T) {
	in := schedule.Input{Setup: setup(t, 2, 4, 60, 60)}
	in.Kept = mustPlan(t, in, 1).Contacts
	in.From = date(t, "2026-12-01").At(8, 0)
	if plan := mustPlan(t, in, 1); len(plan.Contacts) != 0 || len(plan.Balance) == 0 {
		t.Errorf("%d contacts, %d figures", len(plan.Contacts), len(plan.Balance))
	}
}

// TestOwnHours has a number that is open one hour a day, and a short day on
// which it is not open at all.
func TestOwnHours(t *testing.T) {
	s := setup(t, 3, 4, 60, 60)
	s.Participants[1].Hours = officehours.Hours{Opens: 13 * 60, Closes: 14 * 60}
	s.Round.Calendar = s.Round.Calendar.With(date(t, "2026-10-30"),
		officehours.Exception{Name: "Kort dag", Hours: officehours.Hours{Opens: 480, Closes: 720}})
	in := schedule.Input{Setup: s}
	check(t, in, mustPlan(t, in, 1))
}

// TestEverythingAtOnce has as many calls as there are minutes: two evaluators
// phone one municipality in a quarter of an hour a day.
func TestFullMinutes(t *testing.T) {
	s := setup(t, 1, 2, 60, 60)
	s.Participants[0].Hours = officehours.Hours{Opens: 600, Closes: 606}
	in := schedule.Input{Setup: s}
	check(t, in, mustPlan(t, in, 1))
}

func TestMinutesShowNoRhythm(t *testing.T) {
	in := schedule.Input{Setup: setup(t, 20, 4, 60, 60)}
	plan := mustPlan(t, in, 1)
	minutes := map[int]int{}
	last := map[string]time.Time{}
	close, calls := 0, 0
	for _, c := range plan.Contacts {
		minutes[c.PlannedAt.Minute()]++
		if c.Channel != survey.Phone {
			continue
		}
		calls++
		if before, ok := last[c.Evaluator]; ok && c.PlannedAt.Sub(before) < 3*time.Minute {
			close++
		}
		last[c.Evaluator] = c.PlannedAt
	}
	mean := len(plan.Contacts) / 60
	for minute := range 60 {
		if n := minutes[minute]; n < mean/3 || n > 2*mean {
			t.Errorf("%d contacts at minute %d, the mean is %d", n, minute, mean)
		}
	}
	if close > 0 {
		t.Errorf("%d of %d calls come less than three minutes after the evaluator's last", close, calls)
	}
}

// TestOwnDays has an evaluator who works afternoons, a municipality that joins
// late and one that has left, and a question that is asked no more.
func TestOwnDays(t *testing.T) {
	s := setup(t, 4, 6, 60, 60)
	s.Evaluators[0].Hours = officehours.Hours{Opens: 780, Closes: 960}
	s.Participants[1].Joined = date(t, "2026-11-02")
	s.Participants[2].Left = date(t, "2026-11-09")
	s.Round.Design.Questions[7].Withdrawn = true
	plan := mustPlan(t, schedule.Input{Setup: s}, 1)
	if n := 3 * 59 * 4; len(plan.Contacts) != n {
		t.Errorf("%d contacts, want %d", len(plan.Contacts), n)
	}
	for _, c := range plan.Contacts {
		local := c.PlannedAt.In(officehours.Stockholm)
		minute := local.Hour()*60 + local.Minute()
		day := officehours.DateOf(c.PlannedAt)
		switch {
		case c.Evaluator == s.Evaluators[0].Email && (minute < 780 || minute >= 960):
			t.Errorf("%v is planned at %v, outside the evaluator's hours", c.Key(), local)
		case c.Municipality == s.Participants[1].Code && day.Before(s.Participants[1].Joined):
			t.Errorf("%v is planned on %v, before the municipality joins", c.Key(), day)
		case c.Municipality == s.Participants[2].Code:
			t.Errorf("%v: the municipality has left", c.Key())
		case c.Question == s.Round.Design.Questions[7].Code:
			t.Errorf("%v: the question is withdrawn", c.Key())
		}
	}
}
