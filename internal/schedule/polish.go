package schedule

// polishing mends what exchanges could not reach, and what repair has left
// uneven: it puts contacts where there is room, whatever that does to the figures.
type polishing struct {
	m     *model
	days  *dealing
	hands *handout
	muni  [channels]gauge // municipality × day
	both  gauge           // municipality × day: both channels
	desk  [channels]gauge // evaluator × day
}

// What a contact out of place costs, by figure.
const (
	dayMatters      = 20
	areaMatters     = 10
	deskMatters     = 5
	meetingMatters  = 4
	questionMatters = 3
)

// polish moves single contacts that lie amiss to any evaluator and day that
// the rules leave open, as long as that brings all figures together nearer to
// their bands.
func (m *model) polish(cal *calendar) {
	p := m.newPolishing(cal)
	improve(0, func(int) (wrong, changed int) {
		for i := range m.items {
			if p.amiss(i) && p.move(i) {
				changed++
			}
		}
		return changed, changed
	})
}

func (m *model) newPolishing(cal *calendar) *polishing {
	nd := len(m.days)
	p := &polishing{m: m, days: m.newDealing(cal), hands: m.newHandout(), both: make(gauge, len(m.munis)*nd)}
	for ch := range channels {
		p.muni[ch], p.desk[ch] = make(gauge, len(m.munis)*nd), make(gauge, len(m.evals)*nd)
	}
	for k := range p.both {
		n := 0
		for ch := range channels {
			p.muni[ch][k].n = int32(m.tally.muniDay[ch][k])
			n += m.tally.muniDay[ch][k]
		}
		p.both[k].n = int32(n)
	}
	for k := range cal.lists {
		p.days.apart[k] = min(farApart, p.days.farthest(cal.row(k, nd), m.design.Replicates))
	}
	p.aimMunis(cal)
	for ch := range channels {
		for k, share := range m.shares(ch, cal.total[ch]) {
			p.desk[ch][k].aim(share, 0.99)
		}
	}
	for i := range m.items {
		it := m.items[i]
		p.put(i, it.evaluator, it.day)
	}
	return p
}

// row lists the days of a municipality and channel, each as often as it counts.
func (c *calendar) row(k, days int) (row []int) {
	for d, n := range c.count[k%channels][k/channels*days:][:days] {
		for range n {
			row = append(row, d)
		}
	}
	return row
}

// aimMunis holds each municipality to its calendar, and where that is even, to
// its smallest and largest day.
func (p *polishing) aimMunis(cal *calendar) {
	m, nd := p.m, len(p.m.days)
	for i := range m.munis {
		var rows [channels + 1][]int
		for d := range nd {
			calls := m.tally.muniDay[phone][i*nd+d] + cal.count[phone][i*nd+d]
			mails := m.tally.muniDay[email][i*nd+d] + cal.count[email][i*nd+d]
			rows[phone], rows[email], rows[channels] = append(rows[phone], calls), append(rows[email], mails), append(rows[channels], calls+mails)
		}
		p.hold(p.muni[phone][i*nd:][:nd], rows[phone], i)
		p.hold(p.muni[email][i*nd:][:nd], rows[email], i)
		p.hold(p.both[i*nd:][:nd], rows[channels], i)
	}
}

func (p *polishing) hold(marks gauge, row []int, i int) {
	low, high := -1, 0
	for d, n := range row {
		if p.m.mailable[i][d].open() && (low < 0 || n < low) {
			low = n
		}
		high = max(high, n)
	}
	for d, n := range row {
		marks[d].low, marks[d].high = int32(n), int32(n)
		if high-low <= 1 && p.m.mailable[i][d].open() {
			marks[d].low, marks[d].high = int32(low), int32(high)
		}
	}
}

// marks are the item's counts if it lies with the evaluator on the day.
func (p *polishing) marks(i, e, d int) [8]*mark {
	m := p.m
	c, nd := m.cellOf(i), len(m.days)
	q, a, pl := p.days.columns(i)
	w := m.days[d].week
	return [8]*mark{
		&p.muni[c.channel][c.muni*nd+d], &p.both[c.muni*nd+d], &p.desk[c.channel][e*nd+d],
		&p.days.area[a*len(m.weeks)+w], &p.days.question[q*nd+d], &p.days.pool[pl*nd+d],
		&p.hands.all[c.muni*len(m.evals)+e], &p.hands.week[(c.muni*len(m.weeks)+w)*len(m.evals)+e],
	}
}

var polishWeights = [8]int{dayMatters, dayMatters, deskMatters, areaMatters, questionMatters, 0, 1, meetingMatters}

func (p *polishing) put(i, e, d int) {
	for _, k := range p.marks(i, e, d) {
		k.n++
	}
	it := &p.m.items[i]
	it.evaluator, it.day, it.week = e, d, p.m.days[d].week
}

// amiss reports whether a count that the item is in is above its band, or the
// item lies too near another of its cell.
func (p *polishing) amiss(i int) bool {
	it := &p.m.items[i]
	for n, k := range p.marks(i, it.evaluator, it.day) {
		if polishWeights[n] > 0 && k.n > k.high {
			return true
		}
	}
	return p.days.besides(i, it.day) > 0
}

// move finds the place that gains most, and moves the item there.
func (p *polishing) move(i int) bool {
	m := p.m
	it, c := m.items[i], m.cellOf(i)
	near := p.days.besides(i, it.day)
	for _, k := range p.marks(i, it.evaluator, it.day) {
		k.n--
	}
	before := p.cost(i, it.evaluator, it.day) + near
	bestE, bestD, least := it.evaluator, it.day, 0
	for d := range m.days {
		beside := p.days.besides(i, d)
		if beside >= sameWeek {
			continue
		}
		for _, e := range m.pools[c.pool].evals {
			if !p.open(i, e, d) {
				continue
			}
			if cost := p.cost(i, e, d) + beside - before; cost < least {
				bestE, bestD, least = e, d, cost
			}
		}
	}
	p.put(i, bestE, bestD)
	return least < 0
}

// cost is what it costs in all figures to put the item there.
func (p *polishing) cost(i, e, d int) (cost int) {
	for n, k := range p.marks(i, e, d) {
		cost += polishWeights[n] * k.step(1)
	}
	return cost
}

// open reports whether the rules let the item, which is out of its place, go
// to the evaluator on the day.
func (p *polishing) open(i, e, d int) bool {
	c := p.m.cellOf(i)
	return int(p.desk[c.channel][e*len(p.m.days)+d].n) < p.m.roomOf(c.channel, e, d) &&
		p.m.windowOf(c, e, d).open() && p.hands.clash(i, e) == 0
}
