package schedule

import (
	"cmp"
	"slices"

	"servicematning/internal/survey"
)

// attempts is how often a plan is begun anew when the rules that a flow cannot
// express leave contacts without a place.
const attempts = 4

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
			return Schedule{}, err
		}
	}
	out := Schedule{Contacts: m.contacts(), SameEvaluator: m.sameEvaluator()}
	out.Balance = m.balance(in.Setup.Round, out.Contacts)
	return out, nil
}

// solve decides week, day, evaluator and minute of every item.
func (m *model) solve() error {
	m.quotas()
	var failed *Infeasible
	for range attempts {
		g := m.group()
		m.chooseWeeks(g)
		m.chooseDays(g)
		m.chooseEvaluators(g)
		if left := m.repair(); len(left) > 0 {
			failed = m.crowded(left, "när kontakterna i en cell ska ligga i olika veckor och göras av olika bedömare")
			continue
		}
		left := m.chooseMinutes(g)
		if len(left) == 0 {
			return nil
		}
		failed = m.crowded(left, "utan att två samtal hamnar på samma minut")
	}
	return failed
}

// contacts turns the items into planned contacts, in the order of the plan.
func (m *model) contacts() []survey.Contact {
	out := make([]survey.Contact, len(m.items))
	for i, it := range m.items {
		c := &m.cells[it.cell]
		q := m.questions[c.question]
		out[i] = survey.Contact{
			Municipality: m.munis[c.muni].Code, Channel: channelCode[c.channel], Area: q.Area, Question: q.Code,
			Replicate: it.replicate, Evaluator: m.evals[it.evaluator].Email, State: survey.Planned,
			PlannedAt: m.days[it.day].date.At(0, it.minute).UTC(),
		}
	}
	slices.SortFunc(out, func(a, b survey.Contact) int {
		return cmp.Or(a.PlannedAt.Compare(b.PlannedAt), compareKeys(a, b))
	})
	return out
}
