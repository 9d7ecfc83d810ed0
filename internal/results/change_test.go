package results

import (
	"fmt"
	"testing"
	"time"

	"servicematning/internal/survey"
)

// compared computes the contacts after those of an earlier round, whose report
// may be altered first.
func compared(t *testing.T, before, now []survey.Contact, alter func(*Report)) Profile {
	t.Helper()
	setup := survey.Setup{Round: testRound(t), Participants: town0860}
	old, err := Compute(setup, streamOf(before), nil, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	old.Round = "2025"
	if alter != nil {
		alter(&old)
	}
	rep, err := Compute(setup, streamOf(now), &old, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return rep.Profiles[0]
}

func TestChange(t *testing.T) {
	hit, miss := call(reached(10*time.Second, allGood)), call(missed(survey.Busy))
	before := append(times(48, hit), times(32, miss)...) // Newcombe's 48 of 80
	now := append(times(56, hit), times(14, miss)...)    // and 56 of 70
	p := compared(t, before, now, nil)
	for measure, want := range map[string]string{
		"phone_reached_first": "2025 60 true 20 5.2431 33.3873", // now minus before, in percentage points
		"phone_answer_time":   "2025 10 true 0 – –",
		"phone_impression":    "2025 82 true 9 – –", // 45 of 100 points rest on reached and answer
		"email_replied":       "2025 – true – – –",
	} {
		c := of(t, p, measure).Previous
		if c == nil {
			t.Errorf("%s is not compared", measure)
			continue
		}
		got := fmt.Sprint(c.Round, " ", number(c.Value), " ", c.Comparable, " ",
			number(c.Change), " ", number(c.Low), " ", number(c.High))
		if got != want {
			t.Errorf("%s: %s, want %s", measure, got, want)
		}
	}
	back := compared(t, now, before, nil)
	c := of(t, back, "phone_reached_first").Previous
	if number(c.Change) != "-20" || number(c.Low) != "-33.3873" || number(c.High) != "-5.2431" {
		t.Errorf("the other way round: %+v", c)
	}
}

func TestNoEarlierRound(t *testing.T) {
	hit := call(reached(10*time.Second, allGood))
	alone := Summarise(testRound(t), town0860, []survey.Contact{hit})[0]
	newcomer := compared(t, []survey.Contact{hit}, []survey.Contact{hit}, func(old *Report) {
		old.Profiles[0].Participant.Code = "0861"
	})
	for name, p := range map[string]Profile{"first round": alone, "first time in a round": newcomer} {
		for _, f := range p.Figures {
			if f.Previous != nil {
				t.Errorf("%s: %s is compared with %+v", name, f.Measure, f.Previous)
			}
		}
	}
}

func TestComparable(t *testing.T) {
	hit := []survey.Contact{call(reached(10*time.Second, allGood)), mailed(testRound(t), 0, 0, allGood)}
	half := func(ws []survey.Weight) []survey.Weight {
		halves := make([]survey.Weight, len(ws))
		for i, w := range ws {
			halves[i] = survey.Weight{Measure: w.Measure, Points: w.Points / 2}
		}
		return halves
	}
	twoMore := func(ws []survey.Weight, a, b float64) []survey.Weight {
		return append(half(ws), survey.Weight{Measure: "phone_reached_30", Points: a},
			survey.Weight{Measure: "phone_treatment", Points: b})
	}
	measures := []string{"phone_reached_first", "phone_answer_time", phoneImpression, emailImpression, overallImpression}
	for name, tc := range map[string]struct {
		alter func(*Report)
		want  string // of the measures above
	}{
		"the same":            {nil, "[true true true true true]"},
		"other definitions":   {func(r *Report) { r.Definitions = "2017" }, "[false false false false false]"},
		"the same, halved":    {func(r *Report) { r.Weights.Phone = half(r.Weights.Phone) }, "[true true true true true]"},
		"other phone weights": {func(r *Report) { r.Weights.Phone = r.Weights.Phone[1:] }, "[true true false true false]"},
		"one more weight": {func(r *Report) {
			r.Weights.Phone = twoMore(r.Weights.Phone, 0, 9)
		}, "[true true false true false]"},
		"two more, of 0": {func(r *Report) {
			r.Weights.Phone = twoMore(r.Weights.Phone, 0, 0)
		}, "[true true true true true]"},
		"another e-mail weight": {func(r *Report) {
			r.Weights.Email = append(half(r.Weights.Email[:1]), r.Weights.Email[1:]...)
		}, "[true true true false false]"},
		"other channel shares": {func(r *Report) { r.Weights.PhoneShare = 60 }, "[true true true true false]"},
	} {
		t.Run(name, func(t *testing.T) {
			p := compared(t, hit, hit, tc.alter)
			var got []bool
			for _, m := range measures {
				c := of(t, p, m).Previous
				got = append(got, c.Comparable)
				if c.Change.Known != c.Comparable || c.Low.Known && !c.Comparable || !c.Value.Known {
					t.Errorf("%s: comparable %t, but %+v", m, c.Comparable, c)
				}
			}
			if fmt.Sprint(got) != tc.want {
				t.Errorf("comparable %v, want %s", got, tc.want)
			}
		})
	}
}
