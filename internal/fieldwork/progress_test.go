package fieldwork_test

import (
	"testing"

	"servicematning/internal/survey"
)

func TestProgressCountsEveryWayAlike(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	ok(t, h.Void(h.ctx, lead, c.ID, c.Version, "fel nummer"))
	h.at = cs[len(cs)-1].PlannedAt
	for _, by := range []survey.Grouping{survey.ByMunicipality, survey.ByArea, survey.ByEvaluator, survey.ByDay} {
		p, err := h.Progress(h.ctx, lead, code, by)
		ok(t, err)
		if p.All.Planned != 15 || p.All.Void != 1 || p.All.Missing() != 15 {
			t.Errorf("by %s: %+v, want 15 planned and 1 void", by, p.All.Tally)
		}
		if p.All.Expected == 0 || p.All.ByChannel[survey.Phone].Planned != 7 {
			t.Errorf("by %s: expected %d, %d calls, want some and 7", by, p.All.Expected, p.All.ByChannel[survey.Phone].Planned)
		}
	}
}
