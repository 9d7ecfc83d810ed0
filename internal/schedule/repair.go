package schedule

import "slices"

// repairer moves contacts that stand against a hard rule to a place where they
// do not, pushing others on where a place is taken: a search for augmenting
// paths in the graph of evaluators' days. It works on one channel at a time.
type repairer struct {
	m    *model
	ch   int
	held [][]int // evaluator × day → items
	from []step  // evaluator × day → how the search came here
	seen []int   // evaluator × day → number of the search
	turn int
	work int    // places looked at so far
	log  []move // everything moved since the start, to take back what leads nowhere
}

// move is an item's way from one place (evaluator × day) to another; -1 is none.
type move struct{ item, from, to int }

// step says which item would move to a place, and from where (-1: the item
// that the search is for).
type step struct{ item, place int }

const (
	deepest  = 4000 // places that a search looks at before it gives up
	patience = 300  // ways to lay a whole cell that are tried
	passes   = 3    // how often the homeless try again after others have moved
	effort   = 20e6 // places looked at in all: a few seconds, when there is no way out
)

// repair mends every violation of evaluators' days, weeks and different
// evaluators, and returns the items for which no place was found.
func (m *model) repair() (homeless []int) {
	for ch := range channels {
		r := &repairer{m: m, ch: ch}
		if wrong := r.lift(); len(wrong) > 0 {
			m.uneven = true
			homeless = append(homeless, r.run(wrong)...)
		}
	}
	return homeless
}

// lift takes what stands against a rule out of its place and lists it.
func (r *repairer) lift() (wrong []int) {
	count := make([]int, len(r.m.evals)*len(r.m.days))
	for i := range r.m.items {
		if r.m.cellOf(i).channel != r.ch {
			continue
		}
		it := &r.m.items[i]
		at := it.evaluator*len(r.m.days) + it.day
		if it.evaluator < 0 || !r.legal(i, it.evaluator, it.day) || count[at] >= r.m.room[r.ch][at] {
			it.evaluator, it.day, it.week = -1, -1, -1
			wrong = append(wrong, i)
			continue
		}
		count[at]++
	}
	return wrong
}

// run finds places for what has none, and returns those for which it did not.
func (r *repairer) run(wrong []int) (homeless []int) {
	size := len(r.m.evals) * len(r.m.days)
	r.held, r.from, r.seen = make([][]int, size), make([]step, size), make([]int, size)
	for i := range r.m.items {
		if it := &r.m.items[i]; it.day >= 0 && r.m.cellOf(i).channel == r.ch {
			at := it.evaluator*len(r.m.days) + it.day
			r.held[at] = append(r.held[at], i)
		}
	}
	for range passes {
		wrong = slices.DeleteFunc(wrong, func(i int) bool { return r.house(i, nil) || r.rehouse(i) || r.displace(i) })
	}
	return wrong
}

// rehouse lays the item's whole cell anew: what is already placed can stand in
// the way of what is not, as when the only evaluator of one week has the
// cell's other contact in another week.
func (r *repairer) rehouse(i int) bool {
	mark, tries := len(r.log), patience
	if items := r.evict(i); len(items) > 1 && r.houseAll(items, &tries) {
		return true
	}
	r.undo(mark)
	return false
}

// displace gives the item the place of another, whose cell is laid anew.
func (r *repairer) displace(i int) bool {
	r.turn++
	budget := 20 * patience
	for _, at := range r.places(i, -1, nil) {
		for _, o := range slices.Clone(r.held[at]) {
			mark, tries := len(r.log), min(budget, patience/10)
			if budget -= tries; tries == 0 || r.work > effort {
				return false
			}
			items := r.evict(o)
			if r.legal(i, at/len(r.m.days), at%len(r.m.days)) {
				r.move(move{i, -1, at})
				if r.houseAll(items, &tries) {
					return true
				}
			}
			r.undo(mark)
		}
	}
	return false
}

// evict takes the whole cell of an item out of its places and lists it, the
// item first.
func (r *repairer) evict(i int) []int {
	c := r.m.cellOf(i)
	items := []int{i}
	for j := c.first; j < c.first+c.need; j++ {
		if r.m.items[j].day < 0 {
			continue
		}
		it := r.m.items[j]
		r.move(move{j, it.evaluator*len(r.m.days) + it.day, -1})
		if j != i {
			items = append(items, j)
		}
	}
	return items
}

