package export

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// row is one line of a table, with typed access to its cells. An access that
// fails notes why and gives the zero value.
type row struct {
	t     *table
	line  int
	cells []string
}

// raw is the cell as it stands, "" when the file does not have the column.
func (r row) raw(column string) string {
	if i, ok := r.t.at[column]; ok {
		return r.cells[i]
	}
	return ""
}

// text is the cell without space around it.
func (r row) text(column string) string { return strings.TrimSpace(r.raw(column)) }

// fail notes what is wrong in a column. One error per column and line is enough.
func (r row) fail(column, message string) {
	if r.ok(column) {
		r.t.bad = append(r.t.bad, column)
		r.t.add(r.line, column, message)
	}
}

// failAll notes the domain's own refusals, whose fields are the file's columns.
func (r row) failAll(err error) {
	var errs survey.FieldErrors
	if !errors.As(err, &errs) {
		if err != nil {
			r.fail("", err.Error())
		}
		return
	}
	for _, e := range errs {
		r.fail(e.Field, e.Message)
	}
}

// ok reports whether nothing has been found wrong in the column on this line.
func (r row) ok(column string) bool { return !slices.Contains(r.t.bad, column) }

// need is the text of a cell that may not be empty.
func (r row) need(column, remedy string) string {
	s := r.text(column)
	if s == "" {
		r.fail(column, "Cellen är tom. "+remedy)
	}
	return s
}

// longest refuses a text that is too long to be what the column is for.
func (r row) longest(column string, most int) {
	if s := r.raw(column); len(s) > most && utf8.RuneCountInString(s) > most {
		r.fail(column, fmt.Sprintf("Texten är %d tecken. Korta den till högst %d.", utf8.RuneCountInString(s), most))
	}
}

// oneLine refuses a text with line breaks or other control characters.
func (r row) oneLine(column string) {
	if strings.ContainsFunc(r.text(column), unicode.IsControl) {
		r.fail(column, "Texten har radbrytning eller andra styrtecken. Skriv den på en rad.")
	}
}

// number is a whole number within limits; an empty cell fails.
func (r row) number(column string, least, most int) int {
	s := r.text(column)
	n, err := strconv.Atoi(s)
	if err == nil && n >= least && n <= most {
		return n
	}
	limits := fmt.Sprintf("Skriv ett heltal %d–%d.", least, most)
	if s == "" {
		r.fail(column, "Cellen är tom. "+limits)
	} else {
		r.fail(column, quoted(s)+" går inte. "+limits)
	}
	return 0
}

// date is a day, or no day when the cell is empty.
func (r row) date(column string) officehours.Date {
	s := r.text(column)
	if s == "" {
		return officehours.Date{}
	}
	d, err := officehours.ParseDate(s)
	if err != nil {
		r.fail(column, quoted(s)+" är inget datum. Skriv till exempel 2026-10-19.")
	}
	return d
}

// clock is a time of day; given is false when the cell is empty.
func (r row) clock(column string) (c officehours.Clock, given bool) {
	s := r.text(column)
	if s == "" {
		return 0, false
	}
	c, err := officehours.ParseClock(s)
	if err != nil {
		r.fail(column, quoted(s)+" är inget klockslag. Skriv till exempel 8.00.")
	}
	return c, true
}

// hours are somebody's own hours in the columns opens and closes, both or none;
// opening and closing are what a message calls them.
func hours(r row, opening, closing string) officehours.Hours {
	opens, from := r.clock("opens")
	closes, to := r.clock("closes")
	switch {
	case from && !to:
		r.fail("closes", opening+" är given men inte "+lowered(closing)+". Skriv båda eller ingen.")
	case to && !from:
		r.fail("opens", closing+" är given men inte "+lowered(opening)+". Skriv båda eller ingen.")
	case from && r.ok("opens") && r.ok("closes") && opens >= closes:
		r.fail("closes", closing+" ska vara efter "+lowered(opening)+", "+opens.String()+".")
	}
	return officehours.Hours{Opens: opens, Closes: closes}
}

// lowered is a text inside a sentence rather than at its beginning.
func lowered(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

// instant is a time with its offset, in UTC, or zero when the cell is empty.
func (r row) instant(column string) time.Time {
	s := r.text(column)
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err == nil && !t.IsZero() {
		return t.UTC()
	}
	if t, err := time.ParseInLocation("2006-01-02T15:04:05", s, officehours.Stockholm); err == nil {
		r.fail(column, quoted(s)+" saknar tidszon. Skriv "+t.Format(time.RFC3339)+" om det är svensk tid.")
	} else {
		r.fail(column, quoted(s)+" är ingen tid. Skriv den som 2026-10-20T09:00:00+02:00.")
	}
	return time.Time{}
}

// code is one of the known codes; an empty cell gives "".
func code[T ~string](r row, column string, known []T, what string) T {
	s := T(r.text(column))
	if s == "" {
		return ""
	}
	if i := slices.Index(known, s); i >= 0 {
		return known[i] // not s, which would keep the whole line in memory
	}
	r.fail(column, quoted(string(s))+" är "+what+". Skriv "+either(known)+".")
	return ""
}

// either lists codes as "phone eller email".
func either[T ~string](codes []T) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " eller " + words[last]
}

// quoted shows what stood in a cell, cut when it is long.
func quoted(s string) string { return "”" + short(s) + "”" }

func short(s string) string {
	const most = 40
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return s
}

// municipalityHint is what to do about a code that is not found.
func municipalityHint(code string) string {
	if len(code) == 3 && allDigits(code) {
		return " Skriv koden med fyra siffror, 0" + code + "."
	}
	return ""
}

func allDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// lines remembers on which line each key stood first.
type lines[K comparable] map[K]int

// repeated reports the line of an earlier occurrence.
func (l lines[K]) repeated(key K, line int) (first int, again bool) {
	if first, again = l[key]; !again {
		l[key] = line
	}
	return first, again
}
