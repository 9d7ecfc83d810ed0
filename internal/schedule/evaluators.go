package schedule

// chooseEvaluators hands out every day's contacts in proportion to the quotas,
// the contacts of a cell to different evaluators, and each municipality's
// evenly over those who may take them.
func (m *model) chooseEvaluators(g *groups) {
	nd, n := len(m.days), len(m.items)
	poolDay, channelDay := make([]int, n), make([]int, n)
	for i, it := range m.items {
		poolDay[i] = g.pool[i]*nd + it.day
		channelDay[i] = g.national[i]*nd + it.day
	}
	// A pool's evaluators are told apart by their order, so the halving of all
	// evaluators looks up how many of the pool's come before each limit.
	sum := func(i, e int) float64 {
		p := &m.pools[g.pool[i]]
		return p.quota[m.items[i].day*(len(p.evals)+1)+p.rank[e]]
	}
	job := division{
		bins: len(m.evals),
		left: [][]int{g.cell, g.channel, g.muni}, right: [][]int{poolDay, channelDay, g.national},
		hold: [][]int{g.channel, poolDay}, apart: m.apartGroups(),
		share: func(i, lo, mid, hi int) float64 {
			if all := sum(i, hi) - sum(i, lo); all > 0 {
				return (sum(i, mid) - sum(i, lo)) / all
			}
			return 0.5
		},
		room: func(i, lo, hi int) int { return m.freeEvals(i, lo, hi) },
		put:  func(i, e int) { m.items[i].evaluator = e },
	}
	right := m.sorted(func(i int, c *cell) int {
		x := (c.channel*nd+m.items[i].day)*len(m.pools) + g.poolRanking[c.pool]
		return x*len(m.munis) + g.muniRank[c.muni]
	})
	divide(m.rng, job, g.left, right, n)
}

// apartGroups numbers the contacts that need different evaluators. Those of a
// cell with too few evaluators stand alone.
func (m *model) apartGroups() []int {
	apart := make([]int, len(m.items))
	for i, it := range m.items {
		apart[i] = it.cell
		if m.cells[it.cell].loose {
			apart[i] = len(m.cells) + i
		}
	}
	return apart
}

// freeEvals counts the evaluators [lo,hi) who may take the contact on its day.
func (m *model) freeEvals(i, lo, hi int) int {
	c := m.cellOf(i)
	p := &m.pools[c.pool]
	n := p.rank[hi] - p.rank[lo]
	if n == 0 || c.loose {
		return n
	}
	for _, e := range c.keptEvals {
		if e >= lo && e < hi && p.rank[e+1] > p.rank[e] {
			n--
		}
	}
	return n
}
