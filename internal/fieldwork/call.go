package fieldwork

import (
	"context"

	"servicematning/internal/survey"
)

// Press stamps a phase of a call with the server's clock.
func (s *Service) Press(ctx context.Context, by survey.User,
	id survey.ContactID, version int, p survey.Phase) (survey.Contact, error) {
	return s.perform(ctx, by, "call."+string(p), id, version, func(c *survey.Contact, r survey.Round) error {
		if p == survey.Dial {
			if err := s.begin(by, c, r); err != nil {
				return err
			}
		}
		return c.Press(p, r, s.Now().UTC())
	})
}

// UndoPress takes back the newest phase of the call under way.
func (s *Service) UndoPress(ctx context.Context, by survey.User,
	id survey.ContactID, version int) (survey.Contact, error) {
	return s.perform(ctx, by, "call.undo", id, version, func(c *survey.Contact, r survey.Round) error {
		if err := r.Open(); err != nil {
			return err
		}
		return c.Undo()
	})
}

// ReportCall records how a dial ended and its ratings, or corrects the newest
// one until the contact is reviewed.
func (s *Service) ReportCall(ctx context.Context, by survey.User,
	id survey.ContactID, version int, rep survey.CallReport) (survey.Contact, error) {
	return s.perform(ctx, by, "call.report", id, version, func(c *survey.Contact, r survey.Round) error {
		return c.ReportCall(rep, r, s.Now().UTC())
	})
}
