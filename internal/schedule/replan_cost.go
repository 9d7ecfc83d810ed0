package schedule

import "slices"

// What a place costs. Counts enter as the growth of their squares, so that a
// difference of one contact weighs twice the number given here.
const (
	muniDayWeight  = 30 // municipality × day and channel
	totalDayWeight = 20 // municipality × day
	areaWeekWeight = 75 // by the week's days: 15 for one of five
	questionWeight = 2
	begunWeight    = 300  // a day that is over
	closeWeight    = 8    // each day by which a cell's contacts come closer than nine
	weekdayWeight  = 15   // calls of a cell on the same weekday
	loadWeight     = 800  // evaluator's day, by capacity: 20 for one of 40 contacts
	muniWeight     = 160  // evaluator × municipality, by capacity: 4 for one of 40
	weekWeight     = 30   // evaluator × municipality × week, from the third contact on
	sameWeight     = 500  // the same evaluator twice in a cell, where it cannot be helped
	minuteWeight   = 40   // the planned minute is taken
	spacingWeight  = 4    // another call within three minutes
	stayWeight     = 1000 // the same evaluator on the same day: only the minute changes
	fewest         = 9    // days that should lie between a cell's contacts
)

// cost is how much a place hurts the plan's balance.
func (r *mender) cost(i, e, d int) int { return r.dayCost(i, d) + r.deskCost(i, e, d) }

// dayCost is what is the same for all evaluators.
func (r *mender) dayCost(i, d int) int {
	m, t, c := r.m, r.m.tally, r.m.cellOf(i)
	nd := len(m.days)
	own, other := t.muniDay[c.channel][c.muni*nd+d], t.muniDay[1-c.channel][c.muni*nd+d]
	x := muniDayWeight*grown(own) + totalDayWeight*grown(own+other)
	w, nw := m.days[d].week, len(m.weeks)
	area := c.muni*len(m.areas) + m.areaOf[c.question]
	x += areaWeekWeight * grown(t.areaWeek[area*nw+w]) / max(1, r.length[c.muni*nw+w])
	x += questionWeight*grown(t.question[c.question*nd+d]) + int(begunWeight*(1-m.days[d].weight))
	day := r.number[d]
	r.eachSibling(i, func(s sibling) { x += apartCost(c, day, s.day) })
	return x
}

// weekLengths counts, for every municipality and week, the working days on
// which it takes part.
func (m *model) weekLengths() []int {
	length := make([]int, len(m.munis)*len(m.weeks))
	for _, date := range m.period {
		year, number := date.Week()
		w := slices.IndexFunc(m.weeks, func(w week) bool { return w.year == year && w.number == number })
		for i := range m.munis {
			if w >= 0 && m.munis[i].TakesPart(date) {
				length[i*len(m.weeks)+w]++
			}
		}
	}
	return length
}

// apartCost is what the days of two contacts of a cell cost.
func apartCost(c *cell, a, b int) int {
	apart := max(a-b, b-a)
	x := closeWeight * max(0, fewest-apart)
	if c.channel == phone && apart%7 == 0 {
		x += weekdayWeight
	}
	return x
}

// deskCost is what depends on the evaluator.
func (r *mender) deskCost(i, e, d int) int {
	m, t, c := r.m, r.m.tally, r.m.cellOf(i)
	ne := len(m.evals)
	capacity := max(1, m.evals[e].Capacity(channelCode[c.channel]))
	x := loadWeight * grown(t.evalDay[c.channel][e*len(m.days)+d]) / capacity
	x += muniWeight * grown(t.muniEval[c.muni*ne+e]) / capacity
	if over := t.evalWeek[(c.muni*len(m.weeks)+m.days[d].week)*ne+e] + 1 - aWeek; over > 0 {
		x += weekWeight * grown(over)
	}
	if c.loose && r.repeats(i, e) {
		x += sameWeight
	}
	return x + r.minuteCost(i, e, d)
}

// grown is by how much the square of a count grows when one is added.
func grown(n int) int { return 2*n + 1 }

// minuteCost looks at the minute for which the item is planned.
func (r *mender) minuteCost(i, e, d int) (x int) {
	home, c := r.posts[i].home, r.m.cellOf(i)
	if home.minute < 0 {
		return 0
	}
	if home.evaluator == e && home.day == d {
		x -= stayWeight
	}
	own, muni := &r.busy[c.channel][e*len(r.m.days)+d], r.calledBy(c, d)
	switch {
	case own.has(home.minute) || muni != nil && muni.has(home.minute):
		x += minuteWeight
	case own.near(home.minute, spacing):
		x += spacingWeight
	}
	return x
}
