package schedule

import "slices"

const (
	slot    = 30 // minutes that are divided as one
	spacing = 3  // minutes between an evaluator's calls where there is room
)

// window is when the contact may be made on its day.
func (m *model) window(i int) hours {
	it, c := &m.items[i], m.cellOf(i)
	if c.channel == phone {
		return m.callable[c.muni][it.day]
	}
	return hours{m.days[it.day].opens, m.days[it.day].closes}
}

// chooseSlots gives every contact a half-hour: each evaluator's day, each
// municipality's contacts and the country's calls evenly over the open hours,
// and the contacts of a cell on different sides of the middle of the day.
func (m *model) chooseSlots(g *groups) (slots []int, base int) {
	base, last := m.days[0].opens, m.days[0].closes
	for _, d := range m.days {
		base, last = min(base, d.opens), max(last, d.closes)
	}
	base -= base % slot
	nd, n := len(m.days), len(m.items)
	slots = make([]int, n)
	evalDay, channelDay := make([]int, n), make([]int, n)
	windows := make([]hours, n)
	for i, it := range m.items {
		evalDay[i] = (g.national[i]*nd+it.day)*len(m.evals) + it.evaluator
		channelDay[i] = g.national[i]*nd + it.day
		windows[i] = m.window(i)
	}
	within := func(i, lo, hi int) int {
		return max(0, min(windows[i].to, base+hi*slot)-max(windows[i].from, base+lo*slot))
	}
	right := m.sorted(func(i int, c *cell) int { return evalDay[i]*len(m.munis) + g.muniRank[c.muni] })
	divide(m.rng, division{
		bins: max(1, (last-base+slot-1)/slot),
		left: [][]int{g.cell, g.channel, g.muni}, right: [][]int{evalDay, channelDay, g.national},
		quota: evalDay, keep: g.channel, apart: g.cell, halve: true,
		share: func(i, lo, mid, hi int) float64 {
			return float64(within(i, lo, mid)) / float64(max(1, within(i, lo, hi)))
		},
		room: func(i, lo, hi int) int { return (within(i, lo, hi) + slot - 1) / slot },
		put:  func(i, s int) { slots[i] = base + s*slot },
	}, g.left, right, n)
	return slots, base
}

// chooseMinutes turns half-hours into minutes. It returns the contacts for
// which no minute was left.
func (m *model) chooseMinutes(g *groups) (homeless []int) {
	slots, _ := m.chooseSlots(g)
	type desk struct{ channel, day, evaluator int }
	work := map[desk][]int{}
	for i, it := range m.items {
		at := desk{m.cellOf(i).channel, it.day, it.evaluator}
		work[at] = append(work[at], i)
	}
	for d := range m.days {
		for ch := range channels {
			t := m.newTable(d, ch)
			for e := range m.evals {
				items := work[desk{ch, d, e}]
				m.rng.Shuffle(len(items), func(a, b int) { items[a], items[b] = items[b], items[a] })
				slices.SortStableFunc(items, func(a, b int) int { return slots[a] - slots[b] })
				homeless = append(homeless, t.seat(items, slots)...)
			}
		}
	}
	return homeless
}

// table is one day of one channel: which minutes of which evaluator and
// municipality are taken, and by which item (+1; -1: a kept call).
type table struct {
	m      *model
	day    int
	strict bool // calls: one a minute for each side
	eval   map[int][]int
	muni   map[int][]int
}

const minutesPerDay = 24 * 60

func (m *model) newTable(d, ch int) *table {
	t := &table{m: m, day: d, strict: ch == phone, eval: map[int][]int{}, muni: map[int][]int{}}
	if ch == phone {
		for k := range m.busyEval {
			if k[1] == d {
				t.row(t.eval, k[0])[k[2]] = -1
			}
		}
		for k := range m.busyMuni {
			if k[1] == d {
				t.row(t.muni, k[0])[k[2]] = -1
			}
		}
	}
	return t
}

func (t *table) row(rows map[int][]int, key int) []int {
	if rows[key] == nil {
		rows[key] = make([]int, minutesPerDay)
	}
	return rows[key]
}

