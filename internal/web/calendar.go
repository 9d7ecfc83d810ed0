package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var calendarRoutes = []route{
	{get, "/omgangar/:round/kalender", (*Server).showCalendar, may(survey.SeeSetup)},
	{post, "/omgangar/:round/kalender", (*Server).saveHours, may(survey.EditSetup)},
	{get, "/omgangar/:round/kalender/dag", (*Server).showCalendarDay, may(survey.EditSetup)},
	{post, "/omgangar/:round/kalender/dag", (*Server).saveCalendarDay, may(survey.EditSetup)},
	{post, "/omgangar/:round/kalender/vanlig", (*Server).clearCalendarDay, may(survey.EditSetup)},
}

var calendarPages = []page{&calendarPage{}, &calendarDayPage{}}

// calendarPage shows when offices are open: ordinary hours, the days that
// differ, and the period as a wall calendar.
type calendarPage struct {
	factFrame
	Form    *form
	Hours   string
	Days    []calendarDay // that differ
	Hidden  int           // days that differ, further away, not in Days
	Months  []calendarMonth
	Working int
	Hint    *calendarDay // a Friday that often is short
	HintURL string       // where it is made one
}

func (calendarPage) file() string { return "calendar/show.html" }

// calendarDay is a day and when it is open.
type calendarDay struct {
	officehours.Date
	Name  string
	Hours officehours.Hours
	Class string // of its square in the wall calendar
	Words string // what the square means, to those who do not see it
	Link  bool
}

// Text says when the day is open.
func (d calendarDay) Text() string {
	if d.Hours.Closed() {
		return "stängt"
	}
	return spanText(d.Hours)
}

// Label writes the day as "fre 30 okt 2026".
func (d calendarDay) Label() string { return survey.DateText(d.Date) }

// calendarMonth is a leaf of the wall calendar.
type calendarMonth struct {
	Name  string
	Weeks []calendarWeek
}

// calendarWeek is Monday to Sunday; a day outside the month has no number.
type calendarWeek struct {
	Number int
	Days   [7]calendarDay
}

// The days around the period that are listed: replies are counted for some
// weeks after it.
const (
	daysBefore = 31
	daysAfter  = 62
)

func (s *Server) showCalendar(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	cal := set.Round.Calendar
	return s.calendarPage(c, set, newForm("opens", cal.Opens.String(), "closes", cal.Closes.String()))
}

func (s *Server) calendarPage(c *visit, set survey.Setup, f *form) error {
	r := set.Round
	frame, err := s.newFactFrame(c, set, "Kalender", "kalender")
	if err != nil {
		return err
	}
	p := &calendarPage{
		factFrame: frame, Form: f,
		Hours:   spanText(officehours.Hours{Opens: r.Calendar.Opens, Closes: r.Calendar.Closes}),
		Working: len(r.Calendar.WorkingDays(r.Period.From, r.Period.To)),
	}
	all := c.QueryParam("alla") != ""
	for d, x := range r.Calendar.Exceptions {
		far := d.Before(r.Period.From.AddDays(-daysBefore)) || d.After(r.Period.To.AddDays(daysAfter))
		if far && !all {
			p.Hidden++
			continue
		}
		p.Days = append(p.Days, calendarDay{Date: d, Name: x.Name, Hours: x.Hours})
	}
	slices.SortFunc(p.Days, func(a, b calendarDay) int { return a.Compare(b.Date) })
	p.Months = wallCalendar(r, officehours.DateOf(s.Now()), p.Edit)
	if p.Hint = shortFriday(r); p.Hint != nil {
		asked := url.Values{"dag": {p.Hint.String()}, "namn": {"Fredagen före Alla helgons dag"}}
		p.HintURL = setupPath(r, "kalender", "dag") + "?" + asked.Encode()
	}
	return s.showForm(c, f, p)
}

// shortFriday gives the Friday before Alla helgons dag when it lies in the
// period and the calendar says nothing about it: many offices close at noon.
func shortFriday(r survey.Round) *calendarDay {
	for year := r.Period.From.Year; year <= r.Period.To.Year; year++ {
		for d, name := range officehours.SwedishHolidays(year) {
			friday := d.AddDays(-1)
			_, said := r.Calendar.Exceptions[friday]
			if name == "Alla helgons dag" && !said && !friday.Before(r.Period.From) && !friday.After(r.Period.To) {
				return &calendarDay{Date: friday}
			}
		}
	}
	return nil
}

// wallCalendar draws the months that the period touches.
func wallCalendar(r survey.Round, today officehours.Date, edit bool) []calendarMonth {
	var months []calendarMonth
	first := officehours.Date{Year: r.Period.From.Year, Month: r.Period.From.Month, Day: 1}
	for !first.After(r.Period.To) {
		months = append(months, monthLeaf(r, first, today, edit))
		first = first.AddDays(31)
		first.Day = 1
	}
	return months
}

