package results

import (
	"cmp"
	"math"
	"slices"

	"servicematning/internal/survey"
)

// takesPart reports whether a municipality takes part in the places and group
// means of a measure: enough of its contacts of the channel count, for the
// overall impression of both (domain.md §6, "Small base").
func takesPart(p *Profile, m Measure, d survey.Design) bool {
	return (m.Channel == survey.Email || p.Phone >= d.MinBase) && (m.Channel == survey.Phone || p.Email >= d.MinBase)
}

// contender is a figure that competes for a place.
type contender struct {
	figure *Figure
	who    *survey.Municipality
	key    int64 // the value as it is compared; the least is the best
}

// addPlaces ranks every measure among all municipalities, within the county
// and within the size class, and colours it by quartile. Contenders are those
// that take part, with a known value that does not rest on a small base.
func addPlaces(profiles []Profile, d survey.Design) {
	for i, m := range measures {
		var cs []contender
		for j := range profiles {
			p := &profiles[j]
			if f := &p.Figures[i]; takesPart(p, m, d) && f.Result.Known && !f.Small {
				cs = append(cs, contender{f, &p.Participant.Municipality, sortKey(f.Result.Value, m)})
			}
		}
		slices.SortStableFunc(cs, func(a, b contender) int { return cmp.Compare(a.key, b.key) })
		rank(cs, everybody, func(f *Figure) *Place { return &f.Place })
		rank(cs, county, func(f *Figure) *Place { return &f.InCounty })
		rank(cs, sizeClass, func(f *Figure) *Place { return &f.InClass })
		colour(cs)
	}
}

// sortKey is the value in billionths, so that the same value reached by
// different sums of floating-point numbers is the same.
func sortKey(v float64, m Measure) int64 {
	key := int64(math.Round(v * 1e9))
	if !m.LowIsBest {
		return -key
	}
	return key
}

// rank gives each contender, sorted best first, its place within its group:
// one more than there are better ones, so 1, 2, 2, 4.
func rank(cs []contender, group groupOf, place func(*Figure) *Place) {
	type run struct {
		n, rank int
		key     int64
	}
	runs := make(map[string]run)
	for _, c := range cs {
		g := group(c.who)
		if g == nobody {
			continue
		}
		r := runs[g]
		r.n++
		if r.n == 1 || c.key != r.key {
			r.rank, r.key = r.n, c.key
		}
		runs[g] = r
		place(c.figure).Rank = r.rank
	}
	for _, c := range cs {
		place(c.figure).Of = runs[group(c.who)].n // 0 of nobody
	}
}

// colour sets the quartile of contenders that are sorted best first and ranked.
func colour(cs []contender) {
	n := len(cs)
	fromBelow := 1 // one more than there are worse ones
	for i := n - 1; i >= 0; i-- {
		if i < n-1 && cs[i].key != cs[i+1].key {
			fromBelow = n - i
		}
		f := cs[i].figure
		f.Quartile = quartile(f.Place.Rank, fromBelow, n)
	}
}

// quartile is the colour of a place among n. Best is a place within the first
// quarter (place ≤ n/4), worst the same counted from below. Those who share a
// place share the colour; a tie that reaches from one end's quarter into the
// other's is neither. Among fewer than four all are in the middle.
func quartile(place, fromBelow, n int) Quartile {
	best, worst := 4*place <= n, 4*fromBelow <= n
	switch {
	case best && !worst:
		return Best
	case worst && !best:
		return Worst
	}
	return Middle
}
