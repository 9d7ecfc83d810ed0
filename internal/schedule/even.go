package schedule

import "slices"

// muniWeek is one municipality's contacts of one week, while they are evened out.
type muniWeek struct {
	m     *model
	week  week
	items []int
	count [channels][]int // channel → contacts per day of the week
}

// evenDays moves single contacts of a municipality within their week until no
// day has two more than another, in each channel and in all. The halving
// leaves a few such days where second contacts had to avoid too many weekdays.
func (m *model) evenDays() {
	work := make([]muniWeek, len(m.munis)*len(m.weeks))
	for i, it := range m.items {
		at := m.cellOf(i).muni*len(m.weeks) + it.week
		work[at].items = append(work[at].items, i)
	}
	for at := range work {
		w := &work[at]
		w.m, w.week = m, m.weeks[at%len(m.weeks)]
		for ch := range channels {
			w.count[ch] = make([]int, w.week.end-w.week.first)
		}
		for _, i := range w.items {
			w.count[m.cellOf(i).channel][m.items[i].day-w.week.first]++
		}
		for range w.items { // every round moves one contact, or is the last
			if !w.evenChannel(phone) && !w.evenChannel(email) && !w.evenTotal() {
				break
			}
		}
	}
}

// evenChannel moves a contact from the fullest day to the emptiest.
func (w *muniWeek) evenChannel(ch int) bool {
	from, to := extremes(w.count[ch])
	return w.count[ch][from]-w.count[ch][to] > 1 && w.move(ch, from, to)
}

// evenTotal does the same for both channels together, with a channel that has
// more contacts on the full day, so that its own days stay even.
func (w *muniWeek) evenTotal() bool {
	total := make([]int, len(w.count[phone]))
	for d := range total {
		total[d] = w.count[phone][d] + w.count[email][d]
	}
	from, to := extremes(total)
	for ch := range channels {
		if total[from]-total[to] > 1 && w.count[ch][from] > w.count[ch][to] && w.move(ch, from, to) {
			return true
		}
	}
	return false
}

// extremes are the places of the largest and the smallest number.
func extremes(counts []int) (largest, smallest int) {
	return slices.Index(counts, slices.Max(counts)), slices.Index(counts, slices.Min(counts))
}

// move takes one of the channel's contacts from one day to the other: one
// whose cell keeps different weekdays if there is any. A pool that is not
// meant to work equally on both days is left alone.
func (w *muniWeek) move(ch, from, to int) bool {
	m := w.m
	best := -1
	for _, i := range w.items {
		c := m.cellOf(i)
		a, b := w.week.first+from, w.week.first+to
		if c.channel != ch || m.items[i].day != a || !m.reachable(c, b) {
			continue
		}
		if p := &m.pools[c.pool]; p.quotaOn(b, b+1) < 0.9*p.quotaOn(a, a+1) {
			continue
		}
		best = i
		if !m.sameWeekday(i, b) {
			break
		}
	}
	if best < 0 {
		return false
	}
	m.items[best].day = w.week.first + to
	w.count[ch][from]--
	w.count[ch][to]++
	return true
}

// sameWeekday reports whether another contact of the item's cell lies on the
// weekday of the day.
func (m *model) sameWeekday(i, d int) bool {
	c := m.cellOf(i)
	for j := c.first; j < c.first+c.need; j++ {
		if o := m.items[j].day; j != i && m.days[o].date.Weekday() == m.days[d].date.Weekday() {
			return true
		}
	}
	return false
}
