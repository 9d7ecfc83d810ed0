package schedule

import "math"

// calendar says how many new contacts each municipality gets on each day.
type calendar struct {
	count [channels][]int // municipality × day
	total [channels][]int // day
	lists [][]int32       // municipality × channel → its items
}

// chooseCalendar gives every municipality its number of contacts for each day
// and channel, before it is known which: all days alike, in each channel and
// in both together, and the country's days alike. It secures the figures
// municipality_day…; what follows only trades contacts of one municipality and
// channel between days, or of one day between evaluators and hours.
func (m *model) chooseCalendar() *calendar {
	c := &calendar{lists: m.itemLists()}
	nd := len(m.days)
	for ch := range channels {
		c.count[ch], c.total[ch] = make([]int, len(m.munis)*nd), make([]int, nd)
	}
	room, demand := m.dailyRoom()
	var done [channels]int
	for _, i := range m.rng.Perm(len(m.munis)) {
		for ch := range channels {
			list := c.lists[i*channels+ch]
			done[ch] += len(list)
			part := float64(done[ch]) / float64(max(1, demand[ch]))
			c.fill(m, i, ch, func(d int) bool { return float64(c.total[ch][d]+1) <= part*room[ch][d]+1 })
		}
	}
	return c
}

// fill adds the municipality's contacts one by one to the day with fewest; has
// tells the days on which the evaluators have room for the municipality's part.
func (c *calendar) fill(m *model, i, ch int, has func(d int) bool) {
	nd := len(m.days)
	own, other := c.count[ch][i*nd:][:nd], c.count[1-ch][i*nd:][:nd]
	kept, keptOther := m.tally.muniDay[ch][i*nd:][:nd], m.tally.muniDay[1-ch][i*nd:][:nd]
	list := c.lists[i*channels+ch]
	left := m.weekLimits(list)
	for range list {
		best, least := -1, math.Inf(1)
		for d := range m.days {
			if left[m.days[d].week] == 0 || !m.reachable(m.cellOf(int(list[0])), d) {
				continue
			}
			level := float64(kept[d]) + float64(own[d])/m.days[d].weight
			both := float64(keptOther[d]+kept[d]) + float64(own[d]+other[d])/m.days[d].weight
			x := level*1e6 + both*1e4 + float64(c.total[ch][d]+m.tally.poolDay[ch][d])
			if !has(d) {
				x += 1e12
			}
			if x < least {
				best, least = d, x
			}
		}
		if best < 0 { // the weeks are full: repair will find what can be done
			return
		}
		own[best]++
		c.total[ch][best]++
		left[m.days[best].week]--
	}
}

// weekLimits is how many of the items each week can take: one of a cell.
func (m *model) weekLimits(list []int32) []int {
	left := make([]int, len(m.weeks))
	last := -1
	for _, i := range list {
		at := m.items[i].cell
		if at == last {
			continue
		}
		last = at
		for w, open := 0, m.openWeeks(&m.cells[at]); open != 0; w, open = w+1, open>>1 {
			left[w] += int(open & 1)
		}
	}
	return left
}

// dailyRoom is what the evaluators can take on each day, and how much there is
// to plan, by channel.
func (m *model) dailyRoom() (room [channels][]float64, demand [channels]int) {
	for ch := range channels {
		room[ch] = make([]float64, len(m.days))
		needed := make([]bool, len(m.evals))
		for i := range m.pools {
			if p := &m.pools[i]; p.channel == ch && p.demand > 0 {
				demand[ch] += p.demand
				for _, e := range p.evals {
					needed[e] = true
				}
			}
		}
		for e, yes := range needed {
			for d := range m.days {
				if yes {
					room[ch][d] += float64(m.roomOf(ch, e, d))
				}
			}
		}
	}
	return room, demand
}

// itemLists lists the items of each municipality and channel, cell by cell.
func (m *model) itemLists() [][]int32 {
	size := make([]int, len(m.munis)*channels)
	at := func(i int) int { c := m.cellOf(i); return c.muni*channels + c.channel }
	for i := range m.items {
		size[at(i)]++
	}
	lists, all := make([][]int32, len(size)), make([]int32, len(m.items))
	for k, n := range size {
		lists[k], all = all[:0:n], all[n:]
	}
	for i := range m.items {
		lists[at(i)] = append(lists[at(i)], int32(i))
	}
	return lists
}
