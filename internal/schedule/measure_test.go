package schedule_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"servicematning/internal/schedule"
)

// A plan measured afterwards has the figures that it was made with, whether
// its contacts have been begun or not. The limits narrow as contacts are made.
func TestMeasuringAPlanGivesItsFigures(t *testing.T) {
	in := schedule.Input{Setup: setup(t, 8, 6, 30, 30)}
	areas(&in.Setup, 3)
	plan, err := schedule.Plan(in, 1)
	if err != nil {
		t.Fatal(err)
	}
	asCounted := cmpopts.IgnoreFields(schedule.Balance{}, "Limit", "Why")
	for _, begun := range []int{0, len(plan.Contacts) / 2, len(plan.Contacts)} {
		in.Kept, in.Planned = plan.Contacts[:begun], plan.Contacts[begun:]
		if d := cmp.Diff(plan.Balance, schedule.Measure(in), asCounted); d != "" {
			t.Errorf("%d of %d begun: %s", begun, len(plan.Contacts), d)
		}
	}
}
