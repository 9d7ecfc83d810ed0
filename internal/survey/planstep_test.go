package survey_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func TestAStepInNumbersAndWords(t *testing.T) {
	slot := func(who string, day, hour int) survey.PlanSlot {
		return survey.PlanSlot{Evaluator: who, At: surveytest.At(day, hour, 0)}
	}
	none := survey.PlanSlot{}
	for _, tt := range []struct {
		name    string
		changes [][2]survey.PlanSlot
		want    survey.StepCount
		text    string
	}{
		{"nothing", nil, survey.StepCount{}, "ingenting ändras"},
		{"another day", [][2]survey.PlanSlot{{slot("a", 1, 9), slot("b", 2, 9)}}, survey.StepCount{Moved: 1, NewDay: 1}, "1 flyttas"},
		{"another evaluator", [][2]survey.PlanSlot{{slot("a", 1, 9), slot("b", 1, 9)}},
			survey.StepCount{Moved: 1, NewEvaluator: 1}, "1 flyttas"},
		{"another time", [][2]survey.PlanSlot{{slot("a", 1, 9), slot("a", 1, 10)}}, survey.StepCount{Moved: 1}, "1 flyttas"},
		{"everything", [][2]survey.PlanSlot{{slot("a", 1, 9), slot("a", 1, 10)}, {none, slot("a", 1, 9)}, {slot("a", 1, 9), none},
			{slot("b", 1, 9), none}}, survey.StepCount{Moved: 1, Added: 1, Removed: 2}, "1 flyttas, 1 tillkommer, 2 tas bort"},
		{"thousands", slices.Repeat([][2]survey.PlanSlot{{none, slot("a", 1, 9)}}, 2627), survey.StepCount{Added: 2627},
			"2\u00a0627 tillkommer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s survey.PlanStep
			for _, c := range tt.changes {
				s.Changes = append(s.Changes, survey.PlanChange{Before: c[0], After: c[1]})
			}
			if d := cmp.Diff(tt.want, s.Count()); d != "" {
				t.Error(d)
			}
			if got := s.Count().Text(); got != tt.text {
				t.Errorf("in words: %q, want %q", got, tt.text)
			}
		})
	}
}

func TestMovingAContactTakesItBack(t *testing.T) {
	c := surveytest.PhoneContact(surveytest.Round())
	callBack := c.CallBackAt
	c.MoveTo(survey.PlanSlot{Evaluator: "omar.ek@example.se", At: surveytest.At(3, 9, 0)})
	if c.HeldBy != "" || !c.HeldUntil.IsZero() || !c.CallBackAt.Equal(callBack) || c.Evaluator != "omar.ek@example.se" {
		t.Errorf("moved: %+v", c)
	}
}

func TestWhatMayChangeAtEachStage(t *testing.T) {
	for _, tt := range []struct {
		stage                     survey.Stage
		everything, plan, inField bool
	}{
		{survey.Draft, true, true, false},
		{survey.Fieldwork, false, true, true},
		{survey.Review, false, false, false},
		{survey.Closed, false, false, false},
	} {
		r := survey.Round{Code: "2026", Stage: tt.stage}
		if (r.Editable() == nil) != tt.everything || (r.Plannable() == nil) != tt.plan || (r.InField() == nil) != tt.inField {
			t.Errorf("%s: editable %v, plannable %v, in the field %v", tt.stage, r.Editable(), r.Plannable(), r.InField())
		}
	}
}

func TestWantedCells(t *testing.T) {
	set := surveytest.Setup() // one of its three municipalities leaves
	set.Round.Design.Questions[0].Withdrawn = true
	if got, want := len(set.Wanted()), 2*59*2; got != want {
		t.Errorf("%d cells, want %d", got, want)
	}
	if got := set.Round.Design.Quota(); got != 118 {
		t.Errorf("the quota is %d, want 118", got)
	}
}
