package fieldwork_test

import (
	"errors"
	"slices"
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

func TestBulkChange(t *testing.T) {
	before := []survey.Assignment{
		{Area: "bygglov", Evaluator: "anna"}, {Area: "bygglov", Evaluator: "bo", Municipality: "0305"},
		{Area: "förskola", Evaluator: "bo"}, {Area: "grundskola", Evaluator: "carl"},
	}
	for name, c := range map[string]struct {
		change fieldwork.BulkChange
		want   []survey.Assignment
	}{
		"given everywhere, instead of in some municipalities": {
			fieldwork.BulkChange{Kind: fieldwork.BulkGive, Evaluators: []string{"bo", "carl"}, Areas: []survey.QuestionArea{"bygglov"}},
			[]survey.Assignment{{Area: "bygglov", Evaluator: "anna"}, {Area: "förskola", Evaluator: "bo"},
				{Area: "grundskola", Evaluator: "carl"}, {Area: "bygglov", Evaluator: "bo"}, {Area: "bygglov", Evaluator: "carl"}},
		},
		"taken": {
			fieldwork.BulkChange{Kind: fieldwork.BulkTake, Evaluators: []string{"anna", "bo"}, Areas: []survey.QuestionArea{"bygglov", "grundskola"}},
			[]survey.Assignment{{Area: "förskola", Evaluator: "bo"}, {Area: "grundskola", Evaluator: "carl"}},
		},
		"copied with municipalities, the model itself untouched": {
			fieldwork.BulkChange{Kind: fieldwork.BulkCopy, Evaluators: []string{"carl", "bo"}, From: "bo"},
			[]survey.Assignment{{Area: "bygglov", Evaluator: "anna"}, {Area: "bygglov", Evaluator: "bo", Municipality: "0305"},
				{Area: "förskola", Evaluator: "bo"}, {Area: "bygglov", Evaluator: "carl", Municipality: "0305"}, {Area: "förskola", Evaluator: "carl"}},
		},
	} {
		if got := c.change.Apply(before); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %v\nwant %v", name, got, c.want)
		}
	}
}

func TestBulkChangeThatLacksSomething(t *testing.T) {
	who, areas := []string{"anna"}, []survey.QuestionArea{"bygglov"}
	for field, b := range map[string]fieldwork.BulkChange{
		"who":   {Kind: fieldwork.BulkGive, Areas: areas},
		"areas": {Kind: fieldwork.BulkTake, Evaluators: who},
		"from":  {Kind: fieldwork.BulkCopy, Evaluators: who},
		"kind":  {Evaluators: who, Areas: areas},
	} {
		var wrong survey.FieldErrors
		if err := b.Check(); !errors.As(err, &wrong) || wrong.On(field) == "" {
			t.Errorf("%+v: %v, want an error on %q", b, err, field)
		}
	}
	if (fieldwork.BulkChange{Kind: fieldwork.BulkCopy, Evaluators: who, From: "anna"}).Check() == nil {
		t.Error("somebody may be copied to themselves alone")
	}
}

func TestAssignMany(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	b := fieldwork.BulkChange{Kind: fieldwork.BulkTake, Areas: set.Round.Design.Areas}
	for _, e := range set.Evaluators {
		b.Evaluators = append(b.Evaluators, e.Email)
	}
	is(t, h.AssignMany(h.ctx, commissioner, code, 0, b), survey.ErrForbidden)
	is(t, h.AssignMany(h.ctx, lead, code, set.Round.Version+1, b), survey.ErrConflict)
	ok(t, h.AssignMany(h.ctx, lead, code, set.Round.Version, b))
	b.Kind = fieldwork.BulkGive
	ok(t, h.AssignMany(h.ctx, lead, code, 0, b))
	set, err = h.Setup(h.ctx, lead, code)
	ok(t, err)
	if n := len(set.Assignments); n != len(b.Evaluators)*len(b.Areas) {
		t.Errorf("%d assignments", n)
	}
}
