package schedule

import (
	"cmp"
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
		text := because[k.kind](r, k, x.days) + ": " + howMany(k.kind, x.n) + "."
		if !strings.HasPrefix(text, k.who) || k.who == "" { // an address stays as it is
			text = survey.QuestionArea(text).Title()
		}
		lines = append(lines, text)
	}
	return lines
}

// howMany counts a cause's contacts.
func howMany(k causeKind, n int) string {
	switch {
	case k >= whyJoins:
		return counted(n, "ny kontakt", "nya kontakter")
	case k >= whyLeaves:
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

// because tells a cause in the first half of a sentence.
var because = [...]func(r *mender, k cause, days []officehours.Date) string{
	whyAbsent: func(r *mender, k cause, days []officehours.Date) string {
		away := func(d officehours.Date) bool { return slices.Contains(r.person(k).Absent, d) }
		return r.person(k).Name + " är frånvarande " + r.dayRanges(days, away)
	},
	whyDayOff: func(r *mender, k cause, days []officehours.Date) string {
		return r.person(k).Name + " arbetar inte " + list(weekdayNames(days))
	},
	whyNotYet: func(r *mender, k cause, _ []officehours.Date) string {
		return r.person(k).Name + " börjar " + survey.DayText(r.person(k).From)
	},
	whyNoMore: func(r *mender, k cause, _ []officehours.Date) string {
		return r.person(k).Name + " slutar " + survey.DayText(r.person(k).To)
	},
	whyGone: func(r *mender, k cause, _ []officehours.Date) string {
		return r.person(k).Name + " är inte med i omgången"
	},
	whyClosed: func(_ *mender, _ cause, days []officehours.Date) string {
		return survey.DayText(days[0]) + " är stängd"
	},
	whyBeforePeriod: func(r *mender, _ cause, _ []officehours.Date) string {
		return "mätperioden börjar " + survey.DayText(r.in.Setup.Round.Period.From)
	},
	whyAfterPeriod: func(r *mender, _ cause, _ []officehours.Date) string {
		return "mätperioden slutar " + survey.DayText(r.in.Setup.Round.Period.To)
	},
	whyShortDay: func(r *mender, _ cause, days []officehours.Date) string {
		return survey.DayText(days[0]) + " är öppen " + spanText(r.m.calendar.HoursOn(days[0]))
	},
	whyPhoneHours: func(r *mender, k cause, _ []officehours.Date) string {
		return r.place(k) + " svarar i telefon " + spanText(r.participant(k).Hours)
	},
	whyOwnHours: func(r *mender, k cause, _ []officehours.Date) string {
		return r.person(k).Name + " arbetar " + spanText(r.person(k).Hours)
	},
	whyUnassigned: func(r *mender, k cause, _ []officehours.Date) string {
		return r.person(k).Name + " är inte tilldelad " + k.what
	},
	whyOverfull: func(r *mender, k cause, days []officehours.Date) string {
		return r.person(k).Name + " har mer än dagskapaciteten " + r.dayRanges(days, nil)
	},
	whyEarly:    func(r *mender, k cause, _ []officehours.Date) string { return r.joins(k) },
	whyClash:    func(*mender, cause, []officehours.Date) string { return "samtal krockar på samma minut" },
	whySameWeek: func(*mender, cause, []officehours.Date) string { return "cellens kontakter ligger i samma vecka" },
	whySamePerson: func(*mender, cause, []officehours.Date) string {
		return "en bedömare gör båda kontakterna i en cell"
	},
	whyIdles: func(r *mender, k cause, days []officehours.Date) string {
		return r.person(k).Name + " får sin andel från " + survey.DayText(days[0])
	},
	whyLeaves:    func(r *mender, k cause, _ []officehours.Date) string { return r.leaves(k) },
	whyWithdrawn: func(_ *mender, k cause, _ []officehours.Date) string { return "frågan " + k.who + " är struken" },
	whySurplus: func(*mender, cause, []officehours.Date) string {
		return "cellerna har fler kontakter än upplägget anger"
	},
	whyJoins:    func(r *mender, k cause, _ []officehours.Date) string { return r.joins(k) },
	whyAsked:    func(_ *mender, k cause, _ []officehours.Date) string { return "frågan " + k.who + " är ny" },
	whyReplaced: func(*mender, cause, []officehours.Date) string { return "makulerade kontakter ersätts" },
	whyMissing:  func(*mender, cause, []officehours.Date) string { return "planen saknar kontakter" },
}

// person finds the evaluator a cause is about; one who is not in the round is
// called by the address.
func (r *mender) person(k cause) survey.Evaluator {
	var e survey.Evaluator
	if at, known := r.m.evalIndex[k.who]; known {
		e = r.m.evals[at]
	}
	e.Name = cmp.Or(e.Name, k.who)
	return e
}

// participant finds the municipality a cause is about.
func (r *mender) participant(k cause) survey.Participant {
	if at, known := r.m.muniIndex(k.who); known {
		return r.m.munis[at]
	}
	return survey.Participant{}
}

func (r *mender) place(k cause) string {
	return cmp.Or(r.participant(k).Name, "kommun "+k.who)
}

func (r *mender) leaves(k cause) string {
	if left := r.participant(k).Left; !left.IsZero() {
		return r.place(k) + " är inte med från " + survey.DayText(left)
	}
	return r.place(k) + " deltar inte längre"
}

func (r *mender) joins(k cause) string {
	if joined := r.participant(k).Joined; !joined.IsZero() {
		return r.place(k) + " är med från " + survey.DayText(joined)
	}
	return r.place(k) + " är ny i omgången"
}

func spanText(h officehours.Hours) string { return h.Opens.String() + "–" + h.Closes.String() }

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
