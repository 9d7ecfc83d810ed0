package fieldwork_test

import (
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

func TestEvaluatorsSeeAndChangeOnlyTheirOwn(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	other := evaluator("somebody@example.se")
	_, err := h.Contact(h.ctx, other, c.ID)
	is(t, err, survey.ErrNotFound)
	_, err = h.Press(h.ctx, other, c.ID, 0, survey.Dial, 0)
	is(t, err, survey.ErrNotFound)
	_, _, err = h.Contacts(h.ctx, other, code, survey.ContactFilter{})
	is(t, err, survey.ErrForbidden)
	_, err = h.Press(h.ctx, lead, c.ID, 0, survey.Dial, 0)
	is(t, err, survey.ErrForbidden)
	_, err = h.Results(h.ctx, other, code)
	is(t, err, survey.ErrForbidden)
	_, err = h.Day(h.ctx, other, code, false)
	is(t, err, survey.ErrNotFound)
}

func TestAFormSentTwiceActsOnce(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	ctx := fieldwork.WithForm(h.ctx, "0198-form")
	_, err := h.Press(ctx, evaluator(c.Evaluator), c.ID, c.Version, survey.Dial, 0)
	ok(t, err)
	_, err = h.Press(ctx, evaluator(c.Evaluator), c.ID, c.Version, survey.Dial, 0)
	is(t, err, survey.ErrRepeated)
}

func TestAStaleSaveIsAConflict(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Email)
	by := evaluator(c.Evaluator)
	h.at = c.PlannedAt
	_, err := h.MarkSent(h.ctx, by, c.ID, c.Version)
	ok(t, err)
	_, err = h.UndoSent(h.ctx, by, c.ID, c.Version)
	is(t, err, survey.ErrConflict)
}

func TestUnansweredEmailsAreSettledAfterTheCutOff(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Email)
	by := evaluator(c.Evaluator)
	h.at = c.PlannedAt
	_, err := h.MarkSent(h.ctx, by, c.ID, c.Version)
	ok(t, err)
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{24 * time.Hour, 0}, {30 * 24 * time.Hour, 1}, {31 * 24 * time.Hour, 0}} {
		h.at = c.PlannedAt.Add(step.after)
		n, err := h.SettleUnanswered(h.ctx)
		ok(t, err)
		if n != step.want {
			t.Errorf("after %v: %d settled, want %d", step.after, n, step.want)
		}
	}
	view, err := h.Contact(h.ctx, by, c.ID)
	ok(t, err)
	if view.Contact.Disposition != survey.NoReply {
		t.Errorf("disposition %q", view.Contact.Disposition)
	}
}
