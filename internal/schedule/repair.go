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
}

// step says which item would move to a place, and from where (-1: the item
// that the search is for).
type step struct{ item, place int }

// deepest is how many places a search looks at before it gives up.
const deepest = 4000

// repair mends every violation of evaluators' days, weeks and different
// evaluators, and returns the items for which no place was found.
func (m *model) repair() (homeless []int) {
	for ch := range channels {
		r := &repairer{m: m, ch: ch}
		size := len(m.evals) * len(m.days)
		r.held, r.from, r.seen = make([][]int, size), make([]step, size), make([]int, size)
		homeless = append(homeless, r.run()...)
	}
	return homeless
}

func (r *repairer) run() (homeless []int) {
	var wrong []int
	for i := range r.m.items {
		if r.m.cellOf(i).channel != r.ch {
			continue
		}
		it := &r.m.items[i]
		at := it.evaluator*len(r.m.days) + it.day
		if it.evaluator < 0 || !r.legal(i, it.evaluator, it.day) || len(r.held[at]) >= r.m.room[r.ch][at] {
			it.evaluator, it.day, it.week = -1, -1, -1
			wrong = append(wrong, i)
			continue
		}
		r.held[at] = append(r.held[at], i)
	}
	for _, i := range wrong {
		if !r.house(i) {
			homeless = append(homeless, i)
		}
	}
	return homeless
}

// legal reports whether the item may be made by the evaluator on the day,
// given where the cell's other contacts are now, and capacity aside.
func (r *repairer) legal(i, e, d int) bool {
	m := r.m
	c := m.cellOf(i)
	p := &m.pools[c.pool]
	w := m.days[d].week
	if p.rank[e+1] == p.rank[e] || m.room[r.ch][e*len(m.days)+d] == 0 || !m.reachable(c, d) {
		return false
	}
	if slices.Contains(c.keptWeeks, w) || !c.loose && slices.Contains(c.keptEvals, e) {
		return false
	}
	for j := c.first; j < c.first+c.need; j++ {
		if o := m.items[j]; j != i && o.day >= 0 && (o.week == w || !c.loose && o.evaluator == e) {
			return false
		}
	}
	return true
}

// house finds a place for the item, the least loaded free one if there is one.
func (r *repairer) house(i int) bool {
	r.turn++
	queue := r.places(i, -1, nil)
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
	type move struct{ item, from, to int }
	var done []move
	for at := last; at >= 0; at = r.from[at].place {
		s := r.from[at]
		if !r.legal(s.item, at/len(r.m.days), at%len(r.m.days)) {
			for _, u := range slices.Backward(done) {
				r.move(u.item, u.to, u.from)
			}
			return false
		}
		r.move(s.item, s.place, at)
		done = append(done, move{s.item, s.place, at})
	}
	return r.m.items[i].day >= 0
}

// move takes the item from one place to another; -1 is no place.
func (r *repairer) move(i, from, to int) {
	m := r.m
	it := &m.items[i]
	if from >= 0 {
		k := slices.Index(r.held[from], i)
		r.held[from] = slices.Delete(r.held[from], k, k+1)
	}
	if to < 0 {
		it.evaluator, it.day, it.week = -1, -1, -1
		return
	}
	r.held[to] = append(r.held[to], i)
	it.evaluator, it.day = to/len(m.days), to%len(m.days)
	it.week = m.days[it.day].week
}
