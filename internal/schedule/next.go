package schedule

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// beforeAgreed is how early an appointment is handed out: in time to read the
// question once more.
const beforeAgreed = 5 * time.Minute

// Desk is where an evaluator asks for the next contact. Who asks gets, in this
// order: a call under way, what has been handed out and not begun, an
// appointment whose time has come, what is planned until tonight in the order
// of the plan (so the overdue first), a call whose delay is over, a colleague's
// contact that should have been made before today, and last what the evaluator
// has put aside. Offices that are closed are passed by.
type Desk struct {
	Setup     survey.Setup // with the participants by code
	Evaluator string       // e-mail address
	At        time.Time
}

// places in the order of a Desk.
const (
	underWayFirst = iota
	heldNext
	agreedNext
	plannedNext
	againNext
	letGoLast
	notNow
)

// Next is what the desk gives out of the evaluator's own open contacts; ok is
// false when none of them can be taken at the moment.
func (d Desk) Next(queue []survey.Contact) (next survey.Contact, ok bool) {
	return d.first(queue, underWayFirst, letGoLast)
}

// Asking puts the desk's rules in the form in which the store follows them.
func (d Desk) Asking() survey.Asking {
	round := d.Setup.Round
	ask := survey.Asking{
		Round: round.ID, Version: round.Version, Evaluator: d.Evaluator, At: d.At, Until: d.At.Add(round.Design.Hold()),
		LetGo: d.letGo(), Choose: d.choose, Overdue: d.overdue(),
	}
	if !round.Calendar.Open(d.At) {
		return ask
	}
	today, hours, minute := d.today(), round.Calendar.HoursOn(d.today()), minuteOf(d.At)
	ask.Planned = today.AddDays(1).At(0, 0)
	for _, p := range d.Setup.Participants {
		switch {
		case !p.TakesPart(today):
			ask.Gone = append(ask.Gone, p.Code)
		case !openAt(p.ParticipantHours(hours), minute):
			ask.Closed = append(ask.Closed, p.Code)
		}
	}
	for _, q := range round.Design.Questions {
		if q.Withdrawn {
			ask.Withdrawn = append(ask.Withdrawn, q.Code)
		}
	}
	return ask
}

// overdue is what the evaluator may take of colleagues' contacts: nothing
// outside the own days and hours.
func (d Desk) overdue() survey.Overdue {
	e, known := d.Setup.Evaluator(d.Evaluator)
	round := d.Setup.Round
	if !known || !e.Works(d.today()) || !round.Calendar.Open(d.At) ||
		!holds(e.WorkingHours(round.Calendar.HoursOn(d.today())), d.At) {
		return survey.Overdue{}
	}
	own := survey.Overdue{Before: d.today(), Capacity: map[survey.Channel]int{}}
	for _, ch := range survey.Channels {
		own.Capacity[ch] = e.Capacity(ch)
	}
	for _, a := range d.Setup.Assignments {
		if a.Evaluator == e.Email {
			own.Areas = append(own.Areas, a)
		}
	}
	return own
}

// choose is the store's way to ask which of mine has the turn.
func (d Desk) choose(turn survey.Turn, mine []survey.Contact) (survey.Contact, bool) {
	switch turn {
	case survey.First:
		return d.first(mine, underWayFirst, agreedNext)
	case survey.Again:
		return d.first(mine, againNext, againNext)
	case survey.Last:
		return d.first(mine, letGoLast, letGoLast)
	}
	return survey.Contact{}, false
}

// first is the contact that comes first among those with a place between from
// and to.
func (d Desk) first(queue []survey.Contact, from, to int) (survey.Contact, bool) {
	best, bestPlace, bestAt := -1, 0, time.Time{}
	for i, c := range queue {
		place, at := d.place(c)
		if place < from || place > to {
			continue
		}
		if best < 0 || cmp.Or(place-bestPlace, at.Compare(bestAt), compareKeys(&queue[i], &queue[max(best, 0)])) < 0 {
			best, bestPlace, bestAt = i, place, at
		}
	}
	if best < 0 {
		return survey.Contact{}, false
	}
	return queue[best], true
}

