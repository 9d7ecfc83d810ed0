package fieldwork_test

import (
	"testing"

	"servicematning/internal/survey"
)

func TestHolidaysFollowAMovedPeriod(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	christmas := day("2028-12-25")
	ok(t, h.SaveException(h.ctx, lead, code, 0, day("2026-12-24"), nil))
	ok(
		t,
		h.SaveBasics(
			h.ctx,
			lead,
			code,
			0,
			survey.FieldPeriod{From: day("2028-12-04"), To: day("2029-01-05")},
			" vecka 49–1 ",
		),
	)
	r, err := h.Round(h.ctx, lead, code)
	ok(t, err)
	if r.Calendar.WorkingDay(christmas) {
		t.Error("Christmas Day 2028 is a working day after the period was moved there")
	}
	if !r.Calendar.WorkingDay(day("2026-12-24")) {
		t.Error("a holiday removed by hand came back")
	}
	if r.Label != "vecka 49–1" {
		t.Errorf("label %q", r.Label)
	}
}
