package web

import (
	"math"
	"strconv"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// Charts are SVG with coordinates in percent: the picture stretches with the
// page and the text in it keeps its size. Every size is an attribute, since
// the policy allows no style. Tables beside them say the same in figures.

// chartScale is an axis from 0 to where the largest value fits.
type chartScale struct {
	measure results.Measure
	max     float64
	step    float64 // between two marks
}

// newChartScale makes a measure's axis. Shares, indexes and points always
// show all of 0–100; times end at the first even mark above the largest.
func newChartScale(m results.Measure, values ...results.Optional) chartScale {
	if m.Unit == results.Percent || m.Unit == results.Points {
		return chartScale{m, 100, 25}
	}
	largest := 0.0
	for _, v := range values {
		if v.Known {
			largest = max(largest, v.Value)
		}
	}
	step := evenStep(largest / 4)
	return chartScale{m, step * max(1, math.Ceil(largest/step)), step}
}

// evenStep gives the least of 1, 2, 5, 10, 20, 50 … that is not below x.
func evenStep(x float64) float64 {
	if x <= 1 {
		return 1
	}
	power := math.Pow10(int(math.Floor(math.Log10(x))))
	for _, k := range []float64{1, 2, 5} {
		if x <= k*power {
			return k * power
		}
	}
	return 10 * power
}

// x gives where a value lies along a row, "" when it is not known.
func (s chartScale) x(v results.Optional) string {
	if !v.Known {
		return ""
	}
	return percentOf(v.Value, s.max)
}

// The part of a chart's height that values take, for the text above and below.
const (
	chartTop    = 5.0
	chartBottom = 95.0
)

// y gives how far down a value lies in a chart, "" when it is not known.
func (s chartScale) y(v results.Optional) string {
	if !v.Known {
		return ""
	}
	return coordinate(chartBottom - (chartBottom-chartTop)*min(1, max(0, v.Value/s.max)))
}

// coordinate writes a place in percent with two decimals, which is a fifth of
// a pixel at the most.
func coordinate(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }

// chartMark is a line across a chart with its label.
type chartMark struct{ Y, TextY, Label string }

// marks are the lines of the axis from the bottom up.
func (s chartScale) marks() []chartMark {
	var list []chartMark
	for v := 0.0; v <= s.max+s.step/2; v += s.step {
		label := decimal(0, v)
		if v+s.step > s.max+s.step/2 {
			label = s.end()
		}
		list = append(list, s.mark(v, label))
	}
	return list
}

// end is the largest value of the axis with its unit.
func (s chartScale) end() string {
	if s.measure.Unit == results.Hours {
		return decimal(0, s.max) + nbsp + "h"
	}
	return valueText(s.measure, known(s.max), 0)
}

func (s chartScale) mark(v float64, label string) chartMark {
	at := chartBottom - (chartBottom-chartTop)*min(1, max(0, v/s.max))
	return chartMark{Y: coordinate(at), TextY: coordinate(at - 1), Label: label}
}

func known(v float64) results.Optional { return results.Optional{Value: v, Known: true} }

// dotLine is an estimate with its 95 % line in a row of a table; what is not
// known is "" and is not drawn.
type dotLine struct {
	Own                 bool
	At, Low, High, Mean string
}

// dotLine draws a value on the scale, with the mean that it is compared with.
func (s chartScale) dotLine(v results.Value, mean results.Optional, own bool) dotLine {
	return dotLine{Own: own, At: s.x(v.Result), Low: s.x(v.Low), High: s.x(v.High), Mean: s.x(mean)}
}

// caterpillar is all municipalities side by side, best first, each a dot with
// its 95 % line.
type caterpillar struct {
	Title, Note string
	Sentence    string // for those who do not see the picture
	Marks       []chartMark
	Dots        []caterpillarDot
	Mean        *chartMark
	Own         *caterpillarDot
	OwnLabel    string
	OwnAtEnd    bool // the label stands to the left of the dot
	Dense       bool // too many for thick lines
}

type caterpillarDot struct {
	X, Y, Low, High string
	BandX           string // of the ground behind the own dot
}

// The dots stand to the right of the axis' labels.
const caterpillarLeft = 4.0

// denseFrom is how many dots there must be for thin lines.
const denseFrom = 100

func (c *caterpillar) add(s chartScale, i, n int, v results.Value, own bool) {
	x := caterpillarLeft + (100-caterpillarLeft)*(float64(i)+0.5)/float64(n)
	d := caterpillarDot{
		X: coordinate(x), Y: s.y(v.Result), Low: s.y(v.Low), High: s.y(v.High), BandX: coordinate(x - 0.75),
	}
	if own {
		c.Own, c.OwnAtEnd = &d, i > n/2
		return
	}
	c.Dots = append(c.Dots, d)
}

// levelBar is how the contacts of one criterion were rated, over its whole
// scale.
type levelBar struct {
	Title    string
	Base     int
	Segments []levelSegment
	Levels   []levelCount
	Unrated  int // contacts of the base without a rating
}

type levelCount struct {
	Word  string
	Count int
}

// levelSegment is one level's part of the bar. The worst level is hatched, so
// that it is told apart without colour.
type levelSegment struct {
	Class         string // l1 … l4
	TextClass     string
	X, Width      string
	TextX, Number string // "" when the part is too narrow for its number
	Hatches       []hatch
}

type hatch struct{ Top, Bottom string }

// levelClasses keeps a level's colour whether its scale has three steps or four.
var levelClasses = map[survey.LevelCode]string{
	survey.VeryGood: "1", survey.Good: "2", survey.Fair: "3", survey.Poor: "4",
}

const (
	levelGap      = 0.3 // between two parts, in percent of the bar
	numberFits    = 9.0 // the least part that its number fits in
	hatchDistance = 2.4
)

func newLevelBar(d results.Distribution) levelBar {
	b := levelBar{Title: d.Title, Base: d.Base, Unrated: d.Base}
	x := 0.0
	for _, l := range d.Levels {
		b.Levels = append(b.Levels, levelCount{l.Level.Title(), l.Count})
		b.Unrated -= l.Count
		if l.Count == 0 {
			continue
		}
		width := 100 * float64(l.Count) / float64(d.Base)
		b.Segments = append(b.Segments, newLevelSegment(l, x, width))
		x += width
	}
	return b
}

func newLevelSegment(l results.Level, x, width float64) levelSegment {
	s := levelSegment{
		Class: "l" + levelClasses[l.Level], TextClass: "on" + levelClasses[l.Level],
		X: coordinate(x), Width: coordinate(max(0.3, width-levelGap)), TextX: coordinate(x + width/2),
	}
	if l.Level == survey.Poor {
		for at := x + 1.8; at < x+width-levelGap; at += hatchDistance {
			s.Hatches = append(s.Hatches, hatch{coordinate(at), coordinate(max(x, at-1.4))})
		}
		return s // a number would not be read on the hatching
	}
	if width >= numberFits {
		s.Number = number(l.Count)
	}
	return s
}
