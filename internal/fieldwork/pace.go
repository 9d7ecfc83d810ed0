package fieldwork

import (
	"fmt"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// Milestone is how much was planned and is made by the end of a working day,
// counted from the start of the round. What falls between two working days
// belongs to the former.
type Milestone struct {
	Date    officehours.Date
	Planned int
	Made    int  // nothing to say when the day has not come
	Come    bool // the day is today or before
	Today   bool
}

// foreseenDays is how many working days a forecast looks ahead: a year.
const foreseenDays = 250

// foresee fills in the curve and the forecast.
func (p *Progress) foresee(made []survey.HourCount) {
	r, today := p.Setup.Round, officehours.DateOf(p.At)
	last := r.Period.To
	if today.After(last) {
		last = today
	}
	days := r.Calendar.WorkingDays(r.Period.From, last)
	planned, done := p.perDay(days, made)
	pace := schedule.Pace{Planned: p.All.Planned, Made: p.All.Made}
	staff := newStaffing(p.Setup)
	sumPlanned, sumMade := 0, 0
	for i, d := range days {
		sumPlanned, sumMade = sumPlanned+planned[i], sumMade+done[i]
		p.Curve = append(p.Curve, Milestone{
			Date: d, Planned: sumPlanned, Made: sumMade, Come: !d.After(today), Today: d == today,
		})
		if d.Before(today) {
			pace.Past = append(pace.Past, schedule.Shift{Date: d, Staff: staff.on(d), Made: done[i]})
		}
	}
	left := 0.0 // working days until the period ends
	for d := maxDate(today, r.Period.From); len(pace.Ahead) < foreseenDays && d.Year < last.Year+2; d = d.AddDays(1) {
		part := partLeft(r.Calendar, d, p.At)
		if part == 0 {
			continue
		}
		pace.Ahead = append(pace.Ahead, schedule.Shift{Date: d, Staff: part * staff.on(d)})
		if !d.After(r.Period.To) {
			left += part
		}
	}
	p.Forecast = schedule.Foresee(pace)
	if left > 0 {
		p.Needed = float64(max(0, p.All.Planned-p.All.Made)) / left
	}
	if f := p.Forecast.Finish; f.After(r.Period.To) {
		p.DaysLate = len(r.Calendar.WorkingDays(r.Period.To.AddDays(1), f))
	}
}

// perDay counts what is planned for, and made on, each of the working days.
func (p *Progress) perDay(days []officehours.Date, made []survey.HourCount) (planned, done []int) {
	planned, done = make([]int, len(days)), make([]int, len(days))
	if len(days) == 0 {
		return planned, done
	}
	place := func(d officehours.Date) int {
		i := 0
		for i+1 < len(days) && !days[i+1].After(d) {
			i++
		}
		return i
	}
	for _, l := range p.Days {
		d, err := officehours.ParseDate(l.Key)
		if err != nil {
			continue // without a planned instant it is on no day
		}
		planned[place(d)] += l.Planned
	}
	for _, h := range made {
		done[place(officehours.DateOf(h.Hour))] += h.N
	}
	return planned, done
}

// partLeft is the part of the day's working hours that comes after the instant.
func partLeft(cal officehours.Calendar, d officehours.Date, now time.Time) float64 {
	h := cal.HoursOn(d)
	if h.Closed() {
		return 0
	}
	opens, closes := d.At(0, int(h.Opens)), d.At(0, int(h.Closes))
	if !now.After(opens) {
		return 1
	}
	return max(0, closes.Sub(now).Hours()/closes.Sub(opens).Hours())
}

func maxDate(a, b officehours.Date) officehours.Date {
	if a.After(b) {
		return a
	}
	return b
}

// staffing is how many contacts the evaluators who work on a day could make.
type staffing struct {
	set  survey.Setup
	mean float64 // over the period: taken for days after it
}

func newStaffing(set survey.Setup) staffing {
	s := staffing{set: set}
	days := set.Round.Calendar.WorkingDays(set.Round.Period.From, set.Round.Period.To)
	for _, d := range days {
		s.mean += s.capacity(d) / float64(len(days))
	}
	return s
}

func (s staffing) capacity(d officehours.Date) float64 {
	n := 0
	for _, e := range s.set.Evaluators {
		if e.Works(d) {
			n += e.CallsPerDay + e.EmailsPerDay
		}
	}
	return float64(n)
}

// on is the staff of a day. A round whose evaluators are not known, as one
// that was imported, has the same staff every day.
func (s staffing) on(d officehours.Date) float64 {
	switch {
	case s.mean == 0:
		return 1
	case d.After(s.set.Round.Period.To):
		return s.mean
	}
	return s.capacity(d)
}

// weekLines sums the days' lines by week.
func weekLines(days []Line) []Line {
	var weeks []Line
	for _, l := range days {
		key, name := "", "utan uppgift"
		if d, err := officehours.ParseDate(l.Key); err == nil {
			year, week := d.Week()
			key, name = fmt.Sprintf("%d-W%02d", year, week), fmt.Sprintf("vecka %d", week)
		}
		if n := len(weeks); n == 0 || weeks[n-1].Key != key {
			weeks = append(weeks, Line{Key: key, Name: name})
		}
		weeks[len(weeks)-1].addLine(l)
	}
	return weeks
}
