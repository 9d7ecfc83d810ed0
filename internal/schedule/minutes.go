package schedule

import "slices"

const (
	slot    = 30 // minutes that are divided as one
	spacing = 3  // minutes between an evaluator's calls where there is room
)

// window is when the contact may be made on its day.
func (m *model) window(i int) hours {
	it := &m.items[i]
	return m.windowOf(m.cellOf(i), it.evaluator, it.day)
}

// chooseSlots gives every contact a half-hour: each evaluator's day, each
// municipality's contacts and the country's calls evenly over the open hours,
// and the contacts of a cell on different sides of the middle of the day.
func (m *model) chooseSlots(g *groups) []int {
	base, last := m.days[0].opens, m.days[0].closes
	for _, d := range m.days {
		base, last = min(base, d.opens), max(last, d.closes)
	}
	base -= base % slot
	nd, n := len(m.days), len(m.items)
	slots := make([]int, n)
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
		hold: [][]int{g.channel, evalDay}, apart: g.cell, halve: true,
		share: func(i, lo, mid, hi int) float64 {
			return float64(within(i, lo, mid)) / float64(max(1, within(i, lo, hi)))
		},
		room: func(i, lo, hi int) int { return (within(i, lo, hi) + slot - 1) / slot },
		put:  func(i, s int) { slots[i] = base + s*slot },
	}, g.left, right, n)
	return slots
}

// chooseMinutes turns half-hours into minutes. It returns the contacts for
// which no minute was left.
func (m *model) chooseMinutes(g *groups) (homeless []int) {
	slots := m.chooseSlots(g)
	type desk struct{ channel, day, evaluator int }
	work := map[desk][]int{}
	for i, it := range m.items {
		at := desk{m.cellOf(i).channel, it.day, it.evaluator}
		work[at] = append(work[at], i)
	}
	t := &table{m: m, evals: make([]int, len(m.evals)*minutesPerDay), munis: make([]int, len(m.munis)*minutesPerDay)}
	for d := range m.days {
		for ch := range channels {
			t.lay(d, ch)
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

// table is one day of one channel: which minutes of each evaluator and each
// municipality are taken, and by which item (+1; -1: a kept call).
type table struct {
	m            *model
	strict       bool // calls: one a minute for each side
	evals, munis []int
}

const minutesPerDay = 24 * 60

// lay clears the table for a day and sets out the kept calls.
func (t *table) lay(d, ch int) {
	t.strict = ch == phone
	clear(t.evals)
	clear(t.munis)
	if !t.strict {
		return
	}
	for k := range t.m.busyEval {
		if k[1] == d {
			t.evals[k[0]*minutesPerDay+k[2]] = -1
		}
	}
	for k := range t.m.busyMuni {
		if k[1] == d {
			t.munis[k[0]*minutesPerDay+k[2]] = -1
		}
	}
}

// rows are the minutes of the contact's evaluator and municipality.
func (t *table) rows(i int) (eval, muni []int) {
	e, c := t.m.items[i].evaluator, t.m.cellOf(i).muni
	return t.evals[e*minutesPerDay:][:minutesPerDay], t.munis[c*minutesPerDay:][:minutesPerDay]
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

// wish is where the k-th of n contacts of a half-hour would like to be: anywhere
// in its own part of the half-hour, so that no rhythm shows.
func (t *table) wish(i, from, k, n int) int {
	w := t.m.window(i)
	lo, hi := max(from, w.from), min(from+slot, w.to)
	if lo >= hi {
		lo, hi = w.from, w.to
	}
	step := float64(hi-lo) / float64(n)
	at := float64(lo) + step*(float64(k)+t.m.rng.Float64())
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
	row, muni := t.rows(i)
	for x := max(0, at-gap+1); x < min(minutesPerDay, at+gap); x++ {
		if row[x] != 0 {
			return false
		}
	}
	return !t.strict || muni[at] == 0
}

func (t *table) take(i, at int) {
	eval, muni := t.rows(i)
	t.m.items[i].minute, eval[at], muni[at] = at, i+1, i+1
}

func (t *table) leave(i int) {
	eval, muni := t.rows(i)
	at := t.m.items[i].minute
	eval[at], muni[at] = 0, 0
}

// squeeze makes a place by asking the one contact in the way to move. E-mails
// may share a minute, so they always fit.
func (t *table) squeeze(i, depth int) bool {
	w := t.m.window(i)
	if !t.strict {
		t.m.items[i].minute = w.from + t.m.rng.IntN(w.to-w.from)
		return true
	}
	evals, munis := t.rows(i)
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
