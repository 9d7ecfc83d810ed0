package web

import (
	"slices"

	"servicematning/internal/schedule"
)

// shortage is one thing that does not suffice for a plan, with the pages
// where its remedies are carried out.
type shortage struct {
	Message string
	Acts    []link
}

// shortagesOf puts what is missing in words and links, in the order of the error.
func shortagesOf(round string, e *schedule.Infeasible) []shortage {
	var list []shortage
	for _, s := range e.Shortages {
		row := shortage{Message: s.Message}
		for _, remedy := range s.Remedies {
			act := remedyLink(round, remedy)
			if !slices.Contains(row.Acts, act) {
				row.Acts = append(row.Acts, act)
			}
		}
		if len(row.Acts) == 0 {
			row.Acts = []link{{Label: "Öppna tilldelningen", URL: address("omgangar", round, "tilldelning")}}
		}
		list = append(list, row)
	}
	return list
}

// remedyLink leads to where a remedy is carried out: to the evaluator's or
// municipality's own page when it concerns only one.
func remedyLink(round string, remedy schedule.Remedy) link {
	one := func(list, label string, keys []string) link {
		if len(keys) == 1 {
			return link{Label: label, URL: address("omgangar", round, list, keys[0])}
		}
		return link{Label: label, URL: address("omgangar", round, list)}
	}
	switch remedy.Kind {
	case schedule.RaiseCapacity:
		return one("bedomare", "Ändra kapacitet", remedy.Evaluators)
	case schedule.EvaluatorHours:
		return one("bedomare", "Ändra arbetstid", remedy.Evaluators)
	case schedule.MunicipalityHours:
		return one("kommuner", "Ändra öppettid", remedy.Municipalities)
	case schedule.JoinEarlier:
		return one("kommuner", "Ändra första dag", remedy.Municipalities)
	case schedule.ExtendPeriod:
		return link{Label: "Ändra mätperioden", URL: address("omgangar", round, "upplagg", "grunder")}
	case schedule.AssignEvaluators:
	}
	return link{Label: "Öppna tilldelningen", URL: address("omgangar", round, "tilldelning")}
}
