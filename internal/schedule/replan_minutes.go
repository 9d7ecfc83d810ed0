package schedule

import "math"

// minuteSet is a set of the minutes of a day.
type minuteSet [(minutesPerDay + 63) / 64]uint64

func (s *minuteSet) has(at int) bool { return s[at/64]>>(at%64)&1 != 0 }
func (s *minuteSet) put(at int)      { s[at/64] |= 1 << (at % 64) }
func (s *minuteSet) drop(at int)     { s[at/64] &^= 1 << (at % 64) }

// near reports whether a minute closer than gap is in the set.
func (s *minuteSet) near(at, gap int) bool {
	for x := max(0, at-gap+1); x < min(minutesPerDay, at+gap); x++ {
		if s.has(x) {
			return true
		}
	}
	return false
}

// minuteFor finds a minute for the item at a desk, the free one nearest to the
// wish, in its hour if there is one there. False: none is free.
func (r *mender) minuteFor(i, e, d int) (int, bool) {
	c := r.m.cellOf(i)
	w, wish := r.m.windowOf(c, e, d), r.wish(i, e, d)
	own, muni := &r.busy[c.channel][e*len(r.m.days)+d], r.calledBy(c, d)
	if wish == r.posts[i].home.minute && !own.has(wish) && (muni == nil || !muni.has(wish)) {
		return wish, true
	}
	hour := w.and(hours{wish - wish%60, wish - wish%60 + 60}).and(r.m.halfOf(d, wish))
	for _, x := range [...]struct {
		gap    int
		within hours
	}{{spacing, hour}, {1, hour}, {spacing, w}, {1, w}} {
		if at, ok := nearest(wish, x.within, func(at int) bool {
			return !own.near(at, x.gap) && (muni == nil || !muni.has(at))
		}); ok {
			return at, true
		}
	}
	return wish, c.channel == email // e-mails may share a minute
}

// nearest is the minute of the span closest to the wish that is free.
func nearest(wish int, within hours, free func(int) bool) (int, bool) {
	for off := range minutesPerDay {
		for _, at := range [2]int{wish + off, wish - off} {
			if within.has(at) && free(at) {
				return at, true
			}
		}
		if wish+off >= within.to && wish-off < within.from {
			break
		}
	}
	return 0, false
}

// calledBy is the minutes of a municipality's calls on a day; nil for e-mails.
func (r *mender) calledBy(c *cell, d int) *minuteSet {
	if c.channel == email {
		return nil
	}
	return &r.called[c.muni*len(r.m.days)+d]
}

// wish is the minute that the item is planned at, as long as it stays on its
// day or in an hour that is good on the new one, else one drawn from there.
func (r *mender) wish(i, e, d int) int {
	c, home := r.m.cellOf(i), r.posts[i].home
	w := r.m.windowOf(c, e, d)
	if d != home.day && c.channel == phone || !w.has(home.minute) {
		w = r.goodHour(i, w, d)
	}
	if w.has(home.minute) {
		return home.minute
	}
	return w.from + r.m.rng.IntN(w.to-w.from)
}

// What makes an hour bad for a call; each is per call in a whole hour.
const (
	muniHourWeight = 3000 // to the municipality, over the round
	hourDayWeight  = 600  // in the country, that day
	halfWeight     = 4000 // in the same half of the day as another of the cell: once
)

// goodHour is the part of the window in the best hour of a call, any part for
// an e-mail.
func (r *mender) goodHour(i int, w hours, d int) hours {
	m, c := r.m, r.m.cellOf(i)
	if c.channel == email {
		return w
	}
	calls := r.halves(i)
	best, least := w, math.MaxInt
	for h := w.from / 60; h*60 < w.to; h++ {
		n := muniHourWeight*m.tally.muniHour[c.muni*hoursPerDay+h] + hourDayWeight*m.tally.hourOfDay[d*hoursPerDay+h]
		for side, half := range [...]hours{m.halfOf(d, 0), m.halfOf(d, minutesPerDay)} {
			part := hours{h * 60, h*60 + 60}.and(w).and(half)
			if !part.open() {
				continue
			}
			if x := n*60/wholeHour(h, m.days[d]) + halfWeight*calls[side]; x < least {
				best, least = part, x
			}
		}
	}
	return best
}

// halfOf is the half of the day in which a minute lies.
func (m *model) halfOf(d, minute int) hours {
	noon := (m.days[d].opened + m.days[d].closes + 1) / 2
	if minute < noon {
		return hours{0, noon}
	}
	return hours{noon, minutesPerDay}
}

// wholeHour is how many minutes of an hour the day's offices are open.
func wholeHour(h int, d day) int {
	return max(1, min(h*60+60, d.closes)-max(h*60, d.opened))
}

// halves counts the cell's other contacts in the morning and in the afternoon.
func (r *mender) halves(i int) (n [2]int) {
	r.eachSibling(i, func(s sibling) {
		if s.late {
			n[1]++
		} else {
			n[0]++
		}
	})
	return n
}
