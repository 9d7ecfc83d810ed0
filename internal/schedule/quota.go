package schedule

import (
	"math/bits"
	"slices"
)

// rounds is how often the quotas are scaled. They settle within a few rounds
// unless there is hardly any room, and then repair finishes the work.
const rounds = 40

// limits are the upper bounds on a pool's quotas that follow from its cells:
// a cell takes one contact per week and one per evaluator.
type limits struct {
	byEval []float64
	byWeek []float64
	byDay  []float64
}

// limits are counted once for each pool.
func (m *model) limits(p *pool) limits {
	if p.limit.byEval != nil {
		return p.limit
	}
	l := limits{make([]float64, len(p.evals)), make([]float64, len(m.weeks)), make([]float64, len(m.days))}
	for _, at := range p.cells {
		c := &m.cells[at]
		for k, e := range p.evals {
			if c.loose {
				l.byEval[k] += float64(c.need)
			} else if len(c.keptEvals) == 0 || !slices.Contains(c.keptEvals, e) {
				l.byEval[k]++
			}
		}
		for open := m.openWeeks(c); open != 0; open &= open - 1 {
			w := bits.TrailingZeros64(open)
			l.byWeek[w]++
			for d := m.weeks[w].first; d < m.weeks[w].end; d++ {
				if m.reachable(c, d) {
					l.byDay[d]++
				}
			}
		}
	}
	p.limit = l
	return l
}

// quotas gives every pool a fractional plan: how many contacts each evaluator
// makes on each day. It starts from the calendar, and is scaled by turns to
// the evaluators' shares of the day, which stand in proportion to capacity,
// and to every limit, which changes the proportions as little as can be
// (iterative proportional fitting). At the end only hard limits count.
func (m *model) quotas(cal *calendar) {
	var plans [channels][]*quotaPlan
	starts := m.poolDays(cal)
	for i := range m.pools {
		if p := &m.pools[i]; p.demand > 0 {
			plans[p.channel] = append(plans[p.channel], m.startQuota(p, starts[i]))
		}
	}
	for ch := range channels {
		share := m.shares(ch, cal.total[ch])
		f := fitting{m: m, plans: plans[ch], room: m.room[ch], load: make([]float64, len(share))}
		f.shared = slices.Repeat([]float64{1}, len(share))
		for round := range rounds {
			if f.round(share, round >= rounds*2/3) < 1e-3 {
				break
			}
		}
		for _, q := range f.plans {
			q.compute(f.shared)
			q.pool.quota = q.now
		}
		m.aimPools(ch, share, starts)
	}
}

// aimPools sets how many contacts each pool should have on each day: evenly
// many if the evaluators can share out every such day in proportion to their
// capacities, else what the quotas say.
func (m *model) aimPools(ch int, share []float64, even [][]float64) {
	fits := m.newLoadFlow(ch, share, nil).fits(even)
	for i := range m.pools {
		p := &m.pools[i]
		if p.channel != ch || p.demand == 0 {
			continue
		}
		p.days, p.bend = even[i], make([]float64, len(m.days))
		for d := range p.days {
			if !fits {
				n := p.quotaOn(d, len(m.days))
				p.bend[d], p.days[d] = n-p.days[d], n
			}
		}
	}
}

// poolDays is how many contacts each pool would make on each day if every
// municipality's day had the mix of its whole period.
func (m *model) poolDays(cal *calendar) [][]float64 {
	nd := len(m.days)
	starts := make([][]float64, len(m.pools))
	for p := range starts {
		starts[p] = make([]float64, nd)
	}
	of := make([]int, len(m.pools))
	for k, list := range cal.lists {
		for _, i := range list {
			of[m.cellOf(int(i)).pool]++
		}
		for _, i := range list {
			p := m.cellOf(int(i)).pool
			if of[p] == 0 {
				continue
			}
			part := float64(of[p]) / float64(len(list))
			of[p] = 0
			for d := range nd {
				starts[p][d] += part * float64(cal.count[k%channels][k/channels*nd+d])
			}
		}
	}
	return starts
}

