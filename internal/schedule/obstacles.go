package schedule

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"slices"
)

// obstacles checks, from the plainest to the subtlest, whether a plan can
// exist, and says in words what is missing. It returns nil when nothing is.
func (m *model) obstacles(in Input) *Infeasible {
	d := m.design
	switch {
	case len(m.munis) == 0:
		return short("Omgången har inga deltagande kommuner. Läs in eller lägg till dem först.")
	case len(m.questions) == 0:
		return short("Upplägget har inga frågor. Läs in eller lägg till dem först.")
	case d.Replicates < 1:
		return short("Upplägget anger inga kontakter per fråga och kanal. Ange minst en.")
	case len(m.items) == 0:
		return nil
	case len(m.evals) == 0:
		return short("Omgången har inga bedömare. Läs in eller lägg till dem först.")
	case len(m.days) == 0:
		return m.noDays(in)
	}
	for _, check := range []func() []Shortage{m.noEvaluators, m.noWeeks, m.noRoom} {
		if found := check(); len(found) > 0 {
			return &Infeasible{Shortages: found}
		}
	}
	return nil
}

func (m *model) noDays(in Input) *Infeasible {
	period := periodText(in.Setup.Round.Period)
	r := in.Setup.Round
	if len(r.Calendar.WorkingDays(r.Period.From, r.Period.To)) == 0 {
		return short("Mätperioden " + period +
			" har ingen arbetsdag enligt omgångens kalender. Ändra perioden eller kalendern.")
	}
	return short(fmt.Sprintf("Mätperioden %s har ingen arbetsdag kvar, men %s kontakter är oplanerade. Förläng perioden.",
		period, number(len(m.items))))
}

// noEvaluators finds areas and municipalities that nobody may or can take.
func (m *model) noEvaluators() (found []Shortage) {
	type gap struct {
		area     int
		assigned bool
		channel  int
	}
	gaps := map[gap][]int{}
	for at, c := range m.cells {
		if c.need == 0 || len(m.pools[c.pool].evals) > 0 {
			continue
		}
		g := gap{area: m.areaOf[c.question], assigned: len(m.assigned[m.areaOf[c.question]][c.muni]) > 0}
		if g.assigned { // only then the channel matters
			g.channel = c.channel
		}
		gaps[g] = append(gaps[g], at)
	}
	keys := slices.SortedFunc(maps.Keys(gaps), func(a, b gap) int {
		return cmp.Or(cmp.Compare(a.area, b.area), cmp.Compare(a.channel, b.channel))
	})
	for _, g := range keys {
		cells := gaps[g]
		text := m.place(cells) + ": ingen bedömare är tilldelad. Tilldela minst två."
		if g.assigned {
			text = fmt.Sprintf("%s: ingen tilldelad bedömare kan ta %s under perioden. "+
				"Se över arbetsdagar, frånvaro och dagskapacitet, eller tilldela fler.", m.place(cells), things(g.channel))
		}
		s := m.shortage(cells, text)
		if g.assigned {
			s.Channel = channelCode[g.channel]
		}
		s.Needed = m.needOf(cells)
		found = append(found, s)
	}
	return found
}

func (m *model) needOf(cells []int) (n int) {
	for _, at := range cells {
		n += m.cells[at].need
	}
	return n
}

// noWeeks finds cells with fewer weeks left than contacts to plan.
func (m *model) noWeeks() (found []Shortage) {
	var few []int
	closed := map[int][]int{} // municipality → cells that cannot be phoned at all
	for at := range m.cells {
		c := &m.cells[at]
		if c.need == 0 {
			continue
		}
		switch n := bits.OnesCount64(m.openWeeks(c)); {
		case c.channel == phone && !slices.ContainsFunc(m.callable[c.muni], hours.open):
			closed[c.muni] = append(closed[c.muni], at)
		case n < c.need:
			few = append(few, at)
		}
	}
	for _, i := range slices.Sorted(maps.Keys(closed)) {
		h := m.munis[i].Hours
		s := m.shortage(closed[i], fmt.Sprintf(
			"%s kan inte ringas: telefontiden %s–%s ligger utanför omgångens öppettider. Rätta tiden.",
			m.muniName(i), h.Opens, h.Closes))
		s.Municipality, s.Channel, s.Needed = m.munis[i].Code, channelCode[phone], m.needOf(closed[i])
		found = append(found, s)
	}
	if len(few) == 0 {
		return found
	}
	return append(found, m.fewWeeks(few))
}

