package fieldwork_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func days(texts ...string) []officehours.Date {
	var ds []officehours.Date
	for _, s := range texts {
		ds = append(ds, day(s))
	}
	return ds
}

func TestAbsences(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	who := set.Evaluators[0].Email
	absent := func() []officehours.Date {
		set, err := h.Setup(h.ctx, lead, code)
		ok(t, err)
		e, _ := set.Evaluator(who)
		return e.Absent
	}

	// Thursday to Tuesday: the weekend is no work anyhow.
	ok(t, h.AddAbsence(h.ctx, lead, code, 0, who, fieldwork.Absence{From: day("2026-10-29"), To: day("2026-11-03")}))
	want := days("2026-10-29", "2026-10-30", "2026-11-02", "2026-11-03")
	if d := cmp.Diff(want, absent()); d != "" {
		t.Error(d)
	}
	// What lies outside the period is left out.
	ok(t, h.AddAbsence(h.ctx, lead, code, 0, who, fieldwork.Absence{From: day("2026-11-19"), To: day("2026-12-24")}))
	ok(t, h.AddAbsence(h.ctx, lead, code, 0, who, fieldwork.Absence{From: day("2026-10-01"), To: day("2026-10-19")}))
	want = append(days("2026-10-19"), append(want, days("2026-11-19", "2026-11-20")...)...)
	if d := cmp.Diff(want, absent()); d != "" {
		t.Error(d)
	}
	ok(t, h.RemoveAbsence(h.ctx, lead, code, 0, who, fieldwork.Absence{From: day("2026-10-30"), To: day("2026-11-20")}))
	if d := cmp.Diff(days("2026-10-19", "2026-10-29"), absent()); d != "" {
		t.Error(d)
	}

	for name, c := range map[string]struct {
		a     fieldwork.Absence
		field string
	}{
		"backwards":        {fieldwork.Absence{From: day("2026-11-03"), To: day("2026-11-02")}, "to"},
		"before":           {fieldwork.Absence{From: day("2026-10-01"), To: day("2026-10-02")}, "from"},
		"after":            {fieldwork.Absence{From: day("2026-12-01"), To: day("2026-12-02")}, "from"},
		"a weekend":        {fieldwork.Absence{From: day("2026-10-31"), To: day("2026-11-01")}, "from"},
		"absent as it was": {fieldwork.Absence{From: day("2026-10-29"), To: day("2026-10-29")}, "from"},
	} {
		var wrong survey.FieldErrors
		if err := h.AddAbsence(h.ctx, lead, code, 0, who, c.a); !errors.As(err, &wrong) || wrong.On(c.field) == "" {
			t.Errorf("%s: %v, want an error on %q", name, err, c.field)
		}
	}
	a := fieldwork.Absence{From: day("2026-11-05"), To: day("2026-11-05")}
	is(t, h.AddAbsence(h.ctx, commissioner, code, 0, who, a), survey.ErrForbidden)
	is(t, h.RemoveAbsence(h.ctx, reader, code, 0, who, a), survey.ErrForbidden)
	is(t, h.AddAbsence(h.ctx, lead, code, 1, who, a), survey.ErrConflict)
	is(t, h.AddAbsence(h.ctx, lead, code, 0, "nobody@example.se", a), survey.ErrNotFound)
}
