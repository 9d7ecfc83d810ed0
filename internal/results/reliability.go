package results

import (
	"iter"
	"maps"

	"servicematning/internal/survey"
)

// leastUnits is how many practice contacts must have been judged by two or
// more evaluators for Reliability to say anything: on fewer, one of them
// decides the figure.
const leastUnits = 5

// Reliability is how far evaluators agree with each other on a criterion beyond
// what chance would give: 1 is always, 0 is as if they had drawn their levels
// from the same hat. It is Krippendorff's alpha with the ordinal metric, which
// takes any number of evaluators, missing judgements and small samples:
// Krippendorff, K. (2011), "Computing Krippendorff's Alpha-Reliability".
//
//	α = 1 − (n−1) · Σ o(c,k)·δ²(c,k) / Σ n(c)·n(k)·δ²(c,k)
//
// o are the coincidences of two levels in the same practice contact, n(c) how
// often a level was given, and δ(c,k) the judgements that lie between two
// levels. It is unknown when fewer than five practice contacts have been
// judged by two, or everybody always gave one and the same level.
func Reliability(d survey.Design, judged []Judged, key PointKey) Optional {
	c, ok := key.Point.Criterion(d, key.Channel)
	if !ok {
		return Optional{}
	}
	units := map[survey.PracticeID][]int{}
	for _, j := range judged {
		step := c.Step(j.Given.Ratings.Of(c.Code))
		if j.Contact.Channel == key.Channel && step >= 0 {
			units[j.Contact.ID] = append(units[j.Contact.ID], step)
		}
	}
	return alpha(maps.Values(units), len(c.Scale))
}

// alpha is Krippendorff's for units that raters have put on steps 0 … steps−1.
func alpha(units iter.Seq[[]int], steps int) Optional {
	together := make([][]float64, steps)
	for i := range together {
		together[i] = make([]float64, steps)
	}
	often, n, pairable := make([]float64, steps), 0.0, 0
	for given := range units {
		if len(given) < 2 {
			continue
		}
		pairable++
		n += float64(len(given))
		for i, a := range given {
			often[a]++
			for j, b := range given {
				if i != j {
					together[a][b] += 1 / float64(len(given)-1)
				}
			}
		}
	}
	var observed, expected float64
	for a := range steps {
		for b := range steps {
			between := ordinal(often, a, b)
			observed += together[a][b] * between
			expected += often[a] * often[b] * between
		}
	}
	if pairable < leastUnits || expected == 0 {
		return Optional{}
	}
	return known(1 - (n-1)*observed/expected)
}

// ordinal is the squared number of judgements from the middle of one level to
// the middle of the other.
func ordinal(often []float64, a, b int) float64 {
	if a > b {
		a, b = b, a
	}
	between := -(often[a] + often[b]) / 2
	for _, n := range often[a : b+1] {
		between += n
	}
	if a == b {
		return 0
	}
	return between * between
}
