package fieldwork_test

import (
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

func TestLoadThroughTheStages(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	is(t, func() error { _, err := h.Load(h.ctx, reader, code); return err }(), survey.ErrForbidden)

	load := func() fieldwork.Load {
		t.Helper()
		l, err := h.Load(h.ctx, commissioner, code)
		ok(t, err)
		return l
	}
	l := load()
	need := func(l fieldwork.Load) (n int) {
		for _, a := range l.Areas {
			n += a.Need
		}
		return n
	}
	if l.Planned || l.Left != 0 || len(l.Weeks) != 5 || need(l) != 16 {
		t.Errorf("without a plan: planned %v, left %d, %d weeks, need %d; want the even share of 16", l.Planned, l.Left, len(l.Weeks), need(l))
	}

	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	ok(t, h.StartFieldwork(h.ctx, lead, code, 0))
	h.at = day("2026-11-04").At(12, 0)
	l = load()
	if !l.Planned || l.Left != 16 || len(l.Weeks) != 3 || need(l) != 16 || l.From != day("2026-11-04") {
		t.Errorf("in the field: planned %v, left %d, %d weeks, need %d, from %v", l.Planned, l.Left, len(l.Weeks), need(l), l.From)
	}

	ok(t, h.StartReview(h.ctx, lead, code, 0))
	l = load()
	if len(l.Weeks) != 0 || need(l) != 0 {
		t.Errorf("in review: %d weeks, need %d, want none", len(l.Weeks), need(l))
	}
}
