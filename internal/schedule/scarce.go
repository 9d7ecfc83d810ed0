package schedule

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"slices"

	"servicematning/internal/survey"
)

// fewWeeks reports whether fewer weeks are left than the cell has contacts.
func (m *model) fewWeeks(c *cell) bool { return bits.OnesCount64(m.openWeeks(c)) < c.need }

// noWeeks finds cells with fewer weeks left than contacts to plan, and says
// whether the municipality or the period is to blame.
func (m *model) noWeeks() (found []gap) {
	var few []int
	closed := map[int][]int{}  // municipality → cells that cannot be phoned at all
	late := map[uint64][]int{} // weeks left → cells of municipalities that join late
	for at := range m.cells {
		c := &m.cells[at]
		if c.need == 0 || !m.fewWeeks(c) {
			continue
		}
		switch {
		case c.channel == phone && slices.ContainsFunc(m.mailable[c.muni], hours.open) && !slices.ContainsFunc(m.callable[c.muni], hours.open):
			closed[c.muni] = append(closed[c.muni], at)
		case m.munis[c.muni].Joined.After(m.days[0].date):
			late[m.openWeeks(c)] = append(late[m.openWeeks(c)], at)
		default:
			few = append(few, at)
		}
	}
	for _, i := range slices.Sorted(maps.Keys(closed)) {
		found = append(found, gap{
			cells: closed[i], channels: []int{phone}, needed: m.needOf(closed[i]), told: MunicipalityHours,
			text: fmt.Sprintf("%s kan inte ringas: telefontiden %s ligger utanför omgångens öppettider.",
				m.muniName(i), hoursText(m.munis[i].Hours)),
			otherwise: "Rätta tiden.",
		})
	}
	for _, weeks := range slices.Sorted(maps.Keys(late)) {
		found = append(found, m.lateJoiners(late[weeks], weeks))
	}
	if len(few) > 0 {
		found = append(found, m.tooFewWeeks(few))
	}
	return found
}

// tooFewWeeks is the gap of cells for which the period has too few weeks.
func (m *model) tooFewWeeks(cells []int) gap {
	var left uint64
	g := gap{cells: cells, channels: m.channelsOf(cells), needed: m.needOf(cells), otherwise: "Förläng perioden."}
	for _, at := range cells {
		weeks := m.openWeeks(&m.cells[at])
		left |= weeks
		g.room += min(m.cells[at].need, bits.OnesCount64(weeks))
	}
	g.weeks = weeksIn(left)
	switch n := len(m.weeks); {
	case len(m.kept) == 0 && n == 1:
		g.text = fmt.Sprintf("Perioden ryms i en vecka; de %s kontakterna i en cell ska ligga i olika veckor.",
			numeral(m.design.Replicates))
	case len(m.kept) == 0 && n < m.design.Replicates:
		g.text = fmt.Sprintf("Perioden har arbetsdagar i %s veckor; de %s kontakterna i en cell ska ligga i olika veckor.",
			numeral(n), numeral(m.design.Replicates))
	default:
		g.text = fmt.Sprintf("%s: %s kontakter kan inte läggas i en annan vecka än cellens övriga kontakter; %s.",
			m.place(cells), number(g.needed-g.room), m.weeksLeft(g.weeks))
	}
	return g
}

// lateJoiners is the gap of municipalities that join when too few weeks are left.
func (m *model) lateJoiners(cells []int, left uint64) gap {
	g := gap{cells: cells, channels: m.channelsOf(cells), weeks: weeksIn(left), needed: m.needOf(cells)}
	for _, at := range cells {
		g.room += min(m.cells[at].need, bits.OnesCount64(left))
	}
	_, munis := m.spread(cells)
	names := make([]string, len(munis))
	for k, i := range munis {
		names[k] = m.muniName(i) + " går med " + survey.DayText(m.munis[i].Joined)
	}
	g.text = fmt.Sprintf("%s; %s, men de %s kontakterna i en cell ska ligga i olika veckor.",
		some(names, "kommuner"), m.weeksLeft(g.weeks), numeral(m.design.Replicates))
	g.otherwise = "Låt dem börja tidigare eller förläng perioden."
	return g
}

// weeksLeft says which weeks remain: "bara vecka 47 återstår".
func (m *model) weeksLeft(weeks []int) string {
	if len(weeks) == 0 {
		return "ingen vecka återstår"
	}
	return "bara " + m.weekNames(weeks) + " återstår"
}

func weeksIn(set uint64) (weeks []int) {
	for ; set != 0; set &= set - 1 {
		weeks = append(weeks, bits.TrailingZeros64(set))
	}
	return weeks
}

// lackKey is why contacts have no evaluator, and which of them belong together.
type lackKey struct {
	why   int
	muni  int    // for unmet: whose hours or dates are in the way
	munis string // otherwise: where the area lacks evaluators, by which channels
}

const (
	unassigned = iota // nobody may
	unable            // nobody who may can make any contact of the channel
	unmet             // nobody who can works when the municipality can be reached
)

