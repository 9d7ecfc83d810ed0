package fieldwork

import (
	"context"
	"sync"
	"time"

	"servicematning/internal/survey"
)

// countsFor is how long a round's counts are shown before they are made anew,
// where a page can do with such counts: counting a whole round takes as long
// as all else on a page together.
const countsFor = 15 * time.Second

// countsKept keeps the newest counts of each round.
type countsKept struct {
	mu   sync.Mutex
	kept map[countKey]keptCounts
}

type countKey struct {
	round survey.RoundID
	by    survey.Grouping
}

// keptCounts are counts of the round as it was in the version and the plan.
type keptCounts struct {
	counts  []survey.Count
	version int
	planned time.Time
	at      time.Time
}

// RoundTally counts a round's contacts in all. The count may be some seconds
// old, but not older than the round's newest plan.
func (s *Service) RoundTally(ctx context.Context, by survey.User, r survey.Round) (Tally, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return Tally{}, err
	}
	counts, err := s.lateCounts(ctx, r, survey.ByArea)
	if err != nil {
		return Tally{}, err
	}
	var t Tally
	for _, c := range counts {
		t.add(c)
	}
	return t, nil
}

// lateCounts is Store.Counts, perhaps some seconds late.
func (s *Service) lateCounts(ctx context.Context, r survey.Round, by survey.Grouping) ([]survey.Count, error) {
	now := s.Now()
	if counts, ok := s.counts.get(r, by, now); ok {
		return counts, nil
	}
	counts, err := s.Store.Counts(ctx, r.ID, by)
	if err != nil {
		return nil, err
	}
	s.counts.put(r, by, keptCounts{counts, r.Version, r.PlannedAt, now})
	return counts, nil
}

func (k *countsKept) get(r survey.Round, by survey.Grouping, now time.Time) ([]survey.Count, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c, ok := k.kept[countKey{r.ID, by}]
	age := now.Sub(c.at)
	return c.counts, ok && c.version == r.Version && c.planned.Equal(r.PlannedAt) && age >= 0 && age < countsFor
}

func (k *countsKept) put(r survey.Round, by survey.Grouping, c keptCounts) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		k.kept = map[countKey]keptCounts{}
	}
	k.kept[countKey{r.ID, by}] = c
}

// forget drops the counts of a round whose contacts have been changed at once.
func (k *countsKept) forget(id survey.RoundID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for key := range k.kept {
		if key.round == id {
			delete(k.kept, key)
		}
	}
}
