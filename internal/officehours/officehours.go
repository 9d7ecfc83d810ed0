// Package officehours knows when municipal offices are open and how much office
// time passes between two instants: the time in which an e-mail could have been
// answered.
//
// Office time runs on working days only, within half-open hours: an office with
// the hours 08:00–17:00 is open at 08:00 and closed at 17:00. It is counted from
// instants, so a time zone carried by an argument never matters; the hours
// themselves are read off the wall clock in Sweden. A day of 08:00–17:00 is
// therefore 9 h in summer, in winter and on both sides of a change of the clocks.
//
// The package has no clock of its own and no thresholds: what counts as "within
// one working day" belongs to the measure.
package officehours

import (
	"math"
	"time"
)

// longestClosure is how many closed days in a row NextOpening and Add look
// through before they call a calendar never open: about ten years.
const longestClosure = 3660

// Open reports whether the office is open at the instant t.
func (c Calendar) Open(t time.Time) bool {
	opens, closes := c.interval(DateOf(t))
	return !t.Before(opens) && t.Before(closes)
}

// Between returns the office time from start to end, 0 when end is not after
// start. A start outside the hours counts from the next opening. The sum stops at
// the longest Duration, some 1,000 calendar years.
func (c Calendar) Between(start, end time.Time) time.Duration {
	start, end = start.Round(0), end.Round(0) // compare wall clocks, as the hours do
	if !end.After(start) {
		return 0
	}
	first, last := DateOf(start), DateOf(end)
	total := c.passed(last, end) - c.passed(first, start)
	weekday := first.Weekday()
	for d := first; d.Before(last); d = d.AddDays(1) {
		full := c.length(d, weekday)
		if total > math.MaxInt64-full {
			return math.MaxInt64
		}
		total += full
		weekday = (weekday + 1) % 7
	}
	return total
}

// NextOpening returns the first instant from t on at which the office is open: t
// itself when it is. It returns the zero time when the calendar has no opening
// within ten years, which callers must expect of a calendar that people edit.
func (c Calendar) NextOpening(t time.Time) time.Time {
	opens, _ := c.nextInterval(t)
	return opens
}

// Add returns the earliest instant at which the given office time has passed
// since start, so that Between(start, Add(start, office)) == office; start itself
// when office is not positive. It returns the zero time when the calendar first
// closes for ten years.
//
// Add is for showing a cut-off. When it falls on a closing instant, no office time
// passes from there until the next opening, so whether something came in time is
// asked of Between(start, arrived) <= limit, not of arrived and Add.
func (c Calendar) Add(start time.Time, office time.Duration) time.Time {
	at := start
	for office > 0 {
		opens, closes := c.nextInterval(at)
		if opens.IsZero() {
			return time.Time{}
		}
		if left := closes.Sub(opens); office > left {
			office -= left
			at = closes
			continue
		}
		return opens.Add(office)
	}
	return at
}

// nextInterval returns the open interval that t is in, cut to begin at t, or else
// the next one; zero times when the calendar has none within ten years.
func (c Calendar) nextInterval(t time.Time) (opens, closes time.Time) {
	d := DateOf(t)
	for range longestClosure {
		opens, closes = c.interval(d)
		if t.Before(closes) && opens.Before(closes) {
			if opens.Before(t) {
				opens = t
			}
			return opens, closes
		}
		d = d.AddDays(1)
	}
	return time.Time{}, time.Time{}
}

// passed returns the office time of day d that has passed at the instant t.
func (c Calendar) passed(d Date, t time.Time) time.Duration {
	opens, closes := c.interval(d)
	if !t.Before(closes) {
		t = closes
	}
	return max(0, t.Sub(opens))
}

// length returns the office time of the whole day d.
func (c Calendar) length(d Date, weekday time.Weekday) time.Duration {
	return c.hours(d, weekday).length(d)
}

// interval returns the instants at which the office opens and closes on d, the
// same instant twice when it is closed all day.
func (c Calendar) interval(d Date) (opens, closes time.Time) {
	h := c.HoursOn(d)
	opens = h.Opens.on(d)
	return opens, opens.Add(h.length(d))
}
