package schedule

import (
	"math"
	"slices"
)

// bars is what the other contacts of its cell forbid an item.
type bars struct {
	weeks uint64
	evals []int
}

// bar sets the mender's bars for an item.
func (r *mender) bar(i int) {
	m, c := r.m, r.m.cellOf(i)
	b := &r.bars
	b.weeks, b.evals = 0, b.evals[:0]
	for _, k := range c.kept {
		if k.week >= 0 {
			b.weeks |= 1 << k.week
		}
	}
	if !c.loose {
		b.evals = append(b.evals, c.keptEvals...)
	}
	for j := c.first; j < c.first+c.need; j++ {
		if o := &m.items[j]; j != i && o.day >= 0 {
			b.weeks |= 1 << o.week
			if !c.loose {
				b.evals = append(b.evals, o.evaluator)
			}
		}
	}
}

// allowed reports whether the barred item may be made at the desk, taken seats
// aside. The evaluator must be one of its pool.
func (r *mender) allowed(c *cell, e, d int) bool {
	m := r.m
	return r.bars.weeks>>m.days[d].week&1 == 0 && m.room[c.channel][e*len(m.days)+d] > 0 &&
		!slices.Contains(r.bars.evals, e) && m.windowOf(c, e, d).open()
}

// vacant reports whether the desk has a seat left.
func (r *mender) vacant(ch, desk int) bool { return len(r.held[ch][desk]) < r.m.room[ch][desk] }

// seat gives an item the best free place: on the day it is planned for, else
// in that week, else anywhere.
func (r *mender) seat(i int) bool {
	r.bar(i)
	for _, ring := range r.rings(i) {
		if s, ok := r.best(i, ring); ok {
			r.put(i, s)
			return true
		}
	}
	return false
}

// ring is a span of days.
type ring struct{ first, end int }

// rings lists the days near an item's home first. New items have none.
func (r *mender) rings(i int) []ring {
	home, all := r.posts[i].home, ring{0, len(r.m.days)}
	var out []ring
	if home.day >= 0 {
		out = append(out, ring{home.day, home.day + 1})
	}
	if home.week >= 0 {
		out = append(out, ring{r.m.weeks[home.week].first, r.m.weeks[home.week].end})
	}
	return append(out, all)
}

// best finds the cheapest vacant place of the barred item in some days.
func (r *mender) best(i int, days ring) (spot, bool) {
	return r.bestOf(i, r.m.pools[r.m.cellOf(i).pool].evals, days)
}

// bestOf does the same with some evaluators only.
func (r *mender) bestOf(i int, evals []int, days ring) (spot, bool) {
	m, c := r.m, r.m.cellOf(i)
	r.costs = r.costs[:0]
	for d := days.first; d < days.end; d++ {
		r.costs = append(r.costs, r.dayCost(i, d))
	}
	var full []int // desks without a minute for the item
	for {
		best, least := -1, math.MaxInt
		for _, e := range evals {
			for d := days.first; d < days.end; d++ {
				desk := e*len(m.days) + d
				if !r.vacant(c.channel, desk) || !r.allowed(c, e, d) || slices.Contains(full, desk) {
					continue
				}
				if x := r.costs[d-days.first] + r.deskCost(i, e, d); x < least {
					best, least = desk, x
				}
			}
		}
		if best < 0 {
			return spot{}, false
		}
		e, d := best/len(m.days), best%len(m.days)
		if minute, ok := r.minuteFor(i, e, d); ok {
			return spot{e, d, m.days[d].week, minute}, true
		}
		full = append(full, best)
	}
}

// put moves an item to a place, from wherever it is, and remembers it.
func (r *mender) put(i int, s spot) {
	r.log = append(r.log, moved{i, r.spotOf(i)})
	r.move(i, s)
}

// moved is an item and where it was before.
type moved struct {
	item int
	was  spot
}

// undo takes back every move since the mark.
func (r *mender) undo(mark int) {
	for _, v := range slices.Backward(r.log[mark:]) {
		r.move(v.item, v.was)
	}
	r.log = r.log[:mark]
}

func (r *mender) move(i int, s spot) {
	it := &r.m.items[i]
	if it.day >= 0 {
		r.leave(i)
	}
	it.evaluator, it.day, it.week, it.minute = s.evaluator, s.day, s.week, s.minute
	if s.day >= 0 {
		r.enter(i)
	}
}

// spotOf is where an item is now.
func (r *mender) spotOf(i int) spot {
	it := &r.m.items[i]
	return spot{it.evaluator, it.day, it.week, it.minute}
}
