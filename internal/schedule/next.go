package schedule

import (
	"cmp"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Next is the contact of the queue to take at the moment: a call under way,
// else the oldest overdue one, else today's next. Contacts that need nothing
// from the evaluator now (finished, returned with a question, e-mails awaiting
// reply, later days) are never chosen; ok is false when nothing else is left.
func Next(queue []survey.Contact, now time.Time) (next survey.Contact, ok bool) {
	today := officehours.DateOf(now)
	best := -1
	for i, c := range queue {
		if !takeable(c) || !underWay(c) && officehours.DateOf(c.PlannedAt).After(today) {
			continue
		}
		if best < 0 || before(c, queue[best]) {
			best = i
		}
	}
	if best < 0 {
		return survey.Contact{}, false
	}
	return queue[best], true
}

// takeable reports whether the evaluator can go on with the contact.
func takeable(c survey.Contact) bool {
	return !c.Finished() && c.State != survey.Returned && !c.AwaitsReply()
}

func underWay(c survey.Contact) bool {
	_, ok := c.Current()
	return ok
}

// before is the order of the queue. Overdue contacts were planned before
// today's others, so the planned instant alone puts them first.
func before(a, b survey.Contact) bool {
	if ua, ub := underWay(a), underWay(b); ua != ub {
		return ua
	}
	return cmp.Or(a.PlannedAt.Compare(b.PlannedAt), compareKeys(&a, &b)) < 0
}

// compareKeys orders contacts by municipality, channel, question, replicate.
func compareKeys(a, b *survey.Contact) int {
	return cmp.Or(
		cmp.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Channel, b.Channel),
		cmp.Compare(a.Question, b.Question), cmp.Compare(a.Replicate, b.Replicate),
	)
}
