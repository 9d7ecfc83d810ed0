package schedule

import "math/bits"

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

// in counts the set's minutes of an hour of the clock.
func (s *minuteSet) in(hour int) (n int) {
	for at := hour * 60; at < (hour+1)*60; {
		word, from := at/64, at%64
		width := min(64-from, (hour+1)*60-at)
		n += bits.OnesCount64(s[word] >> from & (1<<width - 1))
		at += width
	}
	return n
}

// minuteFor finds a minute for the item at a desk: the one it is planned at
// when that is free, else the nearest free one; a new one, or one whose hours
// have changed, goes to the hour with the fewest calls. False: none is free.
func (r *mender) minuteFor(i, e, d int) (int, bool) {
	c := r.m.cellOf(i)
	w := r.m.windowOf(c, e, d)
	wish, planned := r.posts[i].home.minute, r.posts[i].contact != nil
	if !planned || !w.has(wish) {
		wish = r.wish(i, w, d)
	}
	own, muni := &r.busy[c.channel][e*len(r.m.days)+d], r.calledBy(c, d)
	if planned && w.has(wish) && !own.has(wish) && (muni == nil || !muni.has(wish)) {
		return wish, true
	}
	for _, gap := range [...]int{spacing, 1} {
		reach := minutesPerDay
		if gap > 1 {
			reach = 60
		}
		if at, ok := nearest(wish, reach, w, func(at int) bool {
			return !own.near(at, gap) && (muni == nil || !muni.has(at))
		}); ok {
			return at, true
		}
	}
	return wish, c.channel == email // e-mails may share a minute
}

// nearest is the minute closest to the wish, at most reach away, that is free.
func nearest(wish, reach int, w hours, free func(int) bool) (int, bool) {
	for off := 0; off <= reach; off++ {
		for _, at := range [2]int{wish + off, wish - off} {
			if w.has(at) && free(at) {
				return at, true
			}
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

// wish draws a minute of the window: of the hour with the fewest calls to the
// municipality and in the country, in the half of the day that the cell's
// other contacts leave free.
func (r *mender) wish(i int, w hours, d int) int {
	c := r.m.cellOf(i)
	if c.channel == phone {
		if half := r.otherHalf(i, d).and(w); half.open() {
			w = half
		}
		w = r.quietHour(c, w, d)
	}
	return w.from + r.m.rng.IntN(w.to-w.from)
}

// quietHour is the part of the window in the hour with the fewest calls, given
// how much of the hour the window has.
func (r *mender) quietHour(c *cell, w hours, d int) hours {
	best, least := w, 0
	for h := w.from / 60; h*60 < w.to; h++ {
		part := hours{h * 60, (h + 1) * 60}.and(w)
		length := part.to - part.from
		n := (3*r.m.tally.muniHour[c.muni*hoursPerDay+h]*1000 + r.m.tally.hourOfDay[d*hoursPerDay+h]*1000/len(r.m.munis)) * 60 / length
		if h == w.from/60 || n < least {
			best, least = part, n
		}
	}
	return best
}

// otherHalf is the half of the day in which the cell has no other contact.
func (r *mender) otherHalf(i, d int) hours {
	middle := (r.m.days[d].opened + r.m.days[d].closes + 1) / 2
	morning, afternoon := hours{0, middle}, hours{middle, minutesPerDay}
	before, after := 0, 0
	r.eachSibling(i, func(s sibling) {
		if s.late {
			after++
		} else {
			before++
		}
	})
	switch {
	case before > after:
		return afternoon
	case after > before:
		return morning
	}
	return hours{0, minutesPerDay}
}
