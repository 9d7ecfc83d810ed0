package schedule

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// The channels as indexes.
const (
	phone = iota
	email
	channels
)

var channelCode = [channels]survey.Channel{phone: survey.Phone, email: survey.Email}

// day is a working day that can be planned on; minutes count from midnight.
type day struct {
	date          officehours.Date
	week          int // index into model.weeks
	opens, closes int
	opened        int     // when the office opens, also where the plan begins later
	weight        float64 // 1, or the part of the day that is left
}

// week is an ISO week of the period; its days are model.days[first:end].
type week struct{ year, number, first, end int }

// item is a contact to be planned; -1 stands for not yet decided.
type item struct{ cell, replicate, day, week, evaluator, minute int }

// model is the input in canonical order, with indexes in place of keys.
type model struct {
	rng       *rand.Rand
	design    survey.Design
	days      []day
	period    []officehours.Date // all working days of the round's period
	weeks     []week
	munis     []survey.Participant
	questions []survey.Question
	areas     []survey.QuestionArea
	areaOf    []int     // question → area
	assigned  [][][]int // area, municipality: the evaluators that may take it
	evals     []survey.Evaluator
	evalIndex map[string]int
	callable  [][]hours       // municipality, day: when it can be phoned
	mailable  [][]hours       // municipality, day: when it can be written to
	working   [][]hours       // evaluator, day: when the evaluator works
	room      [channels][]int // evaluator × day: capacity that kept contacts leave
	pools     []pool
	cells     []cell
	items     []item
	kept      []survey.Contact
	tally     *tally
	uneven    bool // repair has moved contacts, or exchanges have left a few amiss
	calendar  officehours.Calendar
	ordinary  officehours.Hours // the hours that most days of the period have
	busyMuni  map[[3]int]bool   // municipality, day, minute of a kept call
	busyEval  map[[3]int]bool   // evaluator, day, minute of a kept call
}

// hours is a half-open span of minutes of a day; empty when from ≥ to.
type hours struct{ from, to int }

func (h hours) open() bool { return h.from < h.to }

func (h hours) and(o hours) hours { return hours{max(h.from, o.from), min(h.to, o.to)} }

// newModel reads the input. The seed alone decides what the plan leaves to chance.
func newModel(in Input, seed uint64) *model {
	m := &model{
		rng:    rand.New(rand.NewPCG(seed, 0x5343484544)), //nolint:gosec // a plan must be repeatable, nothing is secret
		design: in.Setup.Round.Design, evalIndex: map[string]int{},
		busyMuni: map[[3]int]bool{}, busyEval: map[[3]int]bool{},
	}
	m.readDays(in.Setup.Round, in.From)
	m.readSetup(in.Setup)
	m.readKept(in.Kept)
	m.readRoom()
	m.assigned = m.possible(in.Setup.Assignments)
	m.readCells()
	m.tally = m.tallyKept()
	return m
}

// readDays lists the working days from the given instant on.
func (m *model) readDays(r survey.Round, from time.Time) {
	m.period = r.Calendar.WorkingDays(r.Period.From, r.Period.To)
	m.calendar, m.ordinary = r.Calendar, ordinaryHours(r.Calendar, m.period)
	start, minute := r.Period.From, 0
	if d := officehours.DateOf(from); !from.IsZero() && !d.Before(start) {
		start = d
		minute = int((from.Sub(d.At(0, 0)) + time.Minute - 1) / time.Minute)
	}
	for _, date := range r.Calendar.WorkingDays(start, r.Period.To) {
		h := r.Calendar.HoursOn(date)
		d := day{date: date, opens: int(h.Opens), closes: int(h.Closes), opened: int(h.Opens), weight: 1}
		if date == start && minute > d.opens {
			d.weight = float64(d.closes-minute) / float64(d.closes-d.opens)
			d.opens = minute
		}
		if d.opens >= d.closes {
			continue
		}
		year, number := date.Week()
		if n := len(m.weeks); n == 0 || m.weeks[n-1].year != year || m.weeks[n-1].number != number {
			m.weeks = append(m.weeks, week{year, number, len(m.days), len(m.days)})
		}
		d.week = len(m.weeks) - 1
		m.days = append(m.days, d)
		m.weeks[d.week].end = len(m.days)
	}
}

