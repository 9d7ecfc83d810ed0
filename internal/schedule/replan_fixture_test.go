package schedule_test

import (
	"slices"
	"testing"
	"time"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// midRound is a round planned with the seed that has come to an instant:
// everything before it is done, the rest is untouched.
func midRound(t testing.TB, s survey.Setup, from time.Time, seed uint64) schedule.Input {
	t.Helper()
	plan := mustPlan(t, schedule.Input{Setup: s, AllowSameEvaluator: true}, seed)
	in := schedule.Input{Setup: s, From: from, AllowSameEvaluator: true}
	for _, c := range plan.Contacts {
		c.ID = survey.NewID[survey.Contact]()
		if c.PlannedAt.Before(from) {
			in.Kept = append(in.Kept, done(c))
		} else {
			in.Planned = append(in.Planned, c)
		}
	}
	return in
}

func done(c survey.Contact) survey.Contact {
	c.State, c.Disposition = survey.Submitted, survey.NoContact
	if c.Channel == survey.Phone {
		c.Attempts = []survey.Attempt{{Dialled: c.PlannedAt, Outcome: survey.Busy}}
	} else {
		c.Mail.Sent = c.PlannedAt
	}
	return c
}

// applied is the input after the change has been carried out.
func applied(in schedule.Input, change schedule.Change) schedule.Input {
	moves := map[survey.Key]schedule.Move{}
	for _, v := range change.Moved {
		moves[v.Contact.Key()] = v
	}
	gone := map[survey.Key]bool{}
	for _, c := range change.Removed {
		gone[c.Key()] = true
	}
	var planned []survey.Contact
	for _, c := range in.Planned {
		if v, ok := moves[c.Key()]; ok {
			c.Evaluator, c.PlannedAt = v.Evaluator, v.At
		}
		if !gone[c.Key()] {
			planned = append(planned, c)
		}
	}
	for _, c := range change.Added {
		c.ID = survey.NewID[survey.Contact]()
		planned = append(planned, c)
	}
	in.Planned = planned
	return in
}

func mustReplan(t testing.TB, in schedule.Input, seed uint64) schedule.Change {
	t.Helper()
	change, err := schedule.Replan(in, seed)
	if err != nil {
		t.Fatalf("replan: %v", err)
	}
	return change
}

// planOf counts the planned contacts that fulfil a condition.
func planOf(in schedule.Input, is func(survey.Contact) bool) (n int) {
	for _, c := range in.Planned {
		if is(c) {
			n++
		}
	}
	return n
}

func clonePeople(s *survey.Setup) {
	s.Evaluators = slices.Clone(s.Evaluators)
	for i := range s.Evaluators {
		s.Evaluators[i].Absent = slices.Clone(s.Evaluators[i].Absent)
	}
	s.Participants = slices.Clone(s.Participants)
	s.Assignments = slices.Clone(s.Assignments)
	s.Round.Design.Questions = slices.Clone(s.Round.Design.Questions)
}
