package web

import (
	"cmp"
	"net/url"
	"slices"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

var readerRoutes = []route{
	{get, "/kommun", (*Server).showOwnNewest, may(survey.SeeOwnResults)},
	{get, "/kommun/sa-mats-det", (*Server).showMethod, may(survey.SeeOwnResults)},
	{get, "/kommun/:round", (*Server).showOwnResult, may(survey.SeeOwnResults)},
}

var readerPages = []page{&readerPage{}, &methodPage{}}

// readerPage is a municipality's own published result.
type readerPage struct {
	layout
	Name   string
	Empty  *emptyState // nothing is published
	Reader readerView
	Rounds []link // the rounds that are published, newest first
}

func (readerPage) file() string { return "reader/show.html" }

// readerView is what a reader sees of a round. The preview shows the very
// same, so that it cannot promise anything else.
type readerView struct {
	Round     string
	Published string // the day
	Profile   profileView
	Others    *othersView // nil: no other municipality is open
}

// othersView is other municipalities beside the own, as far as the round's
// switches open them.
type othersView struct {
	Choosable []option // to add to the table
	Chosen    []string // those added already, by code
	Keep      []option // of the address' query, besides the chosen
	Clear     string   // the address without them
	Columns   []string // the measures
	Rows      []otherRow
	Lead      string
}

type otherRow struct {
	Name  string
	Own   bool
	Cells []otherCell
}

type otherCell struct{ Value, Base string }

// newReaderView takes the table of areas' measure and the municipalities to
// compare with from the address.
func newReaderView(own fieldwork.OwnResult, at *url.URL) readerView {
	return readerView{
		Round: own.Round.Code, Published: survey.DateText(officehours.DateOf(own.Round.PublishedAt)),
		Profile: newProfileView(own.Round, own.Report, own.Profile, at.Query().Get("matt")),
		Others:  newOthersView(own, at),
	}
}

// newOthersView lists the county's or everybody's figures when those are
// open, and otherwise the municipalities that the reader has chosen.
func newOthersView(own fieldwork.OwnResult, at *url.URL) *othersView {
	if len(own.Others) == 0 {
		return nil
	}
	compare := at.Query()[compareKey]
	p := own.Round.Publication
	v := &othersView{Lead: "Länets kommuner."}
	if p.National {
		v.Lead = "Alla kommuner i mätningen."
	} else if p.Peers {
		v.Lead = "Välj kommuner att jämföra med."
		v.choose(own.Others, compare, at)
	}
	shown := slices.DeleteFunc(slices.Clone(own.Others), func(o results.Profile) bool {
		inCounty := p.County && o.Participant.CountyCode == own.Profile.Participant.CountyCode
		return !p.National && !inCounty && !slices.Contains(compare, o.Participant.Code)
	})
	sortSwedish(shown, func(o results.Profile) string { return o.Participant.Name })
	for _, code := range leadMeasures {
		m, _ := results.MeasureByCode(code)
		v.Columns = append(v.Columns, measureTitle(m))
	}
	for _, o := range append([]results.Profile{own.Profile}, shown...) {
		v.Rows = append(v.Rows, newOtherRow(o, o.Participant.Code == own.Profile.Participant.Code))
	}
	return v
}

// compareKey is the query's name for the municipalities to compare with.
const compareKey = "jamfor"

// choose lets the reader add to those that are chosen.
func (v *othersView) choose(others []results.Profile, compare []string, at *url.URL) {
	v.Choosable = municipalityOptions(others, "Välj kommun")
	v.Clear = queryWith(at, compareKey, "") + "#jamfor"
	for _, o := range v.Choosable[1:] {
		if slices.Contains(compare, o.Value) {
			v.Chosen = append(v.Chosen, o.Value)
		}
	}
	for name, values := range at.Query() {
		if name != compareKey {
			v.Keep = append(v.Keep, option{name, values[0]})
		}
	}
	slices.SortFunc(v.Keep, func(a, b option) int { return cmp.Compare(a.Value, b.Value) })
}

func newOtherRow(p results.Profile, own bool) otherRow {
	row := otherRow{Name: p.Participant.Name, Own: own}
	for _, code := range leadMeasures {
		m, _ := results.MeasureByCode(code)
		f, _ := p.Figure(code)
		row.Cells = append(row.Cells, otherCell{figureText(m, f.Result), baseText(m, f.Value)})
	}
	return row
}

// showOwnNewest shows the newest published round.
func (s *Server) showOwnNewest(c *visit) error {
	rounds, err := s.Service.OwnRounds(c.ctx(), c.user)
	if err != nil {
		return err
	}
	if len(rounds) == 0 {
		empty := nothingPublished()
		name := municipalityName(c.user.Municipality)
		return s.show(c, &readerPage{layout: layout{Title: name}, Name: name, Empty: &empty})
	}
	return s.readerPage(c, rounds[0].Code, rounds)
}

func (s *Server) showOwnResult(c *visit) error {
	rounds, err := s.Service.OwnRounds(c.ctx(), c.user)
	if err != nil {
		return err
	}
	return s.readerPage(c, c.Param("round"), rounds)
}

func (s *Server) readerPage(c *visit, code string, rounds []survey.Round) error {
	own, err := s.Service.OwnResult(c.ctx(), c.user, code)
	if err != nil {
		return err
	}
	name := own.Profile.Participant.Name
	p := &readerPage{
		layout: layout{Title: name, Round: &own.Round}, Name: name,
		Reader: newReaderView(own, c.Request().URL),
	}
	for _, r := range rounds {
		p.Rounds = append(p.Rounds, link{Label: r.Code, URL: address("kommun", r.Code), Current: r.Code == code})
	}
	return s.show(c, p)
}

// nothingPublished is what a reader finds before publication. It tells
// nothing of whether or when anything is measured.
func nothingPublished() emptyState {
	e := newEmpty("Inget resultat är publicerat", "När ett resultat för kommunen har publicerats visas det här.")
	return withAct("Så mäts det", "/kommun/sa-mats-det", e)
}

// municipalityName is the name of a code, for pages that hold no round.
func municipalityName(code string) string {
	for _, m := range survey.BundledMunicipalities() {
		if m.Code == code {
			return m.Name
		}
	}
	return "Vår kommun"
}

// methodPage says how the measurement is done, in general and, of a published
// round, with its own limits and weights.
type methodPage struct {
	layout
	Groups  []methodGroup
	Design  *survey.Design // nil: nothing is published
	Cutoff  string
	Weights []weightGroup
	Areas   []string
}

func (methodPage) file() string { return "reader/method.html" }

type methodGroup struct {
	Title    string
	Measures []methodMeasure
}

type methodMeasure struct{ Title, Formula, Unit, Better string }

type weightGroup struct {
	Title string
	Rows  []weightRow
}

type weightRow struct{ Title, Points string }

func (s *Server) showMethod(c *visit) error {
	rounds, err := s.Service.OwnRounds(c.ctx(), c.user)
	if err != nil {
		return err
	}
	p := &methodPage{layout: layout{Title: "Så mäts det"}, Groups: methodGroups()}
	if len(rounds) == 0 {
		return s.show(c, p)
	}
	own, err := s.Service.OwnResult(c.ctx(), c.user, rounds[0].Code)
	if err != nil {
		return err
	}
	d := own.Round.Design
	p.Round, p.Design = &own.Round, &d
	p.Cutoff = workingDays(d.ReplyCutoff.Hours())
	p.Weights = weightGroups(d.Weights)
	for _, a := range d.Areas {
		p.Areas = append(p.Areas, string(a))
	}
	return s.show(c, p)
}

func methodGroups() []methodGroup {
	var groups []methodGroup
	for _, m := range allMeasures {
		title := measureGroup(m)
		if len(groups) == 0 || groups[len(groups)-1].Title != title {
			groups = append(groups, methodGroup{Title: title})
		}
		last := &groups[len(groups)-1]
		last.Measures = append(last.Measures, methodMeasure{m.Title, m.Formula, unitText(m), betterText(m)})
	}
	return groups
}

func weightGroups(w survey.Weights) []weightGroup {
	rows := func(ws []survey.Weight) []weightRow {
		list := make([]weightRow, len(ws))
		for i, x := range ws {
			m, _ := results.MeasureByCode(x.Measure)
			list[i] = weightRow{m.Title, shortDecimal(x.Points)}
		}
		return list
	}
	return []weightGroup{
		{"Intryck telefon", rows(w.Phone)},
		{"Intryck e-post", rows(w.Email)},
		{"Sammanvägt helhetsintryck", []weightRow{
			{"Intryck telefon", shortDecimal(w.PhoneShare)}, {"Intryck e-post", shortDecimal(w.EmailShare)},
		}},
	}
}
