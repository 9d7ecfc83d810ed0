package schedule

import "slices"

// throughEvaluators sends each class through its evaluators to their days.
func (r *rooms) throughEvaluators(classes []int) *bottleneck {
	s := r.newSupply(classes)
	members := map[[2]int]int{} // crew, evaluator → node
	for i, k := range classes {
		c := &r.classes[k]
		w := &r.crews[c.crew]
		for _, e := range c.evals {
			at, ok := members[[2]int{c.crew, e}]
			if !ok {
				at = s.node()
				members[[2]int{c.crew, e}] = at
				n := slices.Index(w.evals, e)
				for d := range r.m.days {
					if w.open[n*len(r.m.days)+d] {
						s.edge(at, s.desks[e*len(r.m.days)+d], unlimited)
					}
				}
			}
			s.edge(s.nodes[i], at, c.share())
		}
	}
	b, _ := r.cut(s)
	if b != nil {
		b.different = true
	}
	return b
}

// throughBoth sends the classes of one crew through weeks to evaluators: as
// many to each week as there are cells, and to each evaluator too.
func (r *rooms) throughBoth(k int, classes []int) *bottleneck {
	m, w := r.m, &r.crews[k]
	n := &network{}
	source, sink := n.node(), n.node()
	b := &bottleneck{both: true}
	people := make([]int, len(w.evals))
	for i, e := range w.evals {
		people[i] = n.node()
		most := 0
		for _, c := range classes {
			if slices.Contains(r.classes[c].evals, e) {
				most += r.classes[c].share()
			}
		}
		n.edge(people[i], sink, most)
	}
	for x, wk := range m.weeks {
		cells := 0
		for _, c := range classes {
			cells += int(r.classes[c].weeks>>x&1) * len(r.classes[c].cells)
		}
		at := n.node()
		n.edge(source, at, cells)
		for i, e := range w.evals {
			room := 0
			for d := wk.first; d < wk.end; d++ {
				if w.open[i*len(m.days)+d] {
					room += m.roomOf(r.ch, e, d)
				}
			}
			n.edge(at, people[i], room)
		}
	}
	for _, c := range classes {
		b.classes = append(b.classes, c)
		b.cells = append(b.cells, r.classes[c].cells...)
		b.needed += r.classes[c].demand()
	}
	b.room = n.flow(source, sink)
	if b.room >= b.needed {
		return nil
	}
	b.evals = w.evals
	slices.Sort(b.cells)
	return b
}
