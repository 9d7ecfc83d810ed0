package schedule

import (
	"math"
	"slices"
	"time"
)

// dealing is the choice of a day for every contact, within the calendar.
type dealing struct {
	m        *model
	cal      *calendar
	question gauge // question × day: both channels
	area     gauge // (municipality × area) × week
	pool     gauge // pool × day: what the evaluators have room for
	number   []int // day → days since the first of the plan
	weekday  []time.Weekday
	apart    []int // municipality × channel → days that should lie between the contacts of a cell
	row      []int // working memory of deal
	left     []int32
	whole    []int32
	single   []int32
}

const (
	farApart   = 9      // days that should lie between the contacts of a cell
	sameWeek   = 100000 // what breaks a rule costs more than anything else
	sameDay    = 12     // what it costs that calls of a cell share a weekday
	outlook    = 14     // cells that may change places among the later contacts
	questionBy = 2      // how far one question's day may be from its share
)

// chooseDays deals the contacts of each municipality and channel out to the
// calendar. The days stand in a row, each as often as the calendar says; the
// first contacts of the cells are dealt to the first half of the row and the
// second in about the same order to the second half, which lays them as far
// apart as can be. Among what is possible, the question, the area and the pool
// that are most behind come first. Then contacts change places (swapDays).
func (m *model) chooseDays(cal *calendar) {
	t := m.newDealing(cal)
	for _, k := range m.rng.Perm(len(cal.lists)) {
		t.deal(k)
	}
	t.swapDays()
}

func (m *model) newDealing(cal *calendar) *dealing {
	nd := len(m.days)
	t := &dealing{
		m: m, cal: cal, number: make([]int, nd), weekday: make([]time.Weekday, nd),
		question: make(gauge, len(m.questions)*nd), area: make(gauge, len(m.munis)*len(m.areas)*len(m.weeks)),
		pool: make(gauge, len(m.pools)*nd), apart: make([]int, len(cal.lists)),
	}
	for d, x := range m.days {
		t.number[d], t.weekday[d] = m.numberOf(x.date), x.date.Weekday()
	}
	t.aimQuestions()
	t.aimAreas()
	for p := range m.pools {
		for d := range nd {
			if m.pools[p].demand > 0 {
				n := m.pools[p].days[d]
				t.pool[p*nd+d].aim(n, 1+n/16)
			}
		}
	}
	return t
}

// aimQuestions gives each question its even part of every day's contacts, or
// what its pools have room for where that is far from even.
func (t *dealing) aimQuestions() {
	m := t.m
	even, bend := t.evenQuestions(), t.bentQuestions()
	for k := range t.question {
		kept := m.tally.question[k]
		want := even[k]
		if math.Abs(bend[k]) > questionBy {
			want += bend[k]
		}
		t.question[k].n = int32(kept)
		t.question[k].aim(want, questionBy-0.01)
	}
}

// evenQuestions is how many contacts a question would have on each day, kept
// ones included, if every municipality's day had the mix of its whole period.
func (t *dealing) evenQuestions() []float64 {
	m, nd := t.m, len(t.m.days)
	even := make([]float64, len(m.questions)*nd)
	live := make([]int, len(m.munis)*channels)
	for at := range m.cells {
		live[m.cells[at].muni*channels+m.cells[at].channel] += m.cells[at].inPlan()
	}
	for at := range m.cells {
		c := &m.cells[at]
		k := c.muni*channels + c.channel
		part := float64(c.inPlan()) / float64(max(1, live[k]))
		for d := range nd {
			n := t.cal.count[c.channel][c.muni*nd+d] + m.tally.muniDay[c.channel][c.muni*nd+d]
			even[c.question*nd+d] += part * float64(n)
		}
	}
	return even
}

// inPlan is how many contacts the cell has and will have in the plan's weeks.
func (c *cell) inPlan() int {
	n := c.need
	for _, k := range c.kept {
		if k.week >= 0 {
			n++
		}
	}
	return n
}

// bentQuestions is how far each question's days have to be from even because
// its pools' days are.
func (t *dealing) bentQuestions() []float64 {
	m, nd := t.m, len(t.m.days)
	bend := make([]float64, len(m.questions)*nd)
	part := make([]int, len(m.pools)*len(m.questions))
	for i := range m.items {
		c := m.cellOf(i)
		part[c.pool*len(m.questions)+c.question]++
	}
	for p := range m.pools {
		for d := range nd {
			if m.pools[p].demand == 0 {
				continue
			}
			each := m.pools[p].bend[d] / float64(m.pools[p].demand)
			for q := range m.questions {
				bend[q*nd+d] += each * float64(part[p*len(m.questions)+q])
			}
		}
	}
	return bend
}

// aimAreas gives each week its part of a municipality's contacts in an area,
// by its number of days.
func (t *dealing) aimAreas() {
	m, nw := t.m, len(t.m.weeks)
	fresh := make([]int, len(m.munis)*len(m.areas))
	for i := range m.items {
		c := m.cellOf(i)
		fresh[c.muni*len(m.areas)+m.areaOf[c.question]]++
	}
	days := make([]int, nw)
	for at := range fresh {
		total, all := fresh[at], 0
		for w, wk := range m.weeks {
			days[w] = 0
			for d := wk.first; d < wk.end; d++ {
				if m.mailable[at/len(m.areas)][d].open() {
					days[w]++
				}
			}
			all += days[w]
			total += m.tally.areaWeek[at*nw+w]
		}
		for w := range nw {
			k := &t.area[at*nw+w]
			k.n = int32(m.tally.areaWeek[at*nw+w])
			k.aim(float64(total)*float64(days[w])/float64(max(1, all)), 0.99)
		}
	}
}

