package web

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// areaColumn is an area with how many may take it.
type areaColumn struct {
	Area  survey.QuestionArea
	Title string
	Takes int  // evaluators with all or some municipalities
	Asked bool // it has questions
}

// Heading is the title with soft hyphens where long words may be broken.
func (a areaColumn) Heading() string {
	for _, part := range []string{"skola", "omsorg", "ledning", "kontor"} {
		a.Title = strings.ReplaceAll(a.Title, part, "\u00ad"+part)
	}
	return a.Title
}

// Kind is the badge's: late without anybody, warn with so few that both
// contacts of a cell come from the same two.
func (a areaColumn) Kind() string {
	switch {
	case !a.Asked || a.Takes > thin:
		return ""
	case a.Takes == 0:
		return "late"
	}
	return "warn"
}

// thin is so few evaluators that an area depends on each of them.
const thin = 2

// assignmentRow is one evaluator's cells, in the areas' order.
type assignmentRow struct {
	Evaluator survey.Evaluator
	URL       string
	When      string // absences and working days
	PerDay    string
	Cells     []assignmentCell
	Load      loadCell
	Away      bool // some day in the time that is left
	Areas     int
}

// assignmentCell says whether an evaluator may take an area: in all
// municipalities, in some, or not at all.
type assignmentCell struct {
	Value string // of the checkbox
	Title string
	All   bool
	Some  int
	Limit string // address of the page that limits it to municipalities
}

// Else is what stands in the cell when it is not ticked.
func (c assignmentCell) Else() string {
	if c.Some > 0 {
		return number(c.Some)
	}
	return "–"
}

// loadCell is work against capacity, on a scale to 120 %.
type loadCell struct {
	Bar   *barPart
	Text  string
	Kind  string // of the badge; "" is plain text
	Share float64
	Title string // in words
}

const (
	loadScale = 120 // percent: the bar's whole width
	nearlyAll = 0.95
)

func newLoadCell(e schedule.EvaluatorLoad) loadCell {
	share, room := e.Share()
	c := loadCell{Share: share, Title: "samtal " + loadText(e.Calls) + ", e-brev " + loadText(e.Emails)}
	switch {
	case !room:
		c.Share, c.Text, c.Kind = math.Inf(1), "ingen tid", "late"
		return c
	case e.Calls.Room+e.Emails.Room == 0:
		c.Text = "–"
		return c
	}
	percent := int(math.Round(100 * share))
	if share > 1 {
		percent, c.Kind = max(101, percent), "late"
	}
	c.Text = strconv.Itoa(percent) + nbsp + "%"
	bar := tick(100, newBar(percent, loadScale))
	if c.Kind != "" {
		bar = filled(c.Kind, bar)
	}
	c.Bar = &bar
	return c
}

func loadText(n schedule.NeedRoom) string { return number(n.Need) + " av " + number(n.Room) }

// matrix is every evaluator's row, by name.
type matrix struct {
	areas []areaColumn
	rows  []assignmentRow
	apart bool // see assignmentPage
}

// newMatrix makes rows of cells alone.
func newMatrix(set survey.Setup) matrix {
	var m matrix
	all, some := cellsOf(set.Assignments)
	asked := map[survey.QuestionArea]bool{}
	for _, q := range set.Round.Design.Asked() {
		asked[q.Area] = true
	}
	for _, area := range set.Round.Design.Areas {
		m.areas = append(m.areas, areaColumn{Area: area, Title: area.Title(), Asked: asked[area]})
	}
	for _, e := range set.Evaluators {
		row := assignmentRow{Evaluator: e, URL: setupPath(set.Round, "tilldelning", "bedomare", e.Email)}
		row.Cells = m.cells(set.Round, e, all, some)
		for i, c := range row.Cells {
			if c.All || c.Some > 0 {
				m.areas[i].Takes++
				row.Areas++
			}
		}
		m.rows = append(m.rows, row)
	}
	sortSwedish(m.rows, func(r assignmentRow) string { return r.Evaluator.Name })
	return m
}

