package schedule

import (
	"strings"

	"servicematning/internal/survey"
)

// Infeasible is the error of a round that cannot be planned. It names what is
// missing and where, in words for the project lead.
type Infeasible struct{ Shortages []Shortage }

// Shortage is one thing that is missing. Zero fields mean that it is not tied
// to an area, a municipality, a channel or a week.
type Shortage struct {
	Area         survey.QuestionArea
	Municipality string // code
	Channel      survey.Channel
	Week         int // ISO week
	Needed, Room int // contacts
	Message      string
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
