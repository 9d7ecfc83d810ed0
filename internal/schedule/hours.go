package schedule

const hoursPerDay = 24

// clock is the choice of an hour for every call.
type clock struct {
	m       *model
	hour    []int8   // item → hour, -1 for e-mails
	open    []uint32 // item → hours in which the call can be made
	muni    gauge    // municipality × hour: over the round
	country gauge    // day × hour
	desk    gauge    // (day × evaluator) × hour
	lists   [][]int32
}

const (
	countryMatters = 4
	halvesMatter   = 3
)

// chooseHours gives every call an hour of its day: each municipality's calls
// evenly over the hours in which it can be phoned, the country's evenly over
// the hours of the day, each evaluator's so that no hour is crowded, and the
// calls of a cell on different sides of noon. It secures municipality_hour,
// hour_day and, with the days, cell_apart.
func (m *model) chooseHours() *clock {
	k := m.newClock()
	for _, list := range k.lists {
		m.rng.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		for _, i := range list {
			k.choose(int(i))
		}
	}
	k.swapHours()
	return k
}

func (m *model) newClock() *clock {
	nd, ne := len(m.days), len(m.evals)
	k := &clock{
		m: m, hour: make([]int8, len(m.items)), open: make([]uint32, len(m.items)),
		muni: make(gauge, len(m.munis)*hoursPerDay), country: make(gauge, nd*hoursPerDay),
		desk: make(gauge, nd*ne*hoursPerDay), lists: m.dayLists()[:nd],
	}
	for i := range k.hour {
		k.hour[i] = -1
		if m.cellOf(i).channel == phone {
			k.open[i] = m.window(i).set()
		}
	}
	k.aimMunis()
	k.aimCountry()
	k.aimDesks()
	return k
}

// columns are the item's counts in an hour.
func (k *clock) columns(i, h int) (muni, country, desk int) {
	it := &k.m.items[i]
	return k.m.cellOf(i).muni*hoursPerDay + h, it.day*hoursPerDay + h,
		(it.day*len(k.m.evals)+it.evaluator)*hoursPerDay + h
}

// choose gives the call the hour that is most behind.
func (k *clock) choose(i int) {
	best, least := -1, 0.0
	for h := range hoursPerDay {
		if k.open[i]&(1<<h) == 0 {
			continue
		}
		muni, country, desk := k.columns(i, h)
		x := 3*k.muni[muni].middle() + k.country[country].middle() + 3*float64(k.desk[desk].step(1)) +
			10*float64(k.together(i, h)) + k.m.rng.Float64()
		if best < 0 || x < least {
			best, least = h, x
		}
	}
	if best >= 0 {
		k.put(i, best)
	}
}

func (k *clock) put(i, h int) {
	muni, country, desk := k.columns(i, h)
	k.hour[i] = int8(h)
	k.muni[muni].n++
	k.country[country].n++
	k.desk[desk].n++
}

// together is what it costs that another call of the cell lies on the same
// side of the middle of the day.
func (k *clock) together(i, h int) int {
	m, c := k.m, k.m.cellOf(i)
	side := m.sideOf(m.items[i].day, h)
	if side == 0 {
		return 0
	}
	for j := c.first; j < c.first+c.need; j++ {
		if j != i && k.hour[j] >= 0 && m.sideOf(m.items[j].day, int(k.hour[j])) == side {
			return halvesMatter
		}
	}
	for _, kept := range c.kept {
		if kept.late == (side > 0) {
			return halvesMatter
		}
	}
	return 0
}

// sideOf tells whether the hour lies before (-1) or after (1) the middle of the
// day; the hour in which the middle falls may be either (0).
func (m *model) sideOf(d, h int) int {
	noon := (m.days[d].opened + m.days[d].closes) / 2
	switch {
	case h*60+60 <= noon:
		return -1
	case h*60 >= noon:
		return 1
	}
	return 0
}

func (m *model) isLate(d, minute int) bool { return 2*minute >= m.days[d].opened+m.days[d].closes }

// swapHours lets contacts of one day change hours, or moves one, where that
// brings municipalities, country, evaluators and cells closer to their bands.
func (k *clock) swapHours() {
	improve(len(k.m.items), func(least int) (wrong, changed int) {
		few, scarce := k.muni.short(hoursPerDay), k.country.short(hoursPerDay)
		for _, list := range k.lists {
			for _, i := range list {
				over, under, other := k.amiss(int(i), few, scarce, least > 0)
				if over || under || other {
					wrong++
				}
				if (over || under || other) && k.moveBest(int(i)) ||
					(over || under) && swapFirst(k.m.rng, k, int(i), list, least, k.asked(int(i), over)) {
					changed++
				}
			}
		}
		return wrong, changed
	})
}

// asked is the municipality's hours, of which those with too few calls are
// looked at; nil, which is all, for a call that should be elsewhere.
func (k *clock) asked(i int, over bool) gauge {
	if over {
		return nil
	}
	return k.muni[k.m.cellOf(i).muni*hoursPerDay:][:hoursPerDay]
}

// amiss reports whether the call should be in another hour, whether its
// municipality has hours with too few calls, and whether the country's hours
// are uneven, which only a move can mend. crowded asks about the evaluator's
// hours too, which are no figure.
func (k *clock) amiss(i int, few, scarce []bool, crowded bool) (over, under, other bool) {
	if k.hour[i] < 0 {
		return false, false, false
	}
	h := int(k.hour[i])
	m, c, d := k.columns(i, h)
	muni, country := &k.muni[m], &k.country[c]
	over = muni.n > muni.high || k.together(i, h) > 0 || crowded && k.desk[d].n > k.desk[d].high
	under = few[m/hoursPerDay] && muni.n > muni.low
	return over, under, country.n > country.high || scarce[c/hoursPerDay] && country.n > country.low
}

// moveBest moves the call to the hour that gains most.
func (k *clock) moveBest(i int) bool {
	from, best, least := int(k.hour[i]), -1, 0
	m0, c0, d0 := k.columns(i, from)
	for h := range hoursPerDay {
		if k.open[i]&(1<<h) == 0 || h == from {
			continue
		}
		m1, c1, d1 := k.columns(i, h)
		cost := k.muni[m0].step(-1) + k.muni[m1].step(1) + k.desk[d0].step(-1) + k.desk[d1].step(1) +
			countryMatters*(k.country[c0].step(-1)+k.country[c1].step(1)) + k.together(i, h) - k.together(i, from)
		if cost < least {
			best, least = h, cost
		}
	}
	if best < 0 {
		return false
	}
	k.lift(i)
	k.put(i, best)
	return true
}

func (k *clock) lift(i int) {
	muni, country, desk := k.columns(i, int(k.hour[i]))
	k.hour[i] = -1
	k.muni[muni].n--
	k.country[country].n--
	k.desk[desk].n--
}

// placeOf is the call's hour.
func (k *clock) placeOf(i int) int { return int(k.hour[i]) }

// gain is what is gained if two calls of a day change hours.
func (k *clock) gain(i, j int) int {
	a, b := int(k.hour[i]), int(k.hour[j])
	if k.open[i]&(1<<b) == 0 || k.open[j]&(1<<a) == 0 {
		return impossible
	}
	mi, _, di := k.columns(i, 0)
	mj, _, dj := k.columns(j, 0)
	cost := 0
	if mi != mj {
		cost += k.muni.trade(mi+a, mi+b, mj+b, mj+a)
	}
	if di != dj {
		cost += k.desk.trade(di+a, di+b, dj+b, dj+a)
	}
	cost += k.together(i, b) + k.together(j, a) - k.together(i, a) - k.together(j, b)
	return -cost
}