// noEvaluators finds areas and municipalities that nobody may or can take.
// Areas of which this is true in the same municipalities are told together.
func (m *model) noEvaluators() (found []gap) {
	type areaKey struct{ why, muni, area int }
	byArea := map[areaKey][]int{}
	able := m.able()
	for at := range m.cells {
		c := &m.cells[at]
		if c.need == 0 || len(m.pools[c.pool].evals) > 0 {
			continue
		}
		k := areaKey{unassigned, -1, m.areaOf[c.question]}
		if may := m.assigned[k.area][c.muni]; slices.ContainsFunc(may, func(e int) bool { return able[c.channel][e] }) {
			k = areaKey{unmet, c.muni, -1}
		} else if len(may) > 0 {
			k.why = unable
		}
		byArea[k] = append(byArea[k], at)
	}
	lacks := map[lackKey][]int{}
	for k, cells := range byArea {
		key := lackKey{why: k.why, muni: k.muni}
		if k.why != unmet {
			_, munis := m.spread(cells)
			key.munis = fmt.Sprint(munis, m.channelsOf(cells))
		}
		lacks[key] = append(lacks[key], cells...)
	}
	for k, cells := range lacks {
		slices.Sort(cells)
		found = append(found, m.noEvaluator(k, cells))
	}
	slices.SortFunc(found, func(a, b gap) int { return cmp.Or(slices.Compare(a.cells, b.cells), cmp.Compare(a.text, b.text)) })
	return found
}

func (m *model) noEvaluator(k lackKey, cells []int) gap {
	g := gap{cells: cells, channels: m.channelsOf(cells), needed: m.needOf(cells)}
	where := m.place(cells)
	switch k.why {
	case unassigned:
		g.text = where + ": ingen bedömare är tilldelad."
		g.otherwise = "Tilldela minst två."
	case unable:
		what := "samtal eller e-brev"
		if len(g.channels) == 1 {
			what = things(g.channels[0])
		}
		g.text = fmt.Sprintf("%s: ingen tilldelad bedömare kan ta %s under perioden.", where, what)
		g.otherwise = "Se över arbetsdagar, arbetstider, frånvaro och dagskapacitet, eller tilldela fler."
	case unmet:
		g.text = fmt.Sprintf("%s: ingen tilldelad bedömare arbetar när kommunen kan nås (%s).", where, m.whenOpen(k.muni))
		g.otherwise = "Tilldela någon som arbetar då."
		g.told = MunicipalityHours
	}
	areas, munis := m.spread(cells)
	for _, a := range areas {
		for _, i := range munis {
			g.evals = append(g.evals, m.assigned[a][i]...)
		}
	}
	slices.Sort(g.evals)
	g.evals = slices.Compact(g.evals)
	return g
}

func (m *model) channelsOf(cells []int) (out []int) {
	for _, at := range cells {
		out = append(out, m.cells[at].channel)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// whenOpen says when a municipality can be reached: "telefontid 13.00–15.00,
// från mån 2 nov".
func (m *model) whenOpen(i int) string {
	p, text := &m.munis[i], ""
	if own := p.Hours; own.Opens != own.Closes {
		text = "telefontid " + hoursText(own)
	}
	if p.Joined.After(m.days[0].date) {
		if text != "" {
			text += ", "
		}
		text += "från " + survey.DayText(p.Joined)
	}
	return text
}

// noMinutes finds municipalities that cannot take so many calls: a number
// takes one call a minute.
func (m *model) noMinutes(skip []bool) (found []gap) {
	calls := make([][]int, len(m.munis))
	for at := range m.cells {
		if c := &m.cells[at]; c.channel == phone && c.need > 0 && (skip == nil || !skip[at]) && !m.fewWeeks(c) {
			calls[c.muni] = append(calls[c.muni], at)
		}
	}
	for i, cells := range calls {
		needed := m.needOf(cells)
		room := needed
		if m.minutesShort(i, needed) {
			room = m.minutesRoom(i, cells)
		}
		if room == needed {
			continue
		}
		g := gap{cells: cells, channels: []int{phone}, needed: needed, room: room, told: MunicipalityHours}
		g.text = m.counted(m.areaNames(first(m.spread(cells)))+" i "+m.muniName(i), phone, needed, room) +
			fmt.Sprintf(" Telefontiden %s rymmer bara ett samtal i minuten.", hoursText(m.munis[i].Hours))
		g.otherwise = "Rätta telefontiden eller förläng perioden."
		found = append(found, g)
	}
	return found
}

// minutesShort reports whether some day of the municipality has fewer free
// minutes than it needs calls, so that they have to be counted.
func (m *model) minutesShort(i, needed int) bool {
	return slices.ContainsFunc(m.callable[i], func(h hours) bool { return h.to-h.from-len(m.busyMuni) < needed })
}

// minutesRoom is how many of the calls get a minute of their own, in different
// weeks for the calls of a cell.
func (m *model) minutesRoom(i int, cells []int) int {
	n := &network{}
	source, sink := n.node(), n.node()
	free := make([]int, len(m.days))
	for d, h := range m.callable[i] {
		free[d] = max(0, h.to-h.from)
	}
	for k := range m.busyMuni {
		if k[0] == i && m.callable[i][k[1]].from <= k[2] && k[2] < m.callable[i][k[1]].to {
			free[k[1]]--
		}
	}
	weeks := make([]int, len(m.weeks))
	for w, wk := range m.weeks {
		weeks[w] = n.node()
		sum := 0
		for d := wk.first; d < wk.end; d++ {
			sum += free[d]
		}
		n.edge(weeks[w], sink, sum)
	}
	for _, at := range cells {
		c := &m.cells[at]
		from := n.node()
		n.edge(source, from, c.need)
		for _, w := range weeksIn(m.openWeeks(c)) {
			n.edge(from, weeks[w], 1)
		}
	}
	return n.flow(source, sink)
}

func first(a, _ []int) []int { return a }
