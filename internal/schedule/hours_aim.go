package schedule

import "math/bits"

// set is the hours of the clock that the span touches.
func (h hours) set() uint32 {
	if !h.open() {
		return 0
	}
	return 1<<((h.to+59)/60) - 1<<(h.from/60)
}

// whole is the hours of the clock that lie in the span from start to end.
func (h hours) whole() uint32 {
	from, to := (h.from+59)/60, h.to/60
	if from >= to {
		return 0
	}
	return 1<<to - 1<<from
}

// aimMunis spreads each municipality's calls over its ordinary hours. Where
// some hours are closed to some municipalities or on some days, the others
// make up for it, so that the country's hours stay alike.
func (k *clock) aimMunis() {
	want := k.hourShares()
	for i := range k.m.munis {
		ordinary := k.m.ordinaryHours(i)
		for h := range hoursPerDay {
			at := &k.muni[i*hoursPerDay+h]
			at.n = int32(k.m.tally.muniHour[i*hoursPerDay+h])
			at.aim(want[i*hoursPerDay+h], 0.99)
			if ordinary&(1<<h) == 0 {
				at.low = 0
			}
		}
	}
}

// hourShares scales the municipalities' hours by turns to the municipality's
// calls and to the country's calls in the hour.
func (k *clock) hourShares() []float64 {
	m := k.m
	share := make([]float64, len(m.munis)*hoursPerDay)
	calls := make([]float64, len(m.munis))
	var country [hoursPerDay]float64
	for n := range m.tally.muniHour {
		calls[n/hoursPerDay] += float64(m.tally.muniHour[n])
		country[n%hoursPerDay] += float64(m.tally.muniHour[n])
	}
	for d, list := range k.lists {
		open := hours{m.days[d].opens, m.days[d].closes}
		for h := range hoursPerDay {
			part := open.and(hours{h * 60, h*60 + 60})
			country[h] += float64(len(list)) * float64(max(0, part.to-part.from)) / float64(open.to-open.from)
		}
		for _, i := range list {
			calls[m.cellOf(int(i)).muni]++
			for set := k.open[i]; set != 0; set &= set - 1 {
				share[m.cellOf(int(i)).muni*hoursPerDay+bits.TrailingZeros32(set)] = 1
			}
		}
	}
	for range rounds {
		scaleRows(share, calls)
		scaleColumns(share, country[:])
	}
	scaleRows(share, calls)
	return share
}

// scaleRows brings each row of a table to its sum.
func scaleRows(table, sums []float64) {
	columns := len(table) / len(sums)
	for r, want := range sums {
		row := table[r*columns:][:columns]
		sum := 0.0
		for _, x := range row {
			sum += x
		}
		for c := range row {
			row[c] *= want / max(sum, 1e-9)
		}
	}
}

// scaleColumns brings each column of a table to its sum.
func scaleColumns(table, sums []float64) {
	have := make([]float64, len(sums))
	for k, x := range table {
		have[k%len(sums)] += x
	}
	for k := range table {
		c := k % len(sums)
		table[k] *= sums[c] / max(have[c], 1e-9)
	}
}

// ordinaryHours is the whole hours in which a municipality can be phoned on
// days of ordinary length.
func (m *model) ordinaryHours(i int) uint32 {
	return spanOf(m.munis[i].ParticipantHours(m.ordinary)).whole()
}

// aimCountry spreads each day's calls over the hours of the day.
func (k *clock) aimCountry() {
	for d, x := range k.m.days {
		whole := hours{x.opens, x.closes}.whole()
		calls := len(k.lists[d])
		for h := range hoursPerDay {
			calls += k.m.tally.hourOfDay[d*hoursPerDay+h]
		}
		for h := range hoursPerDay {
			at := &k.country[d*hoursPerDay+h]
			at.n = int32(k.m.tally.hourOfDay[d*hoursPerDay+h])
			at.aim(float64(calls)/float64(max(1, bits.OnesCount32(whole))), 1)
			if whole&(1<<h) == 0 {
				at.low = 0
			}
		}
	}
}

// aimDesks lets an evaluator make one or two calls more in one hour than in
// another, which is enough to keep the others free to choose.
func (k *clock) aimDesks() {
	m := k.m
	for d, list := range k.lists {
		calls := make([]int, len(m.evals))
		for _, i := range list {
			calls[m.items[i].evaluator]++
		}
		for e, n := range calls {
			row := k.desk[(d*len(m.evals)+e)*hoursPerDay:][:hoursPerDay]
			span := bits.OnesCount32(m.working[e][d].set())
			for h := range row {
				row[h].high = int32((n+span-1)/max(1, span) + 1)
			}
		}
	}
}
