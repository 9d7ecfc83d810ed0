package schedule

import (
	"math"
	"math/bits"
	"slices"
)

// bounds computes what no plan could better, by counting what the setup and the
// kept contacts leave open. The limits of hours, evaluators' days and questions
// presume that the country's days have as many contacts as in the plan at hand,
// which the first figures settle, and that of municipality_hour that the
// country's hours differ no more than there.
type bounds struct {
	*ledger
	planDay []int           // day of the period → day of the plan, -1: past
	need    [channels][]int // municipality → contacts to plan
	total   [channels][]int // municipality → contacts in all
	day     [channels][]int // municipality × day of the period → contacts, as even as they can be
	lists   [][]int32
	past    [channels][]int     // municipality × day of the period → kept contacts
	works   []uint64            // channel × evaluator → weeks of the plan with room
	onDays  [channels][]float64 // day of the period → contacts in the country, as they lie
}

// midway reports whether some contacts are made, or overdue. The limits presume
// that everybody has made what was planned and that all the rest is made on the
// days that are left; a plan in the middle of a round need not be so.
func (b *bounds) midway() bool {
	return b.kept > 0 || slices.ContainsFunc(b.entries, func(e entry) bool { return b.planDay[e.day] < 0 })
}

func (l *ledger) newBounds() *bounds {
	m := l.m
	b := &bounds{ledger: l, lists: m.itemLists(), planDay: make([]int, len(l.days))}
	b.works = make([]uint64, channels*len(m.evals))
	for ch := range channels {
		for e := range m.evals {
			for d, x := range m.days {
				if m.roomOf(ch, e, d) > 0 {
					b.works[ch*len(m.evals)+e] |= 1 << x.week
				}
			}
		}
	}
	for d, date := range l.days {
		b.planDay[d] = -1
		if at, ok := m.dayOf(date.At(12, 0)); ok {
			b.planDay[d] = at
		}
	}
	for ch := range channels {
		b.onDays[ch] = make([]float64, len(l.days))
		b.need[ch], b.total[ch] = make([]int, len(m.munis)), make([]int, len(m.munis))
		b.past[ch] = make([]int, len(m.munis)*len(l.days))
		for _, e := range l.entries[:l.kept] {
			if int(e.channel) == ch {
				b.past[ch][int(e.muni)*len(l.days)+int(e.day)]++
			}
		}
		b.day[ch] = make([]int, len(b.past[ch]))
		for i := range m.munis {
			b.need[ch][i] = len(b.lists[i*channels+ch])
			row := b.day[ch][i*len(l.days):][:len(l.days)]
			copy(row, b.past[ch][i*len(l.days):])
			b.even(row, b.lists[i*channels+ch])
			for _, n := range row {
				b.total[ch][i] += n
			}
		}
	}
	for _, e := range l.entries {
		b.onDays[e.channel][e.day]++
	}
	return b
}

// even adds items of a municipality one by one to the emptiest day of the row;
// the weeks' limits are kept.
func (b *bounds) even(row []int, lists ...[]int32) {
	m := b.m
	left := make([]int, len(m.weeks))
	for _, list := range lists {
		for w, n := range m.weekLimits(list) {
			left[w] += n
		}
	}
	open := func(d int) bool {
		return slices.ContainsFunc(lists, func(list []int32) bool {
			return len(list) > 0 && m.reachable(m.cellOf(int(list[0])), d)
		})
	}
	for _, list := range lists {
		for range list {
			best := -1
			for d := range row {
				at := b.planDay[d]
				if at >= 0 && left[m.days[at].week] > 0 && (best < 0 || row[d] < row[best]) && open(at) {
					best = d
				}
			}
			if best < 0 {
				return
			}
			row[best]++
			left[m.days[b.planDay[best]].week]--
		}
	}
}

// all lists the limits in the order of the figures.
func (b *bounds) all() []int {
	gap, apart := b.cellDays(), b.cellApart()
	calls, mails := b.muniDay(phone), b.muniDay(email)
	return []int{
		b.bothDay(), calls, mails, b.areaWeek(), b.muniHour(), b.hourDay(), b.evaluatorDay(),
		b.evaluatorMuni(), b.evaluatorMuniWeek(), b.questionDay(), gap, apart,
	}
}

// muniDay is the least spread over the days: that of the most even row, or
// what a day forces on which the evaluators have too little room.
func (b *bounds) muniDay(ch int) (least int) {
	nd := len(b.days)
	for i := range b.m.munis {
		low, high := math.MaxInt, 0
		for d, n := range b.day[ch][i*nd:][:nd] {
			if b.takesPart(i, d) {
				low, high = min(low, n), max(high, n)
			}
		}
		if low < math.MaxInt {
			least = max(least, high-low)
		}
	}
	return max(least, b.tightDay(ch))
}

