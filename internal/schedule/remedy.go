package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

const (
	shown        = 3   // remedies that are named for a shortage
	mostAssigned = 256 // evaluators that a remedy adds
	mostPerDay   = 120 // contacts that a raised daily capacity asks for, unless there are more already
	mostDays     = 56  // that a remedy adds to the period
	usualPerDay  = 40  // of an evaluator who is new where nobody's capacity tells
)

// remedier looks for the changes that give a gap room.
type remedier struct {
	m   *model
	gap *gap
	in  Input
	// works reports whether the gap's contacts have room with the remedy.
	works func(Remedy) bool
	// plans reports whether a whole plan is found with it; nil when more is
	// missing, so that none can be.
	plans func(Remedy) bool

	areas []survey.QuestionArea
	munis []string // nil: all
}

func (m *model) remedier(g *gap, in Input, works func(Remedy) bool) *remedier {
	r := &remedier{m: m, gap: g, in: in, works: works}
	areas, munis := m.spread(g.cells)
	for _, a := range areas {
		r.areas = append(r.areas, m.areas[a])
	}
	if !m.everywhere(munis) {
		for _, i := range munis {
			r.munis = append(r.munis, m.munis[i].Code)
		}
	}
	return r
}

// all lists the remedies that are enough, the cheapest first.
func (r *remedier) all() (found []Remedy) {
	for _, try := range []func() (Remedy, bool){
		r.municipalityHours, r.evaluatorHours, r.joinEarlier, r.assign, r.raise, r.extend,
	} {
		if remedy, ok := try(); ok && len(found) < shown {
			found = append(found, remedy)
		}
	}
	return found
}

// municipalityHours gives the municipalities the round's hours.
func (r *remedier) municipalityHours() (Remedy, bool) {
	if !slices.Contains(r.gap.channels, phone) {
		return Remedy{}, false
	}
	x := Remedy{Kind: MunicipalityHours}
	var names, times []string
	_, munis := r.m.spread(r.gap.cells)
	for _, i := range munis {
		if p := &r.m.munis[i]; p.Hours != (officehours.Hours{}) {
			x.Municipalities = append(x.Municipalities, p.Code)
			names = append(names, r.m.muniName(i))
			times = append(times, r.m.muniName(i)+" "+hoursText(p.Hours))
		}
	}
	x.Text = fmt.Sprintf("rätta telefontiden för %s till %s", some(names, "kommuner"), r.office())
	x.because = "Telefontid: " + some(times, "kommuner") + "."
	return x, len(names) > 0 && r.works(x)
}

// evaluatorHours lets the assigned evaluators work all of the round's hours.
func (r *remedier) evaluatorHours() (Remedy, bool) {
	x := Remedy{Kind: EvaluatorHours}
	var who []int
	var times []string
	for _, e := range r.assigned() {
		if ev := &r.m.evals[e]; ev.Hours != (officehours.Hours{}) {
			who = append(who, e)
			x.Evaluators = append(x.Evaluators, ev.Email)
			times = append(times, r.m.evalNames([]int{e})+" "+hoursText(ev.Hours))
		}
	}
	x.Text = fmt.Sprintf("låt %s arbeta %s", r.m.evalNames(who), r.office())
	x.because = "Arbetstid: " + some(times, "bedömare") + "."
	return x, len(who) > 0 && r.works(x)
}

// office is the round's ordinary hours.
func (r *remedier) office() string {
	cal := r.in.Setup.Round.Calendar
	return hoursText(officehours.Hours{Opens: cal.Opens, Closes: cal.Closes})
}

// joinEarlier lets municipalities that join late begin earlier. Their first
// day or two then hold half of their contacts, and whether all rules can be
// kept in so little time only a plan can tell.
func (r *remedier) joinEarlier() (Remedy, bool) {
	x := Remedy{Kind: JoinEarlier}
	var names []string
	var last officehours.Date
	_, munis := r.m.spread(r.gap.cells)
	start := r.in.Setup.Round.Period.From
	for _, i := range munis {
		if p := &r.m.munis[i]; p.Joined.After(start) {
			x.Municipalities = append(x.Municipalities, p.Code)
			names = append(names, r.m.muniName(i))
			if last.Before(p.Joined) {
				last = p.Joined
			}
		}
	}
	if len(names) == 0 {
		return x, false
	}
	on := func(n int) Remedy {
		x.Date = last.AddDays(-n)
		return x
	}
	days := least(start.DaysUntil(last), func(n int) bool { return r.works(on(n)) })
	for days > 0 && r.plans != nil && start.Before(on(days).Date) && !r.plans(on(days)) {
		days++
	}
	x = on(days)
	x.Text = fmt.Sprintf("låt %s gå med senast %s", some(names, "kommuner"), survey.DayText(x.Date))
	return x, days > 0
}

