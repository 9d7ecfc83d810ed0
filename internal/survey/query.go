package survey

import "time"

// ContactFilter chooses contacts of one round. Zero fields do not restrict.
type ContactFilter struct {
	Evaluator    string
	Municipality string
	Channel      Channel
	Area         QuestionArea
	Question     string
	States       []State
	Disposition  Disposition
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

// ContactOrder is how a list of contacts is sorted.
type ContactOrder string

// The orders. Each is total: it ends with the key, so pages never overlap.
const (
	ByPlan ContactOrder = ""     // planned instant
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
