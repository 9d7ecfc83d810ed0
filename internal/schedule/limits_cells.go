package schedule

import "math"

// questionDay is the least spread over the days of a question's contacts.
func (b *bounds) questionDay() (least int) {
	m, nd := b.m, len(b.days)
	fixed, room, free := make([]int, len(m.questions)*nd), make([]int, len(m.questions)*nd), make([]int, len(m.questions))
	for _, e := range b.entries[:b.kept] {
		fixed[int(e.question)*nd+int(e.day)]++
	}
	for at := range m.cells {
		if c := &m.cells[at]; c.need > 0 {
			free[c.question] += c.need
			for d, plan := range b.planDay {
				if plan >= 0 && m.reachable(c, plan) && m.poolOpen(&m.pools[c.pool], plan) {
					room[c.question*nd+d]++
				}
			}
		}
	}
	for q := range m.questions {
		if !m.questions[q].Withdrawn {
			least = max(least, leastSpread(fixed[q*nd:][:nd], room[q*nd:][:nd], free[q]))
		}
	}
	// Where days differ in all, some question's must differ by the average.
	low, high := math.Inf(1), 0.0
	calls, mails := b.onDays[phone], b.onDays[email]
	for d := range b.days {
		low, high = min(low, calls[d]+mails[d]), max(high, calls[d]+mails[d])
	}
	return max(least, int((high-low)/float64(max(1, len(m.questions)))))
}

// poolOpen reports whether any of the pool's evaluators has room on the day.
func (m *model) poolOpen(p *pool, d int) bool {
	for _, e := range p.evals {
		if m.roomOf(p.channel, e, d) > 0 {
			return true
		}
	}
	return false
}

// cellDays is the smallest distance between contacts of a cell when each
// municipality's lie in a row, as even as they can be, and the first half is
// paired with the second in order.
func (b *bounds) cellDays() int {
	m, nd := b.m, len(b.days)
	most := math.MaxInt
	for k, list := range b.lists {
		i, ch := k/channels, k%channels
		if n := m.design.Replicates; len(list) > 0 && n > 1 && len(b.m.kept) == 0 {
			most = min(most, b.farthest(b.day[ch][i*nd:][:nd], len(list)))
		}
	}
	least := math.MaxInt
	for at := range m.cells { // what is kept is as it is
		for x, k := range m.cells[at].kept {
			for _, o := range m.cells[at].kept[:x] {
				least = min(least, max(k.number-o.number, o.number-k.number))
			}
		}
	}
	if most = min(most, least); most == math.MaxInt {
		return farApart
	}
	return most
}

// farthest is how far apart the k-th and the k-th of the second half can be
// when no day has more than the fullest of the row.
func (b *bounds) farthest(row []int, total int) int {
	full, days := 0, []int{}
	for d, n := range row {
		if n > 0 {
			full = max(full, n)
			days = append(days, d)
		}
	}
	far, by := math.MaxInt, total/b.m.design.Replicates
	for k := 0; k+by < total; k++ {
		first, last := days[min(len(days)-1, k/full)], days[max(0, len(days)-1-(total-1-k-by)/full)]
		far = min(far, max(0, b.days[first].DaysUntil(b.days[last])))
	}
	return far
}

// cellApart is the percentage of cells whose calls can differ in weekday and
// half-day: those of municipalities that can be phoned on both sides of noon.
func (b *bounds) cellApart() int {
	m := b.m
	cells, good := 0, 0
	for at := range m.cells {
		c := &m.cells[at]
		if c.channel != phone || c.need+c.made < 2 {
			continue
		}
		cells++
		if b.twoSides(c) {
			good++
		}
	}
	if cells == 0 {
		return 100
	}
	return 100 * good / cells
}

func (b *bounds) twoSides(c *cell) bool {
	if c.need == 0 {
		x, y := c.kept[0], c.kept[min(1, len(c.kept)-1)]
		return x.late != y.late && x.weekday != y.weekday
	}
	before, after := false, false
	for d := range b.m.days {
		w, noon := b.m.reach(c, d), (b.m.days[d].opened+b.m.days[d].closes+1)/2
		before = before || w.open() && w.from < noon
		after = after || w.open() && w.to > noon
	}
	for _, k := range c.kept {
		before, after = before || !k.late, after || k.late
	}
	return before && after
}
