package survey_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// The round of these tests runs 19 October to 20 November 2026; 10 o'clock on
// the first Tuesday is a moment inside it.
func testRound(t *testing.T) survey.Round {
	t.Helper()
	r, err := survey.NewRound("2026", survey.FieldPeriod{From: date("2026-10-19"), To: date("2026-11-20")})
	if err != nil {
		t.Fatal(err)
	}
	r.Stage = survey.Fieldwork
	return r
}

func date(s string) officehours.Date {
	d, err := officehours.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

var tuesday10 = date("2026-10-20").At(10, 0)

func plannedCall() survey.Contact {
	return survey.Contact{
		Municipality: "0305",
		Channel:      survey.Phone,
		Question:     "BYGG1",
		Replicate:    1,
		State:        survey.Planned,
	}
}

func good(level survey.LevelCode) survey.Ratings {
	return survey.Ratings{Answer: level, Information: level, Interest: level, Treatment: level}
}

// press presses the phases one second apart.
func press(t *testing.T, c *survey.Contact, r survey.Round, phases ...survey.Phase) time.Time {
	t.Helper()
	at := tuesday10
	for _, p := range phases {
		if err := c.Press(p, r, stroke(at)); err != nil {
			t.Fatalf("press %s: %v", p, err)
		}
		at = at.Add(time.Second)
	}
	return at
}

func TestPhasesThatCannotBe(t *testing.T) {
	r := testRound(t)
	closed := r
	closed.Stage = survey.Closed
	for _, tt := range []struct {
		name   string
		before []survey.Phase
		press  survey.Phase
		round  survey.Round
		at     time.Time
		kind   error
	}{
		{"answer before dialling", nil, survey.PickUp, r, tuesday10, survey.ErrConflict},
		{"dial twice", []survey.Phase{survey.Dial}, survey.Dial, r, tuesday10.Add(time.Minute), survey.ErrConflict},
		{"answer twice", []survey.Phase{survey.Dial, survey.PickUp}, survey.PickUp, r, tuesday10.Add(time.Minute), survey.ErrConflict},
		{"forward before answer", []survey.Phase{survey.Dial}, survey.Forward, r, tuesday10.Add(time.Minute), survey.ErrConflict},
		{"forward after handläggare", []survey.Phase{survey.Dial, survey.Connect}, survey.Forward, r, tuesday10.Add(time.Minute), survey.ErrConflict},
		{"anything after the end", []survey.Phase{survey.Dial, survey.HangUp}, survey.PickUp, r, tuesday10.Add(time.Minute), survey.ErrConflict},
		{"clock set back", []survey.Phase{survey.Dial}, survey.PickUp, r, tuesday10.Add(-time.Second), survey.ErrConflict},
		{"day before the period", nil, survey.Dial, r, date("2026-10-18").At(23, 59), survey.ErrConflict},
		{"day after the period", nil, survey.Dial, r, date("2026-11-21").At(0, 0), survey.ErrConflict},
		{"closed round", nil, survey.Dial, closed, tuesday10, survey.ErrClosed},
		{"unknown key", []survey.Phase{survey.Dial}, "wave", r, tuesday10.Add(time.Minute), survey.ErrConflict},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := plannedCall()
			press(t, &c, r, tt.before...)
			if err := c.Press(tt.press, tt.round, stroke(tt.at)); !errors.Is(err, tt.kind) {
				t.Errorf("got %v, want %v", err, tt.kind)
			}
		})
	}
}

func TestHandlaggareAnsweringHerself(t *testing.T) {
	c, r := plannedCall(), testRound(t)
	press(t, &c, r, survey.Dial, survey.Connect)
	a := c.Attempts[0]
	if a.Answered.IsZero() || !a.Answered.Equal(a.Connected) {
		t.Errorf("answered %v, connected %v: want the same instant", a.Answered, a.Connected)
	}
}

