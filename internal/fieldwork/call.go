package fieldwork

import (
	"context"
	"time"

	"servicematning/internal/survey"
)

// Press stamps a phase of a call with the server's clock. ago is how long
// before the server got to know the key was pressed: zero unless the line was
// down then. It is a difference, so the clock of the evaluator's computer does
// not matter.
func (s *Service) Press(ctx context.Context, by survey.User,
	id survey.ContactID, version int, p survey.Phase, ago time.Duration) (survey.Contact, error) {
	if ago < 0 || ago > longestAgo {
		return survey.Contact{}, survey.Refuse(survey.ErrConflict,
			"Trycket är för gammalt för att räknas. Rätta tiden med ett skäl i stället.")
	}
	return s.beginning(ctx, by, "call."+string(p), id, version, func(c *survey.Contact, r survey.Round) error {
		if p == survey.Dial {
			if err := s.begin(by, c, r); err != nil {
				return err
			}
		}
		return c.Press(p, r, s.stroke(by, ago))
	})
}

// longestAgo is how long a press may have waited in a browser for the line to
// come back: a working day.
const longestAgo = 12 * time.Hour

// stroke is a key that by pressed so long ago.
func (s *Service) stroke(by survey.User, ago time.Duration) survey.Stroke {
	now := s.Now().UTC()
	return survey.Stroke{By: by.Email, At: now.Add(-ago), Received: now}
}

// UndoPress takes back the newest phase of the call under way.
func (s *Service) UndoPress(ctx context.Context, by survey.User,
	id survey.ContactID, version int) (survey.Contact, error) {
	return s.perform(ctx, by, "call.undo", id, version, func(c *survey.Contact, r survey.Round) error {
		if err := r.Open(); err != nil {
			return err
		}
		return c.Undo(s.stroke(by, 0))
	})
}

// ReportCall records how a dial ended and its ratings, or corrects the newest
// one until the contact is reviewed.
func (s *Service) ReportCall(ctx context.Context, by survey.User,
	id survey.ContactID, version int, rep survey.CallReport) (survey.Contact, error) {
	return s.settle(ctx, by, "call.report", id, version, func(c *survey.Contact, r survey.Round) error {
		return c.ReportCall(rep, r, s.Now().UTC())
	})
}

// CorrectTimes sets the instants of a call's newest dial right, with a reason.
func (s *Service) CorrectTimes(ctx context.Context, by survey.User,
	id survey.ContactID, version int, t survey.CallTimes) (survey.Contact, error) {
	return s.perform(ctx, by, "call.times", id, version, func(c *survey.Contact, r survey.Round) error {
		return c.CorrectTimes(t, r, s.stroke(by, 0))
	})
}

// Presses lists what was done to the phases of a contact's dials, in order, for
// those who may see the contact. c is the contact as it was read.
func (s *Service) Presses(ctx context.Context, by survey.User, c survey.Contact) ([]survey.Press, error) {
	if !reaches(by, c) && !by.May(survey.SeeContacts) {
		return nil, survey.ErrNotFound
	}
	return s.Store.Presses(ctx, c.ID)
}