// houseAll places the items, trying every evaluator and week for the first.
func (r *repairer) houseAll(items []int, tries *int) bool {
	if len(items) == 1 {
		return r.house(items[0], nil)
	}
	p := &r.m.pools[r.m.cellOf(items[0]).pool]
	for _, k := range r.m.rng.Perm(len(p.evals) * len(r.m.weeks)) {
		if *tries--; *tries < 0 {
			return false
		}
		e, w := p.evals[k%len(p.evals)], k/len(p.evals)
		mark := len(r.log)
		only := func(at int) bool { return at/len(r.m.days) == e && r.m.days[at%len(r.m.days)].week == w }
		if r.house(items[0], only) && r.houseAll(items[1:], tries) {
			return true
		}
		r.undo(mark)
	}
	return false
}

// legal reports whether the item may be made by the evaluator on the day,
// given where the cell's other contacts are now, and capacity aside.
func (r *repairer) legal(i, e, d int) bool {
	m := r.m
	c := m.cellOf(i)
	p := &m.pools[c.pool]
	w := m.days[d].week
	if p.rank[e+1] == p.rank[e] || m.room[r.ch][e*len(m.days)+d] == 0 || !m.windowOf(c, e, d).open() {
		return false
	}
	if c.inWeek(w) || !c.loose && slices.Contains(c.keptEvals, e) {
		return false
	}
	for j := c.first; j < c.first+c.need; j++ {
		if o := m.items[j]; j != i && o.day >= 0 && (o.week == w || !c.loose && o.evaluator == e) {
			return false
		}
	}
	return true
}

// house finds a place for the item, the least loaded free one if there is one;
// only, if not nil, says which places the item itself may take.
func (r *repairer) house(i int, only func(at int) bool) bool {
	r.turn++
	queue := r.places(i, -1, nil)
	if only != nil {
		queue = slices.DeleteFunc(queue, func(at int) bool { return !only(at) })
	}
	best := r.freest(queue)
	for n := 0; best < 0 && n < len(queue) && n < deepest; n++ {
		at := queue[n]
		for _, o := range r.held[at] {
			before := len(queue)
			queue = r.places(o, at, queue)
			if best = r.freest(queue[before:]); best >= 0 {
				break
			}
		}
	}
	return best >= 0 && r.push(i, best)
}

// places adds the places that the item may go to and the search has not seen.
func (r *repairer) places(i, at int, queue []int) []int {
	m := r.m
	p := &m.pools[m.cellOf(i).pool]
	if r.work += len(p.evals) * len(m.days); r.work > effort {
		return queue
	}
	for _, e := range p.evals {
		for d := range m.days {
			to := e*len(m.days) + d
			if r.seen[to] != r.turn && r.legal(i, e, d) {
				r.seen[to], r.from[to] = r.turn, step{i, at}
				queue = append(queue, to)
			}
		}
	}
	return queue
}

// freest is the place with the smallest share of its room taken, -1 when all are full.
func (r *repairer) freest(places []int) int {
	best, least := -1, 1.0
	for _, at := range places {
		if load := float64(len(r.held[at])) / float64(r.m.room[r.ch][at]); load < least {
			best, least = at, load
		}
	}
	return best
}

// push moves everything along the path that ends at the place. A path that
// visits one cell twice may have become illegal on the way; then it is undone.
func (r *repairer) push(i, last int) bool {
	mark := len(r.log)
	for at := last; at >= 0; at = r.from[at].place {
		s := r.from[at]
		if !r.legal(s.item, at/len(r.m.days), at%len(r.m.days)) {
			r.undo(mark)
			return false
		}
		r.move(move{s.item, s.place, at})
	}
	return r.m.items[i].day >= 0
}

func (r *repairer) move(v move) {
	r.log = append(r.log, v)
	r.shift(v)
}

// undo takes back every move since the mark.
func (r *repairer) undo(mark int) {
	for _, v := range slices.Backward(r.log[mark:]) {
		r.shift(move{v.item, v.to, v.from})
	}
	r.log = r.log[:mark]
}

func (r *repairer) shift(v move) {
	it := &r.m.items[v.item]
	if v.from >= 0 {
		k := slices.Index(r.held[v.from], v.item)
		r.held[v.from] = slices.Delete(r.held[v.from], k, k+1)
	}
	if v.to < 0 {
		it.evaluator, it.day, it.week = -1, -1, -1
		return
	}
	r.held[v.to] = append(r.held[v.to], v.item)
	it.evaluator, it.day = v.to/len(r.m.days), v.to%len(r.m.days)
	it.week = r.m.days[it.day].week
}
