package web

import (
	"net/url"
	"slices"
	"strconv"

	"servicematning/internal/survey"
)

// planMap is a table of days in which every number leads to its contacts.
type planMap struct {
	ID, Title  string
	Lead       string // says what is seen and how to read it
	Head, Side string // headings of the rows' names and notes
	Weeks      []planWeek
	Days       []planColumn
	Rows, Foot []planLine
	Pager      pager
}

// planLine is one municipality or evaluator, or a sum.
type planLine struct {
	Name, Side string
	Cells      []planCell
	Total      planCell
}

// planCell is a count. Class carries its colour, Note what the colour and the
// hatching say to those who do not see them.
type planCell struct{ Text, Class, Note, URL string }

// mapMaker makes both maps of a plan in one selection.
type mapMaker struct {
	choice  planChoice
	round   survey.Round
	columns []planColumn
	weeks   []planWeek
	list    string // address of the list of contacts; "": no links
}

// contacts is the address of the live contacts that the pairs of field and
// value choose.
func (m mapMaker) contacts(pairs ...string) string {
	if m.list == "" {
		return ""
	}
	q := m.list + "?lage=live"
	if m.choice.Channel != "" {
		q += "&kanal=" + string(m.choice.Channel)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q += "&" + pairs[i] + "=" + url.QueryEscape(pairs[i+1])
	}
	return q
}

// row fills a row from its counts. own is the address of its contacts, ""
// when its numbers lead nowhere.
func (m mapMaker) row(name string, counts []dayTally, own string, paint painter) planLine {
	row := planLine{Name: name, Cells: make([]planCell, len(m.columns))}
	for i, day := range m.columns {
		n := counts[i].of(m.choice.Channel)
		cell := paint(day, counts[i], n)
		if n > 0 || cell.Class == "q0" {
			cell.Text = number(n)
		}
		if n > 0 && own != "" {
			cell.URL = own + "&dag=" + day.Key
		}
		if day.First {
			cell.Class += " wk"
		}
		row.Cells[i] = cell
	}
	all := total(counts, m.choice.Channel)
	row.Total.Text = number(all)
	if all > 0 {
		row.Total.URL = own
	}
	return row
}

// painter gives the colour and the note of a count on a day.
type painter func(day planColumn, counts dayTally, n int) planCell

// offDay paints a day that should hold nothing.
func offDay(n int, why string) planCell {
	if n > 0 {
		return planCell{Class: "q-late", Note: why}
	}
	return planCell{Class: "qx", Note: why}
}

func plainDay(day planColumn, _ dayTally, n int) planCell {
	if day.Closed {
		return offDay(n, "stängt")
	}
	return planCell{}
}

// evenShare is how many contacts a municipality has on a day when the round's
// contacts lie evenly: low to high.
type evenShare struct{ low, high int }

func (m mapMaker) evenShare() evenShare {
	contacts, days := m.round.Design.Quota(), openDays(m.columns)
	if m.choice.Channel == "" {
		contacts *= len(survey.Channels)
	}
	if days == 0 {
		return evenShare{}
	}
	return evenShare{contacts / days, (contacts + days - 1) / days}
}

// Text writes "9–10".
func (e evenShare) Text() string {
	if e.low == e.high {
		return number(e.low)
	}
	return number(e.low) + "–" + number(e.high)
}

// class is the colour of n contacts on a day.
func (e evenShare) class(n int) string {
	switch {
	case n == 0:
		return "q0"
	case n < e.low:
		return "q1"
	case n == e.low:
		return "q2"
	case n <= e.high:
		return "q3"
	case 4*n <= 5*e.high:
		return "q4"
	case n <= 2*e.high:
		return "q5"
	}
	return "q6"
}