// seat gives minutes to an evaluator's contacts of the day, which come in the
// order of their half-hours. Those with the shortest windows choose first
// when the day is too full for everybody's wish.
func (t *table) seat(items, slots []int) (homeless []int) {
	var left []int
	for from := 0; from < len(items); {
		to := from
		for to < len(items) && slots[items[to]] == slots[items[from]] {
			to++
		}
		for k, i := range items[from:to] {
			if !t.seatNear(i, t.wish(i, slots[i], k, to-from)) {
				left = append(left, i)
			}
		}
		from = to
	}
	for _, i := range left {
		if !t.squeeze(i, 3) {
			homeless = append(homeless, i)
		}
	}
	return homeless
}

// wish is where the k-th of n contacts of a half-hour would like to be: evenly
// spaced, but never quite, so that no rhythm shows.
func (t *table) wish(i, from, k, n int) int {
	w := t.m.window(i)
	lo, hi := max(from, w.from), min(from+slot, w.to)
	if lo >= hi {
		lo, hi = w.from, w.to
	}
	step := float64(hi-lo) / float64(n)
	at := float64(lo) + step*(float64(k)+0.1+0.8*t.m.rng.Float64())
	return max(lo, min(hi-1, int(at)))
}

// seatNear takes the free minute nearest to the wish, with the usual spacing
// if there is such a minute within an hour, else with less.
func (t *table) seatNear(i, wish int) bool {
	w := t.m.window(i)
	for gap := spacing; gap >= 1; gap-- {
		reach := minutesPerDay
		if gap > 1 {
			reach = 2 * slot
		}
		for off := 0; off <= reach; off++ {
			for _, at := range [2]int{wish + off, wish - off} {
				if at >= w.from && at < w.to && t.free(i, at, gap) {
					t.take(i, at)
					return true
				}
			}
		}
	}
	return false
}

// free reports whether the minute is free for both sides, with the evaluator's
// other contacts at least gap minutes away.
func (t *table) free(i, at, gap int) bool {
	row := t.row(t.eval, t.m.items[i].evaluator)
	for x := max(0, at-gap+1); x < min(minutesPerDay, at+gap); x++ {
		if row[x] != 0 {
			return false
		}
	}
	return !t.strict || t.row(t.muni, t.m.cellOf(i).muni)[at] == 0
}

func (t *table) take(i, at int) {
	t.m.items[i].minute = at
	t.row(t.eval, t.m.items[i].evaluator)[at] = i + 1
	t.row(t.muni, t.m.cellOf(i).muni)[at] = i + 1
}

func (t *table) leave(i int) {
	at := t.m.items[i].minute
	t.row(t.eval, t.m.items[i].evaluator)[at] = 0
	t.row(t.muni, t.m.cellOf(i).muni)[at] = 0
}

// squeeze makes a place by asking the one contact in the way to move. E-mails
// may share a minute, so they always fit.
func (t *table) squeeze(i, depth int) bool {
	w := t.m.window(i)
	if !t.strict {
		t.m.items[i].minute = w.from + t.m.rng.IntN(w.to-w.from)
		return true
	}
	evals, munis := t.row(t.eval, t.m.items[i].evaluator), t.row(t.muni, t.m.cellOf(i).muni)
	for at := w.from; at < w.to; at++ {
		a, b := evals[at], munis[at]
		if a < 0 || b < 0 || a > 0 && b > 0 && a != b {
			continue
		}
		other := max(a, b) - 1
		if other < 0 {
			t.take(i, at)
			return true
		}
		if t.moveAway(other, i, at, depth) {
			return true
		}
	}
	return false
}

// moveAway gives the minute to the item if the other finds a new one.
func (t *table) moveAway(other, i, at, depth int) bool {
	t.leave(other)
	t.take(i, at)
	w := t.m.window(other)
	for x := w.from; x < w.to; x++ {
		if t.free(other, x, 1) {
			t.take(other, x)
			return true
		}
	}
	if depth > 0 && t.squeeze(other, depth-1) {
		return true
	}
	t.leave(i)
	t.take(other, at)
	return false
}
