package fieldwork

import (
	"context"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// soon is how far ahead of its planned instant a contact counts as due now.
const soon = 30 * time.Minute

// Day is an evaluator's work as it stands at one moment. Times of day are
// Europe/Stockholm.
type Day struct {
	Round    survey.Round
	At       time.Time
	Today    officehours.Date
	Next     *survey.Contact   // nil: nothing left today
	Overdue  []survey.Contact  // planned before now, oldest first
	Now      []survey.Contact  // planned within the next half hour, or a call under way
	Later    []survey.Contact  // later today
	Returned []survey.Contact  // sent back with a question
	Waiting  []survey.Contact  // e-mails awaiting reply, longest wait first
	Names    map[string]string // municipality code → name
	// Done and PlannedToday count the day's contacts per channel.
	Done, PlannedToday map[survey.Channel]int
}

// Day gives the evaluator's own day in a round that is in the field or under
// review.
func (s *Service) Day(ctx context.Context, by survey.User, code string) (Day, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return Day{}, err
	}
	r, err := s.Round(ctx, by, code)
	if err != nil {
		return Day{}, err
	}
	now := s.Now().UTC()
	today := officehours.DateOf(now)
	day := Day{Round: r, At: now, Today: today, Done: map[survey.Channel]int{}, PlannedToday: map[survey.Channel]int{}}
	open, _, err := s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Evaluator: by.Email, States: []survey.State{survey.Planned, survey.Begun, survey.Returned}, LiveOnly: true,
		PlannedTo: today.AddDays(1).At(0, 0),
	})
	if err != nil {
		return Day{}, err
	}
	day.sort(open)
	done, _, err := s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Evaluator: by.Email, LiveOnly: true,
		PlannedFrom: today.At(0, 0), PlannedTo: today.AddDays(1).At(0, 0),
	})
	if err != nil {
		return Day{}, err
	}
	for _, c := range done {
		day.PlannedToday[c.Channel]++
		if c.Finished() || c.AwaitsReply() {
			day.Done[c.Channel]++
		}
	}
	day.Names, err = s.names(ctx, r.ID)
	return day, err
}

// sort puts each open contact where the evaluator will look for it.
func (d *Day) sort(open []survey.Contact) {
	var queue []survey.Contact
	for _, c := range open {
		switch {
		case c.State == survey.Returned:
			d.Returned = append(d.Returned, c)
			continue
		case c.AwaitsReply():
			d.Waiting = append(d.Waiting, c)
			continue
		case underWay(c), !c.PlannedAt.Before(d.At) && c.PlannedAt.Before(d.At.Add(soon)):
			d.Now = append(d.Now, c)
		case c.PlannedAt.Before(d.At):
			d.Overdue = append(d.Overdue, c)
		default:
			d.Later = append(d.Later, c)
		}
		queue = append(queue, c)
	}
	sortBySent(d.Waiting)
	if next, ok := schedule.Next(queue, d.At); ok {
		d.Next = &next
	}
}

func underWay(c survey.Contact) bool {
	_, ok := c.Current()
	return ok
}

// NextContact is the contact the evaluator should take now; ok is false when
// nothing is left today.
func (s *Service) NextContact(ctx context.Context, by survey.User, code string) (survey.Contact, bool, error) {
	day, err := s.Day(ctx, by, code)
	if err != nil || day.Next == nil {
		return survey.Contact{}, false, err
	}
	return *day.Next, true, nil
}

// names maps the round's municipality codes to names.
func (s *Service) names(ctx context.Context, id survey.RoundID) (map[string]string, error) {
	ps, err := s.Store.Participants(ctx, id)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(ps))
	for _, p := range ps {
		names[p.Code] = p.Name
	}
	return names, nil
}
