package survey_test

import (
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func TestVersionOf(t *testing.T) {
	was := survey.Evaluator{Email: "maja@example.se", CallsPerDay: 40}
	for name, c := range map[string]struct {
		now  survey.Evaluator
		same bool
	}{
		"the same":      {survey.Evaluator{Email: "maja@example.se", CallsPerDay: 40}, true},
		"an empty list": {survey.Evaluator{Email: "maja@example.se", CallsPerDay: 40, Absent: []officehours.Date{}}, true},
		"a number":      {survey.Evaluator{Email: "maja@example.se", CallsPerDay: 41}, false},
		"a day": {survey.Evaluator{Email: "maja@example.se", CallsPerDay: 40,
			Absent: []officehours.Date{{Year: 2026, Month: 11, Day: 4}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := survey.VersionOf(was), survey.VersionOf(c.now)
			if a <= 0 || (a == b) != c.same {
				t.Errorf("versions %d and %d, want the same: %v", a, b, c.same)
			}
		})
	}
}
