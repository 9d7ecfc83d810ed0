package web

import (
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// levelGroup is how the ratings of one channel are spread.
type levelGroup struct {
	Title string
	Bars  []levelBar
}

func levelGroups(ds []results.Distribution) []levelGroup {
	var groups []levelGroup
	for _, ch := range survey.Channels {
		g := levelGroup{Title: channelTitle(ch)}
		for _, d := range ds {
			if d.Channel == ch {
				g.Bars = append(g.Bars, newLevelBar(d))
			}
		}
		if len(g.Bars) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func channelTitle(ch survey.Channel) string {
	if ch == survey.Phone {
		return "Telefon"
	}
	return "E-post"
}

// timeRow is how many calls reached a handläggare within a span of waiting.
type timeRow struct {
	Title string
	Count int
	Width string
	Share string
	Last  bool // never reached
}

func timeRows(p results.Profile) []timeRow {
	rows := make([]timeRow, len(p.AnswerTimes))
	for i, c := range p.AnswerTimes {
		rows[i] = timeRow{
			Title: c.Title, Count: c.Count, Width: percentOf(float64(c.Count), float64(p.Phone)),
			Share: "–", Last: i == len(p.AnswerTimes)-1,
		}
		if p.Phone > 0 {
			rows[i].Share = percent(float64(c.Count) / float64(p.Phone))
		}
	}
	return rows
}

// areaHeat is areas by main measures: the number in every cell, the colour
// only repeats it.
type areaHeat struct {
	Columns []string
	Rows    []heatRow
}

type heatRow struct {
	Area  string
	Cells []heatCell
}

type heatCell struct{ Text, Class string }

// heatMeasures are the shares that the areas are told apart by.
var heatMeasures = []struct{ code, title string }{
	{"phone_reached_60", "Kontakt 60 s"}, {"phone_direct_answer", "Direkt svar"}, {"phone_information", "God information"},
	{"phone_treatment", "Gott bemötande"}, {"email_replied_1d", "Svar en dag"}, {"email_answer", "Svar, e-post"},
}

func newAreaHeat(p results.Profile) areaHeat {
	var h areaHeat
	for _, m := range heatMeasures {
		h.Columns = append(h.Columns, m.title)
	}
	for _, a := range p.Areas {
		row := heatRow{Area: a.Area.Title()}
		for _, m := range heatMeasures {
			row.Cells = append(row.Cells, newHeatCell(areaValue(p, a.Area, m.code)))
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

func newHeatCell(v results.Value) heatCell {
	if v.Base == 0 {
		return heatCell{"–", "q0"}
	}
	step := min(6, 7*v.Count/v.Base)
	return heatCell{number(v.Count) + " av " + number(v.Base), "q" + number(step)}
}

// areaTable is one measure in every area, with the mean of all municipalities.
type areaTable struct {
	Measure results.Measure
	Axis    string
	Rows    []areaRow
}

type areaRow struct {
	Area                        string
	Dot                         dotLine
	Value, Base, Interval, Mean string
}

// newAreaTable shows the measure that is asked for, or the one shown first.
func newAreaTable(rep results.Report, p results.Profile, measure string) areaTable {
	m, ok := results.MeasureByCode(measure)
	if !ok {
		m, _ = results.MeasureByCode(defaultMeasure)
	}
	values := make([]results.Value, len(p.Areas))
	means := make([]results.Optional, len(p.Areas))
	var all []results.Optional
	for i, a := range p.Areas {
		values[i] = areaValue(p, a.Area, m.Code)
		means[i] = areaMeanOf(rep, a.Area, m.Code)
		all = append(all, values[i].Result, means[i])
	}
	scale := newChartScale(m, all...)
	t := areaTable{Measure: m, Axis: "0–" + scale.end()}
	for i, a := range p.Areas {
		v := values[i]
		t.Rows = append(t.Rows, areaRow{
			Area: a.Area.Title(), Dot: scale.dotLine(v, means[i], true), Value: figureText(m, v.Result),
			Base: baseText(m, v), Interval: intervalText(v), Mean: figureText(m, means[i]),
		})
	}
	return t
}

// areaMeanOf is the mean of all municipalities within an area.
func areaMeanOf(rep results.Report, area survey.QuestionArea, measure string) results.Optional {
	for _, a := range rep.AreaMeans {
		if i := measureAt(measure); a.Area == area && i >= 0 && i < len(a.Means) {
			return a.Means[i]
		}
	}
	return results.Optional{}
}
