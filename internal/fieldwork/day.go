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
	Agreed   []*survey.Contact // calls agreed on the phone, the nearest first, on later days too
	Overdue  []*survey.Contact // planned before now, oldest first
	Now      []*survey.Contact // planned within the next half hour, or a call under way
	Later    []*survey.Contact // later today
	Again    []*survey.Contact // calls to dial again, the first possible first
	Returned []*survey.Contact // sent back with a question
	Waiting  []*survey.Contact // e-mails awaiting reply inside the cut-off, longest wait first
	Finished []*survey.Contact // submitted today, newest first; not all of them unless asked for
	Done     int               // how many were submitted today
	Others   []survey.Round    // the evaluator's other rounds, newest first
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
	rounds, err := s.Store.EvaluatorRounds(ctx, by.Email)
	return slices.DeleteFunc(rounds, func(r survey.Round) bool { return !mayKnow(by, r) }), err
}

// finishedShown is how many of the contacts finished today a Day holds, unless
// all are asked for.
const finishedShown = 3

// Day gives the evaluator's own day in one of their rounds, "" being the
// newest. ErrNotFound: the round is none of theirs. Without any round at all
// the Day is empty. all asks for everything that was finished today.
func (s *Service) Day(ctx context.Context, by survey.User, code string, all bool) (Day, error) {
	rounds, err := s.EvaluatorRounds(ctx, by)
	if err != nil || code == "" && len(rounds) == 0 {
		return Day{}, err
	}
	i := slices.IndexFunc(rounds, func(r survey.Round) bool { return code == "" || r.Code == code })
	if i < 0 {
		return Day{}, survey.ErrNotFound
	}
	desk, err := s.desk(ctx, by, rounds[i])
	if err != nil {
		return Day{}, err
	}
	now := desk.At
	day := Day{
		Round: desk.Setup.Round, Desk: desk, At: now, NowUntil: now.Add(soon), Today: officehours.DateOf(now),
		Others: slices.Delete(rounds, i, i+1),
	}
	q := workdayOf(by, now)
	if !all {
		q.Finished = finishedShown
	}
	work, err := s.Store.Workday(ctx, day.Round.ID, q)
	if err != nil {
		return Day{}, err
	}
	day.sort(work.Open)
	if next, ok := desk.Next(append(work.Open, work.Held...)); ok && day.Round.Stage == survey.Fieldwork {
		day.Next = &next
	}
	for i := range work.Finished {
		day.Finished = append(day.Finished, &work.Finished[i])
	}
	day.Done, day.Made, day.Expected = work.Done, work.Made, work.Expected
	day.layWeek(work.Week, q.Monday)
	return day, nil
}

// Place is a municipality's name.
func (d *Day) Place(code string) string {
	p, _ := d.Desk.Setup.Participant(code)
	return p.Name
}

// workdayOf asks for the day that the instant falls on.
func workdayOf(by survey.User, now time.Time) survey.WorkdayQuery {
	today := officehours.DateOf(now)
	return survey.WorkdayQuery{
		Evaluator: by.Email, At: now, Today: today, Monday: today.AddDays(-((int(today.Weekday()) + 6) % 7)),
	}
}

// FirstContact is the evaluator's own contact, or one handed out to them, that
// comes first; ok is false when nothing can be done at the moment. It reserves
// nothing.
func (s *Service) FirstContact(ctx context.Context, by survey.User, code string, ch survey.Channel) (
	first survey.Contact, ok bool, err error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return survey.Contact{}, false, err
	}
	r, err := s.Round(ctx, by, code)
	if err != nil || r.Stage != survey.Fieldwork {
		return survey.Contact{}, false, err
	}
	desk, err := s.desk(ctx, by, r)
	if err != nil {
		return survey.Contact{}, false, err
	}
	work, err := s.Store.Workday(ctx, r.ID, workdayOf(by, desk.At))
	if err != nil {
		return survey.Contact{}, false, err
	}
	queue := slices.DeleteFunc(append(work.Open, work.Held...), func(c survey.Contact) bool { return c.Channel != ch })
	first, ok = desk.Next(queue)
	return first, ok, nil
}

// sort puts each of the evaluator's open contacts where they will look for it.
func (d *Day) sort(open []survey.Contact) {
	for i := range open {
		c := &open[i]
		_, again := c.AgainAt(d.Round.Design)
		switch {
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
		case underWay(*c), !c.PlannedAt.Before(d.At) && c.PlannedAt.Before(d.NowUntil):
			d.Now = append(d.Now, c)
		case c.PlannedAt.Before(d.At):
			d.Overdue = append(d.Overdue, c)
		default:
			d.Later = append(d.Later, c)
		}
	}
	slices.SortStableFunc(d.Waiting, func(a, b *survey.Contact) int { return a.Mail.Sent.Compare(b.Mail.Sent) })
	for _, tried := range [][]*survey.Contact{d.Agreed, d.Again} {
		slices.SortStableFunc(tried, func(a, b *survey.Contact) int {
			return d.Desk.CanDial(*a).Compare(d.Desk.CanDial(*b))
		})
	}
}

// layWeek shows the week's working days, and others on which something is planned.
func (d *Day) layWeek(made []survey.DayMade, monday officehours.Date) {
	for i := range 7 {
		date := monday.AddDays(i)
		j := slices.IndexFunc(made, func(m survey.DayMade) bool { return m.Day == date.String() })
		switch {
		case j >= 0:
			d.Week = append(d.Week, DayCount{Date: date, Planned: made[j].Planned, Done: made[j].Made})
		case d.Round.Calendar.WorkingDay(date):
			d.Week = append(d.Week, DayCount{Date: date})
		}
		if n := len(d.Week); n > 0 && date == d.Today && d.Week[n-1].Date == date {
			d.PlannedToday = d.Week[n-1].Planned
		}
	}
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
