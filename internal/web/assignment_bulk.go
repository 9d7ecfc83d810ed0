package web

import (
	"slices"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// bulkPage changes the assignments of many evaluators at once. What is chosen
// stands in the address; what would change is shown before it is saved.
type bulkPage struct {
	layout
	Form    *form
	People  []bulkChoice
	Areas   []bulkChoice
	From    []option
	Preview *bulkPreview
}

func (bulkPage) file() string { return "assignment/bulk.html" }

// bulkDoes is what can be done, as the form names it.
var bulkDoes = []option{
	{string(fieldwork.BulkGive), "Tilldela områdena, i alla kommuner"},
	{string(fieldwork.BulkTake), "Ta bort områdena"},
	{string(fieldwork.BulkCopy), "Ge samma områden som en annan bedömare"},
}

// Does lists them.
func (*bulkPage) Does() []option { return bulkDoes }

// bulkChoice is a box for an evaluator or an area.
type bulkChoice struct {
	Value, Label, Note string
	On                 bool
}

// bulkPreview is what a bulk change does.
type bulkPreview struct {
	Given, Widened, Limited, Taken int // cells: new, some → all, all → some, gone
	Areas                          []bulkArea
	Hidden                         []option // the choice, for the form that saves it
}

// Cells is how many cells of the matrix change.
func (b bulkPreview) Cells() int { return b.Given + b.Widened + b.Limited + b.Taken }

// bulkArea is an area with how many may take it now and then.
type bulkArea struct{ Before, After areaColumn }

func (s *Server) showBulk(c *visit) error {
	f := newForm()
	f.values = c.QueryParams()
	if !f.given("gor") {
		f.set("gor", bulkDoes[0].Value)
	}
	return s.bulkPage(c, f)
}

func (s *Server) bulkPage(c *visit, f *form) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	if err := s.locked(c, set.Round, "tilldelning", set.Round.Open()); err != nil {
		return err
	}
	p := &bulkPage{layout: layout{Title: "Ändra flera", Round: &set.Round, Scripts: []string{"assignment.js"}}, Form: f}
	f.Failed = "Inget att visa"
	p.fill(set)
	if f.given("visa") {
		b := f.bulkChange()
		if !f.wrong(b.Check()) {
			p.Preview = newBulkPreview(set, b)
		}
	}
	return s.showForm(c, f, p)
}

// bulkChange reads the choice. The errors of the fields are told by their
// names in the form.
func (f *form) bulkChange() fieldwork.BulkChange {
	b := fieldwork.BulkChange{
		Kind: fieldwork.BulkKind(f.text("gor")), Evaluators: f.all("bedomare"), From: f.text("fran"),
	}
	for _, a := range f.all("omrade") {
		b.Areas = append(b.Areas, survey.QuestionArea(a))
	}
	return b
}

func (p *bulkPage) fill(set survey.Setup) {
	areas := map[string]int{}
	all, some := cellsOf(set.Assignments)
	for _, e := range set.Evaluators {
		for _, a := range set.Round.Design.Areas {
			if key := assignmentKey(a, e.Email); all[key] || some[key] > 0 {
				areas[e.Email]++
			}
		}
		p.From = append(p.From, option{e.Email, e.Name})
		p.People = append(p.People, bulkChoice{
			Value: e.Email, Label: e.Name, Note: number(areas[e.Email]) + plural(areas[e.Email], " område", " områden"),
			On: slices.Contains(p.Form.all("bedomare"), e.Email),
		})
	}
	sortSwedish(p.People, func(x bulkChoice) string { return x.Label })
	sortSwedish(p.From, func(x option) string { return x.Label })
	p.From = slices.Insert(p.From, 0, option{"", "Välj …"})
	for _, a := range newMatrix(set).areas {
		p.Areas = append(p.Areas, bulkChoice{
			Value: string(a.Area), Label: a.Title, Note: number(a.Takes) + " bedömare",
			On: slices.Contains(p.Form.all("omrade"), string(a.Area)),
		})
	}
}

// newBulkPreview compares the cells before and after.
func newBulkPreview(set survey.Setup, b fieldwork.BulkChange) *bulkPreview {
	after := set
	after.Assignments = b.Apply(set.Assignments)
	p := &bulkPreview{Hidden: []option{{"gor", string(b.Kind)}, {"fran", b.From}}}
	for _, e := range b.Evaluators {
		p.Hidden = append(p.Hidden, option{"bedomare", e})
	}
	for _, a := range b.Areas {
		p.Hidden = append(p.Hidden, option{"omrade", string(a)})
	}
	was, now := newMatrix(set), newMatrix(after)
	for i, row := range was.rows {
		for k, x := range row.Cells {
			p.count(x, now.rows[i].Cells[k])
		}
	}
	for i, a := range was.areas {
		if a.Takes != now.areas[i].Takes {
			p.Areas = append(p.Areas, bulkArea{a, now.areas[i]})
		}
	}
	return p
}

func (b *bulkPreview) count(was, now assignmentCell) {
	switch before, after := was.All || was.Some > 0, now.All || now.Some > 0; {
	case !before && after:
		b.Given++
	case before && !after:
		b.Taken++
	case now.All && !was.All:
		b.Widened++
	case was.All && !now.All, was.Some != now.Some:
		b.Limited++
	}
}

func (s *Server) saveBulk(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	err = s.Service.AssignMany(c.ctx(), c.user, set.Round.Code, f.version(), f.bulkChange())
	if f.wrong(err) {
		return s.bulkPage(c, f)
	}
	return s.doneSaying(c, err, setupPath(set.Round, "tilldelning"), savedAssignments(set.Round))
}
