package web

import (
	"net/http"
	"strings"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// profilePage shows one municipality's figures to those who see all of them.
type profilePage struct {
	layout
	Frozen  *frozenFacts
	Profile profileView
	Others  []option // to go to another municipality
	CSV     string
	JSON    string
}

func (profilePage) file() string { return "municipality/show.html" }

func (s *Server) showProfile(c *visit) error {
	round, rep, err := s.roundReport(c)
	if err != nil {
		return err
	}
	profile, ok := rep.Profile(c.Param("municipality"))
	if !ok {
		return survey.ErrNotFound
	}
	p := &profilePage{
		layout:  resultsLayout(round, rep, profile.Participant.Name),
		Profile: newProfileView(round, rep, profile, c.QueryParam("matt")),
		Others:  municipalityOptions(rep.Profiles, "")[1:],
	}
	query := "?kommun=" + profile.Participant.Code
	p.CSV = address("omgangar", round.Code, "resultat.csv") + query
	p.JSON = address("omgangar", round.Code, "resultat.json") + query
	if p.Frozen, err = s.frozenFacts(c, round, rep); err != nil {
		return err
	}
	return s.show(c, p)
}

// chooseProfile leads from the list of municipalities to the one chosen.
func (s *Server) chooseProfile(c *visit) error {
	return c.Redirect(http.StatusSeeOther, address("omgangar", c.Param("round"), "resultat", c.QueryParam("kommun")))
}

// profileView is a municipality's result as it is shown to its readers and to
// those who prepare it: the same content for all.
type profileView struct {
	Name, Code string
	Kick       string // county, population, groups
	Counted    string // what the figures rest on
	Previous   string // the round that changes are counted from, or ""
	Warning    string // too few contacts to have places
	Tiles      []figureTile
	Groups     []figureGroup
	ByChannel  []levelGroup
	Times      []timeRow
	TimesBase  int
	Heat       areaHeat
	Areas      areaTable
	Measures   []optionGroup // to choose what the table of areas shows
	Empty      bool          // no contact of the municipality counts
}

// leadMeasures are the at most six figures that are shown first.
var leadMeasures = []string{
	"phone_reached_60", "phone_direct_answer", "phone_treatment",
	"email_replied_1d", "email_answer", "overall_impression",
}

// newProfileView works a municipality's result out for the page. areaMeasure
// is what the table of areas shows.
func newProfileView(round survey.Round, rep results.Report, p results.Profile, areaMeasure string) profileView {
	who := p.Participant
	v := profileView{
		Name: who.Name, Code: who.Code, Kick: groupsText(who.Municipality), Empty: p.Phone+p.Email == 0,
		Counted:   number(p.Phone) + " samtal och " + number(p.Email) + " e-brev räknas.",
		Times:     timeRows(p),
		TimesBase: p.Phone,
		Heat:      newAreaHeat(p),
		Measures:  measureOptions(),
	}
	if d := round.Design; p.Phone < d.MinBase || p.Email < d.MinBase {
		v.Warning = "Minst " + number(d.MinBase) + " kontakter av ett slag behövs för plats och jämförelse. " + v.Counted
	}
	for _, f := range p.Figures {
		v.add(f)
	}
	for _, code := range leadMeasures {
		if f, ok := p.Figure(code); ok {
			v.Tiles = append(v.Tiles, newFigureTile(f, p))
		}
	}
	v.ByChannel = levelGroups(p.Distributions)
	v.Areas = newAreaTable(rep, p, areaMeasure)
	return v
}

// groupsText says which groups the municipality is compared in.
func groupsText(m survey.Municipality) string {
	parts := []string{m.County, number(m.Population) + " invånare", strings.ToLower(m.SKRGroup),
		"storleksklass " + sizeClassText(m.SizeClass)}
	var known []string
	for _, part := range parts {
		if part != "" {
			known = append(known, part)
		}
	}
	return strings.Join(known, " · ")
}

// figureGroup is the figures of one channel.
type figureGroup struct {
	Title string
	Rows  []figureRow
}

// figureRow is one measure with all that it is compared with.
type figureRow struct {
	Measure                 results.Measure
	Value, Base, Interval   string
	Dot                     dotLine
	Place, InCounty, InSize string
	Standing                badge
	All, Size, County, SKR  string // means
	Before                  string // the value in the previous round
	Change                  changeView
	Rescaled                bool
}

func (v *profileView) add(f results.Figure) {
	m, ok := results.MeasureByCode(f.Measure)
	if !ok {
		return // a frozen round may hold what is no longer measured
	}
	if title := measureGroup(m); len(v.Groups) == 0 || v.Groups[len(v.Groups)-1].Title != title {
		v.Groups = append(v.Groups, figureGroup{Title: title})
	}
	last := &v.Groups[len(v.Groups)-1]
	last.Rows = append(last.Rows, newFigureRow(m, f))
	if f.Previous != nil {
		v.Previous = f.Previous.Round
	}
}

func newFigureRow(m results.Measure, f results.Figure) figureRow {
	scale := newChartScale(m, f.Result, f.Means.All, f.Means.SizeClass)
	r := figureRow{
		Measure: m, Value: figureText(m, f.Result), Base: baseText(m, f.Value), Interval: intervalText(f.Value),
		Dot:   scale.dotLine(f.Value, f.Means.SizeClass, true),
		Place: placeText(f.Place), InCounty: placeText(f.InCounty), InSize: placeText(f.InClass), Standing: standing(f),
		All: figureText(m, f.Means.All), Size: figureText(m, f.Means.SizeClass),
		County: figureText(m, f.Means.County), SKR: figureText(m, f.Means.SKRGroup),
		Before: "–", Change: newChange(m, f.Previous), Rescaled: f.Rescaled,
	}
	if f.Previous != nil {
		r.Before = figureText(m, f.Previous.Value)
	}
	return r
}

// figureTile is a lead figure.
type figureTile struct {
	Title, Number, Unit   string
	Dot                   dotLine
	Base, Interval, Peers string
	Place                 string
	Since                 string // the previous round's code, or ""
	Change                changeView
}

func newFigureTile(f results.Figure, p results.Profile) figureTile {
	m, _ := results.MeasureByCode(f.Measure)
	row := newFigureRow(m, f)
	t := figureTile{
		Title: measureTitle(m), Number: row.Value, Dot: row.Dot, Base: row.Base,
		Peers: strings.TrimSuffix(row.Size, nbsp+"%"), Change: row.Change,
	}
	switch {
	case m.Impression:
		t.Unit, t.Base = "poäng", number(p.Phone+p.Email)+" kontakter"
	case f.Result.Known:
		t.Number, t.Unit = strings.TrimSuffix(row.Value, nbsp+"%"), "%"
	}
	if row.Interval != "–" {
		t.Interval = row.Interval
	}
	if f.Place.Rank > 0 {
		t.Place = "plats " + row.Place
	}
	if f.Previous != nil {
		t.Since = f.Previous.Round
	}
	return t
}
