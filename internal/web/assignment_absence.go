package web

import (
	"cmp"
	"slices"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// awayRow is when somebody does not work, and what is planned there all the same.
type awayRow struct {
	Name, Text string
	Days       fieldwork.Absence
	N          int    // planned contacts on the days
	Email      string // of an absence that can be taken back, "" for other rows
}

// lasting reports whether the row is about working days, not about an absence.
func (r awayRow) lasting() bool { return r.Days.From.IsZero() }

func (r awayRow) covers(d officehours.Date) bool {
	return !d.Before(r.Days.From) && !d.After(r.Days.To)
}

// Badge says whether anything has to be moved.
func (r awayRow) Badge() badge {
	if r.N > 0 {
		return badge{"late", number(r.N) + plural(r.N, " kontakt att flytta", " kontakter att flytta")}
	}
	return badge{"ok", "planerad runt"}
}

// shownAway is a row with the page that it stands on.
type shownAway struct {
	awayRow
	Page *assignmentPage
}

// Shown gives a row's template what it needs of the page.
func (p *assignmentPage) Shown(r awayRow) shownAway { return shownAway{r, p} }

// fillAway lists absences, particular working days and the calendar's days
// off: first what has contacts to move, then by day, working days last.
func (p *assignmentPage) fillAway() {
	evaluators := slices.Clone(p.Load.Setup.Evaluators)
	sortSwedish(evaluators, func(e survey.Evaluator) string { return e.Name })
	days := newTeam(p.Load)
	onClosed := map[officehours.Date]int{} // whose days off everybody has
	for _, e := range evaluators {
		p.People = append(p.People, option{e.Email, e.Name})
		rows, rest := absenceRows(e, days), 0
		for _, off := range p.offOf(e.Email) {
			i := slices.IndexFunc(rows, func(r awayRow) bool { return r.covers(off.Day) })
			switch {
			case !days.calendar.WorkingDay(off.Day):
				onClosed[off.Day] += off.N
			case i >= 0:
				rows[i].N += off.N
			default:
				rest += off.N
			}
		}
		p.Away = append(p.Away, rows...)
		if terms := days.termsOf(e); len(terms) > 0 || rest > 0 {
			text := "arbetar " + listText(terms)
			if len(terms) == 0 {
				text = "arbetar inte alla dagar med kontakter"
			}
			p.Away = append(p.Away, awayRow{Name: e.Name, Text: text, N: rest})
		}
	}
	p.Away = append(p.Away, closedRows(p.Load, onClosed)...)
	slices.SortStableFunc(p.Away, func(a, b awayRow) int {
		return cmp.Or(boolRank(a.N == 0)-boolRank(b.N == 0), boolRank(a.lasting())-boolRank(b.lasting()),
			a.Days.From.Compare(b.Days.From))
	})
	if len(p.Away) > mostAway {
		p.Away, p.MoreAway = p.Away[:mostAway], p.Away[mostAway:]
	}
}

// boolRank puts what is false first.
func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// mostAway is how many rows are shown at once; the others are folded.
const mostAway = 10

func (p *assignmentPage) offOf(email string) []schedule.DayWork {
	for _, e := range p.Load.Evaluators {
		if e.Email == email {
			return e.Off
		}
	}
	return nil
}

func absenceRows(e survey.Evaluator, t team) (rows []awayRow) {
	for _, a := range t.absencesOf(e) {
		rows = append(rows, awayRow{Name: e.Name, Text: daysText(a), Days: a, Email: e.Email})
	}
	return rows
}

// closedRows is the days on which the calendar closes earlier than on others,
// or does not open.
func closedRows(load fieldwork.Load, planned map[officehours.Date]int) (rows []awayRow) {
	r := load.Setup.Round
	for d := load.From; !d.After(r.Period.To); d = d.AddDays(1) {
		x, special := r.Calendar.Exceptions[d]
		if !special || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			continue
		}
		text := survey.DayText(d)
		if x.Name != "" {
			text += ", " + x.Name
		}
		if hours := r.Calendar.HoursOn(d); hours.Closed() {
			text += ", stängt"
		} else {
			text += ", öppet " + hours.Opens.String() + "–" + hours.Closes.String()
		}
		rows = append(rows, awayRow{Name: "Alla", Text: text, Days: fieldwork.Absence{From: d, To: d}, N: planned[d]})
	}
	return rows
}

// absence reads the days of an absence; without a last day it is one day.
func (f *form) absence() fieldwork.Absence {
	a := fieldwork.Absence{From: f.date("from")}
	if a.To = a.From; f.given("to") {
		a.To = f.date("to")
	}
	return a
}

func (s *Server) addAbsence(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	f.today = laterDate(f.today, set.Round.Period.From)
	a, who := f.absence(), f.text("who")
	e, found := set.Evaluator(who)
	if !found {
		f.Errors.Add("who", "Välj en bedömare.")
	}
	if f.ok() {
		err = s.Service.AddAbsence(c.ctx(), c.user, set.Round.Code, f.version(), who, a)
	}
	if f.wrong(err) {
		return s.assignmentPage(c, f)
	}
	said := saved(e.Name + " är frånvarande " + daysText(a) + ".")
	if !set.Round.PlannedAt.IsZero() {
		said.Text += " Planen är oförändrad tills den görs om."
	}
	return s.doneSaying(c, err, setupPath(set.Round, "tilldelning"), said)
}

func (s *Server) removeAbsence(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	a, code, who := f.absence(), c.Param("round"), f.text("who")
	if !f.ok() {
		return s.assignmentPage(c, f)
	}
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	err = s.Service.RemoveAbsence(c.ctx(), c.user, code, f.version(), who, a)
	said := "Frånvaron " + daysText(a) + " är borttagen."
	if e, found := set.Evaluator(who); found {
		said += pastAbsence(set.Round, e, a)
	}
	return s.doneSaying(c, err, address("omgangar", code, "tilldelning"), saved(said))
}

// pastAbsence says why the days of an absence that have gone are left when the
// others are taken back; "" when it began with them.
func pastAbsence(r survey.Round, e survey.Evaluator, taken fieldwork.Absence) string {
	whole := team{calendar: r.Calendar, from: r.Period.From, to: r.Period.To}
	for _, a := range whole.absencesOf(e) {
		if a.From.Before(taken.From) && !a.To.Before(taken.From) {
			before := taken.From.AddDays(-1)
			for !slices.Contains(e.Absent, before) {
				before = before.AddDays(-1)
			}
			return " " + capital(daysText(fieldwork.Absence{From: a.From, To: before})) +
				" ligger kvar, för de dagarna har redan gått."
		}
	}
	return ""
}

func laterDate(a, b officehours.Date) officehours.Date {
	if a.Before(b) {
		return b
	}
	return a
}