func TestUndo(t *testing.T) {
	c, r := plannedCall(), testRound(t)
	at := press(t, &c, r, survey.Dial, survey.PickUp, survey.Forward, survey.Forward, survey.Connect, survey.HangUp)
	for _, want := range []func(a survey.Attempt) bool{
		func(a survey.Attempt) bool { return a.Ended.IsZero() && !a.Connected.IsZero() },
		func(a survey.Attempt) bool { return a.Connected.IsZero() && len(a.Forwarded) == 2 },
		func(a survey.Attempt) bool { return len(a.Forwarded) == 1 },
		func(a survey.Attempt) bool { return len(a.Forwarded) == 0 && !a.Answered.IsZero() },
		func(a survey.Attempt) bool { return a.Answered.IsZero() && !a.Dialled.IsZero() },
	} {
		if err := c.Undo(stroke(at)); err != nil {
			t.Fatal(err)
		}
		if !want(c.Attempts[0]) {
			t.Fatalf("after undo: %+v", c.Attempts[0])
		}
	}
	if err := c.Undo(stroke(at)); err != nil || len(c.Attempts) != 0 || c.State != survey.Planned {
		t.Errorf("undoing the dial: %v, %d attempts, %s", err, len(c.Attempts), c.State)
	}
	if err := c.Undo(stroke(at)); err == nil {
		t.Error("undo with nothing to undo: want a refusal")
	}
}

func TestReportCall(t *testing.T) {
	reached := []survey.Phase{survey.Dial, survey.PickUp, survey.Connect, survey.HangUp}
	missed := []survey.Phase{survey.Dial, survey.PickUp}
	for _, tt := range []struct {
		name    string
		pressed []survey.Phase
		report  survey.CallReport
		fields  []string // with errors
		state   survey.State
		end     survey.Disposition
	}{
		{"reached and rated", reached, survey.CallReport{Outcome: survey.Reached, Ratings: good(survey.Good)}, nil, survey.Submitted, survey.Completed},
		{"very good treatment", reached, survey.CallReport{Outcome: survey.Reached, Ratings: survey.Ratings{
			Answer: survey.Good, Information: survey.Poor, Interest: survey.Fair, Treatment: survey.VeryGood}}, nil, survey.Submitted, survey.Completed},
		{"very good answer is not on the scale", reached, survey.CallReport{Outcome: survey.Reached, Ratings: good(survey.VeryGood)},
			[]string{"answer", "information", "interest"}, "", ""},
		{"reached but unrated", reached, survey.CallReport{Outcome: survey.Reached}, []string{"answer", "information", "interest", "treatment"}, "", ""},
		{"reached without the key", missed, survey.CallReport{Outcome: survey.Reached, Ratings: good(survey.Good)}, []string{"outcome"}, "", ""},
		{"missed with the key", reached, survey.CallReport{Outcome: survey.Bounced}, []string{"outcome"}, "", ""},
		{"missed", missed, survey.CallReport{Outcome: survey.Voicemail}, nil, survey.Submitted, survey.NoContact},
		{"missed but rated", missed, survey.CallReport{Outcome: survey.Voicemail, Ratings: good(survey.Good)}, []string{"answer"}, "", ""},
		{"referred needs a note", missed, survey.CallReport{Outcome: survey.Referred}, []string{"note"}, "", ""},
		{"referred with a note", missed, survey.CallReport{Outcome: survey.Referred, Note: "webben"}, nil, survey.Submitted, survey.NoContact},
		{"fault is made again", missed, survey.CallReport{Outcome: survey.Fault, Note: "headset"}, nil, survey.Begun, ""},
		{"fault needs a note", missed, survey.CallReport{Outcome: survey.Fault}, []string{"note"}, "", ""},
		{"no outcome", missed, survey.CallReport{}, []string{"outcome"}, "", ""},
		{"unknown outcome", missed, survey.CallReport{Outcome: "eaten"}, []string{"outcome"}, "", ""},
		{"a note that is too long", missed, survey.CallReport{Outcome: survey.Voicemail, Note: strings.Repeat("å", 4001)},
			[]string{"note"}, "", ""},
		{"suspected needs a reason", missed, survey.CallReport{Outcome: survey.Voicemail, Suspected: true}, []string{"suspected_why"}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, r := plannedCall(), testRound(t)
			at := press(t, &c, r, tt.pressed...)
			err := c.ReportCall(tt.report, r, at)
			checkFields(t, err, tt.fields)
			if tt.fields == nil && (c.State != tt.state || c.Disposition != tt.end) {
				t.Errorf("%s %q, want %s %q", c.State, c.Disposition, tt.state, tt.end)
			}
			if tt.fields != nil && !c.Attempts[0].UnderWay() {
				t.Error("a refused report changed the attempt")
			}
		})
	}
}