// shares is each evaluator's part of every day's contacts, in proportion to
// capacity and at most what there is room for; kept contacts count.
func (m *model) shares(ch int, total []int) []float64 {
	nd := len(m.days)
	share := make([]float64, len(m.evals)*nd)
	takes := m.taking(ch)
	for d := range nd {
		lo, hi := 0.0, 1e6
		for range 50 {
			mid := (lo + hi) / 2
			sum := 0.0
			for e, ev := range m.evals {
				k := e*nd + d
				share[k] = 0
				if takes[e] {
					want := mid*float64(ev.Capacity(channelCode[ch])) - float64(m.tally.evalDay[ch][k])
					share[k] = clamp(want, 0, float64(m.room[ch][k]))
				}
				sum += share[k]
			}
			if sum < float64(total[d]) {
				lo = mid
			} else {
				hi = mid
			}
		}
	}
	return share
}

func clamp(x, low, high float64) float64 { return max(low, min(high, x)) }

// fitting is one channel's quotas while they are being fitted.
type fitting struct {
	m      *model
	plans  []*quotaPlan
	shared []float64 // evaluator × day: multiplier common to the pools
	load   []float64 // evaluator × day
	room   []int
}

// round scales everything once and tells how much was amiss before. hard
// leaves the shares aside and only keeps to what there is room for.
func (f *fitting) round(share []float64, hard bool) (worst float64) {
	clear(f.load)
	for _, q := range f.plans {
		worst = max(worst, q.fit(f.shared, f.m))
		q.addLoad(f.load)
	}
	for k, n := range f.load {
		if n <= 0 {
			continue
		}
		factor := share[k] / n
		if hard {
			factor = min(1, float64(f.room[k])/n)
		}
		f.shared[k] *= factor
		if n > 1 {
			worst = max(worst, factor-1, 1-factor)
		}
	}
	return worst
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

func (m *model) startQuota(p *pool, days []float64) *quotaPlan {
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
			// A little of everything can grow where the calendar asked for none.
			q.start[k*nd+d] = max(days[d], 1e-3) * float64(m.roomOf(p.channel, e, d)) / float64(sum)
		}
	}
	return q
}

// fit scales the pool's quotas to its demand and its own limits, and returns
// by how much the demand was missed before.
func (q *quotaPlan) fit(shared []float64, m *model) (missed float64) {
	if sum := q.compute(shared); sum > 0 {
		missed = max(sum/float64(q.pool.demand), float64(q.pool.demand)/sum) - 1
		q.scale(&q.total, float64(q.pool.demand)/sum, 0, len(q.eval), 0, len(q.day))
	}
	nd := len(q.day)
	for k := range q.eval {
		q.lower(&q.eval[k], q.limit.byEval[k], k, k+1, 0, nd)
	}
	for d := range nd {
		q.lower(&q.day[d], q.limit.byDay[d], 0, len(q.eval), d, d+1)
	}
	for w, wk := range m.weeks {
		q.lower(&q.week[w], q.limit.byWeek[w], 0, len(q.eval), wk.first, wk.end)
	}
	return missed
}

// lower adjusts a multiplier so that the sum over its evaluators and days
// meets the limit; it never lifts one beyond what it had without the multiplier.
func (q *quotaPlan) lower(multiplier *float64, limit float64, k0, k1, d0, d1 int) {
	sum := 0.0
	for k := k0; k < k1; k++ {
		for d := d0; d < d1; d++ {
			sum += q.now[k*len(q.day)+d]
		}
	}
	if sum > 0 && (sum > limit || *multiplier < 1) {
		q.scale(multiplier, min(1, *multiplier*limit/sum) / *multiplier, k0, k1, d0, d1)
	}
}

// scale changes a multiplier and what it multiplies.
func (q *quotaPlan) scale(multiplier *float64, factor float64, k0, k1, d0, d1 int) {
	*multiplier *= factor
	for k := k0; k < k1; k++ {
		for d := d0; d < d1; d++ {
			q.now[k*len(q.day)+d] *= factor
		}
	}
}

// compute multiplies everything out.
func (q *quotaPlan) compute(shared []float64) (sum float64) {
	nd := len(q.day)
	for k, e := range q.pool.evals {
		by := q.total * q.eval[k]
		for d := range nd {
			x := q.start[k*nd+d] * by * q.day[d] * q.week[q.weekOf[d]] * shared[e*nd+d]
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

// quotaOn is how many contacts the pool should make on the day.
func (p *pool) quotaOn(d, days int) (n float64) {
	for k := range p.evals {
		n += p.quota[k*days+d]
	}
	return n
}
