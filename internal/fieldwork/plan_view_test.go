package fieldwork_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// planned counts all contacts of a view, or those of one evaluator.
func planned(v fieldwork.PlanView, evaluator string) (n int) {
	for _, d := range v.Days {
		if evaluator == "" || d.Key == evaluator {
			n += d.N
		}
	}
	return n
}

func TestThePlanIsMeasuredOncePerChange(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	plan, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	view, err := h.PlanView(h.ctx, lead, code)
	ok(t, err)
	if n := planned(view, ""); n != 16 || view.Evenness.Current || view.Evenness.Balance != nil {
		t.Errorf("before it is measured: %d contacts, %+v", n, view.Evenness)
	}
	measured, err := h.MeasuredPlan(h.ctx, commissioner, code)
	ok(t, err)
	if d := cmp.Diff(plan.Balance, measured.Evenness.Balance); d != "" {
		t.Errorf("measured and planned differ: %s", d)
	}
	calls := 0
	for _, hours := range measured.Evenness.Coverage.Calls {
		for _, n := range hours {
			calls += n
		}
	}
	if calls != 8 {
		t.Errorf("%d calls by hour, want 8", calls)
	}
	h.at = h.at.Add(time.Hour)
	view, err = h.MeasuredPlan(h.ctx, lead, code)
	ok(t, err)
	if !view.Evenness.Current || !view.Evenness.At.Equal(measured.Evenness.At) {
		t.Errorf("an unchanged plan was measured again: %v", view.Evenness.At)
	}
}

func TestAChangedPlanIsMeasuredAgain(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	_, err := h.MeasuredPlan(h.ctx, lead, code)
	ok(t, err)
	for _, change := range []struct {
		name string
		do   func() error
		want int
	}{
		{"void", func() error { return h.Void(h.ctx, lead, cs[3].ID, 0, "fel nummer") }, 15},
		{"plan", func() error {
			_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 2})
			return err
		}, 16},
	} {
		ok(t, change.do())
		view, err := h.PlanView(h.ctx, lead, code)
		ok(t, err)
		if n := planned(view, ""); n != change.want || view.Evenness.Current {
			t.Errorf("after %s: %d contacts, want %d; current %v", change.name, n, change.want, view.Evenness.Current)
		}
		view, err = h.MeasuredPlan(h.ctx, lead, code)
		ok(t, err)
		if !view.Evenness.Current {
			t.Errorf("after %s: measured and still not current", change.name)
		}
	}
}

func TestMunicipalityDays(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	counts, err := h.MunicipalityDays(h.ctx, lead, set.Round, "0305")
	ok(t, err)
	got := 0
	for _, c := range counts {
		got += c.N
	}
	if got != 8 || len(cs) != 16 {
		t.Errorf("%d contacts of 0305, want 8", got)
	}
}

func TestOnlyThoseWhoSeeTheSetupSeeThePlan(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	for _, by := range []survey.User{evaluator("maja@example.se"), reader} {
		_, err := h.PlanView(h.ctx, by, code)
		is(t, err, survey.ErrForbidden)
		_, err = h.MeasuredPlan(h.ctx, by, code)
		is(t, err, survey.ErrForbidden)
		_, err = h.MunicipalityDays(h.ctx, by, survey.Round{})
		is(t, err, survey.ErrForbidden)
	}
}
