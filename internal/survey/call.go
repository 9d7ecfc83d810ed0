package survey

import (
	"fmt"
	"time"
)

// Phase is a key the evaluator presses during a call.
type Phase string

// The phases in their order: Ringer, Svar, Kopplas, Handläggare, Avslutat.
const (
	Dial    Phase = "dial"
	PickUp  Phase = "answer"
	Forward Phase = "forward"
	Connect Phase = "connect"
	HangUp  Phase = "end"
)

// Phases in the order they are shown.
var Phases = []Phase{Dial, PickUp, Forward, Connect, HangUp}

// Title is what the key says.
func (p Phase) Title() string {
	switch p {
	case Dial:
		return "Ringer"
	case PickUp:
		return "Svar"
	case Forward:
		return "Kopplas"
	case Connect:
		return "Handläggare"
	case HangUp:
		return "Avslutat"
	}
	return string(p)
}

// CanDial says whether another attempt may be made, and why not in words.
func (c Contact) CanDial(r Round) error {
	if err := c.changeable(); err != nil {
		return err
	}
	if c.Channel != Phone {
		return Refuse(ErrConflict, "Kontakten är ett e-brev.")
	}
	if c.Finished() || c.State == Returned && c.Disposition != "" {
		return Refuse(ErrConflict, "Samtalet är redan klart. Bedömningen kan rättas, men inte ringas om.")
	}
	if n := c.counted(); n >= r.Design.MaxAttempts {
		return Refuse(ErrConflict, fmt.Sprintf("Alla %d försök är gjorda.", n))
	}
	return nil
}

// Press stamps a phase of the attempt under way with the server's clock.
// Pressing Ringer begins an attempt; pressing Handläggare without Svar means
// that the handläggare answered. A press that cannot be is refused with words.
func (c *Contact) Press(p Phase, r Round, k Stroke) error {
	if err := r.Open(); err != nil {
		return err
	}
	if p == Dial {
		return c.dial(r, k)
	}
	a, ok := c.Current()
	if !ok {
		return Refuse(ErrConflict, "Tryck på Ringer först.")
	}
	if !a.Ended.IsZero() {
		return Refuse(ErrConflict, "Samtalet är avslutat. Välj utfall och spara.")
	}
	if err := k.follow(a.last()); err != nil {
		return err
	}
	if err := a.press(p, k.At); err != nil {
		return err
	}
	c.note(k, len(c.Attempts), p, PressMade, time.Time{}, k.At)
	return nil
}

func (c *Contact) dial(r Round, k Stroke) error {
	if err := c.CanDial(r); err != nil {
		return err
	}
	if _, ok := c.Current(); ok {
		return Refuse(ErrConflict, "En uppringning pågår redan. Avsluta den och välj utfall.")
	}
	if err := inPeriod(r, k.At); err != nil {
		return err
	}
	if n := len(c.Attempts); n > 0 {
		if err := k.follow(c.Attempts[n-1].last()); err != nil {
			return err
		}
	}
	c.Attempts = append(c.Attempts, Attempt{Dialled: k.At})
	c.State = Begun
	c.note(k, len(c.Attempts), Dial, PressMade, time.Time{}, k.At)
	return nil
}

func (a *Attempt) press(p Phase, now time.Time) error {
	connected := !a.Connected.IsZero()
	switch p {
	case PickUp:
		if !a.Answered.IsZero() {
			return Refuse(ErrConflict, "Svar är redan tryckt.")
		}
		a.Answered = now
	case Forward:
		if a.Answered.IsZero() || connected {
			return Refuse(ErrConflict, "Kopplas kan tryckas efter Svar och före Handläggare.")
		}
		a.Forwarded = append(a.Forwarded, now)
	case Connect:
		if connected {
			return Refuse(ErrConflict, "Handläggare är redan tryckt.")
		}
		if a.Answered.IsZero() {
			a.Answered = now
		}
		a.Connected = now
	case HangUp:
		a.Ended = now
	case Dial:
		return Refuse(ErrConflict, "En uppringning pågår redan.")
	default:
		return Refuse(ErrConflict, "Okänd tangent.")
	}
	return nil
}

// last is the newest instant of the attempt.
func (a Attempt) last() time.Time {
	t := a.Dialled
	for _, u := range append([]time.Time{a.Answered, a.Connected, a.Ended}, a.Forwarded...) {
		if u.After(t) {
			t = u
		}
	}
	return t
}

// newest is the phase that was pressed last.
func (a Attempt) newest() Phase {
	switch {
	case !a.Ended.IsZero():
		return HangUp
	case !a.Connected.IsZero():
		return Connect
	case len(a.Forwarded) > 0:
		return Forward
	case !a.Answered.IsZero():
		return PickUp
	}
	return Dial
}

// Undo takes back the newest press of the attempt under way.
func (c *Contact) Undo(k Stroke) error {
	a, ok := c.Current()
	if !ok {
		return Refuse(ErrConflict, "Det finns inget tryck att ångra.")
	}
	c.note(k, len(c.Attempts), a.newest(), PressUndone, a.last(), time.Time{})
	switch {
	case !a.Ended.IsZero():
		a.Ended = time.Time{}
	case !a.Connected.IsZero():
		if a.Answered.Equal(a.Connected) {
			a.Answered = time.Time{}
		}
		a.Connected = time.Time{}
	case len(a.Forwarded) > 0:
		a.Forwarded = a.Forwarded[:len(a.Forwarded)-1]
	case !a.Answered.IsZero():
		a.Answered = time.Time{}
	default:
		c.Attempts = c.Attempts[:len(c.Attempts)-1]
		if len(c.Attempts) == 0 {
			c.State = Planned
		}
	}
	return nil
}

