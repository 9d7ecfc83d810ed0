package survey_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/survey"
)

// dialTimes makes an instant from seconds after tuesday10; -1 is none.
func dialTimes(dialled, answered int, forwarded []int, connected, ended int) survey.CallTimes {
	at := func(s int) time.Time {
		if s < 0 {
			return time.Time{}
		}
		return tuesday10.Add(time.Duration(s) * time.Second)
	}
	t := survey.CallTimes{
		Dialled: at(dialled), Answered: at(answered), Connected: at(connected), Ended: at(ended), Why: "Tryckte för sent.",
	}
	for _, s := range forwarded {
		t.Forwarded = append(t.Forwarded, at(s))
	}
	return t
}

// reachedCall is a call that reached somebody after 40 s and is reported.
func reachedCall(t *testing.T, r survey.Round) survey.Contact {
	t.Helper()
	c := plannedCall()
	for i, p := range []survey.Phase{survey.Dial, survey.PickUp, survey.Forward, survey.Connect, survey.HangUp} {
		if err := c.Press(p, r, stroke(tuesday10.Add(time.Duration(10*i)*time.Second))); err != nil {
			t.Fatal(err)
		}
	}
	rep := survey.CallReport{Outcome: survey.Reached, Ratings: good(survey.Good), Note: "Trevlig."}
	if err := c.ReportCall(rep, r, tuesday10.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	c.Presses = nil // which the store has kept
	return c
}

func TestTimesAreCorrected(t *testing.T) {
	r := testRound(t)
	k := stroke(tuesday10.Add(time.Hour))
	for _, tt := range []struct {
		name    string
		to      survey.CallTimes
		presses []string
		outcome survey.Outcome
		state   survey.State
	}{
		{"one instant", dialTimes(0, 10, []int{20}, 25, 40), []string{"connect 30 25"}, survey.Reached, survey.Submitted},
		{"several", dialTimes(2, 5, []int{20, 22}, 25, 40),
			[]string{"dial 0 2", "answer 10 5", "forward - 22", "connect 30 25"}, survey.Reached, survey.Submitted},
		{"put through never", dialTimes(0, 10, nil, 30, 40), []string{"forward 20 -"}, survey.Reached, survey.Submitted},
		{"nobody was reached", dialTimes(0, 10, []int{20}, -1, 40), []string{"connect 30 -"}, "", survey.Begun},
		{"the handläggare answered", dialTimes(0, -1, nil, 30, 40), []string{"answer 10 30", "forward 20 -"},
			survey.Reached, survey.Submitted},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := reachedCall(t, r)
			if err := c.CorrectTimes(tt.to, r, k); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range c.Presses {
				got = append(got, fmt.Sprintf("%s %s %s", p.Phase, secondsIn(p.Was), secondsIn(p.At)))
				if p.Kind != survey.PressCorrected || p.Reason != tt.to.Why || p.By != k.By || !p.Received.Equal(k.Received) || p.Attempt != 1 {
					t.Errorf("kept %+v", p)
				}
			}
			if d := cmp.Diff(tt.presses, got); d != "" {
				t.Error(d)
			}
			if c.Attempts[0].Outcome != tt.outcome || c.State != tt.state || (c.Disposition == "") != (tt.outcome == "") {
				t.Errorf("outcome %q, state %s, disposition %q", c.Attempts[0].Outcome, c.State, c.Disposition)
			}
			if c.Attempts[0].Note != "Trevlig." || c.Attempts[0].Ratings != good(survey.Good) {
				t.Errorf("what was rated is gone: %+v", c.Attempts[0])
			}
		})
	}
}

func secondsIn(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return fmt.Sprint(int(at.Sub(tuesday10).Seconds()))
}

