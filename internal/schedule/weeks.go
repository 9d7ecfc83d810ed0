package schedule

import (
	"math/bits"
	"slices"
)

// chooseWeeks gives every contact a week: the contacts of a cell different
// ones, each area of a municipality evenly, each pool by its quota. Where the
// weeks are alike, a cell's contacts share the odd or the even weeks, so that
// never less than a whole week lies between them.
func (m *model) chooseWeeks(g *groups) {
	open := make([]uint64, len(m.cells))
	for c := range m.cells {
		open[c] = m.openWeeks(&m.cells[c])
	}
	if !m.weeksAlike() {
		m.divideWeeks(g, open, span(0, len(m.weeks)), func(int) bool { return true })
		return
	}
	sets := [2]uint64{0x5555555555555555 & span(0, len(m.weeks)), 0xaaaaaaaaaaaaaaaa & span(0, len(m.weeks))}
	odd := make([]int, len(m.cells))
	first := func(i int) bool { return i == m.cellOf(i).first }
	divide(m.rng, division{
		bins: len(sets),
		left: [][]int{g.area, g.channel, g.muni}, right: [][]int{g.question, g.poolArea, g.pool, g.national},
		hold:  [][]int{g.question, g.channel, g.pool},
		share: func(int, int, int, int) float64 { return float64((len(m.weeks)+1)/2) / float64(len(m.weeks)) },
		room: func(i, lo, hi int) (n int) {
			c := m.cellOf(i)
			for set := lo; set < hi; set++ {
				if bits.OnesCount64(open[g.cell[i]]&sets[set]) >= c.need && !m.beside(c, sets[set]) {
					n++
				}
			}
			return n
		},
		put: func(i, set int) { odd[g.cell[i]] = set },
	}, filter(g.left, first), filter(g.right, first), len(m.items))
	for n, set := range sets {
		m.divideWeeks(g, open, set, func(i int) bool { return odd[g.cell[i]] == n })
	}
}

// beside reports whether a kept contact lies in a week next to one of the set.
func (m *model) beside(c *cell, set uint64) bool {
	return slices.ContainsFunc(c.keptWeeks, func(w int) bool { return (set<<1|set>>1)&(1<<w) != 0 })
}

// weeksAlike reports whether the odd and the even weeks can each hold whole
// cells: there are enough of them, and every pool's weeks are equally large.
func (m *model) weeksAlike() bool {
	if len(m.weeks)/2 < m.design.Replicates {
		return false
	}
	for p := range m.pools {
		if m.pools[p].demand == 0 {
			continue
		}
		even := m.pools[p].quotaOn(0, len(m.days)) / float64(len(m.weeks))
		for _, wk := range m.weeks {
			if n := m.pools[p].quotaOn(wk.first, wk.end); n < 0.97*even || n > 1.03*even {
				return false
			}
		}
	}
	return true
}

// divideWeeks divides some of the items over a set of weeks.
func (m *model) divideWeeks(g *groups, open []uint64, set uint64, in func(int) bool) {
	var weeks []int
	for w := range m.weeks {
		if set&(1<<w) != 0 {
			weeks = append(weeks, w)
		}
	}
	sums := make([][]float64, len(m.pools))
	for p := range m.pools {
		sums[p] = make([]float64, len(weeks)+1)
		for k, w := range weeks {
			if m.pools[p].demand > 0 {
				sums[p][k+1] = sums[p][k] + m.pools[p].quotaOn(m.weeks[w].first, m.weeks[w].end)
			}
		}
	}
	divide(m.rng, division{
		bins: len(weeks),
		left: [][]int{g.cell, g.area, g.channel, g.muni}, right: [][]int{g.question, g.poolArea, g.pool, g.national},
		hold: [][]int{g.question, g.pool, g.channel}, apart: g.cell,
		share: func(i, lo, mid, hi int) float64 { return portion(sums[g.pool[i]], lo, mid, hi) },
		room: func(i, lo, hi int) (n int) {
			for _, w := range weeks[lo:hi] {
				n += int(open[g.cell[i]] >> w & 1)
			}
			return n
		},
		put: func(i, k int) { m.items[i].week = weeks[k] },
	}, filter(g.left, in), filter(g.right, in), len(m.items))
}

// span is the set of the numbers lo..hi-1.
func span(lo, hi int) uint64 { return (1<<hi - 1) &^ (1<<lo - 1) }

// openWeeks is the set of weeks that may still take a contact of the cell.
func (m *model) openWeeks(c *cell) (set uint64) {
	for w, wk := range m.weeks {
		if slices.Contains(c.keptWeeks, w) {
			continue
		}
		for d := wk.first; d < wk.end; d++ {
			if m.reachable(c, d) {
				set |= 1 << w
			}
		}
	}
	return set
}