// CallReport is what the evaluator says about a finished dial.
type CallReport struct {
	Outcome      Outcome
	Greeting     Greeting
	Ratings      Ratings
	Note         string
	Suspected    bool
	SuspectedWhy string
	CallBackAt   time.Time // an appointment agreed with whoever answered; zero: none
}

// ReportCall settles the attempt under way, or corrects the newest one when
// none is. A finished attempt that may be tried again leaves the contact
// begun while attempts remain; otherwise the contact is submitted.
func (c *Contact) ReportCall(rep CallReport, r Round, now time.Time) error {
	if err := r.Open(); err != nil {
		return err
	}
	if err := c.changeable(); err != nil {
		return err
	}
	if c.Channel != Phone || len(c.Attempts) == 0 {
		return Refuse(ErrConflict, "Tryck på Ringer först. Det finns ingen uppringning att spara.")
	}
	a := c.Attempts[len(c.Attempts)-1]
	errs := append(rep.check(a, r.Design), rep.checkCallBack(c.CallBackAt, r, now)...)
	errs = append(errs, c.Suspect(rep.Suspected, rep.SuspectedWhy)...)
	if err := errs.Err(); err != nil {
		return err
	}
	if a.Ended.IsZero() {
		a.Ended = now
	}
	a.Outcome, a.Greeting, a.Ratings, a.Note = rep.Outcome, rep.Greeting, rep.Ratings, rep.Note
	if a.Answered.IsZero() {
		a.Greeting = 0
	}
	c.Attempts[len(c.Attempts)-1] = a
	c.settle(r.Design, now)
	c.CallBackAt = time.Time{}
	if c.State == Begun {
		c.CallBackAt = rep.CallBackAt
	}
	return nil
}

// check says what is wrong with the report, given what was pressed.
func (rep CallReport) check(a Attempt, d Design) FieldErrors {
	var errs FieldErrors
	rule, known := rep.Outcome.Rule()
	if !known {
		errs.Add("outcome", "Välj hur uppringningen slutade.")
		return errs
	}
	connected := !a.Connected.IsZero()
	if rep.Outcome == Reached && !connected {
		errs.Add("outcome", "Du har inte tryckt på Handläggare. Tryck när handläggaren svarar, eller välj ett annat utfall.")
	}
	if rep.Outcome != Reached && rep.Outcome != Fault && connected {
		errs.Add("outcome", "Du har tryckt på Handläggare. Ångra det, eller välj Kontakt med handläggare.")
	}
	errs.checkNote("note", rep.Note)
	if rule.NeedsNote && rep.Note == "" {
		errs.Add("note", "Skriv en anteckning: utfallet "+rule.Title+" behöver en förklaring.")
	}
	if rep.Outcome == Reached {
		errs = append(errs, rep.Ratings.check(d, Phone, true)...)
	} else if rep.Ratings != (Ratings{}) {
		errs.Add("answer", "Bedömning görs bara när en handläggare har nåtts.")
	}
	return errs
}

// checkCallBack says why the call cannot be agreed on for then. One that is
// already agreed may have passed when its report is corrected.
func (rep CallReport) checkCallBack(agreed time.Time, r Round, now time.Time) FieldErrors {
	var errs FieldErrors
	at := rep.CallBackAt
	switch {
	case at.IsZero(), at.Equal(agreed) && rep.Outcome == Unavailable:
	case rep.Outcome != Unavailable:
		errs.Add("call_back",
			"En tid kan bara avtalas när handläggaren inte är anträffbar. Ta bort tiden eller ändra utfallet.")
	case !at.After(now):
		errs.Add("call_back", "Tiden har passerat. Skriv en tid som kommer.")
	case !r.Period.Contains(at):
		errs.Add("call_back", "Tiden ligger efter mätperiodens sista dag, "+DateText(r.Period.To)+".")
	case !r.Calendar.Open(at):
		errs.Add("call_back", "Då är kommunerna stängda. Skriv en tid inom kontorstid på en arbetsdag.")
	}
	return errs
}

// settle moves the contact on after an attempt has got its outcome.
func (c *Contact) settle(d Design, now time.Time) {
	a := c.Attempts[len(c.Attempts)-1]
	rule, _ := a.Outcome.Rule()
	switch {
	case a.Outcome == Reached:
		c.finish(Completed, now)
	case a.Outcome == Fault, rule.Retry && c.counted() < d.MaxAttempts:
		c.State, c.Disposition = Begun, ""
	default:
		c.finish(NoContact, now)
	}
}

// finish submits the contact with its disposition. A correction keeps the
// first instant of submission.
func (c *Contact) finish(d Disposition, now time.Time) {
	c.State, c.Disposition = Submitted, d
	if c.SubmittedAt.IsZero() {
		c.SubmittedAt = now
	}
}