// readSetup copies the setup into canonical order, so that the order of the
// input's slices leaves no trace.
func (m *model) readSetup(s survey.Setup) {
	m.areas = slices.Clone(m.design.Areas)
	m.questions = slices.Clone(m.design.Questions)
	rank := func(q survey.Question) int { return slices.Index(m.areas, q.Area) }
	slices.SortFunc(m.questions, func(a, b survey.Question) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Area, b.Area), strings.Compare(a.Code, b.Code))
	})
	m.questions = slices.CompactFunc(m.questions, func(a, b survey.Question) bool { return a.Code == b.Code })
	for _, q := range m.questions {
		if rank(q) < 0 {
			m.areas = append(m.areas, q.Area)
		}
		m.areaOf = append(m.areaOf, rank(q))
	}
	m.munis = slices.Clone(s.Participants)
	slices.SortStableFunc(m.munis, func(a, b survey.Participant) int { return strings.Compare(a.Code, b.Code) })
	m.munis = slices.CompactFunc(m.munis, func(a, b survey.Participant) bool { return a.Code == b.Code })
	m.evals = slices.Clone(s.Evaluators)
	slices.SortStableFunc(m.evals, func(a, b survey.Evaluator) int { return strings.Compare(a.Email, b.Email) })
	m.evals = slices.CompactFunc(m.evals, func(a, b survey.Evaluator) bool { return a.Email == b.Email })
	for i, e := range m.evals {
		m.evalIndex[e.Email] = i
	}
	m.readHours()
}

// readHours sets when each municipality can be reached and when each
// evaluator works, by day.
func (m *model) readHours() {
	m.callable, m.mailable = make([][]hours, len(m.munis)), make([][]hours, len(m.munis))
	for i, p := range m.munis {
		m.callable[i], m.mailable[i] = make([]hours, len(m.days)), make([]hours, len(m.days))
		for d, x := range m.days {
			if p.TakesPart(x.date) {
				m.callable[i][d] = spanOf(p.ParticipantHours(x.office()))
				m.mailable[i][d] = hours{x.opens, x.closes}
			}
		}
	}
	m.working = make([][]hours, len(m.evals))
	for e, ev := range m.evals {
		m.working[e] = make([]hours, len(m.days))
		for d, x := range m.days {
			if ev.Works(x.date) {
				m.working[e][d] = spanOf(ev.WorkingHours(x.office()))
			}
		}
	}
}

// office is when the day is open to the plan.
func (d day) office() officehours.Hours {
	return officehours.Hours{Opens: officehours.Clock(d.opens), Closes: officehours.Clock(d.closes)}
}

func spanOf(h officehours.Hours) hours { return hours{int(h.Opens), int(h.Closes)} }

// reach is when the cell's municipality can be reached on a day, open to
// nobody when it cannot.
func (m *model) reach(c *cell, d int) hours {
	if c.channel == phone {
		return m.callable[c.muni][d]
	}
	return m.mailable[c.muni][d]
}

// reachable reports whether the cell's municipality takes contacts on the day.
func (m *model) reachable(c *cell, d int) bool { return m.reach(c, d).open() }

// windowOf is when the evaluator can make a contact of the cell on a day.
func (m *model) windowOf(c *cell, e, d int) hours { return m.reach(c, d).and(m.working[e][d]) }

