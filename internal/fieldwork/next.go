package fieldwork

import (
	"context"
	"errors"
	"sync"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// NextContact hands out the contact the evaluator is to take now, and holds it
// for them until it is begun, put aside or left untouched for the round's
// hold time. ok is false when nothing can be done at the moment. A channel
// restricts the choice, "" does not. left is the contact that has just been
// put aside or finished; zero for none.
func (s *Service) NextContact(ctx context.Context, by survey.User, code string, ch survey.Channel,
	left survey.ContactID) (next survey.Contact, ok bool, err error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return survey.Contact{}, false, err
	}
	for range handOutTries {
		next, ok, err = s.handOut(ctx, by, code, ch, left)
		if !errors.Is(err, survey.ErrConflict) {
			break
		}
		s.setups.forget(code)
	}
	return next, ok, err
}

// handOutTries is how often to ask by newer rules when the round changes.
const handOutTries = 3

// handOut asks by the rules as they were when they were last read. The store
// knows whether they still hold, so that nothing else need be read.
func (s *Service) handOut(ctx context.Context, by survey.User, code string, ch survey.Channel, left survey.ContactID) (
	survey.Contact, bool, error) {
	set, kept := s.setups.get(code)
	if !kept || set.Round.Stage != survey.Fieldwork {
		r, err := s.Round(ctx, by, code)
		if err != nil || r.Stage != survey.Fieldwork {
			return survey.Contact{}, false, err
		}
		if set, err = s.setup(ctx, r); err != nil {
			return survey.Contact{}, false, err
		}
	}
	if err := s.practised(ctx, by, set.Round); err != nil {
		return survey.Contact{}, false, err
	}
	ask := schedule.Desk{Setup: set, Evaluator: by.Email, At: s.Now().UTC()}.Asking()
	ask.Channel, ask.Leave = ch, left
	return s.Store.HandOut(ctx, ask)
}

// desk is where the evaluator asks at the moment.
func (s *Service) desk(ctx context.Context, by survey.User, r survey.Round) (schedule.Desk, error) {
	set, err := s.setup(ctx, r)
	return schedule.Desk{Setup: set, Evaluator: by.Email, At: s.Now().UTC()}, err
}

// setup gives the round's setup as it was at r's Version. Its lists are shared
// and must not be changed.
func (s *Service) setup(ctx context.Context, r survey.Round) (survey.Setup, error) {
	set, kept := s.setups.get(r.Code)
	if !kept || set.Round.Version != r.Version {
		var err error
		if set, err = s.Store.Setup(ctx, r.Code); err != nil {
			return survey.Setup{}, err
		}
		s.setups.keep(set)
	}
	set.Round = r
	return set, nil
}

// setupsKept keeps the setups of rounds by code: every next contact depends on
// one, and they seldom change.
type setupsKept struct {
	mu   sync.Mutex
	kept map[string]survey.Setup
}

// setupsMost is how many setups are kept: evaluators work in one round or two.
const setupsMost = 4

func (k *setupsKept) get(code string) (survey.Setup, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	set, ok := k.kept[code]
	return set, ok
}

func (k *setupsKept) keep(set survey.Setup) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil || len(k.kept) >= setupsMost {
		k.kept = map[string]survey.Setup{}
	}
	k.kept[set.Round.Code] = set
}

func (k *setupsKept) forget(code string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.kept, code)
}
