package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"servicematning/internal/export"
	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var progressRoutes = []route{
	{get, "/omgangar/:round/framsteg", (*Server).showProgress, may(survey.SeeSetup)},
	{get, "/omgangar/:round/framsteg.csv", (*Server).downloadProgress, may(survey.SeeSetup)},
}

var progressPages = []page{&progressPage{}, &progressTablePage{}}

// progressPage shows how far the fieldwork has come and when it will be done.
type progressPage struct {
	layout
	Progress  fieldwork.Progress
	Lead      string // the whole page in a sentence or two
	Every     int    // seconds between two refreshes
	Tiles     []progressTile
	Chart     burnUp
	Pace      string // what the pace is and what it would have to be
	Still     []stillRow
	MoreStill []stillRow // beyond the first ones
	Tables    progressTables
}

func (progressPage) file() string { return "progress/show.html" }

// progressTables are the rows furthest behind, and how many there are in all.
type progressTables struct {
	Areas, Evaluators, Municipalities          []progressRow
	AllAreas, AllEvaluators, AllMunicipalities int
	Weeks                                      []progressRow
}

// refreshEvery is how often the page fetches new numbers, in seconds.
const refreshEvery = 45

// How many rows of each table the first page shows.
const (
	shownStill = 4
	shownAreas = 6
	shownRows  = 10
)

