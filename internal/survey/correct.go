package survey

import (
	"slices"
	"time"

	"servicematning/internal/officehours"
)

// CallTimes is the instants of a dial as they ought to have been stamped, and
// why they were not. Instants are zero where nothing happened.
type CallTimes struct {
	Dialled, Answered time.Time
	Forwarded         []time.Time
	Connected, Ended  time.Time
	Why               string
}

// Times gives the instants of the dial as they are.
func (a Attempt) Times() CallTimes {
	return CallTimes{
		Dialled: a.Dialled, Answered: a.Answered, Forwarded: slices.Clone(a.Forwarded),
		Connected: a.Connected, Ended: a.Ended,
	}
}

// CorrectTimes sets the instants of the newest dial right, as long as the
// contact may be changed. Every instant that differs is kept as a press with
// its reason. When a finished dial gains or loses its handläggare, its outcome
// is open again and has to be reported anew; what was rated stays until then.
//
// The fields of its FieldErrors are dialled, answered, forwarded, connected,
// ended and why.
func (c *Contact) CorrectTimes(t CallTimes, r Round, k Stroke) error {
	if err := r.Open(); err != nil {
		return err
	}
	if err := c.changeable(); err != nil {
		return err
	}
	n := len(c.Attempts)
	if c.Channel != Phone || n == 0 {
		return Refuse(ErrConflict, "Det finns ingen uppringning att rätta.")
	}
	a := &c.Attempts[n-1]
	if t.Answered.IsZero() && len(t.Forwarded) == 0 {
		t.Answered = t.Connected // the handläggare answered
	}
	errs := t.check(*a, r, k.Received)
	if n > 1 && t.Dialled.Before(c.Attempts[n-2].Ended) {
		errs.Add("dialled", "Den förra uppringningen slutade "+StampText(c.Attempts[n-2].Ended)+". Skriv en senare tid.")
	}
	if err := errs.Err(); err != nil {
		return err
	}
	return c.correct(a, t, k)
}

// correct writes the instants and keeps what differs.
func (c *Contact) correct(a *Attempt, t CallTimes, k Stroke) error {
	before := len(c.Presses)
	was := a.Times()
	differ := func(p Phase, was, at time.Time) {
		if !was.Equal(at) {
			c.note(k, len(c.Attempts), p, PressCorrected, was, at)
		}
	}
	differ(Dial, was.Dialled, t.Dialled)
	differ(PickUp, was.Answered, t.Answered)
	for i := range max(len(was.Forwarded), len(t.Forwarded)) {
		differ(Forward, instantAt(was.Forwarded, i), instantAt(t.Forwarded, i))
	}
	differ(Connect, was.Connected, t.Connected)
	differ(HangUp, was.Ended, t.Ended)
	if len(c.Presses) == before {
		return FieldErrors{{"", "Ingen tid är ändrad. Rätta den som är fel, eller gå tillbaka till samtalet."}}
	}
	for i := range c.Presses[before:] {
		c.Presses[before+i].Reason = t.Why
	}
	a.Dialled, a.Answered, a.Forwarded, a.Connected, a.Ended = t.Dialled, t.Answered, t.Forwarded, t.Connected, t.Ended
	if !a.UnderWay() && was.Connected.IsZero() != t.Connected.IsZero() {
		c.reopen(a)
	}
	return nil
}

// reopen makes a finished dial one that is under way again, for its outcome to
// be reported anew. A contact that was returned stays so until then.
func (c *Contact) reopen(a *Attempt) {
	a.Outcome = underWay
	c.Disposition, c.SubmittedAt, c.CallBackAt = "", time.Time{}, time.Time{}
	if c.State != Returned {
		c.State = Begun
	}
}

func instantAt(list []time.Time, i int) time.Time {
	if i < len(list) {
		return list[i]
	}
	return time.Time{}
}

// check says what is wrong with the instants, given how they were stamped.
func (t CallTimes) check(a Attempt, r Round, now time.Time) FieldErrors {
	var errs FieldErrors
	if t.Why == "" {
		errs.Add("why", "Skriv varför tiden ändras, till exempel att du tryckte för sent.")
	}
	errs.checkNote("why", t.Why)
	switch {
	case t.Dialled.IsZero():
		errs.Add("dialled", "Skriv när du ringde. Tiden kan inte tas bort här: ångra trycket i stället.")
		return errs
	case !r.Period.Contains(t.Dialled):
		errs.Add("dialled", "Mätperioden är "+DayText(r.Period.From)+"–"+DateText(r.Period.To)+". Skriv en tid inom den.")
	}
	if t.Answered.IsZero() && len(t.Forwarded) > 0 {
		errs.Add("answered", "Samtalet kopplades, så någon svarade. Skriv när.")
	}
	if t.Ended.IsZero() && !a.UnderWay() {
		errs.Add("ended", "Skriv när samtalet slutade.")
	}
	return append(errs, t.checkOrder(a, now)...)
}

// checkOrder says which instants come before the one they follow, on another
// day than the dial, or after now.
func (t CallTimes) checkOrder(a Attempt, now time.Time) FieldErrors {
	var errs FieldErrors
	last, lastPhase := t.Dialled, Dial
	one := func(field string, p Phase, at time.Time) {
		switch {
		case at.IsZero():
			return
		case at.After(now):
			errs.Add(field, "Tiden har inte inträffat än. Klockan är "+StampText(now)+".")
		case officehours.DateOf(at) != officehours.DateOf(a.Dialled):
			errs.Add(field, "Tiden ska ligga på samma dag som uppringningen, "+DateText(officehours.DateOf(a.Dialled))+".")
		case at.Before(last):
			errs.Add(field, p.Title()+" kan inte komma före "+lastPhase.Title()+", "+StampText(last)+". Skriv en senare tid.")
		}
		last, lastPhase = at, p
	}
	one("dialled", Dial, t.Dialled)
	one("answered", PickUp, t.Answered)
	for _, at := range t.Forwarded {
		one("forwarded", Forward, at)
	}
	one("connected", Connect, t.Connected)
	one("ended", HangUp, t.Ended)
	return errs
}
