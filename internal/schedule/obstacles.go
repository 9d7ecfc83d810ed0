package schedule

import (
	"fmt"
	"slices"
)

// gap is one thing that is missing, before its remedies are known.
type gap struct {
	cells        []int // that have no room together
	channels     []int
	weeks, evals []int // as in bottleneck
	needed, room int
	text         string     // Swedish sentences: what is missing
	told         RemedyKind // the remedy whose cause the text already gives
	otherwise    string     // Swedish sentence: what to do when no single remedy is enough
}

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
	}
	if gaps := m.gaps(in); len(gaps) > 0 {
		return m.explain(in, gaps)
	}
	return nil
}

// gaps lists everything that is missing. What lacks weeks or evaluators
// altogether is not counted again when the capacities are.
func (m *model) gaps(in Input) []gap {
	if len(m.days) == 0 {
		return []gap{m.noDays(in)}
	}
	found := slices.Concat(m.noWeeks(), m.noEvaluators(), m.noMinutes(nil))
	skip := make([]bool, len(m.cells))
	for _, g := range found {
		skipAll(skip, g.cells)
	}
	for ch := range channels {
		found = append(found, m.noRoom(ch, skip)...)
	}
	return found
}

func skipAll(skip []bool, cells []int) {
	for _, at := range cells {
		skip[at] = true
	}
}

// fits reports whether nothing is missing for the cells that are not skipped.
func (m *model) fits(skip []bool) bool {
	if len(m.days) == 0 {
		return false
	}
	for at := range m.cells {
		c := &m.cells[at]
		if c.need > 0 && !skip[at] && (len(m.pools[c.pool].evals) == 0 || m.fewWeeks(c)) {
			return false
		}
	}
	if len(m.noMinutes(skip)) > 0 {
		return false
	}
	for ch := range channels {
		if r := m.newRooms(ch, skip); r.lack(r.all()) != nil {
			return false
		}
	}
	return true
}

func (m *model) noDays(in Input) gap {
	r := in.Setup.Round
	g := gap{channels: []int{phone, email}}
	for at := range m.cells {
		if m.cells[at].need > 0 {
			g.cells = append(g.cells, at)
		}
	}
	g.needed = m.needOf(g.cells)
	g.text = fmt.Sprintf("Mätperioden %s har ingen arbetsdag kvar, men %s kontakter är oplanerade.",
		periodText(r.Period), number(len(m.items)))
	g.otherwise = "Förläng perioden."
	if len(r.Calendar.WorkingDays(r.Period.From, r.Period.To)) == 0 {
		g.text = "Mätperioden " + periodText(r.Period) + " har ingen arbetsdag enligt omgångens kalender."
		g.otherwise = "Ändra perioden eller kalendern."
	}
	return g
}

func (m *model) needOf(cells []int) (n int) {
	for _, at := range cells {
		n += m.cells[at].need
	}
	return n
}

// noRoom finds what the evaluators' days have no room for: first areas and
// municipalities that lack room by themselves, then what does together.
func (m *model) noRoom(ch int, skip []bool) (found []gap) {
	r := m.newRooms(ch, skip)
	left := r.all()
	for {
		b := r.bottleneck(left)
		if b == nil {
			return found
		}
		b.cells = m.andElsewhere(b.cells, skip)
		found = append(found, m.tooLittle(ch, b))
		left = slices.DeleteFunc(left, func(k int) bool { return slices.Contains(b.classes, k) })
	}
}

// andElsewhere adds the skipped cells that differ only in something else being
// missing too: they want the same room.
func (m *model) andElsewhere(cells []int, skip []bool) []int {
	type kind struct{ pool, area int }
	wanted := map[kind]bool{}
	for _, at := range cells {
		wanted[kind{m.cells[at].pool, m.areaOf[m.cells[at].question]}] = true
	}
	for at := range m.cells {
		if c := &m.cells[at]; c.need > 0 && skip[at] && wanted[kind{c.pool, m.areaOf[c.question]}] {
			cells = append(cells, at)
		}
	}
	return cells
}

// bottleneck is what a minimum cut gives, or a part of it that lacks most of
// the room by itself: the contacts of one crew that is not always at hand, or
// those that the same evaluators share.
func (r *rooms) bottleneck(classes []int) *bottleneck {
	whole := r.lack(classes)
	if whole == nil {
		return nil
	}
	for k := range r.crews {
		alike := func(n int) bool { return r.classes[n].crew == k }
		if !r.crews[k].part {
			alike = func(n int) bool { return slices.Equal(r.crews[r.classes[n].crew].evals, r.crews[k].evals) }
		}
		part := within(whole.classes, alike)
		if len(part) == 0 || len(part) == len(whole.classes) {
			continue
		}
		if b := r.lack(part); b != nil && 2*(b.needed-b.room) >= whole.needed-whole.room {
			return b
		}
	}
	return whole
}

func within(list []int, keep func(int) bool) (out []int) {
	for _, n := range list {
		if keep(n) {
			out = append(out, n)
		}
	}
	return out
}

// tooLittle puts a bottleneck into words.
func (m *model) tooLittle(ch int, b *bottleneck) gap {
	g := gap{
		cells: b.cells, channels: []int{ch}, weeks: b.weeks, evals: b.evals, needed: b.needed, room: b.room,
		otherwise: "Tilldela fler bedömare, höj dagskapaciteten och förläng perioden; ingen av åtgärderna räcker ensam.",
	}
	where, why := m.place(b.cells), ""
	if b.weeks != nil {
		where += " " + m.weekNames(b.weeks)
		why = " Kontakterna i en cell ska ligga i olika veckor, så resten kan inte flyttas till andra veckor."
	}
	if b.different {
		why = " Kontakterna i en cell ska göras av olika bedömare"
		if len(b.evals) > 0 {
			why += ", och " + m.evalNames(b.evals) + " hinner inte sin del"
		}
		why += "."
	}
	if b.both {
		why = " Kontakterna i en cell ska både ligga i olika veckor och göras av olika bedömare."
	}
	g.text = m.counted(where, ch, b.needed, b.room) + why
	return g
}

// counted is the sentence with the figures: "Äldreomsorg vecka 44: 1 160
// samtal, plats för 980 (180 för många)."
func (m *model) counted(where string, ch, needed, room int) string {
	return fmt.Sprintf("%s: %s %s, plats för %s (%s för många).",
		where, number(needed), things(ch), number(room), number(needed-room))
}

// crowded is the error of a round that seems to have room, but for which no
// plan was found that keeps all rules at once.
func (m *model) crowded(items []int, why string) *Infeasible {
	g := gap{needed: len(items), otherwise: "Tilldela fler bedömare, höj dagskapaciteten eller förläng perioden."}
	for _, i := range items {
		g.cells = append(g.cells, m.items[i].cell)
	}
	g.channels = m.channelsOf(g.cells)
	what := "kontakter"
	if len(g.channels) == 1 {
		what = things(g.channels[0])
	}
	g.text = fmt.Sprintf("%s: %s %s får inte plats %s.", m.place(g.cells), number(len(items)), what, why)
	return &Infeasible{Shortages: []Shortage{m.shortage(&g, nil)}, crowd: &g}
}
