package schedule

// swapDays lets two contacts of the same municipality and channel change days
// where that brings questions, areas, pools and cells closer to their bands.
// The municipality's days stay as the calendar has them.
func (t *dealing) swapDays() {
	improve(len(t.m.items), func(least int) (wrong, changed int) {
		few, scarce := t.question.short(len(t.m.days)), t.area.short(len(t.m.weeks))
		for _, list := range t.cal.lists {
			for _, i := range list {
				if !t.amiss(int(i), few, scarce) {
					continue
				}
				wrong++
				if t.swapBest(int(i), list, least) {
					changed++
				}
			}
		}
		return wrong, changed
	})
}

// amiss reports whether the item might lie better on another day.
func (t *dealing) amiss(i int, few, scarce []bool) bool {
	it := &t.m.items[i]
	if it.day < 0 {
		return false
	}
	q, a, p := t.columns(i)
	nd := len(t.m.days)
	question, area, pool := &t.question[q*nd+it.day], &t.area[a*len(t.m.weeks)+it.week], &t.pool[p*nd+it.day]
	return question.n > question.high || few[q] && question.n > question.low ||
		area.n > area.high || scarce[a] && area.n > area.low ||
		pool.n > pool.high || t.besides(i, it.day) > 0
}

// swapBest lets the item change days with the one of the list that gains most.
func (t *dealing) swapBest(i int, list []int32, least int) bool {
	best, most := -1, least-1
	start := t.m.rng.IntN(len(list))
	for n := range list {
		j := int(list[(start+n)%len(list)])
		if t.m.items[j].day == t.m.items[i].day {
			continue
		}
		if gain := t.gain(i, j); gain > most {
			best, most = j, gain
		}
	}
	if best < 0 {
		return false
	}
	t.swap(i, best)
	return true
}

// gain is what is gained if two items of a municipality and channel change days.
func (t *dealing) gain(i, j int) int {
	a, b := &t.m.items[i], &t.m.items[j]
	if a.day == b.day || a.cell == b.cell || b.day < 0 {
		return impossible
	}
	m, nd, nw := t.m, len(t.m.days), len(t.m.weeks)
	if !m.reachable(m.cellOf(i), b.day) || !m.reachable(m.cellOf(j), a.day) {
		return impossible
	}
	qi, ai, pi := t.columns(i)
	qj, aj, pj := t.columns(j)
	cost := 0
	if qi != qj {
		cost += t.question.trade(qi*nd+a.day, qi*nd+b.day, qj*nd+b.day, qj*nd+a.day)
	}
	if ai != aj && a.week != b.week {
		cost += 4 * t.area.trade(ai*nw+a.week, ai*nw+b.week, aj*nw+b.week, aj*nw+a.week)
	}
	if pi != pj {
		cost += t.pool.trade(pi*nd+a.day, pi*nd+b.day, pj*nd+b.day, pj*nd+a.day)
	}
	cost += t.besides(i, b.day) + t.besides(j, a.day) - t.besides(i, a.day) - t.besides(j, b.day)
	return -cost
}

func (t *dealing) swap(i, j int) {
	di, dj := t.m.items[i].day, t.m.items[j].day
	t.lift(i)
	t.lift(j)
	t.put(i, dj)
	t.put(j, di)
}

// lift takes the item from its day.
func (t *dealing) lift(i int) {
	it := &t.m.items[i]
	q, a, p := t.columns(i)
	nd := len(t.m.days)
	t.question[q*nd+it.day].n--
	t.area[a*len(t.m.weeks)+it.week].n--
	t.pool[p*nd+it.day].n--
	it.day, it.week = -1, -1
}
