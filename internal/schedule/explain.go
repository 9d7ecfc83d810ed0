package schedule

import (
	"errors"
	"slices"
)

// explain finds the remedies of every gap. Those of a gap are tried twice: by
// themselves, without the contacts of all other gaps; and with the first remedy
// of every gap before it, so that the first remedies together make room for
// everything.
func (m *model) explain(in Input, gaps []gap) *Infeasible {
	e := &Infeasible{}
	base := in
	for i := range gaps {
		g := &gaps[i]
		alone := m.roomWithout(in, slices.Concat(gaps[:i], gaps[i+1:]), g)
		after := m.roomWithout(in, gaps[i+1:], g)
		if i == 0 || after(base) { // what the gaps before need happens to be enough here too
			after = func(Input) bool { return true }
		}
		r := m.remedier(g, in, func(x Remedy) bool { return alone(x.apply(in)) && after(x.apply(base)) })
		if len(gaps) == 1 {
			r.plans = func(x Remedy) bool { return planned(x.apply(in), 1) }
		}
		remedies := r.all()
		e.Shortages = append(e.Shortages, m.shortage(g, remedies))
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
	remedies := m.remedier(failed.crowd, in, func(x Remedy) bool { return planned(x.apply(in), seed) }).all()
	return &Infeasible{Shortages: []Shortage{m.shortage(failed.crowd, remedies)}}
}

// planned reports whether a plan is found for the input.
func planned(in Input, seed uint64) bool {
	m := newModel(in, seed)
	return m.fits(make([]bool, len(m.cells))) && m.solve() == nil
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
