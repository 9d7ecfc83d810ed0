package schedule

import (
	"math"
	"math/bits"
)

// hourDay is the spread that hours force in which nobody works, or which are
// over already.
func (b *bounds) hourDay() (least int) {
	m := b.m
	done := make([]int, len(b.days)*hoursPerDay)
	for _, e := range b.entries[:b.kept] {
		if e.channel == phone {
			done[int(e.day)*hoursPerDay+int(e.minute)/60]++
		}
	}
	calls := b.onDays[phone]
	for d, at := range b.planDay {
		whole := spanOf(b.hours[d]).whole()
		row, most := make([]int, 0, hoursPerDay), make([]int, 0, hoursPerDay)
		add := int(calls[d])
		for h := range hoursPerDay {
			if whole&(1<<h) == 0 {
				continue
			}
			row, most = append(row, done[d*hoursPerDay+h]), append(most, 0)
			add -= done[d*hoursPerDay+h]
			if at >= 0 {
				most[len(most)-1] = m.callsIn(at, hours{h * 60, h*60 + 60})
			}
		}
		if len(row) == 0 {
			continue
		}
		least = max(least, leastSpread(row, most, max(0, add)))
	}
	return least
}

// callsIn is how many calls the evaluators could make in the span: one a minute.
func (m *model) callsIn(d int, span hours) (n int) {
	open := hours{m.days[d].opens, m.days[d].closes}.and(span)
	for e := range m.evals {
		if m.roomOf(phone, e, d) > 0 {
			if h := m.working[e][d].and(open); h.open() {
				n += h.to - h.from
			}
		}
	}
	return n
}

// muniHour compares the country's calls in two hours of the clock, which must
// differ by so much where days are short, and so little else because the
// country's hours of a day are alike, with the municipalities that can be
// phoned in both: what they have to make up for is shared among them.
func (b *bounds) muniHour() (least int) {
	m := b.m
	open := make([]uint32, len(m.munis))
	each := make([]float64, len(m.munis))
	for i := range m.munis {
		open[i] = m.ordinaryHours(i)
		n := b.total[phone][i]
		each[i] = float64(n) / float64(max(1, bits.OnesCount32(open[i])))
		if c := bits.OnesCount32(open[i]); c > 0 && n%c != 0 && b.onlyIn(i, open[i]) {
			least = 1
		}
	}
	differ := float64(max(2, b.ledger.hourDay().value))
	for h := range hoursPerDay {
		for g := range hoursPerDay {
			if h == g {
				continue
			}
			gap := 0.0
			for d := range b.days {
				gap += b.hourGap(d, h, g, differ)
			}
			munis := 0
			for i, set := range open {
				inH, inG := set&(1<<h) != 0, set&(1<<g) != 0
				switch {
				case inH && !inG:
					gap -= each[i]
				case inG && !inH:
					gap += each[i]
				}
				if inH || inG {
					munis++
				}
			}
			if munis > 0 {
				least = max(least, int(math.Ceil(gap/float64(munis)-1e-9)))
			}
		}
	}
	return least
}

// onlyIn reports whether the municipality is never phoned at other hours.
func (b *bounds) onlyIn(i int, set uint32) bool {
	for _, h := range b.m.callable[i] {
		if h.set()&^set != 0 {
			return false
		}
	}
	return b.kept == 0
}

// hourGap is how many more calls, at least, one hour of the day has than
// another when the country's hours of a day differ by so much at most.
func (b *bounds) hourGap(d, h, g int, differ float64) float64 {
	whole := spanOf(b.hours[d]).whole()
	n := b.onDays[phone][d] / float64(max(1, bits.OnesCount32(whole)))
	inH, inG := whole&(1<<h) != 0, whole&(1<<g) != 0
	switch {
	case inH && inG:
		return -differ
	case inH:
		return n - differ
	case inG:
		return -n - differ
	}
	return 0
}
