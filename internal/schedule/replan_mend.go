package schedule

import (
	"math"
	"slices"
)

var nowhere = spot{-1, -1, -1, -1}

// relieve moves contacts away from evaluators' days that have too many.
func (r *mender) relieve() {
	for ch := range channels {
		for desk := range r.held[ch] {
			for len(r.held[ch][desk]) > r.m.room[ch][desk] {
				r.relieveDesk(ch, desk)
			}
		}
	}
}

// relieveDesk moves the contact that finds the best place, or makes one
// another's burden when none does.
func (r *mender) relieveDesk(ch, desk int) {
	m := r.m
	e, d := desk/len(m.days), desk%len(m.days)
	r.force(cause{kind: whyOverfull, who: m.evals[e].Email}, m.days[d].date)
	if i, to, ok := r.easiest(r.held[ch][desk]); ok {
		r.put(i, to)
		return
	}
	if r.pushOut(ch, desk) {
		return
	}
	i := slices.Max(r.held[ch][desk])
	r.put(i, nowhere)
	r.evict(i)
}

// easiest finds the item, of several that could move, whose best free place is
// nearest and cheapest.
func (r *mender) easiest(items []int) (item int, to spot, ok bool) {
	nearest, least := math.MaxInt, math.MaxInt
	for _, i := range items {
		r.bar(i)
		for near, ring := range r.rings(i) {
			if near > nearest {
				break
			}
			s, found := r.best(i, ring)
			if !found {
				continue
			}
			if x := r.cost(i, s.evaluator, s.day); near < nearest || x < least {
				nearest, least, item, to, ok = near, x, i, s, true
			}
			break
		}
	}
	return item, to, ok
}

// part moves contacts of a cell apart that lie in one week or with one
// evaluator, where there is a place for one of them.
func (r *mender) part() {
	for again := true; again; {
		again = false
		for at := range r.m.cells {
			c := &r.m.cells[at]
			for i := c.first; i < c.first+c.need; i++ {
				if why, meets := r.meets(i); meets && r.partItem(i, why) {
					again = true
				}
			}
		}
	}
}

// meets reports whether an item lies with another of its cell where it must
// not. Contacts that could both move are reported from the first of them on.
func (r *mender) meets(i int) (why cause, ok bool) {
	it := &r.m.items[i]
	if it.day < 0 {
		return cause{}, false
	}
	r.bar(i)
	switch {
	case r.bars.weeks>>it.week&1 != 0:
		return cause{kind: whySameWeek}, true
	case slices.Contains(r.bars.evals, it.evaluator):
		return cause{kind: whySamePerson}, true
	}
	return cause{}, false
}

// partItem moves the item, or the one of its cell that it meets.
func (r *mender) partItem(i int, why cause) bool {
	c := r.m.cellOf(i)
	var items []int
	for j := c.first; j < c.first+c.need; j++ {
		if _, meets := r.meets(j); meets {
			items = append(items, j)
		}
	}
	date := r.m.days[r.m.items[i].day].date
	if j, to, ok := r.easiest(items); ok {
		r.put(j, to)
		r.force(why, date)
		return true
	}
	for _, j := range items {
		mark := len(r.log)
		r.put(j, nowhere)
		if r.makeWay(j) {
			r.force(why, date)
			return true
		}
		r.undo(mark)
	}
	return false
}

// layAnew moves the planned contacts of the item's cell that stand in its way.
func (r *mender) layAnew(i int) bool {
	c := r.m.cellOf(i)
	for j := c.first; j < c.first+c.need; j++ {
		if j == i || r.m.items[j].day < 0 {
			continue
		}
		mark := len(r.log)
		r.put(j, nowhere)
		if r.layBoth(i, j) {
			return true
		}
		r.undo(mark)
	}
	return false
}

// layBoth tries every evaluator and week for the first of two items of a cell.
func (r *mender) layBoth(i, j int) bool {
	mark, pool := len(r.log), &r.m.pools[r.m.cellOf(i).pool]
	for _, e := range pool.evals {
		for _, w := range r.m.weeks {
			r.bar(i)
			s, ok := r.bestOf(i, []int{e}, ring{w.first, w.end})
			if !ok {
				continue
			}
			r.put(i, s)
			if r.seat(j) {
				return true
			}
			r.undo(mark)
		}
	}
	if r.makeWay(i) && (r.seat(j) || r.makeWay(j)) {
		return true
	}
	r.undo(mark)
	return false
}

// settle lets those that had to move look for better places now that all have
// one, and brings home whom others no longer need to make way.
func (r *mender) settle() {
	r.bringHome()
	for range refinings {
		for _, i := range r.unseated {
			r.refine(i)
		}
	}
	r.bringHome()
}

const refinings = 2

// refine moves an item to the best free place. One that has stayed on its day
// is well placed.
func (r *mender) refine(i int) {
	was, home := r.spotOf(i), r.posts[i].home
	if was.day < 0 || was.day == home.day {
		return
	}
	mark := len(r.log)
	r.put(i, nowhere)
	if !r.seat(i) {
		r.undo(mark)
	}
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
