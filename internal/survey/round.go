package survey

import (
	"time"

	"servicematning/internal/officehours"
)

// FieldPeriod is the first and last day of fieldwork, both included.
type FieldPeriod struct{ From, To officehours.Date }

// Contains reports whether the instant falls on a day of the period, in Europe/Stockholm.
func (p FieldPeriod) Contains(t time.Time) bool {
	d := officehours.DateOf(t)
	return !d.Before(p.From) && !d.After(p.To)
}

// Publication says who may see a published round.
type Publication struct {
	Own      bool // a reader sees the own municipality's figures
	Peers    bool // and chosen municipalities to compare with
	County   bool // and those of the own county
	National bool // everybody sees the national list
}

// OwnField is the field in which a publication without the own figures is refused.
const OwnField = "eget"

// Check refuses to show others' figures to those who do not see their own.
func (p Publication) Check() error {
	var wrong FieldErrors
	if !p.Own && (p.Peers || p.County || p.National) {
		wrong.Add(OwnField, "Visa kommunens eget resultat också: de andra valen kräver det. Eller dölj alla fyra.")
	}
	return wrong.Err()
}

// Round is one year's measurement.
type Round struct {
	ID          RoundID
	Code        string // "2026"; the name in addresses and on the command line
	Revision    int    // 1 until the round is reopened
	Stage       Stage
	Period      FieldPeriod
	Label       string // the period in words as the round is announced, "vecka 43–47"; may be empty
	Design      Design
	Calendar    officehours.Calendar
	Publication Publication
	Version     int       // counts changes to the round and its setup; a stale write is ErrConflict
	Seed        uint64    // of the newest plan
	PlannedAt   time.Time // of the newest plan; zero: none yet
	StartedAt   time.Time
	ClosedAt    time.Time
	PublishedAt time.Time
}

// Stage is where a round is on its way from plan to publication.
type Stage string

// The stages in order.
const (
	Draft     Stage = "draft"
	Fieldwork Stage = "fieldwork"
	Review    Stage = "review"
	Closed    Stage = "closed"
	Published Stage = "published"
)

// Stages in order.
var Stages = []Stage{Draft, Fieldwork, Review, Closed, Published}

// Title is the stage's Swedish name.
func (s Stage) Title() string {
	switch s {
	case Draft:
		return "Utkast"
	case Fieldwork:
		return "Fältarbete"
	case Review:
		return "Granskning"
	case Closed:
		return "Stängd"
	case Published:
		return "Publicerad"
	}
	return string(s)
}

// next lists the steps a round may take. Closing from published back, and
// reopening, come with their own rules.
var next = map[Stage]Stage{Draft: Fieldwork, Fieldwork: Review, Review: Closed, Closed: Published}

// Advance moves the round one stage on and stamps it. Any other step is
// refused with words.
func (r *Round) Advance(to Stage, now time.Time) error {
	if next[r.Stage] != to {
		return Refuse(
			ErrConflict,
			"Omgång "+r.Code+" är i skedet "+r.Stage.Title()+" och kan inte gå till "+to.Title()+".",
		)
	}
	switch to {
	case Fieldwork:
		r.StartedAt = now
	case Closed:
		r.ClosedAt = now
	case Published:
		r.PublishedAt = now
	case Draft, Review:
	}
	r.Stage = to
	return nil
}

// Close takes the round to Closed from wherever it is. A round that was
// imported whole, or whose fieldwork is complete, need not stop at the stages
// between: the check-list, not the stage, says whether it is ready.
func (r *Round) Close(now time.Time) error {
	if r.Frozen() {
		return r.Open()
	}
	for r.Stage != Closed {
		if err := r.Advance(next[r.Stage], now); err != nil {
			return err
		}
	}
	return nil
}

// Frozen reports whether figures and data may no longer change.
func (r Round) Frozen() bool { return r.Stage == Closed || r.Stage == Published }

// Editable is nil while everything may be changed. After the start Open says
// what still may: the facts that reality changes (calendar, participants,
// evaluators, assignments, withdrawn questions), but not what would rewrite
// what has been measured, and nothing that contacts may name is taken out.
func (r Round) Editable() error {
	switch r.Stage {
	case Draft:
		return nil
	case Closed, Published:
		return Refuse(ErrClosed, "Omgång "+r.Code+" är stängd. Ingenting i den kan ändras.")
	case Fieldwork, Review:
	}
	return Refuse(ErrConflict, "Fältarbetet i omgång "+r.Code+" har börjat. Upplägget kan bara ändras i ett utkast.")
}

// Plannable is nil while contacts may be planned.
func (r Round) Plannable() error {
	if r.Stage == Review {
		return Refuse(ErrConflict, "Fältarbetet i omgång "+r.Code+" är slut. Det går inte att planera fler kontakter.")
	}
	return r.Open()
}

// InField is nil while contacts are made, and so the plan is changed step by
// step rather than made from scratch.
func (r Round) InField() error {
	if r.Stage == Draft {
		return Refuse(ErrConflict, "Fältarbetet i omgång "+r.Code+" har inte börjat. Gör planen på nytt i stället.")
	}
	return r.Plannable()
}

// Open is nil while contacts may be changed: not in a closed round.
func (r Round) Open() error {
	if r.Frozen() {
		return Refuse(ErrClosed, "Omgång "+r.Code+" är stängd. Ingenting i den kan ändras.")
	}
	return nil
}

// PastCutoff reports whether so much office time has passed since sent that a
// reply no longer counts. Replies are judged by the office time itself, not
// against a deadline: the evening after the last counted minute is still in time.
func (r Round) PastCutoff(sent, now time.Time) bool {
	return r.Calendar.Between(sent, now) > r.Design.ReplyCutoff
}

// ReplyDeadline is the earliest instant after which a reply to an e-mail sent
// at sent no longer counts; the zero time when the calendar is never open.
func (r Round) ReplyDeadline(sent time.Time) time.Time {
	return r.Calendar.Add(sent, r.Design.ReplyCutoff)
}
