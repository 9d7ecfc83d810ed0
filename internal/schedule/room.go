package schedule

import "slices"

// bottleneck is a smallest set of pools for which there is no room.
type bottleneck struct {
	channel      int
	pools        []int
	weeks        []int // the weeks they are confined to; nil: no such limit
	evals        []int // the evaluators whose days are full
	days         int   // working days of those evaluators in those weeks
	needed, room int
	different    bool // the limit is that a cell's contacts need different evaluators
}

// findBottleneck checks by maximum flow whether a channel has room: once with
// the rule of different weeks, once with that of different evaluators. It
// returns nil when both have.
func (m *model) findBottleneck(ch int) *bottleneck {
	if b := m.throughWeeks(ch); b != nil {
		return b
	}
	return m.throughEvaluators(ch)
}

// supply is the part of the network that both checks share.
type supply struct {
	network
	source, sink int
	pools        []int // pool → its node, -1 without demand
	desks        []int // evaluator × day → node
	limits       []limits
}

func (m *model) newSupply(ch int) *supply {
	s := &supply{
		pools: make([]int, len(m.pools)), limits: make([]limits, len(m.pools)), desks: make([]int, len(m.evals)*len(m.days)),
	}
	s.source, s.sink = s.node(), s.node()
	for k := range s.desks {
		s.desks[k] = s.node()
		s.edge(s.desks[k], s.sink, m.room[ch][k])
	}
	for i := range m.pools {
		s.pools[i] = -1
		if p := &m.pools[i]; p.channel == ch && p.demand > 0 {
			s.pools[i] = s.node()
			s.edge(s.source, s.pools[i], p.demand)
			s.limits[i] = m.limits(p)
		}
	}
	return s
}

// throughWeeks sends each pool through its weeks and days to evaluators' days.
func (m *model) throughWeeks(ch int) *bottleneck {
	s := m.newSupply(ch)
	weekNode := make([][]int, len(m.pools))
	for i, from := range s.pools {
		if from < 0 {
			continue
		}
		for w, wk := range m.weeks {
			at := s.node()
			weekNode[i] = append(weekNode[i], at)
			s.edge(from, at, int(s.limits[i].byWeek[w]))
			for d := wk.first; d < wk.end; d++ {
				day := s.node()
				s.edge(at, day, int(s.limits[i].byDay[d]))
				for _, e := range m.pools[i].evals {
					s.edge(day, s.desks[e*len(m.days)+d], unlimited)
				}
			}
		}
	}
	b, reached := m.cut(s, ch)
	if b == nil {
		return nil
	}
	var weeks []int
	for w := range m.weeks {
		if slices.ContainsFunc(b.pools, func(i int) bool { return reached[weekNode[i][w]] >= 0 }) {
			weeks = append(weeks, w)
		}
	}
	if len(weeks) == 0 || len(weeks) == len(m.weeks) {
		return b
	}
	b.weeks = weeks
	for w := range m.weeks {
		for _, i := range b.pools {
			if !slices.Contains(weeks, w) {
				b.needed -= int(s.limits[i].byWeek[w])
				b.room -= int(s.limits[i].byWeek[w])
			}
		}
	}
	return b
}

// throughEvaluators sends each pool through its evaluators to their days.
func (m *model) throughEvaluators(ch int) *bottleneck {
	s := m.newSupply(ch)
	for i, from := range s.pools {
		if from < 0 {
			continue
		}
		for k, e := range m.pools[i].evals {
			at := s.node()
			s.edge(from, at, int(s.limits[i].byEval[k]))
			for d := range m.days {
				s.edge(at, s.desks[e*len(m.days)+d], unlimited)
			}
		}
	}
	b, _ := m.cut(s, ch)
	if b != nil {
		b.different = true
	}
	return b
}

// cut runs the flow. When it falls short, the pools that the first pool left
// wanting can still reach are the smallest set around it without room.
func (m *model) cut(s *supply, ch int) (*bottleneck, []int) {
	s.flow(s.source, s.sink)
	wanting := -1
	for _, k := range s.next[s.source] {
		if s.room[k] > 0 {
			wanting = s.to[k]
			break
		}
	}
	if wanting < 0 {
		return nil, nil
	}
	// Without the way back through the source, only what competes for the
	// same days is reached.
	for k := range s.to {
		if s.to[k] == s.source {
			s.room[k] = 0
		}
	}
	reached := s.reach(wanting)
	b := &bottleneck{channel: ch}
	for _, k := range s.next[s.source] {
		if reached[s.to[k]] >= 0 {
			i := slices.Index(s.pools, s.to[k])
			b.pools = append(b.pools, i)
			b.needed += m.pools[i].demand
			b.room += m.pools[i].demand - s.room[k]
		}
	}
	for k, desk := range s.desks {
		if e := k / len(m.days); reached[desk] >= 0 && m.room[ch][k] > 0 {
			b.days++
			if !slices.Contains(b.evals, e) {
				b.evals = append(b.evals, e)
			}
		}
	}
	return b, reached
}
