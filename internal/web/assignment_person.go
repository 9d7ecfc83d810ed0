package web

import (
	"servicematning/internal/survey"
)

// assignedPage is one evaluator's row of the matrix as a page, for telephones
// and for choosing municipalities.
type assignedPage struct {
	layout
	Row      assignmentRow
	Areas    []areaColumn
	Away     []awayRow
	Calls    string // done and room, in words
	Emails   string
	Editable bool
}

func (assignedPage) file() string { return "assignment/person.html" }

// assignedArea is one area of the page.
type assignedArea struct {
	Area areaColumn
	Cell assignmentCell
}

// Lines joins areas and cells.
func (p *assignedPage) Lines() []assignedArea {
	lines := make([]assignedArea, len(p.Areas))
	for i, a := range p.Areas {
		lines[i] = assignedArea{a, p.Row.Cells[i]}
	}
	return lines
}

func (s *Server) showAssigned(c *visit) error {
	load, err := s.Service.Load(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	r := load.Setup.Round
	e, found := load.Setup.Evaluator(c.Param("email"))
	if !found {
		return survey.ErrNotFound
	}
	m := weighed(load)
	p := &assignedPage{
		layout: layout{Title: e.Name, Round: &r}, Areas: m.areas, Away: absenceRows(e, newTeam(load)),
		Editable: c.user.May(survey.EditSetup) && !r.Frozen(),
	}
	for _, row := range m.rows {
		if row.Evaluator.Email == e.Email {
			p.Row = row
		}
	}
	for _, x := range load.Evaluators {
		if x.Email == e.Email && len(load.Weeks) > 0 {
			p.Calls, p.Emails = loadText(x.Calls), loadText(x.Emails)
		}
	}
	return s.show(c, p)
}
