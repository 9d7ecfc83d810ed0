package schedule

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// cause is why a contact moves, goes or comes. who and what tell causes of one
// kind apart: an evaluator's e-mail address and an area, a municipality's or
// question's code, a date.
type cause struct {
	kind      causeKind
	who, what string
}

type causeKind int

// The kinds of causes, in the order in which they are told.
const (
	whyAbsent causeKind = iota
	whyDayOff
	whyNotYet
	whyNoMore
	whyGone
	whyClosed
	whyBeforePeriod
	whyAfterPeriod
	whyShortDay
	whyPhoneHours
	whyOwnHours
	whyUnassigned
	whyOverfull
	whyEarly
	whyClash
	whySameWeek
	whySamePerson
	whyIdles
	whyLeaves
	whyWithdrawn
	whySurplus
	whyJoins
	whyAsked
	whyReplaced
	whyMissing
)

// causes counts contacts by cause, and the days on which it holds.
type causes map[cause]*causeCount

type causeCount struct {
	n    int
	days []officehours.Date
}

func (cs causes) add(c cause, d officehours.Date) {
	x := cs[c]
	if x == nil {
		x = &causeCount{}
		cs[c] = x
	}
	x.n++
	if !d.IsZero() && !slices.Contains(x.days, d) {
		x.days = append(x.days, d)
	}
}

// reasons puts the causes into words.
func (r *mender) reasons() (lines []string) {
	keys := slices.SortedFunc(maps.Keys(r.causes), func(a, b cause) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.who, b.who), cmp.Compare(a.what, b.what))
	})
	for _, k := range keys {
		x := r.causes[k]
		slices.SortFunc(x.days, officehours.Date.Compare)
		lines = append(lines, survey.QuestionArea(r.reason(k, x.days)+": "+r.howMany(k, x.n)+".").Title())
	}
	return lines
}

