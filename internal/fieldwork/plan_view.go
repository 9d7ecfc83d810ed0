package fieldwork

import (
	"context"
	"slices"
	"sync"
	"time"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// PlanView is how a round's plan lies over days and evaluators.
type PlanView struct {
	Setup survey.Setup
	// Days are the live contacts per evaluator, day and channel. They may be
	// some seconds old, but not older than the newest plan.
	Days []survey.DayCount
	// Evenness is the newest measurement of the plan; zero: none yet.
	Evenness Evenness
}

// Evenness is how even a plan was at a moment.
type Evenness struct {
	At       time.Time
	Balance  []schedule.Balance
	Coverage schedule.Coverage
	Current  bool // nothing in the plan has changed since
}

// PlanView gives a round's plan with what is known of its evenness, without
// the time that measuring it takes.
func (s *Service) PlanView(ctx context.Context, by survey.User, code string) (PlanView, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return PlanView{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return PlanView{}, err
	}
	days, err := s.planDays(ctx, set.Round)
	if err != nil {
		return PlanView{}, err
	}
	return PlanView{Setup: set, Days: days, Evenness: s.plans.evenness(set.Round, days)}, nil
}

// MeasuredPlan is PlanView with the evenness of the plan as it stands. The
// plan is measured when it has changed since the last time.
func (s *Service) MeasuredPlan(ctx context.Context, by survey.User, code string) (PlanView, error) {
	view, err := s.PlanView(ctx, by, code)
	if err != nil || view.Evenness.Current {
		return view, err
	}
	s.plans.measuring.Lock()
	defer s.plans.measuring.Unlock()
	// Somebody else may have measured it meanwhile, and it may have changed.
	if view, err = s.PlanView(ctx, by, code); err != nil || view.Evenness.Current {
		return view, err
	}
	in := schedule.Input{Setup: view.Setup}
	for c, err := range s.Store.EachContact(ctx, view.Setup.Round.ID) {
		if err != nil {
			return PlanView{}, err
		}
		if c.Untouched() {
			in.Planned = append(in.Planned, c)
		} else {
			in.Kept = append(in.Kept, c)
		}
	}
	view.Evenness = Evenness{
		At: s.Now().UTC(), Balance: schedule.Measure(in), Coverage: schedule.Cover(in.Kept, in.Planned), Current: true,
	}
	s.plans.putEvenness(view)
	return view, nil
}

// MunicipalityDays counts the live contacts of the municipalities, or of all
// when none is named, per day and channel.
func (s *Service) MunicipalityDays(ctx context.Context, by survey.User, r survey.Round, codes ...string) (
	[]survey.DayCount, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return nil, err
	}
	return s.Store.DayCounts(ctx, r.ID, survey.ByMunicipality, codes...)
}

// planDays is the store's count by evaluator, perhaps some seconds late.
func (s *Service) planDays(ctx context.Context, r survey.Round) ([]survey.DayCount, error) {
	now := s.Now()
	if days, ok := s.plans.days(r, now); ok {
		return days, nil
	}
	days, err := s.Store.DayCounts(ctx, r.ID, survey.ByEvaluator)
	if err != nil {
		return nil, err
	}
	s.plans.putDays(r, days, now)
	return days, nil
}

// plansKept keeps how each round's plan lies.
type plansKept struct {
	mu        sync.Mutex
	counted   map[survey.RoundID]planDays
	measured  map[survey.RoundID]measuredPlan
	measuring sync.Mutex // one plan at a time: it takes memory
}

// planMark tells one plan of a round from the next.
type planMark struct {
	version int
	planned int64
}

func markOf(r survey.Round) planMark { return planMark{r.Version, r.PlannedAt.UnixMilli()} }

// planDays are counts of the plan as it was at an instant.
type planDays struct {
	planMark
	days []survey.DayCount
	at   time.Time
}

// measuredPlan is an evenness with the counts of the plan that was measured: a
// plan that has changed has other counts, or another mark.
type measuredPlan struct {
	planMark
	days []survey.DayCount
	Evenness
}

func (k *plansKept) days(r survey.Round, now time.Time) ([]survey.DayCount, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c, ok := k.counted[r.ID]
	age := now.Sub(c.at)
	return c.days, ok && c.planMark == markOf(r) && age >= 0 && age < countsFor
}

func (k *plansKept) putDays(r survey.Round, days []survey.DayCount, at time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.counted == nil {
		k.counted = map[survey.RoundID]planDays{}
	}
	k.counted[r.ID] = planDays{markOf(r), days, at}
}

// forget drops the counts of a round whose contacts have just changed.
func (k *plansKept) forget(id survey.RoundID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.counted, id)
}

func (k *plansKept) evenness(r survey.Round, days []survey.DayCount) Evenness {
	k.mu.Lock()
	defer k.mu.Unlock()
	m := k.measured[r.ID]
	m.Current = !m.At.IsZero() && m.planMark == markOf(r) && slices.Equal(m.days, days)
	return m.Evenness
}

func (k *plansKept) putEvenness(v PlanView) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.measured == nil {
		k.measured = map[survey.RoundID]measuredPlan{}
	}
	k.measured[v.Setup.Round.ID] = measuredPlan{markOf(v.Setup.Round), v.Days, v.Evenness}
}
