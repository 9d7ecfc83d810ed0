package fieldwork

import (
	"context"
	"slices"
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
	NowUntil time.Time // where Now ends
	Today    officehours.Date
	Next     *survey.Contact   // nil: nothing left today
	Overdue  []survey.Contact  // planned before now, oldest first
	Now      []survey.Contact  // planned within the next half hour, or a call under way
	Later    []survey.Contact  // later today
	Returned []survey.Contact  // sent back with a question
	Waiting  []survey.Contact  // e-mails awaiting reply inside the cut-off, longest wait first
	Finished []survey.Contact  // submitted today, newest first
	Names    map[string]string // municipality code → name
	Week     []DayCount        // the week's working days, and others with work planned
	// Done and PlannedToday count the contacts planned for today per channel,
	// Expected those of them planned before now.
	Done, PlannedToday, Expected map[survey.Channel]int
}

// DayCount is the contacts planned for one day and how many of them are done.
type DayCount struct {
	Date          officehours.Date
	Planned, Done map[survey.Channel]int
}

// EvaluatorRounds lists the rounds in the field or under review that hold contacts
// of the evaluator's, newest first.
func (s *Service) EvaluatorRounds(ctx context.Context, by survey.User) ([]survey.Round, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return nil, err
	}
	rounds, err := s.Rounds(ctx, by)
	if err != nil {
		return nil, err
	}
	var own []survey.Round
	for _, r := range rounds {
		n, err := s.Store.CountContacts(ctx, r.ID, survey.ContactFilter{Evaluator: by.Email, LiveOnly: true})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			own = append(own, r)
		}
	}
	return own, nil
}

// Day gives the evaluator's own day in a round that is in the field or under
// review.
func (s *Service) Day(ctx context.Context, by survey.User, code string) (Day, error) {
	r, open, err := s.open(ctx, by, code)
	if err != nil {
		return Day{}, err
	}
	now := s.Now().UTC()
	day := Day{Round: r, At: now, NowUntil: now.Add(soon), Today: officehours.DateOf(now)}
	day.sort(open)
	monday := day.Today.AddDays(-((int(day.Today.Weekday()) + 6) % 7))
	week, _, err := s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Evaluator: by.Email, LiveOnly: true,
		PlannedFrom: monday.At(0, 0), PlannedTo: monday.AddDays(7).At(0, 0),
	})
	if err != nil {
		return Day{}, err
	}
	day.countWeek(week, monday)
	day.Finished, _, err = s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Evaluator: by.Email, LiveOnly: true, Order: survey.ByDone,
		DoneFrom: day.Today.At(0, 0), States: []survey.State{survey.Submitted, survey.Approved},
	})
	if err != nil {
		return Day{}, err
	}
	day.Names, err = s.names(ctx, r.ID)
	return day, err
}

// open reads the round and the evaluator's contacts in it that are planned
// until tonight and not finished.
func (s *Service) open(ctx context.Context, by survey.User, code string) (survey.Round, []survey.Contact, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return survey.Round{}, nil, err
	}
	r, err := s.Round(ctx, by, code)
	if err != nil {
		return survey.Round{}, nil, err
	}
	open, _, err := s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Evaluator: by.Email, States: []survey.State{survey.Planned, survey.Begun, survey.Returned}, LiveOnly: true,
		PlannedTo: officehours.DateOf(s.Now()).AddDays(1).At(0, 0),
	})
	return r, open, err
}

// sort puts each open contact where the evaluator will look for it.
func (d *Day) sort(open []survey.Contact) {
	for _, c := range open {
		switch {
		case c.State == survey.Returned:
			d.Returned = append(d.Returned, c)
		case c.AwaitsReply():
			if !d.Round.PastCutoff(c.Mail.Sent, d.At) { // the others settle themselves
				d.Waiting = append(d.Waiting, c)
			}
		case underWay(c), !c.PlannedAt.Before(d.At) && c.PlannedAt.Before(d.NowUntil):
			d.Now = append(d.Now, c)
		case c.PlannedAt.Before(d.At):
			d.Overdue = append(d.Overdue, c)
		default:
			d.Later = append(d.Later, c)
		}
	}
	sortBySent(d.Waiting)
	if next, ok := nextOf(open, d.Round, d.At); ok {
		d.Next = &next
	}
}

// countWeek counts the week's contacts by the day they are planned for.
func (d *Day) countWeek(week []survey.Contact, monday officehours.Date) {
	d.Expected = map[survey.Channel]int{}
	for i := range 7 {
		d.Week = append(d.Week, DayCount{
			Date: monday.AddDays(i), Planned: map[survey.Channel]int{}, Done: map[survey.Channel]int{},
		})
	}
	for _, c := range week {
		date := officehours.DateOf(c.PlannedAt)
		count := d.Week[monday.DaysUntil(date)]
		count.Planned[c.Channel]++
		if c.Finished() || c.AwaitsReply() {
			count.Done[c.Channel]++
		}
		if date == d.Today && c.PlannedAt.Before(d.At) {
			d.Expected[c.Channel]++
		}
	}
	today := d.Week[monday.DaysUntil(d.Today)]
	d.Done, d.PlannedToday = today.Done, today.Planned
	d.Week = slices.DeleteFunc(d.Week, func(n DayCount) bool {
		return len(n.Planned) == 0 && !d.Round.Calendar.WorkingDay(n.Date)
	})
}

func underWay(c survey.Contact) bool {
	_, ok := c.Current()
	return ok
}

// nextOf chooses what to take now: a call under way, then what has not been
// tried, and last the calls to dial again, which would otherwise come back at
// once because they were planned earliest.
func nextOf(open []survey.Contact, r survey.Round, now time.Time) (survey.Contact, bool) {
	if r.Stage != survey.Fieldwork {
		return survey.Contact{}, false
	}
	var fresh, again []survey.Contact
	for _, c := range open {
		if len(c.Attempts) > 0 && !underWay(c) {
			again = append(again, c)
		} else {
			fresh = append(fresh, c)
		}
	}
	if c, ok := schedule.Next(fresh, now); ok {
		return c, true
	}
	return schedule.Next(again, now)
}

// NextContact is the contact the evaluator should take now; ok is false when
// nothing is left today. A channel restricts the choice, "" does not. left is
// the contact just put aside, which is not chosen; zero for none.
func (s *Service) NextContact(ctx context.Context, by survey.User, code string, ch survey.Channel,
	left survey.ContactID) (next survey.Contact, ok bool, err error) {
	r, open, err := s.open(ctx, by, code)
	if err != nil {
		return survey.Contact{}, false, err
	}
	open = slices.DeleteFunc(open, func(c survey.Contact) bool {
		return c.ID == left || ch != "" && c.Channel != ch
	})
	next, ok = nextOf(open, r, s.Now().UTC())
	return next, ok, nil
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
