package web

import (
	"fmt"
	"strings"
	"time"

	"servicematning/internal/survey"
)

// waitLine is the wait for a handläggare on a line from 0 to the wait limit.
// Since and Until are instants for the script, "" when the wait is over.
type waitLine struct {
	Title         string // "Väntan"
	Waited, Limit string // "0.52", "5.00"
	Left, Rest    string // "4.08" that is left, and what else there is to say
	Since, Until  string
	Finding       string // the same in a sentence, for those who do not see the line
	Width         string
	Class         string
	From          string   // since when the line grows, for the script; "" when it stands still
	Span, Turn    int64    // its whole length and the limit for good, in milliseconds
	Ticks         []string // answered and put through
	Dot           string   // connected, or ""
	Good          string   // place of the limit for good
	GoodText      string
	LimitText     string
	Over          *waitOver // what to do when the wait is over
}

// waitOver is what to do when the wait is over.
type waitOver struct {
	Text string
	At   string // when that will be, for the script; "" when it has been
}

// Wait draws the wait of the dial in hand; nil before it.
func (p *callPage) Wait() *waitLine {
	a := p.dial()
	if !p.Made() {
		return nil
	}
	limit, good := p.View.Round.Design.WaitLimit, p.View.Round.Design.GoodWithin
	at := func(d time.Duration) string { return percentOf(d.Seconds(), limit.Seconds()) }
	end, stopped := p.waited()
	wait, shown := end.Sub(a.Dialled), between(a.Dialled, end)
	w := &waitLine{
		Title: "Väntan", Waited: runText(shown), Limit: runText(limit), Finding: waitFinding(a, limit, good),
		Width: at(wait), Class: "fill", Span: limit.Milliseconds(), Turn: good.Milliseconds(), Good: at(good),
		GoodText: secondsText(good) + ", gräns för god", LimitText: secondsText(limit) + ", väntegräns",
	}
	for _, t := range append([]time.Time{a.Answered}, a.Forwarded...) {
		if !t.IsZero() {
			w.Ticks = append(w.Ticks, at(t.Sub(a.Dialled)))
		}
	}
	switch {
	case p.Connected():
		w.Dot = at(wait)
	case wait > good:
		w.Class = "fill-warn"
	}
	if stopped {
		w.Rest = waitRest(shown, limit, p.Connected())
		return w
	}
	w.goesOn(p, a.Dialled.Add(limit))
	return w
}

// goesOn adds what the script counts while somebody waits until the limit.
func (w *waitLine) goesOn(p *callPage, limit time.Time) {
	w.Since, w.Until = p.running(p.dial().Dialled), p.running(limit)
	w.From, w.Left = w.Since, runText(between(p.At, limit))
	if p.proposed() == "" {
		return
	}
	w.Over = &waitOver{Text: "Lägg på. Tryck på Avslutat och välj " + p.proposed().Title() + ", som är märkt Förslag."}
	if p.At.Before(limit) {
		w.Over.At = w.Until
	} else {
		w.Left, w.Rest = "", "."
	}
}

// proposed is the outcome that the dial has when nobody comes before the wait
// is over; "" when that is settled.
func (p *callPage) proposed() survey.Outcome {
	a := p.dial()
	switch {
	case !p.Calling() || p.Connected() || p.Locked() != "" || !a.Ended.IsZero() && !p.overdue():
		return ""
	case a.Answered.IsZero():
		return survey.NoAnswer
	}
	return survey.QueueLimit
}

// overdue reports whether the dial lasted as long as anybody is to wait.
func (p *callPage) overdue() bool {
	return p.until().Sub(p.dial().Dialled) >= p.View.Round.Design.WaitLimit
}

// waited is until when the visitor has waited for a handläggare, and whether
// the wait is over.
func (p *callPage) waited() (end time.Time, stopped bool) {
	a := p.dial()
	if p.Connected() {
		return a.Connected, true
	}
	return p.until(), !a.Ended.IsZero()
}

// waitRest says how a wait that is over ended.
func waitRest(wait, limit time.Duration, connected bool) string {
	switch {
	case connected && wait <= limit:
		return ", stannade när handläggaren svarade. " + runText(limit-wait) + " återstod."
	case connected:
		return ", stannade när handläggaren svarade."
	}
	return ". Ingen handläggare nåddes."
}

func waitFinding(a survey.Attempt, limit, good time.Duration) string {
	var parts []string
	add := func(what string, t time.Time) {
		if !t.IsZero() {
			parts = append(parts, what+" efter "+secondsText(between(a.Dialled, t)))
		}
	}
	add("svar", a.Answered)
	for _, t := range a.Forwarded {
		add("kopplad", t)
	}
	add("handläggare", a.Connected)
	if len(parts) == 0 {
		parts = []string{"inget svar än"}
	}
	return fmt.Sprintf("Tidslinje 0 till %s: %s. Gräns för god tillgänglighet %s.",
		secondsText(limit), strings.Join(parts, ", "), secondsText(good))
}

// accessView is the derived accessibility with its rule.
type accessView struct {
	Badge *badge // nil: not settled yet
	Text  string
	Rule  string
	// Later is what holds from LaterAt on, for the script; "" when nothing
	// will change by itself.
	Later, LaterAt string
}

// Access derives the accessibility from the first counted dial, the one under
// way included: what it will be is shown as soon as it is known.
func (p *callPage) Access() accessView {
	d := p.View.Round.Design
	v := accessView{
		Rule: fmt.Sprintf(
			"Räknas fram, väljs inte: god inom %s, medelgod senare, dålig om ingen nås vid första försöket.",
			secondsText(d.GoodWithin),
		),
	}
	c := p.View.Contact
	first, settled := c.FirstCounted()
	switch a := p.dial(); {
	case settled:
		level, _ := c.Accessibility(d)
		v.Badge, v.Text = accessBadge(level), "Första försöket: "+lowerFirst(first.Outcome.Title())+"."
		if _, ok := first.Wait(); ok {
			v.Text = firstReached(first)
		}
	case p.Calling() && !a.Connected.IsZero():
		level := survey.Fair
		if a.Connected.Sub(a.Dialled) <= d.GoodWithin {
			level = survey.Good
		}
		v.Badge, v.Text = accessBadge(level), firstReached(a)
	case p.Calling() && a.Ended.IsZero() && p.At.Sub(a.Dialled) <= d.GoodWithin:
		good := a.Dialled.Add(d.GoodWithin)
		v.Text = "Blir god om handläggaren svarar senast " + secondText(good) + "."
		v.Later, v.LaterAt = "Den tiden har gått: medelgod om en handläggare nås, annars dålig.", machineTime(good)
	case p.Calling() && a.Ended.IsZero():
		v.Text = "Blir medelgod om en handläggare nås, annars dålig."
	case p.Calling():
		v.Text = "Blir dålig: ingen handläggare nåddes. Vid eget tekniskt fel räknas försöket inte."
	default:
		v.Text = "Avgörs av första försöket."
	}
	return v
}

func firstReached(a survey.Attempt) string {
	return "Handläggare vid första försöket efter " + secondsText(between(a.Dialled, a.Connected)) + "."
}

func accessBadge(level survey.LevelCode) *badge {
	kind := "late"
	switch level {
	case survey.Good:
		kind = "ok"
	case survey.Fair:
		kind = "warn"
	default: // accessibility is poor in all other cases
	}
	return &badge{kind, capital(level.Title())}
}
