package web

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"

	"servicematning/internal/fieldwork"
	"servicematning/internal/results"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var rehearsalRoutes = []route{
	{get, "/omgangar/:round/genrep", (*Server).showRehearsal, may(survey.SeeSetup)},
}

var rehearsalPages = []page{&rehearsalPage{}}

// rehearsalPage shows how the fieldwork would go under what is supposed.
type rehearsalPage struct {
	layout
	View     fieldwork.RehearsalView
	Form     *form
	Lead     string
	Source   string // where the proposed values come from
	Tiles    []progressTile
	Finish   []finishRow
	Of       string // whose measures are shown
	All      string // the address without a chosen municipality; "" when none is chosen
	Measures []measureRow
	Places   []placeRow
	Pager    pager
	Limits   survey.Design
}

func (rehearsalPage) file() string { return "rehearsal/show.html" }

// finishRow is one day on which runs were done.
type finishRow struct {
	Day         string
	Runs        int
	Bar         barPart
	Share       string
	Accumulated string
	Last        bool // the period's last day
}

// measureRow is one measure with how exact it will be.
type measureRow struct {
	Title, Population, Mean, Low, Width, Last, WidthLast string
	Small                                                bool
	Group                                                string // "" but for the first of a channel
}

// placeRow is one municipality's bases.
type placeRow struct {
	Name, URL string
	Chosen    bool
	Bases     []baseCell
	Outside   bool
	Small     bool
}

type baseCell struct{ Mean, Low string }

const placesPerPage = 100

// supposed are the fields of the form: shares in per cent.
var supposed = []struct {
	name, label, hint string
	low, high         float64
	value             func(*schedule.Assumptions) *float64
	percent           bool
}{
	{"forsta", "Når handläggare vid första uppringningen, %", "", 0, 100,
		func(a *schedule.Assumptions) *float64 { return &a.ReachedFirst }, true},
	{"omring", "Når handläggare vid omringning, %", "", 0, 100,
		func(a *schedule.Assumptions) *float64 { return &a.ReachedAgain }, true},
	{"svarar", "Huvudnumret svarar, %", "Andel av uppringningarna", 0, 100,
		func(a *schedule.Assumptions) *float64 { return &a.Answered }, true},
	{"fler", "Missade samtal som får ringas om, %", "Högst så många försök som upplägget säger", 0, 100,
		func(a *schedule.Assumptions) *float64 { return &a.Retried }, true},
	{"sjuk", "Sjukfrånvaro, % av dagarna", "", 0, 50,
		func(a *schedule.Assumptions) *float64 { return &a.Ill }, true},
	{"sjukdagar", "En sjukperiod varar, arbetsdagar", "", 1, 30,
		func(a *schedule.Assumptions) *float64 { return &a.IllDays }, false},
	{"fart", "Fart, % av dagskapaciteten", "", 10, 200,
		func(a *schedule.Assumptions) *float64 { return &a.Speed }, true},
	{"svar", "E-brev som besvaras, %", "Någon gång, även efter stoppgränsen", 0, 100,
		func(a *schedule.Assumptions) *float64 { return &a.Replied }, true},
	{"svarstid", "Median till svar, kontorstimmar", "", 0.1, 500,
		func(a *schedule.Assumptions) *float64 { return &a.ReplyHours }, false},
}

func (s *Server) showRehearsal(c *visit) error {
	code := c.Param("round")
	f := &form{values: url.Values{}}
	for name, values := range c.QueryParams() {
		f.values[name] = values
	}
	req := fieldwork.RehearsalRequest{Seed: firstSeed}
	if f.given("fro") {
		seed := f.int("fro")
		if seed < 0 {
			f.Errors.Add("fro", "Skriv ett heltal som inte är negativt.")
		}
		req.Seed = uint64(max(0, seed))
	}
	if f.given(supposed[0].name) {
		if a := readAssumptions(f); f.ok() {
			req.Assumptions = &a
		}
	}
	v, err := s.Service.Rehearsal(c.ctx(), c.user, code, req)
	if err != nil {
		return err
	}
	if f.ok() {
		fillAssumptions(f, v.Assumptions, req.Seed)
	}
	r := v.Setup.Round
	p := &rehearsalPage{
		layout: layout{Title: "Genrep", Round: &r, Scripts: busy}, View: v, Form: f, Limits: r.Design, Source: sourceText(v),
	}
	if r.Stage == survey.Fieldwork {
		p.Title = "Simulera resten"
	}
	if v.Left > 0 {
		p.fill(c, f.text("kommun"))
	}
	return s.showForm(c, f, p)
}

