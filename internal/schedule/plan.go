package schedule

import (
	"cmp"
	"slices"

	"servicematning/internal/survey"
)

// Plan makes a plan that keeps every hard rule of the round, or says why none
// can be made: *Infeasible, or *NeedsConsent.
func Plan(in Input, seed uint64) (Schedule, error) {
	m := newModel(in, seed)
	if len(m.days) == 0 {
		return Schedule{}, short("Perioden har ingen arbetsdag kvar.")
	}
	m.quotas()
	g := m.group()
	m.chooseWeeks(g)
	m.chooseDays(g)
	m.chooseEvaluators(g)
	if left := m.repair(); len(left) > 0 {
		return Schedule{}, short("Planen gick inte ihop.")
	}
	if left := m.chooseMinutes(g); len(left) > 0 {
		return Schedule{}, short("Minuterna räcker inte.")
	}
	return Schedule{Contacts: m.contacts()}, nil
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
