package schedule

import (
	"strings"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Infeasible is the error of a round that cannot be planned. It names what is
// missing and where, in words for the project lead: everything that is missing
// independently of the rest is listed at once.
type Infeasible struct {
	Shortages []Shortage

	crowd *gap // what no plan was found for, although there seems to be room
}

// Shortage is one thing that is missing: a smallest set of contacts that does
// not get room, and what would give it room.
type Shortage struct {
	Areas          []survey.QuestionArea // in the design's order
	Municipalities []string              // codes; nil: all
	Channel        survey.Channel        // "": both, or no matter
	Weeks          []int                 // ISO weeks that the contacts are confined to; nil: no such limit
	Evaluators     []string              // addresses of those whose days are full
	Needed, Room   int                   // contacts
	Remedies       []Remedy              // each is enough by itself here, the cheapest first
	Message        string                // Swedish: what, how much, why and the remedies
}

// TooMany is how many contacts have no room.
func (s Shortage) TooMany() int { return s.Needed - s.Room }

// RemedyKind says what a remedy changes.
type RemedyKind string

const (
	AssignEvaluators  RemedyKind = "assign"
	RaiseCapacity     RemedyKind = "capacity"
	ExtendPeriod      RemedyKind = "period"
	MunicipalityHours RemedyKind = "municipality_hours"
	EvaluatorHours    RemedyKind = "evaluator_hours"
	JoinEarlier       RemedyKind = "joined"
)

// Remedy is one change of the input that gives a shortage room. It has been
// tried: with it, and with the first remedy of every shortage listed before,
// the contacts have room.
type Remedy struct {
	Kind           RemedyKind
	Areas          []survey.QuestionArea // AssignEvaluators: where
	Municipalities []string              // where, codes; for AssignEvaluators nil means all
	Evaluators     []string              // whose capacity or hours; AssignEvaluators: who of the round could be assigned
	Count          int                   // AssignEvaluators: how many
	Calls, Emails  int                   // the daily capacity to raise to, or of evaluators who are new; 0: no matter
	Date           officehours.Date      // ExtendPeriod: the new last day; JoinEarlier: the latest first day
	Text           string                // Swedish, as in "höj dagskapaciteten till 45"

	because string // Swedish: what the remedy shows the cause to be
}

// Error gives the Swedish sentences, one per line.
func (e *Infeasible) Error() string {
	lines := make([]string, len(e.Shortages))
	for i, s := range e.Shortages {
		lines[i] = s.Message
	}
	return strings.Join(lines, "\n")
}

// NeedsConsent is the error of a round in which some cells have only one
// possible evaluator: the lead decides whether both contacts may come from the
// same person.
type NeedsConsent struct {
	Areas    []survey.QuestionArea // in the design's order
	Messages []string              // Swedish, one per area and set of municipalities
}

// Error gives the Swedish sentences, one per line.
func (e *NeedsConsent) Error() string { return strings.Join(e.Messages, "\n") }

// short is an Infeasible with one sentence.
func short(message string) *Infeasible {
	return &Infeasible{Shortages: []Shortage{{Message: message}}}
}
