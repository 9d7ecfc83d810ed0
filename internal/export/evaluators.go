package export

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var evaluatorColumns = columns{
	needed:   []string{"email", "name", "from", "to", "calls_per_day", "emails_per_day"},
	optional: []string{"absent", "days", "opens", "closes"},
}

// ReadEvaluators reads the evaluators of a round, in the file's order. Empty
// from and to stay empty, which means the whole period. s is not needed yet:
// an evaluator may be known for other days than the round's.
func ReadEvaluators(r io.Reader, name string, _ survey.Setup) ([]survey.Evaluator, error) {
	t, err := open(r, name, evaluatorColumns)
	if err != nil {
		return nil, err
	}
	var out []survey.Evaluator
	seen := lines[string]{}
	for row := range t.rows() {
		e := evaluator(row)
		if first, again := seen.repeated(e.Email, row.line); again && e.Email != "" {
			row.fail("email", fmt.Sprintf("Bedömaren %s står redan på rad %d. Ta bort den ena raden.", short(e.Email), first))
		}
		out = append(out, e)
	}
	return all(t, out)
}

func evaluator(r row) survey.Evaluator {
	e := survey.Evaluator{
		Email:        strings.ToLower(r.text("email")),
		Name:         r.text("name"),
		From:         r.date("from"),
		To:           r.date("to"),
		CallsPerDay:  r.number("calls_per_day", 0, 500),
		EmailsPerDay: r.number("emails_per_day", 0, 500),
		Absent:       dates(r, "absent"),
		Days:         weekdays(r, "days"),
		Hours:        hours(r, "Starttiden", "Sluttiden"),
	}
	r.longest("name", 100)
	r.oneLine("name")
	r.failAll(e.Check())
	return e
}

// dates is a ;-list of days, in order and each once.
func dates(r row, column string) []officehours.Date {
	var out []officehours.Date
	for part := range strings.SplitSeq(r.text(column), ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		d, err := officehours.ParseDate(part)
		if err != nil {
			r.fail(column, quoted(part)+" är inget datum. Skriv datumen med semikolon emellan, 2026-10-26;2026-10-27.")
			return nil
		}
		out = append(out, d)
	}
	slices.SortFunc(out, officehours.Date.Compare)
	return slices.Compact(out)
}

// weekdayCodes in the order of a working week.
var weekdayCodes = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// weekdays is a list of days and spans of days, mon-wed,fri; Monday first.
func weekdays(r row, column string) []time.Weekday {
	s := strings.ToLower(r.text(column))
	if s == "" {
		return nil
	}
	var works [7]bool
	for part := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == ',' || c == ';' || c == ' ' }) {
		from, to, span := strings.Cut(part, "-")
		if !span {
			to = from
		}
		i, j := slices.Index(weekdayCodes, from), slices.Index(weekdayCodes, to)
		if i < 0 || j < i {
			r.fail(column, quoted(part)+" är inga veckodagar. Skriv till exempel mon-thu eller mon,wed.")
			return nil
		}
		for ; i <= j; i++ {
			works[i] = true
		}
	}
	var out []time.Weekday
	for i, w := range works {
		if w {
			out = append(out, time.Weekday((i+1)%7))
		}
	}
	return out
}