// checkFields compares the fields that have errors.
func checkFields(t *testing.T, err error, want []string) {
	t.Helper()
	var errs survey.FieldErrors
	if err != nil && !errors.As(err, &errs) {
		t.Fatalf("got %v, want field errors", err)
	}
	if len(errs) != len(want) {
		t.Fatalf("got %v, want errors on %v", errs, want)
	}
	for i, f := range want {
		if errs[i].Field != f {
			t.Errorf("error %d is on %q, want %q", i, errs[i].Field, f)
		}
	}
}

func TestAttemptsWithinTheRoundsLimit(t *testing.T) {
	r := testRound(t)
	r.Design.MaxAttempts = 2
	c := plannedCall()
	at := press(t, &c, r, survey.Dial)
	if err := c.ReportCall(survey.CallReport{Outcome: survey.Fault, Note: "nätet"}, r, at); err != nil {
		t.Fatal(err)
	}
	for i, want := range []survey.State{survey.Begun, survey.Submitted} {
		at = at.Add(time.Hour)
		if err := c.Press(survey.Dial, r, stroke(at)); err != nil {
			t.Fatalf("counted attempt %d: %v", i+1, err)
		}
		if err := c.ReportCall(survey.CallReport{Outcome: survey.Busy}, r, at.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if c.State != want {
			t.Fatalf("after counted attempt %d: %s, want %s", i+1, c.State, want)
		}
	}
	if err := c.Press(survey.Dial, r, stroke(at.Add(time.Hour))); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("a third counted attempt: %v", err)
	}
}

func TestReferredIsNotTriedAgain(t *testing.T) {
	r := testRound(t)
	r.Design.MaxAttempts = 3
	c := plannedCall()
	at := press(t, &c, r, survey.Dial)
	if err := c.ReportCall(survey.CallReport{Outcome: survey.Referred, Note: "webben"}, r, at); err != nil {
		t.Fatal(err)
	}
	if c.State != survey.Submitted {
		t.Errorf("state %s: a referral ends the contact", c.State)
	}
}

func TestAccessibilityIsJudgedOnTheFirstCountedAttempt(t *testing.T) {
	d := survey.DefaultDesign("2026")
	at := tuesday10
	reached := func(wait time.Duration) survey.Attempt {
		return survey.Attempt{
			Dialled:   at,
			Answered:  at,
			Connected: at.Add(wait),
			Ended:     at.Add(wait + time.Minute),
			Outcome:   survey.Reached,
		}
	}
	missed := survey.Attempt{Dialled: at, Ended: at.Add(time.Minute), Outcome: survey.Busy}
	fault := survey.Attempt{Dialled: at, Ended: at.Add(time.Minute), Outcome: survey.Fault}
	for _, tt := range []struct {
		name     string
		attempts []survey.Attempt
		want     survey.LevelCode
	}{
		{"exactly 60 s is good", []survey.Attempt{reached(60 * time.Second)}, survey.Good},
		{"a millisecond more is fair", []survey.Attempt{reached(60*time.Second + time.Millisecond)}, survey.Fair},
		{"not reached is poor", []survey.Attempt{missed}, survey.Poor},
		{"reached at the second attempt is still poor", []survey.Attempt{missed, reached(time.Second)}, survey.Poor},
		{"a fault does not count", []survey.Attempt{fault, reached(time.Second)}, survey.Good},
		{"only faults: unknown", []survey.Attempt{fault}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := survey.Contact{Attempts: tt.attempts}.Accessibility(d)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("got %q %v, want %q", got, ok, tt.want)
			}
		})
	}
}

