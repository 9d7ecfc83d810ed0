package fieldwork_test

import (
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func TestStartNeedsACompletePlan(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	is(t, h.StartFieldwork(h.ctx, lead, code, 0), survey.ErrConflict)
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	is(t, h.StartFieldwork(h.ctx, evaluator("maja@example.se"), code, 0), survey.ErrForbidden)
	ok(t, h.StartFieldwork(h.ctx, lead, code, 0))
}

func TestStartRefusesAPlanThatTheSetupHasLeftBehind(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(h *house, code string) error
	}{
		{"a municipality left", func(h *house, code string) error {
			return h.RemoveParticipant(h.ctx, lead, code, 0, "0305")
		}},
		{"a municipality came", func(h *house, code string) error {
			return h.SaveParticipants(h.ctx, lead, code, surveytest.Participants())
		}},
		{"the period was cut short", func(h *house, code string) error {
			return h.SaveBasics(h.ctx, lead, code, 0, survey.FieldPeriod{From: day("2026-10-19"), To: day("2026-10-26")}, "")
		}},
		{"the afternoons were closed", func(h *house, code string) error {
			return h.SaveCalendar(h.ctx, lead, code, 0, officehours.Hours{Opens: 8 * 60, Closes: 9 * 60})
		}},
		{"a question left", func(h *house, code string) error {
			return h.RemoveQuestion(h.ctx, lead, code, 0, "BYGG1")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			code := h.small(t)
			_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
			ok(t, err)
			ok(t, tt.change(h, code))
			is(t, h.StartFieldwork(h.ctx, lead, code, 0), survey.ErrConflict)
			_, err = h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
			ok(t, err)
			ok(t, h.StartFieldwork(h.ctx, lead, code, 0))
		})
	}
}

func TestPlanningAgainKeepsWhatHasBegun(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	by := evaluator(c.Evaluator)
	_, err := h.Press(h.ctx, by, c.ID, c.Version, survey.Dial, 0)
	ok(t, err)
	_, err = h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 2})
	ok(t, err)
	view, err := h.Contact(h.ctx, by, c.ID)
	ok(t, err)
	if view.Contact.State != survey.Begun {
		t.Errorf("the begun contact is %s after planning again", view.Contact.State)
	}
	_, total, err := h.Contacts(h.ctx, lead, code, survey.ContactFilter{LiveOnly: true})
	ok(t, err)
	if total != 16 {
		t.Errorf("%d contacts after planning again, want 16", total)
	}
}

func TestAVoidedContactIsReplacedByTheNextPlan(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	ok(t, h.Void(h.ctx, lead, c.ID, c.Version, "fel nummer"))
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	list, _, err := h.Contacts(h.ctx, lead, code, survey.ContactFilter{
		Municipality: c.Municipality, Question: c.Question, Channel: c.Channel, Order: survey.ByKey})
	ok(t, err)
	live, highest := 0, 0
	for _, x := range list {
		if x.Disposition != survey.Void {
			live++
		}
		highest = max(highest, x.Replicate)
	}
	if live != 2 || highest != 3 {
		t.Errorf("%d live contacts in the cell, highest replicate %d; want 2 and 3", live, highest)
	}
}