func (m *model) fewWeeks(cells []int) Shortage {
	all := make([]int, len(m.weeks))
	for w := range all {
		all[w] = w
	}
	s := m.shortage(cells, "")
	s.Needed, s.Room = m.needOf(cells), 0
	for _, at := range cells {
		s.Room += min(m.cells[at].need, bits.OnesCount64(m.openWeeks(&m.cells[at])))
	}
	if len(m.weeks) == 1 {
		s.Week = m.weeks[0].number
	}
	switch {
	case len(m.kept) == 0 && len(m.weeks) == 1:
		s.Message = fmt.Sprintf("Perioden ryms i en vecka; de %s kontakterna i en cell ska ligga i olika veckor. "+
			"Förläng perioden till minst %s veckor.", numeral(m.design.Replicates), numeral(m.design.Replicates))
	case len(m.kept) == 0 && len(m.weeks) < m.design.Replicates:
		s.Message = fmt.Sprintf("Perioden har arbetsdagar i %s veckor; "+
			"de %s kontakterna i en cell ska ligga i olika veckor. Förläng perioden.",
			numeral(len(m.weeks)), numeral(m.design.Replicates))
	default:
		s.Message = fmt.Sprintf("%s: %s kontakter kan inte läggas i en annan vecka än cellens övriga kontakter; "+
			"bara %s återstår. Förläng perioden.", m.place(cells), number(s.Needed-s.Room), m.weekNames(all))
	}
	return s
}

// noRoom compares what is needed with the evaluators' capacity.
func (m *model) noRoom() (found []Shortage) {
	for ch := range channels {
		if b := m.findBottleneck(ch); b != nil {
			found = append(found, m.tooLittle(b))
		}
	}
	return found
}

// tooLittle puts a bottleneck and its cheapest remedies into words.
func (m *model) tooLittle(b *bottleneck) Shortage {
	var cells []int
	for _, i := range b.pools {
		cells = append(cells, m.pools[i].cells...)
	}
	s := m.shortage(cells, "")
	s.Channel, s.Needed, s.Room = channelCode[b.channel], b.needed, b.room
	where, why := m.place(cells), ""
	if b.weeks != nil {
		where += " " + m.weekNames(b.weeks)
		why = " Kontakterna i en cell ska ligga i olika veckor, så resten kan inte flyttas till andra veckor."
		if len(b.weeks) == 1 {
			s.Week = m.weeks[b.weeks[0]].number
		}
	}
	if b.different {
		why = " Kontakterna i en cell ska göras av olika bedömare"
		if len(b.evals) > 0 {
			why += ", och " + m.evalNames(b.evals) + " hinner inte sin del"
		}
		why += "."
	}
	s.Message = fmt.Sprintf("%s: %s %s, plats för %s.%s %s",
		where, number(b.needed), things(b.channel), number(b.room), why, m.remedy(b))
	return s
}

// remedy says what would make room: so many evaluators more, or so much
// higher a daily capacity.
func (m *model) remedy(b *bottleneck) string {
	missing := b.needed - b.room
	if len(b.evals) == 0 || b.days == 0 {
		return "Tilldela fler bedömare eller förläng perioden."
	}
	each, caps := 0, map[int]bool{}
	for _, e := range b.evals {
		caps[m.evals[e].Capacity(channelCode[b.channel])] = true
		for d := range m.days {
			if b.weeks == nil || slices.Contains(b.weeks, m.days[d].week) {
				each += m.roomOf(b.channel, e, d)
			}
		}
	}
	each = max(1, each/len(b.evals))
	more := (missing + each - 1) / each
	raise := (missing + b.days - 1) / b.days
	text := fmt.Sprintf("Tilldela %s bedömare till eller höj dagskapaciteten ", numeral(more))
	if len(caps) == 1 {
		return text + fmt.Sprintf("till %s.", number(m.evals[b.evals[0]].Capacity(channelCode[b.channel])+raise))
	}
	return text + fmt.Sprintf("med %s per bedömare.", number(raise))
}

// crowded is the error of a round that seems to have room, but for which no
// plan was found that keeps all rules at once.
func (m *model) crowded(items []int, why string) *Infeasible {
	var left [channels][]int
	for _, i := range items {
		ch := m.cellOf(i).channel
		left[ch] = append(left[ch], m.items[i].cell)
	}
	e := &Infeasible{}
	for ch, cells := range left {
		if len(cells) == 0 {
			continue
		}
		s := m.shortage(cells, fmt.Sprintf("%s: %s %s får inte plats %s. "+
			"Tilldela en bedömare till eller höj dagskapaciteten.", m.place(cells), number(len(cells)), things(ch), why))
		s.Channel, s.Needed = channelCode[ch], len(cells)
		e.Shortages = append(e.Shortages, s)
	}
	return e
}
