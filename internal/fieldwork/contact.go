package fieldwork

import (
	"context"

	"servicematning/internal/survey"
)

// ContactView is one contact with what is needed to show and make it.
type ContactView struct {
	Contact     survey.Contact
	Round       survey.Round
	Participant survey.Participant
	Question    survey.Question
}

// Contact reads one contact, and renews its reservation for whoever has it. An evaluator sees the own ones and those handed
// out to them; to anybody without the right it does not exist.
func (s *Service) Contact(ctx context.Context, by survey.User, id survey.ContactID) (ContactView, error) {
	c, r, err := s.Store.Contact(ctx, id)
	if err != nil {
		return ContactView{}, err
	}
	if !reaches(by, c) && !by.May(survey.SeeContacts) {
		return ContactView{}, survey.ErrNotFound
	}
	set, err := s.setup(ctx, r)
	if err != nil {
		return ContactView{}, err
	}
	p, known := set.Participant(c.Municipality)
	if !known {
		return ContactView{}, survey.ErrNotFound
	}
	q, _ := r.Design.Question(c.Question)
	if err := s.renew(ctx, by, &c, r); err != nil {
		return ContactView{}, err
	}
	return ContactView{Contact: c, Round: r, Participant: p, Question: q}, nil
}

// renew keeps a contact with the evaluator who works on it. Somebody who looks
// at it time and again causes one small write for every half hold.
func (s *Service) renew(ctx context.Context, by survey.User, c *survey.Contact, r survey.Round) error {
	now := s.Now().UTC()
	until, ok := c.Renewed(by.Email, now, r.Design.Hold())
	if !ok || r.Stage != survey.Fieldwork {
		return nil
	}
	held, err := s.Store.Renew(ctx, c.ID, by.Email, now, until)
	if held {
		c.HeldUntil = until
	}
	return err
}

// reaches reports whether the contact is the user's to perform: their own, or
// a colleague's that was handed out to them and to nobody else since.
func reaches(by survey.User, c survey.Contact) bool {
	return by.Role == survey.RoleSystem ||
		by.May(survey.PerformContacts) && (c.Evaluator == by.Email || c.HeldBy == by.Email)
}

// perform is the one way an evaluator changes a contact: ownership, the
// round's stage and the version are checked, then fn runs inside the
// transaction.
func (s *Service) perform(ctx context.Context, by survey.User, action string, id survey.ContactID, version int,
	fn func(c *survey.Contact, r survey.Round) error) (survey.Contact, error) {
	return s.performing(ctx, by, s.change(ctx, by, action, ""), id, version, fn)
}

// settle is perform for what ends the draft of the contact.
func (s *Service) settle(ctx context.Context, by survey.User, action string, id survey.ContactID, version int,
	fn func(c *survey.Contact, r survey.Round) error) (survey.Contact, error) {
	ch := s.change(ctx, by, action, "")
	ch.EndsDraft = true
	return s.performing(ctx, by, ch, id, version, fn)
}

func (s *Service) performing(ctx context.Context, by survey.User, ch survey.Change, id survey.ContactID, version int,
	fn func(c *survey.Contact, r survey.Round) error) (survey.Contact, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return survey.Contact{}, err
	}
	return s.Store.UpdateContact(ctx, ch, id, version, func(c *survey.Contact, r survey.Round) error {
		if !reaches(by, *c) {
			return survey.ErrNotFound
		}
		if r.Stage == survey.Draft {
			return survey.Refuse(survey.ErrConflict, "Fältarbetet i omgång "+r.Code+" har inte börjat.")
		}
		if err := fn(c, r); err != nil {
			return err
		}
		c.Touch(by.Email, s.Now().UTC().Add(r.Design.Hold()))
		return nil
	})
}

// begin makes the contact the evaluator's own. Dialling and sending are for
// the fieldwork stage alone.
func (s *Service) begin(by survey.User, c *survey.Contact, r survey.Round) error {
	if r.Stage != survey.Fieldwork {
		return survey.Refuse(survey.ErrConflict,
			"Fältarbetet i omgång "+r.Code+" är slut. Nya samtal och e-brev kan inte göras.")
	}
	return c.TakeUp(by.Email, s.Now().UTC())
}

// Contacts lists the contacts of a round that the filter chooses.
func (s *Service) Contacts(ctx context.Context, by survey.User,
	code string, f survey.ContactFilter) ([]survey.Contact, int, error) {
	if err := by.Allow(survey.SeeContacts); err != nil {
		return nil, 0, err
	}
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return nil, 0, err
	}
	return s.Store.Contacts(ctx, r.ID, f)
}

// Approve marks a finished contact as reviewed.
func (s *Service) Approve(ctx context.Context, by survey.User, id survey.ContactID, version int) error {
	return s.review(ctx, by, "contact.approve", id, version, func(c *survey.Contact) error { return c.Approve(by.Email) })
}

// Return sends a finished contact back to its evaluator with a question.
func (s *Service) Return(ctx context.Context, by survey.User, id survey.ContactID, version int, why string) error {
	return s.review(ctx, by, "contact.return", id, version, func(c *survey.Contact) error {
		return c.Return(by.Email, why, s.Now().UTC())
	})
}

// Void takes a contact out of the measures for good. Planning again puts a
// replacement in its cell.
func (s *Service) Void(ctx context.Context, by survey.User, id survey.ContactID, version int, why string) error {
	return s.review(ctx, by, "contact.void", id, version, func(c *survey.Contact) error { return c.MakeVoid(by.Email, why) })
}

func (s *Service) review(ctx context.Context, by survey.User, action string, id survey.ContactID, version int,
	fn func(c *survey.Contact) error) error {
	if err := by.Allow(survey.ReviewContacts); err != nil {
		return err
	}
	c, err := s.Store.UpdateContact(ctx, s.change(ctx, by, action, ""), id, version, func(c *survey.Contact, r survey.Round) error {
		if err := r.Open(); err != nil {
			return err
		}
		return fn(c)
	})
	if c.Disposition == survey.Void {
		s.forgetPlan(c.Round) // it is in no count, and lacks a replacement
	}
	return err
}
