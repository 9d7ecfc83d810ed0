package schedule

import "math"

// idler is an evaluator with working days on which others have work that the
// evaluator may take, but the evaluator nothing: somebody new, or back again.
type idler struct {
	evaluator int
	days      []int
}

// Having nothing to do is no chance from these shares on: in a sparse plan
// somebody may well be without contacts for a day or more.
const (
	noticedInDay = 3 // contacts of one day
	noticedInAll = 8 // of such days in a row, or of any days of somebody who never had any
)

// idle finds them.
func (r *mender) idle() (found []idler) {
	for e := range r.m.evals {
		if !r.anyFree(e) {
			continue
		}
		run, sum, daily := idler{evaluator: e}, 0.0, float64(noticedInDay)
		if r.isNew(e) {
			daily = 0
		}
		for d, share := range r.openShares(e) {
			switch {
			case !r.m.working[e][d].open():
			case !r.isFree(e, d) || share < daily:
				found = run.close(found, sum >= noticedInAll)
				run.days, sum = nil, 0
			default:
				run.days, sum = append(run.days, d), sum+share
			}
		}
		found = run.close(found, sum >= noticedInAll)
	}
	return found
}

func (n idler) close(found []idler, noticed bool) []idler {
	if noticed {
		return append(found, n)
	}
	return found
}

// isNew reports whether the evaluator has no contact in the whole round.
func (r *mender) isNew(e int) bool {
	n := 0
	for i := range r.m.munis {
		n += r.m.tally.muniEval[i*len(r.m.evals)+e]
	}
	return n == 0
}

// isFree reports whether the evaluator works on the day and has nothing to do.
func (r *mender) isFree(e, d int) bool {
	desk := e*len(r.m.days) + d
	return r.load(phone, e, d)+r.load(email, e, d) == 0 && r.m.room[phone][desk]+r.m.room[email][desk] > 0
}

func (r *mender) anyFree(e int) bool {
	for d := range r.m.days {
		if r.isFree(e, d) {
			return true
		}
	}
	return false
}

// openShares gives the evaluator's part of every day's contacts: of each that
// the evaluator may take, what the capacity is of that of all in its pool.
func (r *mender) openShares(e int) []float64 {
	m := r.m
	nd := len(m.days)
	planned := make([]int, len(m.pools)*nd)
	for i := range m.items {
		c, d := m.cellOf(i), m.items[i].day
		if d < 0 {
			d = r.posts[i].home.day
		}
		if d >= 0 && m.pools[c.pool].has(e) && !r.repeats(i, e) {
			planned[c.pool*nd+d]++
		}
	}
	shares := make([]float64, nd)
	for k, n := range planned {
		p, d, all := &m.pools[k/nd], k%nd, 0
		if n == 0 {
			continue
		}
		for _, o := range p.evals {
			all += r.capacity(p.channel, o, d)
		}
		shares[d] += float64(n*r.capacity(p.channel, e, d)) / float64(max(1, all))
	}
	return shares
}

// has reports whether the evaluator belongs to the pool.
func (p *pool) has(e int) bool { return p.rank[e+1] > p.rank[e] }

// capacity is what an evaluator can take on a day that nothing is planned on.
func (r *mender) capacity(ch, e, d int) int {
	if !r.m.working[e][d].open() {
		return 0
	}
	return r.m.evals[e].Capacity(channelCode[ch])
}

// giveShares gives every idler a share of each of the days in proportion to
// capacity, from those who have most. Fractions are carried to the next day.
// Giving may leave another idle.
func (r *mender) giveShares(idle []idler) {
	for range len(r.m.evals) {
		before := len(r.log)
		for _, n := range idle {
			r.giveShare(n)
		}
		if idle = r.idle(); len(r.log) == before {
			break
		}
	}
}

func (r *mender) giveShare(n idler) {
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

// load is how much an evaluator has on a day.
func (r *mender) load(ch, e, d int) int { return r.m.tally.evalDay[ch][e*len(r.m.days)+d] }

// fairShare is the evaluator's part, by capacity, of all that those have on
// the day who may take the same contacts.
func (r *mender) fairShare(ch, e, d int) float64 {
	m := r.m
	with := make([]bool, len(m.evals))
	for f := range m.evals {
		for _, i := range r.held[ch][f*len(m.days)+d] {
			if p := &m.pools[m.cellOf(i).pool]; !with[f] && p.has(e) && !r.repeats(i, e) {
				for _, o := range p.evals {
					with[o] = true
				}
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
			if r.load(phone, f, d)+r.load(email, f, d) < 2 {
				continue // or the giver would be idle next
			}
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
		r.bar(i)
		if !m.pools[c.pool].has(taker) || !r.vacant(ch, taker*len(m.days)+d) || !r.allowed(c, taker, d) {
			continue
		}
		if x := r.cost(i, taker, d) - r.cost(i, giver, d); x < least {
			best, least = i, x
		}
	}
	if best < 0 {
		return false
	}
	mark := len(r.log)
	r.put(best, nowhere)
	minute, ok := r.minuteFor(best, taker, d)
	if !ok {
		r.undo(mark)
		return false
	}
	r.posts[best].given = !r.posts[best].must
	r.put(best, spot{taker, d, m.days[d].week, minute})
	return true
}
