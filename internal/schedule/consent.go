package schedule

import (
	"fmt"
	"slices"

	"servicematning/internal/survey"
)

// lone is an area whose contacts have too few possible evaluators, with the
// municipalities where that is so.
type lone struct {
	area  int
	evals []int
	cells []int
}

// loners groups the cells that need consent by area and evaluators.
func (m *model) loners() []lone {
	type key struct {
		area  int
		evals string
	}
	found := map[key]*lone{}
	for at := range m.cells {
		c := &m.cells[at]
		if c.need == 0 || !c.loose {
			continue
		}
		evals := m.pools[c.pool].evals
		k := key{m.areaOf[c.question], fmt.Sprint(evals)}
		if found[k] == nil {
			found[k] = &lone{area: k.area, evals: evals}
		}
		found[k].cells = append(found[k].cells, at)
	}
	out := make([]lone, 0, len(found))
	for _, l := range found {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b lone) int {
		if a.area != b.area {
			return a.area - b.area
		}
		return slices.Compare(a.evals, b.evals)
	})
	return out
}

// consent is the question to the lead, nil when none has to be asked.
func (m *model) consent() *NeedsConsent {
	e := &NeedsConsent{}
	areas := map[int]bool{}
	for _, l := range m.loners() {
		if !areas[l.area] {
			areas[l.area] = true
			e.Areas = append(e.Areas, m.areas[l.area])
		}
		e.Messages = append(e.Messages, fmt.Sprintf(
			"%s: bara %s kan ta %s. Båda kontakterna i en cell skulle göras av samma person.",
			m.place(l.cells), m.evalNames(l.evals), m.channelNames(l.cells)))
	}
	if len(e.Messages) == 0 {
		return nil
	}
	return e
}

// sameEvaluator says where the plan has one evaluator make both contacts.
func (m *model) sameEvaluator() (lines []string) {
	for _, l := range m.loners() {
		lines = append(lines, fmt.Sprintf("%s: %s gör båda kontakterna (%s).",
			m.place(l.cells), m.evalNames(l.evals), m.channelNames(l.cells)))
	}
	return lines
}

func (m *model) channelNames(cells []int) string {
	names := map[survey.Channel]string{survey.Phone: "samtalen", survey.Email: "e-breven"}
	in := map[survey.Channel]bool{}
	for _, at := range cells {
		in[channelCode[m.cells[at].channel]] = true
	}
	var out []string
	for _, ch := range channelCode {
		if in[ch] {
			out = append(out, names[ch])
		}
	}
	return list(out)
}
