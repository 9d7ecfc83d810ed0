package schedule

// settle lets those that had to move look for better places now that all have
// one, and brings home those who made way for others without need.
func (r *mender) settle() {
	for range refinings {
		var apart []int // those that have left their day, or had none
		for _, i := range r.unseated {
			if r.m.items[i].day < 0 {
				continue
			}
			r.refine(i)
			if r.m.items[i].day != r.posts[i].home.day {
				apart = append(apart, i)
			}
		}
		r.trade(apart)
	}
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
