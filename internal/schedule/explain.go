package schedule

import (
	"errors"
	"slices"
)

// explain finds the remedies of every gap. Those of a gap are tried with the
// first remedy of every gap before it and without the contacts of those after
// it, so that the first remedies together make room for everything.
func (m *model) explain(in Input, gaps []gap) *Infeasible {
	e := &Infeasible{}
	base := in
	for i := range gaps {
		works := m.roomWithout(in, gaps[i+1:], &gaps[i])
		from := base
		if works(base) { // what the earlier gaps need happens to be enough here too
			from, works = in, m.roomWithout(in, slices.Concat(gaps[:i], gaps[i+1:]), &gaps[i])
		}
		remedies := m.remedier(&gaps[i], from, works).all()
		e.Shortages = append(e.Shortages, m.shortage(&gaps[i], remedies))
		if len(remedies) > 0 {
			base = remedies[0].apply(base)
		}
	}
	return e
}

// roomWithout tells of an input whether there is room for all contacts but
// those of some gaps. The gap itself may not need consent either, unless the
// lead has given it.
func (m *model) roomWithout(in Input, others []gap, own *gap) func(Input) bool {
	skip := make([]bool, len(m.cells))
	for _, g := range others {
		skipAll(skip, g.cells)
	}
	return func(changed Input) bool {
		n := newModel(changed, 0)
		asks := func(at int) bool {
			before := &m.cells[at]
			return !skip[at] && n.cells[at].loose && (!before.loose || len(m.pools[before.pool].evals) == 0)
		}
		return n.fits(skip) && (in.AllowSameEvaluator || !slices.ContainsFunc(own.cells, asks))
	}
}

// advise finds the remedies of a round for which no plan was found, by trying
// to plan it. Other errors come through as they are.
func (m *model) advise(in Input, seed uint64, err error) error {
	var failed *Infeasible
	if !errors.As(err, &failed) || failed.crowd == nil {
		return err
	}
	works := func(changed Input) bool {
		n := newModel(changed, seed)
		return n.fits(make([]bool, len(n.cells))) && n.solve() == nil
	}
	remedies := m.remedier(failed.crowd, in, works).all()
	return &Infeasible{Shortages: []Shortage{m.shortage(failed.crowd, remedies)}}
}

// shortage tells a gap with its remedies.
func (m *model) shortage(g *gap, remedies []Remedy) Shortage {
	r := m.remedier(g, Input{}, nil)
	s := Shortage{
		Areas: r.areas, Municipalities: r.munis, Evaluators: r.addresses(g.evals),
		Needed: g.needed, Room: g.room, Remedies: remedies, Message: g.text,
	}
	if len(g.channels) == 1 {
		s.Channel = channelCode[g.channels[0]]
	}
	for _, w := range g.weeks {
		s.Weeks = append(s.Weeks, m.weeks[w].number)
	}
	var ways []string
	for _, x := range remedies {
		if x.because != "" && x.Kind != g.told {
			s.Message += " " + x.because
		}
		ways = append(ways, x.Text)
	}
	if len(ways) == 0 {
		s.Message += " " + g.otherwise
	} else {
		s.Message += " " + sentence(either(ways))
	}
	return s
}
