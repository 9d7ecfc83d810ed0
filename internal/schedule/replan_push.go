package schedule

import "slices"

// search looks for a way to make place by moving others on: a shortest
// augmenting path in the graph of evaluators' days, where a path costs as many
// moves as it adds to the change. Who has to move anyway moves for nothing, and
// who comes back home gives a move back.
type search struct {
	*mender
	ch      int
	price   []int    // desk → moves it takes to come here
	from    []step   // desk → who would come here, and from which desk (-1: from outside)
	waiting [][]int  // price + 1 → desks to look at
	end     ending   // the cheapest vacant place found
	banned  []ending // places that turned out not to be reached
}

// ending is a vacant desk and who would move there from where.
type ending struct {
	desk  int
	last  step
	price int
	cost  int
}

const (
	unknown = 1 << 30
	retries = 8 // paths that are tried before a search gives up
)

// push finds a place for an item by moving others on.
func (r *mender) push(i int) bool { return r.makeWay(i) || r.layAnew(i) }

func (r *mender) makeWay(i int) bool {
	s := r.newSearch(r.m.cellOf(i).channel)
	return s.run(func() { s.offer(i, -1, 0) })
}

// pushOut moves one contact away from a desk that has too many.
func (r *mender) pushOut(ch, desk int) bool {
	s := r.newSearch(ch)
	return s.run(func() { s.reach(desk, step{-1, -1}, 0) })
}

func (r *mender) newSearch(ch int) *search {
	n := len(r.m.evals) * len(r.m.days)
	return &search{mender: r, ch: ch, price: make([]int, n), from: make([]step, n)}
}

// run searches until a path can be walked.
func (s *search) run(start func()) bool {
	for range retries {
		for desk := range s.price {
			s.price[desk] = unknown
		}
		s.waiting, s.end = s.waiting[:0], ending{desk: -1, price: unknown}
		start()
		for desk, ok := s.next(); ok; desk, ok = s.next() {
			s.expand(desk)
		}
		if s.end.desk < 0 {
			return false
		}
		if s.walk() {
			return true
		}
		s.banned = append(s.banned, s.end)
	}
	return false
}

// next is the desk that is cheapest to come to of those not looked at yet; ok
// is false when a vacant place has been found that is as cheap.
func (s *search) next() (desk int, ok bool) {
	for at := range s.waiting {
		price := at - 1
		if price >= s.end.price {
			break
		}
		for len(s.waiting[at]) > 0 {
			desk, s.waiting[at] = s.waiting[at][0], s.waiting[at][1:]
			if s.price[desk] == price {
				return desk, true
			}
		}
	}
	return 0, false
}

// reach notes a cheaper way to a desk that is full.
func (s *search) reach(desk int, by step, price int) {
	if price >= s.price[desk] || price < -1 {
		return
	}
	s.price[desk], s.from[desk] = price, by
	for len(s.waiting) <= price+1 {
		s.waiting = append(s.waiting, nil)
	}
	s.waiting[price+1] = append(s.waiting[price+1], desk)
}

// expand lets everybody at a desk look for another place.
func (s *search) expand(desk int) {
	for _, o := range s.held[s.ch][desk] {
		s.offer(o, desk, s.price[desk])
	}
}

// offer looks at every place an item could go to from a desk.
func (s *search) offer(i, desk, price int) {
	m, c := s.m, s.m.cellOf(i)
	s.bar(i)
	for _, e := range m.pools[c.pool].evals {
		for d := range m.days {
			to := e*len(m.days) + d
			if to == desk || !s.allowed(c, e, d) {
				continue
			}
			x := price + s.extra(i, to) - s.extra(i, desk)
			if !s.vacant(s.ch, to) {
				s.reach(to, step{i, desk}, x)
			} else if x <= s.end.price {
				s.consider(ending{to, step{i, desk}, x, s.cost(i, e, d)})
			}
		}
	}
}

// consider keeps the cheapest end; among equals the one with the best balance.
func (s *search) consider(x ending) {
	if x.price == s.end.price && x.cost >= s.end.cost || slices.Contains(s.banned, x) {
		return
	}
	if _, ok := s.minuteFor(x.last.item, x.desk/len(s.m.days), x.desk%len(s.m.days)); ok {
		s.end = x
	}
}

// walk moves everybody along the path, its end first. A path that visits one
// cell or one minute twice may have become illegal on the way; then everybody
// goes back.
func (s *search) walk() bool {
	mark := len(s.log)
	to, by := s.end.desk, s.end.last
	for range s.price {
		if by.item < 0 {
			return true
		}
		if !s.shift(by.item, to) {
			break
		}
		if by.place < 0 {
			return true
		}
		to, by = by.place, s.from[by.place]
	}
	s.undo(mark)
	return false
}

// shift moves an item to a desk if the rules let it.
func (s *search) shift(i, desk int) bool {
	e, d := desk/len(s.m.days), desk%len(s.m.days)
	s.bar(i)
	if !s.vacant(s.ch, desk) || !s.allowed(s.m.cellOf(i), e, d) {
		return false
	}
	minute, ok := s.minuteFor(i, e, d)
	if ok {
		s.put(i, spot{e, d, s.m.days[d].week, minute})
	}
	return ok
}
