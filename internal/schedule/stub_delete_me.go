// TEMPORARY so that others compile: the planner's author deletes this file.
package schedule

import (
	"errors"
	"time"

	"servicematning/internal/survey"
)

type Input struct {
	Setup              survey.Setup
	Kept               []survey.Contact
	From               time.Time
	AllowSameEvaluator bool
}
type Balance struct {
	Code, Title string
	Value       int
	Note        string
}
type Schedule struct {
	Contacts      []survey.Contact
	Balance       []Balance
	SameEvaluator []string
}
type Infeasible struct{}

func (*Infeasible) Error() string { return "" }

type NeedsConsent struct{}

func (*NeedsConsent) Error() string { return "" }

func Plan(in Input, seed uint64) (Schedule, error) { return Schedule{}, errors.New("no planner yet") }
func Next(queue []survey.Contact, now time.Time) (survey.Contact, bool) {
	if len(queue) == 0 {
		return survey.Contact{}, false
	}
	return queue[0], true
}