// readAssumptions reads the form. What is out of bounds is said.
func readAssumptions(f *form) schedule.Assumptions {
	var a schedule.Assumptions
	for _, field := range supposed {
		x := f.decimal(field.name)
		if f.Errors.On(field.name) == "" && (x < field.low || x > field.high) {
			f.Errors.Add(field.name,
				fmt.Sprintf("Skriv ett tal mellan %s och %s.", plainDecimal(field.low), plainDecimal(field.high)))
		}
		if field.percent {
			x /= 100
		}
		*field.value(&a) = x
	}
	return a
}

// fillAssumptions shows what was supposed.
func fillAssumptions(f *form, a schedule.Assumptions, seed uint64) {
	for _, field := range supposed {
		x := *field.value(&a)
		if field.percent {
			x *= 100
		}
		f.set(field.name, plainDecimal(x))
	}
	f.set("fro", fmt.Sprint(seed))
}

// plainDecimal writes a number with one decimal at the most: "72,5", "3".
func plainDecimal(x float64) string {
	if whole := math.Round(x); math.Abs(x-whole) < 0.05 {
		return decimal(0, whole)
	}
	return decimal(1, x)
}

// Fields are the controls of the form.
func (p *rehearsalPage) Fields() []field {
	var list []field
	for _, x := range supposed {
		list = append(list, withMode("decimal", withSize(6, withHint(x.hint, newField(p.Form, x.name, x.label)))))
	}
	seed := withHint("Samma frö ger samma svar", newField(p.Form, "fro", "Frö"))
	return append(list, withMode("numeric", withSize(6, seed)))
}

// fill works out what is shown.
func (p *rehearsalPage) fill(c *visit, municipality string) {
	v := p.View
	p.Lead, p.Tiles, p.Finish = rehearsalLead(v), rehearsalTiles(v), finishRows(v)
	p.Of = "En vanlig kommun"
	measures := v.Measures
	if own, ok := v.Of(municipality); ok {
		participant, _ := v.Setup.Participant(municipality)
		p.Of, measures = participant.Name, own
		p.All = queryWith(c.Request().URL, "kommun", "")
	}
	p.Measures = measureRows(measures)
	bases := slices.Clone(v.Bases)
	slices.SortStableFunc(bases, func(a, b fieldwork.MunicipalityBases) int {
		return cmp.Or(cmp.Compare(lowest(a), lowest(b)), cmp.Compare(a.Participant.Name, b.Participant.Name))
	})
	p.Pager = newPager(c, placesPerPage, len(bases))
	for _, m := range bases[p.Pager.Offset:p.Pager.Last] {
		row := placeRow{
			Name: m.Participant.Name, Outside: m.Outside, Chosen: m.Participant.Code == municipality,
			URL: queryWith(c.Request().URL, "kommun", m.Participant.Code) + "#h-measures",
		}
		for _, pop := range results.Populations {
			b := m.Bases[pop]
			row.Bases = append(row.Bases, baseCell{plainDecimal(b.Mean), number(b.Low)})
			row.Small = row.Small || b.Low < p.Limits.SmallBase
		}
		p.Places = append(p.Places, row)
	}
}

// lowest is the smallest of a municipality's low bases.
func lowest(m fieldwork.MunicipalityBases) int {
	n := math.MaxInt
	for _, b := range m.Bases {
		n = min(n, b.Low)
	}
	return n
}

// populationTitles are the bases in words, in the order of results.Populations.
var populationTitles = map[results.Population]string{
	results.AllCalls: "alla samtal", results.ReachedCalls: "nådda samtal", results.AnsweredCalls: "besvarade samtal",
	results.AllEmails: "alla e-brev", results.RepliedEmails: "besvarade e-brev",
}

func measureRows(list []fieldwork.ExpectedMeasure) []measureRow {
	var rows []measureRow
	group := ""
	for _, m := range list {
		pop, _ := results.BaseOf(m.Measure.Code)
		row := measureRow{
			Title: m.Measure.Title, Population: populationTitles[pop],
			Mean: plainDecimal(m.Base.Mean), Low: number(m.Base.Low), Width: pointsText(m.Width), WidthLast: pointsText(m.WidthLast), Last: "–", Small: m.Small,
		}
		if m.Last.Known {
			row.Last = figureText(m.Measure, m.Last)
		}
		if g := measureGroup(m.Measure); g != group {
			group, row.Group = g, g
		}
		rows = append(rows, row)
	}
	return rows
}

