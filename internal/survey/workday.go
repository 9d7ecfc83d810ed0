package survey

import (
	"time"

	"servicematning/internal/officehours"
)

// WorkdayQuery asks what an evaluator's day is made of.
type WorkdayQuery struct {
	Evaluator string    // e-mail address
	At        time.Time // now
	Today     officehours.Date
	Monday    officehours.Date // of its week
	Finished  int              // how many of the contacts finished today are wanted; 0: all
}

// Workday is what an evaluator's day is made of. Voided contacts are not in it.
type Workday struct {
	Open     []Contact // own, planned before the day ends and not finished, in the order of the plan
	Held     []Contact // colleagues' that are handed out to them now
	Finished []Contact // own, submitted or approved today, newest first
	Done     int       // how many those are in all
	// Made counts calls submitted and e-mails sent today, whatever day they
	// were planned for; Expected what was planned today before now.
	Made, Expected map[Channel]int
	Week           []DayMade // the days of the week on which something is planned
}

// DayMade is the live contacts planned for one day and how many of them are
// made, in the meaning of Contact.Made.
type DayMade struct {
	Day           string // in Europe/Stockholm, as "2026-10-27"
	Planned, Made map[Channel]int
}
