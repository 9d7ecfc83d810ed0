package schedule

import "math"

// chooseLoads decides in whole contacts how many of each pool every evaluator
// makes on each day: a maximum flow from the day's pools to the evaluators,
// who are first filled to their shares rounded down, then rounded up, and only
// where areas or capacities leave no other way beyond. It secures the figure
// evaluator_day: what follows trades contacts of one day.
func (m *model) chooseLoads() {
	need := m.poolNeeds()
	owed := make([]float64, len(m.evals)*len(m.days))
	for ch := range channels {
		total := make([]int, len(m.days))
		for p := range m.pools {
			if m.pools[p].channel == ch && m.pools[p].demand > 0 {
				m.pools[p].load = make([]int32, len(m.pools[p].evals)*len(m.days))
				for d := range m.days {
					total[d] += need[p*len(m.days)+d]
				}
			}
		}
		f := m.newLoadFlow(ch, m.shares(ch, total), need)
		f.owed = owed
		for d := range m.days {
			f.day(d)
		}
	}
}

// poolNeeds counts each pool's contacts on each day.
func (m *model) poolNeeds() []int {
	need := make([]int, len(m.pools)*len(m.days))
	for i := range m.items {
		if d := m.items[i].day; d >= 0 {
			need[m.cellOf(i).pool*len(m.days)+d]++
		}
	}
	return need
}

// loadFlow is the network of one channel, used for each day anew.
type loadFlow struct {
	network
	m            *model
	ch           int
	source, sink int
	pools        []int // the channel's pools with contacts to plan
	need         []int // pool × day
	share        []float64
	owed         []float64 // evaluator × day: what rounding calls has left to e-mails
	supply       []int     // position in pools → edge from the source
	desk         []int     // evaluator → edge to the sink
	link         [][]int   // position in pools, evaluator of the pool → edge
	carry        []float64 // edge → what rounding has left over from earlier days
	granted      []int     // edge → its capacity so far
}

func (m *model) newLoadFlow(ch int, share []float64, need []int) *loadFlow {
	f := &loadFlow{m: m, ch: ch, share: share, need: need}
	edges := len(m.evals)
	for p := range m.pools {
		edges += 1 + len(m.pools[p].evals)
	}
	f.to, f.room = make([]int, 0, 2*edges), make([]int, 0, 2*edges)
	f.source, f.sink = f.node(), f.node()
	desks := make([]int, len(m.evals))
	for e := range m.evals {
		desks[e] = f.node()
		f.desk = append(f.desk, f.join(desks[e], f.sink))
	}
	for p := range m.pools {
		if m.pools[p].channel != ch || m.pools[p].demand == 0 {
			continue
		}
		at := f.node()
		f.pools = append(f.pools, p)
		f.supply = append(f.supply, f.join(f.source, at))
		links := make([]int, len(m.pools[p].evals))
		for k, e := range m.pools[p].evals {
			links[k] = f.join(at, desks[e])
		}
		f.link = append(f.link, links)
	}
	f.carry, f.granted = make([]float64, len(f.to)), make([]int, len(f.to))
	return f
}

// join adds an edge without capacity and returns its number.
func (f *loadFlow) join(from, to int) int {
	f.edge(from, to, 0)
	return len(f.to) - 2
}

// grant raises an edge's capacity.
func (f *loadFlow) grant(edge, capacity int) {
	if more := capacity - f.granted[edge]; more > 0 {
		f.room[edge] += more
		f.granted[edge] = capacity
	}
}

