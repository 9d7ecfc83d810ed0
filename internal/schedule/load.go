package schedule

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// LoadInput is what a round's load is weighed from.
type LoadInput struct {
	Setup survey.Setup
	// Work is the contacts that are still to be made, as they are planned.
	Work []survey.Work
	// Planned says that there is a plan: the need is Work and nothing else.
	// Without one it is the even share of all that the design asks for.
	Planned bool
	// From is the instant from which there is time left; zero: the period's start.
	From time.Time
}

// Load compares what is left to do with those who may do it, by ISO week.
//
// The need of an area in a week is the contacts planned there that nothing has
// been done to; those that should have been made already are needed in the
// first week that is left. The room is the area's fair share of its
// evaluators' time: the areas that are tightest for those who may take them
// (by minimum cuts) divide all their evaluators' time in proportion to their
// needs, then the tightest of the other areas divide what is left, and so on.
// So rooms can be added, and an evaluator's day is never counted twice.
// Channels are weighed each for itself and then added.
//
// Areas whose evaluators are limited to municipalities are taken to have their
// contacts evenly over the municipalities. That contacts of a cell need
// different weeks and evaluators is left to the plan.
type Load struct {
	Weeks      []LoadWeek
	Areas      []AreaLoad      // the design's, in its order
	Evaluators []EvaluatorLoad // by e-mail address
	Lacks      []Lack          // by week
	Uncovered  []Uncovered     // in the design's order
}

// LoadWeek is an ISO week of the time that is left.
type LoadWeek struct {
	Number      int
	First, Last officehours.Date // working days
	Days        int              // working days left, a begun one too
	NeedRoom                     // of all areas
}

// NeedRoom is contacts to make, and how many there is room for.
type NeedRoom struct {
	Need, Room int
	Short      int // contacts of either channel for which there is no room; Room is then Need − Short
}

// Left is how many more there is room for, negative when some have none.
func (n NeedRoom) Left() int { return n.Room - n.Need }

// AreaLoad is one area's needs.
type AreaLoad struct {
	Area  survey.QuestionArea
	Weeks []NeedRoom // as Load.Weeks
	Need  int        // of all weeks
}

// EvaluatorLoad is what one evaluator has to do in the time that is left: as
// planned, or else the fair share of what the evaluator's areas need.
type EvaluatorLoad struct {
	Email  string
	Calls  NeedRoom // Short is not used
	Emails NeedRoom
	Off    []DayWork // days off with planned contacts, in order
}

// Share is the fuller channel's need as a part of its room: 1.04 is four
// percent too much. ok is false when there is need and no room at all.
func (e EvaluatorLoad) Share() (share float64, ok bool) {
	for _, n := range []NeedRoom{e.Calls, e.Emails} {
		switch {
		case n.Need == 0:
		case n.Room == 0:
			return 0, false
		default:
			share = max(share, float64(n.Need)/float64(n.Room))
		}
	}
	return share, true
}

// DayWork is contacts planned on a day.
type DayWork struct {
	Day officehours.Date
	N   int
}

// Uncovered is where nobody at all may take an area's contacts.
type Uncovered struct {
	Area           survey.QuestionArea
	Municipalities []string // codes; nil: all
	Need           int
}

// LoadOf weighs a round's load.
func LoadOf(in LoadInput) Load {
	m := &model{design: in.Setup.Round.Design, evalIndex: map[string]int{}}
	m.design.Questions = m.design.Asked()
	m.readDays(in.Setup.Round, in.From)
	m.readSetup(in.Setup)
	m.readRoom()
	m.assigned = m.possible(in.Setup.Assignments)
	b := &loadBook{model: m, areas: make([]AreaLoad, len(m.areas)), load: Load{Weeks: make([]LoadWeek, len(m.weeks))}}
	b.readNeed(in)
	b.readGroups()
	b.readTeam(in)
	b.weigh(in.Planned)
	b.load.Areas = b.areas
	return b.load
}

// loadBook is a load while it is being weighed.
type loadBook struct {
	*model
	load   Load
	areas  []AreaLoad
	need   [channels][][]int // area, week
	groups []loadGroup
	free   [channels][]float64 // evaluator × week: room that fair shares leave
	left   [channels][]int     // area × week: what could be added
}

// loadGroup is the municipalities in which the same evaluators may take an area.
type loadGroup struct {
	area  int
	evals []int
	munis []int
}

// readNeed sets what is needed and names weeks and areas.
func (b *loadBook) readNeed(in LoadInput) {
	for w, wk := range b.weeks {
		b.load.Weeks[w].Number, b.load.Weeks[w].Days = wk.number, wk.end-wk.first
		b.load.Weeks[w].First, b.load.Weeks[w].Last = b.days[wk.first].date, b.days[wk.end-1].date
	}
	for a, area := range b.model.areas {
		b.areas[a] = AreaLoad{Area: area, Weeks: make([]NeedRoom, len(b.weeks))}
	}
	for ch := range channels {
		b.need[ch] = make([][]int, len(b.areas))
		for a := range b.areas {
			b.need[ch][a] = make([]int, len(b.weeks))
		}
	}
	switch {
	case len(b.weeks) == 0:
	case in.Planned:
		b.plannedNeed(in.Work)
	default:
		b.evenNeed()
	}
}

