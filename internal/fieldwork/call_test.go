package fieldwork_test

import (
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

// dialled is a call that was dialled when it was planned, and answered after
// a minute.
func (h *house) dialled(t *testing.T) (survey.User, survey.Contact) {
	t.Helper()
	_, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	by := evaluator(c.Evaluator)
	h.at = c.PlannedAt
	for _, p := range []survey.Phase{survey.Dial, survey.PickUp} {
		_, err := h.Press(h.ctx, by, c.ID, 0, p, 0)
		ok(t, err)
		h.at = h.at.Add(time.Minute)
	}
	return by, c
}

func TestAPressSaysHowLongAgoItWas(t *testing.T) {
	h := newHouse(t)
	by, c := h.dialled(t)
	for _, ago := range []time.Duration{-time.Millisecond, 13 * time.Hour} {
		if _, err := h.Press(h.ctx, by, c.ID, 0, survey.Connect, ago); err == nil || !strings.Contains(err.Error(), "för gammalt") {
			t.Errorf("%v ago: %v", ago, err)
		}
	}
	got, err := h.Press(h.ctx, by, c.ID, 0, survey.Connect, 20*time.Second)
	ok(t, err)
	if !got.Attempts[0].Connected.Equal(h.at.Add(-20 * time.Second)) {
		t.Errorf("stamped %v at %v", got.Attempts[0].Connected, h.at)
	}
	presses, err := h.Presses(h.ctx, lead, got)
	ok(t, err)
	if last := presses[len(presses)-1]; len(presses) != 3 || !last.Received.Equal(h.at) || last.By != by.Email {
		t.Errorf("kept %+v", presses)
	}
}

func TestTimesAreCorrectedByWhoMadeTheCall(t *testing.T) {
	h := newHouse(t)
	by, c := h.dialled(t)
	to := survey.CallTimes{Dialled: c.PlannedAt, Answered: c.PlannedAt.Add(30 * time.Second), Why: "Tryckte för sent."}
	other := evaluator("somebody@example.se")
	_, err := h.CorrectTimes(h.ctx, other, c.ID, 0, to)
	is(t, err, survey.ErrNotFound)
	_, err = h.CorrectTimes(h.ctx, lead, c.ID, 0, to)
	is(t, err, survey.ErrForbidden)
	_, err = h.CorrectTimes(h.ctx, by, c.ID, 1, to)
	is(t, err, survey.ErrConflict)
	got, err := h.CorrectTimes(h.ctx, by, c.ID, 3, to)
	ok(t, err)
	if !got.Attempts[0].Answered.Equal(to.Answered) {
		t.Errorf("stored %+v", got.Attempts)
	}
	for name, user := range map[string]survey.User{"a colleague": other, "a reader": reader} {
		if _, err := h.Presses(h.ctx, user, got); err == nil {
			t.Errorf("%s sees the presses", name)
		}
	}
	presses, err := h.Presses(h.ctx, by, got)
	ok(t, err)
	if last := presses[len(presses)-1]; last.Kind != survey.PressCorrected || last.Reason != to.Why {
		t.Errorf("kept %+v", presses)
	}
}
