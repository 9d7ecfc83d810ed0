package schedule

import (
	"slices"

	"servicematning/internal/survey"
)

// readSeats sets out the kept contacts: the model's tally counts them, and the
// minutes of their calls are taken.
func (r *mender) readSeats() {
	m := r.m
	nd, n := len(m.days), len(m.evals)*len(m.days)
	for ch := range channels {
		r.held[ch], r.busy[ch] = make([][]int, n), make([]minuteSet, n)
	}
	r.called = make([]minuteSet, len(m.munis)*nd)
	for k := range m.busyEval {
		r.busy[phone][k[0]*nd+k[1]].put(k[2])
	}
	for k := range m.busyMuni {
		r.called[k[0]*nd+k[1]].put(k[2])
	}
	m.tally = m.tallyKept()
	for k := range m.kept {
		if at, known := r.cellFor(&m.kept[k]); known {
			r.meet(at)
			r.voided[at] = r.voided[at] || m.kept[k].Disposition == survey.Void
		}
	}
}

// enterAll takes up the planned items in their places, except a second call at
// one minute, which must move.
func (r *mender) enterAll() {
	for i := range r.m.items {
		it, c := &r.m.items[i], r.m.cellOf(i)
		if it.day < 0 {
			continue
		}
		muni := r.calledBy(c, it.day)
		if muni == nil || !muni.has(it.minute) && !r.busy[phone][it.evaluator*len(r.m.days)+it.day].has(it.minute) {
			r.enter(i)
			continue
		}
		r.force(cause{kind: whyClash}, r.m.days[it.day].date)
		it.day, it.week, it.evaluator, it.minute = -1, -1, -1, -1
		r.evict(i)
	}
}

// evict makes an item without a place one that must get another.
func (r *mender) evict(i int) {
	r.posts[i].must = true
	r.unseated = append(r.unseated, i)
}

// enter counts an item in its place; leave takes it out again.
func (r *mender) enter(i int) {
	it, c := &r.m.items[i], r.m.cellOf(i)
	desk := it.evaluator*len(r.m.days) + it.day
	r.held[c.channel][desk] = append(r.held[c.channel][desk], i)
	r.busy[c.channel][desk].put(it.minute)
	if muni := r.calledBy(c, it.day); muni != nil {
		muni.put(it.minute)
	}
	r.count(i, it, c, 1)
}

func (r *mender) leave(i int) {
	it, c := &r.m.items[i], r.m.cellOf(i)
	desk := it.evaluator*len(r.m.days) + it.day
	list := r.held[c.channel][desk]
	at := slices.Index(list, i)
	list[at] = list[len(list)-1]
	r.held[c.channel][desk] = list[:len(list)-1]
	r.busy[c.channel][desk].drop(it.minute)
	if muni := r.calledBy(c, it.day); muni != nil {
		muni.drop(it.minute)
	}
	r.count(i, it, c, -1)
}

// count adds an item to the tally, or takes it away.
func (r *mender) count(i int, it *item, c *cell, by int) {
	m, t := r.m, r.m.tally
	nd, ne, nw := len(m.days), len(m.evals), len(m.weeks)
	r.away += by * r.extra(i, it.evaluator*nd+it.day)
	t.muniDay[c.channel][c.muni*nd+it.day] += by
	t.evalDay[c.channel][it.evaluator*nd+it.day] += by
	t.question[c.question*nd+it.day] += by
	t.areaWeek[(c.muni*len(m.areas)+m.areaOf[c.question])*nw+it.week] += by
	t.muniEval[c.muni*ne+it.evaluator] += by
	t.evalWeek[(c.muni*nw+it.week)*ne+it.evaluator] += by
	if c.channel == phone {
		t.muniHour[c.muni*hoursPerDay+it.minute/60] += by
		t.hourOfDay[it.day*hoursPerDay+it.minute/60] += by
	}
}

// sibling is another contact of a cell: on which day, counted from the plan's
// first, and in which half of it.
type sibling struct {
	day  int
	late bool
}

// eachSibling visits the other contacts of the item's cell, kept and placed.
func (r *mender) eachSibling(i int, visit func(sibling)) {
	c := r.m.cellOf(i)
	for _, k := range c.kept {
		visit(sibling{k.number, k.late})
	}
	for j := c.first; j < c.first+c.need; j++ {
		if o := &r.m.items[j]; j != i && o.day >= 0 {
			visit(sibling{r.number[o.day], r.m.isLate(o.day, o.minute)})
		}
	}
}

// repeats reports whether the evaluator makes another contact of the item's cell.
func (r *mender) repeats(i, e int) bool {
	c := r.m.cellOf(i)
	if slices.Contains(c.keptEvals, e) {
		return true
	}
	for j := c.first; j < c.first+c.need; j++ {
		if o := &r.m.items[j]; j != i && o.day >= 0 && o.evaluator == e {
			return true
		}
	}
	return false
}
