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
	for _, i := range slices.Clone(items) {
		mark := len(r.log)
		r.put(i, nowhere)
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
		r.undo(mark)
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
