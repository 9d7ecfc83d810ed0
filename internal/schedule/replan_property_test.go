package schedule_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// TestEveryChangeKeepsEveryRule draws rounds in their middle and lets things
// happen to them by lot. Where a whole new plan can be made, a change must be
// found too.
func TestEveryChangeKeepsEveryRule(t *testing.T) {
	cases := 250
	if testing.Short() {
		cases = 60
	}
	mended, refused, moved, unavoidable, idle := 0, 0, 0, 0, 0
	for seed := range uint64(cases) {
		rng := rand.New(rand.NewPCG(seed, 7))
		in, ok := randomMiddle(t, rng, seed)
		if !ok {
			continue
		}
		// A plan may leave somebody without work for days on end; the rest stays.
		unchanged := mustReplan(t, in, seed)
		checkChange(t, in, unchanged)
		for _, line := range unchanged.Reasons {
			idle++
			if !strings.Contains(line, "får sin andel") {
				t.Fatalf("seed %d: nothing happened, but %s", seed, line)
			}
		}
		events := randomEvents(&in, rng)
		change, err := schedule.Replan(in, seed)
		if err != nil {
			refused++
			checkRefusal(t, in, seed, err)
		} else {
			mended++
			moved, unavoidable = moved+len(change.Moved), unavoidable+change.Unavoidable
			checkChange(t, in, change)
			checkRepeatable(t, in, seed, change, rng)
		}
		if t.Failed() {
			t.Fatalf("seed %d: %v", seed, events)
		}
	}
	t.Logf("%d mended, %d refused, %d moved of which %d were unavoidable", mended, refused, moved, unavoidable)
	if idle > cases/20 {
		t.Errorf("%d of %d plans leave somebody without work", idle, cases)
	}
	if mended < cases/2 {
		t.Errorf("only %d of %d rounds could be mended", mended, cases)
	}
}

// checkRefusal sees that a refusal is justified: no whole new plan either.
func checkRefusal(t *testing.T, in schedule.Input, seed uint64, err error) {
	t.Helper()
	var infeasible *schedule.Infeasible
	if !errors.As(err, &infeasible) || len(infeasible.Shortages) == 0 || infeasible.Shortages[0].Message == "" {
		t.Errorf("refused with %v", err)
	}
	for _, c := range in.Planned {
		if c.PlannedAt.Before(in.From) { // a new plan does not look at where it was
			in.Kept = append(slices.Clip(in.Kept), c)
		}
	}
	if _, other := schedule.Plan(in, seed); other == nil {
		t.Errorf("refused, but a new plan can be made: %v", err)
	}
}

// checkRepeatable sees that neither a second try nor the order of the input
// makes a difference.
func checkRepeatable(t *testing.T, in schedule.Input, seed uint64, want schedule.Change, rng *rand.Rand) {
	t.Helper()
	in.Kept, in.Planned = slices.Clone(in.Kept), slices.Clone(in.Planned)
	clonePeople(&in.Setup)
	shuffle(rng, in.Kept)
	shuffle(rng, in.Planned)
	shuffle(rng, in.Setup.Participants)
	shuffle(rng, in.Setup.Evaluators)
	shuffle(rng, in.Setup.Assignments)
	got, err := schedule.Replan(in, seed)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the order of the input changed the change (%v)", err)
	}
}

// randomMiddle draws a round and an instant in it; a part of what should be
// done by then is overdue, and some is voided.
func randomMiddle(t *testing.T, rng *rand.Rand, seed uint64) (schedule.Input, bool) {
	in := fewMunicipalities(draw(t, seed).in, 1+rng.IntN(10))
	plan, err := schedule.Plan(in, seed)
	if err != nil || len(plan.Contacts) == 0 {
		return in, false
	}
	in.From = plan.Contacts[rng.IntN(len(plan.Contacts))].PlannedAt.Add(time.Duration(rng.IntN(90)) * time.Minute)
	late := rng.IntN(20)
	for _, c := range plan.Contacts {
		c.ID = survey.NewID[survey.Contact]()
		switch {
		case !c.PlannedAt.Before(in.From) || rng.IntN(100) < late && isSteady(in.Setup, c.Evaluator):
			in.Planned = append(in.Planned, c)
		default:
			in.Kept = append(in.Kept, done(c))
		}
	}
	return in, true
}

// fewMunicipalities leaves a drawn round so many municipalities, and evaluators
// with half their capacities so that it stays rather full.
func fewMunicipalities(in schedule.Input, n int) schedule.Input {
	s := &in.Setup
	s.Participants = s.Participants[:min(n, len(s.Participants))]
	s.Assignments = slices.DeleteFunc(s.Assignments, func(a survey.Assignment) bool {
		_, known := s.Participant(a.Municipality)
		return a.Municipality != "" && !known
	})
	for i := range s.Evaluators {
		e := &s.Evaluators[i]
		e.CallsPerDay, e.EmailsPerDay = e.CallsPerDay/2+1, e.EmailsPerDay/2+1
	}
	in.AllowSameEvaluator = true
	return in
}

