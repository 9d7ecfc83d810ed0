package web

import (
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// progressTablePage shows one grouping in full.
type progressTablePage struct {
	layout
	Every int
	Of    string // heading of the first column
	Tabs  tabs
	Rows  []progressRow
	Table table
	Timed bool // the rows stay in the order of time
	Pager pager
}

func (progressTablePage) file() string { return "progress/table.html" }

const progressPerPage = 100

func (s *Server) progressTable(c *visit, progress fieldwork.Progress, chosen int) error {
	g, r := groupings[chosen], progress.Setup.Round
	p := &progressTablePage{
		layout: progressLayout("Framsteg per "+strings.ToLower(g.heading), progress), Every: refreshEvery,
		Of: g.heading, Tabs: tabs{Name: "Visa per"},
		Timed: g.by == survey.ByDay || g.by == byWeek,
	}
	for i, other := range groupings {
		p.Tabs.Items = append(p.Tabs.Items, link{
			Label: other.label, Current: i == chosen, URL: setupPath(r, "framsteg") + "?visa=" + other.key,
		})
	}
	rows := progressLinks{round: r, follow: c.user.May(survey.SeeContacts)}.rows(progress, g.by)
	if !p.Timed {
		rows, p.Table = progressTable.sift(c, rows)
	}
	p.Pager = newPager(c, progressPerPage, len(rows))
	p.Rows = rows[p.Pager.Offset:p.Pager.Last]
	return s.show(c, p)
}

var progressTable = tableRules[progressRow]{
	start: "-efter", label: "Namn",
	name:  func(r progressRow) string { return r.Name },
	words: func(r progressRow) string { return r.Name },
	numbers: map[string]func(progressRow) float64{
		"efter":      func(r progressRow) float64 { return float64(r.Line.Behind()) },
		"gjort":      func(r progressRow) float64 { return float64(r.Made) },
		"vantat":     func(r progressRow) float64 { return float64(r.Expected) },
		"plan":       func(r progressRow) float64 { return float64(r.Planned) },
		"makulerade": func(r progressRow) float64 { return float64(r.Void) },
	},
}
