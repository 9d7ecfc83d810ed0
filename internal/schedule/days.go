package schedule

import (
	"math/bits"
	"slices"
)

// groups numbers the items by what they have in common. Ranks drawn by lot
// decide which groups are neighbours, so that another seed pairs other things.
type groups struct {
	cell, area, channel, muni           []int // left: a municipality's contacts
	question, poolArea, pool, national  []int // right: the same thing across the country
	left, right                         []int // the items in the order of each side
	muniRank, questionRank, poolRanking []int
}

func (m *model) group() *groups {
	n := len(m.items)
	g := &groups{muniRank: m.rng.Perm(len(m.munis)), questionRank: m.rng.Perm(len(m.questions)), poolRanking: m.rng.Perm(len(m.pools))}
	for _, list := range []*[]int{&g.cell, &g.area, &g.channel, &g.muni, &g.question, &g.poolArea, &g.pool, &g.national} {
		*list = make([]int, n)
	}
	for i, it := range m.items {
		c := &m.cells[it.cell]
		a := m.areaOf[c.question]
		g.cell[i], g.pool[i], g.national[i], g.muni[i] = it.cell, c.pool, c.channel, c.muni
		g.channel[i] = c.muni*channels + c.channel
		g.area[i] = g.channel[i]*len(m.areas) + a
		g.poolArea[i] = c.pool*len(m.areas) + a
		g.question[i] = c.pool*len(m.questions) + c.question
	}
	areaRank := m.rng.Perm(len(m.areas))
	g.left = m.sorted(func(i int, c *cell) int {
		x := g.muniRank[c.muni]*channels + c.channel
		x = x*len(m.areas) + areaRank[m.areaOf[c.question]]
		return x*len(m.questions) + g.questionRank[c.question]
	})
	g.right = m.sorted(func(i int, c *cell) int {
		x := c.channel*len(m.pools) + g.poolRanking[c.pool]
		x = x*len(m.areas) + areaRank[m.areaOf[c.question]]
		x = x*len(m.questions) + g.questionRank[c.question]
		return x*len(m.munis) + g.muniRank[c.muni]
	})
	return g
}

// sorted lists all items by a number; items of one cell keep their order.
func (m *model) sorted(key func(i int, c *cell) int) []int {
	keys := make([]int, len(m.items))
	order := make([]int, len(m.items))
	for i := range m.items {
		keys[i] = key(i, m.cellOf(i))
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return keys[a] - keys[b] })
	return order
}

// quotaOn is how many contacts the pool should make on the days [from,to).
func (p *pool) quotaOn(from, to int) (n float64) {
	ne := len(p.evals) + 1
	for d := from; d < to; d++ {
		n += p.quota[d*ne+ne-1]
	}
	return n
}

// chooseWeeks gives every contact a week: the contacts of a cell different
// ones, each area of a municipality evenly, each pool by its quota.
func (m *model) chooseWeeks(g *groups) {
	sums := make([][]float64, len(m.pools))
	for p := range m.pools {
		sums[p] = make([]float64, len(m.weeks)+1)
		if m.pools[p].demand == 0 {
			continue
		}
		for w, wk := range m.weeks {
			sums[p][w+1] = sums[p][w] + m.pools[p].quotaOn(wk.first, wk.end)
		}
	}
	open := make([]uint64, len(m.cells))
	for c := range m.cells {
		open[c] = m.openWeeks(&m.cells[c])
	}
	divide(m.rng, division{
		bins: len(m.weeks),
		left: [][]int{g.cell, g.area, g.channel, g.muni}, right: [][]int{g.question, g.poolArea, g.pool, g.national},
		quota: g.pool, keep: g.channel, apart: g.cell,
		share: func(i, lo, mid, hi int) float64 { return portion(sums[g.pool[i]], lo, mid, hi) },
		room:  func(i, lo, hi int) int { return bits.OnesCount64(open[g.cell[i]] & span(lo, hi)) },
		put:   func(i, w int) { m.items[i].week = w },
	}, g.left, g.right, len(m.items))
}

// portion is the part of [lo,hi) before mid, by running sums.
func portion(sums []float64, lo, mid, hi int) float64 {
	if all := sums[hi] - sums[lo]; all > 0 {
		return (sums[mid] - sums[lo]) / all
	}
	return 0.5
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

// chooseDays gives every contact a day of its week, so that the municipality's
// contacts, each channel's, each question's and each pool's are even.
func (m *model) chooseDays(g *groups) {
	for w, wk := range m.weeks {
		sums := make([][]float64, len(m.pools))
		for p := range m.pools {
			sums[p] = make([]float64, wk.end-wk.first+1)
			if m.pools[p].demand == 0 {
				continue
			}
			for d := wk.first; d < wk.end; d++ {
				sums[p][d-wk.first+1] = sums[p][d-wk.first] + m.pools[p].quotaOn(d, d+1)
			}
		}
		in := func(i int) bool { return m.items[i].week == w }
		divide(m.rng, division{
			bins: wk.end - wk.first,
			left: [][]int{g.area, g.channel, g.muni}, right: [][]int{g.question, g.poolArea, g.pool, g.national},
			quota: g.pool, keep: g.channel,
			share: func(i, lo, mid, hi int) float64 { return portion(sums[g.pool[i]], lo, mid, hi) },
			room: func(i, lo, hi int) (n int) {
				for d := wk.first + lo; d < wk.first+hi; d++ {
					if m.reachable(m.cellOf(i), d) {
						n++
					}
				}
				return n
			},
			put: func(i, d int) { m.items[i].day = wk.first + d },
		}, filter(g.left, in), filter(g.right, in), len(m.items))
	}
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