func monthLeaf(r survey.Round, first, today officehours.Date, edit bool) calendarMonth {
	m := calendarMonth{Name: fmt.Sprintf("%s %d", monthNames[first.Month-1], first.Year)}
	monday := first.AddDays(-((int(first.Weekday()) + 6) % 7))
	for d := monday; d.Before(first) || d.Month == first.Month; d = d.AddDays(7) {
		var w calendarWeek
		_, w.Number = d.Week()
		for i := range w.Days {
			if day := d.AddDays(i); day.Month == first.Month {
				w.Days[i] = daySquare(r, day, today)
				w.Days[i].Link = edit
			}
		}
		m.Weeks = append(m.Weeks, w)
	}
	return m
}

// daySquare says how a day looks in the wall calendar.
func daySquare(r survey.Round, d, today officehours.Date) calendarDay {
	day := calendarDay{Date: d, Hours: r.Calendar.HoursOn(d), Name: r.Calendar.Exceptions[d].Name}
	ordinary := officehours.Hours{Opens: r.Calendar.Opens, Closes: r.Calendar.Closes}
	switch {
	case d.Before(r.Period.From) || d.After(r.Period.To):
		day.Class, day.Words = "q0", "utanför perioden"
	case day.Hours.Closed():
		day.Class, day.Words = "qx", cmp.Or(day.Name, "stängt")
	case day.Hours != ordinary:
		day.Class, day.Words = "q2 short", day.Text()
	default:
		day.Class, day.Words = "q3", "arbetsdag"
	}
	if d == today {
		day.Class += " q-here"
	}
	return day
}

func (s *Server) saveHours(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	hours := officehours.Hours{Opens: f.clock("opens"), Closes: f.clock("closes")}
	if f.ok() {
		err = s.Service.SaveCalendar(c.ctx(), c.user, set.Round.Code, f.version(), hours)
	}
	if f.retry(err) {
		return s.calendarPage(c, set, f)
	}
	return s.doneSaying(c, err, setupPath(set.Round, "kalender"),
		saved("En vanlig dag är öppen "+spanText(hours)+"."))
}

// calendarDayPage makes one day closed, short or ordinary.
type calendarDayPage struct {
	setupFrame
	Form  *form
	Kinds []option
	Day   *calendarDay // that the calendar already has, nil for another
}

func (calendarDayPage) file() string { return "calendar/day.html" }

func (s *Server) showCalendarDay(c *visit) error {
	set, err := s.openSetup(c, "kalender")
	if err != nil {
		return err
	}
	f := newForm("kind", "closed", "opens", "8.00", "closes", "12.00")
	d, err := officehours.ParseDate(c.QueryParam("dag"))
	if err != nil {
		return s.dayPage(c, set, officehours.Date{}, f)
	}
	f.set("day", survey.DateText(d))
	f.set("name", c.QueryParam("namn"))
	x, found := set.Round.Calendar.Exceptions[d]
	if found {
		f.set("name", x.Name)
	}
	if found && !x.Hours.Closed() {
		f.set("opens", x.Hours.Opens.String())
		f.set("closes", x.Hours.Closes.String())
	}
	if found && !x.Hours.Closed() || !found && c.QueryParam("namn") != "" {
		f.set("kind", "hours")
	}
	return s.dayPage(c, set, d, f)
}

func (s *Server) dayPage(c *visit, set survey.Setup, d officehours.Date, f *form) error {
	p := &calendarDayPage{
		setupFrame: openFrame(c, set, "Dag som skiljer sig", "kalender"), Form: f,
		Kinds: []option{{"closed", "Stängt hela dagen"}, {"hours", "Öppet andra tider"}},
	}
	if x, found := set.Round.Calendar.Exceptions[d]; found {
		p.Day = &calendarDay{Date: d, Name: x.Name, Hours: x.Hours}
		p.Title = survey.DateText(d)
	}
	return s.showForm(c, f, p)
}

func (s *Server) saveCalendarDay(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	f.today = set.Round.Period.From // "30 okt" is the one nearest to the period
	day, x := f.date("day"), officehours.Exception{Name: f.text("name")}
	if f.text("kind") == "hours" {
		x.Hours = officehours.Hours{Opens: f.clock("opens"), Closes: f.clock("closes")}
		if f.ok() && x.Hours.Closed() {
			f.Errors.Add("closes", "Stängningstiden ska vara efter öppningstiden.")
		}
	}
	if f.ok() {
		err = s.Service.SaveException(c.ctx(), c.user, set.Round.Code, f.version(), day, &x)
	}
	if f.retry(err) {
		return s.dayPage(c, set, day, f)
	}
	text := calendarDay{Date: day, Hours: x.Hours}.Text()
	return s.doneSaying(c, err, setupPath(set.Round, "kalender"), saved(survey.DateText(day)+": "+text+"."))
}

func (s *Server) clearCalendarDay(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	day := f.date("day")
	if f.ok() {
		err = s.Service.SaveException(c.ctx(), c.user, set.Round.Code, f.version(), day, nil)
	}
	if f.retry(err) {
		return s.dayPage(c, set, day, f)
	}
	said := survey.DateText(day) + " är en vanlig arbetsdag igen."
	if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
		said = survey.DateText(day) + " är stängd som andra " + weekdayNames[w] + "ar."
	}
	return s.doneSaying(c, err, setupPath(set.Round, "kalender"), saved(said))
}
