package web

import (
	"fmt"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// guide is what the handbook quotes: the rules of the round at hand, or those
// that a new round starts with. No chapter has figures of its own.
type guide struct {
	Design   survey.Design
	Calendar officehours.Calendar
	Of       string // the round's code, "" without one
	version  int    // of the round
	asked    bool   // the address names the round, and links keep it
}

// guideFor takes the round that is asked for, or else the one in the field, or
// else the newest. Without any round it holds for the defaults. A link from a
// round that is over does not lead nowhere.
func guideFor(rounds []survey.Round, asked string) (guide, *survey.Round) {
	i := slices.IndexFunc(rounds, func(r survey.Round) bool { return r.Code == asked })
	found := i >= 0
	if !found {
		i = slices.IndexFunc(rounds, func(r survey.Round) bool { return r.Stage == survey.Fieldwork })
	}
	if len(rounds) == 0 {
		return defaultGuide(), nil
	}
	r := rounds[max(i, 0)]
	return guide{Design: r.Design, Calendar: r.Calendar, Of: r.Code, version: r.Version, asked: found}, &r
}

func defaultGuide() guide {
	return guide{Design: survey.DefaultDesign(survey.Definitions), Calendar: officehours.SwedishCalendar(0, -1)}
}

// To leads to a chapter, or to the section of it that the anchor names.
func (g guide) To(slug string, anchor ...string) string {
	round, section := "", ""
	if g.asked {
		round = g.Of
	}
	if len(anchor) > 0 {
		section = anchor[0]
	}
	return handbookURL(round, slug, section)
}

// Asked is the round that the address names, "" when it names none.
func (g guide) Asked() string {
	if g.asked {
		return g.Of
	}
	return ""
}

// Near is within what accessibility is good: "60 sekunder".
func (g guide) Near() string { return durationText(g.Design.GoodWithin) }

// Limit is how long to wait for a handläggare: "300 sekunder".
func (g guide) Limit() string { return durationText(g.Design.WaitLimit) }

// LimitClock is Limit as the clock on the page shows it: "5.00".
func (g guide) LimitClock() string { return runText(g.Design.WaitLimit) }

// Again reports whether a call that reached nobody can be tried again.
func (g guide) Again() bool { return g.Design.MaxAttempts > 1 }

// Attempts is how many times a call is dialled at most: "ett försök", "högst 3 försök".
func (g guide) Attempts() string {
	if !g.Again() {
		return "ett försök"
	}
	return fmt.Sprintf("högst %d försök", g.Design.MaxAttempts)
}

// Cutoff is the office time after which an e-mail is unanswered.
func (g guide) Cutoff() string { return workingDays(g.Design.ReplyCutoff.Hours()) }

// OneDay and TwoDays are the norms for a reply, in office time.
func (g guide) OneDay() string  { return durationText(oneDay) }
func (g guide) TwoDays() string { return durationText(twoDays) }

// Opens and Closes are the office hours of an ordinary working day.
func (g guide) Opens() string  { return g.Calendar.Opens.String() }
func (g guide) Closes() string { return g.Calendar.Closes.String() }

// durationText writes "60 sekunder", "15 minuter" or "9 timmar": seconds as
// long as the limits of a call are set in them.
func durationText(d time.Duration) string {
	of := func(unit time.Duration, one, many string) string {
		n := int(d / unit)
		return number(n) + nbsp + plural(n, one, many)
	}
	switch {
	case d%time.Hour == 0:
		return of(time.Hour, "timme", "timmar")
	case d%time.Minute == 0 && d > 10*time.Minute:
		return of(time.Minute, "minut", "minuter")
	}
	return of(time.Second, "sekund", "sekunder")
}

// outcomeHelp is an outcome with what follows from it in this round.
type outcomeHelp struct {
	survey.OutcomeRule
	Again string // when it is dialled again, or that it is not
}

// Outcome gives what follows from an outcome.
func (g guide) Outcome(o survey.Outcome) outcomeHelp {
	rule, _ := o.Rule()
	again := "genast"
	if d := g.Design.RetryDelay(o); d > 0 {
		again = "efter " + durationText(d)
	}
	h := outcomeHelp{OutcomeRule: rule, Again: "rings inte om"}
	switch {
	case o == survey.Fault:
		h.Again = "rings om " + again
	case rule.Retry && g.Again():
		h.Again = "rings om " + again + ", så länge försöken räcker"
	}
	return h
}

// Outcomes lists all of them.
func (g guide) Outcomes() []outcomeHelp {
	list := make([]outcomeHelp, len(survey.Outcomes))
	for i, rule := range survey.Outcomes {
		list[i] = g.Outcome(rule.Outcome)
	}
	return list
}

// Scales gives a criterion in the channels that judge it, with the words of
// this round.
func (g guide) Scales(code survey.CriterionCode) []survey.Criterion {
	var list []survey.Criterion
	for _, ch := range survey.Channels {
		if c, ok := g.Design.Criterion(ch, code); ok {
			list = append(list, c)
		}
	}
	return list
}

// Name is a criterion's title, with both where the channels call it differently.
func (g guide) Name(code survey.CriterionCode) string {
	text := ""
	for _, c := range g.Scales(code) {
		switch {
		case text == "":
			text = c.Title
		case text != c.Title:
			text += " och " + lowerFirst(c.Title)
		}
	}
	return text
}

// levelHelp is one level of a criterion, with this round's words per channel.
type levelHelp struct {
	ID, Title string
	Anchors   []survey.Criterion // of each, the one level in question
}

// Level gives a level of a criterion; nil when no channel of the round has it.
func (g guide) Level(code survey.CriterionCode, level survey.LevelCode) *levelHelp {
	h := &levelHelp{ID: string(code) + "-" + string(level), Title: capital(level.Title())}
	for _, c := range g.Scales(code) {
		i := slices.IndexFunc(c.Scale, func(l survey.Level) bool { return l.Code == level })
		if i >= 0 {
			c.Scale = c.Scale[i : i+1]
			h.Anchors = append(h.Anchors, c)
		}
	}
	if len(h.Anchors) == 0 {
		return nil
	}
	return h
}

// Weights are what the impressions are made of.
func (g guide) Weights() []weightGroup { return weightGroups(g.Design.Weights) }

// Measures are the figures with their formulas.
func (g guide) Measures() []methodGroup { return methodGroups() }

// Hold is how long a contact that has been handed out and not begun stays
// with who got it.
func (g guide) Hold() string { return durationText(g.Design.Hold()) }

// commandGroup is keyboard commands under a heading.
type commandGroup struct {
	Title    string
	Commands []commandHelp
}

// commandHelp is what a key does, as the keys come.
type commandHelp struct{ Shown, Title string }

// KeyGroups lists the keyboard commands of those who make the contacts.
func (g guide) KeyGroups() []commandGroup {
	var list []commandGroup
	for _, c := range survey.Commands {
		if n := len(list); n == 0 || list[n-1].Title != c.Group {
			list = append(list, commandGroup{Title: c.Group})
		}
		last := &list[len(list)-1]
		last.Commands = append(last.Commands, commandHelp{survey.Shown(c.Key), c.Title})
	}
	return list
}
