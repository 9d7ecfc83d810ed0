package web

import (
	"fmt"
	"math"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// burnUp is the picture of contacts made against the plan, over working days.
type burnUp struct {
	Sentence string // for those who do not see the picture
	Marks    []chartMark
	Weeks    []weekMark

	// Points of the lines, in a square of 100 by 100.
	Plan, Made, Forecast, Band string

	Now       *burnMark
	Last      burnMark  // the period's last day
	Finish    *burnMark // where the forecast ends
	PlanLabel *burnMark
	FcLabel   *burnMark
	Days      []burnDay
}

// weekMark is where a week begins.
type weekMark struct{ X, TextX, Label string }

// burnMark is a place in the picture with a word.
type burnMark struct {
	X, TextX, Y, TextY, Label string
	End                       bool // the word stands to the left of the place
}

// burnDay is a row of the table behind the picture.
type burnDay struct {
	fieldwork.Milestone
	Off string
}

// The part of the picture's height between everything and nothing.
const (
	burnTop    = 8.0
	burnBottom = 96.0
)

// plot places working days and contacts in the picture.
type plot struct {
	days    float64 // across the picture
	planned float64
}

func (p plot) x(day float64) float64 { return 100 * min(1, max(0, day/p.days)) }

func (p plot) y(contacts float64) float64 {
	return burnBottom - (burnBottom-burnTop)*min(1, max(0, contacts/p.planned))
}

// point is one corner of a line.
func (p plot) point(day, contacts float64) string {
	return fmt.Sprintf("%.2f,%.2f", p.x(day), p.y(contacts))
}

func newBurnUp(p fieldwork.Progress) burnUp {
	if p.All.Planned == 0 || len(p.Curve) == 0 {
		return burnUp{}
	}
	r := p.Setup.Round
	days := burnDays(p)
	at := plot{days: float64(len(days)), planned: float64(p.All.Planned)}
	b := burnUp{Sentence: burnSentence(p)}
	for k := 1; k <= 4; k++ {
		n := at.planned * float64(k) / 4
		y := at.y(n)
		b.Marks = append(b.Marks, chartMark{coordinate(y), coordinate(y - 1), number(int(math.Round(n)))})
	}
	week := -1
	for i, d := range days {
		if _, w := d.Week(); w != week {
			week = w
			x := at.x(float64(i))
			b.Weeks = append(b.Weeks, weekMark{coordinate(x), coordinate(x + 0.4), fmt.Sprintf("v. %d", w)})
		}
	}
	now := nowOn(p, days)
	b.lines(p, at, now)
	last := 0.0
	for i, d := range days {
		if !d.After(r.Period.To) {
			last = float64(i + 1)
		}
	}
	x := at.x(last)
	b.Last = burnMark{X: coordinate(x), TextX: coordinate(x - 1), Label: "sista dag " + shortDay(r.Period.To)}
	if p.Forecast.Verdict == schedule.Foreseen {
		b.foreseen(p, at, days, now)
	}
	if room := last - now; room > 0.25*at.days {
		mid := now + room*0.6
		b.PlanLabel = &burnMark{X: coordinate(at.x(mid) - 1.5), Y: coordinate(at.y(planAt(p, mid)) - 2), Label: "plan"}
	}
	return b
}

// burnDays are the working days across the picture: those of the period and
// those that have come, and on to the end of the forecast, but not further
// than twice the period.
func burnDays(p fieldwork.Progress) []officehours.Date {
	var days []officehours.Date
	for _, m := range p.Curve {
		days = append(days, m.Date)
	}
	most := 2 * max(p.Of, 5)
	for _, reach := range p.Forecast.Path {
		if reach.Date.After(days[len(days)-1]) && len(days) < most {
			days = append(days, reach.Date)
		}
	}
	return days
}

// nowOn is where the moment of counting lies among the days.
func nowOn(p fieldwork.Progress, days []officehours.Date) float64 {
	today, now := officehours.DateOf(p.At), 0.0
	for i, d := range days {
		switch {
		case d.Before(today):
			now = float64(i + 1)
		case d == today:
			h := p.Setup.Round.Calendar.HoursOn(d)
			opens, closes := d.At(0, int(h.Opens)), d.At(0, int(h.Closes))
			part := p.At.Sub(opens).Hours() / closes.Sub(opens).Hours()
			now = float64(i) + min(1, max(0, part))
		}
	}
	return now
}

// lines draws what was planned and what is made.
func (b *burnUp) lines(p fieldwork.Progress, at plot, now float64) {
	plan, made := []string{at.point(0, 0)}, []string{at.point(0, 0)}
	for i, m := range p.Curve {
		if m.Today && now > float64(i) && now < float64(i+1) {
			plan = append(plan, at.point(now, float64(p.All.Expected)))
		}
		plan = append(plan, at.point(float64(i+1), float64(m.Planned)))
		if m.Come && !m.Today {
			made = append(made, at.point(float64(i+1), float64(m.Made)))
		}
		b.Days = append(b.Days, burnDay{m, offText(m, p)})
	}
	b.Plan = strings.Join(plan, " ")
	if p.Day == 0 && p.All.Made == 0 {
		return
	}
	made = append(made, at.point(now, float64(p.All.Made)))
	b.Made = strings.Join(made, " ")
	x, y := at.x(now), at.y(float64(p.All.Made))
	b.Now = &burnMark{
		X: coordinate(x), Y: coordinate(y), TextX: coordinate(min(92, max(8, x))),
		TextY: coordinate(max(14, y-32)), Label: "i dag " + number(p.All.Made),
	}
}

// offText is how a day's end was off the plan.
func offText(m fieldwork.Milestone, p fieldwork.Progress) string {
	switch {
	case !m.Come:
		return ""
	case m.Today:
		return behindText(p.All.Expected - m.Made)
	}
	return behindText(m.Planned - m.Made)
}

// foreseen draws the forecast and the band of its uncertainty.
func (b *burnUp) foreseen(p fieldwork.Progress, at plot, days []officehours.Date, now float64) {
	index := map[officehours.Date]int{}
	for i, d := range days {
		index[d] = i
	}
	start := at.point(now, float64(p.All.Made))
	middle, high, low := []string{start}, []string{start}, []string(nil)
	ended := false
	for _, reach := range p.Forecast.Path {
		i, ok := index[reach.Date]
		if !ok {
			break
		}
		x := float64(i + 1)
		high = append(high, at.point(x, reach.High))
		low = append([]string{at.point(x, reach.Low)}, low...)
		if !ended {
			middle = append(middle, at.point(x, reach.Mid))
		}
		ended = ended || reach.Mid >= at.planned
	}
	b.Band, b.Forecast = strings.Join(append(high, low...), " "), strings.Join(middle, " ")
	if i, ok := index[p.Forecast.Finish]; ok {
		x := at.x(float64(i + 1))
		b.Finish = &burnMark{X: coordinate(x), TextX: coordinate(min(96, x)), Label: shortDay(p.Forecast.Finish)}
		if room := float64(i+1) - now; room > 0.25*at.days {
			mid := now + room*0.65
			reached := float64(p.All.Made) + (at.planned-float64(p.All.Made))*0.65
			b.FcLabel = &burnMark{X: coordinate(at.x(mid) + 1.5), Y: coordinate(at.y(reached) + 6), Label: "prognos"}
		}
	}
}

// planAt is how much is planned by a place among the days.
func planAt(p fieldwork.Progress, day float64) float64 {
	before, i := 0.0, int(day)
	if i >= len(p.Curve) {
		return float64(p.All.Planned)
	}
	if i > 0 {
		before = float64(p.Curve[i-1].Planned)
	}
	return before + (float64(p.Curve[i].Planned)-before)*(day-float64(i))
}

// burnSentence says what the picture shows.
func burnSentence(p fieldwork.Progress) string {
	text := fmt.Sprintf("Linjediagram: %s gjorda kontakter %s, planen säger %s av %s till %s.", number(p.All.Made),
		survey.DayText(officehours.DateOf(p.At)), number(p.All.Expected), number(p.All.Planned),
		survey.DayText(p.Setup.Round.Period.To))
	f := p.Forecast
	switch {
	case f.Verdict != schedule.Foreseen:
		return text
	case f.Late.IsZero():
		return text + fmt.Sprintf(" Prognosen når dit %s, tidigast %s.",
			survey.DayText(f.Finish), survey.DayText(f.Early))
	}
	return text + fmt.Sprintf(" Prognosen når dit %s, med 95 %% säkerhet mellan %s och %s.",
		survey.DayText(f.Finish), survey.DayText(f.Early), survey.DayText(f.Late))
}

// shortDay writes a date without its weekday: "20 nov".
func shortDay(d officehours.Date) string {
	_, text, _ := strings.Cut(survey.DayText(d), " ")
	return text
}
