package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// planColumn is one day of the plan's calendar.
type planColumn struct {
	Date   officehours.Date
	Key    string // "2026-10-27"
	Letter string
	Title  string // "fre 30 okt, kort dag 8.00–12.00"
	Mark   string // "kort" or "stängt"
	Class  string
	First  bool // of a week but the first
	Closed bool
}

// planWeek is the heading over a week's days.
type planWeek struct{ Number, Days int }

var weekdayLetters = [...]string{"s", "m", "t", "o", "t", "f", "l"}

// planColumns lists the days of the period but for ordinary weekends, and any
// other day that contacts lie on: a calendar may be corrected after planning.
func planColumns(r survey.Round, counts []survey.DayCount, today officehours.Date) []planColumn {
	var days []officehours.Date
	for d := r.Period.From; !d.IsZero() && !d.After(r.Period.To); d = d.AddDays(1) {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if !weekend || r.Calendar.WorkingDay(d) {
			days = append(days, d)
		}
	}
	seen := map[string]bool{"": true}
	for _, c := range counts {
		if seen[c.Day] {
			continue
		}
		seen[c.Day] = true
		if d, err := officehours.ParseDate(c.Day); err == nil && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, officehours.Date.Compare)
	columns := make([]planColumn, len(days))
	for i, d := range days {
		columns[i] = newPlanColumn(r, d, today)
		if i > 0 && weekKey(d) != weekKey(days[i-1]) {
			columns[i].First, columns[i].Class = true, strings.TrimSpace(columns[i].Class+" wk")
		}
	}
	return columns
}

func newPlanColumn(r survey.Round, d, today officehours.Date) planColumn {
	c := planColumn{Date: d, Key: d.String(), Letter: weekdayLetters[d.Weekday()], Title: survey.DayText(d)}
	hours := r.Calendar.HoursOn(d)
	switch {
	case hours.Closed():
		c.Closed, c.Mark = true, "stängt"
		c.Title += ", stängt"
	case hours.Closes-hours.Opens < r.Calendar.Closes-r.Calendar.Opens:
		c.Mark = "kort"
		c.Title += fmt.Sprintf(", kort dag %s–%s", hours.Opens, hours.Closes)
	}
	if name := r.Calendar.Exceptions[d].Name; name != "" {
		c.Title += " (" + name + ")"
	}
	if d == today {
		c.Class, c.Title = "today", c.Title+", i dag"
	}
	return c
}

func weekKey(d officehours.Date) [2]int {
	year, week := d.Week()
	return [2]int{year, week}
}

// planWeeks groups the columns.
func planWeeks(columns []planColumn) []planWeek {
	var weeks []planWeek
	for i, c := range columns {
		if i == 0 || weekKey(c.Date) != weekKey(columns[i-1].Date) {
			_, number := c.Date.Week()
			weeks = append(weeks, planWeek{Number: number})
		}
		weeks[len(weeks)-1].Days++
	}
	return weeks
}

// openDays counts the columns that can be planned on.
func openDays(columns []planColumn) (n int) {
	for _, c := range columns {
		if !c.Closed {
			n++
		}
	}
	return n
}

// dayTally counts contacts by channel.
type dayTally struct{ phone, email int }

func (t *dayTally) add(ch survey.Channel, n int) {
	if ch == survey.Phone {
		t.phone += n
	} else {
		t.email += n
	}
}

// of gives the count of a channel, or of both.
func (t dayTally) of(ch survey.Channel) int {
	switch ch {
	case survey.Phone:
		return t.phone
	case survey.Email:
		return t.email
	}
	return t.phone + t.email
}

// dayGrid is counts by key and column. The last column of each row holds the
// contacts without a day.
type dayGrid struct {
	columns int
	rows    map[string][]dayTally
}

func newDayGrid(columns []planColumn, counts []survey.DayCount) dayGrid {
	at := make(map[string]int, len(columns))
	for i, c := range columns {
		at[c.Key] = i
	}
	g := dayGrid{len(columns), map[string][]dayTally{}}
	for _, c := range counts {
		row := g.rows[c.Key]
		if row == nil {
			row = make([]dayTally, g.columns+1)
			g.rows[c.Key] = row
		}
		i, dated := at[c.Day]
		if !dated {
			i = g.columns
		}
		row[i].add(c.Channel, c.N)
	}
	return g
}

// row gives a key's counts, zeroes for an unknown key.
func (g dayGrid) row(key string) []dayTally {
	if row := g.rows[key]; row != nil {
		return row
	}
	return make([]dayTally, g.columns+1)
}

// sum adds up the rows of the keys.
func (g dayGrid) sum(keys []string) []dayTally {
	sums := make([]dayTally, g.columns+1)
	for _, key := range keys {
		for i, t := range g.row(key) {
			sums[i].phone += t.phone
			sums[i].email += t.email
		}
	}
	return sums
}

func total(row []dayTally, ch survey.Channel) (n int) {
	for _, t := range row {
		n += t.of(ch)
	}
	return n
}
