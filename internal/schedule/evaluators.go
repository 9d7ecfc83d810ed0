package schedule

import "slices"

// handout is the choice of an evaluator for every contact, within the loads.
type handout struct {
	m     *model
	all   gauge     // municipality × evaluator: over the round
	week  gauge     // (municipality × week) × evaluator
	lists [][]int32 // channel × day → items
}

const (
	fromShare   = 2   // how far an evaluator's contacts with a municipality may be from the even share
	aWeek       = 2   // contacts of an evaluator with a municipality in a week
	noOtherWay  = 1e6 // what breaks a rule
	weekMatters = 12
)

// chooseEvaluators hands out each day's contacts so that the loads are kept,
// the contacts of a cell come from different evaluators, nobody meets a
// municipality often in one week, and everybody has an even share of every
// municipality. Then contacts of one day and channel change evaluators, which
// leaves the loads as they are. It secures evaluator_municipality and
// evaluator_municipality_week.
func (m *model) chooseEvaluators() {
	h := m.newHandout()
	left := make([][]int32, len(m.pools))
	for p := range m.pools {
		left[p] = slices.Clone(m.pools[p].load)
	}
	for d := range m.days {
		for ch := range channels {
			list := h.lists[ch*len(m.days)+d]
			m.rng.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
			for _, i := range list {
				h.give(int(i), left[m.cellOf(int(i)).pool])
			}
		}
	}
	amiss := h.swapEvaluators()
	m.uneven = amiss > 0 && amiss < len(m.items)/1000
}

func (m *model) newHandout() *handout {
	nm, ne, nw := len(m.munis), len(m.evals), len(m.weeks)
	h := &handout{m: m, all: make(gauge, nm*ne), week: make(gauge, nm*nw*ne), lists: m.dayLists()}
	share := m.muniShares()
	for k := range h.all {
		h.all[k].n = int32(m.tally.muniEval[k])
		h.all[k].aim(share[k], fromShare)
	}
	for k := range h.week {
		h.week[k] = mark{n: int32(m.tally.evalWeek[k]), high: aWeek}
	}
	h.aimWeeks()
	return h
}

// aimWeeks raises the band where a municipality has more contacts in a week
// than its evaluators can share with two each.
func (h *handout) aimWeeks() {
	m, ne, nw := h.m, len(h.m.evals), len(h.m.weeks)
	count := make([]int, len(m.munis)*nw)
	for i := range m.items {
		if w := m.items[i].week; w >= 0 {
			count[m.cellOf(i).muni*nw+w]++
		}
	}
	takes := make([]bool, len(m.munis)*ne)
	for at := range m.cells {
		c := &m.cells[at]
		if at == 0 || c.pool != m.cells[at-1].pool || c.muni != m.cells[at-1].muni {
			for _, e := range m.pools[c.pool].evals {
				takes[c.muni*ne+e] = true
			}
		}
	}
	for k, n := range count {
		team := 0
		for e := range ne {
			wk := m.weeks[k%nw]
			if takes[k/nw*ne+e] && slices.ContainsFunc(m.working[e][wk.first:wk.end], hours.open) {
				team++
			}
		}
		for e := range ne {
			if team > 0 {
				h.week[k*ne+e].high = max(aWeek, int32((n+team-1)/team))
			}
		}
	}
}

// dayLists lists the items of each channel and day.
func (m *model) dayLists() [][]int32 {
	lists := make([][]int32, channels*len(m.days))
	size := make([]int, len(lists))
	at := func(i int) int { return m.cellOf(i).channel*len(m.days) + m.items[i].day }
	placed := 0
	for i := range m.items {
		if m.items[i].day >= 0 {
			size[at(i)]++
			placed++
		}
	}
	all := make([]int32, placed)
	for k, n := range size {
		lists[k], all = all[:0:n], all[n:]
	}
	for i := range m.items {
		if m.items[i].day >= 0 {
			lists[at(i)] = append(lists[at(i)], int32(i))
		}
	}
	return lists
}

// marks are the item's counts if the evaluator makes it.
func (h *handout) marks(i, e int) (all, week int) {
	muni, ne := h.m.cellOf(i).muni, len(h.m.evals)
	return muni*ne + e, (muni*len(h.m.weeks)+h.m.items[i].week)*ne + e
}

