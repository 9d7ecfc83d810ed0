package web

import (
	"net/url"
	"slices"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var progressRoutes = []route{
	{get, "/omgangar/:round/framsteg", (*Server).showProgress, may(survey.SeeSetup)},
}

var progressPages = []page{&progressPage{}}

// progressPage shows how far the fieldwork has come, one grouping at a time:
// counting them all at once costs more than anybody looks at.
type progressPage struct {
	layout
	Progress fieldwork.Progress
	Behind   int // contacts fewer than should be done by now
	Ahead    int // or more
	Tabs     tabs
	Lines    []progressLine
	Of       string // heading of the first column
	Sort     sorting
	Pager    pager
}

func (progressPage) file() string { return "progress/show.html" }

// progressLine is one row, with where it leads.
type progressLine struct {
	fieldwork.Line
	Phone, Email fieldwork.Tally
	URL          string
}

// groupings are the tabs, in order.
var groupings = []struct {
	key, label, heading, filter string
	by                          survey.Grouping
}{
	{"kommun", "Kommuner", "Kommun", "kommun", survey.ByMunicipality},
	{"omrade", "Frågeområden", "Frågeområde", "omrade", survey.ByArea},
	{"bedomare", "Bedömare", "Bedömare", "bedomare", survey.ByEvaluator},
	{"dag", "Dagar", "Dag", "", survey.ByDay},
}

const progressPerPage = 100

func (s *Server) showProgress(c *visit) error {
	chosen := groupings[0]
	for _, g := range groupings {
		if g.key == c.QueryParam("visa") {
			chosen = g
		}
	}
	progress, err := s.Service.Progress(c.ctx(), c.user, c.Param("round"), chosen.by)
	if err != nil {
		return err
	}
	r := progress.Setup.Round
	p := &progressPage{
		layout: layout{Title: "Framsteg", Round: &r}, Progress: progress, Of: chosen.heading,
		Sort: sortingOf(c, "namn", "-kvar", "-klara"), Tabs: tabs{Name: "Visa per"},
		Behind: max(0, progress.All.Expected-progress.All.Done), Ahead: max(0, progress.All.Done-progress.All.Expected),
	}
	for _, g := range groupings {
		p.Tabs.Items = append(p.Tabs.Items, link{
			Label: g.label, Current: g.key == chosen.key,
			URL: address("omgangar", r.Code, "framsteg") + "?visa=" + g.key,
		})
	}
	lines := p.sorted(chosen.by)
	p.Pager = newPager(c, progressPerPage, len(lines))
	for _, l := range lines[p.Pager.Offset:p.Pager.Last] {
		row := progressLine{Line: l, Phone: l.ByChannel[survey.Phone], Email: l.ByChannel[survey.Email]}
		if chosen.filter != "" && c.user.May(survey.SeeContacts) {
			row.URL = address("omgangar", r.Code, "kontakter") + "?" + url.Values{chosen.filter: {l.Key}}.Encode()
		}
		p.Lines = append(p.Lines, row)
	}
	return s.show(c, p)
}

// sorted gives the chosen lines in the order asked for; days stay in time's.
func (p *progressPage) sorted(by survey.Grouping) []fieldwork.Line {
	lines := map[survey.Grouping][]fieldwork.Line{
		survey.ByMunicipality: p.Progress.Municipalities, survey.ByArea: p.Progress.Areas,
		survey.ByEvaluator: p.Progress.Evaluators, survey.ByDay: p.Progress.Days,
	}[by]
	if by == survey.ByDay {
		return lines
	}
	sortSwedish(lines, func(l fieldwork.Line) string { return l.Name })
	switch p.Sort.Key {
	case "kvar":
		slices.SortStableFunc(lines, func(a, b fieldwork.Line) int { return a.Missing() - b.Missing() })
	case "klara":
		slices.SortStableFunc(lines, func(a, b fieldwork.Line) int { return a.Done - b.Done })
	}
	if p.Sort.Falling {
		slices.Reverse(lines)
	}
	return lines
}
