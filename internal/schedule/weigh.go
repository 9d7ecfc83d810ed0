package schedule

import "slices"

// weigh deals out every week of both channels.
func (b *loadBook) weigh(planned bool) {
	for ch := range channels {
		b.free[ch] = make([]float64, len(b.evals)*len(b.weeks))
		b.left[ch] = make([]int, len(b.areas)*len(b.weeks))
	}
	uncovered := make([]int, len(b.groups))
	var lacks []lack
	for w := range b.weeks {
		var found [channels][]lack
		for ch := range channels {
			needs := b.groupNeeds(ch, w)
			for g := range b.groups {
				if len(b.groups[g].evals) == 0 {
					uncovered[g] += needs[g]
				}
			}
			found[ch] = b.weighWeek(ch, w, needs, planned)
		}
		lacks = append(lacks, bothChannels(found[phone], found[email])...)
		b.sumWeek(w)
	}
	for g, n := range uncovered {
		if n > 0 {
			b.load.Uncovered = append(b.load.Uncovered, b.uncovered(g, n))
		}
	}
	for _, l := range alikeWeeks(lacks) {
		b.load.Lacks = append(b.load.Lacks, b.tell(l))
	}
}

// groupNeeds divides every area's need over its municipalities.
func (b *loadBook) groupNeeds(ch, w int) []int {
	needs := make([]int, len(b.groups))
	for first := 0; first < len(b.groups); {
		end := first
		var munis []float64
		for ; end < len(b.groups) && b.groups[end].area == b.groups[first].area; end++ {
			munis = append(munis, float64(len(b.groups[end].munis)))
		}
		copy(needs[first:end], apportion(b.need[ch][b.groups[first].area][w], munis))
		first = end
	}
	return needs
}

// weighWeek deals out one week of one channel and returns what lacks room.
func (b *loadBook) weighWeek(ch, w int, needs []int, planned bool) (found []lack) {
	d := deal{needs: slices.Clone(needs), rooms: make([]int, len(b.evals)), takes: make([][]int, len(b.groups))}
	for e := range b.evals {
		d.rooms[e] = b.roomIn(ch, e, w)
		b.free[ch][e*len(b.weeks)+w] = float64(d.rooms[e])
	}
	met := make([]int, len(b.groups))
	for g := range b.groups {
		d.takes[g] = b.groups[g].evals
		week := &b.areas[b.groups[g].area].Weeks[w]
		if week.Need += needs[g]; len(d.takes[g]) == 0 {
			d.needs[g] = 0
			week.Short += needs[g]
		}
	}
	for _, s := range d.shares() {
		if s.need > s.room {
			found = append(found, b.lackOf(ch, w, &d, s))
		}
		b.handOut(ch, w, &d, s, planned)
		weights := make([]float64, len(s.groups))
		for k, g := range s.groups {
			weights[k] = float64(d.needs[g])
		}
		for k, n := range apportion(s.room, weights) {
			g := s.groups[k]
			week := &b.areas[b.groups[g].area].Weeks[w]
			met[g] = min(d.needs[g], n)
			week.Room += n
			week.Short += d.needs[g] - met[g]
		}
	}
	b.findLeft(ch, w, &d, met)
	return found
}

// findLeft sets how much more could be made of each area for itself.
func (b *loadBook) findLeft(ch, w int, d *deal, met []int) {
	sets := make([][]int, len(b.areas))
	for g := range b.groups {
		sets[b.groups[g].area] = append(sets[b.groups[g].area], g)
	}
	for a, n := range d.extras(met, sets) {
		b.left[ch][a*len(b.weeks)+w] = n
	}
}

// handOut takes a share from its evaluators' room, in proportion to it.
func (b *loadBook) handOut(ch, w int, d *deal, s share, planned bool) {
	rooms := make([]float64, len(s.evals))
	for k, e := range s.evals {
		rooms[k] = float64(d.rooms[e])
	}
	for k, n := range apportion(s.need, rooms) {
		e := s.evals[k]
		at := e*len(b.weeks) + w
		b.free[ch][at] = max(0, b.free[ch][at]-float64(n))
		if !planned {
			*needOf(&b.load.Evaluators[e], ch) += n
		}
	}
}

// sumWeek adds the areas. What one channel has to spare is no room for the other.
func (b *loadBook) sumWeek(w int) {
	all := &b.load.Weeks[w]
	for a := range b.areas {
		n := &b.areas[a].Weeks[w]
		if n.Short > 0 {
			n.Room = n.Need - n.Short
		}
		b.areas[a].Need += n.Need
		all.Need, all.Room, all.Short = all.Need+n.Need, all.Room+n.Room, all.Short+n.Short
	}
}

func (b *loadBook) uncovered(g, need int) Uncovered {
	u := Uncovered{Area: b.areas[b.groups[g].area].Area, Need: need}
	if munis := b.groups[g].munis; len(munis) < len(b.munis) {
		for _, i := range munis {
			u.Municipalities = append(u.Municipalities, b.munis[i].Code)
		}
	}
	return u
}
