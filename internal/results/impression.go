package results

import "servicematning/internal/survey"

// addImpressions fills in the impressions from the values before them. They
// have no base, no count and, so far, no interval.
func addImpressions(vs []Value, w survey.Weights) {
	phone, email := measureIndex[phoneImpression], measureIndex[emailImpression]
	vs[phone] = channelImpression(vs, survey.Phone, w.Phone)
	vs[email] = channelImpression(vs, survey.Email, w.Email)
	var all blend
	all.add(vs[phone], w.PhoneShare)
	all.add(vs[email], w.EmailShare)
	vs[measureIndex[overallImpression]] = all.value()
}

// channelImpression is the weighted mean of a channel's measures. A weight
// that CheckWeights refuses has no effect.
func channelImpression(vs []Value, ch survey.Channel, weights []survey.Weight) Value {
	var b blend
	for _, w := range weights {
		if i, ok := measureIndex[w.Measure]; ok && weighable(measures[i], ch) {
			b.add(vs[i], w.Points)
		}
	}
	return b.value()
}

// weighable reports whether the measure can be part of a channel's impression:
// it lies between 0 and 100 with the best at the top. Times do not.
func weighable(m Measure, ch survey.Channel) bool { return m.Channel == ch && m.Unit == Percent }

// Weighable lists the measures that a channel's impression can be weighted from.
func Weighable(ch survey.Channel) []Measure {
	var ms []Measure
	for _, m := range measures {
		if weighable(m, ch) {
			ms = append(ms, m)
		}
	}
	return ms
}

// CheckWeights says which weights name a measure that cannot be part of the
// impression. They would otherwise be left out without a word.
func CheckWeights(w survey.Weights) survey.FieldErrors {
	var errs survey.FieldErrors
	check := func(ch survey.Channel, weights []survey.Weight) {
		for _, weight := range weights {
			m, found := MeasureByCode(weight.Measure)
			switch {
			case !found:
				errs.Add("weight_"+weight.Measure, "Måttet finns inte.")
			case !weighable(m, ch):
				errs.Add("weight_"+weight.Measure, m.Title+" kan inte vägas in: bara kanalens egna andelar och index kan det.")
			}
		}
	}
	check(survey.Phone, w.Phone)
	check(survey.Email, w.Email)
	return errs
}

// blend is a weighted mean in the making. What is unknown leaves it, and the
// remaining weights are rescaled, which is marked.
type blend struct {
	sum, weight float64
	rescaled    bool
}

func (b *blend) add(v Value, weight float64) {
	switch {
	case weight <= 0:
	case !v.Result.Known:
		b.rescaled = true
	default:
		b.sum += weight * v.Result.Value
		b.weight += weight
		b.rescaled = b.rescaled || v.Rescaled
	}
}

// value is the mean, unknown when nothing is left; only a known one is marked.
func (b *blend) value() Value {
	if b.weight == 0 {
		return Value{}
	}
	return Value{Result: known(b.sum / b.weight), Rescaled: b.rescaled}
}
