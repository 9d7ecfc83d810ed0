package survey

import (
	"strings"
	"time"
)

// Outcome is how one dial ended; "" while it is under way.
type Outcome string

// The outcomes of domain.md §3.
const (
	Reached     Outcome = "reached"
	Busy        Outcome = "busy"
	NoAnswer    Outcome = "no_answer"
	QueueLimit  Outcome = "queue_limit"
	Voicemail   Outcome = "voicemail"
	Unavailable Outcome = "unavailable"
	Bounced     Outcome = "bounced"
	Referred    Outcome = "referred"
	ClosedNow   Outcome = "closed"
	Fault       Outcome = "fault"
	underWay    Outcome = ""
)

// OutcomeRule is what follows from an outcome.
type OutcomeRule struct {
	Outcome   Outcome
	Title     string // Swedish
	Retry     bool   // may be tried again within the round's attempts
	NeedsNote bool
}

// Outcomes is the table of domain.md §3, in the order it is shown.
var Outcomes = []OutcomeRule{
	{Reached, "Kontakt med handläggare", false, false},
	{Busy, "Upptaget", true, false},
	{NoAnswer, "Inget svar inom väntetiden", true, false},
	{QueueLimit, "Köade längre än väntetiden", true, false},
	{Voicemail, "Telefonsvarare eller röstbrevlåda", true, false},
	{Unavailable, "Handläggaren ej anträffbar, besked om frånvaro eller återuppringning", true, false},
	{Bounced, "Återkopplad till växeln", true, false},
	{Referred, "Hänvisad till webb, e-post eller annat nummer", false, true},
	{ClosedNow, "Stängt", true, false},
	{Fault, "Eget tekniskt fel", true, true},
}

// Rule gives what follows from the outcome; ok is false for an unknown one.
func (o Outcome) Rule() (rule OutcomeRule, ok bool) {
	for _, r := range Outcomes {
		if r.Outcome == o {
			return r, true
		}
	}
	return OutcomeRule{}, false
}

// Title is the outcome's Swedish name.
func (o Outcome) Title() string {
	r, _ := o.Rule()
	return r.Title
}

// Greeting is the set of things said when the main number answered.
type Greeting uint8

// The items of a complete greeting.
const (
	SaidMunicipality Greeting = 1 << iota
	SaidName
	SaidHello
	FullGreeting = SaidMunicipality | SaidName | SaidHello
)

// Sender is the set of sender data given in a reply.
type Sender uint8

// The items of complete sender data.
const (
	GaveName Sender = 1 << iota
	GaveTitle
	GavePhone
	FullSender = GaveName | GaveTitle | GavePhone
)

var greetingWords = []string{"municipality", "name", "hello"}
var senderWords = []string{"name", "title", "phone"}

// ParseGreeting reads a "+"-list of municipality, name, hello.
func ParseGreeting(s string) (Greeting, bool) {
	set, ok := parseSet(s, greetingWords)
	return Greeting(set), ok
}

// ParseSender reads a "+"-list of name, title, phone.
func ParseSender(s string) (Sender, bool) {
	set, ok := parseSet(s, senderWords)
	return Sender(set), ok
}

func (g Greeting) String() string { return formatSet(uint8(g), greetingWords) }
func (s Sender) String() string   { return formatSet(uint8(s), senderWords) }

func parseSet(s string, words []string) (uint8, bool) {
	var set uint8
	if s == "" {
		return 0, true
	}
	for part := range strings.SplitSeq(s, "+") {
		bit := -1
		for i, w := range words {
			if strings.TrimSpace(part) == w {
				bit = i
			}
		}
		if bit < 0 {
			return 0, false
		}
		set |= 1 << bit
	}
	return set, true
}

func formatSet(set uint8, words []string) string {
	var in []string
	for i, w := range words {
		if set&(1<<i) != 0 {
			in = append(in, w)
		}
	}
	return strings.Join(in, "+")
}

// Attempt is one dial of a phone contact. Instants are zero until they happen.
type Attempt struct {
	Dialled   time.Time
	Answered  time.Time   // a person or a voice menu at the main number
	Forwarded []time.Time // each time the call was put through
	Connected time.Time   // a handläggare who can deal with the question
	Ended     time.Time
	Outcome   Outcome
	Greeting  Greeting
	Ratings   Ratings // only when reached
	Note      string
}

// Counted reports whether the attempt enters the measures: finished, and not
// the evaluator's own technical fault.
func (a Attempt) Counted() bool { return a.Outcome != underWay && a.Outcome != Fault }

// UnderWay reports whether the attempt has begun and not been given an outcome.
func (a Attempt) UnderWay() bool { return a.Outcome == underWay }

// Wait is the time from dialling to the handläggare; ok is false when none was reached.
func (a Attempt) Wait() (wait time.Duration, ok bool) {
	if a.Outcome != Reached || a.Connected.IsZero() {
		return 0, false
	}
	return a.Connected.Sub(a.Dialled), true
}

// FirstCounted is the attempt that accessibility and times are judged on.
func (c Contact) FirstCounted() (Attempt, bool) {
	for _, a := range c.Attempts {
		if a.Counted() {
			return a, true
		}
	}
	return Attempt{}, false
}

// ReachedAttempt is the last attempt that reached a handläggare: quality is rated on it.
func (c Contact) ReachedAttempt() (Attempt, bool) {
	for i := len(c.Attempts) - 1; i >= 0; i-- {
		if c.Attempts[i].Outcome == Reached {
			return c.Attempts[i], true
		}
	}
	return Attempt{}, false
}

// GreetingAttempt is the attempt the greeting is judged on: the one that
// reached somebody, or else the last counted one that was answered. ok is
// false when the main number never answered.
func (c Contact) GreetingAttempt() (Attempt, bool) {
	if a, ok := c.ReachedAttempt(); ok {
		return a, true
	}
	for i := len(c.Attempts) - 1; i >= 0; i-- {
		if a := c.Attempts[i]; a.Counted() && !a.Answered.IsZero() {
			return a, true
		}
	}
	return Attempt{}, false
}

// Accessibility is derived, never typed: from the first counted attempt, good
// when a handläggare was connected within the round's limit, fair when later,
// poor when not at all. ok is false before there is a counted attempt.
func (c Contact) Accessibility(d Design) (level LevelCode, ok bool) {
	a, ok := c.FirstCounted()
	if !ok {
		return "", false
	}
	wait, reached := a.Wait()
	switch {
	case !reached:
		return Poor, true
	case wait <= d.GoodWithin:
		return Good, true
	}
	return Fair, true
}

// counted is the number of attempts that count.
func (c Contact) counted() int {
	n := 0
	for _, a := range c.Attempts {
		if a.Counted() {
			n++
		}
	}
	return n
}

// Current is the attempt under way.
func (c *Contact) Current() (*Attempt, bool) {
	if n := len(c.Attempts); n > 0 && c.Attempts[n-1].UnderWay() {
		return &c.Attempts[n-1], true
	}
	return nil, false
}
