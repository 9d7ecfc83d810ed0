package schedule

import (
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// misfit says why a contact cannot be made as it is planned, and on which day
// that is so; fits is true when it can, as far as it alone is concerned.
func (r *mender) misfit(c *survey.Contact, at *cell, home spot) (why cause, date officehours.Date, fits bool) {
	m := r.m
	date = r.dayFor(c)
	if home.evaluator < 0 {
		return cause{kind: whyGone, who: c.Evaluator}, date, false
	}
	ev := m.evals[home.evaluator]
	overdue := c.PlannedAt.Before(r.in.From)
	switch {
	case away(ev, date) || !overdue && home.day >= 0 && !ev.Works(date):
		return absence(ev, date), date, false
	case home.day < 0:
		return r.closure(date), date, false
	case date.Before(m.munis[at.muni].Joined):
		return cause{kind: whyEarly, who: m.munis[at.muni].Code}, date, false
	case !slices.Contains(m.assigned[m.areaOf[at.question]][at.muni], home.evaluator):
		return cause{kind: whyUnassigned, who: ev.Email, what: string(m.areas[m.areaOf[at.question]])}, date, false
	case ev.Capacity(c.Channel) <= 0:
		return cause{kind: whyOverfull, who: ev.Email}, date, false
	}
	if why, late := r.outside(c, at, home); late {
		return why, date, false
	}
	return cause{}, date, true
}

// absence says why an evaluator does not work on a day.
func absence(e survey.Evaluator, d officehours.Date) cause {
	switch {
	case slices.Contains(e.Absent, d):
		return cause{kind: whyAbsent, who: e.Email}
	case !e.From.IsZero() && d.Before(e.From):
		return cause{kind: whyNotYet, who: e.Email}
	case !e.To.IsZero() && d.After(e.To):
		return cause{kind: whyNoMore, who: e.Email}
	}
	return cause{kind: whyDayOff, who: e.Email}
}

// closure says why the plan does not have a day.
func (r *mender) closure(d officehours.Date) cause {
	switch period := r.in.Setup.Round.Period; {
	case d.Before(period.From):
		return cause{kind: whyBeforePeriod}
	case d.After(period.To):
		return cause{kind: whyAfterPeriod}
	}
	return cause{kind: whyClosed, who: d.String()}
}

// outside says whose hours the contact's minute misses.
func (r *mender) outside(c *survey.Contact, at *cell, home spot) (why cause, misses bool) {
	m := r.m
	day, reach, own := m.days[home.day], m.reach(at, home.day), m.working[home.evaluator][home.day]
	misses = !reach.and(own).has(home.minute)
	switch {
	case !(hours{day.opens, day.closes}).has(home.minute):
		return cause{kind: whyShortDay, who: day.date.String()}, misses
	case !reach.has(home.minute):
		return cause{kind: whyPhoneHours, who: m.munis[at.muni].Code}, misses
	}
	return cause{kind: whyOwnHours, who: c.Evaluator}, misses
}

func (h hours) has(minute int) bool { return h.from <= minute && minute < h.to }

// ending says why a contact is not to be made any more: its question is
// withdrawn, or its municipality leaves.
func (r *mender) ending(c *survey.Contact) cause {
	if q, known := r.m.design.Question(c.Question); !known || q.Withdrawn {
		return cause{kind: whyWithdrawn, who: c.Question}
	}
	return cause{kind: whyLeaves, who: c.Municipality}
}

// remove takes a contact out of the plan for good.
func (r *mender) remove(c *survey.Contact, why cause) {
	r.removed = append(r.removed, c)
	r.causes.add(why, officehours.Date{})
}

// force notes a contact that any change must move.
func (r *mender) force(why cause, date officehours.Date) {
	r.forced++
	r.causes.add(why, date)
}
