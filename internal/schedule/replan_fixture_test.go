package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
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

// outcome is what a replanning case must come to, in contacts.
type outcome struct{ moved, unavoidable, added, removed int }

// wantOutcome compares, and checks every rule.
func wantOutcome(t *testing.T, in schedule.Input, change schedule.Change, want outcome) {
	t.Helper()
	got := outcome{len(change.Moved), change.Unavoidable, len(change.Added), len(change.Removed)}
	if got != want {
		t.Errorf("got %+v, want %+v: %q", got, want, change.Reasons)
	}
	checkChange(t, in, change)
}

// wantReasons compares the sentences; no-break spaces are written as spaces.
func wantReasons(t *testing.T, change schedule.Change, want ...string) {
	t.Helper()
	var got []string
	for _, line := range change.Reasons {
		got = append(got, strings.ReplaceAll(line, "\u00a0", " "))
	}
	if !slices.Equal(got, want) {
		t.Errorf("reasons:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// tenByEight is a round of ten municipalities and eight evaluators with room
// to spare, on Tuesday noon of the second of its five weeks.
func tenByEight(t *testing.T) schedule.Input {
	return midRound(t, setup(t, 10, 8, 9, 9), date(t, "2026-10-27").At(12, 0), 1)
}

func onDay(d officehours.Date) func(survey.Contact) bool {
	return func(c survey.Contact) bool { return officehours.DateOf(c.PlannedAt) == d }
}

// newcomer is an evaluator who joins a round and may take everything.
func newcomer(s *survey.Setup, calls, emails int, from officehours.Date) {
	s.PutEvaluator(survey.Evaluator{
		Email: "ny@example.se", Name: "Nils Ny", CallsPerDay: calls, EmailsPerDay: emails, From: from,
	})
	assignAll(s)
}

// latecomer is the municipality of the number, which takes part from a day on.
func latecomer(s *survey.Setup, n int, joined officehours.Date) survey.Participant {
	p := survey.Participant{Municipality: survey.BundledMunicipalities()[n], Joined: joined}
	s.PutParticipant(p)
	return p
}

// shortDay is open from eight to noon.
func shortDay(r *survey.Round, d officehours.Date) {
	r.Calendar = r.Calendar.With(d, officehours.Exception{Name: "Kort", Hours: officehours.Hours{Opens: 480, Closes: 720}})
}
