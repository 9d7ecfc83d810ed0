package fieldwork_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

func TestADraftIsItsWritersAlone(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	by := evaluator(c.Evaluator)
	draft := survey.DraftForm{Contact: c.ID, By: "nobody", Attempt: 1, Fields: map[string]string{"note": "x"}, Writer: "page"}
	saved, err := h.SaveDraft(h.ctx, by, draft)
	ok(t, err)
	if saved.By != c.Evaluator || saved.Revision != 1 || !saved.SavedAt.Equal(h.at) {
		t.Errorf("saved %+v", saved)
	}
	found, there, err := h.Draft(h.ctx, by, c.ID)
	if err != nil || !there || found.Fields["note"] != "x" {
		t.Errorf("found %+v, %v", found, err)
	}
	for name, user := range map[string]survey.User{"a colleague": evaluator("somebody@example.se"), "the lead": lead} {
		_, err := h.SaveDraft(h.ctx, user, draft)
		if !errors.Is(err, survey.ErrNotFound) && !errors.Is(err, survey.ErrForbidden) {
			t.Errorf("%s saves: %v", name, err)
		}
		if _, there, err := h.Draft(h.ctx, user, c.ID); there || err != nil && !errors.Is(err, survey.ErrForbidden) {
			t.Errorf("%s reads: %v, %v", name, there, err)
		}
	}
}

func TestADraftThatIsNoFormIsRefused(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	many := map[string]string{}
	for i := range 61 {
		many[fmt.Sprint("field", i)] = "x"
	}
	for name, fields := range map[string]map[string]string{
		"too many fields": many, "too long a text": {"note": strings.Repeat("å", 20_001)},
	} {
		_, err := h.SaveDraft(h.ctx, evaluator(c.Evaluator), survey.DraftForm{Contact: c.ID, Fields: fields})
		if errs := (survey.FieldErrors)(nil); !errors.As(err, &errs) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDraftsAreForgottenInTime(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Email)
	by := evaluator(c.Evaluator)
	_, err := h.SaveDraft(h.ctx, by, survey.DraftForm{Contact: c.ID, Fields: map[string]string{"note": "x"}, Writer: "page"})
	ok(t, err)
	for _, step := range []struct {
		days  int
		there bool
	}{{60, true}, {1, false}} {
		h.at = h.at.Add(time.Duration(step.days) * 24 * time.Hour)
		ok(t, h.ForgetDrafts(h.ctx))
		if _, there, err := h.Draft(h.ctx, by, c.ID); err != nil || there != step.there {
			t.Errorf("after %d days: there %v, %v", step.days, there, err)
		}
	}
}
