package fieldwork

import (
	"context"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// Load is a round's setup with how much there is left to do for whom.
type Load struct {
	Setup   survey.Setup
	Today   officehours.Date // the clock's, in Sweden
	From    officehours.Date // first day of the time that is left
	Planned bool             // there is a plan; else the needs are the even share
	Left    int              // planned contacts that nothing has been done to
	schedule.Load
}

// Load weighs what is left of a round against its evaluators' time. In a round
// whose fieldwork is over there are no weeks left, and nothing is needed.
func (s *Service) Load(ctx context.Context, by survey.User, code string) (Load, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return Load{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return Load{}, err
	}
	work, err := s.Store.Work(ctx, set.Round.ID)
	if err != nil {
		return Load{}, err
	}
	now := s.Now()
	l := Load{Setup: set, Today: officehours.DateOf(now), From: set.Round.Period.From}
	for _, w := range work {
		l.Left += w.N
	}
	l.Planned = set.Round.Stage != survey.Draft || l.Left > 0
	in := schedule.LoadInput{Setup: set, Work: work, Planned: l.Planned}
	switch set.Round.Stage {
	case survey.Draft:
	case survey.Fieldwork:
		in.From, l.From = now, laterDay(l.From, l.Today)
	case survey.Review, survey.Closed, survey.Published:
		in.From, in.Work = set.Round.Period.To.At(24, 0), nil
	}
	l.Load = schedule.LoadOf(in)
	return l, nil
}

func laterDay(a, b officehours.Date) officehours.Date {
	if a.Before(b) {
		return b
	}
	return a
}
