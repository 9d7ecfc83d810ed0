package demo_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/demo"
	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var period = survey.FieldPeriod{
	From: officehours.Date{Year: 2026, Month: 10, Day: 19}, To: officehours.Date{Year: 2026, Month: 11, Day: 20},
}

// round makes a filled round of one county.
func round(t *testing.T, now officehours.Date) (survey.Setup, []survey.Contact) {
	t.Helper()
	r, err := survey.NewRound("2026", period)
	if err != nil {
		t.Fatal(err)
	}
	var ms []survey.Municipality
	for _, m := range survey.BundledMunicipalities() {
		if m.CountyCode == "03" {
			ms = append(ms, m)
		}
	}
	team := demo.Evaluators(period)
	set := survey.Setup{
		Round: r, Participants: demo.Participants(ms), Evaluators: team,
		Assignments: demo.Assignments(r.Design.Areas, team),
	}
	plan, err := schedule.Plan(schedule.Input{Setup: set}, 1)
	if err != nil {
		t.Fatal(err)
	}
	demo.Fill(set, plan.Contacts, 1, now.At(12, 0))
	return set, plan.Contacts
}

func TestContactsHangTogether(t *testing.T) {
	now := officehours.Date{Year: 2026, Month: 11, Day: 4}
	set, cs := round(t, now)
	done, planned := 0, 0
	for _, c := range cs {
		if c.State == survey.Planned {
			planned++
			continue
		}
		done++
		if a, ok := c.FirstCounted(); ok {
			if a.Dialled.Before(c.PlannedAt) || a.Ended.Before(a.Dialled) ||
				(a.Outcome == survey.Reached) == a.Connected.IsZero() {
				t.Errorf("%v: %+v cannot be", c.Key(), a)
			}
		}
		if m := c.Mail; m.Sent.After(now.At(12, 0)) || m.FirstReply.After(now.At(12, 0)) ||
			len(survey.CheckMailOrder(m)) > 0 {
			t.Errorf("%v: %+v cannot be", c.Key(), m)
		}
		if c.Disposition == survey.Completed && c.Channel == survey.Email && !c.Replied(set.Round) {
			t.Errorf("%v: completed without a reply that counts", c.Key())
		}
	}
	if done == 0 || planned == 0 {
		t.Errorf("%d done and %d planned: the round is not in its middle", done, planned)
	}
}

func TestMunicipalitiesDiffer(t *testing.T) {
	set, cs := round(t, officehours.Date{Year: 2026, Month: 12, Day: 24})
	low, high := 100.0, 0.0
	for _, p := range results.Summarise(set.Round, set.Participants, cs) {
		f, _ := p.Figure("overall_impression")
		if !f.Result.Known {
			t.Fatalf("%s has no overall impression", p.Participant.Name)
		}
		low, high = min(low, f.Result.Value), max(high, f.Result.Value)
	}
	if high-low < 3 || low < 30 || high > 98 {
		t.Errorf("impressions from %.1f to %.1f are not plausible", low, high)
	}
}

func TestTheSameSeedGivesTheSameRound(t *testing.T) {
	now := officehours.Date{Year: 2026, Month: 11, Day: 4}
	_, a := round(t, now)
	_, b := round(t, now)
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error(diff)
	}
}

func TestReviewTouchesFinishedContactsOnly(t *testing.T) {
	_, cs := round(t, officehours.Date{Year: 2026, Month: 12, Day: 24})
	returned, void := 0, 0
	for _, c := range demo.Review(cs, "lead@example.se") {
		if !c.Finished() && c.State != survey.Returned {
			t.Errorf("%v was reviewed while %s", c.Key(), c.State)
		}
		if c.State == survey.Returned {
			returned++
		}
		if c.Disposition == survey.Void {
			void++
		}
	}
	if returned == 0 || void == 0 {
		t.Errorf("%d returned, %d void", returned, void)
	}
}