// assign gives the areas to more evaluators: those of the round with most
// room if a few of them are enough, else new ones.
func (r *remedier) assign() (Remedy, bool) {
	x := Remedy{Kind: AssignEvaluators, Areas: r.areas, Municipalities: r.munis}
	more := " till"
	if len(r.assigned()) == 0 {
		more = ""
	}
	if who := r.others(); len(who) > 0 {
		few := who[:min(shown, len(who))]
		n := least(len(few), func(n int) bool {
			x.Evaluators = r.addresses(few[:n])
			return r.works(x)
		})
		if n > 0 {
			x.Count, x.Evaluators = n, r.addresses(few[:n])
			x.Text = fmt.Sprintf("tilldela %s bedömare%s (förslagsvis %s)", numeral(n), more, r.m.evalNames(few[:n]))
			return x, true
		}
		x.Evaluators = nil
	}
	if slices.Contains(r.gap.channels, phone) {
		x.Calls = r.usual(phone)
	}
	if slices.Contains(r.gap.channels, email) {
		x.Emails = r.usual(email)
	}
	x.Count = soon(mostAssigned, func(n int) bool {
		x.Count = n
		return r.works(x)
	})
	x.Text = fmt.Sprintf("tilldela %s bedömare%s", numeral(x.Count), more)
	return x, x.Count > 0
}

// raise gives a higher daily capacity: to the few evaluators whose days are
// full if that is enough, else to all who are assigned.
func (r *remedier) raise() (Remedy, bool) {
	all := r.assigned()
	if few := r.gap.evals; len(few) > 0 && len(few) <= shown && len(few) < len(all) {
		if x, ok := r.raiseFor(few); ok {
			x.Text = fmt.Sprintf("höj dagskapaciteten för %s till %s", r.m.evalNames(few), number(max(x.Calls, x.Emails)))
			return x, true
		}
	}
	x, ok := r.raiseFor(all)
	x.Text = fmt.Sprintf("höj dagskapaciteten till %s", number(max(x.Calls, x.Emails)))
	return x, ok
}

func (r *remedier) raiseFor(who []int) (Remedy, bool) {
	low, high := mostPerDay, 0
	for _, ch := range r.gap.channels {
		for _, e := range who {
			n := r.m.evals[e].Capacity(channelCode[ch])
			low, high = min(low, n), max(high, n)
		}
	}
	x := Remedy{Kind: RaiseCapacity, Evaluators: r.addresses(who)}
	to := func(n int) Remedy {
		if slices.Contains(r.gap.channels, phone) {
			x.Calls = n
		}
		if slices.Contains(r.gap.channels, email) {
			x.Emails = n
		}
		return x
	}
	n := least(max(mostPerDay, 2*high)-low, func(n int) bool { return r.works(to(low + n)) })
	return to(low + n), n > 0 && len(who) > 0
}

// extend moves the last day.
func (r *remedier) extend() (Remedy, bool) {
	x := Remedy{Kind: ExtendPeriod}
	to := r.in.Setup.Round.Period.To
	n := soon(mostDays, func(n int) bool {
		x.Date = to.AddDays(n)
		return r.works(x)
	})
	x.Date = to.AddDays(n)
	x.Text = "förläng perioden till " + survey.DayText(x.Date)
	return x, n > 0
}

// assigned lists the evaluators who may make any of the gap's contacts.
func (r *remedier) assigned() (who []int) {
	areas, munis := r.m.spread(r.gap.cells)
	for _, a := range areas {
		for _, i := range munis {
			who = append(who, r.m.assigned[a][i]...)
		}
	}
	slices.Sort(who)
	return slices.Compact(who)
}

// others lists the evaluators with room who may not make all of the gap's
// contacts, those with most room first.
func (r *remedier) others() (who []int) {
	areas, munis := r.m.spread(r.gap.cells)
	room := make([]int, len(r.m.evals))
	for e := range r.m.evals {
		missing := false
		for _, a := range areas {
			for _, i := range munis {
				missing = missing || !slices.Contains(r.m.assigned[a][i], e)
			}
		}
		for _, ch := range r.gap.channels {
			for d := range r.m.days {
				room[e] += r.m.roomOf(ch, e, d)
			}
		}
		if missing && room[e] > 0 {
			who = append(who, e)
		}
	}
	slices.SortStableFunc(who, func(a, b int) int { return cmp.Compare(room[b], room[a]) })
	return who
}

// usual is the daily capacity that most of the assigned evaluators have, or
// else most of all.
func (r *remedier) usual(ch int) int {
	for _, who := range [][]survey.Evaluator{r.people(r.assigned()), r.m.evals} {
		count := map[int]int{}
		best := 0
		for _, e := range who {
			n := e.Capacity(channelCode[ch])
			if count[n]++; n > 0 && (count[n] > count[best] || count[n] == count[best] && n > best) {
				best = n
			}
		}
		if best > 0 {
			return best
		}
	}
	return usualPerDay
}

func (r *remedier) people(who []int) (out []survey.Evaluator) {
	for _, e := range who {
		out = append(out, r.m.evals[e])
	}
	return out
}

func (r *remedier) addresses(who []int) (out []string) {
	for _, e := range who {
		out = append(out, r.m.evals[e].Email)
	}
	return out
}

// least is the smallest number from 1 for which it holds, 0 when it does not
// hold for the most either.
func least(most int, holds func(int) bool) int {
	if most < 1 || !holds(most) {
		return 0
	}
	return 1 + sort.Search(most-1, func(k int) bool { return holds(k + 1) })
}

// soon is least for what is likely to be small.
func soon(most int, holds func(int) bool) int {
	for n := 1; n <= most; n *= 2 {
		if holds(n) {
			return n/2 + least(n-n/2, func(k int) bool { return n/2+k == n || holds(n/2+k) })
		}
	}
	return 0
}
