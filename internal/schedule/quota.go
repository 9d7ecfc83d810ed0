package schedule

import "slices"

// rounds is how often the quotas are scaled. They settle within a few rounds
// unless there is hardly any room, and then repair finishes the work.
const rounds = 60

// limits are the upper bounds on a pool's quotas that follow from its cells:
// a cell takes one contact per week and one per evaluator.
type limits struct {
	byEval []float64
	byWeek []float64
	byDay  []float64
}

func (m *model) limits(p *pool) limits {
	l := limits{make([]float64, len(p.evals)), make([]float64, len(m.weeks)), make([]float64, len(m.days))}
	for _, at := range p.cells {
		c := &m.cells[at]
		for k, e := range p.evals {
			if c.loose {
				l.byEval[k] += float64(c.need)
			} else if !slices.Contains(c.keptEvals, e) {
				l.byEval[k]++
			}
		}
		for w, wk := range m.weeks {
			if slices.Contains(c.keptWeeks, w) {
				continue
			}
			any := false
			for d := wk.first; d < wk.end; d++ {
				if m.reachable(c, d) {
					l.byDay[d]++
					any = true
				}
			}
			if any {
				l.byWeek[w]++
			}
		}
	}
	return l
}

// quotas gives every pool a fractional plan: how many contacts each evaluator
// makes on each day. It starts even over the days and in proportion to the
// evaluators' capacities, and is scaled until it keeps every limit, which
// changes the proportions as little as can be (iterative proportional fitting).
func (m *model) quotas() {
	nd := len(m.days)
	plans := make([]*quotaPlan, 0, len(m.pools))
	for i := range m.pools {
		if m.pools[i].demand > 0 {
			plans = append(plans, m.startQuota(&m.pools[i]))
		}
	}
	var shared [channels][]float64 // multiplier per evaluator and day
	var load [channels][]float64
	for ch := range channels {
		shared[ch] = slices.Repeat([]float64{1}, len(m.evals)*nd)
		load[ch] = make([]float64, len(m.evals)*nd)
	}
	for range rounds {
		worst := 0.0
		for _, q := range plans {
			worst = max(worst, q.fit(shared[q.pool.channel], m))
		}
		for ch := range channels {
			clear(load[ch])
		}
		for _, q := range plans {
			q.addLoad(load[q.pool.channel])
		}
		for ch := range channels {
			for k, n := range load[ch] {
				room := float64(m.room[ch][k])
				if n > room*1.0001 {
					worst = max(worst, n/max(room, 1)-1)
				}
				if n > 0 {
					shared[ch][k] = min(1, shared[ch][k]*room/n)
				}
			}
		}
		if worst < 1e-4 {
			break
		}
	}
	for _, q := range plans {
		q.compute(shared[q.pool.channel])
		q.store()
	}
}

// quotaPlan is a pool's quotas while they are being fitted: start values and a
// multiplier for each limit, at most 1.
type quotaPlan struct {
	pool   *pool
	limit  limits
	start  []float64 // evaluator × day
	now    []float64
	total  float64
	eval   []float64
	week   []float64
	day    []float64
	weekOf []int // day → week
}

func (m *model) startQuota(p *pool) *quotaPlan {
	nd := len(m.days)
	q := &quotaPlan{
		pool: p, limit: m.limits(p), start: make([]float64, len(p.evals)*nd), now: make([]float64, len(p.evals)*nd), total: 1,
		eval: slices.Repeat([]float64{1}, len(p.evals)), week: slices.Repeat([]float64{1}, len(m.weeks)),
		day: slices.Repeat([]float64{1}, nd), weekOf: make([]int, nd),
	}
	for d, x := range m.days {
		q.weekOf[d] = x.week
		sum := 0
		for _, e := range p.evals {
			sum += m.roomOf(p.channel, e, d)
		}
		if sum == 0 || q.limit.byDay[d] == 0 {
			continue
		}
		for k, e := range p.evals {
			q.start[k*nd+d] = x.weight * float64(m.roomOf(p.channel, e, d)) / float64(sum)
		}
	}
	return q
}

// fit scales the pool's quotas to its demand and its own limits, and returns
// by how much the demand was missed before.
func (q *quotaPlan) fit(shared []float64, m *model) (missed float64) {
	if sum := q.compute(shared); sum > 0 {
		missed = max(sum/float64(q.pool.demand), float64(q.pool.demand)/sum) - 1
		q.total *= float64(q.pool.demand) / sum
	}
	nd := len(q.day)
	q.compute(shared)
	for k := range q.eval {
		n := 0.0
		for d := range nd {
			n += q.now[k*nd+d]
		}
		lower(&q.eval[k], n, q.limit.byEval[k])
	}
	q.compute(shared)
	for d := range nd {
		lower(&q.day[d], q.onDays(d, d+1), q.limit.byDay[d])
	}
	q.compute(shared)
	for w, wk := range m.weeks {
		lower(&q.week[w], q.onDays(wk.first, wk.end), q.limit.byWeek[w])
	}
	q.compute(shared)
	return missed
}

func (q *quotaPlan) onDays(from, to int) (n float64) {
	for k := range q.eval {
		for d := from; d < to; d++ {
			n += q.now[k*len(q.day)+d]
		}
	}
	return n
}

// lower adjusts a multiplier so that its sum meets the limit; it never lifts
// a sum that is below the limit beyond what it had without the multiplier.
func lower(multiplier *float64, sum, limit float64) {
	if sum > 0 {
		*multiplier = min(1, *multiplier*limit/sum)
	}
}

// compute multiplies everything out.
func (q *quotaPlan) compute(shared []float64) (sum float64) {
	nd := len(q.day)
	for k, e := range q.pool.evals {
		for d := range nd {
			x := q.start[k*nd+d] * q.total * q.eval[k] * q.day[d] * q.week[q.weekOf[d]] * shared[e*nd+d]
			q.now[k*nd+d] = x
			sum += x
		}
	}
	return sum
}

func (q *quotaPlan) addLoad(load []float64) {
	nd := len(q.day)
	for k, e := range q.pool.evals {
		for d := range nd {
			load[e*nd+d] += q.now[k*nd+d]
		}
	}
}

// store leaves the quotas with the pool as sums over the evaluators before,
// which is what dividing asks for.
func (q *quotaPlan) store() {
	ne, nd := len(q.eval), len(q.day)
	q.pool.quota = make([]float64, nd*(ne+1))
	for d := range nd {
		for k := range ne {
			q.pool.quota[d*(ne+1)+k+1] = q.pool.quota[d*(ne+1)+k] + q.now[k*nd+d]
		}
	}
}
