package fieldwork

import (
	"context"
	"errors"
	"sync"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// ProgressStore counts how far a round has come. Voided contacts are counted
// as such by the standings and left out everywhere else.
type ProgressStore interface {
	// PlaceStandings counts by municipality and by area; Due is before due.
	PlaceStandings(ctx context.Context, id survey.RoundID, due time.Time) ([]survey.Standing, error)
	// ShiftStandings counts by evaluator and by planned day; Due is before due.
	ShiftStandings(ctx context.Context, id survey.RoundID, due time.Time) ([]survey.Standing, error)
	// MadePerHour counts contacts by the hour they were made in, in order.
	MadePerHour(ctx context.Context, id survey.RoundID) ([]survey.HourCount, error)
	// UntouchedBefore counts what nothing has been done to although it was
	// planned before due, by planned day.
	UntouchedBefore(ctx context.Context, id survey.RoundID, due time.Time) ([]survey.Untouched, error)
	// Bounces lists the e-mails that came back, first to last.
	Bounces(ctx context.Context, id survey.RoundID) ([]survey.Bounce, error)
}

// picture is what Progress is worked out from: a round's counts at a moment.
type picture struct {
	at         time.Time
	places     []survey.Standing
	shifts     []survey.Standing
	made       []survey.HourCount
	untouched  []survey.Untouched // planned before today
	bounces    []survey.Bounce
	returned   []survey.Contact
	begun      []survey.Contact // calls to be made again
	pastCutoff int              // e-mails that wait although their cut-off has passed
}

// picture gives the round's newest picture, or takes one when it is older
// than countsFor.
func (s *Service) picture(ctx context.Context, r survey.Round) (picture, error) {
	now := s.Now().UTC()
	if p, ok := s.pictures.get(r, now); ok {
		return p, nil
	}
	p, err := s.takePicture(ctx, r, now)
	if err == nil {
		s.pictures.put(r, p)
	}
	return p, err
}

// followedFor is how long after a look at it a round's progress is followed.
const followedFor = 2 * time.Minute

// RecountProgress takes new pictures of the rounds that somebody has just
// looked at, so that pages never wait for it. It is run by a timer, more often
// than countsFor.
func (s *Service) RecountProgress(ctx context.Context) error {
	now := s.Now().UTC()
	rounds, err := s.Store.Rounds(ctx)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if !s.pictures.follows(r.ID, now) {
			continue
		}
		p, err := s.takePicture(ctx, r, now)
		if err != nil {
			return err
		}
		s.pictures.put(r, p)
	}
	return nil
}

// takePicture counts everything at once: the largest counts take as long as
// all the others together.
func (s *Service) takePicture(ctx context.Context, r survey.Round, now time.Time) (p picture, err error) {
	p.at = now
	morning := officehours.DateOf(now).At(0, 0)
	err = together(
		func() (err error) { p.places, err = s.Store.PlaceStandings(ctx, r.ID, now); return err },
		func() (err error) { p.shifts, err = s.Store.ShiftStandings(ctx, r.ID, now); return err },
		func() (err error) { p.made, err = s.Store.MadePerHour(ctx, r.ID); return err },
		func() (err error) { p.untouched, err = s.Store.UntouchedBefore(ctx, r.ID, morning); return err },
		func() (err error) { p.bounces, err = s.Store.Bounces(ctx, r.ID); return err },
		func() (err error) {
			p.returned, _, err = s.Store.Contacts(ctx, r.ID,
				survey.ContactFilter{States: []survey.State{survey.Returned}, LiveOnly: true})
			return err
		},
		func() (err error) {
			p.begun, _, err = s.Store.Contacts(ctx, r.ID,
				survey.ContactFilter{Channel: survey.Phone, States: []survey.State{survey.Begun}, LiveOnly: true})
			return err
		},
		func() (err error) { p.pastCutoff, err = s.pastCutoff(ctx, r); return err },
	)
	return p, err
}

// pastCutoff counts e-mails whose cut-off has passed and that are not settled.
func (s *Service) pastCutoff(ctx context.Context, r survey.Round) (int, error) {
	all, err := s.Store.CountContacts(ctx, r.ID, survey.ContactFilter{
		Channel: survey.Email, States: []survey.State{survey.Begun}, LiveOnly: true,
	})
	if err != nil || all == 0 {
		return 0, err
	}
	inside, err := s.insideCutoff(ctx, r)
	return max(0, all-inside), err
}

// together runs the functions side by side and waits for all.
func together(fns ...func() error) error {
	errs := make([]error, len(fns))
	var wg sync.WaitGroup
	for i, fn := range fns {
		wg.Go(func() { errs[i] = fn() })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// picturesKept keeps the newest picture of each round, and when somebody last
// looked at it.
type picturesKept struct {
	mu    sync.Mutex
	kept  map[survey.RoundID]keptPicture
	asked map[survey.RoundID]time.Time
}

type keptPicture struct {
	planMark
	picture
}

func (k *picturesKept) get(r survey.Round, now time.Time) (picture, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.asked == nil {
		k.asked = map[survey.RoundID]time.Time{}
	}
	k.asked[r.ID] = now
	p, ok := k.kept[r.ID]
	age := now.Sub(p.at)
	return p.picture, ok && p.planMark == markOf(r) && age >= 0 && age < countsFor
}

func (k *picturesKept) put(r survey.Round, p picture) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		k.kept = map[survey.RoundID]keptPicture{}
	}
	k.kept[r.ID] = keptPicture{markOf(r), p}
}

// follows reports whether somebody has just looked at the round.
func (k *picturesKept) follows(id survey.RoundID, now time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	at, ok := k.asked[id]
	return ok && now.Sub(at) < followedFor
}