func (s *Server) showProgress(c *visit) error {
	progress, err := s.Service.Progress(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	if g, ok := progressGrouping(c.QueryParam("visa")); ok {
		return s.progressTable(c, progress, g)
	}
	frame := progressLayout("Framsteg", progress)
	p := &progressPage{
		layout: frame, Progress: progress, Lead: progressLead(progress), Every: refreshEvery,
		Tiles: progressTiles(progress), Chart: newBurnUp(progress), Pace: paceText(progress),
	}
	links := progressLinks{round: progress.Setup.Round, follow: c.user.May(survey.SeeContacts)}
	p.Still = links.stillRows(progress)
	if len(p.Still) > shownStill {
		p.Still, p.MoreStill = p.Still[:shownStill], p.Still[shownStill:]
	}
	furthest := func(by survey.Grouping, most int) ([]progressRow, int) {
		rows := links.rows(progress, by)
		slices.SortStableFunc(rows, furtherBehind)
		return rows[:min(most, len(rows))], len(rows)
	}
	t := &p.Tables
	t.Areas, t.AllAreas = furthest(survey.ByArea, shownAreas)
	t.Evaluators, t.AllEvaluators = furthest(survey.ByEvaluator, shownRows)
	t.Municipalities, t.AllMunicipalities = furthest(survey.ByMunicipality, shownRows)
	t.Weeks = links.rows(progress, byWeek)
	return s.show(c, p)
}

// progressLayout is the frame of both pages: they say when they were counted,
// and fetch themselves anew.
func progressLayout(title string, p fieldwork.Progress) layout {
	r := p.Setup.Round
	l := layout{Title: title, Round: &r, Scripts: busy}
	if !r.Frozen() {
		l.Saved, l.Recount, l.Scripts = "Räknat "+survey.ClockText(p.At), true, append(busy, "refresh.js")
	}
	return l
}

// Table is the address of one grouping in full.
func (p *progressPage) Table(key string) string {
	return setupPath(*p.Round, "framsteg") + "?visa=" + key
}

// Simulate reports whether what is left can be rehearsed.
func (p *progressPage) Simulate() bool {
	stage := p.Round.Stage
	return p.Progress.All.Planned > p.Progress.All.Made && (stage == survey.Draft || stage == survey.Fieldwork)
}

// byWeek is the days' grouping, summed by week.
const byWeek survey.Grouping = "week"

// groupings are the tables in full, in order.
var groupings = []struct {
	key, label, heading, filter string
	by                          survey.Grouping
}{
	{"kommun", "Kommuner", "Kommun", "kommun", survey.ByMunicipality},
	{"omrade", "Frågeområden", "Frågeområde", "omrade", survey.ByArea},
	{"bedomare", "Bedömare", "Bedömare", "bedomare", survey.ByEvaluator},
	{"vecka", "Veckor", "Vecka", "", byWeek},
	{"dag", "Dagar", "Dag", "", survey.ByDay},
}

func progressGrouping(key string) (index int, ok bool) {
	for i, g := range groupings {
		if g.key == key {
			return i, true
		}
	}
	return 0, false
}

// groupingLines gives a grouping's lines.
func groupingLines(p fieldwork.Progress, by survey.Grouping) []fieldwork.Line {
	return map[survey.Grouping][]fieldwork.Line{
		survey.ByMunicipality: p.Municipalities, survey.ByArea: p.Areas, survey.ByEvaluator: p.Evaluators,
		survey.ByDay: p.Days, byWeek: p.Weeks,
	}[by]
}

// progressRow is a line of a table with how it compares with the plan.
type progressRow struct {
	fieldwork.Line
	Phone, Email fieldwork.Tally
	URL          string // its contacts; "" where there is no list of them
	Bar          barPart
	State        badge
	Note         string // why it is behind, where that is known
	NotDue       bool   // nothing was expected yet
}

// Behind is the words for a negative or positive difference.
func (r progressRow) Behind() string {
	if r.NotDue {
		return "–"
	}
	return behindText(r.Line.Behind())
}

// behindText is the words for so many contacts behind the plan; before it when
// negative.
func behindText(n int) string {
	switch {
	case n > 0:
		return number(n) + " efter"
	case n < 0:
		return number(-n) + " före"
	}
	return "0"
}

// behindShare is the part of what was expected that is made.
func (r progressRow) behindShare() float64 {
	if r.Expected == 0 {
		return 1
	}
	return float64(r.Made) / float64(r.Expected)
}

// furtherBehind sorts by what is missing of what was expected.
func furtherBehind(a, b progressRow) int {
	x, y := a.behindShare(), b.behindShare()
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return b.Line.Behind() - a.Line.Behind()
}

// Below these parts of what was expected a line is a little, and far behind.
const (
	inPhase = 0.95
	farGone = 0.80
)

// progressLinks makes rows whose names lead to their contacts, for those who
// may see contacts.
type progressLinks struct {
	round  survey.Round
	follow bool
}

func (l progressLinks) rows(p fieldwork.Progress, by survey.Grouping) []progressRow {
	lines, notes, most := groupingLines(p, by), stillNotes(p.Still), 1
	for _, line := range lines {
		most = max(most, line.Made, line.Expected)
	}
	filter := ""
	for _, g := range groupings {
		if g.by == by {
			filter = g.filter
		}
	}
	var rows []progressRow
	for _, line := range lines {
		row := progressRow{
			Line: line, Phone: line.ByChannel[survey.Phone], Email: line.ByChannel[survey.Email],
			Bar: newBar(line.Made, most*5/4), Note: capital(notes[stillKey{by, line.Key}]), NotDue: line.Expected == 0,
		}
		if line.Expected > 0 {
			row.Bar = tick(line.Expected, row.Bar)
		}
		if filter != "" {
			row.URL = l.contacts(filter, line.Key, "lage", "live") // a line counts no voided ones
		}
		row.State = stateOf(p, by, &row)
		rows = append(rows, row)
	}
	return rows
}

// contacts is the address of the contacts that have the value, "" for those
// who may not see them.
func (l progressLinks) contacts(pairs ...string) string {
	if !l.follow {
		return ""
	}
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return setupPath(l.round, "kontakter") + "?" + q.Encode()
}

// stateOf says how a line stands, and colours its bar when it is far behind.
func stateOf(p fieldwork.Progress, by survey.Grouping, row *progressRow) badge {
	behind, away := number(row.Line.Behind())+" efter", ""
	if by == survey.ByEvaluator && p.Setup.Round.Stage == survey.Fieldwork {
		away = p.Away(row.Key)
	}
	share := row.behindShare()
	if away != "" && share < farGone && row.Note == "" {
		row.Note = capital(away) + "."
	}
	switch {
	case away != "" && share >= farGone:
		return badge{"", away}
	case row.NotDue:
		return badge{"", "inget väntat än"}
	case share < farGone:
		row.Bar = filled("late", row.Bar)
		return badge{"late", behind}
	case share < inPhase:
		return badge{"warn", behind}
	}
	return badge{"ok", "i fas"}
}

// downloadProgress sends every grouping's numbers as a file.
func (s *Server) downloadProgress(c *visit) error {
	p, err := s.Service.Progress(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	var rows []export.ProgressRow
	for _, g := range groupings {
		for _, l := range groupingLines(p, g.by) {
			for _, ch := range survey.Channels {
				t := l.ByChannel[ch]
				rows = append(rows, export.ProgressRow{
					Grouping: string(g.by), Key: l.Key, Name: l.Name, Channel: ch,
					Planned: t.Planned, Expected: t.Expected, Made: t.Made, Begun: t.Begun,
					Finished: t.Done, Approved: t.Approved, Returned: t.Returned, Void: t.Void,
				})
			}
		}
	}
	header := c.Response().Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", "attachment; filename="+strconv.Quote("framsteg-"+p.Setup.Round.Code+".csv"))
	c.Response().WriteHeader(http.StatusOK)
	return export.WriteProgressCSV(c.Response(), rows)
}

// stillKey is a line that something is said about.
type stillKey struct {
	by  survey.Grouping
	key string
}

// stillNotes are the causes by line.
func stillNotes(list []fieldwork.Standstill) map[stillKey]string {
	notes := map[stillKey]string{}
	by := map[fieldwork.Obstacle]survey.Grouping{
		fieldwork.StillArea: survey.ByArea, fieldwork.StillMunicipality: survey.ByMunicipality,
		fieldwork.StillEvaluator: survey.ByEvaluator, fieldwork.StillBounced: survey.ByMunicipality,
	}
	for _, s := range list {
		if g, ok := by[s.Kind]; ok {
			at := stillKey{g, s.Key}
			notes[at] = strings.TrimSpace(notes[at] + " " + s.Why)
		}
	}
	return notes
}

// Percent is what is made of what was expected, "92 %".
func (r progressRow) Percent() string {
	if r.NotDue {
		return "–"
	}
	return fullPercent(r.behindShare())
}
