package fieldwork

import (
	"context"

	"servicematning/internal/survey"
)

// MarkSent stamps that the evaluator has sent the e-mail.
func (s *Service) MarkSent(ctx context.Context, by survey.User,
	id survey.ContactID, version int) (survey.Contact, error) {
	return s.beginning(ctx, by, "email.sent", id, version, func(c *survey.Contact, r survey.Round) error {
		if err := s.begin(by, c, r); err != nil {
			return err
		}
		return c.MarkSent(r, s.Now().UTC())
	})
}

// UndoSent takes back MarkSent, as long as no reply is recorded.
func (s *Service) UndoSent(ctx context.Context, by survey.User,
	id survey.ContactID, version int) (survey.Contact, error) {
	return s.perform(ctx, by, "email.unsent", id, version, func(c *survey.Contact, r survey.Round) error {
		return c.UndoSent(r)
	})
}

// ReportReply records the replies to an e-mail and their ratings.
func (s *Service) ReportReply(ctx context.Context, by survey.User,
	id survey.ContactID, version int, rep survey.ReplyReport) (survey.Contact, error) {
	return s.settle(ctx, by, "email.reply", id, version, func(c *survey.Contact, r survey.Round) error {
		return c.ReportReply(rep, r, s.Now().UTC())
	})
}

// ReplyTexts gives what is kept of the replies to an e-mail that the user may
// see. To anybody else the e-mail does not exist.
func (s *Service) ReplyTexts(ctx context.Context, by survey.User, c survey.Contact) ([]survey.ReplyText, error) {
	if !reaches(by, c) && !by.May(survey.SeeContacts) {
		return nil, survey.ErrNotFound
	}
	return s.Store.ReplyTexts(ctx, c.ID)
}

// SettleUnanswered submits every e-mail whose cut-off has passed, in all
// rounds that are not closed, and says how many. It is run by a timer.
func (s *Service) SettleUnanswered(ctx context.Context) (settled int, err error) {
	rounds, err := s.Store.Rounds(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range rounds {
		if r.Stage != survey.Fieldwork && r.Stage != survey.Review {
			continue
		}
		n, err := s.settleRound(ctx, r)
		if err != nil {
			return settled, err
		}
		settled += n
	}
	return settled, nil
}

func (s *Service) settleRound(ctx context.Context, r survey.Round) (settled int, err error) {
	waiting, _, err := s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Channel: survey.Email, States: []survey.State{survey.Begun}, LiveOnly: true,
	})
	if err != nil {
		return 0, err
	}
	now := s.Now().UTC()
	for _, c := range waiting {
		if !r.PastCutoff(c.Mail.Sent, now) {
			continue
		}
		changed := false
		ch := survey.Change{By: survey.CommandLine.Email, At: now, Action: "email.settle"}
		_, err := s.Store.UpdateContact(ctx, ch, c.ID, 0, func(c *survey.Contact, r survey.Round) error {
			changed = c.SettleUnanswered(r, now)
			return nil
		})
		if err != nil {
			return settled, err
		}
		if changed {
			settled++
		}
	}
	return settled, nil
}
