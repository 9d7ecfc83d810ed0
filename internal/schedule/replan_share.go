package schedule

import "math"

// idler is an evaluator with working days on which others have work that the
// evaluator may take, but the evaluator nothing: somebody new, or back again.
type idler struct {
	evaluator int
	days      []int
}

// noticed is the share, over days in a row, from which having nothing to do is
// no chance: in a sparse plan even two or three contacts may be.
const noticed = 6

// idle finds them, before anything has moved.
func (r *mender) idle() (found []idler) {
	shares := r.poolShares()
	for e := range r.m.evals {
		run, sum := idler{evaluator: e}, 0.0
		for d := range r.m.days {
			switch desk := e*len(r.m.days) + d; {
			case r.m.room[phone][desk]+r.m.room[email][desk] == 0:
			case r.hadWork(desk):
				found = run.close(found, sum)
				run.days, sum = nil, 0
			default:
				run.days, sum = append(run.days, d), sum+shares[desk]
			}
		}
		found = run.close(found, sum)
	}
	return found
}

// hadWork reports whether the plan has or had something at the desk that is
// not to be moved away from it.
func (r *mender) hadWork(desk int) bool {
	n := 0
	for ch := range channels {
		n += r.m.tally.evalDay[ch][desk] + r.gone[ch][desk]
	}
	return n > 0
}

func (n idler) close(found []idler, sum float64) []idler {
	if sum >= noticed {
		return append(found, n)
	}
	return found
}

// poolShares gives every evaluator's part of the contacts planned on a day, by
// desk: each pool's in proportion to capacity.
func (r *mender) poolShares() []float64 {
	m := r.m
	nd := len(m.days)
	planned := make([]int, len(m.pools)*nd)
	for i := range m.items {
		if d := r.posts[i].home.day; d >= 0 {
			planned[m.cellOf(i).pool*nd+d]++
		}
	}
	shares := make([]float64, len(m.evals)*nd)
	for k, n := range planned {
		p, d := &m.pools[k/nd], k%nd
		all := 0
		for _, e := range p.evals {
			all += r.capacity(p.channel, e, d)
		}
		for _, e := range p.evals {
			shares[e*nd+d] += float64(n*r.capacity(p.channel, e, d)) / float64(max(1, all))
		}
	}
	return shares
}

// capacity is what an evaluator can take on a day that nothing is planned on.
func (r *mender) capacity(ch, e, d int) int {
	if !r.m.working[e][d].open() {
		return 0
	}
	return r.m.evals[e].Capacity(channelCode[ch])
}

// giveShares gives every idler a share of each of the days in proportion to
// capacity, from those who have most. Fractions are carried to the next day.
func (r *mender) giveShares(idle []idler) {
	for _, n := range idle {
		for ch := range channels {
			carried := 0.0
			for _, d := range n.days {
				share := r.fairShare(ch, n.evaluator, d)
				want := share + carried
				for r.load(ch, n.evaluator, d) < int(math.Round(want)) && r.takeOver(ch, n.evaluator, d, share) {
				}
				carried = max(-1, min(1, want-float64(r.load(ch, n.evaluator, d))))
			}
		}
	}
}

// load is how much an evaluator has on a day.
func (r *mender) load(ch, e, d int) int { return r.m.tally.evalDay[ch][e*len(r.m.days)+d] }

// fairShare is the evaluator's part, by capacity, of all that those have on
// the day who may take the same contacts.
func (r *mender) fairShare(ch, e, d int) float64 {
	m := r.m
	with := make([]bool, len(m.evals))
	for f := range m.evals {
		for _, i := range r.held[ch][f*len(m.days)+d] {
			p := &m.pools[m.cellOf(i).pool]
			if p.rank[e+1] == p.rank[e] || with[f] {
				continue
			}
			for _, o := range p.evals {
				with[o] = true
			}
		}
	}
	load, all := 0, 0
	for f := range m.evals {
		if with[f] {
			load, all = load+r.load(ch, f, d), all+r.capacity(ch, f, d)
		}
	}
	if all == 0 {
		return 0
	}
	return float64(load*r.capacity(ch, e, d)) / float64(all)
}

// takeOver gives the evaluator a contact of the day from the one with the
// largest load for the capacity, unless even that is less than a fair share.
func (r *mender) takeOver(ch, e, d int, share float64) bool {
	m := r.m
	tried := make([]bool, len(m.evals))
	tried[e] = true
	for {
		giver, most := -1, share/float64(max(1, r.capacity(ch, e, d)))
		for f := range m.evals {
			if x := r.burden(ch, f, d); !tried[f] && (x > most || giver < 0 && x >= most) {
				giver, most = f, x
			}
		}
		if giver < 0 {
			return false
		}
		if r.handOver(ch, giver, e, d) {
			return true
		}
		tried[giver] = true
	}
}

// burden is an evaluator's load of a day for the capacity.
func (r *mender) burden(ch, e, d int) float64 {
	return float64(r.load(ch, e, d)) / float64(max(1, r.capacity(ch, e, d)))
}

// handOver moves the giver's contact that suits the taker best.
func (r *mender) handOver(ch, giver, taker, d int) bool {
	m := r.m
	best, least := -1, math.MaxInt
	for _, i := range r.held[ch][giver*len(m.days)+d] {
		c := m.cellOf(i)
		p := &m.pools[c.pool]
		r.bar(i)
		if p.rank[taker+1] == p.rank[taker] || !r.vacant(ch, taker*len(m.days)+d) || !r.allowed(c, taker, d) {
			continue
		}
		if x := r.cost(i, taker, d) - r.cost(i, giver, d); x < least {
			best, least = i, x
		}
	}
	if best < 0 {
		return false
	}
	minute, ok := r.minuteFor(best, taker, d)
	if !ok {
		return false
	}
	if r.spotOf(best) == r.posts[best].home {
		r.force(cause{kind: whyIdles, who: m.evals[taker].Email}, m.days[d].date)
	}
	r.put(best, spot{taker, d, m.days[d].week, minute})
	return true
}