// pointsText writes the width of an interval in percentage points.
func pointsText(v results.Optional) string {
	if !v.Known {
		return "–"
	}
	return decimal(1, v.Value)
}

// finishRows are the days on which runs were done, the few on the edges
// together with their neighbours.
func finishRows(v fieldwork.RehearsalView) []finishRow {
	o, done, most := v.Outcome, 0, 1
	for _, f := range o.Finish {
		most = max(most, f.Runs)
	}
	var rows []finishRow
	for _, f := range o.Finish {
		done += f.Runs
		bar := newBar(f.Runs, most)
		if f.Date.After(v.Setup.Round.Period.To) {
			bar = filled("late", bar)
		}
		rows = append(rows, finishRow{
			Day: survey.DayText(f.Date), Runs: f.Runs, Bar: bar, Share: percent(float64(f.Runs) / float64(o.Runs)),
			Accumulated: percent(float64(done) / float64(o.Runs)), Last: f.Date == v.Setup.Round.Period.To,
		})
	}
	if o.Never > 0 {
		rows = append(rows, finishRow{
			Day: "senare eller aldrig", Runs: o.Never, Bar: filled("late", newBar(o.Never, max(most, o.Never))),
			Share: percent(float64(o.Never) / float64(o.Runs)), Accumulated: percent(1),
		})
	}
	return rows
}

// sourceText says where the proposed values come from.
func sourceText(v fieldwork.RehearsalView) string {
	if v.Previous == "" {
		return "Ingen tidigare omgång är stängd. Värdena är erfarenhetstal; ändra dem efter vad ni vet."
	}
	return "Hur ofta någon nås, svarar och besvarar, och tiden till svar, är resultatet av omgång " + v.Previous +
		". Omringning, sjukfrånvaro och fart är erfarenhetstal."
}

// rehearsalLead is the outcome in a sentence.
func rehearsalLead(v fieldwork.RehearsalView) string {
	o := v.Outcome
	half, most := o.Quantile(0.5), o.Quantile(0.9)
	text := fmt.Sprintf("I %s av %s genomgångar blir fältarbetet klart i tid.",
		number(int(math.Round(o.InPeriod*float64(o.Runs)))), number(o.Runs))
	switch {
	case half.IsZero():
		return text + " I mer än hälften av fallen blir det inte klart alls med den här bemanningen."
	case half == most:
		return text + " Nio gånger av tio är det klart senast " + survey.DayText(most) + "."
	case most.IsZero():
		return text + " Hälften av gångerna är det klart senast " + survey.DayText(half) + "."
	}
	return fmt.Sprintf("%s Hälften av gångerna är det klart senast %s, nio gånger av tio senast %s.", text,
		survey.DayText(half), survey.DayText(most))
}

func rehearsalTiles(v fieldwork.RehearsalView) []progressTile {
	o, r := v.Outcome, v.Setup.Round
	outside, small := 0, 0
	for _, m := range v.Bases {
		if m.Outside {
			outside++
		}
		if lowest(m) < r.Design.SmallBase {
			small++
		}
	}
	state := badge{"ok", "i tid"}
	if o.InPeriod < 0.9 {
		state = badge{"warn", "osäkert"}
	}
	if o.InPeriod < 0.5 {
		state = badge{"late", "troligen för sent"}
	}
	left := progressTile{
		Title: "Kvar att göra", Value: number(v.Left), Lines: []string{"från " + survey.DayText(v.From)},
	}
	if v.Made > 0 {
		left.Of = "av " + number(v.Left+v.Made)
	}
	return []progressTile{
		left,
		{Title: "Klart i tid", Value: fullPercent(o.InPeriod), State: state,
			Lines: []string{"senast " + survey.DayText(r.Period.To)}},
		{Title: "Hälften av gångerna", Value: survey.DayText(o.Quantile(0.5)), Lines: []string{"klart senast då"}},
		{Title: "Nio gånger av tio", Value: survey.DayText(o.Quantile(0.9)), Lines: []string{"klart senast då"}},
		{Title: "Uppringningar per samtal", Value: decimal(2, o.Dials),
			Lines: []string{fmt.Sprintf("högst %d försök", r.Design.MaxAttempts)}},
		{Title: "Kommuner med liten bas", Value: number(small),
			Lines: []string{fmt.Sprintf("under %d i något mått", r.Design.SmallBase),
				fmt.Sprintf("%d riskerar att stå utan placering", outside)}},
	}
}
