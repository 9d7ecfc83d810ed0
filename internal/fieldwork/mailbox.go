package fieldwork

import (
	"context"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Mailbox is an evaluator's e-mails by what is to be done with them.
type Mailbox struct {
	Round      survey.Round
	At         time.Time
	ToSend     []survey.Contact // planned for today
	Overdue    []survey.Contact // should have been sent before now
	Waiting    []survey.Contact // sent, inside the cut-off, longest wait first
	Incomplete []survey.Contact // replied to by a person, not completely, oldest first
	Past       []survey.Contact // sent, past the cut-off, not settled
	Returned   []survey.Contact // sent back with a question
	Closed     MailPage         // answered in time, or bounced
	Lapsed     MailPage         // not answered before the cut-off
	Names      map[string]string
	ToDo       int // to send or sent back with a question, whatever the filter
}

// MailPage is a part of a long list, newest first.
type MailPage struct {
	List  []survey.Contact // from the row that was asked for
	Total int
}

// MailChoice limits a mailbox. Zero fields do not.
type MailChoice struct {
	Municipality string // code
	Area         survey.QuestionArea
	From         int // the row that the finished ones are listed from
}

// MailShown is how many finished e-mails the mailbox lists at a time.
const MailShown = 50

// Mailbox gives the evaluator's own e-mails in a round.
func (s *Service) Mailbox(ctx context.Context, by survey.User, code string, choice MailChoice) (Mailbox, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return Mailbox{}, err
	}
	r, err := s.Round(ctx, by, code)
	if err != nil {
		return Mailbox{}, err
	}
	now := s.Now().UTC()
	box := Mailbox{Round: r, At: now}
	open, _, err := s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Evaluator: by.Email, Channel: survey.Email, LiveOnly: true,
		States:    []survey.State{survey.Planned, survey.Begun, survey.Returned},
		PlannedTo: officehours.DateOf(now).AddDays(1).At(0, 0),
	})
	if err != nil {
		return Mailbox{}, err
	}
	box.sort(open, choice)
	for _, done := range []struct {
		as survey.MailEnd
		to *MailPage
	}{{survey.MailClosed, &box.Closed}, {survey.MailLapsed, &box.Lapsed}} {
		done.to.List, done.to.Total, err = s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
			Evaluator: by.Email, Channel: survey.Email, Ended: done.as,
			States:       []survey.State{survey.Submitted, survey.Approved},
			Municipality: choice.Municipality, Area: choice.Area,
			Order: survey.ByDone, Offset: choice.From, Limit: MailShown,
		})
		if err != nil {
			return Mailbox{}, err
		}
	}
	box.Names, err = s.names(ctx, r.ID)
	return box, err
}

// sort divides what is not finished, and counts what is to be done.
func (b *Mailbox) sort(open []survey.Contact, choice MailChoice) {
	for _, c := range open {
		to := b.place(c)
		if c.State == survey.Returned || !c.AwaitsReply() {
			b.ToDo++
		}
		if (choice.Municipality == "" || c.Municipality == choice.Municipality) &&
			(choice.Area == "" || c.Area == choice.Area) {
			*to = append(*to, c)
		}
	}
	for _, list := range [][]survey.Contact{b.Waiting, b.Incomplete, b.Past} {
		sortBySent(list)
	}
}

// sortBySent puts the e-mail that has waited longest first.
func sortBySent(cs []survey.Contact) {
	slices.SortStableFunc(cs, func(a, b survey.Contact) int { return a.Mail.Sent.Compare(b.Mail.Sent) })
}

// place is the list that an unfinished e-mail belongs to.
func (b *Mailbox) place(c survey.Contact) *[]survey.Contact {
	switch {
	case c.State == survey.Returned:
		return &b.Returned
	case c.AwaitsReply() && !c.Mail.FirstReply.IsZero():
		return &b.Incomplete
	case c.AwaitsReply() && b.Round.PastCutoff(c.Mail.Sent, b.At):
		return &b.Past
	case c.AwaitsReply():
		return &b.Waiting
	case c.PlannedAt.Before(b.At):
		return &b.Overdue
	}
	return &b.ToSend
}
