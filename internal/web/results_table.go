package web

import (
	"cmp"
	"fmt"
	"slices"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// resultLine is one municipality's value of the chosen measure.
type resultLine struct {
	results.Figure // without places and means for a single area
	who            survey.Participant
	own            bool // the one that is marked
	takesPart      bool // in places and means: enough contacts
}

// resultRow is a line as the table writes it.
type resultRow struct {
	Code, Name            string
	Own                   bool
	Place                 string
	Dot                   dotLine
	Value, Base, Interval string
	Standing              badge
}

// meanRow is a group's mean, or the marked municipality's value beside it.
type meanRow struct {
	Label string
	N     int
	Own   bool
	Width string // of the bar
	Value string
}

// fillFrom works out everything that the choice shows.
func (p *resultsPage) fillFrom(round survey.Round, rep results.Report) {
	ch := p.Choice
	p.Measure, _ = results.MeasureByCode(ch.Measure)
	p.Title = measureTitle(p.Measure)
	p.Kick = measureGroup(p.Measure) + ", alla frågeområden"
	if ch.Area != "" {
		p.Kick = measureGroup(p.Measure) + ", " + ch.Area
	}
	p.Measures, p.Areas, p.Groups = measureOptions(), areaOptions(rep), groupOptions(rep.Profiles)
	p.Municipalities = municipalityOptions(rep.Profiles, "Ingen")

	all := linesOf(round, rep, ch)
	lines := slices.DeleteFunc(slices.Clone(all), func(l resultLine) bool {
		_, in := groupMean(ch.Group, l.who.Municipality, results.Means{})
		return !in
	})
	mean := p.addMeans(all, rep)
	scale := newChartScale(p.Measure, valuesOf(lines)...)
	p.Axis = "0–" + scale.end()
	p.Heading = map[bool]string{true: "Andel", false: "Värde"}[p.Measure.Share]
	for _, l := range all {
		p.Of = max(p.Of, l.Place.Of)
	}
	p.Notes = notesOn(p.Measure, ch, all, round.Design)
	p.Chart = newCaterpillar(p.Measure, scale, bestFirst(p.Measure, lines), mean)
	sortLines(p.Measure, lines, p.Sort)
	for _, l := range lines {
		p.Rows = append(p.Rows, newResultRow(p.Measure, scale, l, mean, ch.Area != ""))
	}
}

// linesOf picks the chosen measure, of one area or of all, out of the report.
func linesOf(round survey.Round, rep results.Report, ch resultsChoice) []resultLine {
	lines := make([]resultLine, len(rep.Profiles))
	for i, p := range rep.Profiles {
		l := &lines[i]
		*l = resultLine{who: p.Participant, own: p.Participant.Code == ch.Mark}
		l.Figure, _ = p.Figure(ch.Measure)
		l.takesPart = takesPart(p, ch.Measure, round.Design.MinBase)
		if ch.Area != "" {
			v := areaValue(p, survey.QuestionArea(ch.Area), ch.Measure)
			l.Figure = results.Figure{Measure: ch.Measure, Value: v, Small: v.Base < round.Design.SmallBase}
		}
	}
	return lines
}

// takesPart is the rule for who is in group means and places: enough counted
// contacts of the measure's channel, of both for the overall impression.
func takesPart(p results.Profile, measure string, minBase int) bool {
	m, _ := results.MeasureByCode(measure)
	return (m.Channel == survey.Email || p.Phone >= minBase) && (m.Channel == survey.Phone || p.Email >= minBase)
}

// areaValue finds a measure's value within a question area.
func areaValue(p results.Profile, area survey.QuestionArea, measure string) results.Value {
	at := slices.IndexFunc(p.Areas, func(a results.AreaProfile) bool { return a.Area == area })
	if i := measureAt(measure); at >= 0 && i >= 0 && i < len(p.Areas[at].Values) {
		return p.Areas[at].Values[i]
	}
	return results.Value{}
}

// measureAt is a measure's place in the order of results.Measures, or -1.
func measureAt(measure string) int {
	return slices.IndexFunc(allMeasures, func(m results.Measure) bool { return m.Code == measure })
}

// allMeasures is the table of measures, read once.
var allMeasures = results.Measures()

func valuesOf(lines []resultLine) []results.Optional {
	vs := make([]results.Optional, len(lines))
	for i, l := range lines {
		vs[i] = l.Result
	}
	return vs
}

// addMeans fills in the means and gives the one of all.
func (p *resultsPage) addMeans(all []resultLine, rep results.Report) results.Optional {
	if p.Choice.Area != "" {
		return p.areaMean(all, rep)
	}
	scale := newChartScale(p.Measure, valuesOf(all)...)
	groups := []string{"", p.Choice.Group}
	if own := slices.IndexFunc(all, func(l resultLine) bool { return l.own }); own >= 0 {
		p.addMean(scale, meanRow{Label: all[own].who.Name, N: 1, Own: true}, all[own].Result)
		who := all[own].who
		groups = append(groups, groupClass+who.SizeClass, groupSKR+who.SKRGroupCode, groupCounty+who.CountyCode)
	}
	var ofAll results.Optional
	for i, g := range groups {
		if slices.Contains(groups[:i], g) {
			continue
		}
		mean, n := results.Optional{}, 0
		for _, l := range all {
			m, in := groupMean(g, l.who.Municipality, l.Means)
			if !in {
				continue
			}
			mean = m
			if l.takesPart && l.Result.Known {
				n++
			}
		}
		if g == "" {
			ofAll = mean
		}
		p.addMean(scale, meanRow{Label: p.groupLabel(g), N: n}, mean)
	}
	return ofAll
}

// areaMean is the mean of all within one area; there are no others.
func (p *resultsPage) areaMean(all []resultLine, rep results.Report) results.Optional {
	at := slices.IndexFunc(rep.AreaMeans, func(a results.AreaMeans) bool { return string(a.Area) == p.Choice.Area })
	mean := rep.AreaMeans[at].Means[measureAt(p.Choice.Measure)]
	scale := newChartScale(p.Measure, valuesOf(all)...)
	n := 0
	for _, l := range all {
		if l.own {
			p.addMean(scale, meanRow{Label: l.who.Name, N: 1, Own: true}, l.Result)
		}
		if l.takesPart && l.Result.Known {
			n++
		}
	}
	p.addMean(scale, meanRow{Label: "Alla deltagande", N: n}, mean)
	return mean
}

func (p *resultsPage) addMean(s chartScale, row meanRow, v results.Optional) {
	row.Width, row.Value = cmp.Or(s.x(v), "0"), figureText(p.Measure, v)
	p.Means = append(p.Means, row)
}

// groupLabel is a group's name without its size.
func (p *resultsPage) groupLabel(group string) string {
	if group == "" {
		return "Alla deltagande"
	}
	for _, g := range p.Groups {
		for _, o := range g.Options {
			if o.Value == group {
				return beforeLastComma(o.Label)
			}
		}
	}
	return "Okänd grupp"
}

// bestFirst keeps the lines with a value and puts the best first.
func bestFirst(m results.Measure, lines []resultLine) []resultLine {
	list := slices.DeleteFunc(slices.Clone(lines), func(l resultLine) bool { return !l.Result.Known })
	sortSwedish(list, func(l resultLine) string { return l.who.Name })
	slices.SortStableFunc(list, func(a, b resultLine) int { return cmp.Compare(goodness(m, b), goodness(m, a)) })
	return list
}

// goodness is the value turned so that more is better.
func goodness(m results.Measure, l resultLine) float64 {
	if m.LowIsBest {
		return -l.Result.Value
	}
	return l.Result.Value
}

// sortLines puts the lines in the order that is asked for. What has no value
// stands last whichever way the order runs.
func sortLines(m results.Measure, lines []resultLine, by sorting) {
	sortSwedish(lines, func(l resultLine) string { return l.who.Name })
	if by.Key == "kommun" {
		if by.Falling {
			slices.Reverse(lines)
		}
		return
	}
	key := func(l resultLine) (float64, bool) { return -goodness(m, l), l.Result.Known }
	switch {
	case by.Key == "varde":
		key = func(l resultLine) (float64, bool) { return l.Result.Value, l.Result.Known }
	case by.Key == "bas":
		key = func(l resultLine) (float64, bool) { return float64(l.Base), true }
	case slices.ContainsFunc(lines, func(l resultLine) bool { return l.Place.Rank > 0 }):
		key = func(l resultLine) (float64, bool) { return float64(l.Place.Rank), l.Place.Rank > 0 }
	}
	slices.SortStableFunc(lines, func(a, b resultLine) int {
		x, hasX := key(a)
		y, hasY := key(b)
		switch {
		case hasX != hasY && hasX:
			return -1
		case hasX != hasY:
			return 1
		case by.Falling:
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	})
}

func newResultRow(m results.Measure, s chartScale, l resultLine, mean results.Optional, ofArea bool) resultRow {
	r := resultRow{
		Code: l.who.Code, Name: l.who.Name, Own: l.own, Place: "–", Dot: s.dotLine(l.Value, mean, l.own),
		Value: figureText(m, l.Result), Base: baseText(m, l.Value), Interval: intervalText(l.Value),
		Standing: standing(l.Figure),
	}
	if l.Place.Rank > 0 {
		r.Place = number(l.Place.Rank)
	}
	if ofArea && l.Result.Known && !l.Small {
		r.Standing = badge{} // one area has no places whatever its base
	}
	return r
}

// newCaterpillar draws the lines, best first; nil when there are too few.
func newCaterpillar(m results.Measure, s chartScale, lines []resultLine, mean results.Optional) *caterpillar {
	if len(lines) < 2 {
		return nil
	}
	c := &caterpillar{Marks: s.marks(), Title: caterpillarTitle(m, lines, mean), Dense: len(lines) >= denseFrom}
	c.Note = fmt.Sprintf("Punkt: %s. Streck: 95 %% osäkerhet. %s, bäst först.", unitText(m), kommuner(len(lines)))
	if !m.Share {
		c.Note = fmt.Sprintf("Punkt: %s. %s, bäst först.", unitText(m), kommuner(len(lines)))
	}
	c.Sentence = fmt.Sprintf("Punktdiagram över %s, från %s till %s.", kommuner(len(lines)),
		figureText(m, lines[0].Result), figureText(m, lines[len(lines)-1].Result))
	for i, l := range lines {
		c.add(s, i, len(lines), l.Value, l.own)
		if l.own {
			c.OwnLabel = l.who.Name + " " + figureText(m, l.Result)
			switch base := baseText(m, l.Value); {
			case m.Share:
				c.OwnLabel += ", " + base
			case base != "":
				c.OwnLabel += ", bas " + base
			}
			c.Sentence += fmt.Sprintf(" %s, 95 %% osäkerhet %s.", c.OwnLabel, intervalText(l.Value))
		}
	}
	if mean.Known {
		mark := s.mark(mean.Value, "medel för alla "+figureText(m, mean))
		c.Mean = &mark
		c.Sentence += " Medel för alla är " + figureText(m, mean) + "."
	}
	c.Sentence += " Tabellen nedan har alla värden."
	return c
}

// caterpillarTitle says what is seen: how many cannot be told from the mean,
// or how far the values reach.
func caterpillarTitle(m results.Measure, lines []resultLine, mean results.Optional) string {
	same, known := 0, 0
	for _, l := range lines {
		if !l.Low.Known || !l.High.Known || !mean.Known {
			continue
		}
		known++
		if l.Low.Value <= mean.Value && mean.Value <= l.High.Value {
			same++
		}
	}
	if known < len(lines) {
		return "Från " + figureText(m, lines[0].Result) + " till " + figureText(m, lines[len(lines)-1].Result)
	}
	return fmt.Sprintf("%s av %s går inte att skilja från medel", number(same), kommuner(known))
}

// notesOn is what to know about the measure before the table is read.
func notesOn(m results.Measure, ch resultsChoice, all []resultLine, d survey.Design) []string {
	var notes []string
	few, small, none := 0, 0, 0
	for _, l := range all {
		switch {
		case !l.Result.Known:
			none++
		case !l.takesPart:
			few++
		case l.Small:
			small++
		}
	}
	if ch.Area != "" {
		notes = append(notes, "Inom ett frågeområde är basen liten: värdena visar riktning och får ingen plats.")
	} else if few > 0 {
		notes = append(notes, fmt.Sprintf("%s har färre än %d kontakter som räknas. "+
			"De visas utan plats och är inte med i medel.", kommuner(few), d.MinBase))
	}
	if ch.Area == "" && small > 0 {
		notes = append(notes, fmt.Sprintf("%s har en bas under %d och därför ingen plats.", kommuner(small), d.SmallBase))
	}
	if none > 0 {
		notes = append(notes, kommuner(none)+" har ingen kontakt att räkna. Det skrivs –, aldrig 0 %.")
	}
	notes = append(notes, "Gruppmedel är ovägda: varje kommuns värde väger lika.")
	if m.Impression {
		notes = append(notes, "Osäkerheten för intryck är inte beräknad. Omgångens vikter står under Upplägg.")
	}
	return notes
}
