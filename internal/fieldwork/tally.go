package fieldwork

import (
	"context"
	"sync"
	"time"

	"servicematning/internal/survey"
)

// tallyFor is how long a round's count is shown before it is made anew:
// counting a whole round takes as long as all else on a page together.
const tallyFor = 15 * time.Second

// talliesKept keeps the newest count of each round.
type talliesKept struct {
	mu   sync.Mutex
	kept map[survey.RoundID]keptTally
}

// keptTally is a count, of the round as it was in the version and the plan.
type keptTally struct {
	tally   Tally
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
	now := s.Now()
	if t, ok := s.tallies.get(r, now); ok {
		return t, nil
	}
	counts, err := s.Store.Counts(ctx, r.ID, survey.ByArea)
	if err != nil {
		return Tally{}, err
	}
	var t Tally
	for _, c := range counts {
		t.add(c)
	}
	s.tallies.put(r, t, now)
	return t, nil
}

func (k *talliesKept) get(r survey.Round, now time.Time) (Tally, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	t, ok := k.kept[r.ID]
	age := now.Sub(t.at)
	return t.tally, ok && t.version == r.Version && t.planned.Equal(r.PlannedAt) && age >= 0 && age < tallyFor
}

func (k *talliesKept) put(r survey.Round, t Tally, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		k.kept = map[survey.RoundID]keptTally{}
	}
	k.kept[r.ID] = keptTally{t, r.Version, r.PlannedAt, now}
}

// forget drops the count of a round whose contacts have been changed at once.
func (k *talliesKept) forget(id survey.RoundID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.kept, id)
}
