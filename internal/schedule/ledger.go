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
	full    []bool  // week → has as many working days as any
	entries []entry // those of kept contacts first
	kept    int     // how many those are
}

// entry is one contact by the numbers of what it belongs to; evaluator is -1
// for one that is not in the round's setup.
type entry struct{ muni, question, channel, evaluator, day, minute int16 }

func (m *model) newLedger(r survey.Round, planned []survey.Contact) *ledger {
	l := &ledger{m: m, days: m.period, entries: make([]entry, 0, len(m.kept)+len(planned))}
	last := [2]int{}
	var length []int
	for _, d := range l.days {
		year, week := d.Week()
		if now := [2]int{year, week}; now != last {
			length = append(length, 0)
			last = now
		}
		l.weeks = len(length)
		length[l.weeks-1]++
		l.weekOf = append(l.weekOf, l.weeks-1)
		l.hours = append(l.hours, r.Calendar.HoursOn(d))
	}
	for _, n := range length {
		l.full = append(l.full, n == slices.Max(length))
	}
	questions := m.questionIndex()
	for i := range m.kept {
		l.add(&m.kept[i], questions)
	}
	l.kept = len(l.entries)
	for i := range planned {
		l.add(&planned[i], questions)
	}
	return l
}

func (l *ledger) add(c *survey.Contact, questions map[string]int) {
	if c.Disposition == survey.Void {
		return
	}
	q, known := questions[c.Question]
	muni, takesPart := l.m.muniIndex(c.Municipality)
	at := instantOf(*c)
	day, inside := slices.BinarySearchFunc(l.days, officehours.DateOf(at), officehours.Date.Compare)
	if !known || !takesPart || !inside {
		return
	}
	e, ok := l.m.evalIndex[c.Evaluator]
	if !ok {
		e = -1
	}
	l.entries = append(l.entries, entry{
		int16(muni), int16(q), int16(channelIndex(c.Channel)), int16(e), int16(day), int16(minuteOf(at)),
	})
}

// worst is the largest figure of a kind and where it is; column and other are
// what is most and least, where that is what the figure is about.
type worst struct{ value, row, column, other int }

// spread is the largest difference, over all rows, between the largest and the
// smallest count of a row. at gives row and column of an entry; a negative
// column leaves it out. Columns for which use is false do not take part.
func (l *ledger) spread(
	rows, columns int, at func(*entry) (row, column int), use func(row, column int) bool,
) (w worst) {
	counts := make([]int32, rows*columns)
	for i := range l.entries {
		if r, c := at(&l.entries[i]); c >= 0 {
			counts[r*columns+c]++
		}
	}
	for r := range rows {
		low, high := -1, -1
		for c, n := range counts[r*columns:][:columns] {
			if !use(r, c) {
				continue
			}
			if low < 0 || n < counts[r*columns+low] {
				low = c
			}
			if high < 0 || n > counts[r*columns+high] {
				high = c
			}
		}
		if low < 0 {
			continue
		}
		if x := int(counts[r*columns+high] - counts[r*columns+low]); x > w.value {
			w = worst{x, r, high, low}
		}
	}
	return w
}

// muniDay is the spread of a municipality's contacts over the working days on
// which it takes part; ch -1 is both channels together.
func (l *ledger) muniDay(ch int) worst {
	return l.spread(len(l.m.munis), len(l.days), func(e *entry) (int, int) {
		if ch >= 0 && int(e.channel) != ch {
			return 0, -1
		}
		return int(e.muni), int(e.day)
	}, func(i, d int) bool { return l.m.munis[i].TakesPart(l.days[d]) })
}

// areaWeek is the spread of a municipality's contacts in an area over the full
// weeks: those with most working days, all of which it takes part in.
func (l *ledger) areaWeek() worst {
	use := l.fullWeeks()
	return l.spread(len(l.m.munis)*len(l.m.areas), l.weeks, func(e *entry) (int, int) {
		return int(e.muni)*len(l.m.areas) + l.m.areaOf[e.question], l.weekOf[e.day]
	}, func(row, w int) bool { return use[row/len(l.m.areas)*l.weeks+w] })
}

// fullWeeks tells for every municipality and week whether it is a full one.
func (l *ledger) fullWeeks() []bool {
	use := make([]bool, len(l.m.munis)*l.weeks)
	for i := range l.m.munis {
		copy(use[i*l.weeks:], l.full)
		for d, date := range l.days {
			if !l.m.munis[i].TakesPart(date) {
				use[i*l.weeks+l.weekOf[d]] = false
			}
		}
	}
	return use
}

// muniHour is the spread of a municipality's calls over the whole hours in
// which it can be phoned on a day of ordinary length.
func (l *ledger) muniHour() worst {
	open := make([]uint32, len(l.m.munis))
	for i := range open {
		open[i] = l.m.ordinaryHours(i)
	}
	return l.spread(len(l.m.munis), hoursPerDay, func(e *entry) (int, int) {
		if e.channel != phone {
			return 0, -1
		}
		return int(e.muni), int(e.minute) / 60
	}, func(i, h int) bool { return open[i]&(1<<h) != 0 })
}

// hourDay is the spread of a day's calls over the whole hours of the day.
func (l *ledger) hourDay() worst {
	return l.spread(len(l.days), hoursPerDay, func(e *entry) (int, int) {
		if e.channel != phone {
			return 0, -1
		}
		return int(e.day), int(e.minute) / 60
	}, func(d, h int) bool { return spanOf(l.hours[d]).whole()&(1<<h) != 0 })
}

