package officehours

import (
	"fmt"
	"strings"
	"time"
)

// Clock is what a wall clock in Sweden shows, in minutes after midnight:
// 0 is 00:00 and 1440 the midnight that ends the day.
type Clock int

const (
	endOfDay Clock = 24 * 60
	// clocksChanged is when a change of the clocks is over: since 1980 they go
	// from 02:00 to 03:00 in spring and from 03:00 to 02:00 in autumn.
	clocksChanged Clock = 3 * 60
)

// ParseClock reads a time as Swedes write it: "8", "8.30", "08:00", "17.00".
// The minutes have two digits, the hour one or two; the last time is "24.00".
func ParseClock(s string) (Clock, error) {
	hour, minute, found := strings.Cut(strings.Replace(s, ":", ".", 1), ".")
	if !found {
		minute = "00"
	}
	h, okHour := digits(hour, 1)
	m, okMinute := digits(minute, 2)
	c := Clock(h*60 + m)
	if !okHour || !okMinute || m > 59 || c > endOfDay {
		return 0, fmt.Errorf("officehours: %q is not a time of day such as 8.30", s)
	}
	return c, nil
}

// digits reads a number written with at least least and at most two digits.
func digits(s string, least int) (n int, ok bool) {
	if len(s) < least || len(s) > 2 {
		return 0, false
	}
	for _, r := range []byte(s) {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}

// String returns the time as "8.30" or "17.00", which ParseClock reads back.
func (c Clock) String() string { return fmt.Sprintf("%d.%02d", int(c)/60, int(c)%60) }

// on returns the instant at which the clock in Sweden shows c on day d.
func (c Clock) on(d Date) time.Time { return d.At(0, int(c)) }

// Hours are the opening hours of one day, half-open: the office is open at the
// instant Opens and closed at the instant Closes. The zero Hours are a closed day.
type Hours struct{ Opens, Closes Clock }

// Closed reports whether the office is closed all day: Opens equals Closes, or
// the two do not run forward within 00:00–24:00, which the package never
// guesses a meaning for.
func (h Hours) Closed() bool { return h.Opens < 0 || h.Opens >= h.Closes || h.Closes > endOfDay }

// length returns how long the hours last on day d. Only hours in the night can
// last longer or shorter than the wall clock says; the others take the quick way.
func (h Hours) length(d Date) time.Duration {
	if h.Closed() {
		return 0
	}
	if h.Opens >= clocksChanged {
		return time.Duration(h.Closes-h.Opens) * time.Minute
	}
	return max(0, h.Closes.on(d).Sub(h.Opens.on(d)))
}
