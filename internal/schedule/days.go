package schedule

import "math/bits"

// quotaOn is how many contacts the pool should make on the days [from,to).
func (p *pool) quotaOn(from, to int) (n float64) {
	ne := len(p.evals) + 1
	for d := from; d < to; d++ {
		n += p.quota[d*ne+ne-1]
	}
	return n
}

// portion is the part of [lo,hi) before mid, by running sums.
func portion(sums []float64, lo, mid, hi int) float64 {
	if all := sums[hi] - sums[lo]; all > 0 {
		return (sums[mid] - sums[lo]) / all
	}
	return 0.5
}

// chooseDays gives every contact a day of its week, so that the municipality's
// contacts, each channel's, each question's and each pool's are even. A second
// contact avoids the weekday of the cell's first.
func (m *model) chooseDays(g *groups) {
	weekday := make([]int, len(m.days))
	for d, x := range m.days {
		weekday[d] = int(x.date.Weekday())
	}
	taken := make([]uint8, len(m.cells)) // weekdays of the cell's contacts so far
	for w, wk := range m.weeks {
		in := func(i int) bool { return m.items[i].week == w }
		left, right := filter(g.left, in), filter(g.right, in)
		open := make([]uint64, len(m.items))
		for _, i := range left {
			open[i] = m.openDays(i, wk, func(d int) bool { return taken[g.cell[i]]&(1<<weekday[d]) == 0 })
		}
		sums := m.dayQuotas(wk)
		divide(m.rng, division{
			bins: wk.end - wk.first,
			left: [][]int{g.area, g.channel, g.muni}, right: [][]int{g.question, g.poolArea, g.pool, g.national},
			hold:  [][]int{g.question, g.channel, g.pool},
			share: func(i, lo, mid, hi int) float64 { return portion(sums[g.pool[i]], lo, mid, hi) },
			room:  func(i, lo, hi int) int { return bits.OnesCount64(open[i] & span(lo, hi)) },
			put: func(i, d int) {
				m.items[i].day = wk.first + d
				taken[g.cell[i]] |= 1 << weekday[wk.first+d]
			},
		}, left, right, len(m.items))
	}
}

// openDays is the set of the week's days, counted from its first, on which the
// contact can be made: the preferred ones, else all.
func (m *model) openDays(i int, wk week, preferred func(d int) bool) uint64 {
	var all, good uint64
	for d := wk.first; d < wk.end; d++ {
		if !m.reachable(m.cellOf(i), d) {
			continue
		}
		all |= 1 << (d - wk.first)
		if preferred(d) {
			good |= 1 << (d - wk.first)
		}
	}
	if good != 0 {
		return good
	}
	return all
}

// dayQuotas gives the running sums of every pool's quotas over a week's days.
func (m *model) dayQuotas(wk week) [][]float64 {
	sums := make([][]float64, len(m.pools))
	for p := range m.pools {
		sums[p] = make([]float64, wk.end-wk.first+1)
		for d := wk.first; d < wk.end && m.pools[p].demand > 0; d++ {
			sums[p][d-wk.first+1] = sums[p][d-wk.first] + m.pools[p].quotaOn(d, d+1)
		}
	}
	return sums
}

func filter(order []int, keep func(int) bool) []int {
	var out []int
	for _, i := range order {
		if keep(i) {
			out = append(out, i)
		}
	}
	return out
}