// isSteady reports whether the evaluator is never away.
func isSteady(s survey.Setup, email string) bool {
	e, _ := s.Evaluator(email)
	return len(e.Absent) == 0 && e.To.IsZero()
}

// randomEvents lets one to three things happen.
func randomEvents(in *schedule.Input, rng *rand.Rand) (names []string) {
	clonePeople(&in.Setup)
	s := &in.Setup
	today := officehours.DateOf(in.From)
	soon := func() officehours.Date { return today.AddDays(rng.IntN(12)) }
	person := func() *survey.Evaluator { return &s.Evaluators[rng.IntN(len(s.Evaluators))] }
	place := func() *survey.Participant { return &s.Participants[rng.IntN(len(s.Participants))] }
	events := []struct {
		name   string
		happen func()
	}{
		{"absent", func() {
			e, d := person(), soon()
			for k := range 1 + rng.IntN(6) {
				e.Absent = append(e.Absent, d.AddDays(k))
			}
		}},
		{"quits", func() { person().To = soon() }},
		{"removed", func() { k := rng.IntN(len(s.Evaluators)); s.Evaluators = slices.Delete(s.Evaluators, k, k+1) }},
		{"back", func() { person().Absent = nil }},
		{"added", func() {
			e := survey.Evaluator{Email: "ny@example.se", CallsPerDay: 5 + rng.IntN(30), EmailsPerDay: 5 + rng.IntN(30)}
			e.From = soon()
			s.PutEvaluator(e)
			for _, a := range s.Round.Design.Areas {
				if rng.IntN(3) > 0 {
					s.Assignments = append(s.Assignments, survey.Assignment{Area: a, Evaluator: e.Email})
				}
			}
		}},
		{"capacity", func() { e := person(); e.CallsPerDay, e.EmailsPerDay = e.CallsPerDay*3/4, e.EmailsPerDay*3/4 }},
		{"weekdays", func() { person().Days = []time.Weekday{time.Tuesday, time.Wednesday, time.Thursday, time.Friday} }},
		{"own hours", func() { person().Hours = officehours.Hours{Opens: 600, Closes: 960} }},
		{"unassigned", func() {
			if k := rng.IntN(len(s.Assignments)); len(s.Assignments) > 1 {
				s.Assignments = slices.Delete(s.Assignments, k, k+1)
			}
		}},
		{"assigned", func() {
			s.Assignments = append(s.Assignments, survey.Assignment{Area: s.Round.Design.Areas[0], Evaluator: person().Email})
		}},
		{"closed", func() { s.Round.Calendar = s.Round.Calendar.With(soon(), officehours.Exception{Name: "Stängt"}) }},
		{"opened", func() { s.Round.Calendar = s.Round.Calendar.Without(soon()) }},
		{"short day", func() {
			shortDay(&s.Round, soon())
		}},
		{"longer", func() { s.Round.Period.To = s.Round.Period.To.AddDays(rng.IntN(6)) }},
		{"shorter", func() { s.Round.Period.To = s.Round.Period.To.AddDays(-rng.IntN(3)) }},
		{"phone hours", func() { place().Hours = officehours.Hours{Opens: 540, Closes: 900} }},
		{"leaves", func() { place().Left = soon() }},
		{"gone", func() { k := rng.IntN(len(s.Participants)); s.Participants = slices.Delete(s.Participants, k, k+1) }},
		{"joins", func() {
			p := survey.Participant{Municipality: survey.BundledMunicipalities()[rng.IntN(290)], Joined: soon()}
			if _, known := s.Participant(p.Code); !known {
				s.PutParticipant(p)
			}
		}},
		{"late", func() { place().Joined = today.AddDays(rng.IntN(4)) }},
		{"withdrawn", func() { s.Round.Design.Questions[rng.IntN(len(s.Round.Design.Questions))].Withdrawn = true }},
		{"question", func() {
			q := s.Round.Design.Questions[0]
			q.Code = "NY1"
			s.Round.Design.Questions = append(s.Round.Design.Questions, q)
		}},
		{"voided", func() {
			for k := range in.Kept {
				if rng.IntN(30) == 0 {
					in.Kept[k].Disposition = survey.Void
				}
			}
		}},
	}
	for range 1 + rng.IntN(3) {
		if len(s.Evaluators) < 2 || len(s.Participants) < 2 {
			break
		}
		x := events[rng.IntN(len(events))]
		x.happen()
		names = append(names, x.name)
	}
	return names
}