func TestCorrectionUntilReviewed(t *testing.T) {
	c, r := plannedCall(), testRound(t)
	at := press(t, &c, r, survey.Dial, survey.Connect, survey.HangUp)
	if err := c.ReportCall(survey.CallReport{Outcome: survey.Reached, Ratings: good(survey.Good)}, r, at); err != nil {
		t.Fatal(err)
	}
	first := c.SubmittedAt
	if err := c.ReportCall(survey.CallReport{Outcome: survey.Reached, Ratings: good(survey.Fair)}, r, at.Add(time.Hour)); err != nil {
		t.Fatalf("correcting: %v", err)
	}
	if c.Attempts[0].Ratings.Answer != survey.Fair || !c.SubmittedAt.Equal(first) {
		t.Errorf("corrected to %v, submitted %v, want fair and %v", c.Attempts[0].Ratings, c.SubmittedAt, first)
	}
	if err := c.Approve("lead@example.se"); err != nil {
		t.Fatal(err)
	}
	if err := c.ReportCall(survey.CallReport{Outcome: survey.Reached, Ratings: good(survey.Good)}, r, at); !errors.Is(
		err,
		survey.ErrConflict,
	) {
		t.Errorf("correcting a reviewed contact: %v", err)
	}
}

func TestAnAppointmentIsKeptWhileAttemptsRemain(t *testing.T) {
	r := testRound(t)
	r.Stage = survey.Fieldwork
	r.Design.MaxAttempts = 2
	now := date("2026-10-27").At(10, 0)
	agreed := now.Add(4 * time.Hour)
	for name, tc := range map[string]struct {
		attempts int // made before the one that is reported
		agreed   time.Time
		stored   time.Time // agreed before
		outcome  survey.Outcome
		wrong    bool
		want     time.Time
	}{
		"agreed":                         {agreed: agreed, outcome: survey.Unavailable, want: agreed},
		"not agreed":                     {outcome: survey.Unavailable},
		"one before is met or forgotten": {stored: now.Add(-time.Hour), outcome: survey.Unavailable},
		"a corrected report": {
			agreed: now.Add(-time.Hour), stored: now.Add(-time.Hour), outcome: survey.Unavailable, want: now.Add(-time.Hour),
		},
		"no attempt remains": {attempts: 1, agreed: agreed, outcome: survey.Unavailable},
		"another outcome":    {agreed: agreed, outcome: survey.Voicemail, wrong: true},
		"now":                {agreed: now, outcome: survey.Unavailable, wrong: true},
		"at night":           {agreed: now.Add(10 * time.Hour), outcome: survey.Unavailable, wrong: true},
		"after the period":   {agreed: date("2026-11-23").At(10, 0), outcome: survey.Unavailable, wrong: true},
	} {
		c := survey.Contact{Channel: survey.Phone, State: survey.Begun, CallBackAt: tc.stored}
		for range tc.attempts {
			c.Attempts = append(c.Attempts, survey.Attempt{Dialled: now, Ended: now, Outcome: survey.Busy})
		}
		c.Attempts = append(c.Attempts, survey.Attempt{Dialled: now, Ended: now})
		err := c.ReportCall(survey.CallReport{Outcome: tc.outcome, CallBackAt: tc.agreed}, r, now)
		var errs survey.FieldErrors
		if errors.As(err, &errs); (errs.On("call_back") != "") != tc.wrong || (err != nil) != tc.wrong {
			t.Errorf("%s: %v", name, err)
		}
		if !tc.wrong && !c.CallBackAt.Equal(tc.want) {
			t.Errorf("%s: agreed on %v, want %v", name, c.CallBackAt, tc.want)
		}
	}
}

// stroke is a key pressed at the instant, with the line up.
func stroke(at time.Time) survey.Stroke {
	return survey.Stroke{By: "maja@example.se", At: at, Received: at}
}