func (b *loadBook) plannedNeed(work []survey.Work) {
	for _, x := range work {
		if a := slices.Index(b.model.areas, x.Area); a >= 0 {
			b.need[channelIndex(x.Channel)][a][b.weekFor(x.Day)] += x.N
		}
	}
}

// weekFor is the week in which a contact planned on the day has to be made:
// the day's own, or else the closest one that is left.
func (b *loadBook) weekFor(d officehours.Date) int {
	for w, wk := range b.weeks {
		sunday := b.days[wk.end-1].date
		for sunday.Weekday() != time.Sunday {
			sunday = sunday.AddDays(1)
		}
		if !d.After(sunday) {
			return w
		}
	}
	return len(b.weeks) - 1
}

// evenNeed spreads each municipality's contacts over the days on which it
// takes part.
func (b *loadBook) evenNeed() {
	quota := make([]int, len(b.areas))
	for q := range b.questions {
		quota[b.areaOf[q]] += b.design.Replicates
	}
	weights := make([]float64, len(b.weeks)) // municipalities, by week
	munis := 0
	for i := range b.munis {
		part, all := make([]float64, len(b.weeks)), 0.0
		for d, x := range b.days {
			if b.mailable[i][d].open() {
				part[x.week] += x.weight
				all += x.weight
			}
		}
		if all == 0 {
			continue
		}
		munis++
		for w := range part {
			weights[w] += part[w] / all
		}
	}
	for a := range b.areas {
		for ch := range channels {
			copy(b.need[ch][a], apportion(quota[a]*munis, weights))
		}
	}
}

// apportion divides a number in proportion to weights, in whole numbers that
// add up to it.
func apportion(n int, weights []float64) []int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	parts, before, run := make([]int, len(weights)), 0, 0.0
	if sum <= 0 {
		return parts
	}
	for i, w := range weights {
		run += w
		upto := int(float64(n)*run/sum + 0.5)
		parts[i], before = upto-before, upto
	}
	return parts
}

// readGroups divides every area's municipalities by who may take them.
func (b *loadBook) readGroups() {
	for a := range b.areas {
		index := map[string]int{}
		for i := range b.munis {
			evals := b.assigned[a][i]
			key := setKey(evals)
			g, known := index[key]
			if !known {
				g = len(b.groups)
				index[key] = g
				b.groups = append(b.groups, loadGroup{area: a, evals: evals})
			}
			b.groups[g].munis = append(b.groups[g].munis, i)
		}
	}
}

// setKey tells sets of evaluators apart.
func setKey(evals []int) string {
	var key strings.Builder
	for _, e := range evals {
		key.WriteString(strconv.Itoa(e))
		key.WriteByte(' ')
	}
	return key.String()
}

// roomIn is what an evaluator can make in a week; of a day that has begun,
// the part that is left.
func (b *loadBook) roomIn(ch, e, w int) int {
	n := 0.0
	for d := b.weeks[w].first; d < b.weeks[w].end; d++ {
		n += float64(b.roomOf(ch, e, d)) * b.days[d].weight
	}
	return int(n + 0.5)
}

// readTeam lists the evaluators with their room and, by plan, their need.
func (b *loadBook) readTeam(in LoadInput) {
	b.load.Evaluators = make([]EvaluatorLoad, len(b.evals))
	for e, ev := range b.evals {
		row := &b.load.Evaluators[e]
		row.Email = ev.Email
		for w := range b.weeks {
			row.Calls.Room += b.roomIn(phone, e, w)
			row.Emails.Room += b.roomIn(email, e, w)
		}
	}
	if in.Planned && len(b.days) > 0 {
		b.readPlanned(in.Work)
	}
}

// readPlanned gives the evaluators what is planned for them.
func (b *loadBook) readPlanned(work []survey.Work) {
	off := make([]map[officehours.Date]int, len(b.evals))
	for _, x := range work {
		e, known := b.evalIndex[x.Evaluator]
		if !known {
			continue
		}
		row := &b.load.Evaluators[e]
		*needOf(row, channelIndex(x.Channel)) += x.N
		if b.isOff(e, x.Day) {
			if off[e] == nil {
				off[e] = map[officehours.Date]int{}
			}
			off[e][x.Day] += x.N
		}
	}
	for e, days := range off {
		for d, n := range days {
			b.load.Evaluators[e].Off = append(b.load.Evaluators[e].Off, DayWork{d, n})
		}
		slices.SortFunc(b.load.Evaluators[e].Off, func(x, y DayWork) int { return x.Day.Compare(y.Day) })
	}
}

func needOf(row *EvaluatorLoad, ch int) *int {
	if ch == phone {
		return &row.Calls.Need
	}
	return &row.Emails.Need
}

// isOff reports whether an evaluator is away on a day that is yet to come.
func (b *loadBook) isOff(e int, date officehours.Date) bool {
	d, open := slices.BinarySearchFunc(b.days, date, func(x day, y officehours.Date) int { return x.date.Compare(y) })
	if !open {
		return !date.Before(b.days[0].date)
	}
	return !b.working[e][d].open()
}
