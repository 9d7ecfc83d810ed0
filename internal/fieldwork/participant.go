package fieldwork

import (
	"cmp"
	"context"
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// SaveParticipants adds participants and overwrites those already there.
func (s *Service) SaveParticipants(ctx context.Context, by survey.User, code string, ps []survey.Participant) error {
	return s.edit(ctx, by, survey.EditSetup, edit{"participants.save", code, 0}, s.putParticipants(ps))
}

// AddParticipants is SaveParticipants for a page that showed the round as it
// was in the version.
func (s *Service) AddParticipants(ctx context.Context, by survey.User,
	code string, version int, ps []survey.Participant) error {
	return s.edit(ctx, by, survey.EditSetup, edit{"participants.save", code, version}, s.putParticipants(ps))
}

func (s *Service) putParticipants(ps []survey.Participant) func(*survey.Setup, int) error {
	return untilClosed(func(set *survey.Setup) error {
		for _, p := range ps {
			if old, found := set.Participant(p.Code); found && set.Round.Editable() != nil {
				// A file need not tell what the fieldwork has brought.
				p.Joined, p.Left = cmp.Or(p.Joined, old.Joined), cmp.Or(p.Left, old.Left)
			}
			if err := s.putParticipant(set, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// SaveParticipant changes one participant. Once the fieldwork has begun only
// how it is reached and from when to when it takes part. version is the
// participant's own, survey.VersionOf.
func (s *Service) SaveParticipant(ctx context.Context, by survey.User,
	code string, version int, p survey.Participant) error {
	what := edit{"participant.save", code, 0}
	return s.editOne(ctx, by, p.Code, what, untilClosed(func(set *survey.Setup) error {
		old, ok := set.Participant(p.Code)
		switch {
		case !ok:
			return survey.ErrNotFound
		case !unchanged(version, old):
			return survey.ErrConflict
		}
		return s.putParticipant(set, p)
	}))
}

// putParticipant adds a participant or changes the one with its code, as far
// as the stage allows it. One that joins during the fieldwork does so on the
// next working day, or on the day it says.
func (s *Service) putParticipant(set *survey.Setup, p survey.Participant) error {
	r := set.Round
	old, found := set.Participant(p.Code)
	if r.Editable() != nil && !found {
		if err := r.Plannable(); err != nil {
			return err
		}
		if p.Joined.IsZero() {
			p.Joined = nextWorkingDay(r, officehours.DateOf(s.Now()))
		}
	}
	if err := p.Check(); err != nil {
		return err
	}
	errs := checkDays(r.Period, old, p)
	if r.Editable() != nil {
		if found && p.Municipality != old.Municipality {
			errs.Add("population", p.Name+": folkmängd och storleksklass kan bara ändras i ett utkast, för de avgör vilka "+
				"kommunen jämförs med.")
		}
		if p.Joined != old.Joined && !p.Joined.IsZero() && p.Joined.Before(officehours.DateOf(s.Now())) {
			errs.Add("joined", p.Name+": den första dagen kan inte vara en dag som har varit.")
		}
	}
	if err := errs.Err(); err != nil {
		return err
	}
	set.PutParticipant(p)
	return nil
}

// checkDays says whether the days on which a participant joins and leaves, if
// they are new, lie in the period.
func checkDays(period survey.FieldPeriod, old, p survey.Participant) survey.FieldErrors {
	var errs survey.FieldErrors
	for _, d := range []struct {
		field    string
		was, now officehours.Date
	}{{"joined", old.Joined, p.Joined}, {"left", old.Left, p.Left}} {
		if d.now != d.was && !d.now.IsZero() && (d.now.Before(period.From) || d.now.After(period.To)) {
			errs.Add(d.field, p.Name+": skriv en dag i mätperioden, "+survey.DayText(period.From)+" – "+
				survey.DateText(period.To)+".")
		}
	}
	return errs
}

// nextWorkingDay is the first working day after the day, or in the period if
// that has not begun; the day after the period when none is left.
func nextWorkingDay(r survey.Round, day officehours.Date) officehours.Date {
	start := day.AddDays(1)
	if start.Before(r.Period.From) {
		start = r.Period.From
	}
	days := r.Calendar.WorkingDays(start, r.Period.To)
	if len(days) == 0 {
		return r.Period.To.AddDays(1)
	}
	return days[0]
}

// EarlierParticipants lists those of the newest round before this one: their
// telephone numbers and addresses are a start for a new round.
func (s *Service) EarlierParticipants(ctx context.Context, by survey.User,
	r survey.Round) (earlier survey.Round, ps []survey.Participant, err error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return earlier, nil, err
	}
	rounds, err := s.Store.Rounds(ctx)
	if err != nil {
		return earlier, nil, err
	}
	i := slices.IndexFunc(rounds, func(x survey.Round) bool { return x.Period.From.Before(r.Period.From) })
	if i < 0 {
		return earlier, nil, nil
	}
	ps, err = s.Store.Participants(ctx, rounds[i].ID)
	return rounds[i], ps, err
}

// RemoveParticipant takes a municipality out of a draft round, with the
// assignments that name it.
func (s *Service) RemoveParticipant(ctx context.Context, by survey.User,
	code string, version int, municipality string) error {
	what := edit{"participant.remove", code, version}
	return s.editOne(ctx, by, municipality, what, draftOnly(func(set *survey.Setup) error {
		if _, ok := set.Participant(municipality); !ok {
			return survey.ErrNotFound
		}
		set.Participants = slices.DeleteFunc(set.Participants, func(p survey.Participant) bool { return p.Code == municipality })
		set.Assignments = slices.DeleteFunc(set.Assignments, func(a survey.Assignment) bool { return a.Municipality == municipality })
		return nil
	}))
}