func (b *bounds) takesPart(i, d int) bool { return b.m.munis[i].TakesPart(b.days[d]) }

// tightDay is the spread forced by a day with little room: some municipality
// gets at most the average there and so more than that on its other days.
func (b *bounds) tightDay(ch int) (least int) {
	room, _ := b.m.dailyRoom()
	nd := len(b.days)
	for d, at := range b.planDay {
		if at < 0 {
			continue
		}
		met, fewest, made := 0, math.MaxInt, 0
		for i := range b.m.munis {
			if b.takesPart(i, d) {
				met++
				fewest = min(fewest, b.total[ch][i])
				made += b.past[ch][i*nd+d]
			}
		}
		if met == 0 || nd == 1 {
			continue
		}
		low := (int(room[ch][at]) + made) / met
		least = max(least, ceilDiv(fewest-low, nd-1)-low)
	}
	return least
}

func ceilDiv(a, b int) int { return int(math.Ceil(float64(a) / float64(b))) }

// bothDay is the least spread over the days of both channels together.
func (b *bounds) bothDay() (least int) {
	nd := len(b.days)
	row := make([]int, nd)
	for i := range b.m.munis {
		for d := range row {
			row[d] = b.past[phone][i*nd+d] + b.past[email][i*nd+d]
		}
		b.even(row, b.lists[i*channels+phone], b.lists[i*channels+email])
		low, high := math.MaxInt, 0
		for d, n := range row {
			if b.takesPart(i, d) {
				low, high = min(low, n), max(high, n)
			}
		}
		least = max(least, high-min(low, high))
	}
	return least
}

// areaWeek is the least spread over the full weeks of contacts that may go to
// any week in which an evaluator of the area is at work.
func (b *bounds) areaWeek() (least int) {
	m := b.m
	use := b.fullWeeks()
	fixed, room, free := b.areaWeeks()
	row, most := make([]int, 0, b.weeks), make([]int, 0, b.weeks)
	for at := range free {
		row, most = row[:0], most[:0]
		spare := 0
		for w := range b.weeks {
			if use[at/len(m.areas)*b.weeks+w] {
				row, most = append(row, fixed[at*b.weeks+w]), append(most, room[at*b.weeks+w])
			} else {
				spare += room[at*b.weeks+w]
			}
		}
		best := math.MaxInt
		for away := 0; away <= min(spare, free[at]) && best > 1; away++ {
			best = min(best, leastSpread(row, most, free[at]-away))
		}
		if best < math.MaxInt {
			least = max(least, best)
		}
	}
	return least
}

// areaWeeks counts, for every municipality and area, what each week of the
// period holds already, how much more it can take, and how much is to plan.
func (b *bounds) areaWeeks() (fixed, room, free []int) {
	m, na := b.m, len(b.m.areas)
	free = make([]int, len(m.munis)*na)
	fixed, room = make([]int, len(free)*b.weeks), make([]int, len(free)*b.weeks)
	nw := len(m.weeks)
	week := make([]int, nw) // week of the plan → week of the period
	for d, at := range b.planDay {
		if at >= 0 {
			week[m.days[at].week] = b.weekOf[d]
		}
	}
	works := make([]uint64, len(m.pools))
	for p := range m.pools {
		works[p] = b.poolWeeks(&m.pools[p])
	}
	for at := range m.cells {
		c := &m.cells[at]
		row := c.muni*na + m.areaOf[c.question]
		free[row] += c.need
		if c.need == 0 {
			continue
		}
		for set := m.openWeeks(c) & works[c.pool]; set != 0; set &= set - 1 {
			room[row*b.weeks+week[bits.TrailingZeros64(set)]]++
		}
	}
	for _, e := range b.entries[:b.kept] {
		fixed[(int(e.muni)*na+m.areaOf[e.question])*b.weeks+b.weekOf[e.day]]++
	}
	return fixed, room, free
}

// poolWeeks is the set of weeks in which any of the pool's evaluators has room.
func (b *bounds) poolWeeks(p *pool) (set uint64) {
	for _, e := range p.evals {
		set |= b.works[p.channel*len(b.m.evals)+e]
	}
	return set
}

// leastSpread is the least difference between the largest and the smallest
// count when so many are added, at most so many to each.
func leastSpread(fixed, most []int, add int) int {
	row := make([]int, 0, 64)
	row = append(row, fixed...)
	left := append(make([]int, 0, 64), most...)
	for range add {
		best := -1
		for c := range row {
			if left[c] > 0 && (best < 0 || row[c] < row[best]) {
				best = c
			}
		}
		if best < 0 {
			break
		}
		row[best]++
		left[best]--
	}
	low, high := math.MaxInt, 0
	for _, n := range row {
		low, high = min(low, n), max(high, n)
	}
	return max(0, high-low)
}
