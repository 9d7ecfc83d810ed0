package schedule

import (
	"cmp"
	"math/bits"
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// mender is a plan while it is being mended. The model's kept contacts are
// those that cannot move (begun, voided, overdue); its items are the planned
// ones and those that are missing.
type mender struct {
	m         *model
	in        Input
	seed      uint64
	waiting   []survey.Contact // overdue contacts that stay
	questions map[string]int
	posts     []post                // item → what it is
	unseated  []int                 // items that cannot stay where they are, then new ones
	removed   []*survey.Contact     // contacts that leave the plan
	voided    []bool                // cell → it has a voided contact
	met       met                   // what the round had before
	held      [channels][][]int     // desk (evaluator × day) → its items
	busy      [channels][]minuteSet // desk → minutes taken
	called    []minuteSet           // municipality × day → minutes of its calls
	bars      bars                  // of the item that a place is sought for
	number    []int                 // day → days since the plan's first
	length    []int                 // municipality × week → working days
	costs     []int                 // of that item's days
	log       []moved               // everything moved so far
	causes    causes
	away      int // contacts that have left their homes only to make way
	forced    int // moves that any change must make
	lost      int // replacements for which no week is left
	stuck     int // overdue contacts for which no week is left
	letGone   int // contacts without a place whose municipality leaves
}

// met is what has contacts, kept or planned.
type met struct{ munis, questions []bool }

// post is what a mender knows of an item beside its place now.
type post struct {
	contact *survey.Contact // as it was planned; nil: a new one
	home    spot            // where it was planned
	must    bool            // it cannot stay there: moving it again costs nothing
	given   bool            // it goes to somebody idle
}

// spot is a place in the plan; day is -1 when the plan has no such day.
// week is then still the week that is meant, or -1.
type spot struct{ evaluator, day, week, minute int }

// newMender reads the input and finds what does not fit.
func newMender(in Input, seed uint64) *mender {
	waiting, rest := overdue(in)
	if len(waiting) > 0 {
		in.Kept = slices.Concat(in.Kept, waiting)
	}
	m := newModel(in, seed)
	r := &mender{
		m: m, in: in, seed: seed, questions: m.questionIndex(), length: m.weekLengths(), waiting: waiting, causes: causes{},
		voided: make([]bool, len(m.cells)),
		met:    met{make([]bool, len(m.munis)), make([]bool, len(m.questions))},
	}
	for _, x := range m.days {
		r.number = append(r.number, m.numberOf(x.date))
	}
	r.readSeats()
	r.layItems(rest)
	r.enterAll()
	return r
}

// layItems lays the planned contacts into the model's cells: they take the
// places of items that are to be planned; what is left of those is new.
func (r *mender) layItems(planned []*survey.Contact) {
	m := r.m
	laid := make([][]*survey.Contact, len(m.cells))
	for _, c := range planned {
		at, known := r.cellFor(c)
		if !known || r.isOver(c, at) {
			r.remove(c, r.ending(c))
			continue
		}
		laid[at] = append(laid[at], c)
		r.meet(at)
	}
	fresh := m.items
	m.items, r.posts = make([]item, 0, len(fresh)), make([]post, 0, len(fresh))
	var missing []int
	for at := range m.cells {
		c := &m.cells[at]
		free := fresh[c.first : c.first+c.need]
		list := r.fitting(c, laid[at])
		list, stuck := r.movable(c, list)
		m.resize(at, r.needed(at, len(list), stuck))
		for _, x := range list {
			r.layPlanned(at, x)
		}
		missing = append(missing, r.layNew(at, list, free)...)
	}
	r.unseated = append(r.unseated, missing...)
}

// cellFor finds a contact's cell; false when its municipality or question is
// no longer in the round.
func (r *mender) cellFor(c *survey.Contact) (int, bool) {
	i, takesPart := r.m.muniIndex(c.Municipality)
	q, known := r.questions[c.Question]
	return (i*len(r.m.questions)+q)*channels + channelIndex(c.Channel), takesPart && known
}

func (r *mender) meet(at int) {
	r.met.munis[r.m.cells[at].muni], r.met.questions[r.m.cells[at].question] = true, true
}

// isOver reports whether a contact is not to be made at all any more.
func (r *mender) isOver(c *survey.Contact, at int) bool {
	left := r.m.munis[r.m.cells[at].muni].Left
	return r.m.questions[r.m.cells[at].question].Withdrawn || !left.IsZero() && !r.dayFor(c).Before(left)
}

// dayFor is the day on which a contact can be made at the earliest as it is
// planned: an overdue one on the first that is left.
func (r *mender) dayFor(c *survey.Contact) officehours.Date {
	if c.PlannedAt.Before(r.in.From) && len(r.m.days) > 0 {
		return r.m.days[0].date
	}
	return officehours.DateOf(c.PlannedAt)
}

// fitting orders a cell's contacts and removes those that the design has no
// place for, the last ones first. A municipality that leaves gets no new
// contacts, so that all it has are kept.
func (r *mender) fitting(c *cell, list []*survey.Contact) []*survey.Contact {
	slices.SortFunc(list, func(a, b *survey.Contact) int {
		return cmp.Or(a.PlannedAt.Compare(b.PlannedAt), cmp.Compare(a.Replicate, b.Replicate))
	})
	if !r.m.asked(c) || len(list) <= c.need {
		return list
	}
	for _, x := range list[c.need:] {
		r.remove(x, cause{kind: whySurplus})
	}
	return list[:c.need]
}

// movable leaves out overdue contacts that cannot move either: the cell's
// others have all the weeks that are left. They stay as they are.
func (r *mender) movable(c *cell, list []*survey.Contact) (rest []*survey.Contact, stuck int) {
	over := len(list) - bits.OnesCount64(r.m.openWeeks(c))
	if over <= 0 {
		return list, 0
	}
	for _, x := range list {
		if stuck < over && x.PlannedAt.Before(r.in.From) {
			r.keep(c, x)
			stuck++
			continue
		}
		rest = append(rest, x)
	}
	r.stuck += stuck
	return rest, stuck
}

// keep makes a contact one that does not move.
func (r *mender) keep(c *cell, x *survey.Contact) {
	r.waiting = append(r.waiting, *x)
	if e, known := r.m.evalIndex[x.Evaluator]; known {
		c.keptEvals = append(c.keptEvals, e)
	}
	w, left := r.m.weekOf(*x)
	if !left {
		w = -1
	}
	date := officehours.DateOf(x.PlannedAt)
	c.kept = append(c.kept, keptContact{date, r.m.numberOf(date), w, date.Weekday(), r.m.lateInDay(x.PlannedAt)})
	c.made++
}

// needed is how many items a cell gets: a replacement only if there is a week
// for it, as its cell takes one contact a week.
func (r *mender) needed(at, planned, stuck int) int {
	c := &r.m.cells[at]
	need := max(c.need-stuck, planned)
	if weeks := bits.OnesCount64(r.m.openWeeks(c)); r.voided[at] && weeks < need {
		r.lost += need - max(weeks, planned)
		need = max(weeks, planned)
	}
	return need
}

// resize gives a cell so many items, from the next one on.
func (m *model) resize(at, need int) {
	c := &m.cells[at]
	p := &m.pools[c.pool]
	if c.need == 0 && need > 0 {
		p.cells = append(p.cells, at)
		c.loose = p.others(c) < need
	}
	p.demand += need - c.need
	c.first, c.need = len(m.items), need
}

// layPlanned makes an item of a planned contact, in its place unless it cannot
// be made there.
func (r *mender) layPlanned(at int, x *survey.Contact) {
	m, c := r.m, &r.m.cells[at]
	home := r.homeOf(x)
	it := item{cell: at, replicate: x.Replicate, day: -1, week: -1, evaluator: -1, minute: -1}
	why, date, fits := r.misfit(x, c, home)
	if fits {
		it.day, it.week, it.evaluator, it.minute = home.day, home.week, home.evaluator, home.minute
	} else {
		r.force(why, date)
		r.unseated = append(r.unseated, len(m.items))
	}
	m.items = append(m.items, it)
	r.posts = append(r.posts, post{contact: x, home: home, must: !fits})
}

// layNew makes items of the cell's missing contacts and lists them.
func (r *mender) layNew(at int, list []*survey.Contact, free []item) (missing []int) {
	for _, it := range free {
		taken := slices.ContainsFunc(list, func(x *survey.Contact) bool { return x.Replicate == it.replicate })
		if taken || len(list)+len(missing) >= r.m.cells[at].need {
			continue
		}
		missing = append(missing, len(r.m.items))
		r.m.items = append(r.m.items, item{at, it.replicate, -1, -1, -1, -1})
		r.posts = append(r.posts, post{home: nowhere, must: true})
	}
	return missing
}

// homeOf is where a contact is planned. An overdue one is wanted as early as
// possible.
func (r *mender) homeOf(c *survey.Contact) spot {
	m := r.m
	s := spot{-1, -1, -1, minuteOf(c.PlannedAt)}
	if e, known := m.evalIndex[c.Evaluator]; known {
		s.evaluator = e
	}
	if d, open := m.dayOf(r.dayFor(c).At(0, 0)); open {
		s.day, s.week = d, m.days[d].week
	} else if w, left := m.weekOf(*c); left {
		s.week = w
	}
	return s
}
