package schedule

import (
	"math"
	"math/bits"
	"slices"
)

// evaluatorDay is the smallest distance from the shares with which each pool's
// contacts could be handed out to its evaluators, all days together: a maximum
// flow. Days that are past are as they are.
func (b *bounds) evaluatorDay() int {
	least := 0
	for ch := range channels {
		share := b.shares(ch)
		for least < 100 && !b.shared(ch, share, float64(least)) {
			least++
		}
	}
	return least
}

// shares is every evaluator's part of the days of the plan, in proportion to
// capacity.
func (b *bounds) shares(ch int) []float64 {
	m := b.m
	share := make([]float64, len(m.evals)*len(m.days))
	takes := m.taking(ch)
	calls := b.onDays[ch]
	for d, at := range b.planDay {
		if at < 0 {
			continue
		}
		for e, x := range b.parts(calls[d], ch, d, takes) {
			share[e*len(m.days)+at] = max(0, x)
		}
	}
	return share
}

// shared reports whether the evaluators can make all contacts of the channel
// with nobody's day further above the share.
func (b *bounds) shared(ch int, share []float64, beyond float64) bool {
	m := b.m
	nd := len(m.days)
	f := m.newLoadFlow(ch, nil, nil)
	total := 0
	for n, p := range f.pools {
		f.grant(f.supply[n], m.pools[p].demand)
		total += m.pools[p].demand
		for _, edge := range f.link[n] {
			f.grant(edge, unlimited)
		}
	}
	for e, edge := range f.desk {
		sum := 0
		for d := range nd {
			made := m.tally.evalDay[ch][e*nd+d]
			sum += max(0, min(m.roomOf(ch, e, d), int(math.Floor(share[e*nd+d]+beyond+0.1))-made))
		}
		f.grant(edge, sum)
	}
	return f.flow(f.source, f.sink) == total
}

// evaluatorMuni is the distance from the share that kept contacts force, or
// that an evaluator's days do which have too little room for all the shares.
func (b *bounds) evaluatorMuni() int {
	m, ne := b.m, len(b.m.evals)
	share := m.muniShares()
	far := 0.0
	for e := range ne {
		sum, made, room := 0.0, 0, 0
		for i := range m.munis {
			n := m.tally.muniEval[i*ne+e]
			made += n
			sum += share[i*ne+e]
			far = max(far, float64(n)-share[i*ne+e])
		}
		for d := range m.days {
			room += m.roomOf(phone, e, d) + m.roomOf(email, e, d)
		}
		far = max(far, (sum-float64(made+room))/float64(len(m.munis)))
	}
	return int(math.Ceil(far - 1e-9))
}

// evaluatorMuniWeek is what the busiest evaluator has when a municipality's
// contacts, in an area or in all, are shared evenly among all who may take
// them and weeks have contacts by their days.
func (b *bounds) evaluatorMuniWeek() int {
	m, na := b.m, len(b.m.areas)
	least := 0
	for _, n := range m.tally.evalWeek {
		least = max(least, n)
	}
	free := make([]int, len(m.munis)*na)
	for at := range m.cells {
		free[m.cells[at].muni*na+m.areaOf[m.cells[at].question]] += m.cells[at].need
	}
	team, area := make([]uint64, len(m.evals)), make([]uint64, len(m.evals)) // evaluator → weeks
	for i := range m.munis {
		clear(team)
		all := 0
		for a := range na {
			b.takers(i, a, area)
			for e, weeks := range area {
				team[e] |= weeks
			}
			all += free[i*na+a]
			least = max(least, ceilDiv(free[i*na+a], max(1, bitsOf(area))))
		}
		least = max(least, ceilDiv(all, max(1, bitsOf(team))))
	}
	return least
}

func bitsOf(sets []uint64) (n int) {
	for _, s := range sets {
		n += bits.OnesCount64(s)
	}
	return n
}

// takers sets the weeks in which each evaluator can take the municipality's
// contacts in the area, in either channel.
func (b *bounds) takers(i, a int, weeks []uint64) {
	m := b.m
	clear(weeks)
	q := slices.Index(m.areaOf, a)
	if q < 0 {
		return
	}
	for ch := range channels {
		p := &m.pools[m.cells[(i*len(m.questions)+q)*channels+ch].pool]
		for _, e := range p.evals {
			weeks[e] |= b.works[ch*len(m.evals)+e]
		}
	}
}
