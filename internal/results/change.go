package results

import (
	"math"

	"servicematning/internal/survey"
)

// addChanges compares every figure with the same municipality's in an earlier
// round. One that did not take part then has no Previous.
func addChanges(rep, previous *Report) {
	before := make(map[string]*Profile, len(previous.Profiles))
	for i := range previous.Profiles {
		before[previous.Profiles[i].Participant.Code] = &previous.Profiles[i]
	}
	same := make([]bool, len(measures))
	for i, m := range measures {
		same[i] = comparable(m, rep, previous)
	}
	for i := range rep.Profiles {
		p := &rep.Profiles[i]
		old, ok := before[p.Participant.Code]
		if !ok {
			continue
		}
		changes := make([]Change, len(p.Figures))
		for j, m := range measures {
			figure, _ := old.Figure(m.Code)
			changes[j] = change(m, p.Figures[j].Value, figure.Value, same[j])
			changes[j].Round = previous.Round
			p.Figures[j].Previous = &changes[j]
		}
	}
}

// change is what a measure was and how much it has changed: the present value
// minus the earlier one, so that more is positive whichever is better. There
// is no difference where the two are not comparable or one is unknown. The
// interval of a difference between shares is Newcombe's, in percentage points;
// other differences have none yet.
func change(m Measure, now, then Value, comparable bool) Change {
	c := Change{Value: then.Result, Comparable: comparable}
	if !comparable || !now.Result.Known || !then.Result.Known {
		return c
	}
	c.Change = known(now.Result.Value - then.Result.Value)
	if m.Share {
		low, high := newcombe(now.Count, now.Base, then.Count, then.Base)
		c.Low, c.High = known(100*low), known(100*high)
	}
	return c
}

// comparable reports whether a measure means the same in both rounds: the
// definitions have the same version and, of an impression, it is weighted in
// the same proportions.
func comparable(m Measure, a, b *Report) bool {
	if a.Definitions != b.Definitions {
		return false
	}
	phone := sameProportions(proportions(a.Weights.Phone), proportions(b.Weights.Phone))
	email := sameProportions(proportions(a.Weights.Email), proportions(b.Weights.Email))
	switch m.Code {
	case phoneImpression:
		return phone
	case emailImpression:
		return email
	case overallImpression:
		return phone && email && sameProportions(proportions(channelWeights(a)), proportions(channelWeights(b)))
	}
	return true
}

func channelWeights(r *Report) []survey.Weight {
	return []survey.Weight{
		{Measure: phoneImpression, Points: r.Weights.PhoneShare},
		{Measure: emailImpression, Points: r.Weights.EmailShare},
	}
}

// proportions are the weights as parts of 1.
func proportions(ws []survey.Weight) map[string]float64 {
	total := 0.0
	for _, w := range ws {
		total += w.Points
	}
	ps := make(map[string]float64, len(ws))
	for _, w := range ws {
		if w.Points > 0 {
			ps[w.Measure] += w.Points / total
		}
	}
	return ps
}

func sameProportions(a, b map[string]float64) bool {
	if len(a) != len(b) {
		return false
	}
	for measure, p := range a {
		if math.Abs(p-b[measure]) > 1e-9 {
			return false
		}
	}
	return true
}
