package schedule

import (
	"encoding/binary"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// pool is the contacts of one channel that the same evaluators may make. Areas
// and municipalities with the same evaluators share a pool, because only the
// evaluators limit where a contact can go.
type pool struct {
	channel int
	evals   []int // ascending
	rank    []int // evaluator → number of the pool's evaluators before it
	demand  int   // contacts to plan
	cells   []int
	limit   limits    // what follows from the cells: see quota.go
	quota   []float64 // evaluator × day: see quota.go
	days    []float64 // how many contacts each day should have: see quota.go
	bend    []float64 // how far that is from even
	load    []int32   // evaluator × day, in whole contacts: see desks.go
}

// cell is one question in one municipality by one channel.
type cell struct {
	muni, question, channel, pool int
	first, need                   int // items[first : first+need]
	kept                          []keptContact
	keptEvals                     []int
	made                          int  // kept contacts that are not voided
	loose                         bool // too few evaluators for different ones: consent is needed
}

// keptContact is where a kept contact lies; the week is -1 outside the plan's.
type keptContact struct {
	date    officehours.Date
	number  int // days since the first of the plan
	week    int
	weekday time.Weekday
	late    bool // after the middle of its day
}

// possible says for every area and municipality which evaluators are assigned,
// ascending. Municipalities without assignments of their own share a set.
func (m *model) possible(assignments []survey.Assignment) [][][]int {
	sets := make([][][]int, len(m.areas))
	everywhere := make([][]int, len(m.areas))
	for a := range sets {
		sets[a] = make([][]int, len(m.munis))
	}
	for _, as := range assignments {
		e, known := m.evalIndex[as.Evaluator]
		a := slices.Index(m.areas, as.Area)
		if !known || a < 0 {
			continue
		}
		if as.Municipality == "" {
			everywhere[a] = append(everywhere[a], e)
		} else if i, ok := m.muniIndex(as.Municipality); ok {
			sets[a][i] = append(sets[a][i], e)
		}
	}
	for a, all := range everywhere {
		slices.Sort(all)
		all = slices.Compact(all)
		for i, own := range sets[a] {
			if own == nil {
				sets[a][i] = all
				continue
			}
			own = append(own, all...)
			slices.Sort(own)
			sets[a][i] = slices.Compact(own)
		}
	}
	return sets
}

// readCells makes the cells, their pools and the contacts that are still to be
// planned.
func (m *model) readCells() {
	kept := map[survey.Cell][]survey.Contact{} // they are sorted, so a cell's lie together
	for from, to := 0, 0; from < len(m.kept); from = to {
		cell := m.kept[from].Cell()
		for to < len(m.kept) && m.kept[to].Cell() == cell {
			to++
		}
		kept[cell] = m.kept[from:to]
	}
	able := m.able()
	index := map[string]int{}
	var may []int
	n := len(m.munis) * len(m.questions) * channels
	m.cells, m.items = make([]cell, 0, n), make([]item, 0, n*max(0, m.design.Replicates))
	for i, p := range m.munis {
		var pools [channels]int
		for q, question := range m.questions {
			for ch := range channels {
				if q == 0 || m.areaOf[q] != m.areaOf[q-1] {
					may = append(may[:0], m.assigned[m.areaOf[q]][i]...)
					may = slices.DeleteFunc(may, func(e int) bool { return !able[ch][e] || !m.meet(i, ch, e) })
					pools[ch] = m.poolOf(index, ch, may)
				}
				c := cell{muni: i, question: q, channel: ch, pool: pools[ch]}
				m.addCell(c, kept[survey.Cell{Municipality: p.Code, Question: question.Code, Channel: channelCode[ch]}])
			}
		}
	}
}

// able says which evaluators can make any contact of a channel.
func (m *model) able() (able [channels][]bool) {
	for ch := range channels {
		able[ch] = make([]bool, len(m.evals))
		for e := range m.evals {
			row := m.room[ch][e*len(m.days) : (e+1)*len(m.days)]
			able[ch][e] = slices.ContainsFunc(row, func(n int) bool { return n > 0 })
		}
	}
	return able
}

// meet reports whether the evaluator works at a time when the municipality
// can be reached, on any day. One that never can be reached is met by all, so
// that its hours are named as the obstacle and not its evaluators.
func (m *model) meet(muni, ch, e int) bool {
	c := cell{muni: muni, channel: ch}
	any := false
	for d := range m.days {
		if m.windowOf(&c, e, d).open() {
			return true
		}
		any = any || m.reachable(&c, d)
	}
	return !any
}

// poolOf finds or makes the pool of the evaluators.
func (m *model) poolOf(index map[string]int, ch int, evals []int) int {
	key := make([]byte, 0, 256)
	key = append(key, byte(ch))
	for _, e := range evals {
		key = binary.AppendUvarint(key, uint64(e))
	}
	if p, ok := index[string(key)]; ok {
		return p
	}
	evals = slices.Clone(evals)
	p := pool{channel: ch, evals: evals, rank: make([]int, len(m.evals)+1)}
	for e := range m.evals {
		p.rank[e+1] = p.rank[e]
		if slices.Contains(evals, e) {
			p.rank[e+1]++
		}
	}
	m.pools = append(m.pools, p)
	index[string(key)] = len(m.pools) - 1
	return len(m.pools) - 1
}

// addCell adds the cell and the contacts that it lacks.
func (m *model) addCell(c cell, kept []survey.Contact) {
	if m.asked(&c) {
		c.need = m.design.Replicates
	}
	used, top := make(map[int]bool, len(kept)), m.design.Replicates
	for _, k := range kept {
		used[k.Replicate] = true
		top = max(top, k.Replicate)
		if k.Disposition == survey.Void {
			continue
		}
		c.need--
		c.made++
		if e, ok := m.evalIndex[k.Evaluator]; ok {
			c.keptEvals = append(c.keptEvals, e)
		}
		if at := instantOf(k); !at.IsZero() {
			w, ok := m.weekOf(k)
			if !ok {
				w = -1
			}
			date := officehours.DateOf(at)
			c.kept = append(c.kept, keptContact{date, m.numberOf(date), w, date.Weekday(), m.lateInDay(at)})
		}
	}
	c.need = max(0, c.need)
	c.first = len(m.items)
	for range c.need {
		m.items = append(m.items, item{len(m.cells), nextReplicate(used, m.design.Replicates, &top), -1, -1, -1, -1})
	}
	if c.need > 0 {
		p := &m.pools[c.pool]
		c.loose = p.others(&c) < c.need
		p.demand += c.need
		p.cells = append(p.cells, len(m.cells))
	}
	m.cells = append(m.cells, c)
}

// asked reports whether the cell gets new contacts: neither its question is
// withdrawn nor is its municipality leaving.
func (m *model) asked(c *cell) bool {
	return !m.questions[c.question].Withdrawn && m.munis[c.muni].Left.IsZero()
}

// others counts the pool's evaluators who have no kept contact in the cell.
func (p *pool) others(c *cell) (n int) {
	for _, e := range p.evals {
		if !slices.Contains(c.keptEvals, e) {
			n++
		}
	}
	return n
}

// nextReplicate gives the lowest free ordinary number, else the next one
// above all: a replacement never takes the number of what it replaces.
func nextReplicate(used map[int]bool, ordinary int, top *int) int {
	for r := 1; r <= ordinary; r++ {
		if !used[r] {
			used[r] = true
			return r
		}
	}
	*top++
	return *top
}

// weekOf is the week of the plan in which a kept contact lies. Imported
// contacts may lack a planned instant; then the deed tells.
func (m *model) weekOf(c survey.Contact) (int, bool) {
	year, number := officehours.DateOf(instantOf(c)).Week()
	w := slices.IndexFunc(m.weeks, func(w week) bool { return w.year == year && w.number == number })
	return w, w >= 0
}

// instantOf is when a contact is planned, or else was made.
func instantOf(c survey.Contact) time.Time {
	switch {
	case !c.PlannedAt.IsZero():
		return c.PlannedAt
	case len(c.Attempts) > 0:
		return c.Attempts[0].Dialled
	}
	return c.Mail.Sent
}

// inWeek reports whether the cell has a kept contact in the week.
func (c *cell) inWeek(w int) bool {
	return slices.ContainsFunc(c.kept, func(k keptContact) bool { return k.week == w })
}

// openWeeks is the set of weeks that may still take a contact of the cell.
func (m *model) openWeeks(c *cell) (set uint64) {
	for w, wk := range m.weeks {
		if c.inWeek(w) {
			continue
		}
		for d := wk.first; d < wk.end; d++ {
			if m.reachable(c, d) {
				set |= 1 << w
				break
			}
		}
	}
	return set
}
