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
	Desk     schedule.Desk     // the rules by which the next contact is chosen
	Next     *survey.Contact   // handed out, or first of the own; nil: nothing at the moment
	Agreed   []survey.Contact  // calls agreed on the phone, the nearest first, on later days too
	Overdue  []survey.Contact  // planned before now, oldest first
	Now      []survey.Contact  // planned within the next half hour, or a call under way
	Later    []survey.Contact  // later today
	Again    []survey.Contact  // calls to dial again, the first possible first
	Returned []survey.Contact  // sent back with a question
	Waiting  []survey.Contact  // e-mails awaiting reply inside the cut-off, longest wait first
	Finished []survey.Contact  // submitted today, newest first
	Names    map[string]string // municipality code → name
	Week     []DayCount        // the week's working days, and others with work planned
	// Made counts the calls finished and the e-mails sent today, whatever day
	// they were planned for; PlannedToday what is planned for today, and
	// Expected those of them planned before now.
	Made, PlannedToday, Expected map[survey.Channel]int
}

// DayCount is the contacts planned for one day and how many of them are done.
type DayCount struct {
	Date          officehours.Date
	Planned, Done map[survey.Channel]int
}

// EvaluatorRounds lists the rounds in the field or under review that hold contacts
// of the evaluator's, or in which they may take colleagues' contacts, newest first.
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
		takesPart, err := s.evaluates(ctx, by, r)
		if err != nil {
			return nil, err
		}
		if takesPart {
			own = append(own, r)
		}
	}
	return own, nil
}

// evaluates reports whether there can be work for the evaluator in the round.
func (s *Service) evaluates(ctx context.Context, by survey.User, r survey.Round) (bool, error) {
	n, err := s.Store.CountContacts(ctx, r.ID, survey.ContactFilter{Evaluator: by.Email, LiveOnly: true})
	if n > 0 || err != nil || r.Stage != survey.Fieldwork {
		return n > 0, err
	}
	set, err := s.setup(ctx, r)
	return slices.ContainsFunc(set.Assignments, func(a survey.Assignment) bool { return a.Evaluator == by.Email }), err
}

// Day gives the evaluator's own day in a round that is in the field or under
// review.
func (s *Service) Day(ctx context.Context, by survey.User, code string) (Day, error) {
	desk, open, err := s.open(ctx, by, code)
	if err != nil {
		return Day{}, err
	}
	now := desk.At
	day := Day{
		Round: desk.Setup.Round, Desk: desk, At: now, NowUntil: now.Add(soon), Today: officehours.DateOf(now),
		Names: namesOf(desk.Setup.Participants),
	}
	day.sort(by, open)
	monday := day.Today.AddDays(-((int(day.Today.Weekday()) + 6) % 7))
	week, _, err := s.Store.Contacts(ctx, day.Round.ID, survey.ContactFilter{
		Evaluator: by.Email, LiveOnly: true,
		PlannedFrom: monday.At(0, 0), PlannedTo: monday.AddDays(7).At(0, 0),
	})
	if err != nil {
		return Day{}, err
	}
	day.countWeek(week, monday)
	day.Finished, _, err = s.Store.Contacts(ctx, day.Round.ID, survey.ContactFilter{
		Evaluator: by.Email, LiveOnly: true, Order: survey.ByDone,
		DoneFrom: day.Today.At(0, 0), States: []survey.State{survey.Submitted, survey.Approved},
	})
	day.countMade(open, week)
	return day, err
}

// open reads the round and the contacts in it that are the evaluator's to do
// something about: own ones that are planned until tonight and not finished,
// and what has been handed out.
func (s *Service) open(ctx context.Context, by survey.User, code string) (schedule.Desk, []survey.Contact, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return schedule.Desk{}, nil, err
	}
	r, err := s.Round(ctx, by, code)
	if err != nil {
		return schedule.Desk{}, nil, err
	}
	desk, err := s.desk(ctx, by, r)
	if err != nil {
		return schedule.Desk{}, nil, err
	}
	open, _, err := s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		Evaluator: by.Email, States: []survey.State{survey.Planned, survey.Begun, survey.Returned}, LiveOnly: true,
		PlannedTo: officehours.DateOf(desk.At).AddDays(1).At(0, 0),
	})
	if err != nil {
		return schedule.Desk{}, nil, err
	}
	held, _, err := s.Store.Contacts(ctx, r.ID, survey.ContactFilter{
		HeldBy: by.Email, States: []survey.State{survey.Planned}, LiveOnly: true,
	})
	for _, c := range held {
		if c.Evaluator != by.Email && c.HeldUntil.After(desk.At) {
			open = append(open, c)
		}
	}
	return desk, open, err
}