// howMany counts a cause's contacts.
func (r *mender) howMany(k cause, n int) string {
	switch {
	case k.kind == whyJoins || k.kind == whyAsked || k.kind == whyReplaced || k.kind == whyMissing:
		return counted(n, "ny kontakt", "nya kontakter")
	case k.kind == whyLeaves || k.kind == whyWithdrawn || k.kind == whySurplus:
		return counted(n, "kontakt utgår", "kontakter utgår")
	}
	return counted(n, "kontakt", "kontakter")
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// reason is the first half of a sentence.
func (r *mender) reason(k cause, days []officehours.Date) string {
	switch {
	case k.kind <= whyGone || k.kind == whyOwnHours || k.kind == whyUnassigned || k.kind == whyOverfull || k.kind == whyIdles:
		return r.personReason(k, days)
	case k.kind <= whyShortDay:
		return r.dayReason(k)
	case k.kind == whyClash:
		return "samtal krockar på samma minut"
	case k.kind == whySameWeek:
		return "cellens kontakter ligger i samma vecka"
	case k.kind == whySamePerson:
		return "cellens kontakter görs av samma bedömare, fast det finns fler"
	case k.kind == whySurplus:
		return "cellerna har fler kontakter än upplägget anger"
	case k.kind == whyReplaced:
		return "makulerade kontakter ersätts"
	case k.kind == whyMissing:
		return "planen saknar kontakter"
	case k.kind == whyWithdrawn:
		return "frågan " + k.who + " är struken"
	case k.kind == whyAsked:
		return "frågan " + k.who + " är ny"
	}
	return r.muniReason(k)
}

func (r *mender) personReason(k cause, days []officehours.Date) string {
	name, e := k.who, survey.Evaluator{}
	if at, known := r.m.evalIndex[k.who]; known {
		e = r.m.evals[at]
		name = cmp.Or(e.Name, k.who)
	}
	switch k.kind {
	case whyAbsent:
		return name + " är frånvarande " + r.dayRanges(days, func(d officehours.Date) bool { return slices.Contains(e.Absent, d) })
	case whyDayOff:
		return name + " arbetar inte " + list(weekdayNames(days))
	case whyNotYet:
		return name + " börjar " + survey.DayText(e.From)
	case whyNoMore:
		return name + " slutar " + survey.DayText(e.To)
	case whyGone:
		return name + " är inte med i omgången"
	case whyOwnHours:
		return fmt.Sprintf("%s arbetar %s–%s", name, e.Hours.Opens, e.Hours.Closes)
	case whyUnassigned:
		return name + " är inte tilldelad " + k.what
	case whyOverfull:
		return name + " har mer än dagskapaciteten " + r.dayRanges(days, nil)
	}
	return name + " får sin andel från " + survey.DayText(days[0])
}

func (r *mender) dayReason(k cause) string {
	period := r.in.Setup.Round.Period
	switch k.kind {
	case whyBeforePeriod:
		return "mätperioden börjar " + survey.DayText(period.From)
	case whyAfterPeriod:
		return "mätperioden slutar " + survey.DayText(period.To)
	}
	d, err := officehours.ParseDate(k.who)
	if err != nil {
		return k.who
	}
	if k.kind == whyClosed {
		return survey.DayText(d) + " är stängd"
	}
	h := r.in.Setup.Round.Calendar.HoursOn(d)
	return fmt.Sprintf("%s är öppen %s–%s", survey.DayText(d), h.Opens, h.Closes)
}

func (r *mender) muniReason(k cause) string {
	at, known := r.m.muniIndex(k.who)
	if !known {
		return "kommun " + k.who + " deltar inte längre"
	}
	p, name := r.m.munis[at], r.m.muniName(at)
	switch {
	case k.kind == whyPhoneHours:
		return fmt.Sprintf("%s svarar i telefon %s–%s", name, p.Hours.Opens, p.Hours.Closes)
	case k.kind == whyLeaves:
		return name + " är inte med från " + survey.DayText(p.Left)
	case p.Joined.IsZero():
		return name + " är ny i omgången"
	}
	return name + " är med från " + survey.DayText(p.Joined)
}

// weekdayNames names the weekdays of dates, in their order: "fredagar".
func weekdayNames(days []officehours.Date) (names []string) {
	all := [...]string{"söndagar", "måndagar", "tisdagar", "onsdagar", "torsdagar", "fredagar", "lördagar"}
	for d := time.Monday; d <= time.Saturday+1; d++ {
		if slices.ContainsFunc(days, func(x officehours.Date) bool { return x.Weekday() == d%7 }) {
			names = append(names, all[d%7])
		}
	}
	return names
}

// dayRanges writes sorted days as "ons 28–fre 30 okt och mån 9 nov". Working
// days in between that also belong, or no working days, do not break a range.
func (r *mender) dayRanges(days []officehours.Date, belongs func(officehours.Date) bool) string {
	var texts []string
	for from := 0; from < len(days); {
		to := from
		for to+1 < len(days) && r.unbroken(days[to], days[to+1], belongs) {
			to++
		}
		texts = append(texts, rangeText(days[from], days[to]))
		from = to + 1
	}
	return some(texts, "gånger")
}

func (r *mender) unbroken(from, to officehours.Date, belongs func(officehours.Date) bool) bool {
	for d := from.AddDays(1); d.Before(to); d = d.AddDays(1) {
		if r.in.Setup.Round.Calendar.WorkingDay(d) && (belongs == nil || !belongs(d)) {
			return false
		}
	}
	return true
}

// rangeText writes "ons 28 okt", "ons 28–fre 30 okt" or "fre 30 okt–tis 3 nov".
func rangeText(from, to officehours.Date) string {
	first, last := survey.DayText(from), survey.DayText(to)
	switch {
	case from == to:
		return last
	case from.Month == to.Month:
		return first[:strings.LastIndexByte(first, ' ')] + "–" + last
	}
	return first + "–" + last
}

// notes tells what the lead should know of a change.
func (r *mender) notes(c Change) (lines []string) {
	note := func(n int, one, many string) {
		if n > 0 {
			lines = append(lines, counted(n, one, many)+".")
		}
	}
	note(len(c.Moved)-c.Unavoidable, "kontakt flyttas för att ge plats åt andra", "kontakter flyttas för att ge plats åt andra")
	note(r.filled(), "bedömardag blir full", "bedömardagar blir fulla")
	note(r.closer(), "kontakt hamnar närmare än nio dagar från en annan i samma cell",
		"kontakter hamnar närmare än nio dagar från en annan i samma cell")
	note(r.lost, "makulerad kontakt kan inte ersättas, för ingen vecka återstår för cellen",
		"makulerade kontakter kan inte ersättas, för ingen vecka återstår för cellerna")
	note(r.letGone, "kontakt ryms inte innan kommunen lämnar omgången och utgår",
		"kontakter ryms inte innan kommunen lämnar omgången och utgår")
	return lines
}

// filled counts evaluators' days that take in something and have no room left.
func (r *mender) filled() (n int) {
	for ch := range channels {
		for desk, items := range r.held[ch] {
			came := func(i int) bool { return r.spotOf(i) != r.posts[i].home }
			if len(items) >= r.m.room[ch][desk] && slices.ContainsFunc(items, came) {
				n++
			}
		}
	}
	return n
}

// closer counts contacts that come too close to another of their cell.
func (r *mender) closer() (n int) {
	for i, p := range r.posts {
		it := &r.m.items[i]
		if it.day < 0 || it.day == p.home.day {
			continue
		}
		near, day := false, r.dayNumber(r.m.days[it.day].date)
		r.eachSibling(i, func(s sibling) { near = near || max(day-s.day, s.day-day) < fewest })
		if near {
			n++
		}
	}
	return n
}
