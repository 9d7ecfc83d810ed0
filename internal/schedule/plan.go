package schedule

import (
	"cmp"
	"slices"

	"servicematning/internal/survey"
)

// attempts is how often a plan is begun anew when the rules that a flow cannot
// express leave contacts without a place.
const attempts = 3

// Plan makes a plan that keeps every hard rule of the round, or says why none
// can be made: *Infeasible, or *NeedsConsent.
func Plan(in Input, seed uint64) (Schedule, error) {
	m := newModel(in, seed)
	if err := m.obstacles(in); err != nil {
		return Schedule{}, err
	}
	if err := m.consent(); err != nil && !in.AllowSameEvaluator {
		return Schedule{}, err
	}
	if len(m.items) > 0 {
		if err := m.solve(); err != nil {
			return Schedule{}, m.advise(in, seed, err)
		}
	}
	out := Schedule{Contacts: m.contacts(), SameEvaluator: m.sameEvaluator()}
	out.Balance = m.balance(in.Setup.Round, out.Contacts)
	return out, nil
}

// solve decides week, day, evaluator and minute of every item.
func (m *model) solve() error {
	var failed *Infeasible
	for range attempts {
		m.clearItems()
		calendar := m.chooseCalendar()
		m.quotas(calendar)
		m.chooseDays(calendar)
		m.chooseLoads()
		m.chooseEvaluators()
		left := m.repair()
		if len(left) > 0 {
			failed = m.crowded(left, "när kontakterna i en cell ska ligga i olika veckor och göras av olika bedömare")
			continue
		}
		if m.uneven {
			m.polish(calendar)
		}
		left = m.chooseMinutes()
		if len(left) == 0 {
			return nil
		}
		failed = m.crowded(left, "utan att två samtal hamnar på samma minut")
	}
	return failed
}

// clearItems forgets what an earlier attempt decided.
func (m *model) clearItems() {
	for i := range m.items {
		it := &m.items[i]
		it.day, it.week, it.evaluator, it.minute = -1, -1, -1, -1
	}
}

// contacts turns the items into planned contacts, in the order of the plan:
// by instant, then by key.
func (m *model) contacts() []survey.Contact {
	start := make([]int32, len(m.days)*minutesPerDay+1)
	at := func(i int) int { return m.items[i].day*minutesPerDay + m.items[i].minute }
	for i := range m.items {
		start[at(i)+1]++
	}
	for k := range len(start) - 1 {
		start[k+1] += start[k]
	}
	order := make([]int32, len(m.items))
	for i := range m.items {
		order[start[at(i)]] = int32(i)
		start[at(i)]++
	}
	for from, to := 0, 0; from < len(order); from = to {
		for to = from; to < len(order) && at(int(order[to])) == at(int(order[from])); to++ {
		}
		slices.SortFunc(order[from:to], m.compareItems)
	}
	out := make([]survey.Contact, len(m.items))
	for at, i := range order {
		out[at] = m.contact(int(i))
	}
	return out
}

// compareItems orders items by their contacts' keys.
func (m *model) compareItems(i, j int32) int {
	a, b := &m.items[i], &m.items[j]
	ca, cb := &m.cells[a.cell], &m.cells[b.cell]
	return cmp.Or(
		cmp.Compare(ca.muni, cb.muni),
		cmp.Compare(channelCode[ca.channel], channelCode[cb.channel]),
		cmp.Compare(m.questions[ca.question].Code, m.questions[cb.question].Code), cmp.Compare(a.replicate, b.replicate),
	)
}

func (m *model) contact(i int) survey.Contact {
	it, c := &m.items[i], m.cellOf(i)
	q := &m.questions[c.question]
	return survey.Contact{
		Municipality: m.munis[c.muni].Code, Channel: channelCode[c.channel], Area: q.Area, Question: q.Code,
		Replicate: it.replicate, Evaluator: m.evals[it.evaluator].Email, State: survey.Planned,
		PlannedAt: m.days[it.day].date.At(0, it.minute).UTC(),
	}
}
