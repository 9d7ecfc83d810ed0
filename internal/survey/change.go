package survey

import "time"

// Change says who does what when. It is written to the history in the same
// transaction as its effect.
type Change struct {
	By     string // e-mail address, or "command line"
	At     time.Time
	Action string // short, English: "call.report"
	Detail string // what it was done to, and why where a reason is asked for; never personal data
	// Form is the id of the form it came from, made when the page was
	// rendered; "" on the command line. A second write with the same id is
	// ErrRepeated and changes nothing.
	Form string
	// EndsDraft: what By had filled in about the contact is reported now, so
	// their draft of it goes.
	EndsDraft bool
}

// Event is a Change as it stands in the history.
type Event struct {
	Change
	Round   string // code, "" where it concerns no round
	Contact ContactID
}
