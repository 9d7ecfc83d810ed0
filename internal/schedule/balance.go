package schedule

import (
	"math"
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// ledger counts a plan's live contacts, kept and new, over the whole period.
type ledger struct {
	m       *model
	days    []officehours.Date
	hours   []officehours.Hours // day → when the offices are open
	weekOf  []int
	weeks   int
	entries []entry
}

// entry is one contact by the numbers of what it belongs to; evaluator is -1
// for one that is not in the round's setup.
type entry struct{ muni, question, channel, evaluator, day, minute int }

func (m *model) newLedger(r survey.Round, planned []survey.Contact) *ledger {
	l := &ledger{m: m, days: r.Calendar.WorkingDays(r.Period.From, r.Period.To)}
	last := [2]int{}
	for _, d := range l.days {
		year, week := d.Week()
		if now := [2]int{year, week}; now != last {
			l.weeks++
			last = now
		}
		l.weekOf = append(l.weekOf, l.weeks-1)
		l.hours = append(l.hours, r.Calendar.HoursOn(d))
	}
	questions := make(map[string]int, len(m.questions))
	for q := range m.questions {
		questions[m.questions[q].Code] = q
	}
	for _, list := range [][]survey.Contact{m.kept, planned} {
		for _, c := range list {
			l.add(c, questions)
		}
	}
	return l
}

func (l *ledger) add(c survey.Contact, questions map[string]int) {
	q, known := questions[c.Question]
	muni, takesPart := l.m.muniIndex(c.Municipality)
	at := instantOf(c)
	day, inside := slices.BinarySearchFunc(l.days, officehours.DateOf(at), officehours.Date.Compare)
	if c.Disposition == survey.Void || !known || !takesPart || !inside {
		return
	}
	e, ok := l.m.evalIndex[c.Evaluator]
	if !ok {
		e = -1
	}
	l.entries = append(l.entries, entry{muni, q, channelIndex(c.Channel), e, day, minuteOf(at)})
}

// spread is the largest difference, over all rows, between the largest and the
// smallest count of a row. at gives row and column of an entry; false leaves
// it out. Columns for which use is false do not take part.
func (l *ledger) spread(
	rows, columns int, at func(entry) (row, column int, ok bool), use func(row, column int) bool,
) int {
	counts := make([]int, rows*columns)
	for _, e := range l.entries {
		if r, c, ok := at(e); ok {
			counts[r*columns+c]++
		}
	}
	worst := 0
	for r := range rows {
		low, high := math.MaxInt, 0
		for c := range columns {
			if use == nil || use(r, c) {
				low, high = min(low, counts[r*columns+c]), max(high, counts[r*columns+c])
			}
		}
		worst = max(worst, high-low)
	}
	return worst
}

// balance lists the figures of how even the plan is.
func (m *model) balance(r survey.Round, planned []survey.Contact) []Balance {
	l := m.newLedger(r, planned)
	if len(l.days) == 0 || len(m.munis) == 0 {
		return nil
	}
	perDay := func(ch int) int {
		return l.spread(len(m.munis), len(l.days), func(e entry) (int, int, bool) {
			return e.muni, e.day, ch < 0 || e.channel == ch
		}, nil)
	}
	const spreadNote, shareNote = "största minus minsta antal", "största avvikelse från andelen efter kapacitet"
	gap, apart := l.cells()
	return []Balance{
		{Code: "municipality_day", Title: "Kontakter per kommun och dag", Value: perDay(-1), Bound: 1, Note: spreadNote},
		{Code: "municipality_day_phone", Title: "Samtal per kommun och dag", Value: perDay(phone), Bound: 1, Note: spreadNote},
		{Code: "municipality_day_email", Title: "E-brev per kommun och dag", Value: perDay(email), Bound: 1, Note: spreadNote},
		{Code: "municipality_area_week", Title: "Kontakter per kommun, område och vecka", Value: l.areaWeek(), Bound: 1, Note: spreadNote + ", hela veckor"},
		{Code: "municipality_hour", Title: "Samtal per kommun och timme på dagen", Value: l.muniHour(), Bound: 1, Note: spreadNote + " över perioden"},
		{Code: "hour_day", Title: "Samtal i hela landet per timme", Value: l.hourDay(), Bound: 2, Note: spreadNote + " under samma dag"},
		{Code: "evaluator_day", Title: "Kontakter per bedömare och dag", Value: l.evaluatorDay(), Bound: 1, Note: shareNote},
		{Code: "evaluator_municipality", Title: "Kontakter per bedömare och kommun", Value: l.evaluatorMuni(), Bound: 2, Note: shareNote},
		{Code: "question_day", Title: "En fråga i hela landet per dag", Value: l.questionDay(), Bound: 4, Note: spreadNote},
		{Code: "cell_days", Title: "Dagar mellan en cells kontakter", Value: gap, Bound: 9, AtLeast: true, Note: "minsta antal dagar"},
		{Code: "cell_apart", Title: "Samtal i en cell på olika veckodagar och halvdagar", Value: apart, Bound: 95, AtLeast: true, Note: "procent av cellerna"},
	}
}

func (l *ledger) questionDay() int {
	return l.spread(len(l.m.questions), len(l.days), func(e entry) (int, int, bool) {
		return e.question, e.day, true
	}, nil)
}

// areaWeek looks at the weeks with most working days: a short week has fewer.
func (l *ledger) areaWeek() int {
	length := make([]int, l.weeks)
	for _, w := range l.weekOf {
		length[w]++
	}
	full := slices.Max(length)
	return l.spread(len(l.m.munis)*len(l.m.areas), l.weeks, func(e entry) (int, int, bool) {
		return e.muni*len(l.m.areas) + l.m.areaOf[e.question], l.weekOf[e.day], true
	}, func(_, w int) bool { return length[w] == full })
}

// muniHour looks at the hours in which the municipality can be phoned on every
// day of the period.
func (l *ledger) muniHour() int {
	return l.spread(len(l.m.munis), hoursPerDay, func(e entry) (int, int, bool) {
		return e.muni, e.minute / 60, e.channel == phone
	}, func(i, h int) bool {
		own := l.m.munis[i].ParticipantHours(l.ordinary())
		return int(own.Opens) <= h*60 && (h+1)*60 <= int(own.Closes)
	})
}

// ordinary is the hours that most days have.
func (l *ledger) ordinary() officehours.Hours {
	count := map[officehours.Hours]int{}
	best := l.hours[0]
	for _, h := range l.hours {
		count[h]++
		if count[h] > count[best] {
			best = h
		}
	}
	return best
}

func (l *ledger) hourDay() int {
	return l.spread(len(l.days), hoursPerDay, func(e entry) (int, int, bool) {
		return e.day, e.minute / 60, e.channel == phone
	}, func(d, h int) bool {
		return int(l.hours[d].Opens) <= h*60 && (h+1)*60 <= int(l.hours[d].Closes)
	})
}

// evaluatorDay compares each evaluator's day with the share of the day's
// contacts that the capacity gives.
func (l *ledger) evaluatorDay() int {
	ne := len(l.m.evals)
	counts := make([]int, channels*len(l.days)*ne)
	for _, e := range l.entries {
		if e.evaluator >= 0 {
			counts[(e.channel*len(l.days)+e.day)*ne+e.evaluator]++
		}
	}
	worst := 0.0
	for ch := range channels {
		for d, date := range l.days {
			row := counts[(ch*len(l.days)+d)*ne:][:ne]
			total, capacity := 0, 0
			for e, ev := range l.m.evals {
				total += row[e]
				if ev.Works(date) {
					capacity += ev.Capacity(channelCode[ch])
				}
			}
			for e, ev := range l.m.evals {
				if ev.Works(date) && capacity > 0 {
					share := float64(total*ev.Capacity(channelCode[ch])) / float64(capacity)
					worst = max(worst, math.Abs(float64(row[e])-share))
				}
			}
		}
	}
	return int(math.Ceil(worst - 1e-9))
}

// evaluatorMuni compares what each evaluator has with a municipality with the
// share that the assignments and the capacities of the period give.
func (l *ledger) evaluatorMuni() int {
	m := l.m
	ne := len(m.evals)
	surplus := make([]float64, len(m.munis)*ne)
	for _, e := range l.entries {
		if e.evaluator >= 0 {
			surplus[e.muni*ne+e.evaluator]++
		}
	}
	var capacity [channels][]float64
	for ch := range channels {
		capacity[ch] = make([]float64, ne)
		for e, ev := range m.evals {
			for _, date := range l.days {
				if ev.Works(date) {
					capacity[ch][e] += float64(ev.Capacity(channelCode[ch]))
				}
			}
		}
	}
	for _, c := range m.cells {
		all := 0.0
		for _, e := range m.pools[c.pool].evals {
			all += capacity[c.channel][e]
		}
		for _, e := range m.pools[c.pool].evals {
			surplus[c.muni*ne+e] -= float64(m.design.Replicates) * capacity[c.channel][e] / max(all, 1)
		}
	}
	worst := 0.0
	for _, x := range surplus {
		worst = max(worst, math.Abs(x))
	}
	return int(math.Ceil(worst - 1e-9))
}

// cells gives the smallest number of days between two contacts of a cell, and
// the percentage of cells whose calls differ in both half-day and weekday.
// The half-days meet in the middle of the opening hours.
func (l *ledger) cells() (gap, apart int) {
	type key struct{ muni, question, channel int }
	first := map[key]entry{}
	gap = math.MaxInt
	pairs, good := 0, 0
	for _, e := range l.entries {
		k := key{e.muni, e.question, e.channel}
		o, found := first[k]
		if !found {
			first[k] = e
			continue
		}
		days := l.days[o.day].DaysUntil(l.days[e.day])
		gap = min(gap, max(days, -days))
		if e.channel != phone {
			continue
		}
		pairs++
		if l.morning(o) != l.morning(e) && l.days[o.day].Weekday() != l.days[e.day].Weekday() {
			good++
		}
	}
	if gap == math.MaxInt {
		gap = 0
	}
	return gap, 100 * good / max(1, pairs)
}

func (l *ledger) morning(e entry) bool {
	return 2*e.minute < int(l.hours[e.day].Opens)+int(l.hours[e.day].Closes)
}
