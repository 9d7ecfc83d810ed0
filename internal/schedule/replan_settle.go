package schedule

// settle lets those that had to move look for better places now that all have
// one, and brings home whom others no longer need to make way.
func (r *mender) settle() {
	r.bringHome()
	for range refinings {
		var apart []int // those that have left their day, or had none
		for _, i := range r.unseated {
			if r.m.items[i].day < 0 {
				continue
			}
			r.refine(i)
			if r.m.items[i].day != r.posts[i].home.day {
				r.refinePair(i)
				apart = append(apart, i)
			}
		}
		r.trade(apart)
	}
	r.bringHome()
	r.fewerAway()
}

const refinings = 3

// refine moves an item to the best free place.
func (r *mender) refine(i int) {
	mark := len(r.log)
	r.put(i, nowhere)
	if !r.seat(i) {
		r.undo(mark)
	}
}

// refinePair moves both contacts of a cell if they are new and two other days
// are better for both together.
func (r *mender) refinePair(i int) {
	c := r.m.cellOf(i)
	j := i + 1
	if c.need != 2 || c.first != i || r.posts[i].contact != nil || r.posts[j].contact != nil {
		return
	}
	mark, a, b := len(r.log), r.spotOf(i), r.spotOf(j)
	r.put(i, nowhere)
	r.put(j, nowhere)
	first, second, gain := r.bestPair(i, a.day, b.day)
	if gain > 0 && r.seatOn(i, first) && r.seatOn(j, second) {
		return
	}
	r.undo(mark)
}

// bestPair finds the two days that are better than the two given by most, for
// an item and another new one of its cell.
func (r *mender) bestPair(i, a, b int) (first, second, gain int) {
	m, c := r.m, r.m.cellOf(i)
	cost := make([]int, len(m.days))
	for d := range m.days {
		cost[d] = r.dayCost(i, d)
	}
	pair := func(x, y int) int {
		return cost[x] + cost[y] + apartCost(c, r.dayNumber(m.days[x].date), r.dayNumber(m.days[y].date))
	}
	now, least := pair(a, b), pair(a, b)
	for x := range m.days {
		for y := range m.days {
			if m.days[x].week != m.days[y].week && m.reachable(c, x) && m.reachable(c, y) && pair(x, y) < least {
				first, second, least = x, y, pair(x, y)
			}
		}
	}
	return first, second, now - least
}

// seatOn gives an item the best free place of a day.
func (r *mender) seatOn(i, d int) bool {
	r.bar(i)
	s, ok := r.best(i, ring{d, d + 1})
	if ok {
		r.put(i, s)
	}
	return ok
}

// trade lets contacts of one municipality and channel exchange places where
// that parts the contacts of their cells better.
func (r *mender) trade(items []int) {
	groups := map[int][]int{}
	for _, i := range items {
		c := r.m.cellOf(i)
		group := c.muni*channels + c.channel
		for _, j := range groups[group] {
			r.tradePlaces(i, j)
		}
		groups[group] = append(groups[group], i)
	}
}

func (r *mender) tradePlaces(i, j int) {
	a, b := r.spotOf(i), r.spotOf(j)
	farther := r.ringOf(i, b) > r.ringOf(i, a) || r.ringOf(j, a) > r.ringOf(j, b)
	if a.day == b.day || r.m.items[i].cell == r.m.items[j].cell || farther {
		return
	}
	mark := len(r.log)
	r.put(i, nowhere)
	r.put(j, nowhere)
	before := r.partCost(i, a) + r.partCost(j, b)
	if !r.fits(i, b) || !r.fits(j, a) || r.partCost(i, b)+r.partCost(j, a) >= before {
		r.undo(mark)
		return
	}
	r.put(i, b)
	r.put(j, a)
}

// ringOf is how far from home a place is.
func (r *mender) ringOf(i int, s spot) int {
	for n, x := range r.rings(i) {
		if x.first <= s.day && s.day < x.end {
			return n
		}
	}
	return len(r.m.days)
}

// fits reports whether the rules let an item be made at a place.
func (r *mender) fits(i int, s spot) bool {
	c := r.m.cellOf(i)
	r.bar(i)
	return r.m.pools[c.pool].has(s.evaluator) && r.allowed(c, s.evaluator, s.day) &&
		r.m.windowOf(c, s.evaluator, s.day).has(s.minute)
}

// partCost is what a place costs apart from the evaluator. The municipality's
// days do not change when places are exchanged.
func (r *mender) partCost(i int, s spot) int {
	c, x := r.m.cellOf(i), r.dayCost(i, s.day)
	late := r.m.isLate(s.day, s.minute)
	r.eachSibling(i, func(o sibling) {
		if c.channel == phone && o.late == late {
			x += weekdayWeight
		}
	})
	return x
}

// bringHome moves contacts that made way back to where they were planned.
func (r *mender) bringHome() {
	for i := range r.posts {
		was, p := r.spotOf(i), &r.posts[i]
		if p.must || was == p.home {
			continue
		}
		c, home := r.m.cellOf(i), p.home
		mark := len(r.log)
		r.put(i, nowhere)
		r.bar(i)
		minute, ok := r.minuteFor(i, home.evaluator, home.day)
		if ok && minute == home.minute && r.allowed(c, home.evaluator, home.day) &&
			r.vacant(c.channel, home.evaluator*len(r.m.days)+home.day) {
			r.put(i, home)
		} else {
			r.undo(mark)
		}
	}
}