// questionDay is the spread of a question's contacts in the country over days.
func (l *ledger) questionDay() worst {
	return l.spread(len(l.m.questions), len(l.days), func(e *entry) (int, int) {
		return int(e.question), int(e.day)
	}, func(q, _ int) bool { return !l.m.questions[q].Withdrawn })
}

// evaluatorDay is the largest distance of an evaluator's day from the part of
// the day's contacts of a channel that the capacity gives. Those at work who
// may take any contact of the channel share the day. Rows are evaluators,
// columns days.
func (l *ledger) evaluatorDay() (w worst) {
	m, ne := l.m, len(l.m.evals)
	counts := make([]int32, channels*len(l.days)*ne)
	for i := range l.entries {
		if e := &l.entries[i]; e.evaluator >= 0 {
			counts[(int(e.channel)*len(l.days)+int(e.day))*ne+int(e.evaluator)]++
		}
	}
	takes := [channels][]bool{m.taking(phone), m.taking(email)}
	far := 0.0
	for d := range l.days {
		for ch := range channels {
			row := counts[(ch*len(l.days)+d)*ne:][:ne]
			total := 0
			for _, n := range row {
				total += int(n)
			}
			part := l.parts(float64(total), ch, d, takes[ch])
			for e, n := range row {
				if x := math.Abs(float64(n) - part[e]); part[e] >= 0 && x > far {
					far, w = x, worst{row: e, column: d, other: ch}
				}
			}
		}
	}
	w.value = int(math.Ceil(far - 1e-9))
	return w
}

// parts is each evaluator's part of the day's contacts, -1 for the absent.
func (l *ledger) parts(total float64, ch, d int, takes []bool) []float64 {
	part := make([]float64, len(l.m.evals))
	capacity := 0.0
	for e, ev := range l.m.evals {
		part[e] = -1
		if takes[e] && l.atWork(e, d) {
			part[e] = float64(max(0, ev.Capacity(channelCode[ch])))
			capacity += part[e]
		}
	}
	for e := range part {
		if part[e] > 0 {
			part[e] *= total / max(capacity, 1)
		}
	}
	return part
}

func (l *ledger) atWork(e, d int) bool {
	ev := &l.m.evals[e]
	return ev.Works(l.days[d]) && spanOf(ev.WorkingHours(l.hours[d])).open()
}

// evaluatorMuni is the largest distance of what an evaluator has with a
// municipality from the share that assignments and capacities give. Rows are
// municipalities, columns evaluators.
func (l *ledger) evaluatorMuni() (w worst) {
	ne := len(l.m.evals)
	surplus := l.m.muniShares()
	for k := range surplus {
		surplus[k] = -surplus[k]
	}
	for i := range l.entries {
		if e := &l.entries[i]; e.evaluator >= 0 {
			surplus[int(e.muni)*ne+int(e.evaluator)]++
		}
	}
	far := 0.0
	for k, x := range surplus {
		if math.Abs(x) > far {
			far, w = math.Abs(x), worst{row: k / ne, column: k % ne}
		}
	}
	w.value = int(math.Ceil(far - 1e-9))
	return w
}

// evaluatorMuniWeek is the most contacts that an evaluator has with one
// municipality in a week. Rows are municipalities, columns evaluators, other
// is the week.
func (l *ledger) evaluatorMuniWeek() (w worst) {
	ne := len(l.m.evals)
	counts := make([]int32, len(l.m.munis)*l.weeks*ne)
	for i := range l.entries {
		e := &l.entries[i]
		if e.evaluator < 0 {
			continue
		}
		k := (int(e.muni)*l.weeks+l.weekOf[e.day])*ne + int(e.evaluator)
		if counts[k]++; int(counts[k]) > w.value {
			w = worst{int(counts[k]), int(e.muni), int(e.evaluator), l.weekOf[e.day]}
		}
	}
	return w
}

// pairs gives the smallest number of days between two contacts of a cell, with
// the municipality and channel, and the percentage of cells whose calls differ
// in both half-day and weekday. The half-days meet in the middle of the
// opening hours of the day.
func (l *ledger) pairs() (gap worst, apart int) {
	last := make([]int32, len(l.m.munis)*len(l.m.questions)*channels) // cell → its last entry, +1
	before := make([]int32, len(l.entries))                           // entry → the cell's entry before, +1
	gap.value = math.MaxInt
	cells, bad := 0, 0
	for i := range l.entries {
		e := &l.entries[i]
		c := (int(e.muni)*len(l.m.questions)+int(e.question))*channels + int(e.channel)
		alike := false
		for j := last[c]; j > 0; j = before[j-1] {
			o := &l.entries[j-1]
			days := l.days[o.day].DaysUntil(l.days[e.day])
			if days = max(days, -days); days < gap.value {
				gap = worst{value: days, row: int(e.muni), column: int(e.channel)}
			}
			alike = alike || l.late(o) == l.late(e) || l.days[o.day].Weekday() == l.days[e.day].Weekday()
		}
		if last[c] > 0 && e.channel == phone {
			cells++
			if alike {
				bad++
			}
		}
		before[i], last[c] = last[c], int32(i)+1
	}
	if gap.value == math.MaxInt {
		gap.value = 0
	}
	if cells == 0 {
		return gap, 100
	}
	return gap, 100 * (cells - bad) / cells
}

func (l *ledger) late(e *entry) bool {
	return 2*int(e.minute) >= int(l.hours[e.day].Opens)+int(l.hours[e.day].Closes)
}
