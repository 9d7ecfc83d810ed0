package results

import (
	"servicematning/internal/survey"
)

// Judged is what one evaluator said about one practice contact.
type Judged struct {
	Contact survey.PracticeContact
	By      string // e-mail address
	Given   survey.Judgement
}

// Agreement is how judgements of one point stand beside the keys.
//
// Share is the observed agreement: the judgements that are exactly as the key,
// out of all judgements of points that the key settles, with its 95 % Wilson
// interval. It compares with a key that is known to be right, so no correction
// for chance is made: the question is how often an evaluator is right, and
// kappa answers another one, how much two uncertain raters agree beyond what
// their own habits would give (Gwet, K. L. (2014), Handbook of Inter-Rater
// Reliability, 4th ed., ch. 12, on agreement with a standard). The judgements
// of one practice contact depend on each other a little, so over several
// evaluators the interval is somewhat too narrow.
type Agreement struct {
	Share            Value
	Milder, Stricter int // judgements that differ to one side; the others cannot be ordered
}

// PointKey names a point in a channel: the same criterion has other words, and
// may have another scale, in the other one.
type PointKey struct {
	Channel survey.Channel
	Point   survey.PracticePoint
}

// PracticeKeys lists every point that can be judged, calls first.
func PracticeKeys(d survey.Design) []PointKey {
	var keys []PointKey
	for _, ch := range survey.Channels {
		for _, point := range d.PracticePoints(ch) {
			keys = append(keys, PointKey{ch, point})
		}
	}
	return keys
}

// Agree counts the agreement on each point, and on all of them together. A
// point that nothing has been said about is not among those given.
func Agree(d survey.Design, judged []Judged) (points map[PointKey]Agreement, all Agreement) {
	counts := map[PointKey]*agreed{}
	var total agreed
	for _, j := range judged {
		for _, v := range j.Contact.Compare(d, j.Given) {
			key := PointKey{j.Contact.Channel, v.Point}
			if counts[key] == nil {
				counts[key] = &agreed{}
			}
			counts[key].add(v.Side)
			total.add(v.Side)
		}
	}
	points = make(map[PointKey]Agreement, len(counts))
	for key, n := range counts {
		points[key] = n.agreement()
	}
	return points, total.agreement()
}

// agreed counts judgements by the side of the key they are on.
type agreed struct{ base, same, milder, stricter int }

func (n *agreed) add(side survey.Side) {
	n.base++
	switch side {
	case survey.SameAsKey:
		n.same++
	case survey.Milder:
		n.milder++
	case survey.Stricter:
		n.stricter++
	case survey.OtherSide:
	}
}

func (n agreed) agreement() Agreement {
	return Agreement{Share: shareValue(n.same, n.base), Milder: n.milder, Stricter: n.stricter}
}

// shareValue is a share with its interval; unknown on an empty base.
func shareValue(count, base int) Value {
	v := Value{Base: base, Count: count}
	if base == 0 {
		return v
	}
	low, high := wilson(count, base)
	v.Result, v.Low, v.High = known(100*float64(count)/float64(base)), known(100*low), known(100*high)
	return v
}
