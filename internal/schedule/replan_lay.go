package schedule

// lay is a search that lays whole cells anew, for contacts that no shifting of
// single others helps: as when the only evaluator of one week has the cell's
// other contact in another week. It tries all ways with few contacts away from
// home before those with more.
type lay struct {
	*mender
	limit  int // contacts that may be away from home
	budget int // places that may still be tried
}

const (
	furthest    = 3    // cells that a cell may drive out in turn
	mostAway    = 8    // contacts that may leave their homes for one
	firstTries  = 500  // places tried with none away, twice as many with each more
	backTries   = 300  // places tried to bring one home
	backEfforts = 2000 // how often that is tried
)

// layAnew finds places for an item and the others of its cell together.
func (r *mender) layAnew(i int) bool {
	mark, before := len(r.log), r.away
	cell := r.clearCell(i)
	cleared := len(r.log)
	for more := range mostAway + 1 {
		s := lay{r, before + more, firstTries << more}
		if s.all(cell, min(more, furthest)) {
			return true
		}
		r.undo(cleared)
	}
	r.undo(mark)
	return false
}

// clearCell takes the planned contacts of the item's cell out of their places
// and lists them, the item first.
func (r *mender) clearCell(i int) []int {
	c := r.m.cellOf(i)
	items := []int{i}
	for j := c.first; j < c.first+c.need; j++ {
		if j != i && r.m.items[j].day >= 0 {
			items = append(items, j)
		}
	}
	for _, j := range items {
		r.put(j, nowhere)
	}
	return items
}

// all places the items; each may take the place of another, whose cell is then
// laid anew too, as long as that does not go too far.
func (s *lay) all(items []int, far int) bool {
	if len(items) == 0 {
		return true
	}
	i, rest := items[0], items[1:]
	desks := s.desksOf(i)
	for _, desk := range desks {
		if s.here(i, desk, rest, far) {
			return true
		}
	}
	for _, desk := range desks {
		if far > 0 && s.instead(i, desk, rest, far-1) {
			return true
		}
	}
	return false
}

// instead gives the item the place of one of the desk's.
func (s *lay) instead(i, desk int, rest []int, far int) bool {
	for _, o := range append([]int(nil), s.held[s.m.cellOf(i).channel][desk]...) {
		if s.budget <= 0 {
			return false
		}
		mark := len(s.log)
		out := s.clearCell(o)
		if s.here(i, desk, append(out, rest...), far) {
			return true
		}
		s.undo(mark)
	}
	return false
}

// here places the item at the desk and then the others.
func (s *lay) here(i, desk int, rest []int, far int) bool {
	c, e, d := s.m.cellOf(i), desk/len(s.m.days), desk%len(s.m.days)
	s.bar(i)
	if s.budget--; s.budget < 0 || !s.vacant(c.channel, desk) || !s.allowed(c, e, d) {
		return false
	}
	if s.away+s.extra(i, desk) > s.limit {
		return false
	}
	minute, ok := s.minuteFor(i, e, d)
	if !ok {
		return false
	}
	mark := len(s.log)
	s.put(i, spot{e, d, s.m.days[d].week, minute})
	if s.all(rest, far) {
		return true
	}
	s.undo(mark)
	return false
}

// desksOf lists where the item may be made, its home first.
func (s *lay) desksOf(i int) (desks []int) {
	c := s.m.cellOf(i)
	s.bar(i)
	for _, e := range s.m.pools[c.pool].evals {
		for d := range s.m.days {
			if !s.allowed(c, e, d) {
				continue
			}
			desks = append(desks, e*len(s.m.days)+d)
			if s.isHome(i, e, d) {
				last := len(desks) - 1
				desks[0], desks[last] = desks[last], desks[0]
			}
		}
	}
	return desks
}

// fewerAway lets those who made way go home where others can be laid anew
// around them with fewer away in all.
func (r *mender) fewerAway() {
	efforts := backEfforts
	for again := true; again && r.away > 0; {
		again = false
		for i := range r.posts {
			if !r.strays(i) {
				continue
			}
			if efforts--; efforts < 0 {
				return
			}
			again = r.layHome(i) || again
		}
	}
}

// layHome puts an item back home, driving out who is there now.
func (r *mender) layHome(i int) bool {
	home := r.posts[i].home
	mark, desk := len(r.log), home.evaluator*len(r.m.days)+home.day
	s := lay{r, r.away - 1, backTries}
	cell := r.clearCell(i)
	if s.here(i, desk, cell[1:], furthest-1) || s.instead(i, desk, cell[1:], furthest-1) {
		return true
	}
	r.undo(mark)
	return false
}

// strays reports whether an item has left its home only to make way.
func (r *mender) strays(i int) bool {
	it := &r.m.items[i]
	return it.day >= 0 && r.extra(i, it.evaluator*len(r.m.days)+it.day) > 0
}

// extra is 1 when the item could have stayed at home and the desk is another.
func (r *mender) extra(i, desk int) int {
	if desk < 0 || r.posts[i].must || r.isHome(i, desk/len(r.m.days), desk%len(r.m.days)) {
		return 0
	}
	return 1
}

func (r *mender) isHome(i, e, d int) bool {
	home := r.posts[i].home
	return home.evaluator == e && home.day == d
}
