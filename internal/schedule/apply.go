package schedule

import (
	"fmt"
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// apply gives the input with the change made.
func (x Remedy) apply(in Input) Input {
	s := &in.Setup
	s.Participants, s.Evaluators = slices.Clone(s.Participants), slices.Clone(s.Evaluators)
	s.Assignments = slices.Clone(s.Assignments)
	switch x.Kind {
	case AssignEvaluators:
		who := x.Evaluators
		for k := len(who); k < x.Count; k++ {
			e := survey.Evaluator{Email: fmt.Sprintf("+%d", len(s.Evaluators)), CallsPerDay: x.Calls, EmailsPerDay: x.Emails}
			s.Evaluators = append(s.Evaluators, e)
			who = append(who, e.Email)
		}
		for _, email := range who {
			for _, area := range x.Areas {
				for _, muni := range orAll(x.Municipalities) {
					s.Assignments = append(s.Assignments, survey.Assignment{Area: area, Evaluator: email, Municipality: muni})
				}
			}
		}
	case RaiseCapacity:
		for e := range s.Evaluators {
			if ev := &s.Evaluators[e]; slices.Contains(x.Evaluators, ev.Email) {
				ev.CallsPerDay, ev.EmailsPerDay = max(ev.CallsPerDay, x.Calls), max(ev.EmailsPerDay, x.Emails)
			}
		}
	case ExtendPeriod:
		s.Round.Period.To = x.Date
	case EvaluatorHours:
		for e := range s.Evaluators {
			if slices.Contains(x.Evaluators, s.Evaluators[e].Email) {
				s.Evaluators[e].Hours = officehours.Hours{}
			}
		}
	case MunicipalityHours, JoinEarlier:
		for i := range s.Participants {
			x.change(&s.Participants[i])
		}
	}
	return in
}

// change makes the change to a participant.
func (x Remedy) change(p *survey.Participant) {
	switch {
	case !slices.Contains(x.Municipalities, p.Code):
	case x.Kind == MunicipalityHours:
		p.Hours = officehours.Hours{}
	case p.Joined.After(x.Date):
		p.Joined = x.Date
	}
}

func orAll(munis []string) []string {
	if len(munis) == 0 {
		return []string{""}
	}
	return munis
}
