package web

import (
	"fmt"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// How the evaluator's pages write instants and lengths of time.

// secondText writes the time of day as "10.31.04".
func secondText(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(officehours.Stockholm).Format("15.04.05")
}

// runText writes a running time as "2.20", and "1.02.20" from an hour on.
func runText(d time.Duration) string {
	s := int(max(0, d) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d.%02d.%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d.%02d", s/60, s%60)
}

// between is the time from one instant to another by the whole seconds that
// they are shown with, so that what a page shows adds up. What is measured goes
// by the instants themselves.
func between(from, to time.Time) time.Duration {
	return to.Truncate(time.Second).Sub(from.Truncate(time.Second))
}

// secondsText writes a wait as "52 s".
func secondsText(d time.Duration) string { return number(int(max(0, d)/time.Second)) + nbsp + "s" }

// elapsedText writes calendar time as "5 dygn 19 h 51 min". A day is 24 hours.
func elapsedText(d time.Duration) string {
	d = max(0, d.Round(time.Minute))
	const day = 24 * time.Hour
	if d < day {
		return survey.SpanText(d)
	}
	hours, minutes := int(d%day/time.Hour), int(d%time.Hour/time.Minute)
	return fmt.Sprintf("%d dygn %d h %02d min", int(d/day), hours, minutes)
}

// lateText writes how late something is, no finer than helps: "52 min",
// "2 h 12 min", "3 dygn".
func lateText(d time.Duration) string {
	if days := int(d / (24 * time.Hour)); days > 0 {
		return fmt.Sprintf("%d dygn", days)
	}
	return survey.SpanText(d)
}

// whenText writes an instant as "10.35" on the day itself and "mån 26 okt
// 10.35" on others.
func whenText(t time.Time, today officehours.Date) string {
	if officehours.DateOf(t) == today {
		return survey.ClockText(t)
	}
	return survey.MomentText(t)
}

// contactURL is the page where the evaluator makes the contact.
func contactURL(c survey.Contact) string {
	if c.Channel == survey.Email {
		return address("e-post", c.ID)
	}
	return address("samtal", c.ID)
}

// questionText writes "Förskola, FÖRS2".
func questionText(c survey.Contact) string { return c.Area.Title() + ", " + c.Question }

// shortReplicate is "första" where the column says that it is the contact.
func shortReplicate(c survey.Contact, d survey.Design) string {
	return strings.TrimSuffix(c.ReplicateTitle(d), " kontakten")
}

// areaCodes are the two- and three-digit Swedish area codes, and the mobile
// prefixes; all others have four digits.
var areaCodes = strings.Fields(`08 010 011 013 016 018 019 020 021 023 026 031 033 035 036 040 042 044 046 054 060
	063 070 072 073 076 079 090`)

// phoneText writes "+46701740642" as it is read aloud in Sweden: "070-174 06 42".
// Other countries' numbers stay as they are.
func phoneText(number string) string {
	digits, ok := strings.CutPrefix(number, "+46")
	if !ok || len(digits) < 6 {
		return number
	}
	digits = "0" + digits
	code := digits[:4]
	for _, short := range areaCodes {
		if strings.HasPrefix(digits, short) {
			code = short
		}
	}
	return code + "-" + groupedPhone(digits[len(code):])
}

// groupedPhone splits a subscriber's number in pairs, with three digits first
// where they are odd.
func groupedPhone(digits string) string {
	var parts []string
	switch len(digits) {
	case 5:
		return digits[:3] + nbsp + digits[3:]
	case 8:
		return digits[:3] + nbsp + digits[3:6] + nbsp + digits[6:]
	}
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-2:]}, parts...)
		digits = digits[:len(digits)-2]
	}
	return strings.Join(append([]string{digits}, parts...), nbsp)
}
