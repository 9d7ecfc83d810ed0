package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// daysText writes days in a row: "tor 5 nov", "ons 28 – fre 30 okt".
func daysText(a fieldwork.Absence) string {
	to := survey.DayText(a.To)
	if a.From == a.To {
		return to
	}
	from := survey.DayText(a.From)
	if a.From.Month == a.To.Month && a.From.Year == a.To.Year {
		from = from[:strings.LastIndex(from, " ")]
	}
	return from + " – " + to
}

// team tells what is particular about somebody's days in the time that is left.
type team struct {
	calendar officehours.Calendar
	from, to officehours.Date
	usual    string // most evaluators' weekdays
}

func newTeam(load fieldwork.Load) team {
	r := load.Setup.Round
	t := team{calendar: r.Calendar, from: load.From, to: r.Period.To}
	count := map[string]int{}
	for _, e := range load.Setup.Evaluators {
		days := fmt.Sprint(e.Days)
		if count[days]++; count[days] > count[t.usual] {
			t.usual = days
		}
	}
	return t
}

// absencesOf lists an evaluator's absences. Days with nothing but days off
// between them are one absence.
func (t team) absencesOf(e survey.Evaluator) (list []fieldwork.Absence) {
	free := e
	free.Absent = nil
	for d := t.from; len(e.Absent) > 0 && !d.After(t.to); d = d.AddDays(1) {
		switch away := slices.Contains(e.Absent, d); {
		case !free.Works(d) || !t.calendar.WorkingDay(d):
		case !away:
			list = append(list, fieldwork.Absence{}) // at work: the next absence is another
		case len(list) > 0 && !list[len(list)-1].From.IsZero():
			list[len(list)-1].To = d
		default:
			list = append(list, fieldwork.Absence{From: d, To: d})
		}
	}
	return slices.DeleteFunc(list, func(a fieldwork.Absence) bool { return a.From.IsZero() })
}

// fewAbsences is how many are named in the matrix.
const fewAbsences = 2

// shiftText says when somebody is not at work as others are: "från mån 2 nov,
// mån–tor, frånvarande tor 5 nov".
func (t team) shiftText(e survey.Evaluator) string {
	parts := t.termsOf(e)
	var away []string
	for _, a := range t.absencesOf(e) {
		away = append(away, daysText(a))
	}
	switch n := len(away); {
	case n > fewAbsences:
		parts = append(parts, fmt.Sprintf("frånvarande %s och %d gånger till", away[0], n-1))
	case n > 0:
		parts = append(parts, "frånvarande "+listText(away))
	}
	return strings.Join(parts, ", ")
}

// termsOf says what is particular about an evaluator's working days.
func (t team) termsOf(e survey.Evaluator) (parts []string) {
	if e.From.After(t.from) {
		parts = append(parts, "från "+survey.DayText(e.From))
	}
	if !e.To.IsZero() && e.To.Before(t.to) {
		parts = append(parts, "till "+survey.DayText(e.To))
	}
	if fmt.Sprint(e.Days) != t.usual {
		days := e.Days
		if len(days) == 0 {
			days = workingWeek
		}
		parts = append(parts, weekdayRuns(days))
	}
	if e.Hours != (officehours.Hours{}) {
		parts = append(parts, fmt.Sprintf("%s–%s", e.Hours.Opens, e.Hours.Closes))
	}
	return parts
}

// weekdayRuns writes weekdays with runs of three or more joined: "mån–tor".
func weekdayRuns(days []time.Weekday) string {
	var parts []string
	for i := 0; i < len(wholeWeek); {
		end := i
		for end < len(wholeWeek) && slices.Contains(days, wholeWeek[end]) {
			end++
		}
		switch end - i {
		case 0:
			end++
		case 1, 2:
			for _, d := range wholeWeek[i:end] {
				parts = append(parts, weekdayShort(d))
			}
		default:
			parts = append(parts, weekdayShort(wholeWeek[i])+"–"+weekdayShort(wholeWeek[end-1]))
		}
		i = end
	}
	return listText(parts)
}

func weekdayShort(d time.Weekday) string { return string([]rune(weekdayNames[d])[:3]) }

// someText is listText with at most three names; the rest is counted.
func someText(names []string, noun string) string {
	if len(names) <= 3 {
		return listText(names)
	}
	return fmt.Sprintf("%s och %d %s till", strings.Join(names[:2], ", "), len(names)-2, noun)
}
