package schedule_test

import (
	"fmt"
	"slices"
	"strings"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// want is what a cell still needs, for arguments that it cannot get it.
type want struct {
	cell   survey.Cell
	need   int
	weeks  []isoWeek // that may take a contact of it
	evals  []string  // who may and can make one
	others []string  // of those, the ones without a contact in the cell
}

// loose reports whether the cell cannot have different evaluators.
func (c want) loose() bool { return len(c.others) < c.need }

// wants lists what the cells that a shortage names still need.
func (w *world) wants(lack schedule.Shortage) (out []want) {
	kept := map[survey.Cell][]survey.Contact{}
	for _, c := range w.in.Kept {
		if c.Disposition != survey.Void {
			kept[c.Cell()] = append(kept[c.Cell()], c)
		}
	}
	for code := range w.munis {
		for question, q := range w.questions {
			if !slices.Contains(lack.Areas, q.Area) || lack.Municipalities != nil && !slices.Contains(lack.Municipalities, code) {
				continue
			}
			for _, ch := range survey.Channels {
				cell := survey.Cell{Municipality: code, Question: question, Channel: ch}
				need := w.in.Setup.Round.Design.Replicates - len(kept[cell])
				if need > 0 && w.asked(cell) && (lack.Channel == "" || lack.Channel == ch) {
					out = append(out, w.want(cell, need, kept[cell]))
				}
			}
		}
	}
	return out
}

func (w *world) want(cell survey.Cell, need int, kept []survey.Contact) want {
	c := want{cell: cell, need: need, evals: w.possible(cell)}
	slices.Sort(c.evals)
	for _, d := range w.days {
		taken := slices.ContainsFunc(kept, func(k survey.Contact) bool { return isoWeekOf(dayOf(k)) == isoWeekOf(d) })
		if !taken && w.reach(cell.Municipality, cell.Channel, d).minutes() > 0 && !slices.Contains(c.weeks, isoWeekOf(d)) {
			c.weeks = append(c.weeks, isoWeekOf(d))
		}
	}
	for _, e := range c.evals {
		if !slices.ContainsFunc(kept, func(k survey.Contact) bool { return k.Evaluator == e }) {
			c.others = append(c.others, e)
		}
	}
	return c
}

// proof gives an argument that what a shortage names lacks room, "" when none
// is found. The plain ones are tried first.
func proof(in schedule.Input, lack schedule.Shortage) string {
	w := newWorld(in)
	all := w.wants(lack)
	hopeless := func(c want) bool { return len(c.evals) == 0 || len(c.weeks) < c.need }
	if !strings.Contains(lack.Message, "plats för") {
		if slices.ContainsFunc(all, hopeless) {
			return "a cell has nobody or too few weeks"
		}
		return ""
	}
	cells := slices.DeleteFunc(all, hopeless)
	switch {
	case w.tooFewMinutes(cells):
		return "a number has too few minutes"
	case w.tooMuchFor(cells, lack):
		return "counting in the named weeks"
	case w.tooMuchForSome(cells, lack):
		return "counting on the named evaluators"
	case w.overflows(cells, false):
		return "a flow through weeks"
	case w.overflows(cells, true):
		return "a flow through evaluators"
	}
	return ""
}

// tooFewMinutes: some municipality wants more calls than it has minutes.
func (w *world) tooFewMinutes(cells []want) bool {
	byMuni := map[string][]want{}
	for _, c := range cells {
		if c.cell.Channel == survey.Phone {
			byMuni[c.cell.Municipality] = append(byMuni[c.cell.Municipality], c)
		}
	}
	for code, list := range byMuni {
		minutes, open, need := map[isoWeek]int{}, map[isoWeek]int{}, 0
		for _, d := range w.days {
			minutes[isoWeekOf(d)] += w.reach(code, survey.Phone, d).minutes()
		}
		for _, c := range list {
			need += c.need
			for _, week := range c.weeks {
				open[week]++
			}
		}
		room := 0
		for week, n := range open {
			room += min(n, minutes[week])
		}
		if room < need {
			return true
		}
	}
	return false
}

// desks lists the evaluators' days that any of the cells can use.
func (w *world) desks(cells []want, use func(evaluator string, d officehours.Date) bool) (room int) {
	seen := map[workday]bool{}
	tried := map[string]bool{} // cells of one municipality and area are alike
	for _, c := range cells {
		key := fmt.Sprint(c.cell.Municipality, c.cell.Channel, c.evals)
		if tried[key] {
			continue
		}
		tried[key] = true
		for _, e := range c.evals {
			for _, d := range w.days {
				at := workday{e, c.cell.Channel, d}
				if use(e, d) && !seen[at] && w.able(e, c.cell.Municipality, c.cell.Channel, d) {
					seen[at] = true
					room += w.capacity(at)
				}
			}
		}
	}
	return room
}

// tooMuchFor: in the named weeks, more contacts must be made than all who may
// make them can.
func (w *world) tooMuchFor(cells []want, lack schedule.Shortage) bool {
	named := func(week isoWeek) bool { return lack.Weeks == nil || slices.Contains(lack.Weeks, week.number) }
	must := 0
	for _, c := range cells {
		elsewhere := 0
		for _, week := range c.weeks {
			if !named(week) {
				elsewhere++
			}
		}
		must += max(0, c.need-elsewhere)
	}
	return must > w.desks(cells, func(_ string, d officehours.Date) bool { return named(isoWeekOf(d)) })
}

// tooMuchForSome: the named evaluators must make more than they can.
func (w *world) tooMuchForSome(cells []want, lack schedule.Shortage) bool {
	named := func(e string) bool { return slices.Contains(lack.Evaluators, e) }
	must := 0
	for _, c := range cells {
		rest := 0
		for _, e := range c.others {
			if !named(e) {
				rest++
			}
		}
		switch {
		case !c.loose():
			must += max(0, c.need-rest)
		case !slices.ContainsFunc(c.evals, func(e string) bool { return !named(e) }):
			must += c.need
		}
	}
	return must > w.desks(cells, func(e string, _ officehours.Date) bool { return named(e) })
}

// pipes is a network for maximum flows by shortest augmenting paths.
type pipes struct {
	names map[string]int
	room  []map[int]int
}

func (p *pipes) node(name string) int {
	n, ok := p.names[name]
	if !ok {
		n = len(p.room)
		p.names[name] = n
		p.room = append(p.room, map[int]int{})
	}
	return n
}

func (p *pipes) pipe(from, to string, room int) {
	a, b := p.node(from), p.node(to)
	p.room[a][b] += room
	p.room[b][a] += 0
}

func (p *pipes) flow(from, to string) (total int) {
	source, sink := p.node(from), p.node(to)
	for {
		before := map[int]int{source: source}
		for queue := []int{source}; len(queue) > 0; queue = queue[1:] {
			for n, room := range p.room[queue[0]] {
				if _, seen := before[n]; !seen && room > 0 {
					before[n] = queue[0]
					queue = append(queue, n)
				}
			}
		}
		if _, reached := before[sink]; !reached {
			return total
		}
		push := 1 << 30
		for n := sink; n != source; n = before[n] {
			push = min(push, p.room[before[n]][n])
		}
		for n := sink; n != source; n = before[n] {
			p.room[before[n]][n] -= push
			p.room[n][before[n]] += push
		}
		total += push
	}
}

// overflows: a maximum flow leaves contacts without room, when a cell takes one
// contact a week or, by the other rule, one from each evaluator.
func (w *world) overflows(cells []want, byEvaluator bool) bool {
	p := &pipes{names: map[string]int{}}
	need, wired := 0, map[string]bool{}
	for _, c := range cells {
		need += c.need
		crew := fmt.Sprint(c.cell.Municipality, c.cell.Channel, c.evals)
		kind := fmt.Sprint(crew, c.need, c.weeks, c.others)
		p.pipe("source", kind, c.need)
		if byEvaluator {
			who, most := c.others, 1
			if c.loose() {
				who, most = c.evals, c.need
			}
			for _, e := range who {
				p.pipe(kind, crew+e, most)
			}
		} else {
			for _, week := range c.weeks {
				p.pipe(kind, kind+fmt.Sprint(week), 1)
			}
		}
		for _, d := range w.days {
			through := crew + d.String()
			if week := isoWeekOf(d); !byEvaluator && slices.Contains(c.weeks, week) && !wired[kind+through] {
				wired[kind+through] = true
				p.pipe(kind+fmt.Sprint(week), through, 1<<20)
			}
			for _, e := range c.evals {
				if byEvaluator {
					through = crew + e
				}
				at := workday{e, c.cell.Channel, d}
				if name := fmt.Sprint(at); !wired[through+name] && w.able(e, c.cell.Municipality, c.cell.Channel, d) {
					wired[through+name] = true
					p.pipe(through, name, 1<<20)
					if !wired[name] {
						wired[name] = true
						p.pipe(name, "sink", w.capacity(at))
					}
				}
			}
		}
	}
	return p.flow("source", "sink") < need
}