// readKept sorts the kept contacts and marks the minutes they occupy. It sorts
// pointers, because contacts are large.
func (m *model) readKept(kept []survey.Contact) {
	order := make([]*survey.Contact, len(kept))
	for k := range kept {
		order[k] = &kept[k]
	}
	slices.SortFunc(order, func(a, b *survey.Contact) int {
		return cmp.Or(compareKeys(a, b), a.PlannedAt.Compare(b.PlannedAt))
	})
	m.kept = make([]survey.Contact, len(order))
	for k, c := range order {
		m.kept[k] = *c
	}
	for _, c := range m.kept {
		d, ok := m.dayOf(c.PlannedAt)
		if !ok || c.Channel != survey.Phone {
			continue
		}
		minute := minuteOf(c.PlannedAt)
		if i, ok := m.muniIndex(c.Municipality); ok {
			m.busyMuni[[3]int{i, d, minute}] = true
		}
		if e, ok := m.evalIndex[c.Evaluator]; ok {
			m.busyEval[[3]int{e, d, minute}] = true
		}
	}
}

// readRoom sets what every evaluator can take on every day. A contact voided
// before anything was done is no work and takes no room.
func (m *model) readRoom() {
	for ch := range channels {
		m.room[ch] = make([]int, len(m.evals)*len(m.days))
		for e, ev := range m.evals {
			for d := range m.days {
				if m.working[e][d].open() {
					m.room[ch][e*len(m.days)+d] = max(0, ev.Capacity(channelCode[ch]))
				}
			}
		}
	}
	for _, c := range m.kept {
		untouched := len(c.Attempts) == 0 && c.Mail.Sent.IsZero()
		d, ok := m.dayOf(c.PlannedAt)
		e, known := m.evalIndex[c.Evaluator]
		if !ok || !known || c.Disposition == survey.Void && untouched {
			continue
		}
		at := &m.room[channelIndex(c.Channel)][e*len(m.days)+d]
		*at = max(0, *at-1)
	}
	for e := range m.evals { // one call a minute at most, whatever the capacity says
		for d, h := range m.working[e] {
			at := &m.room[phone][e*len(m.days)+d]
			*at = min(*at, max(0, h.to-h.from))
		}
	}
}

func channelIndex(ch survey.Channel) int {
	if ch == survey.Phone {
		return phone
	}
	return email
}

// dayOf finds the day of the plan on which the instant falls.
func (m *model) dayOf(t time.Time) (int, bool) {
	date := officehours.DateOf(t)
	return slices.BinarySearchFunc(m.days, date, func(d day, x officehours.Date) int { return d.date.Compare(x) })
}

func (m *model) muniIndex(code string) (int, bool) {
	return slices.BinarySearchFunc(m.munis, code, func(p survey.Participant, x string) int {
		return strings.Compare(p.Code, x)
	})
}

// minuteOf is the minute of the day that clocks in Sweden show.
func minuteOf(t time.Time) int {
	t = t.In(officehours.Stockholm)
	return t.Hour()*60 + t.Minute()
}

func (m *model) roomOf(ch, e, d int) int { return m.room[ch][e*len(m.days)+d] }

// cellOf gives the item's cell, and so municipality, question and channel.
func (m *model) cellOf(i int) *cell { return &m.cells[m.items[i].cell] }

// lateInDay reports whether the instant lies after the middle of its day's
// opening hours.
func (m *model) lateInDay(at time.Time) bool {
	h := m.calendar.HoursOn(officehours.DateOf(at))
	return 2*minuteOf(at) >= int(h.Opens)+int(h.Closes)
}

// ordinaryHours is the hours that most days have, the first such if several.
func ordinaryHours(c officehours.Calendar, days []officehours.Date) (best officehours.Hours) {
	count := map[officehours.Hours]int{}
	for _, d := range days {
		count[c.HoursOn(d)]++
	}
	for _, d := range days {
		if h := c.HoursOn(d); count[h] > count[best] {
			best = h
		}
	}
	return best
}

// numberOf counts days from the first of the plan.
func (m *model) numberOf(d officehours.Date) int {
	if len(m.days) == 0 {
		return 0
	}
	return m.days[0].date.DaysUntil(d)
}