func TestAnOutcomeOpenedByACorrectionIsReportedAnew(t *testing.T) {
	r := testRound(t)
	c := reachedCall(t, r)
	if err := c.CorrectTimes(dialTimes(0, 10, nil, -1, 40), r, stroke(tuesday10.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	if err := c.ReportCall(survey.CallReport{Outcome: survey.Voicemail}, r, tuesday10.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if c.Disposition != survey.NoContact || c.Attempts[0].Ratings != (survey.Ratings{}) {
		t.Errorf("reported %+v", c)
	}
	if err := c.CorrectTimes(dialTimes(0, 10, nil, 30, 40), r, stroke(tuesday10.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	if a, calling := c.Current(); !calling || a.Connected.IsZero() || c.State != survey.Begun {
		t.Errorf("a handläggare was added: %+v", c)
	}
}

func TestTimesThatCannotBe(t *testing.T) {
	r := testRound(t)
	for _, tt := range []struct {
		name, field, says string
		to                survey.CallTimes
	}{
		{"no reason", "why", "varför", func() survey.CallTimes {
			to := dialTimes(0, 10, nil, 30, 40)
			to.Why = ""
			return to
		}()},
		{"nothing differs", "", "Ingen tid är ändrad", dialTimes(0, 10, []int{20}, 30, 40)},
		{"never dialled", "dialled", "när du ringde", dialTimes(-1, 10, nil, 30, 40)},
		{"out of order", "connected", "inte komma före Kopplas, 10.00.20", dialTimes(0, 10, []int{20}, 15, 40)},
		{"put through in the wrong order", "forwarded", "inte komma före Kopplas, 10.00.20", dialTimes(0, 10, []int{20, 15}, 30, 40)},
		{"put through without an answer", "answered", "Skriv när", dialTimes(0, -1, []int{20}, 30, 40)},
		{"never ended", "ended", "när samtalet slutade", dialTimes(0, 10, nil, 30, -1)},
		{"in the future", "ended", "inte inträffat än. Klockan är 11.00.00", dialTimes(0, 10, nil, 30, 7200)},
		{"the day before", "dialled", "samma dag", dialTimes(-1, 10, nil, 30, 40)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "the day before" {
				tt.to.Dialled = tuesday10.AddDate(0, 0, -1)
			}
			c := reachedCall(t, r)
			before := c.Attempts[0].Times()
			err := c.CorrectTimes(tt.to, r, stroke(tuesday10.Add(time.Hour)))
			var errs survey.FieldErrors
			if !errors.As(err, &errs) || !strings.Contains(errs.On(tt.field), tt.says) {
				t.Errorf("got %v, want %q on %q", err, tt.says, tt.field)
			}
			if d := cmp.Diff(before, c.Attempts[0].Times()); d != "" || len(c.Presses) > 0 {
				t.Errorf("changed: %s%v", d, c.Presses)
			}
		})
	}
}

func TestTimesOfAnEarlierDialAreInTheWay(t *testing.T) {
	r := testRound(t)
	r.Design.MaxAttempts = 2
	c := plannedCall()
	c.State = survey.Begun
	c.Attempts = []survey.Attempt{
		{Dialled: tuesday10, Ended: tuesday10.Add(time.Minute), Outcome: survey.Busy}, {Dialled: tuesday10.Add(time.Hour)},
	}
	err := c.CorrectTimes(dialTimes(59, -1, nil, -1, -1), r, stroke(tuesday10.Add(2*time.Hour)))
	var errs survey.FieldErrors
	if !errors.As(err, &errs) || !strings.Contains(errs.On("dialled"), "slutade 10.01.00") {
		t.Errorf("got %v", err)
	}
}

func TestTimesAreCorrectedWhileTheContactMayBeChanged(t *testing.T) {
	r := testRound(t)
	for name, spoil := range map[string]func(*survey.Contact, *survey.Round){
		"reviewed": func(c *survey.Contact, _ *survey.Round) { c.State = survey.Approved },
		"voided":   func(c *survey.Contact, _ *survey.Round) { c.Disposition = survey.Void },
		"closed":   func(_ *survey.Contact, r *survey.Round) { r.Stage = survey.Closed },
		"no dial":  func(c *survey.Contact, _ *survey.Round) { c.Attempts = nil },
	} {
		c, round := reachedCall(t, r), r
		spoil(&c, &round)
		err := c.CorrectTimes(dialTimes(0, 10, nil, 25, 40), round, stroke(tuesday10.Add(time.Hour)))
		if !errors.Is(err, survey.ErrConflict) && !errors.Is(err, survey.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPressThatWaitedForTheLine(t *testing.T) {
	r := testRound(t)
	queued := func(at, received int) survey.Stroke {
		return survey.Stroke{At: tuesday10.Add(time.Duration(at) * time.Second), Received: tuesday10.Add(time.Duration(received) * time.Second)}
	}
	c := plannedCall()
	for _, tt := range []struct {
		phase survey.Phase
		k     survey.Stroke
		says  string
		at    int
	}{
		{survey.Dial, queued(0, 60), "", 0},
		{survey.PickUp, queued(-2, 61), "", 0}, // seems earlier because the first was slow on its way
		{survey.Connect, queued(-10, 61), "före det senaste skedet", 0},
		{survey.Connect, queued(30, 61), "", 30},
		{survey.HangUp, queued(20, 25), "Serverns klocka", 0},
	} {
		err := c.Press(tt.phase, r, tt.k)
		if tt.says != "" {
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%s at %v: %v", tt.phase, tt.k.At, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		p := c.Presses[len(c.Presses)-1]
		if !p.At.Equal(tuesday10.Add(time.Duration(tt.at)*time.Second)) || !p.Received.Equal(tt.k.Received) {
			t.Errorf("%s: kept %+v", tt.phase, p)
		}
	}
}
