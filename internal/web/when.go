package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// misread is what a visitor is told about a text that could not be read.
type misread string

func (m misread) Error() string { return string(m) }

const (
	errDate  misread = "Skriv datumet som 4 nov 2026 eller 2026-11-04."
	errNoDay misread = "Den dagen finns inte i kalendern. Rätta datumet."
)

var monthNames = []string{"januari", "februari", "mars", "april", "maj", "juni",
	"juli", "augusti", "september", "oktober", "november", "december"}

var weekdayNames = []string{"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"}

// parseDate reads "2026-11-04", "4 nov", "4 november 2026" and "tis 4 nov".
// Without a year it is the year that brings the day closest to today. The
// error is for the visitor.
func parseDate(text string, today officehours.Date) (officehours.Date, error) {
	if d, err := officehours.ParseDate(text); err == nil {
		return d, nil
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(text, ",", " ")))
	weekday := -1
	if len(words) > 0 {
		if weekday = nameIndex(weekdayNames, words[0]); weekday >= 0 {
			words = words[1:]
		}
	}
	d, err := parseDayMonth(words, today)
	if err != nil {
		return officehours.Date{}, err
	}
	if weekday >= 0 && d.Weekday() != time.Weekday(weekday) {
		return officehours.Date{}, misread(strings.Join(words, " ") + " är en " + weekdayNames[d.Weekday()] +
			" (" + survey.DateText(d) + "). Rätta dagen eller datumet.")
	}
	return d, nil
}

// parseDayMonth reads "4 nov" and "4 nov 2026".
func parseDayMonth(words []string, today officehours.Date) (officehours.Date, error) {
	if len(words) != 2 && len(words) != 3 {
		return officehours.Date{}, errDate
	}
	day, err := strconv.Atoi(strings.TrimSuffix(words[0], "."))
	month := nameIndex(monthNames, words[1])
	if err != nil || month < 0 {
		return officehours.Date{}, errDate
	}
	d := officehours.Date{Month: time.Month(month + 1), Day: day}
	if len(words) == 3 {
		if d.Year, err = strconv.Atoi(words[2]); err != nil {
			return officehours.Date{}, errDate
		}
		return existing(d)
	}
	return closest(d, today)
}

// closest gives the day the year in which it is nearest to today.
func closest(d, today officehours.Date) (officehours.Date, error) {
	best, least := officehours.Date{}, 1000
	for year := today.Year - 1; year <= today.Year+1; year++ {
		d.Year = year
		distance := today.DaysUntil(d)
		if _, err := existing(d); err == nil && max(distance, -distance) < least {
			best, least = d, max(distance, -distance)
		}
	}
	if best.IsZero() {
		return best, errNoDay
	}
	return best, nil
}

// existing refuses 31 November.
func existing(d officehours.Date) (officehours.Date, error) {
	if d.Year < 1900 || d.Year > 2999 || d.AddDays(0) != d || d.Day < 1 {
		return officehours.Date{}, errNoDay
	}
	return d, nil
}

// nameIndex finds the name that word is, or begins with at least three letters.
func nameIndex(names []string, word string) int {
	word = strings.TrimSuffix(word, ".")
	if len([]rune(word)) < 3 {
		return -1
	}
	return slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(name, word) })
}