// place tells where a contact stands in the order, and the instant that
// orders it among those with the same place.
func (d Desk) place(c survey.Contact) (place int, at time.Time) {
	own := c.Evaluator == d.Evaluator
	if call, ok := c.Current(); ok && own && !c.Finished() {
		return underWayFirst, call.Dialled
	}
	mine := c.HeldBy == d.Evaluator
	again, retried := c.AgainAt(d.Setup.Round.Design)
	switch {
	case !retried && !c.Untouched(), !d.Open(c):
		return notNow, at
	case c.HeldUntil.After(d.At) && mine:
		return heldNext, c.HeldUntil
	case c.HeldUntil.After(d.At), !own:
		return notNow, at
	case retried && again.After(d.At.Add(d.early(c))), !retried && officehours.DateOf(c.PlannedAt).After(d.today()):
		return notNow, at
	case mine && c.HeldUntil.After(d.letGo()) && (!retried || !c.HeldUntil.Before(again.Add(-d.early(c)))):
		return letGoLast, c.HeldUntil // what was left before its time had come is not put aside
	case !retried:
		return plannedNext, c.PlannedAt
	case c.CallBackAt.IsZero():
		return againNext, again
	}
	return agreedNext, again
}

// early is how long before its time a call may be dialled again.
func (d Desk) early(c survey.Contact) time.Duration {
	if c.CallBackAt.IsZero() {
		return 0
	}
	return beforeAgreed
}

// letGo is since when what was put aside or let lie comes last: as long as a
// reservation lasts.
func (d Desk) letGo() time.Time { return d.At.Add(-d.Setup.Round.Design.Hold()) }

func (d Desk) today() officehours.Date { return officehours.DateOf(d.At) }

// Open reports whether the contact can be made at the moment. E-mails are sent
// in office time; an agreed call need not go through the switchboard.
func (d Desk) Open(c survey.Contact) bool {
	p, known := d.participant(c.Municipality)
	if !known || !p.TakesPart(d.today()) || !d.Setup.Round.Calendar.Open(d.At) {
		return false
	}
	if q, _ := d.Setup.Round.Design.Question(c.Question); q.Withdrawn && c.Untouched() {
		return false
	}
	return c.Channel == survey.Email || !c.CallBackAt.IsZero() || d.answers(p)
}

// answers reports whether the main number is open at the moment.
func (d Desk) answers(p survey.Participant) bool {
	return holds(p.ParticipantHours(d.Setup.Round.Calendar.HoursOn(d.today())), d.At)
}

// CanDial is the earliest instant at which a call that was tried can be dialled
// again: when it may be, and the main number is open. It is the zero time when
// the call is not to be dialled again or the number does not open within a month.
func (d Desk) CanDial(c survey.Contact) time.Time {
	at, ok := c.AgainAt(d.Setup.Round.Design)
	p, known := d.participant(c.Municipality)
	switch {
	case !ok || !known:
		return time.Time{}
	case !c.CallBackAt.IsZero():
		return at
	}
	for range 31 {
		day := officehours.DateOf(at)
		h := p.ParticipantHours(d.Setup.Round.Calendar.HoursOn(day))
		opens := day.At(0, int(h.Opens))
		switch {
		case holds(h, at):
			return at
		case !h.Closed() && at.Before(opens):
			return opens
		}
		at = day.AddDays(1).At(0, 0)
	}
	return time.Time{}
}

func (d Desk) participant(code string) (survey.Participant, bool) {
	ps := d.Setup.Participants
	i, found := slices.BinarySearchFunc(ps, code, func(p survey.Participant, code string) int {
		return strings.Compare(p.Code, code)
	})
	if !found {
		return survey.Participant{}, false
	}
	return ps[i], true
}

// holds reports whether the hours of its day hold the instant.
func holds(h officehours.Hours, at time.Time) bool { return openAt(h, minuteOf(at)) }

func openAt(h officehours.Hours, minute int) bool {
	return !h.Closed() && int(h.Opens) <= minute && minute < int(h.Closes)
}

// compareKeys orders contacts by municipality, channel, question, replicate.
func compareKeys(a, b *survey.Contact) int {
	return cmp.Or(
		cmp.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Channel, b.Channel),
		cmp.Compare(a.Question, b.Question), cmp.Compare(a.Replicate, b.Replicate),
	)
}
