package web

import (
	"fmt"
	"math"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// needRow is an area's need and room, by week.
type needRow struct {
	Title string
	All   bool // the sum of all areas
	Cells []needCell
}

// needCell is one week of it, on a scale to 120 % of the room.
type needCell struct {
	schedule.NeedRoom
	Bar  barPart
	Kind string // late, warn or ""
	Text string // "92 kvar", "−88"
}

// tight is so little room left, of all room, that it is pointed out.
const tight = 0.05

func newNeedCell(n schedule.NeedRoom) needCell {
	c := needCell{NeedRoom: n, Text: number(max(0, n.Left())) + " kvar"}
	percent := 2 * loadScale
	if n.Room > 0 {
		percent = int(math.Round(100 * float64(n.Need) / float64(n.Room)))
	}
	c.Bar = tick(100, newBar(percent, loadScale))
	switch {
	case n.Short > 0:
		c.Kind, c.Text = "late", number(-n.Short)
	case float64(n.Left()) < tight*float64(n.Room):
		c.Kind = "warn"
	}
	if c.Kind != "" {
		c.Bar = filled(c.Kind, c.Bar)
	}
	return c
}

// fillNeeds makes the table of areas and weeks, with their sum last.
func (p *assignmentPage) fillNeeds() {
	if !p.InField() {
		return
	}
	for _, a := range p.Load.Areas {
		row := needRow{Title: a.Area.Title()}
		for _, n := range a.Weeks {
			row.Cells = append(row.Cells, newNeedCell(n))
		}
		if a.Need > 0 {
			p.Needs = append(p.Needs, row)
		}
	}
	all := needRow{Title: "Alla områden", All: true}
	for _, w := range p.Load.Weeks {
		c := newNeedCell(w.NeedRoom)
		if w.Short > 0 { // some areas lack room, which does not make all of them full
			c.Bar = filled("grey", c.Bar)
		}
		all.Cells = append(all.Cells, c)
	}
	p.Needs = append(p.Needs, all)
	p.Past = pastWeeks(p.Load.Setup.Round, p.Load.Weeks[0])
}

// pastWeeks says which of the period's weeks have no time left.
func pastWeeks(r survey.Round, first schedule.LoadWeek) string {
	year, from := r.Period.From.Week()
	if y, w := first.First.Week(); y == year && w == from {
		return ""
	}
	_, last := first.First.AddDays(-7).Week()
	if from == last {
		return fmt.Sprintf("Vecka %d är förbi.", from)
	}
	return fmt.Sprintf("Vecka %d–%d är förbi.", from, last)
}
