package survey

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"servicematning/internal/officehours"
)

// How dates and times are written for users, everywhere.

var weekdays = [...]string{"sön", "mån", "tis", "ons", "tor", "fre", "lör"}
var months = [...]string{"jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"}

// DayText writes a date as "tis 27 okt".
func DayText(d officehours.Date) string {
	if d.IsZero() {
		return "–"
	}
	return fmt.Sprintf("%s %d %s", weekdays[d.Weekday()], d.Day, months[d.Month-1])
}

// DateText writes a date as "tis 27 okt 2026".
func DateText(d officehours.Date) string {
	if d.IsZero() {
		return "–"
	}
	return fmt.Sprintf("%s %d", DayText(d), d.Year)
}

// ClockText writes the time of day in Europe/Stockholm as "14.20".
func ClockText(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	t = t.In(officehours.Stockholm)
	return fmt.Sprintf("%d.%02d", t.Hour(), t.Minute())
}

// StampText writes the time of day in Europe/Stockholm as "10.30.12".
func StampText(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return fmt.Sprintf("%s.%02d", ClockText(t), t.Second())
}

// MomentText writes an instant in Europe/Stockholm as "tis 27 okt 14.20".
func MomentText(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return DayText(officehours.DateOf(t)) + " " + ClockText(t)
}

// SpanText writes office or elapsed time as "31 h 51 min", "52 min" or "0 min".
func SpanText(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	if minutes < 60 {
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d h %02d min", minutes/60, minutes%60)
}

// NumberText writes 1234567 as "1 234 567" with no-break spaces.
func NumberText(n int) string {
	digits := strconv.Itoa(n)
	if n < 0 {
		return "−" + Grouped(digits[1:])
	}
	return Grouped(digits)
}

// Grouped puts a no-break space between each three digits, from the right.
func Grouped(digits string) string {
	var parts []string
	for len(digits) > 3 {
		parts = append(parts, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	parts = append(parts, digits)
	slices.Reverse(parts)
	return strings.Join(parts, "\u00a0")
}
