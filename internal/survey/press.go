package survey

import "time"

// PressKind says what was done to a phase.
type PressKind string

// What can be done to a phase.
const (
	PressMade      PressKind = "made"
	PressUndone    PressKind = "undone"
	PressCorrected PressKind = "corrected" // with a reason
)

// Press is one thing that was done to the phases of a dial. The phases of an
// Attempt are what is counted; the presses are how they came about. They are
// kept as they were made, whatever is undone or corrected later.
type Press struct {
	Attempt  int // the dial, from 1
	Phase    Phase
	Kind     PressKind
	At       time.Time // the instant the phase has after it; zero: none
	Was      time.Time // the instant it had before; zero: none
	Received time.Time // when the server got to know: later than At when the line was down
	By       string    // e-mail address
	Reason   string    // of a correction
}

// Stroke is a key being pressed: who, when, and when the server got to know.
type Stroke struct {
	By           string // e-mail address
	At, Received time.Time
}

// lineSlack is how much earlier than it was a press that waited for the line
// can seem, because the one before it took longer on its way.
const lineSlack = 3 * time.Second

// follow refuses a press that came before the newest one, at last. One that
// only seems to have done so came at the same time.
func (k *Stroke) follow(last time.Time) error {
	switch early := last.Sub(k.At); {
	case early <= 0:
		return nil
	case k.Received.Before(last):
		return Refuse(ErrConflict, "Serverns klocka har ställts tillbaka. Vänta en stund och tryck igen.")
	case early > lineSlack:
		return Refuse(ErrConflict, "Trycket gjordes före det senaste skedet och kan inte räknas. Rätta tiderna i stället, med ett skäl.")
	}
	k.At = last
	return nil
}

// note keeps what was done to a phase of the newest dial, numbered attempt.
func (c *Contact) note(k Stroke, attempt int, p Phase, kind PressKind, was, at time.Time) {
	c.Presses = append(c.Presses, Press{
		Attempt: attempt, Phase: p, Kind: kind, Was: was, At: at, Received: k.Received, By: k.By,
	})
}
