package schedule

import (
	"fmt"
	"math/bits"
	"slices"
)

// crew is evaluators with the days on which each of them can make contacts
// with certain municipalities.
type crew struct {
	evals []int
	open  []bool // place in evals × day
	part  bool   // some evaluator has days on which the municipalities cannot be met
}

// class is the cells of one channel that are alike as far as room goes.
type class struct {
	classKey
	evals []int // who may make a contact of each cell: the crew without those who have
	cells []int
}

type classKey struct {
	crew  int
	weeks uint64 // that may still take a contact
	need  int    // contacts per cell
	loose bool
	done  string // evaluators who have made a contact of the cell
}

func (c *class) demand() int { return len(c.cells) * c.need }

// share is how many of the class's contacts one evaluator can make at most.
func (c *class) share() int {
	if c.loose {
		return c.demand()
	}
	return len(c.cells)
}

// rooms is a channel's demand and what there is to meet it, as maximum flows
// see them.
type rooms struct {
	m       *model
	ch      int
	crews   []crew
	classes []class
}

// newRooms sorts the channel's cells into classes; skipped ones need nothing.
func (m *model) newRooms(ch int, skip []bool) *rooms {
	r := &rooms{m: m, ch: ch}
	patterns := m.patterns(ch)
	crewOf := map[[2]int]int{}  // pool, pattern
	crewKey := map[string]int{} // the same evaluators on the same days
	index := map[classKey]int{}
	for at := range m.cells {
		c := &m.cells[at]
		if c.channel != ch || c.need == 0 || skip != nil && skip[at] {
			continue
		}
		pair := [2]int{c.pool, patterns[c.muni]}
		k, ok := crewOf[pair]
		if !ok {
			k = r.crew(crewKey, c)
			crewOf[pair] = k
		}
		key := classKey{crew: k, weeks: m.openWeeks(c), need: c.need, loose: c.loose}
		if len(c.keptEvals) > 0 && !c.loose {
			key.done = fmt.Sprint(slices.Sorted(slices.Values(c.keptEvals)))
		}
		n, ok := index[key]
		if !ok {
			n = len(r.classes)
			index[key] = n
			evals := slices.Clone(r.crews[k].evals)
			if !c.loose {
				evals = slices.DeleteFunc(evals, func(e int) bool { return slices.Contains(c.keptEvals, e) })
			}
			r.classes = append(r.classes, class{classKey: key, evals: evals})
		}
		r.classes[n].cells = append(r.classes[n].cells, at)
	}
	return r
}

// patterns numbers the municipalities by when they can be reached.
func (m *model) patterns(ch int) []int {
	out := make([]int, len(m.munis))
	seen := map[string]int{}
	for i := range m.munis {
		row := m.mailable[i]
		if ch == phone {
			row = m.callable[i]
		}
		key := make([]byte, 0, 4*len(row))
		for _, h := range row {
			key = append(key, byte(h.from>>8), byte(h.from), byte(h.to>>8), byte(h.to))
		}
		if _, ok := seen[string(key)]; !ok {
			seen[string(key)] = len(seen)
		}
		out[i] = seen[string(key)]
	}
	return out
}

// crew finds or makes the crew of a cell.
func (r *rooms) crew(index map[string]int, c *cell) int {
	m := r.m
	w := crew{evals: m.pools[c.pool].evals}
	w.open = make([]bool, len(w.evals)*len(m.days))
	for k, e := range w.evals {
		for d := range m.days {
			if m.roomOf(r.ch, e, d) == 0 {
				continue
			}
			open := m.windowOf(c, e, d).open()
			w.open[k*len(m.days)+d] = open
			w.part = w.part || !open
		}
	}
	key := fmt.Sprint(w.evals, w.open)
	if k, ok := index[key]; ok {
		return k
	}
	r.crews = append(r.crews, w)
	index[key] = len(r.crews) - 1
	return len(r.crews) - 1
}

// bottleneck is a smallest set of classes for which there is no room.
type bottleneck struct {
	classes      []int
	cells        []int
	weeks        []int // the weeks they are confined to; nil: no such limit
	evals        []int // the evaluators whose days are full
	needed, room int
	different    bool // the limit is that a cell's contacts need different evaluators
	both         bool // the limit is that, together with the different weeks
}

