package schedule

import "slices"

// deal is one channel's week: what groups of contacts need, and what those who
// may take them have room for.
type deal struct {
	needs []int   // group → contacts
	rooms []int   // evaluator → contacts
	takes [][]int // group → evaluators
}

// share is a set of groups and those who take them, all equally loaded.
type share struct {
	groups, evals []int
	need, room    int
}

// shares divides the work as fairly as it can be: the set of groups that is
// tightest for those who may take it comes first, then the tightest of the
// rest with the evaluators that are left, and so on. Groups that nobody with
// any room may take stand in a share without room.
func (d *deal) shares() []share {
	var all []share
	free := make([]bool, len(d.rooms))
	for e, n := range d.rooms {
		free[e] = n > 0
	}
	var rest []int
	for g, n := range d.needs {
		if n > 0 {
			rest = append(rest, g)
		}
	}
	for len(rest) > 0 {
		s := d.together(d.tightest(rest, free), free)
		for _, e := range s.evals {
			free[e] = false
		}
		rest = slices.DeleteFunc(rest, func(g int) bool { return slices.Contains(s.groups, g) })
		all = append(all, s)
	}
	return all
}

// tightest finds the groups that need most in proportion to the room of those
// who may take them (Dinkelbach's method: each minimum cut gives a tighter set).
func (d *deal) tightest(groups []int, free []bool) share {
	s := d.share(groups, free)
	for s.room > 0 {
		tighter := d.beyond(groups, free, s)
		if len(tighter) == 0 {
			break
		}
		s = d.share(tighter, free)
	}
	return s
}

func (d *deal) share(groups []int, free []bool) share {
	s := share{groups: groups}
	seen := make([]bool, len(d.rooms))
	for _, g := range groups {
		s.need += d.needs[g]
		for _, e := range d.takes[g] {
			if free[e] && !seen[e] {
				seen[e] = true
				s.evals = append(s.evals, e)
				s.room += d.rooms[e]
			}
		}
	}
	slices.Sort(s.evals)
	return s
}

// together keeps those of a share's groups that compete with its first one: a
// tightest set may be several that have nothing to do with each other.
func (d *deal) together(s share, free []bool) share {
	groups, evals := []int{s.groups[0]}, map[int]bool{}
	for grown := true; grown; {
		for _, g := range groups {
			for _, e := range d.takes[g] {
				evals[e] = evals[e] || free[e]
			}
		}
		before := len(groups)
		for _, g := range s.groups {
			rival := slices.ContainsFunc(d.takes[g], func(e int) bool { return evals[e] })
			if rival && !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
		grown = len(groups) > before
	}
	slices.Sort(groups)
	return d.share(groups, free)
}

// noLimit is above any flow of a deal, where needs are multiplied by rooms.
const noLimit = 1 << 60

// beyond gives the groups that need more than s.need/s.room of the room of
// those who may take them; none when there are no such groups.
func (d *deal) beyond(groups []int, free []bool, s share) []int {
	var n network
	source, sink := n.node(), n.node()
	desks := make([]int, len(d.rooms))
	for e := range d.rooms {
		if desks[e] = n.node(); free[e] {
			n.edge(desks[e], sink, d.rooms[e]*s.need)
		}
	}
	nodes, all := make([]int, len(groups)), 0
	for k, g := range groups {
		nodes[k] = n.node()
		n.edge(source, nodes[k], d.needs[g]*s.room)
		all += d.needs[g] * s.room
		for _, e := range d.takes[g] {
			if free[e] {
				n.edge(nodes[k], desks[e], noLimit)
			}
		}
	}
	if n.flow(source, sink) == all {
		return nil
	}
	reached := n.reach(source)
	var tighter []int
	for k, g := range groups {
		if reached[nodes[k]] >= 0 {
			tighter = append(tighter, g)
		}
	}
	return tighter
}

// extras gives, for each set of groups, how much more could be made of it
// while all groups get what is met.
func (d *deal) extras(met []int, sets [][]int) []int {
	var n network
	source, sink := n.node(), n.node()
	desks := make([]int, len(d.rooms))
	for e := range d.rooms {
		desks[e] = n.node()
		n.edge(desks[e], sink, d.rooms[e])
	}
	nodes := make([]int, len(met))
	for g := range met {
		nodes[g] = n.node()
		n.edge(source, nodes[g], met[g])
		for _, e := range d.takes[g] {
			n.edge(nodes[g], desks[e], noLimit)
		}
	}
	starts := make([]int, len(sets))
	for k, groups := range sets {
		starts[k] = n.node()
		for _, g := range groups {
			n.edge(starts[k], nodes[g], noLimit)
		}
	}
	n.flow(source, sink)
	extras, room := make([]int, len(sets)), slices.Clone(n.room)
	for k := range sets {
		copy(n.room, room)
		extras[k] = n.flow(starts[k], sink)
	}
	return extras
}
