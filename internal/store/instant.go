package store

import (
	"time"

	"servicematning/internal/officehours"
)

// millis is how an instant is stored: a number sorts right whatever location
// the instant came with, a text with an offset does not. 0 is no instant.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant reads back what millis wrote.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// dayOf is the day an instant falls on in Sweden, "" for no instant.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return officehours.DateOf(t).String()
}

// parseDay reads a stored date; "" is no date.
func parseDay(s string) (officehours.Date, error) {
	if s == "" {
		return officehours.Date{}, nil
	}
	return officehours.ParseDate(s)
}
