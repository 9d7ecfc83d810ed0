package officehours

import (
	"cmp"
	"fmt"
	"time"
)

const dateLayout = "2006-01-02"

// Date is a civil date: a square in the wall calendar, without a time zone and
// without a length in hours. Two Dates are the same day exactly when they are
// ==, so a Date can be the key of a map. The zero Date means "no date". Fields
// written by hand are taken as they are: 30 February is not looked for.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the date that a wall calendar in Sweden shows at the instant t,
// whatever location t itself carries.
func DateOf(t time.Time) Date { return civil(t.In(Stockholm)) }

// ParseDate reads "2006-01-02" and nothing else: no missing zeros, no spaces, no
// day that does not exist (2026-02-30). The empty string is an error, although
// the zero Date prints as one.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(dateLayout, s)
	if err != nil {
		return Date{}, fmt.Errorf("officehours: %q is not a date of the form YYYY-MM-DD", s)
	}
	return civil(t), nil
}

// String returns the date as "2006-01-02", and "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After reports whether d is a later day than o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// Compare returns -1, 0 or +1 as d is before, the same as or after o.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// AddDays returns the date n days later in the calendar, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	if day := d.Day + n; day >= 1 && day <= 28 { // every month has 28 days
		return Date{d.Year, d.Month, day}
	}
	return civil(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// DaysUntil returns the number of calendar days from d to o: 1 from any day to
// the next, also when a change of the clocks makes the day 23 or 25 hours long.
// It is negative when o is before d.
func (d Date) DaysUntil(o Date) int {
	const secondsPerDay = 24 * 60 * 60 // always true in UTC
	return int((o.utc().Unix() - d.utc().Unix()) / secondsPerDay)
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Week returns the ISO 8601 week, which is the Swedish one, and the year that
// the week is counted in: 2027-01-01 is in week 53 of 2026.
func (d Date) Week() (year, week int) { return d.utc().ISOWeek() }

// At returns the instant at which the wall clock in Sweden shows hour:minute on
// d; At(24, 0) is the midnight that ends the day. When the clocks change, one
// hour of the night is shown twice (autumn) or not at all (spring): At then
// chooses as time.Date does.
func (d Date) At(hour, minute int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, Stockholm)
}

// utc returns the midnight in UTC that stands for d in calendar arithmetic.
func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// civil returns the date that t shows in its own location.
func civil(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}
