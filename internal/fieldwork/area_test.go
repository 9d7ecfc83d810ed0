package fieldwork_test

import (
	"errors"
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

func TestAreasWithContactsKeepTheirNames(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	renamed := []fieldwork.AreaChange{{Old: "bygglov", Name: "bygge"}}
	var wrong survey.FieldErrors
	if err := h.SaveAreas(h.ctx, lead, code, 0, renamed); !errors.As(err, &wrong) || wrong.On("area_0") == "" {
		t.Errorf("renaming with contacts gives %v, want an error at the area", err)
	}
	ok(t, h.SaveAreas(h.ctx, lead, code, 0, []fieldwork.AreaChange{{Name: "turism"}, {Old: "bygglov", Name: "bygglov"}}))
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	if areas := set.Round.Design.Areas; len(areas) != 2 || areas[0] != "turism" || len(set.Assignments) != 2 {
		t.Errorf("areas %q with %d assignments", areas, len(set.Assignments))
	}
}

func TestWhatAnAreaCanBeCalled(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	for _, areas := range [][]fieldwork.AreaChange{
		{{Old: "bygglov", Name: ""}},
		{{Old: "bygglov", Name: "a;b"}},
		{{Old: "bygglov", Name: "bygglov"}, {Name: "bygglov"}},
		{{Name: "turism"}}, // bygglov has questions
	} {
		var wrong survey.FieldErrors
		if err := h.SaveAreas(h.ctx, lead, code, 0, areas); !errors.As(err, &wrong) {
			t.Errorf("SaveAreas(%v) gives %v, want field errors", areas, err)
		}
	}
	is(t, h.SaveAreas(h.ctx, commissioner, code, 0, nil), survey.ErrForbidden)
	is(t, h.SaveAreas(h.ctx, lead, code, 1, []fieldwork.AreaChange{{Old: "bygglov", Name: "bygge"}}), survey.ErrConflict)
}

func TestTheCountOfARoundFollowsItsPlan(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	planned := func() int {
		r, err := h.Round(h.ctx, lead, code)
		ok(t, err)
		tally, err := h.RoundTally(h.ctx, lead, r)
		ok(t, err)
		return tally.Planned
	}
	if n := planned(); n != 0 {
		t.Fatalf("%d contacts before the plan", n)
	}
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	if n := planned(); n != 16 {
		t.Errorf("%d contacts, want the plan's 16", n)
	}
	_, err = h.RoundTally(h.ctx, reader, survey.Round{})
	is(t, err, survey.ErrForbidden)
}

func TestSavingOneThingNeedsIt(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	is(t, h.SaveParticipant(h.ctx, lead, code, 0, survey.Participant{Municipality: survey.Municipality{Code: "0180"}}),
		survey.ErrNotFound)
	is(t, h.SaveEvaluator(h.ctx, lead, code, 0, false, survey.Evaluator{Email: "ny@example.se", Name: "Ny"}),
		survey.ErrNotFound)
	var wrong survey.FieldErrors
	if err := h.SaveEvaluator(h.ctx, lead, code, 0, true, survey.Evaluator{Email: "maja@example.se",
		Name: "Maja"}); !errors.As(err, &wrong) {
		t.Errorf("adding an evaluator twice gives %v, want a field error", err)
	}
	r, err := h.Round(h.ctx, lead, code)
	ok(t, err)
	_, before, err := h.EarlierParticipants(h.ctx, lead, r)
	ok(t, err)
	if len(before) != 0 {
		t.Errorf("%d participants of an earlier round that does not exist", len(before))
	}
}
