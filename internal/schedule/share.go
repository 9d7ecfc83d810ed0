package schedule

// muniShares is the even share of each municipality's contacts that every
// evaluator would have by the assignments and the period's capacities
// (municipality × evaluator).
func (m *model) muniShares() []float64 {
	ne, nq := len(m.evals), len(m.questions)
	capacity := m.periodCapacity()
	share := make([]float64, len(m.munis)*ne)
	live := make([]int, len(m.areas))
	for i := range m.munis {
		for ch := range channels {
			clear(live)
			for q := range nq {
				live[m.areaOf[q]] += m.cells[(i*nq+q)*channels+ch].live()
			}
			for a, n := range live {
				all := 0.0
				for _, e := range m.assigned[a][i] {
					all += capacity[ch][e]
				}
				for _, e := range m.assigned[a][i] {
					share[i*ne+e] += float64(n) * capacity[ch][e] / max(all, 1)
				}
			}
		}
	}
	return share
}

// live is how many contacts the cell has and will have.
func (c *cell) live() int { return c.need + c.made }

// periodCapacity is what each evaluator could make on all working days of the
// round's period together.
func (m *model) periodCapacity() (capacity [channels][]float64) {
	for ch := range channels {
		capacity[ch] = make([]float64, len(m.evals))
		for e, ev := range m.evals {
			for _, date := range m.period {
				if ev.Works(date) && spanOf(ev.WorkingHours(m.calendar.HoursOn(date))).open() {
					capacity[ch][e] += float64(max(0, ev.Capacity(channelCode[ch])))
				}
			}
		}
	}
	return capacity
}

// taking says which evaluators may and can take any contact of the channel.
func (m *model) taking(ch int) []bool {
	takes := make([]bool, len(m.evals))
	capacity := m.periodCapacity()[ch]
	for a := range m.assigned {
		for i := range m.assigned[a] {
			for _, e := range m.assigned[a][i] {
				takes[e] = capacity[e] > 0
			}
		}
	}
	return takes
}
