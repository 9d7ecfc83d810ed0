package fieldwork

import (
	"math"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// paced is a round of 25 days with ten contacts planned for each, in which the
// evaluators have made ten a day until the day before now.
func paced(now time.Time) (Progress, []survey.HourCount) {
	set := stillSetup()
	for i := range set.Evaluators {
		set.Evaluators[i] = survey.Evaluator{Email: set.Evaluators[i].Email, CallsPerDay: 5, EmailsPerDay: 5}
	}
	p := Progress{Setup: set, At: now}
	var made []survey.HourCount
	for _, d := range set.Round.Calendar.WorkingDays(set.Round.Period.From, set.Round.Period.To) {
		p.Days = append(p.Days, Line{Key: d.String(), Tally: Tally{Planned: 10}})
		p.All.Planned += 10
		if d.Before(officehours.DateOf(now)) {
			made = append(made, survey.HourCount{Hour: d.At(9, 0), N: 10})
			p.All.Made += 10
		}
	}
	return p, made
}

func TestForeseeing(t *testing.T) {
	noon := date("2026-10-27").At(12, 30) // half of Tuesday of the second week is left; six days have passed
	for name, c := range map[string]struct {
		change func(*Progress, []survey.HourCount)
		finish string
		late   int
		needed float64
	}{
		"the morning has given nothing": {func(*Progress, []survey.HourCount) {}, "2026-11-23", 1, 190 / 18.5},
		"the morning has given its half": {func(p *Progress, made []survey.HourCount) { p.All.Made += 5 },
			"2026-11-20", 0, 10},
		// 185 are left: 35 this week, 15 days of 10/3, then 6 a day, which is the period's mean.
		"two of three leave next week": {func(p *Progress, _ []survey.HourCount) {
			p.All.Made += 5
			p.Setup.Evaluators[0].To, p.Setup.Evaluators[1].To = date("2026-10-30"), date("2026-10-30")
		}, "2026-12-15", 17, 10},
		"the newest days are slow": {func(p *Progress, made []survey.HourCount) {
			for i := range made {
				made[i].N = 5
			}
			p.All.Made = 35
		}, "2026-12-29", 25, 215 / 18.5},
		"a Saturday's work counts with Friday's": {func(p *Progress, made []survey.HourCount) {
			made[4].Hour = date("2026-10-24").At(11, 0)
			p.All.Made += 5
		}, "2026-11-20", 0, 10},
	} {
		t.Run(name, func(t *testing.T) {
			p, made := paced(noon)
			c.change(&p, made)
			p.foresee(made)
			f := p.Forecast
			if f.Verdict != schedule.Foreseen || f.Finish.String() != c.finish || p.DaysLate != c.late ||
				math.Abs(p.Needed-c.needed) > 1e-9 {
				t.Errorf("%s, %s, %d days late, %.3f a day needed; want %s, %d, %.3f",
					f.Verdict, f.Finish, p.DaysLate, p.Needed, c.finish, c.late, c.needed)
			}
			if m := p.Curve[6]; !m.Today || m.Planned != 70 || p.Curve[24].Planned != 250 || p.Curve[4].Made < 25 {
				t.Errorf("today is %+v", m)
			}
		})
	}
}

func TestARoundWithoutEvaluatorsHasAPace(t *testing.T) {
	p, made := paced(date("2026-10-27").At(7, 0))
	p.Setup.Evaluators = nil
	p.foresee(made)
	if p.Forecast.Verdict != schedule.Foreseen || p.Forecast.Finish != date("2026-11-20") {
		t.Errorf("%+v", p.Forecast)
	}
}

func TestWeeksSumTheirDays(t *testing.T) {
	p, _ := paced(date("2026-10-27").At(7, 0))
	weeks := weekLines(append(p.Days, Line{Key: "", Tally: Tally{Planned: 1}}))
	if len(weeks) != 6 || weeks[1].Key != "2026-W44" || weeks[1].Name != "vecka 44" || weeks[1].Planned != 50 || weeks[5].Planned != 1 {
		t.Errorf("%+v", weeks)
	}
}
