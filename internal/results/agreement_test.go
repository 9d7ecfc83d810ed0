package results

import (
	"maps"
	"math"
	"testing"

	"servicematning/internal/survey"
)

// practised is a call that reached somebody, with the levels of its key.
func practised(answer, treatment survey.LevelCode) survey.PracticeContact {
	return survey.PracticeContact{
		ID: survey.NewID[survey.PracticeContact](), Channel: survey.Phone,
		Key: survey.Judgement{Outcome: survey.Reached, Greeting: survey.FullGreeting, Ratings: survey.Ratings{
			Answer: answer, Information: survey.Fair, Interest: survey.Fair, Treatment: treatment,
		}},
	}
}

func TestAgreementCountsEveryPointOfTheKeys(t *testing.T) {
	d := survey.DefaultDesign(survey.Definitions)
	c := practised(survey.Fair, survey.Good)
	milder, stricter := c.Key, c.Key
	milder.Ratings.Answer = survey.Good
	stricter.Ratings.Answer, stricter.Greeting = survey.Poor, survey.SaidHello
	missed := survey.Judgement{Outcome: survey.Bounced, Greeting: survey.FullGreeting}
	var judged []Judged
	for _, given := range []survey.Judgement{c.Key, milder, stricter, missed} {
		judged = append(judged, Judged{Contact: c, Given: given})
	}
	points, all := Agree(d, judged)
	for _, test := range []struct {
		point                        survey.PracticePoint
		same, base, milder, stricter int
	}{
		{survey.OutcomePoint, 3, 4, 0, 0},
		{survey.GreetingPoint, 3, 4, 0, 1},
		{survey.PracticePoint(survey.Answer), 1, 4, 1, 1},
		{survey.PracticePoint(survey.Treatment), 3, 4, 0, 0},
	} {
		a := points[PointKey{survey.Phone, test.point}]
		if a.Share.Count != test.same || a.Share.Base != test.base || a.Milder != test.milder || a.Stricter != test.stricter {
			t.Errorf("%s: %+v, want %+v", test.point, a, test)
		}
	}
	if all.Share.Count != 16 || all.Share.Base != 24 {
		t.Errorf("all: %d of %d, want 16 of 24", all.Share.Count, all.Share.Base)
	}
	low, high := wilson(16, 24)
	if all.Share.Low.Value != 100*low || all.Share.High.Value != 100*high {
		t.Errorf("interval %v–%v is not Wilson's", all.Share.Low, all.Share.High)
	}
}

func TestACallThatReachedNobodyIsJudgedOnItsOutcomeAlone(t *testing.T) {
	d := survey.DefaultDesign(survey.Definitions)
	busy := survey.PracticeContact{Channel: survey.Phone, Key: survey.Judgement{Outcome: survey.Busy}}
	_, all := Agree(d, []Judged{{Contact: busy, Given: practised(survey.Good, survey.Good).Key}})
	if all.Share.Base != 1 || all.Share.Count != 0 {
		t.Errorf("%+v, want one point, none agreed", all.Share)
	}
}

func TestNothingJudgedIsUnknown(t *testing.T) {
	points, all := Agree(survey.DefaultDesign(survey.Definitions), nil)
	if len(points) != 0 || all.Share.Result.Known {
		t.Errorf("%v, %+v of nothing", points, all)
	}
}

// TestReliabilityIsThePublishedOne takes the example that Krippendorff works
// out in "Computing Krippendorff's Alpha-Reliability" (2011), section C and D:
// four observers, twelve units, five values, missing data; ordinal α = 0.815.
func TestReliabilityIsThePublishedOne(t *testing.T) {
	units := map[int][]int{}
	for _, observer := range []string{
		"123321412...", "1233224125.3", ".3332342251.", "12332441251.",
	} {
		for unit, value := range observer {
			if value != '.' {
				units[unit] = append(units[unit], int(value-'1'))
			}
		}
	}
	if a := alpha(maps.Values(units), 5); !a.Known || math.Abs(a.Value-0.815) > 0.0005 {
		t.Errorf("α = %v, want 0.815", a)
	}
}

func TestReliabilityIsUnknownWithoutGround(t *testing.T) {
	for name, units := range map[string]map[int][]int{
		"one evaluator":       {1: {0}, 2: {1}, 3: {0}, 4: {1}, 5: {2}},
		"few contacts":        {1: {0, 1}, 2: {1, 1}, 3: {0, 0}, 4: {2, 2}},
		"always the same one": {1: {1, 1}, 2: {1, 1}, 3: {1, 1}, 4: {1, 1}, 5: {1, 1}},
	} {
		if a := alpha(maps.Values(units), 3); a.Known {
			t.Errorf("%s: α = %v, want unknown", name, a.Value)
		}
	}
}

func TestReliabilityOfACriterion(t *testing.T) {
	d := survey.DefaultDesign(survey.Definitions)
	var judged []Judged
	for _, level := range []survey.LevelCode{survey.Good, survey.Fair, survey.Poor, survey.Good, survey.Fair} {
		c := practised(level, survey.Good)
		judged = append(judged, Judged{c, "a@example.se", c.Key}, Judged{c, "b@example.se", c.Key})
	}
	key := PointKey{survey.Phone, survey.PracticePoint(survey.Answer)}
	if a := Reliability(d, judged, key); a != known(1) {
		t.Errorf("everybody agrees: α = %v, want 1", a)
	}
	key.Point = survey.OutcomePoint
	if a := Reliability(d, judged, key); a.Known {
		t.Errorf("the outcome has no order, yet α = %v", a)
	}
}
