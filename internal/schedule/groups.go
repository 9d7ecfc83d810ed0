package schedule

import "slices"

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
	g := &groups{
		muniRank: m.rng.Perm(len(m.munis)), questionRank: m.rng.Perm(len(m.questions)), poolRanking: m.rng.Perm(len(m.pools)),
	}
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
