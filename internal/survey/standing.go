package survey

import "time"

// Made reports whether the fieldwork of a live contact is done as far as the
// plan goes: a call that is finished, an e-mail that is sent. An e-mail that
// awaits its reply is made: what is left is up to the municipality. A call
// that has been tried and is to be tried again is not.
func (c Contact) Made() bool {
	if c.Disposition == Void || c.State == Planned {
		return false
	}
	return c.State != Begun || c.Channel == Email
}

// Standing counts one channel's contacts with one value of a grouping. Voided
// contacts are in Void and nowhere else.
type Standing struct {
	By       Grouping
	Key      string // value of the grouping
	Channel  Channel
	Planned  int // live contacts in all
	Due      int // of them, planned before the instant asked for
	Begun    int // dialled or sent, not finished
	Finished int // submitted, returned or approved
	Approved int
	Returned int
	Void     int
}

// Made is how many of the contacts are made, in the meaning of Contact.Made.
func (s Standing) Made() int {
	if s.Channel == Email {
		return s.Finished + s.Begun
	}
	return s.Finished
}

// HourCount is how many live contacts were made within one hour: calls by
// when they were submitted, e-mails by when they were sent.
type HourCount struct {
	Hour time.Time // its first instant; whole hours of UTC are whole hours in Sweden
	N    int
}

// Untouched is a number of live contacts of the same kind that nothing has
// been done to, and that were planned for the same day.
type Untouched struct {
	Municipality string
	Area         QuestionArea
	Channel      Channel
	Evaluator    string
	Day          string // planned day in Europe/Stockholm, as "2026-10-27"
	N            int
	First        time.Time // the first planned instant
}

// Bounce is a live e-mail that came back.
type Bounce struct {
	Municipality string
	At           time.Time
}
