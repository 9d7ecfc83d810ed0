package schedule_test

import (
	"math"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// figures are the table counted by its words, from the contacts alone,
// by the codes of the plan's balance.
func figures(in schedule.Input, plan schedule.Schedule) map[string]int {
	w := newWorld(in)
	in.From, in.Kept = time.Time{}, nil
	l := live{world: w, fresh: newWorld(in)}
	for _, list := range [][]survey.Contact{w.in.Kept, plan.Contacts} {
		for _, c := range list {
			_, takesPart := w.munis[c.Municipality]
			_, known := w.questions[c.Question]
			if takesPart && known && c.Disposition != survey.Void && slices.Contains(w.days, officehours.DateOf(c.PlannedAt)) {
				l.contacts = append(l.contacts, c)
			}
		}
	}
	gap, apart := l.cells()
	return map[string]int{
		"municipality_day":            l.perDay(survey.Phone, survey.Email),
		"municipality_day_phone":      l.perDay(survey.Phone),
		"municipality_day_email":      l.perDay(survey.Email),
		"municipality_area_week":      l.areaWeek(),
		"municipality_hour":           l.municipalityHour(),
		"hour_day":                    l.hourDay(),
		"evaluator_day":               l.evaluatorDay(),
		"evaluator_municipality":      l.evaluatorMunicipality(),
		"evaluator_municipality_week": l.evaluatorWeek(),
		"question_day":                l.questionDay(),
		"cell_days":                   gap,
		"cell_apart":                  apart,
	}
}

// live is the contacts that count, kept and new.
type live struct {
	*world
	fresh    *world // as before anything was made
	contacts []survey.Contact
}

// count numbers the contacts by a key; ok false leaves one out.
func count[K comparable](l live, key func(survey.Contact) (k K, ok bool)) map[K]int {
	n := map[K]int{}
	for _, c := range l.contacts {
		if k, ok := key(c); ok {
			n[k]++
		}
	}
	return n
}

// spread is the largest minus the smallest of some counts.
func spreadOf(counts []int) int {
	if len(counts) == 0 {
		return 0
	}
	return slices.Max(counts) - slices.Min(counts)
}

func dayOf(c survey.Contact) officehours.Date { return officehours.DateOf(c.PlannedAt) }

// isoWeek is a week by year and number.
type isoWeek struct{ year, number int }

func isoWeekOf(d officehours.Date) isoWeek {
	y, n := d.Week()
	return isoWeek{y, n}
}

// perDay: contacts of a municipality per working day on which it takes part.
func (l live) perDay(chs ...survey.Channel) (worst int) {
	type key struct {
		muni string
		day  officehours.Date
	}
	n := count(l, func(c survey.Contact) (key, bool) {
		return key{c.Municipality, dayOf(c)}, slices.Contains(chs, c.Channel)
	})
	for code, p := range l.munis {
		var counts []int
		for _, d := range l.days {
			if p.TakesPart(d) {
				counts = append(counts, n[key{code, d}])
			}
		}
		worst = max(worst, spreadOf(counts))
	}
	return worst
}

// fullWeeks are the weeks with most working days on which the municipality
// takes part on all of them.
func (l live) fullWeeks(p survey.Participant) (weeks []isoWeek) {
	days, there := map[isoWeek]int{}, map[isoWeek]int{}
	longest := 0
	for _, d := range l.days {
		w := isoWeekOf(d)
		days[w]++
		if p.TakesPart(d) {
			there[w]++
		}
		longest = max(longest, days[w])
	}
	for w, n := range days {
		if n == longest && there[w] == n {
			weeks = append(weeks, w)
		}
	}
	return weeks
}

// areaWeek: contacts of a municipality and area per full week.
func (l live) areaWeek() (worst int) {
	type key struct {
		muni string
		area survey.QuestionArea
		week isoWeek
	}
	n := count(l, func(c survey.Contact) (key, bool) {
		return key{c.Municipality, l.questions[c.Question].Area, isoWeekOf(dayOf(c))}, true
	})
	for code, p := range l.munis {
		weeks := l.fullWeeks(p)
		for _, area := range l.in.Setup.Round.Design.Areas {
			var counts []int
			for _, w := range weeks {
				counts = append(counts, n[key{code, area, w}])
			}
			worst = max(worst, spreadOf(counts))
		}
	}
	return worst
}

// ordinary is the hours of most days, the first such when there are several.
func (l live) ordinary() officehours.Hours {
	n := map[officehours.Hours]int{}
	for _, d := range l.days {
		n[l.in.Setup.Round.Calendar.HoursOn(d)]++
	}
	var best officehours.Hours
	for _, d := range l.days {
		if h := l.in.Setup.Round.Calendar.HoursOn(d); n[h] > n[best] {
			best = h
		}
	}
	return best
}

// municipalityHour: calls of a municipality per whole open hour over the round.
func (l live) municipalityHour() (worst int) {
	type key struct {
		muni string
		hour int
	}
	n := count(l, func(c survey.Contact) (key, bool) {
		return key{c.Municipality, minuteOf(c.PlannedAt) / 60}, c.Channel == survey.Phone
	})
	usual := l.ordinary()
	for code, p := range l.munis {
		open := span{int(usual.Opens), int(usual.Closes)}
		if p.Hours != (officehours.Hours{}) {
			open = open.and(span{int(p.Hours.Opens), int(p.Hours.Closes)})
		}
		var counts []int
		for h := range 24 {
			if open.from <= 60*h && 60*h+60 <= open.to {
				counts = append(counts, n[key{code, h}])
			}
		}
		worst = max(worst, spreadOf(counts))
	}
	return worst
}

// hourDay: calls in the country per whole open hour of a day.
func (l live) hourDay() (worst int) {
	type key struct {
		day  officehours.Date
		hour int
	}
	n := count(l, func(c survey.Contact) (key, bool) {
		return key{dayOf(c), minuteOf(c.PlannedAt) / 60}, c.Channel == survey.Phone
	})
	for _, d := range l.days {
		open := l.in.Setup.Round.Calendar.HoursOn(d)
		var counts []int
		for h := range 24 {
			if int(open.Opens) <= 60*h && 60*h+60 <= int(open.Closes) {
				counts = append(counts, n[key{d, h}])
			}
		}
		worst = max(worst, spreadOf(counts))
	}
	return worst
}

// roundUp is the whole number at or above, forgiving how computers count.
func roundUp(x float64) int { return int(math.Ceil(x - 1e-9)) }

// evaluatorDay: how far an evaluator's day is from its share by capacity of
// the channel's contacts that day. Those share it who are at work and may take
// any contact of the channel.
func (l live) evaluatorDay() int {
	n := count(l, func(c survey.Contact) (workday, bool) {
		_, known := l.evals[c.Evaluator]
		return workday{c.Evaluator, c.Channel, dayOf(c)}, known
	})
	takes := l.takers()
	worst := 0.0
	for _, d := range l.days {
		for _, ch := range survey.Channels {
			total, capacity := 0, 0
			for email, e := range l.evals {
				total += n[workday{email, ch, d}]
				if takes[email][ch] && l.fresh.works(email, d).minutes() > 0 {
					capacity += e.Capacity(ch)
				}
			}
			for email, e := range l.evals {
				if takes[email][ch] && l.fresh.works(email, d).minutes() > 0 && capacity > 0 {
					share := float64(total*e.Capacity(ch)) / float64(capacity)
					worst = max(worst, math.Abs(float64(n[workday{email, ch, d}])-share))
				}
			}
		}
	}
	return roundUp(worst)
}

// takers tells of every evaluator whether a channel's contacts are the
// evaluator's to take.
func (l live) takers() map[string]map[survey.Channel]bool {
	takes := map[string]map[survey.Channel]bool{}
	for email := range l.evals {
		takes[email] = map[survey.Channel]bool{}
		for _, who := range l.may {
			if slices.Contains(who, email) {
				takes[email] = map[survey.Channel]bool{
					survey.Phone: l.periodCapacity(email, survey.Phone) > 0,
					survey.Email: l.periodCapacity(email, survey.Email) > 0,
				}
			}
		}
	}
	return takes
}

// perCell numbers the contacts of every cell.
func (l live) perCell() map[survey.Cell]int {
	return count(l, func(c survey.Contact) (survey.Cell, bool) { return c.Cell(), true })
}

// evaluatorMunicipality: how far an evaluator's contacts with a municipality
// are from the share by capacity of the contacts that are assigned to the
// evaluator.
func (l live) evaluatorMunicipality() int {
	type pair struct{ evaluator, muni string }
	n := count(l, func(c survey.Contact) (pair, bool) { return pair{c.Evaluator, c.Municipality}, true })
	share := map[pair]float64{}
	for cell, contacts := range l.perCell() {
		who := l.may[place{l.questions[cell.Question].Area, cell.Municipality}]
		all := 0.0
		for _, e := range who {
			all += l.periodCapacity(e, cell.Channel)
		}
		for _, e := range who {
			share[pair{e, cell.Municipality}] += float64(contacts) * l.periodCapacity(e, cell.Channel) / max(all, 1)
		}
	}
	worst := 0.0
	for code := range l.munis {
		for e := range l.evals {
			worst = max(worst, math.Abs(float64(n[pair{e, code}])-share[pair{e, code}]))
		}
	}
	return roundUp(worst)
}

// periodCapacity is what the evaluator can make over the period.
func (l live) periodCapacity(email string, ch survey.Channel) (n float64) {
	e := l.evals[email]
	for _, d := range l.days {
		if l.fresh.works(email, d).minutes() > 0 {
			n += float64(e.Capacity(ch))
		}
	}
	return n
}

// evaluatorWeek: most contacts from one evaluator to one municipality in a week.
func (l live) evaluatorWeek() (worst int) {
	type key struct {
		evaluator, muni string
		week            isoWeek
	}
	for _, n := range count(l, func(c survey.Contact) (key, bool) {
		_, known := l.evals[c.Evaluator]
		return key{c.Evaluator, c.Municipality, isoWeekOf(dayOf(c))}, known
	}) {
		worst = max(worst, n)
	}
	return worst
}

// questionDay: contacts with one question in the country per day.
func (l live) questionDay() (worst int) {
	type key struct {
		question string
		day      officehours.Date
	}
	n := count(l, func(c survey.Contact) (key, bool) { return key{c.Question, dayOf(c)}, true })
	for q, question := range l.questions {
		if question.Withdrawn {
			continue
		}
		var counts []int
		for _, d := range l.days {
			counts = append(counts, n[key{q, d}])
		}
		worst = max(worst, spreadOf(counts))
	}
	return worst
}

// cells: the smallest number of days between two contacts of a cell, and the
// percentage of cells whose calls are on different weekdays and sides of noon.
func (l live) cells() (gap, apart int) {
	cells := map[survey.Cell][]survey.Contact{}
	for _, c := range l.contacts {
		cells[c.Cell()] = append(cells[c.Cell()], c)
	}
	gap = math.MaxInt
	calls, good := 0, 0
	for cell, cs := range cells {
		alike := false
		for i, a := range cs {
			for _, b := range cs[:i] {
				days := dayOf(a).DaysUntil(dayOf(b))
				gap = min(gap, max(days, -days))
				alike = alike || dayOf(a).Weekday() == dayOf(b).Weekday() || l.late(a) == l.late(b)
			}
		}
		if cell.Channel == survey.Phone && len(cs) > 1 {
			calls++
			if !alike {
				good++
			}
		}
	}
	if gap == math.MaxInt {
		gap = 0
	}
	if calls == 0 {
		return gap, 100
	}
	return gap, 100 * good / calls
}

// late reports whether the contact is in the second half of its office day.
func (l live) late(c survey.Contact) bool {
	h := l.in.Setup.Round.Calendar.HoursOn(dayOf(c))
	return 2*minuteOf(c.PlannedAt) >= int(h.Opens)+int(h.Closes)
}