// municipalities is day × municipality. shown are the participants of the
// page, of all whom the selection chooses.
func (m mapMaker) municipalities(shown []survey.Participant, counts []survey.DayCount) planMap {
	grid, even := newDayGrid(m.columns, counts), m.evenShare()
	out := planMap{ID: "h-k", Title: "Dag och kommun", Head: "Kommun", Weeks: m.weeks, Days: m.columns}
	codes := make([]string, len(shown))
	for i, p := range shown {
		codes[i] = p.Code
		out.Rows = append(out.Rows, m.row(p.Name, grid.row(p.Code), m.contacts("kommun", p.Code),
			func(day planColumn, _ dayTally, n int) planCell {
				switch {
				case !p.TakesPart(day.Date):
					return offDay(n, "inte med")
				case day.Closed:
					return offDay(n, "stängt")
				}
				return planCell{Class: even.class(n)}
			}))
	}
	if len(shown) > 1 {
		out.Foot = []planLine{m.row("De visade", grid.sum(codes), "", plainDay)}
	}
	return out
}

// evaluators is day × evaluator, with a sum of all contacts. The map of
// municipalities ends with the same sum.
func (m mapMaker) evaluators(set survey.Setup, counts []survey.DayCount) planMap {
	grid := newDayGrid(m.columns, counts)
	out := planMap{
		ID: "h-e", Title: "Dag och bedömare", Head: "Bedömare", Side: "Plats per dag", Weeks: m.weeks, Days: m.columns,
		Lead: "Färgen jämför med platsen: starkast är full dag. Randigt är frånvaro.",
	}
	room := 0
	for _, e := range everyEvaluator(set, grid) {
		_, known := set.Evaluator(e.Email)
		row := m.row(e.Name, grid.row(e.Email), m.contacts("bedomare", e.Email),
			func(day planColumn, counts dayTally, n int) planCell {
				switch {
				case day.Closed:
					return offDay(n, "stängt")
				case !known:
					return planCell{}
				case !e.Works(day.Date):
					return offDay(n, "frånvarande")
				}
				return m.loadCell(e, counts)
			})
		row.Side = "–"
		if known {
			row.Side = number(m.capacity(e))
			room += m.capacity(e)
		}
		out.Rows = append(out.Rows, row)
	}
	keys := make([]string, 0, len(grid.rows))
	for key := range grid.rows {
		keys = append(keys, key)
	}
	sum := m.row("Alla kontakter", grid.sum(keys), m.contacts(), plainDay)
	sum.Side = number(room)
	out.Foot = []planLine{sum}
	return out
}

// everyEvaluator lists the round's evaluators and those who only stand on a
// contact, by name.
func everyEvaluator(set survey.Setup, grid dayGrid) []survey.Evaluator {
	list := slices.Clone(set.Evaluators)
	for email := range grid.rows {
		if _, known := set.Evaluator(email); !known {
			list = append(list, survey.Evaluator{Email: email, Name: email})
		}
	}
	sortSwedish(list, func(e survey.Evaluator) string { return e.Name + " " + e.Email })
	return list
}

// capacity is what an evaluator can take on a day, of the chosen channel or both.
func (m mapMaker) capacity(e survey.Evaluator) (n int) {
	for _, ch := range survey.Channels {
		if m.choice.Channel == "" || m.choice.Channel == ch {
			n += e.Capacity(ch)
		}
	}
	return n
}

// loadCell paints a day by how much of the evaluator's capacity it takes.
func (m mapMaker) loadCell(e survey.Evaluator, counts dayTally) planCell {
	n, capacity := counts.of(m.choice.Channel), m.capacity(e)
	for _, ch := range survey.Channels {
		if (m.choice.Channel == "" || m.choice.Channel == ch) && counts.of(ch) > e.Capacity(ch) {
			return planCell{Class: "q-late", Note: "över kapaciteten"}
		}
	}
	if n == 0 {
		return planCell{Class: "q0"}
	}
	return planCell{Class: "q" + strconv.Itoa(max(1, 5*n/capacity))} // q4 from four fifths, q5 is a full day
}
