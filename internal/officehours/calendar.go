package officehours

import "time"

// Calendar says when municipal offices are open. It is data of the round, which
// project leads can see and correct. Saturdays and Sundays are closed; all other
// days are open from Opens to Closes, unless Exceptions say otherwise. The zero
// Calendar is never open; SwedishCalendar makes the one to start from.
//
// A Calendar is small and copied freely. Copies share the map Exceptions, so
// correct a calendar with With and Without, not by changing the map it has.
type Calendar struct {
	Opens, Closes Clock              // wall clock in Sweden on an ordinary working day
	Exceptions    map[Date]Exception // the days that differ: holidays, short days, open Saturdays
}

// Exception is a day with other hours than its weekday gives it.
type Exception struct {
	Name  string // shown to users, in Swedish: "Juldagen"
	Hours Hours  // the hours of that day; the zero Hours are a closed day
}

// HoursOn returns the opening hours of d, the zero Hours when closed all day.
func (c Calendar) HoursOn(d Date) Hours { return c.hours(d, d.Weekday()) }

// WorkingDay reports whether the office is open at any time on d.
func (c Calendar) WorkingDay(d Date) bool { return !c.HoursOn(d).Closed() }

// WorkingDays returns the working days from the first date to the last, both
// included, in order.
func (c Calendar) WorkingDays(from, to Date) []Date {
	var days []Date
	for d := from; !d.After(to); d = d.AddDays(1) {
		if c.WorkingDay(d) {
			days = append(days, d)
		}
	}
	return days
}

// hours is HoursOn for a caller that already knows the weekday of d.
func (c Calendar) hours(d Date, weekday time.Weekday) Hours {
	h := Hours{c.Opens, c.Closes}
	if e, found := c.Exceptions[d]; found {
		h = e.Hours
	} else if weekday == time.Saturday || weekday == time.Sunday {
		return Hours{}
	}
	if h.Closed() {
		return Hours{}
	}
	return h
}
