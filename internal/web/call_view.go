package web

import (
	"fmt"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Place is the municipality's name.
func (p *callPage) Place() string { return p.View.Participant.Name }

// Area is the question's area.
func (p *callPage) Area() string { return p.View.Contact.Area.Title() }

// URL is the call's own address.
func (p *callPage) URL() string { return contactURL(p.View.Contact) }

// Phone is the number as it is read aloud.
func (p *callPage) Phone() string { return phoneText(p.View.Participant.Phone) }

// Which says which question and which of its contacts the call is.
func (p *callPage) Which() string {
	c := p.View.Contact
	return c.Question + ", " + c.ReplicateTitle(p.View.Round.Design)
}

// Planned is when the call was to be made.
func (p *callPage) Planned() string {
	return whenText(p.View.Contact.PlannedAt, officehours.DateOf(p.At))
}

// Hours is when the main number is open today.
func (p *callPage) Hours() string {
	return hoursText(p.View.Participant.ParticipantHours(p.View.Round.Calendar.HoursOn(officehours.DateOf(p.At))))
}

// Say is the question as it is asked.
func (p *callPage) Say() string { return survey.Said(p.View.Question.PhoneText, p.Place()) }

// AnswerKey is the points that a right answer holds.
func (p *callPage) AnswerKey() []string { return keyPoints(p.View.Question.AnswerKey, p.Place()) }

func keyPoints(key, place string) []string {
	return strings.FieldsFunc(survey.Said(key, place), func(r rune) bool { return r == '\n' || r == '\r' })
}

// AttemptText is "1 av 2": dials that failed for technical reasons do not count.
func (p *callPage) AttemptText() string {
	n := 1
	for _, a := range p.View.Contact.Attempts[:p.Attempt-1] {
		if a.Counted() {
			n++
		}
	}
	return fmt.Sprintf("%d av %d", n, p.View.Round.Design.MaxAttempts)
}

// phaseStep is one field of the phase strip.
type phaseStep struct {
	Phase       survey.Phase
	Title       string
	Class       string
	Time, Since string
	Run, From   string // "1.28", and for the script since when it counts
	Possible    bool
	Current     bool
}

// Phases is the strip: what has been pressed, what can be, and what comes later.
func (p *callPage) Phases() []phaseStep {
	a := p.dial()
	steps := make([]phaseStep, 0, len(survey.Phases))
	possible, next := p.possible()
	newest := newestPhase(a)
	for _, phase := range survey.Phases {
		at := pressedAt(a, phase)
		s := phaseStep{
			Phase: phase, Title: phase.Title(), Time: "–", Possible: possible[phase],
			Current: p.Calling() && phase == newest, Class: "ph",
		}
		switch {
		case s.Current:
			s.Class += " ph-now"
		case !at.IsZero():
			s.Class += " ph-done"
		case phase == next:
			s.Class += " ph-next"
			s.Time = phaseHint(phase)
		}
		if !at.IsZero() {
			s.Time, s.Since = secondText(at), p.since(phase, at)
		}
		if phase == survey.Connect && !at.IsZero() {
			s.Run, s.From = runText(between(at, p.until())), p.running(at)
		}
		steps = append(steps, s)
	}
	return steps
}

// possible says which phases can be pressed now, and which is to be expected.
func (p *callPage) possible() (set map[survey.Phase]bool, next survey.Phase) {
	a := p.dial()
	switch {
	case p.Locked() != "":
		return nil, ""
	case !p.Made():
		if p.View.Contact.CanDial(p.View.Round) != nil || p.View.Round.Stage != survey.Fieldwork {
			return nil, ""
		}
		return map[survey.Phase]bool{survey.Dial: true}, survey.Dial
	case !a.UnderWay(), !a.Ended.IsZero():
		return nil, ""
	case !a.Connected.IsZero():
		return map[survey.Phase]bool{survey.HangUp: true}, survey.HangUp
	case a.Answered.IsZero():
		return map[survey.Phase]bool{survey.PickUp: true, survey.Connect: true, survey.HangUp: true}, survey.PickUp
	}
	set = map[survey.Phase]bool{survey.Forward: true, survey.Connect: true, survey.HangUp: true}
	if len(a.Forwarded) == 0 {
		return set, survey.Forward
	}
	return set, survey.Connect
}

// phaseHint says when to press the phase that is expected.
func phaseHint(p survey.Phase) string {
	switch p {
	case survey.Dial:
		return "tryck när du ringer"
	case survey.PickUp:
		return "tryck när någon svarar"
	case survey.Forward:
		return "tryck vid koppling"
	case survey.Connect:
		return "tryck när handläggaren svarar"
	case survey.HangUp:
		return "tryck när samtalet är slut"
	}
	return ""
}

// pressedAt gives the newest instant of a phase.
func pressedAt(a survey.Attempt, p survey.Phase) time.Time {
	switch p {
	case survey.Dial:
		return a.Dialled
	case survey.PickUp:
		return a.Answered
	case survey.Forward:
		if n := len(a.Forwarded); n > 0 {
			return a.Forwarded[n-1]
		}
	case survey.Connect:
		return a.Connected
	case survey.HangUp:
		return a.Ended
	}
	return time.Time{}
}

// newestPhase is the phase that the call is in.
func newestPhase(a survey.Attempt) survey.Phase {
	newest := survey.Phase("")
	for _, p := range survey.Phases {
		if !pressedAt(a, p).IsZero() {
			newest = p
		}
	}
	return newest
}

// since says what a pressed phase means in seconds.
func (p *callPage) since(phase survey.Phase, at time.Time) string {
	a := p.dial()
	after := "efter " + secondsText(between(a.Dialled, at))
	switch phase {
	case survey.Dial:
		return "start"
	case survey.PickUp:
		return after + ", huvudnumret"
	case survey.Forward:
		return fmt.Sprintf("%s, %d %s", after, len(a.Forwarded), plural(len(a.Forwarded), "gång", "gånger"))
	case survey.Connect:
		return after + ", talat"
	case survey.HangUp:
		return "varade " + runText(between(a.Dialled, a.Ended))
	}
	return ""
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// running is an instant that something is counted from, for the script; ""
// when the dial is over.
func (p *callPage) running(from time.Time) string {
	if !p.Calling() || !p.dial().Ended.IsZero() {
		return ""
	}
	return machineTime(from)
}

// until is where the dial ends: now while it goes on.
func (p *callPage) until() time.Time {
	if a := p.dial(); !a.Ended.IsZero() {
		return a.Ended
	}
	return p.At
}

// CanUndo reports whether there is a press to take back.
func (p *callPage) CanUndo() bool { return p.Calling() && p.Locked() == "" }

// CanSave reports whether there is a dial whose outcome can be saved.
func (p *callPage) CanSave() bool { return p.Made() && p.Locked() == "" }

// callClock is the time since the dial began.
type callClock struct {
	Title, Text string
	Since       string // for the script; "" when the clock stands still
}

// Clock is the length of the call, or nil before it.
func (p *callPage) Clock() *callClock {
	a := p.dial()
	if !p.Made() {
		return nil
	}
	c := &callClock{Title: "Samtalet varade", Text: runText(between(a.Dialled, p.until()))}
	if c.Since = p.running(a.Dialled); c.Since != "" {
		c.Title = "Samtalet pågår"
	}
	return c
}

// machineTime writes an instant for a script.
func machineTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// CanCorrect reports whether there are instants to correct.
func (p *callPage) CanCorrect() bool { return p.CanSave() && p.Attempt == len(p.View.Contact.Attempts) }

// Connected reports whether a handläggare has been reached in the dial.
func (p *callPage) Connected() bool { return !p.dial().Connected.IsZero() }

// outcomeChoice is one way that a dial can end.
type outcomeChoice struct {
	Value    survey.Outcome
	Title    string
	Checked  bool
	Proposed bool // once the wait is over
}

// Outcomes is the ways that the dial can have ended: when a handläggare has
// been reached only two are left, which also keeps the page short.
func (p *callPage) Outcomes() []outcomeChoice {
	connected, proposed := p.Connected(), p.proposed()
	chosen := survey.Outcome(p.Form.text("outcome"))
	var list []outcomeChoice
	for _, rule := range survey.Outcomes {
		fits := (rule.Outcome == survey.Reached) == connected || rule.Outcome == survey.Fault
		if fits || rule.Outcome == chosen || !p.Made() {
			list = append(list, outcomeChoice{rule.Outcome, rule.Title, rule.Outcome == chosen, rule.Outcome == proposed})
		}
	}
	return list
}

// OutcomeHint says why some outcomes cannot be chosen.
func (p *callPage) OutcomeHint() string {
	switch a := p.dial(); {
	case !p.Calling():
		return ""
	case !a.Connected.IsZero():
		return "Du har tryckt på Handläggare. Ångra det om samtalet slutade på annat sätt."
	}
	return "Kontakt med handläggare kan väljas när du har tryckt på Handläggare."
}

// Ratings is the criteria in two columns, where there can have been something
// to judge.
func (p *callPage) Ratings() [][]ratingGroup {
	if a := p.dial(); p.Made() && !a.UnderWay() && a.Connected.IsZero() {
		return nil
	}
	return inColumns(ratingGroups(p.View, p.Form))
}

// Greeting is the parts of a complete greeting.
func (p *callPage) Greeting() []box { return boxes(p.Form, greetingBits) }

// pastAttempt is a dial that was made before the one in hand.
type pastAttempt struct {
	Number        int
	When, Outcome string
	Length, Note  string
	Newest        bool
}

// Past is the earlier dials, the newest first.
func (p *callPage) Past() []pastAttempt {
	var list []pastAttempt
	for i := min(p.Attempt-1, len(p.View.Contact.Attempts)) - 1; i >= 0; i-- {
		a := p.View.Contact.Attempts[i]
		list = append(list, pastAttempt{
			Number: i + 1, When: survey.MomentText(a.Dialled), Outcome: a.Outcome.Title(),
			Length: runText(between(a.Dialled, a.Ended)), Note: a.Note, Newest: i == len(p.View.Contact.Attempts)-1,
		})
	}
	return list
}

// Again says that the call can be dialled again and why, or "".
func (p *callPage) Again() string {
	c := p.View.Contact
	n := len(c.Attempts)
	if p.Made() || n == 0 || c.CanDial(p.View.Round) != nil {
		return ""
	}
	last := c.Attempts[n-1]
	if last.Outcome == survey.Fault {
		return "Förra uppringningen slutade med eget tekniskt fel och räknas inte. Ring igen när felet är avhjälpt."
	}
	today := officehours.DateOf(p.At)
	left := p.View.Round.Design.MaxAttempts - countedAttempts(c)
	text := fmt.Sprintf("Förra uppringningen, %s: %s. %d försök återstår. ",
		whenText(last.Dialled, today), lowerFirst(last.Outcome.Title()), left)
	switch at, _ := c.AgainAt(p.View.Round.Design); {
	case !c.CallBackAt.IsZero():
		return text + "Återuppringning är avtalad " + whenText(at, today) + "."
	case at.After(p.At):
		return text + "Vänta till " + whenText(at, today) + " innan du ringer igen."
	}
	return text + "Tryck på Ringer för att ringa igen."
}

// Correcting reports whether an earlier dial is corrected while another could
// be made.
func (p *callPage) Correcting() bool {
	c := p.View.Contact
	return p.Made() && !p.Calling() && c.State == survey.Begun
}

// MovedOn says how far the call has come when another window has changed it.
func (p *callPage) MovedOn() string {
	c := p.View.Contact
	text := "Samtalet har ändrats i ett annat fönster. "
	a, calling := c.Current()
	switch {
	case calling:
		phase := newestPhase(*a)
		text += fmt.Sprintf("Det står nu på %s, tryckt %s. ", phase.Title(), secondText(pressedAt(*a, phase)))
	case len(c.Attempts) == 0:
		text += "Det är inte ringt. "
	default:
		text += "Det är avslutat: " + lowerFirst(c.Attempts[len(c.Attempts)-1].Outcome.Title()) + ". "
	}
	return text + "Sidan visar nu det som gäller, och det du har fyllt i står kvar."
}
