package schedule

import (
	"servicematning/internal/survey"
)

// tally counts the kept contacts that are not voided, so that what is planned
// evens out what has been done.
type tally struct {
	muniDay   [channels][]int // municipality × day of the plan
	evalDay   [channels][]int // evaluator × day of the plan
	poolDay   [channels][]int // day of the plan → all
	question  []int           // question × day of the plan
	areaWeek  []int           // (municipality × area) × week of the plan
	area      []int           // municipality × area: at any time
	muniEval  []int           // municipality × evaluator: at any time
	evalWeek  []int           // (municipality × week of the plan) × evaluator
	muniHour  []int           // municipality × hour of the clock: calls at any time
	hourOfDay []int           // day of the plan × hour of the clock: calls
}

func (m *model) tallyKept() *tally {
	nm, nd, ne, nw, na := len(m.munis), len(m.days), len(m.evals), len(m.weeks), len(m.areas)
	t := &tally{
		question: make([]int, len(m.questions)*nd), areaWeek: make([]int, nm*na*nw), area: make([]int, nm*na),
		muniEval: make([]int, nm*ne), evalWeek: make([]int, nm*nw*ne),
		muniHour: make([]int, nm*hoursPerDay), hourOfDay: make([]int, nd*hoursPerDay),
	}
	for ch := range channels {
		t.muniDay[ch], t.evalDay[ch], t.poolDay[ch] = make([]int, nm*nd), make([]int, ne*nd), make([]int, nd)
	}
	questions := m.questionIndex()
	for i := range m.kept {
		if c := &m.kept[i]; c.Disposition != survey.Void {
			m.tallyOne(t, c, questions)
		}
	}
	return t
}

func (m *model) questionIndex() map[string]int {
	index := make(map[string]int, len(m.questions))
	for q := range m.questions {
		index[m.questions[q].Code] = q
	}
	return index
}

func (m *model) tallyOne(t *tally, c *survey.Contact, questions map[string]int) {
	i, takesPart := m.muniIndex(c.Municipality)
	q, asked := questions[c.Question]
	if !takesPart || !asked {
		return
	}
	nd, ne, nw := len(m.days), len(m.evals), len(m.weeks)
	ch, a, at := channelIndex(c.Channel), i*len(m.areas)+m.areaOf[q], instantOf(*c)
	e, known := m.evalIndex[c.Evaluator]
	t.area[a]++
	if known {
		t.muniEval[i*ne+e]++
	}
	if w, ok := m.weekOf(*c); ok {
		t.areaWeek[a*nw+w]++
		if known {
			t.evalWeek[(i*nw+w)*ne+e]++
		}
	}
	hour := minuteOf(at) / 60
	if ch == phone {
		t.muniHour[i*hoursPerDay+hour]++
	}
	d, ok := m.dayOf(at)
	if !ok {
		return
	}
	t.muniDay[ch][i*nd+d]++
	t.poolDay[ch][d]++
	t.question[q*nd+d]++
	if known {
		t.evalDay[ch][e*nd+d]++
	}
	if ch == phone {
		t.hourOfDay[d*hoursPerDay+hour]++
	}
}
