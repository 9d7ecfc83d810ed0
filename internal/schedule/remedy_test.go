package schedule_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// TestEveryRemedyHelps follows each remedy alone: then either the round can be
// planned, or what is missing was listed too. The first remedies together are
// always enough.
func TestEveryRemedyHelps(t *testing.T) {
	for name, tc := range shortageCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in, found := tc.shortages(t)
			together := in
			for n, s := range found {
				others := slices.Delete(slices.Clone(found), n, n+1)
				for _, r := range s.Remedies {
					wantHelp(t, follow(in, r), others, r.Text)
				}
				if len(s.Remedies) > 0 {
					together = follow(together, s.Remedies[0])
				}
			}
			if len(found[0].Remedies) > 0 {
				wantHelp(t, together, nil, "all together")
			}
		})
	}
}

// wantHelp plans the input after a remedy, which may lack only what the other
// shortages said.
func wantHelp(t *testing.T, in schedule.Input, others []schedule.Shortage, remedy string) {
	t.Helper()
	plan, err := schedule.Plan(in, 1)
	var infeasible *schedule.Infeasible
	switch {
	case err == nil:
		check(t, in, plan)
	case errors.As(err, &infeasible):
		for _, s := range infeasible.Shortages {
			if !slices.ContainsFunc(others, func(o schedule.Shortage) bool { return sameMatter(o, s) }) {
				t.Errorf("%s: then %s", remedy, s.Message)
			}
		}
	default:
		t.Errorf("%s: %v", remedy, err)
	}
}

// sameMatter reports whether two shortages are of the same contacts.
func sameMatter(a, b schedule.Shortage) bool {
	return slices.Equal(a.Areas, b.Areas) && slices.Equal(a.Municipalities, b.Municipalities) && a.Channel == b.Channel
}

// follow makes the change that a remedy asks for.
func follow(in schedule.Input, r schedule.Remedy) schedule.Input {
	s := survey.Setup{
		Round: in.Setup.Round, Participants: slices.Clone(in.Setup.Participants),
		Evaluators: slices.Clone(in.Setup.Evaluators), Assignments: slices.Clone(in.Setup.Assignments),
	}
	named := func(list []string, key string) bool { return slices.Contains(list, key) }
	switch r.Kind {
	case schedule.AssignEvaluators:
		who := slices.Clone(r.Evaluators)
		for len(who) < r.Count {
			e := survey.Evaluator{Email: fmt.Sprintf("ny%d.%d@example.se", len(s.Evaluators), len(who)), Name: "Ny",
				CallsPerDay: r.Calls, EmailsPerDay: r.Emails}
			s.Evaluators = append(s.Evaluators, e)
			who = append(who, e.Email)
		}
		for _, area := range r.Areas {
			for _, e := range who {
				if r.Municipalities == nil {
					s.Assignments = append(s.Assignments, survey.Assignment{Area: area, Evaluator: e})
				}
				for _, m := range r.Municipalities {
					s.Assignments = append(s.Assignments, survey.Assignment{Area: area, Evaluator: e, Municipality: m})
				}
			}
		}
	case schedule.ExtendPeriod:
		s.Round.Period.To = r.Date
	case schedule.RaiseCapacity, schedule.EvaluatorHours:
		for i, e := range s.Evaluators {
			switch {
			case !named(r.Evaluators, e.Email):
			case r.Kind == schedule.EvaluatorHours:
				s.Evaluators[i].Hours = officehours.Hours{}
			default:
				s.Evaluators[i].CallsPerDay = max(e.CallsPerDay, r.Calls)
				s.Evaluators[i].EmailsPerDay = max(e.EmailsPerDay, r.Emails)
			}
		}
	case schedule.MunicipalityHours, schedule.JoinEarlier:
		for i, p := range s.Participants {
			switch {
			case !named(r.Municipalities, p.Code):
			case r.Kind == schedule.MunicipalityHours:
				s.Participants[i].Hours = officehours.Hours{}
			case r.Date.Before(p.Joined):
				s.Participants[i].Joined = r.Date
			}
		}
	}
	in.Setup = s
	return in
}

// TestRemediesAreTheSmallest finds that one less of what a remedy asks for is
// not enough.
func TestRemediesAreTheSmallest(t *testing.T) {
	for name, tc := range shortageCases {
		in, found := tc.shortages(t)
		if len(found) != 1 {
			continue
		}
		for _, r := range found[0].Remedies {
			less := r
			switch {
			case r.Kind == schedule.AssignEvaluators && r.Count == 1, r.Kind == schedule.MunicipalityHours,
				r.Kind == schedule.EvaluatorHours:
				continue
			case r.Kind == schedule.AssignEvaluators:
				less.Count--
				less.Evaluators = less.Evaluators[:min(len(less.Evaluators), less.Count)]
			case r.Kind == schedule.JoinEarlier:
				less.Date = r.Date.AddDays(1)
			default:
				less.Calls, less.Emails, less.Date = max(0, r.Calls-1), max(0, r.Emails-1), r.Date.AddDays(-1)
			}
			if _, err := schedule.Plan(follow(in, less), 1); err == nil {
				t.Errorf("%s: less than ”%s” is enough", name, r.Text)
			}
		}
	}
}