// day shares out one day's contacts.
func (f *loadFlow) day(d int) {
	clear(f.room)
	clear(f.granted)
	left := 0
	for n, p := range f.pools {
		need := f.need[p*len(f.m.days)+d]
		f.grant(f.supply[n], need)
		left += need
	}
	want := f.wants(d)
	// Rounding a pool's part down, up, and two more; the last stages set no limit.
	steps := []struct {
		extra, beyond float64
	}{{-1, -1}, {0, -1}, {2, -1}, {2, 0}, {unlimited, 0}, {2, 0.5}, {unlimited, 0.5}, {unlimited, 1}, {unlimited, 2}, {unlimited, 4}, {unlimited, 8}, {unlimited, unlimited}}
	for _, s := range steps {
		f.widen(d, want, s.extra, s.beyond)
		left -= f.flow(f.source, f.sink)
		if left == 0 && s.beyond >= -1 && s.extra >= 2 {
			break
		}
	}
	f.read(d, want)
}

// fits reports whether the evaluators could share out such days among them
// with nobody more than half a contact above the share.
func (f *loadFlow) fits(even [][]float64) bool {
	const unit = 100 // parts of a contact
	for d := range f.m.days {
		clear(f.room)
		clear(f.granted)
		total := 0
		for n, p := range f.pools {
			part := int(unit * even[p][d])
			total += part
			f.grant(f.supply[n], part)
			for _, edge := range f.link[n] {
				f.grant(edge, unlimited)
			}
		}
		for e, edge := range f.desk {
			room := float64(f.m.roomOf(f.ch, e, d))
			f.grant(edge, int(unit*min(room, f.share[e*len(f.m.days)+d]+0.5)))
		}
		if f.flow(f.source, f.sink) < total {
			return false
		}
	}
	return true
}

// wants is how much each pool would have each evaluator make, with what
// rounding has left over.
func (f *loadFlow) wants(d int) []float64 {
	nd := len(f.m.days)
	want := make([]float64, len(f.to))
	for n, p := range f.pools {
		quota, need := &f.m.pools[p], float64(f.need[p*nd+d])
		all := quota.quotaOn(d, nd)
		for k, edge := range f.link[n] {
			if all > 0 {
				want[edge] = quota.quota[k*nd+d]*need/all + f.carry[edge]
			}
		}
	}
	return want
}

// widen raises capacities: of pools' parts to the wish rounded up and extra,
// of evaluators to the share rounded up and beyond, at most to the day's room.
// An extra or beyond of -1 means rounded down.
func (f *loadFlow) widen(d int, want []float64, extra, beyond float64) {
	for _, links := range f.link {
		for _, edge := range links {
			x := want[edge]
			if extra > 0 { // what other days had too much of does not hinder this one
				x -= min(0, f.carry[edge])
			}
			f.grant(edge, int(rounded(x, extra)))
		}
	}
	for e, edge := range f.desk {
		room := float64(f.m.roomOf(f.ch, e, d))
		f.grant(edge, int(min(room, f.part(e*len(f.m.days)+d, beyond))))
	}
}

// part is an evaluator's share of the day, rounded down or up and beyond. E-mails
// make up for how calls were rounded, so that both together are even too.
func (f *loadFlow) part(k int, beyond float64) float64 {
	least, most := rounded(f.share[k], -1), rounded(f.share[k], 0)
	if beyond < 0 {
		return clamp(rounded(f.share[k]+f.owed[k], -1), least, most)
	}
	if beyond == 0 {
		return clamp(rounded(f.share[k]+f.owed[k], 0), least, most)
	}
	return most + math.Floor(beyond)
}

func rounded(x, extra float64) float64 {
	if extra < 0 {
		return math.Floor(x + 1e-6)
	}
	return math.Ceil(x-1e-6) + extra
}

// read leaves the day's flow with the pools.
func (f *loadFlow) read(d int, want []float64) {
	nd := len(f.m.days)
	for n, p := range f.pools {
		for k, edge := range f.link[n] {
			made := f.room[edge^1]
			f.m.pools[p].load[k*nd+d] = int32(made)
			f.carry[edge] = clamp(want[edge]-float64(made), -20, 20)
		}
	}
	for e, edge := range f.desk {
		f.owed[e*nd+d] += f.share[e*nd+d] - float64(f.room[edge^1])
	}
}
