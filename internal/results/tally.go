package results

import (
	"slices"
	"time"

	"servicematning/internal/survey"
)

// tally counts the observations of one municipality in one question area, or,
// merged, of the whole municipality. It holds all that the figures are made
// of, and no contact.
type tally struct {
	bases      [populations]int
	hits       []int // by rule; of shares only
	points     int   // of treatment, over the reached calls
	callTimes  []time.Duration
	replyTimes []time.Duration
	levels     []int // by level of every scale, at the scale's offset
	classes    [len(timeClasses)]int
}

// newTallies makes n empty tallies that share two pieces of memory.
func newTallies(n, levels int) []tally {
	ts := make([]tally, n)
	counts := make([]int, n*(len(rules)+levels))
	for i := range ts {
		ts[i].hits, counts = counts[:len(rules):len(rules)], counts[len(rules):]
		ts[i].levels, counts = counts[:levels:levels], counts[levels:]
	}
	return ts
}

// add counts one observation.
func (t *tally) add(o *observation, scales []scale) {
	for p, in := range o.in {
		if in {
			t.bases[p]++
		}
	}
	for i := range rules {
		if r := &rules[i]; r.stat == shareOf && o.in[r.base] && r.hit(o) {
			t.hits[i]++
		}
	}
	for i := range scales {
		if s := &scales[i]; o.in[s.base] {
			s.count(o, t.levels)
		}
	}
	switch {
	case o.in[phoneAll]:
		t.callTimes = append(t.callTimes, o.time)
		t.classes[timeClass(o.wait)]++
	case o.replied:
		t.replyTimes = append(t.replyTimes, o.time)
	}
	if o.in[phoneReached] {
		t.points += treatmentPoints(o.ratings.Treatment)
	}
}

// treatmentPoints are those of the treatment index.
func treatmentPoints(l survey.LevelCode) int {
	switch l {
	case survey.VeryGood:
		return 3
	case survey.Good:
		return 2
	case survey.Fair:
		return 1
	case survey.Poor:
	}
	return 0
}

// merge adds another tally's counts.
func (t *tally) merge(o *tally) {
	for i, n := range o.bases {
		t.bases[i] += n
	}
	for i, n := range o.hits {
		t.hits[i] += n
	}
	for i, n := range o.levels {
		t.levels[i] += n
	}
	for i, n := range o.classes {
		t.classes[i] += n
	}
	t.points += o.points
	t.callTimes = append(t.callTimes, o.callTimes...)
	t.replyTimes = append(t.replyTimes, o.replyTimes...)
}

// values fills in the value of every measure, in the order of the table.
func (t *tally) values(vs []Value, w survey.Weights) {
	slices.Sort(t.callTimes)
	slices.Sort(t.replyTimes)
	for i := range rules {
		if r := &rules[i]; r.stat != impression {
			vs[i] = t.value(i, r)
		}
	}
	addImpressions(vs, w)
}

// value is that of one measure with a base of its own. Shares have their
// interval here; those of medians, means and the index are not computed yet.
func (t *tally) value(i int, r *rule) Value {
	v := Value{Base: t.bases[r.base]}
	if v.Base == 0 {
		return v
	}
	switch r.stat {
	case shareOf:
		v = shareValue(t.hits[i], v.Base)
	case median:
		v.Result = known(middle(t.times(r.base)) / unitOf(r.Unit))
	case mean:
		v.Result = known(float64(sum(t.times(r.base))) / float64(v.Base) / unitOf(r.Unit))
	case pointIndex:
		v.Result = known(100 * float64(t.points) / float64(3*v.Base))
	case impression:
	}
	return v
}

// times are the sorted times of a population, as many as its base.
func (t *tally) times(p population) []time.Duration {
	if p.channel() == survey.Phone {
		return t.callTimes
	}
	return t.replyTimes
}

// middle is the median of sorted times in nanoseconds; of an even number it is
// the mean of the two in the middle.
func middle(sorted []time.Duration) float64 {
	n := len(sorted)
	return (float64(sorted[(n-1)/2]) + float64(sorted[n/2])) / 2
}

func sum(times []time.Duration) time.Duration {
	var total time.Duration
	for _, d := range times {
		total += d
	}
	return total
}

// unitOf is the unit's length in nanoseconds.
func unitOf(u Unit) float64 {
	if u == Hours {
		return float64(time.Hour)
	}
	return float64(time.Second)
}

func known(v float64) Optional { return Optional{Value: v, Known: true} }
