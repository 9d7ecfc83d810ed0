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
	Round    survey.Round
	At       time.Time
	ToSend   []survey.Contact // planned for today
	Overdue  []survey.Contact // should have been sent before now
	Waiting  []survey.Contact // sent, inside the cut-off, longest wait first
	Past     []survey.Contact // sent, past the cut-off, not settled
	Returned []survey.Contact // sent back with a question
	Answered []survey.Contact // finished, newest first, from the row that was asked for
	Total    int              // finished in all
	Names    map[string]string
}

// AnsweredShown is how many finished e-mails the mailbox lists at a time.
const AnsweredShown = 50

// Mailbox gives the evaluator's own e-mails in a round, the finished ones from
// row number answeredFrom.
func (s *Service) Mailbox(ctx context.Context, by survey.User, code string, answeredFrom int) (Mailbox, error) {
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
	for _, c := range open {
		box.put(c)
	}
	sortBySent(box.Waiting)
	sortBySent(box.Past)
	box.Answered, box.Total, err = s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Evaluator: by.Email, Channel: survey.Email, LiveOnly: true,
		States: []survey.State{survey.Submitted, survey.Approved}, Order: survey.ByDone,
		Offset: answeredFrom, Limit: AnsweredShown,
	})
	if err != nil {
		return Mailbox{}, err
	}
	box.Names, err = s.names(ctx, r.ID)
	return box, err
}

func (b *Mailbox) put(c survey.Contact) {
	switch {
	case c.State == survey.Returned:
		b.Returned = append(b.Returned, c)
	case c.AwaitsReply() && b.Round.PastCutoff(c.Mail.Sent, b.At):
		b.Past = append(b.Past, c)
	case c.AwaitsReply():
		b.Waiting = append(b.Waiting, c)
	case c.PlannedAt.Before(b.At):
		b.Overdue = append(b.Overdue, c)
	default:
		b.ToSend = append(b.ToSend, c)
	}
}

// sortBySent puts the e-mail that has waited longest first.
func sortBySent(cs []survey.Contact) {
	slices.SortStableFunc(cs, func(a, b survey.Contact) int { return a.Mail.Sent.Compare(b.Mail.Sent) })
}
