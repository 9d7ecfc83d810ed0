package schedule

import "slices"

const (
	spacing       = 3 // minutes between an evaluator's calls where there is room
	minutesPerDay = 24 * 60
	depth         = 3 // contacts that may have to move on for one that finds no minute
)

// window is when the contact may be made on its day.
func (m *model) window(i int) hours {
	it := &m.items[i]
	return m.windowOf(m.cellOf(i), it.evaluator, it.day)
}

// table is one day: which minutes of each evaluator and each municipality are
// taken, and by which item (+1; -1: a kept call).
type table struct {
	m            *model
	hour         []int8 // item → hour of a call
	evals, munis []int32
}

// chooseMinutes turns hours into minutes: each evaluator's calls of an hour,
// and e-mails of a day, lie anywhere in their own parts of it, so that no
// rhythm shows. It returns the contacts for which no minute was left.
func (m *model) chooseMinutes() (homeless []int) {
	t := &table{
		m: m, hour: m.chooseHours().hour,
		evals: make([]int32, len(m.evals)*minutesPerDay), munis: make([]int32, len(m.munis)*minutesPerDay),
	}
	lists := m.dayLists()
	for d := range m.days {
		t.lay(d)
		for ch := range channels {
			list := lists[ch*len(m.days)+d]
			m.rng.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
			slices.SortStableFunc(list, func(a, b int32) int { return t.block(a) - t.block(b) })
			homeless = append(homeless, t.seat(list)...)
		}
	}
	return homeless
}

// block numbers the stretch of an evaluator's time that the contact lies in.
func (t *table) block(i int32) int {
	return t.m.items[i].evaluator*hoursPerDay + max(0, int(t.hour[i]))
}

// lay clears the table for a day and sets out the kept calls.
func (t *table) lay(d int) {
	clear(t.evals)
	clear(t.munis)
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
func (t *table) rows(i int) (eval, muni []int32) {
	e, c := t.m.items[i].evaluator, t.m.cellOf(i).muni
	return t.evals[e*minutesPerDay:][:minutesPerDay], t.munis[c*minutesPerDay:][:minutesPerDay]
}

// seat gives minutes to a day's contacts of one channel, which come block by
// block. Those that find none are squeezed in when the others sit.
func (t *table) seat(list []int32) (homeless []int) {
	var left []int
	for from, to := 0, 0; from < len(list); from = to {
		for to < len(list) && t.block(list[to]) == t.block(list[from]) {
			to++
		}
		for k, i := range list[from:to] {
			if !t.seatNear(int(i), k, to-from) {
				left = append(left, int(i))
			}
		}
	}
	for _, i := range left {
		if !t.squeeze(i, depth) {
			homeless = append(homeless, i)
		}
	}
	return homeless
}

// span is the part of the contact's window in which it should lie: a call's
// hour, and if that is the middle of the day, the half of it which is not on
// the side of the cell's other call.
func (t *table) span(i int) hours {
	w := t.m.window(i)
	if t.hour[i] < 0 {
		return w
	}
	h := int(t.hour[i])
	own := w.and(hours{h * 60, h*60 + 60})
	day := &t.m.days[t.m.items[i].day]
	noon := (day.opened + day.closes) / 2
	if own.from >= noon || own.to <= noon {
		return own
	}
	if t.otherLate(i) {
		return hours{own.from, noon}
	}
	return hours{noon, own.to}
}

// otherLate reports whether the cell's other call lies after the middle of its
// day; where there is none that tells, the lot decides.
func (t *table) otherLate(i int) bool {
	m, c := t.m, t.m.cellOf(i)
	for j := c.first; j < c.first+c.need; j++ {
		if j == i {
			continue
		}
		if minute := m.items[j].minute; minute >= 0 {
			return m.isLate(m.items[j].day, minute)
		}
		if side := m.sideOf(m.items[j].day, int(t.hour[j])); side != 0 {
			return side > 0
		}
	}
	if len(c.kept) > 0 {
		return c.kept[0].late
	}
	return m.rng.IntN(2) == 0
}

// seatNear takes the free minute nearest to a wish anywhere in the k-th of n
// parts of the contact's span: with the usual spacing if there is such a
// minute, else with less, and at last outside the span.
func (t *table) seatNear(i, k, n int) bool {
	w := t.span(i)
	step := float64(w.to-w.from) / float64(n)
	wish := min(w.to-1, w.from+int(step*(float64(k)+t.m.rng.Float64())))
	for gap := spacing; gap >= 1; gap-- {
		if t.seatIn(i, wish, gap, w) {
			return true
		}
	}
	return t.seatIn(i, wish, 1, t.m.window(i))
}

func (t *table) seatIn(i, wish, gap int, w hours) bool {
	for off := range max(w.to-wish, wish-w.from+1) {
		for _, at := range [2]int{wish + off, wish - off} {
			if at >= w.from && at < w.to && t.free(i, at, gap) {
				t.take(i, at)
				return true
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
	return muni[at] == 0
}

func (t *table) take(i, at int) {
	eval, muni := t.rows(i)
	t.m.items[i].minute, eval[at], muni[at] = at, int32(i)+1, int32(i)+1
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
	if t.hour[i] < 0 {
		t.m.items[i].minute = w.from + t.m.rng.IntN(w.to-w.from)
		return true
	}
	evals, munis := t.rows(i)
	for at := w.from; at < w.to; at++ {
		a, b := evals[at], munis[at]
		if a < 0 || b < 0 || a > 0 && b > 0 && a != b {
			continue
		}
		other := int(max(a, b)) - 1
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
