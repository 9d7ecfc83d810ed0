package survey

import (
	"fmt"
	"time"
)

// State is how far a contact has come.
type State string

// The states of a contact.
const (
	Planned   State = "planned"   // nothing has been done
	Begun     State = "begun"     // dialled or sent, not finished
	Submitted State = "submitted" // finished by the evaluator
	Returned  State = "returned"  // sent back by a project lead with a question
	Approved  State = "approved"  // reviewed; the evaluator can no longer change it
)

// Title is the state's Swedish name.
func (s State) Title() string {
	switch s {
	case Planned:
		return "planerad"
	case Begun:
		return "påbörjad"
	case Submitted:
		return "klar"
	case Returned:
		return "returnerad"
	case Approved:
		return "godkänd"
	}
	return string(s)
}

// Disposition says how a contact ended. It is empty until then.
type Disposition string

// The dispositions.
const (
	Completed Disposition = "completed"  // a handläggare was reached, or a person replied
	NoContact Disposition = "no_contact" // no handläggare was reached
	NoReply   Disposition = "no_reply"   // no reply by a person within the cut-off
	Void      Disposition = "void"       // made in error; never counts
)

// Title is the disposition's Swedish name.
func (d Disposition) Title() string {
	switch d {
	case Completed:
		return "genomförd"
	case NoContact:
		return "ingen kontakt"
	case NoReply:
		return "ej besvarad"
	case Void:
		return "makulerad"
	}
	return ""
}

// Contact is one planned test call or test e-mail: the unit of fieldwork.
type Contact struct {
	ID           ContactID
	Round        RoundID
	Municipality string // code
	Channel      Channel
	Area         QuestionArea
	Question     string // code
	Replicate    int    // 1, 2; 3 and up are replacements of voided ones
	Evaluator    string // e-mail address; kept as text for imported contacts
	PlannedAt    time.Time
	State        State
	Disposition  Disposition
	Attempts     []Attempt // phone only, in the order they were made
	Mail         Mail      // e-mail only
	Suspected    bool      // "misstänkt upptäckt"
	SuspectedWhy string
	ReviewNote   string // why it was returned or voided
	ReviewedBy   string // e-mail address of who returned, approved or voided it
	SubmittedAt  time.Time
	ReturnedAt   time.Time // when it was last sent back to its evaluator; zero: never
	CallBackAt   time.Time // an appointment agreed on the phone; zero: none
	HeldBy       string    // e-mail address of the evaluator it has been handed out to
	HeldUntil    time.Time // when that ends unless the contact is begun
	Version      int       // counts saves; a stale save is ErrConflict

	// What a change adds. It is kept beside the contact, and is empty when the
	// contact is read.
	Presses []Press
	Replies []ReplyText
}

// Cell is what two contacts of the same thing share.
type Cell struct {
	Municipality string
	Question     string
	Channel      Channel
}

// Cell gives the contact's cell.
func (c Contact) Cell() Cell { return Cell{c.Municipality, c.Question, c.Channel} }

// Key identifies a contact in files: the cell and the replicate.
type Key struct {
	Cell
	Replicate int
}

// Key gives the contact's natural key within its round.
func (c Contact) Key() Key { return Key{c.Cell(), c.Replicate} }

// ReplicateTitle is "första kontakten", "andra kontakten" or "ersättning".
func (c Contact) ReplicateTitle(d Design) string {
	switch {
	case c.Replicate > d.Replicates:
		return "ersättning"
	case c.Replicate == 1:
		return "första kontakten"
	case c.Replicate == 2:
		return "andra kontakten"
	}
	return fmt.Sprintf("kontakt %d", c.Replicate)
}

// Counts reports whether the contact enters the measures: submitted, or
// approved where the round requires review, and not voided.
func (c Contact) Counts(d Design) bool {
	if c.Disposition == Void {
		return false
	}
	return c.State == Approved || c.State == Submitted && !d.ReviewRequired
}

// Finished reports whether the evaluator has nothing more to do with it.
func (c Contact) Finished() bool {
	return c.Disposition == Void || c.State == Submitted || c.State == Approved
}

// changeable is nil while the evaluator may still change the contact.
func (c Contact) changeable() error {
	switch {
	case c.Disposition == Void:
		return Refuse(ErrConflict, "Kontakten är makulerad och kan inte ändras.")
	case c.State == Approved:
		return Refuse(ErrConflict, "Kontakten är granskad och kan inte ändras.")
	}
	return nil
}

// inPeriod refuses an instant outside the round's field period.
func inPeriod(r Round, at time.Time) error {
	if r.Period.Contains(at) {
		return nil
	}
	return Refuse(
		ErrConflict,
		fmt.Sprintf(
			"Mätperioden är %s–%s. Kontakter kan bara göras då.",
			DayText(r.Period.From),
			DateText(r.Period.To),
		),
	)
}

// Suspect records or clears that the official seemed to suspect a test.
func (c *Contact) Suspect(suspected bool, why string) FieldErrors {
	var errs FieldErrors
	errs.checkNote("suspected_why", why)
	if suspected && why == "" {
		errs.Add("suspected_why", "Skriv vad som tydde på upptäckt.")
	}
	if len(errs) > 0 {
		return errs
	}
	c.Suspected, c.SuspectedWhy = suspected, why
	if !suspected {
		c.SuspectedWhy = ""
	}
	return nil
}

// Approve marks a finished contact as reviewed.
func (c *Contact) Approve(by string) error {
	if c.Disposition == Void || c.State != Submitted {
		return Refuse(ErrConflict, "Bara kontakter som är klara och inte granskade kan godkännas.")
	}
	c.State, c.ReviewedBy, c.ReviewNote = Approved, by, ""
	return nil
}

// Return sends a finished contact back to its evaluator with a question.
func (c *Contact) Return(by, why string, now time.Time) error {
	if why == "" {
		return FieldErrors{{"why", "Skriv vad bedömaren ska se över."}}
	}
	if c.Disposition == Void || c.State != Submitted && c.State != Approved {
		return Refuse(ErrConflict, "Bara kontakter som är klara kan returneras.")
	}
	c.State, c.ReviewedBy, c.ReviewNote, c.ReturnedAt = Returned, by, why, now
	return nil
}

// MakeVoid takes the contact out of the measures for good. The next plan
// puts a replacement in its cell.
func (c *Contact) MakeVoid(by, why string) error {
	if why == "" {
		return FieldErrors{{"why", "Skriv varför kontakten makuleras."}}
	}
	if c.Disposition == Void {
		return Refuse(ErrConflict, "Kontakten är redan makulerad.")
	}
	c.Disposition, c.ReviewedBy, c.ReviewNote = Void, by, why
	return nil
}
