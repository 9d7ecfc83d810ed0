package survey

import (
	"time"

	"servicematning/internal/officehours"
)

// ContactFilter chooses contacts of one round. Zero fields do not restrict.
type ContactFilter struct {
	Evaluator    string
	HeldBy       string // handed out to this evaluator, perhaps some time ago
	Municipality string
	Channel      Channel
	Area         QuestionArea
	Question     string
	States       []State
	Disposition  Disposition
	Ended        MailEnd   // only e-mails that ended so
	Suspected    bool      // only suspected ones
	PlannedFrom  time.Time // inclusive
	PlannedTo    time.Time // exclusive
	DoneFrom     time.Time // submitted at or after
	DoneTo       time.Time // submitted before
	SentFrom     time.Time // e-mails sent at or after
	// LiveOnly leaves voided contacts out.
	LiveOnly bool
	Order    ContactOrder
	Offset   int
	Limit    int // 0: all
}

// MailEnd says how a finished e-mail ended.
type MailEnd string

// The ends. A bounced e-mail is no_reply, but waits for nothing.
const (
	MailClosed MailEnd = "closed" // answered in time, or bounced
	MailLapsed MailEnd = "lapsed" // not answered before the cut-off
)

// ContactOrder is how a list of contacts is sorted.
type ContactOrder string

// The orders. Each is total: it ends with the key, so pages never overlap.
const (
	ByPlan ContactOrder = ""     // planned instant
	ByLast ContactOrder = "last" // planned instant, latest first
	ByKey  ContactOrder = "key"  // municipality, channel, question, replicate
	ByDone ContactOrder = "done" // submitted last first
)

// Grouping is what contacts are counted by.
type Grouping string

// The groupings.
const (
	ByMunicipality Grouping = "municipality"
	ByArea         Grouping = "area"
	ByEvaluator    Grouping = "evaluator"
	ByDay          Grouping = "day" // planned day in Europe/Stockholm, as "2026-10-27"
)

// Count is a number of contacts that are alike.
type Count struct {
	Key         string // value of the grouping
	Channel     Channel
	State       State
	Disposition Disposition
	N           int
}

// DayCount is how many live contacts of one channel lie on one day: those of a
// municipality or of an evaluator. Voided contacts are in no DayCount.
type DayCount struct {
	Key     string // municipality code, or the evaluator's e-mail address
	Day     string // planned day in Europe/Stockholm, as "2026-10-27"; "" without a planned instant
	Channel Channel
	N       int
}

// Work is a number of live contacts that are alike and that nothing has been
// done to yet.
type Work struct {
	Evaluator string           // e-mail address
	Day       officehours.Date // planned day in Europe/Stockholm; zero: none
	Channel   Channel
	Area      QuestionArea
	N         int
}