// lack checks by maximum flow whether there is room for the classes: once with
// the rule of different weeks, once with that of different evaluators, and for
// each crew alone with both. It returns nil when there is.
func (r *rooms) lack(classes []int) *bottleneck {
	if b := r.throughWeeks(classes); b != nil {
		return b
	}
	if b := r.throughEvaluators(classes); b != nil {
		return b
	}
	for k := range r.crews {
		own := within(classes, func(n int) bool { return r.classes[n].crew == k })
		if b := r.throughBoth(k, own); b != nil {
			return b
		}
	}
	return nil
}

// all numbers the classes.
func (r *rooms) all() []int {
	out := make([]int, len(r.classes))
	for k := range out {
		out[k] = k
	}
	return out
}

// supply is the part of the network that both checks share.
type supply struct {
	network
	source, sink int
	classes      []int
	nodes        []int // place in classes → node
	desks        []int // evaluator × day → node
}

func (r *rooms) newSupply(classes []int) *supply {
	m := r.m
	s := &supply{classes: classes, desks: make([]int, len(m.evals)*len(m.days))}
	s.source, s.sink = s.node(), s.node()
	for k := range s.desks {
		s.desks[k] = s.node()
		s.edge(s.desks[k], s.sink, m.room[r.ch][k])
	}
	for _, k := range classes {
		at := s.node()
		s.nodes = append(s.nodes, at)
		s.edge(s.source, at, r.classes[k].demand())
	}
	return s
}

// throughWeeks sends each class through its weeks and its crew's days to the
// evaluators' days.
func (r *rooms) throughWeeks(classes []int) *bottleneck {
	m := r.m
	s := r.newSupply(classes)
	days := map[int][]int{} // crew → day → node
	weeks := make([][]int, len(classes))
	for i, k := range classes {
		c := &r.classes[k]
		if days[c.crew] == nil {
			days[c.crew] = r.crewDays(s, c.crew)
		}
		weeks[i] = make([]int, len(m.weeks))
		for w, wk := range m.weeks {
			if c.weeks>>w&1 == 0 {
				continue
			}
			weeks[i][w] = s.node()
			s.edge(s.nodes[i], weeks[i][w], len(c.cells))
			for d := wk.first; d < wk.end; d++ {
				s.edge(weeks[i][w], days[c.crew][d], unlimited)
			}
		}
	}
	b, part := r.cut(s)
	if b == nil {
		return nil
	}
	var confined uint64
	for i, k := range classes {
		c := &r.classes[k]
		if !part[s.nodes[i]] {
			continue
		}
		for w, at := range weeks[i] {
			switch {
			case c.weeks>>w&1 == 0:
			case part[at]:
				confined |= 1 << w
			default: // as many as the week can take are there
				b.needed -= len(c.cells)
				b.room -= len(c.cells)
			}
		}
	}
	if n := bits.OnesCount64(confined); n > 0 && n < len(m.weeks) {
		for w := range m.weeks {
			if confined>>w&1 == 1 {
				b.weeks = append(b.weeks, w)
			}
		}
	}
	return b
}

// crewDays adds a crew's days with the way to its evaluators.
func (r *rooms) crewDays(s *supply, k int) []int {
	w := &r.crews[k]
	nodes := make([]int, len(r.m.days))
	for d := range r.m.days {
		nodes[d] = s.node()
		for n, e := range w.evals {
			if w.open[n*len(r.m.days)+d] {
				s.edge(nodes[d], s.desks[e*len(r.m.days)+d], unlimited)
			}
		}
	}
	return nodes
}

// cut runs the flow. When it falls short, what the source still reaches is the
// part without room; of it, what hangs together with the first class left
// wanting is one bottleneck. It returns which nodes belong to it.
func (r *rooms) cut(s *supply) (*bottleneck, []bool) {
	s.flow(s.source, s.sink)
	wanting := slices.IndexFunc(s.next[s.source], func(k int) bool { return s.room[k] > 0 })
	if wanting < 0 {
		return nil, nil
	}
	part := s.connected(s.nodes[wanting], s.reach(s.source), s.source)
	b := &bottleneck{}
	for i, k := range s.next[s.source] {
		if !part[s.to[k]] {
			continue
		}
		c := &r.classes[s.classes[i]]
		b.classes = append(b.classes, s.classes[i])
		b.cells = append(b.cells, c.cells...)
		b.needed += c.demand()
		b.room += c.demand() - s.room[k]
	}
	for k, desk := range s.desks {
		if e := k / len(r.m.days); part[desk] && r.m.room[r.ch][k] > 0 && !slices.Contains(b.evals, e) {
			b.evals = append(b.evals, e)
		}
	}
	slices.Sort(b.cells)
	return b, part
}