// weighed is newMatrix with everybody's time and load.
func weighed(load fieldwork.Load) matrix {
	m := newMatrix(load.Setup)
	loads := map[string]schedule.EvaluatorLoad{}
	for _, e := range load.Evaluators {
		loads[e.Email] = e
	}
	for _, e := range load.Setup.Evaluators {
		m.apart = m.apart || e.CallsPerDay != e.EmailsPerDay
	}
	team := newTeam(load)
	for i := range m.rows {
		row := &m.rows[i]
		e := row.Evaluator
		row.When, row.Away = team.shiftText(e), len(team.absencesOf(e)) > 0
		row.Load, row.PerDay = newLoadCell(loads[e.Email]), number(e.CallsPerDay)
		if m.apart {
			row.PerDay += " / " + number(e.EmailsPerDay)
		}
	}
	return m
}

// cellsOf sorts assignments into cells of all municipalities and of some.
func cellsOf(as []survey.Assignment) (all map[string]bool, some map[string]int) {
	all, some = map[string]bool{}, map[string]int{}
	for _, a := range as {
		if a.Municipality == "" {
			all[assignmentKey(a.Area, a.Evaluator)] = true
		} else {
			some[assignmentKey(a.Area, a.Evaluator)]++
		}
	}
	return all, some
}

func (m *matrix) cells(r survey.Round, e survey.Evaluator, all map[string]bool, some map[string]int) []assignmentCell {
	base := setupPath(r, "tilldelning", "kommuner")
	cells := make([]assignmentCell, len(m.areas))
	for i, a := range m.areas {
		key := assignmentKey(a.Area, e.Email)
		cells[i] = assignmentCell{
			Value: key, Title: e.Name + ", " + a.Title, All: all[key], Some: some[key],
			Limit: base + "?" + url.Values{"omrade": {string(a.Area)}, "bedomare": {e.Email}}.Encode(),
		}
	}
	return cells
}

// retick shows the boxes of the rows that were sent as they were sent.
func (m *matrix) retick(rows, ticked []string) {
	for i, r := range m.rows {
		if !slices.Contains(rows, r.Evaluator.Email) {
			continue
		}
		for j := range r.Cells {
			m.rows[i].Cells[j].All = slices.Contains(ticked, r.Cells[j].Value)
		}
	}
}

var matrixTable = tableRules[assignmentRow]{
	start: "namn", label: "Bedömare",
	name:  func(r assignmentRow) string { return r.Evaluator.Name },
	words: func(r assignmentRow) string { return r.Evaluator.Name + " " + r.Evaluator.Email },
	numbers: map[string]func(assignmentRow) float64{
		"belastning": func(r assignmentRow) float64 { return r.Load.Share },
	},
}

// matrixViews are the tabs over the matrix.
var matrixViews = []struct {
	key, label string
	shows      func(assignmentRow) bool
}{
	{"", "Alla", func(assignmentRow) bool { return true }},
	{"franvaro", "Med frånvaro", func(r assignmentRow) bool { return r.Away }},
	{"over", "Över 95" + nbsp + "%", func(r assignmentRow) bool { return r.Load.Share > nearlyAll }},
	{"utan", "Utan område", func(r assignmentRow) bool { return r.Areas == 0 }},
}

// chosen gives the tabs, and the rows of the one that the address names.
func (m *matrix) chosen(c *visit) (tabs, []assignmentRow) {
	t, shown := tabs{Name: "Visa bedömare"}, m.rows
	asked := c.QueryParam("visa")
	base := address("omgangar", c.Param("round"), "tilldelning")
	for _, v := range matrixViews {
		var rows []assignmentRow
		for _, r := range m.rows {
			if v.shows(r) {
				rows = append(rows, r)
			}
		}
		l := link{Label: v.label, URL: base, Current: v.key == asked, Count: len(rows)}
		if v.key != "" {
			l.URL += "?visa=" + v.key
		}
		if len(rows) == 0 && !l.Current {
			continue
		}
		if l.Current {
			shown = rows
		}
		t.Items = append(t.Items, l)
	}
	return t, shown
}
