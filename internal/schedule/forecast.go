package schedule

import (
	"math"

	"servicematning/internal/officehours"
)

// Pace is what a forecast is made from. Made counts contacts whose fieldwork
// is done: calls finished, e-mails sent.
type Pace struct {
	Planned int     // live contacts of the round
	Made    int     // of them, until now
	Past    []Shift // whole working days of the period so far, in order
	Ahead   []Shift // the working days to come, in order; today as the part of it that is left
}

// Shift is a working day with the staff that works on it, in any unit that
// grows with how much the evaluators can do. Made is not looked at in Ahead.
type Shift struct {
	Date  officehours.Date
	Staff float64
	Made  int
}

// Verdict says what a forecast rests on.
type Verdict string

// The verdicts.
const (
	TooEarly  Verdict = "too early" // fewer than leastPace days with staff
	NoPace    Verdict = "no pace"   // nothing has been made, or the end lies beyond the days given
	Foreseen  Verdict = "foreseen"
	AllMade   Verdict = "all made"
	NoPlanYet Verdict = "no plan"
)

// Forecast is when the fieldwork will be done at the present pace.
type Forecast struct {
	Verdict Verdict
	Days    int     // working days that the pace is taken from
	PerDay  float64 // contacts a day over those days
	// Finish is the first working day by whose end everything is expected to
	// be made; Early and Late bound it with 95 %. Late is zero when the pace is
	// so uneven that no day is safe.
	Finish, Early, Late officehours.Date
	Path                []Reach // day by day, until Late or the days given end
}

// Reach is how many contacts are made by the end of a day.
type Reach struct {
	Date           officehours.Date
	Low, Mid, High float64
}

// The pace is that of the newest days; with fewer than three nothing can be
// said about how uneven it is.
const (
	leastPace = 3
	mostPace  = 7
)

// student is the 97.5 % quantile of Student's t distribution, by degrees of
// freedom, for leastPace to mostPace days.
var student = [mostPace]float64{2: 4.302653, 3: 3.182446, 4: 2.776445, 5: 2.570582, 6: 2.446912}

// Foresee carries the pace of the newest days on over the staff of those to come.
//
// A day with staff w makes r·w contacts, with a variance of s²·w: the more
// who work, the more is made and the more it varies. Over the n newest days
// the estimates are r = Σmade / Σw and s² = Σ(made − r·w)²/w / (n − 1), which
// is never taken to be less than r, the variance of independent contacts
// (Poisson). That is the quasi-Poisson model of McCullagh and Nelder (1989),
// Generalized Linear Models, ch. 6. The sum over coming days with the staff W
// together is foreseen as r·W ± t·s·√(W + W²/Σw), where t is Student's with
// n − 1 degrees of freedom; for equal days it is the prediction interval for
// the mean of future observations in Hahn and Meeker (1991), Statistical
// Intervals, ch. 4.
func Foresee(p Pace) Forecast {
	switch {
	case p.Planned == 0:
		return Forecast{Verdict: NoPlanYet}
	case p.Made >= p.Planned:
		return Forecast{Verdict: AllMade}
	}
	m := estimate(p.Past)
	f := Forecast{Days: m.days, PerDay: m.perDay, Verdict: Foreseen}
	if m.days < leastPace {
		f.Verdict = TooEarly
		return f
	}
	if m.rate == 0 {
		f.Verdict = NoPace
		return f
	}
	f.walk(p, m)
	if f.Finish.IsZero() {
		f.Verdict = NoPace
	}
	return f
}

// paceModel is the estimates of Foresee.
type paceModel struct {
	days                   int
	perDay                 float64
	rate, variance, sample float64 // r, s², Σw
}

func estimate(past []Shift) paceModel {
	var m paceModel
	var used []Shift
	for i := len(past) - 1; i >= 0 && len(used) < mostPace; i-- {
		if past[i].Staff > 0 {
			used = append(used, past[i])
		}
	}
	made := 0.0
	for _, d := range used {
		made += float64(d.Made)
		m.sample += d.Staff
	}
	m.days = len(used)
	if m.days == 0 {
		return m
	}
	m.rate, m.perDay = made/m.sample, made/float64(m.days)
	for _, d := range used {
		off := float64(d.Made) - m.rate*d.Staff
		m.variance += off * off / d.Staff
	}
	m.variance = max(m.rate, m.variance/math.Max(1, float64(m.days-1)))
	return m
}

// walk goes over the days to come until even the slow end of the interval has
// everything made.
func (f *Forecast) walk(p Pace, m paceModel) {
	t := student[m.days-1]
	planned, made, staff := float64(p.Planned), float64(p.Made), 0.0
	low := made
	for _, d := range p.Ahead {
		staff += d.Staff
		mid := made + m.rate*staff
		off := t * math.Sqrt(m.variance*(staff+staff*staff/m.sample))
		low = max(low, mid-off) // what is made stays made
		f.Path = append(f.Path, Reach{d.Date, min(low, planned), min(mid, planned), min(mid+off, planned)})
		const nearly = 1e-6 // a sum of fractions that should be whole
		for _, bound := range []struct {
			at    *officehours.Date
			value float64
		}{{&f.Early, mid + off}, {&f.Finish, mid}, {&f.Late, low}} {
			if bound.at.IsZero() && bound.value >= planned-nearly {
				*bound.at = d.Date
			}
		}
		if !f.Late.IsZero() {
			return
		}
	}
}
