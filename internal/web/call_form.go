package web

import (
	"strconv"
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// attemptInHand says which dial the page is about when it is opened: the one
// under way, the newest of a finished call or when it is to be corrected, and
// otherwise the one that has not been made yet.
func attemptInHand(c survey.Contact, correct bool) int {
	n := len(c.Attempts)
	if _, calling := c.Current(); calling || n > 0 && (correct || c.State != survey.Begun) {
		return n
	}
	return n + 1
}

// attemptOf reads which dial a form is about.
func attemptOf(f *form) int {
	n, err := strconv.Atoi(f.text("attempt"))
	if err != nil {
		return 1
	}
	return max(1, n)
}

// storedCall fills a form with what is stored about a dial.
func storedCall(c survey.Contact, attempt int) *form {
	f := newForm("suspected_why", c.SuspectedWhy, "attempt", strconv.Itoa(attempt))
	if c.Suspected {
		f.set("suspected", "1")
	}
	if attempt > len(c.Attempts) {
		return f
	}
	if at := c.CallBackAt; attempt == len(c.Attempts) && c.State == survey.Begun && !at.IsZero() {
		if _, calling := c.Current(); !calling {
			f.today = officehours.DateOf(at)
			f.set("call_back_day", survey.DayText(officehours.DateOf(at)))
			f.set("call_back_clock", survey.ClockText(at))
		}
	}
	a := c.Attempts[attempt-1]
	f.set("outcome", string(a.Outcome))
	f.set("note", a.Note)
	writeRatings(f, a.Ratings)
	writeBits(f, greetingBits, a.Greeting)
	return f
}

// readCall reads how a dial went. Radio buttons cannot be taken back, so
// ratings that are left from before the outcome was chosen do not count.
func readCall(f *form) survey.CallReport {
	rep := survey.CallReport{
		Outcome: survey.Outcome(f.text("outcome")), Greeting: readBits(f, greetingBits), Note: f.text("note"),
		Suspected: f.checked("suspected"), SuspectedWhy: f.text("suspected_why"),
		CallBackAt: readInstant(f, "call_back", time.Time{}, time.Time{}),
	}
	if rep.Outcome == survey.Reached {
		rep.Ratings = readRatings(f)
	}
	return rep
}

// sameCall reports whether a form says what is already stored.
func sameCall(c survey.Contact, f *form) bool {
	attempt := attemptOf(f)
	if attempt > len(c.Attempts) {
		return false
	}
	sent, stored := readCall(f), readCall(storedCall(c, attempt))
	if c.Attempts[attempt-1].Answered.IsZero() {
		sent.Greeting = 0
	}
	if !sent.Suspected {
		sent.SuspectedWhy = ""
	}
	return sent == stored
}

// typedInCall reports whether anything stands in the form that is not stored.
func typedInCall(v fieldwork.ContactView, f *form) bool {
	stored := storedCall(v.Contact, draftKindOf(survey.Phone).attempt(v, f))
	return !sameWords(tellCall(v, f), tellCall(v, stored))
}

// tellCall puts what stands in a form into words.
func tellCall(v fieldwork.ContactView, f *form) []told {
	list := []told{
		{"Utfall", outcomeIn(v, f).Title(), []string{"outcome"}},
		{"Återuppringning", strings.TrimSpace(f.text("call_back_day") + " " + f.text("call_back_clock")),
			[]string{"call_back_day", "call_back_clock"}},
		tellBoxes("Hälsningsfras", boxes(f, greetingBits)),
	}
	list = append(list, tellRatings(v, f)...)
	return append(list, tellRest(f)...)
}

// outcomeIn is the outcome that stands in the form. Handläggare means that
// one was reached, whatever was chosen before; without it nobody was.
func outcomeIn(v fieldwork.ContactView, f *form) survey.Outcome {
	outcome, n := survey.Outcome(f.text("outcome")), attemptOf(f)
	if n > len(v.Contact.Attempts) {
		return outcome
	}
	switch a := v.Contact.Attempts[n-1]; {
	case !a.Connected.IsZero() && a.UnderWay() && outcome != survey.Fault:
		return survey.Reached
	case outcome == survey.Reached && a.Connected.IsZero() && a.UnderWay():
		return "" // the press was undone
	}
	return outcome
}

// callScripts are listed with those they ask for, so that all come at once.
var callScripts = []string{"call.js", "left.js", "draft.js", "line.js", "clock.js"}

// newCallPage makes the page for one dial of the call.
func newCallPage(v fieldwork.ContactView, f *form, attempt int, now time.Time) *callPage {
	p := &callPage{
		layout: layout{Title: v.Participant.Name + ", samtal", Round: &v.Round, Scripts: callScripts},
		View:   v, At: now, Form: f, Attempt: attempt,
	}
	f.set("attempt", strconv.Itoa(attempt))
	f.set("outcome", string(outcomeIn(v, f)))
	return p
}

// dial is the attempt that the page is about, empty before it has been made.
func (p *callPage) dial() survey.Attempt {
	if p.Attempt > len(p.View.Contact.Attempts) {
		return survey.Attempt{}
	}
	return p.View.Contact.Attempts[p.Attempt-1]
}

// Calling reports whether the dial has begun and has no outcome yet.
func (p *callPage) Calling() bool {
	a := p.dial()
	return !a.Dialled.IsZero() && a.UnderWay()
}

// Made reports whether there is a dial to save.
func (p *callPage) Made() bool { return !p.dial().Dialled.IsZero() }

// Locked says why nothing in the call can be changed, or "".
func (p *callPage) Locked() string { return lockedBecause(p.View) }

func lockedBecause(v fieldwork.ContactView) string {
	switch c := v.Contact; {
	case v.Round.Frozen():
		return "Omgången är stängd. Ingenting i den kan ändras."
	case c.Disposition == survey.Void:
		return "Kontakten är makulerad och kan inte ändras."
	case c.State == survey.Approved:
		return "Kontakten är granskad och kan inte ändras."
	}
	return ""
}

// countedAttempts is the number of dials that count.
func countedAttempts(c survey.Contact) int {
	n := 0
	for _, a := range c.Attempts {
		if a.Counted() {
			n++
		}
	}
	return n
}