// FirstContact is the evaluator's own contact, or one handed out to them, that
// comes first; ok is false when nothing can be done at the moment. It reserves
// nothing.
func (s *Service) FirstContact(ctx context.Context, by survey.User, code string, ch survey.Channel) (
	first survey.Contact, ok bool, err error) {
	desk, open, err := s.open(ctx, by, code)
	if err != nil || desk.Setup.Round.Stage != survey.Fieldwork {
		return survey.Contact{}, false, err
	}
	first, ok = desk.Next(slices.DeleteFunc(open, func(c survey.Contact) bool { return c.Channel != ch }))
	return first, ok, nil
}

// sort puts each open contact where the evaluator will look for it. One that
// is a colleague's is shown as the next and nowhere else.
func (d *Day) sort(by survey.User, open []survey.Contact) {
	for _, c := range open {
		_, again := c.AgainAt(d.Round.Design)
		switch {
		case c.Evaluator != by.Email:
		case c.State == survey.Returned:
			d.Returned = append(d.Returned, c)
		case c.AwaitsReply():
			if !d.Round.PastCutoff(c.Mail.Sent, d.At) { // the others settle themselves
				d.Waiting = append(d.Waiting, c)
			}
		case again && !c.CallBackAt.IsZero():
			d.Agreed = append(d.Agreed, c)
		case again:
			d.Again = append(d.Again, c)
		case underWay(c), !c.PlannedAt.Before(d.At) && c.PlannedAt.Before(d.NowUntil):
			d.Now = append(d.Now, c)
		case c.PlannedAt.Before(d.At):
			d.Overdue = append(d.Overdue, c)
		default:
			d.Later = append(d.Later, c)
		}
	}
	sortBySent(d.Waiting)
	for _, tried := range [][]survey.Contact{d.Agreed, d.Again} {
		slices.SortStableFunc(tried, func(a, b survey.Contact) int { return d.Desk.CanDial(a).Compare(d.Desk.CanDial(b)) })
	}
	if next, ok := d.Desk.Next(open); ok && d.Round.Stage == survey.Fieldwork {
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
	d.PlannedToday = d.Week[monday.DaysUntil(d.Today)].Planned
	d.Week = slices.DeleteFunc(d.Week, func(n DayCount) bool {
		return len(n.Planned) == 0 && !d.Round.Calendar.WorkingDay(n.Date)
	})
}

// countMade counts what was made today. An e-mail is made when it is sent, and
// is then open, finished, or among the week's.
func (d *Day) countMade(open, week []survey.Contact) {
	calls, sent := 0, map[survey.ContactID]bool{}
	for _, c := range d.Finished {
		if c.Channel == survey.Phone {
			calls++
		}
	}
	for _, c := range slices.Concat(open, week, d.Finished) {
		if c.Channel == survey.Email && officehours.DateOf(c.Mail.Sent) == d.Today {
			sent[c.ID] = true
		}
	}
	d.Made = map[survey.Channel]int{survey.Phone: calls, survey.Email: len(sent)}
}

func underWay(c survey.Contact) bool {
	_, ok := c.Current()
	return ok
}

// names maps the round's municipality codes to names.
func (s *Service) names(ctx context.Context, id survey.RoundID) (map[string]string, error) {
	ps, err := s.Store.Participants(ctx, id)
	return namesOf(ps), err
}

func namesOf(ps []survey.Participant) map[string]string {
	names := make(map[string]string, len(ps))
	for _, p := range ps {
		names[p.Code] = p.Name
	}
	return names
}
