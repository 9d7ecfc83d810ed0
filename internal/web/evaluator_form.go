package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func formOfEvaluator(e survey.Evaluator) *form {
	var absent []string
	for _, d := range e.Absent {
		absent = append(absent, survey.DateText(d))
	}
	f := newForm("email", e.Email, "name", e.Name, "calls_per_day", fmt.Sprint(e.CallsPerDay),
		"emails_per_day", fmt.Sprint(e.EmailsPerDay), "absent", strings.Join(absent, "\n"))
	if !e.From.IsZero() {
		f.set("from", survey.DateText(e.From))
	}
	if !e.To.IsZero() {
		f.set("to", survey.DateText(e.To))
	}
	f.setHours(e.Hours)
	f.setDays(e.Days)
	return f
}

// setDays ticks the boxes of the days; none means Monday to Friday.
func (f *form) setDays(days []time.Weekday) {
	if len(days) == 0 {
		days = workingWeek
	}
	for _, d := range days {
		f.values.Add("days", fmt.Sprint(int(d)))
	}
}

// setHours shows somebody's own hours, or nothing.
func (f *form) setHours(h officehours.Hours) {
	if h != (officehours.Hours{}) {
		f.set("opens", h.Opens.String())
		f.set("closes", h.Closes.String())
	}
}

// evaluator reads an evaluator; dates without a year are near the period.
func (f *form) evaluator(p survey.FieldPeriod) survey.Evaluator {
	f.today = p.From
	e := survey.Evaluator{
		Email: strings.ToLower(f.text("email")), Name: f.text("name"),
		CallsPerDay: f.int("calls_per_day"), EmailsPerDay: f.int("emails_per_day"),
		Absent: f.dates("absent"), Days: f.weekdays("days"),
	}
	e.From, e.To = f.dateIfGiven("from"), f.dateIfGiven("to")
	e.Hours = f.hours("opens", "closes")
	return e
}

// dates reads a day per line, in order and each once.
func (f *form) dates(name string) []officehours.Date {
	var days []officehours.Date
	for line := range strings.FieldsFuncSeq(f.text(name), func(r rune) bool { return r == '\n' || r == ';' || r == ',' }) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		d, err := parseDate(line, f.today)
		if err != nil {
			f.Errors.Add(name, "”"+line+"”: "+err.Error())
			continue
		}
		days = append(days, d)
	}
	slices.SortFunc(days, officehours.Date.Compare)
	return slices.Compact(days)
}

// weekdays reads the ticked days, Monday first; the ordinary week is none,
// which is how files leave it out too.
func (f *form) weekdays(name string) []time.Weekday {
	var days []time.Weekday
	for _, d := range wholeWeek {
		if slices.Contains(f.all(name), fmt.Sprint(int(d))) {
			days = append(days, d)
		}
	}
	if len(days) == 0 {
		f.Errors.Add(name, "Kryssa för minst en veckodag.")
	}
	if slices.Equal(days, workingWeek) {
		return nil
	}
	return days
}
