package web

import (
	"slices"
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
	Sort  sorting
	Timed bool // the rows stay in the order of time
	Pager pager
}

func (progressTablePage) file() string { return "progress/table.html" }

const progressPerPage = 100

func (s *Server) progressTable(c *visit, progress fieldwork.Progress, chosen int) error {
	g, r := groupings[chosen], progress.Setup.Round
	p := &progressTablePage{
		layout: progressLayout("Framsteg per "+strings.ToLower(g.heading), progress), Every: refreshEvery,
		Of: g.heading, Sort: sortingOf(c, "-efter", "namn", "gjort", "plan"), Tabs: tabs{Name: "Visa per"},
		Timed: g.by == survey.ByDay || g.by == byWeek,
	}
	for i, other := range groupings {
		p.Tabs.Items = append(p.Tabs.Items, link{
			Label: other.label, Current: i == chosen, URL: setupPath(r, "framsteg") + "?visa=" + other.key,
		})
	}
	rows := progressLinks{round: r, follow: c.user.May(survey.SeeContacts)}.rows(progress, g.by)
	if !p.Timed {
		p.Sort.order(rows)
	}
	p.Pager = newPager(c, progressPerPage, len(rows))
	p.Rows = rows[p.Pager.Offset:p.Pager.Last]
	return s.show(c, p)
}

// order sorts the rows as asked for; equal ones stay by name.
func (s sorting) order(rows []progressRow) {
	sortSwedish(rows, func(r progressRow) string { return r.Name })
	value := map[string]func(progressRow) int{
		"efter": func(r progressRow) int { return r.Line.Behind() },
		"gjort": func(r progressRow) int { return r.Made },
		"plan":  func(r progressRow) int { return r.Planned },
	}[s.Key]
	switch {
	case value == nil && s.Falling:
		slices.Reverse(rows)
	case value != nil && s.Falling:
		slices.SortStableFunc(rows, func(a, b progressRow) int { return value(b) - value(a) })
	case value != nil:
		slices.SortStableFunc(rows, func(a, b progressRow) int { return value(a) - value(b) })
	}
}
