package web

import (
	"fmt"
	"strings"
	"time"

	"servicematning/internal/survey"
)

// waitLine is the wait for a handläggare on a line from 0 to the wait limit.
type waitLine struct {
	Strong, Rest string // "Väntan 0.52", " av högst 5.00 …"
	Finding      string // the same in a sentence, for those who do not see the line
	Width        string
	Class        string
	Ticks        []string // answered and put through
	Dot          string   // connected, or ""
	Good         string   // place of the limit for good
	GoodText     string
	LimitText    string
	Over         string // what to do when the wait is over, or ""
}

// Wait draws the wait of the dial in hand; nil before it.
func (p *callPage) Wait() *waitLine {
	a := p.dial()
	if !p.Made() {
		return nil
	}
	limit, good := p.View.Round.Design.WaitLimit, p.View.Round.Design.GoodWithin
	at := func(d time.Duration) string { return percentOf(d.Seconds(), limit.Seconds()) }
	wait, stopped := p.waited()
	w := &waitLine{
		Strong: "Väntan " + runText(wait), Rest: waitRest(wait, limit, stopped, !a.Connected.IsZero()),
		Width: at(wait), Class: "fill", Good: at(good),
		GoodText: secondsText(good) + ", gräns för god", LimitText: secondsText(limit) + ", väntegräns",
	}
	for _, t := range append([]time.Time{a.Answered}, a.Forwarded...) {
		if !t.IsZero() {
			w.Ticks = append(w.Ticks, at(t.Sub(a.Dialled)))
		}
	}
	if !a.Connected.IsZero() {
		w.Dot = at(wait)
	} else if wait > good {
		w.Class = "fill-warn"
	}
	w.Finding = waitFinding(a, limit, good)
	if p.Calling() && a.Connected.IsZero() && wait >= limit {
		w.Over = overText(a, limit)
	}
	return w
}

// waited is how long the visitor waited for a handläggare, and whether the
// wait is over.
func (p *callPage) waited() (wait time.Duration, stopped bool) {
	a := p.dial()
	if !a.Connected.IsZero() {
		return a.Connected.Sub(a.Dialled), true
	}
	return p.until().Sub(a.Dialled), !a.Ended.IsZero()
}

func waitRest(wait, limit time.Duration, stopped, connected bool) string {
	rest := " av högst " + runText(limit)
	left := runText(limit - wait)
	switch {
	case connected && wait <= limit:
		return rest + ", stannade när handläggaren svarade. " + left + " återstod."
	case connected:
		return rest + ", stannade när handläggaren svarade."
	case stopped:
		return rest + ". Ingen handläggare nåddes."
	case wait < limit:
		return rest + ". " + left + " kvar."
	}
	return rest + "."
}

func waitFinding(a survey.Attempt, limit, good time.Duration) string {
	var parts []string
	add := func(what string, t time.Time) {
		if !t.IsZero() {
			parts = append(parts, what+" efter "+secondsText(t.Sub(a.Dialled)))
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

// overText proposes how the dial ended when the wait limit has passed.
func overText(a survey.Attempt, limit time.Duration) string {
	outcome := survey.QueueLimit
	if a.Answered.IsZero() {
		outcome = survey.NoAnswer
	}
	return runText(
		limit,
	) + " har gått utan handläggare. Lägg på och välj utfallet " + lowerFirst(
		outcome.Title(),
	) + "."
}

// accessView is the derived accessibility with its rule.
type accessView struct {
	Badge *badge // nil: not settled yet
	Text  string
	Rule  string
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
		if wait, ok := first.Wait(); ok {
			v.Text = "Handläggare vid första försöket efter " + secondsText(wait) + "."
		}
	case p.Calling() && !a.Connected.IsZero():
		wait := a.Connected.Sub(a.Dialled)
		level := survey.Fair
		if wait <= d.GoodWithin {
			level = survey.Good
		}
		v.Badge, v.Text = accessBadge(level), "Handläggare vid första försöket efter "+secondsText(wait)+"."
	case p.Calling() && a.Ended.IsZero() && p.At.Sub(a.Dialled) <= d.GoodWithin:
		v.Text = "Blir god om handläggaren svarar senast " + secondText(a.Dialled.Add(d.GoodWithin)) + "."
	case p.Calling() && a.Ended.IsZero():
		v.Text = "Blir medelgod om en handläggare nås, annars dålig."
	case p.Calling():
		v.Text = "Blir dålig: ingen handläggare nåddes. Vid eget tekniskt fel räknas försöket inte."
	default:
		v.Text = "Avgörs av första försöket."
	}
	return v
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
