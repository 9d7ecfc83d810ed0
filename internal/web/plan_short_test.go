package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/schedule"
)

func TestRemediesLeadToWhereTheyAreCarriedOut(t *testing.T) {
	for name, tt := range map[string]struct {
		remedy schedule.Remedy
		want   link
	}{
		"assign":       {schedule.Remedy{Kind: schedule.AssignEvaluators}, link{Label: "Öppna tilldelningen", URL: "/omgangar/2026/tilldelning"}},
		"one person":   {schedule.Remedy{Kind: schedule.RaiseCapacity, Evaluators: []string{"maja"}}, link{Label: "Ändra kapacitet", URL: "/omgangar/2026/bedomare/maja"}},
		"many persons": {schedule.Remedy{Kind: schedule.EvaluatorHours, Evaluators: []string{"a", "b"}}, link{Label: "Ändra arbetstid", URL: "/omgangar/2026/bedomare"}},
		"hours":        {schedule.Remedy{Kind: schedule.MunicipalityHours, Municipalities: []string{"0305"}}, link{Label: "Ändra öppettid", URL: "/omgangar/2026/kommuner/0305"}},
		"joined":       {schedule.Remedy{Kind: schedule.JoinEarlier, Municipalities: []string{"0305"}}, link{Label: "Ändra första dag", URL: "/omgangar/2026/kommuner/0305"}},
		"period":       {schedule.Remedy{Kind: schedule.ExtendPeriod}, link{Label: "Ändra mätperioden", URL: "/omgangar/2026/upplagg/grunder"}},
	} {
		if d := cmp.Diff(tt.want, remedyLink("2026", tt.remedy)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	short := &schedule.Infeasible{Shortages: []schedule.Shortage{
		{Message: "a", Remedies: []schedule.Remedy{{Kind: schedule.ExtendPeriod}, {Kind: schedule.ExtendPeriod}}}, {Message: "b"},
	}}
	got := shortagesOf("2026", short)
	if len(got) != 2 || len(got[0].Acts) != 1 || got[1].Acts[0].Label != "Öppna tilldelningen" {
		t.Errorf("%+v", got)
	}
}