// give hands the item to the evaluator who has met the municipality least,
// among those whose load has room for it.
func (h *handout) give(i int, left []int32) {
	m, nd := h.m, len(h.m.days)
	it, c := &m.items[i], m.cellOf(i)
	best, least := -1, 0.0
	for k, e := range m.pools[c.pool].evals {
		if left[k*nd+it.day] == 0 || !m.windowOf(c, e, it.day).open() {
			continue
		}
		all, week := h.marks(i, e)
		x := h.all[all].middle() + 3*float64(h.week[week].n) + 50*float64(h.week[week].step(1)) +
			float64(h.clash(i, e)) + m.rng.Float64()
		if best < 0 || x < least {
			best, least = k, x
		}
	}
	if best < 0 {
		return
	}
	left[best*nd+it.day]--
	h.put(i, m.pools[c.pool].evals[best])
}

func (h *handout) put(i, e int) {
	all, week := h.marks(i, e)
	h.all[all].n++
	h.week[week].n++
	h.m.items[i].evaluator = e
}

// clash is what it costs that the evaluator has another contact of the cell.
func (h *handout) clash(i, e int) int {
	c := h.m.cellOf(i)
	if c.loose {
		return 0
	}
	for j := c.first; j < c.first+c.need; j++ {
		if j != i && h.m.items[j].evaluator == e {
			return noOtherWay
		}
	}
	if len(c.keptEvals) > 0 && slices.Contains(c.keptEvals, e) {
		return noOtherWay
	}
	return 0
}

// swapEvaluators lets contacts of the same day and channel change evaluators.
func (h *handout) swapEvaluators() (left int) {
	return improve(len(h.m.items), func(least int) (wrong, changed int) {
		few := h.all.short(len(h.m.evals))
		for _, list := range h.lists {
			for _, i := range list {
				over, under := h.amiss(int(i), few)
				if !over && !under {
					continue
				}
				wrong++
				if swapFirst(h.m.rng, h, int(i), list, least, h.asked(int(i), over)) {
					changed++
				}
			}
		}
		return wrong, changed
	})
}

// asked is the municipality's evaluators, of whom those with too few contacts
// are asked; nil, which is all, for an item that should go elsewhere.
func (h *handout) asked(i int, over bool) gauge {
	if over {
		return nil
	}
	return h.all[h.m.cellOf(i).muni*len(h.m.evals):][:len(h.m.evals)]
}

// amiss reports whether the item should have another evaluator, and whether
// its municipality has evaluators with too few contacts who could make it.
func (h *handout) amiss(i int, few []bool) (over, under bool) {
	e := h.m.items[i].evaluator
	if e < 0 {
		return false, false
	}
	all, week := h.marks(i, e)
	return h.all[all].n > h.all[all].high || h.week[week].n > h.week[week].high || h.clash(i, e) > 0,
		few[all/len(h.m.evals)] && h.all[all].n > h.all[all].low
}

// placeOf is the item's evaluator.
func (h *handout) placeOf(i int) int { return h.m.items[i].evaluator }

func (h *handout) lift(i int) {
	all, week := h.marks(i, h.m.items[i].evaluator)
	h.all[all].n--
	h.week[week].n--
	h.m.items[i].evaluator = -1
}

// gain is what is gained if the two items of a day change evaluators.
func (h *handout) gain(i, j int) int {
	m := h.m
	a, b := m.items[i].evaluator, m.items[j].evaluator
	ci, cj := m.cellOf(i), m.cellOf(j)
	if a == b || !m.may(ci, b, m.items[i].day) || !m.may(cj, a, m.items[i].day) {
		return impossible
	}
	cost := 0
	if ci.muni != cj.muni {
		allIA, weekIA := h.marks(i, a)
		allIB, weekIB := h.marks(i, b)
		allJA, weekJA := h.marks(j, a)
		allJB, weekJB := h.marks(j, b)
		cost = h.all.trade(allIA, allIB, allJB, allJA) + weekMatters*h.week.trade(weekIA, weekIB, weekJB, weekJA)
	}
	cost += h.clash(i, b) + h.clash(j, a) - h.clash(i, a) - h.clash(j, b)
	return -cost
}

// may reports whether the evaluator can take a contact of the cell on the day.
func (m *model) may(c *cell, e, d int) bool {
	p := &m.pools[c.pool]
	return p.rank[e+1] > p.rank[e] && m.windowOf(c, e, d).open()
}