// deal lays out the contacts of one municipality and channel.
func (t *dealing) deal(k int) {
	m, list := t.m, t.cal.lists[k]
	nd := len(m.days)
	row := t.row[:0]
	for d, n := range t.cal.count[k%channels][k/channels*nd:][:nd] {
		for range n {
			row = append(row, d)
		}
	}
	t.row = row
	whole, single := t.whole[:0], t.single[:0] // first items of untouched cells; items of others
	for n := 0; n < len(list); {
		c := m.cellOf(int(list[n]))
		if c.need == m.design.Replicates {
			whole = append(whole, list[n])
		} else {
			single = append(single, list[n:n+c.need]...)
		}
		n += c.need
	}
	t.whole, t.single = whole, single
	for _, i := range single {
		row = t.dealSingle(int(i), row)
	}
	layers := m.design.Replicates
	t.apart[k] = min(farApart, t.farthest(row, layers))
	for layer := range layers {
		first, last := len(row)*layer/layers, len(row)*(layer+1)/layers
		t.dealLayer(whole, layer, row[first:last])
	}
}

// farthest is how many days lie between the nearest contacts of a cell when
// all lie as far apart as the row allows.
func (t *dealing) farthest(row []int, layers int) int {
	far, by := farApart, len(row)/layers
	for n := 0; by > 0 && n+by < len(row); n++ {
		far = min(far, t.number[row[n+by]]-t.number[row[n]])
	}
	return far
}

// dealLayer gives each day of the row one of the cells' contacts of that
// number. Among later ones, the cells that have waited longest may go first.
func (t *dealing) dealLayer(cells []int32, layer int, row []int) {
	left := append(t.left[:0], cells...)
	t.left = left
	if layer > 0 {
		slices.SortStableFunc(left, func(a, b int32) int {
			return t.m.items[int(a)+layer-1].day - t.m.items[int(b)+layer-1].day
		})
	}
	for _, d := range row {
		among := left
		if layer > 0 {
			among = left[:min(outlook, len(left))]
		}
		n := t.mostBehind(among, layer, d)
		if n < 0 {
			return
		}
		t.put(int(left[n])+layer, d)
		left = slices.Delete(left, n, n+1)
	}
}

// mostBehind is the place in the list of the cell whose contact is needed most
// on the day.
func (t *dealing) mostBehind(cells []int32, layer, d int) int {
	best, least := -1, 0.0
	for n, first := range cells {
		i := int(first) + layer
		x := t.standing(i, d) + t.m.rng.Float64()
		if layer > 0 {
			x += 10 * float64(t.besides(i, d))
		}
		if best < 0 || x < least {
			best, least = n, x
		}
	}
	return best
}

// dealSingle gives a contact whose cell has others the best day of the row and
// returns the rest of the row.
func (t *dealing) dealSingle(i int, row []int) []int {
	best, least := -1, 0.0
	for n, d := range row {
		if n > 0 && row[n-1] == d {
			continue
		}
		if x := t.standing(i, d) + 10*float64(t.besides(i, d)); best < 0 || x < least {
			best, least = n, x
		}
	}
	if best < 0 {
		return row
	}
	t.put(i, row[best])
	return slices.Delete(row, best, best+1)
}

// standing is how far ahead the item's question, area and pool are on the day.
func (t *dealing) standing(i, d int) float64 {
	q, a, p := t.columns(i)
	nd := len(t.m.days)
	return t.question[q*nd+d].middle() + 4*t.area[a*len(t.m.weeks)+t.m.days[d].week].middle() + t.pool[p*nd+d].middle()/4
}

// columns are the item's rows in the three gauges.
func (t *dealing) columns(i int) (question, area, pool int) {
	c := t.m.cellOf(i)
	return c.question, c.muni*len(t.m.areas) + t.m.areaOf[c.question], c.pool
}

// besides is what it costs to lay the item beside its cell's other contacts.
func (t *dealing) besides(i, d int) (cost int) {
	m, c := t.m, t.m.cellOf(i)
	for j := c.first; j < c.first+c.need; j++ {
		if o := m.items[j].day; j != i && o >= 0 {
			cost += t.pairCost(c, t.number[o], m.days[o].week, t.weekday[o], d)
		}
	}
	for _, k := range c.kept {
		cost += t.pairCost(c, k.number, k.week, k.weekday, d)
	}
	return cost
}

func (t *dealing) pairCost(c *cell, number, week int, weekday time.Weekday, d int) (cost int) {
	if week == t.m.days[d].week {
		cost = sameWeek
	}
	far := t.apart[c.muni*channels+c.channel]
	if short := far - max(number-t.number[d], t.number[d]-number); short > 0 {
		cost += short * short
		if far == farApart { // in a short period the weekday matters more
			cost *= 40
		}
	}
	if weekday == t.weekday[d] && c.channel == phone {
		cost += sameDay
	}
	return cost
}

// put lays the item on the day.
func (t *dealing) put(i, d int) {
	it := &t.m.items[i]
	it.day, it.week = d, t.m.days[d].week
	q, a, p := t.columns(i)
	nd := len(t.m.days)
	t.question[q*nd+d].n++
	t.area[a*len(t.m.weeks)+it.week].n++
	t.pool[p*nd+d].n++
}
