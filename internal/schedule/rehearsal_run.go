package schedule

// run plays one run and gives the index of the day on which everything was
// made; len(days) when that never happened.
func (s *stage) run() int {
	s.reset()
	for d := range s.days {
		for _, w := range s.days[d].arrivals {
			s.queues[w.channel][w.evaluator*s.areas+w.area][0] += w.n
		}
		s.sicken(d == 0)
		s.work(d)
		if d == s.inPeriod-1 {
			s.leftAt = s.left
		}
		if s.left == [channels]int{} {
			if d < s.inPeriod {
				s.leftAt = [channels]int{}
			}
			return d
		}
	}
	return len(s.days)
}

// reset clears the desks.
func (s *stage) reset() {
	for ch := range channels {
		clear(s.queues[ch])
	}
	s.left, s.leftAt, s.dials = s.total, s.total, 0
}

// sicken draws who is ill. With the share q of days ill and a mean length of L
// days, somebody ill gets well with the chance 1/L a day, and somebody well
// falls ill with q/(L(1−q)), so that the share of days ill is q in the long run.
func (s *stage) sicken(first bool) {
	length := max(1, s.IllDays)
	fall := 1.0
	if s.Ill < 1 {
		fall = s.Ill / (length * (1 - s.Ill))
	}
	for e := range s.ill {
		u := s.rng.Float64()
		switch {
		case first:
			s.ill[e] = u < s.Ill
		case s.ill[e]:
			s.ill[e] = u >= 1/length || s.Ill >= 1
		default:
			s.ill[e] = u < fall
		}
	}
}

// work lets everybody who is there do the own work of the day, and then what
// others cannot.
func (s *stage) work(d int) {
	for e := range s.evals {
		for ch := range channels {
			s.capacity[ch][e] = 0
			if s.evals[e].working[d] && !s.ill[e] {
				most := float64(s.evals[e].Capacity(channelCode[ch])) * s.Speed * s.days[d].part
				s.capacity[ch][e] = int(most + 1e-9)
			}
		}
		for ch := range channels {
			for area := range s.areas {
				s.take(ch, e, e, area)
			}
		}
	}
	for e := range len(s.evals) + 1 {
		for ch := range channels {
			for area := range s.areas {
				s.handOver(ch, e, area)
			}
		}
	}
}

// handOver lets colleagues take what is left with somebody in an area. They are
// asked in turn from a drawn one on, so that nobody is always the first.
func (s *stage) handOver(ch, e, area int) {
	q := s.queues[ch][e*s.areas+area]
	takers := s.takers[area]
	if q == (queue{}) || len(takers) == 0 {
		return
	}
	start := s.rng.IntN(len(takers))
	for i := range takers {
		by := takers[(start+i)%len(takers)]
		if by != e && s.capacity[ch][by] > 0 && s.queues[ch][e*s.areas+area] != (queue{}) {
			s.take(ch, by, e, area)
		}
	}
}

// take lets somebody make what lies on a desk in an area, as far as the day's
// capacity goes.
func (s *stage) take(ch, by, desk, area int) {
	q, room := &s.queues[ch][desk*s.areas+area], &s.capacity[ch][by]
	if ch == email {
		n := min(q[0], *room)
		q[0] -= n
		*room -= n
		s.left[ch] -= n
		return
	}
	for k := range s.attempts {
		n := min(q[k], *room)
		if n == 0 {
			continue
		}
		q[k] -= n
		*room -= n
		s.dials += n
		again := 0
		if k+1 < s.attempts {
			reached := s.ReachedFirst
			if k > 0 {
				reached = s.ReachedAgain
			}
			again = s.draw(n, (1-reached)*s.Retried)
			q[k+1] += again
		}
		s.left[ch] -= n - again
	}
}

// draw is a binomial number: how many of n happen, each with the chance p.
func (s *stage) draw(n int, p float64) int {
	hits := 0
	for range n {
		if s.rng.Float64() < p {
			hits++
		}
	}
	return hits
}
