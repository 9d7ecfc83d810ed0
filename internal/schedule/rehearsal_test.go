package schedule_test

import (
	"math"
	"reflect"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// calm is a fieldwork in which nothing goes wrong.
var calm = schedule.Assumptions{
	ReachedFirst: 1, ReachedAgain: 1, Answered: 1, Ill: 0, IllDays: 3, Speed: 1, Replied: 1, ReplyHours: 4,
}

// rehearsal is two weeks with two evaluators who each have ten calls and ten
// e-mails a day, and room for as many.
func rehearsal() schedule.Rehearsal {
	from := officehours.Date{Year: 2026, Month: 10, Day: 5}
	in := schedule.Rehearsal{From: from, Part: 1, Setup: survey.Setup{Round: survey.Round{
		Period:   survey.FieldPeriod{From: from, To: from.AddDays(11)},
		Calendar: officehours.SwedishCalendar(2026, 2026),
		Design:   survey.Design{Areas: []survey.QuestionArea{"bygglov", "förskola"}, MaxAttempts: 1, ReplyCutoff: 90 * time.Hour},
	}}}
	for _, who := range []string{"elin@example.se", "karin@example.se"} {
		in.Setup.Evaluators = append(in.Setup.Evaluators, survey.Evaluator{Email: who, CallsPerDay: 10, EmailsPerDay: 10})
		for _, area := range in.Setup.Round.Design.Areas {
			in.Setup.Assignments = append(in.Setup.Assignments, survey.Assignment{Area: area, Evaluator: who})
			for _, d := range in.Setup.Round.Calendar.WorkingDays(from, from.AddDays(11)) {
				for _, ch := range survey.Channels {
					in.Work = append(in.Work, survey.Work{Evaluator: who, Day: d, Channel: ch, Area: area, N: 5})
				}
			}
		}
	}
	return in
}

func TestRehearsal(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*schedule.Rehearsal, *schedule.Assumptions)
		finish string // of all runs
		onTime float64
	}{
		"nothing goes wrong": {func(*schedule.Rehearsal, *schedule.Assumptions) {}, "2026-10-16", 1},
		"half the speed takes twice the time": {func(_ *schedule.Rehearsal, a *schedule.Assumptions) { a.Speed = 0.5 },
			"2026-10-30", 0.5},
		"nobody works ahead": {func(_ *schedule.Rehearsal, a *schedule.Assumptions) { a.Speed = 3 }, "2026-10-16", 1},
		"every call is made twice": {func(in *schedule.Rehearsal, a *schedule.Assumptions) {
			in.Setup.Round.Design.MaxAttempts, a.ReachedFirst, a.ReachedAgain, a.Retried = 2, 0, 0, 1
		}, "2026-10-30", 0.5},
		"from the middle, half a day gone": {func(in *schedule.Rehearsal, _ *schedule.Assumptions) {
			in.From, in.Part = in.From.AddDays(7), 0.5
			in.Work = in.Work[:0]
			in.Work = append(in.Work, survey.Work{Evaluator: "elin@example.se", Day: in.From.AddDays(-1), Channel: survey.Phone, Area: "bygglov", N: 14})
		}, "2026-10-13", 1},
		"a colleague takes what lies with who has gone": {func(in *schedule.Rehearsal, a *schedule.Assumptions) {
			in.Setup.Evaluators[0].To = in.From.AddDays(4)
			a.Speed = 2
		}, "2026-10-16", 1},
		"an absent one catches up": {func(in *schedule.Rehearsal, _ *schedule.Assumptions) {
			in.Setup.Evaluators[0].Absent = []officehours.Date{in.Setup.Round.Period.To}
		}, "2026-10-19", 0.95},
	} {
		t.Run(name, func(t *testing.T) {
			in, a := rehearsal(), calm
			c.change(&in, &a)
			out := schedule.Rehearse(in, a, 20, 1)
			if len(out.Finish) != 1 || out.Finish[0].Date.String() != c.finish || out.Finish[0].Runs != 20 || out.Never != 0 {
				t.Fatalf("%+v, %d never; want all on %s", out.Finish, out.Never, c.finish)
			}
			late := c.finish > in.Setup.Round.Period.To.String()
			if got := out.OnTime[survey.Phone][0]; math.Abs(got-c.onTime) > 1e-9 || (math.Abs(out.InPeriod-1) < 1e-9) == late {
				t.Errorf("%.3f of the calls on time, want %.3f; %.2f of the runs", got, c.onTime, out.InPeriod)
			}
		})
	}
}

func TestWorkThatNobodyMayTakeIsNeverDone(t *testing.T) {
	in := rehearsal()
	in.Work = append(in.Work, survey.Work{Evaluator: "gone@example.se", Day: in.From, Channel: survey.Email, Area: "bygglov", N: 1})
	in.Setup.Assignments = nil
	out := schedule.Rehearse(in, calm, 5, 1)
	if out.Never != 5 || !out.Quantile(0.5).IsZero() || out.OnTime[survey.Email][0] >= 1 {
		t.Errorf("%+v", out)
	}
	in = rehearsal()
	in.Work = nil
	if out := schedule.Rehearse(in, calm, 5, 1); out.Never != 0 || out.OnTime[survey.Phone][0] != 1 {
		t.Errorf("without work: %+v", out)
	}
	in.Setup.Round.Calendar = officehours.Calendar{}
	if out := schedule.Rehearse(in, calm, 5, 1); out.Never != 5 {
		t.Errorf("without a working day: %+v", out)
	}
}

// With an illness on a tenth of all days, lasting four days, a tenth of the
// work waits: as much as the team is away.
func TestIllnessTakesItsShareOfTheDays(t *testing.T) {
	in, a := rehearsal(), calm
	a.Ill, a.IllDays = 0.1, 4
	in.Setup.Assignments = nil // nobody takes over
	out := schedule.Rehearse(in, a, 4000, 1)
	sum := 0.0
	for _, part := range out.OnTime[survey.Phone] {
		sum += part / 4000
	}
	// Nobody has room to catch up, so what an ill day leaves is left at the end.
	if math.Abs(sum-0.9) > 0.01 {
		t.Errorf("%.3f of the work is made on time, want 0.9", sum)
	}
	if out.InPeriod < 0.2 || out.InPeriod > 0.8 || out.Quantile(0.9).Before(out.Quantile(0.5)) {
		t.Errorf("%.2f in time, median %s, 90 %% %s", out.InPeriod, out.Quantile(0.5), out.Quantile(0.9))
	}
}

func TestTheSameSeedRehearsesTheSame(t *testing.T) {
	in, a := rehearsal(), calm
	a.Ill, a.ReachedFirst, a.Retried, in.Setup.Round.Design.MaxAttempts = 0.05, 0.6, 0.8, 3
	first := schedule.Rehearse(in, a, 50, 7)
	if second := schedule.Rehearse(in, a, 50, 7); !reflect.DeepEqual(first, second) {
		t.Error("two rehearsals with one seed differ")
	}
	if other := schedule.Rehearse(in, a, 50, 8); reflect.DeepEqual(first, other) {
		t.Error("another seed gives the same")
	}
	// 1 + 0.4·0.8·(1 + 0.4·0.8) dials a call would be made with 0.6 reached again.
	a.ReachedAgain = 0.6
	if out := schedule.Rehearse(in, a, 200, 1); math.Abs(out.Dials-1.4224) > 0.02 {
		t.Errorf("%.3f dials a call, want 1.422", out.Dials)
	}
}

func TestChances(t *testing.T) {
	d := survey.Design{MaxAttempts: 3, ReplyCutoff: 90 * time.Hour}
	a := schedule.Assumptions{ReachedFirst: 0.6, ReachedAgain: 0.5, Answered: 0.9, Retried: 0.8, Replied: 0.9, ReplyHours: 90}
	c := schedule.ChancesOf(a, d)
	// 0.6 + 0.4·0.8·0.5 + 0.4·0.8·0.5·0.8·0.5, and 0.9 + 0.1·0.8·0.9 + 0.1·0.8·0.1·0.8·0.9.
	for name, v := range map[string][2]float64{
		"reached": {c.Reached, 0.824}, "answered": {c.Answered, 0.97776}, "replied by a cut-off at the median": {c.Replied, 0.45},
	} {
		if math.Abs(v[0]-v[1]) > 1e-9 {
			t.Errorf("%s: %.6f, want %.6f", name, v[0], v[1])
		}
	}
	d.MaxAttempts = 1
	if c := schedule.ChancesOf(a, d); c.Reached != 0.6 || c.Answered != 0.9 {
		t.Errorf("one attempt: %+v", c)
	}
}

func TestExpectedBase(t *testing.T) {
	for name, c := range map[string]struct {
		n      int
		p      float64
		onTime []float64
		mean   float64
		low    int
	}{
		"all made":        {120, 1, []float64{1, 1}, 120, 120},
		"none planned":    {0, 0.5, []float64{1}, 0, 0},
		"nobody reached":  {120, 0, []float64{1}, 0, 0},
		"a fair coin":     {10, 0.5, []float64{1}, 5, 2}, // P(≤1) = 11/1024, P(≤2) = 56/1024 > 5 %
		"three quarters":  {4, 0.75, []float64{1}, 3, 1}, // P(≤1) = 13/256 > 5 %
		"half is made":    {10, 1, []float64{0.5}, 5, 2},
		"two ways to end": {10, 1, []float64{1, 0}, 5, 0},
		"very unlikely":   {120, 0.999, []float64{1}, 119.88, 119},
	} {
		b := schedule.ExpectedBase(c.n, c.p, c.onTime)
		if math.Abs(b.Mean-c.mean) > 1e-9 || b.Low != c.low {
			t.Errorf("%s: %+v, want %.2f and %d", name, b, c.mean, c.low)
		}
	}
}

func BenchmarkRehearse(b *testing.B) {
	in, a := rehearsal(), calm
	in.Setup.Round.Design.MaxAttempts, a.ReachedFirst, a.ReachedAgain, a.Retried, a.Ill = 3, 0.7, 0.5, 0.8, 0.03
	in.Setup.Round.Period.To = in.From.AddDays(32)
	days := in.Setup.Round.Calendar.WorkingDays(in.From, in.Setup.Round.Period.To)
	in.Setup.Evaluators, in.Setup.Assignments, in.Work = nil, nil, nil
	for e := range 40 {
		who := string(rune('A'+e/26)) + string(rune('a'+e%26)) + "@example.se"
		in.Setup.Evaluators = append(in.Setup.Evaluators, survey.Evaluator{Email: who, CallsPerDay: 45, EmailsPerDay: 45})
		for _, area := range in.Setup.Round.Design.Areas {
			in.Setup.Assignments = append(in.Setup.Assignments, survey.Assignment{Area: area, Evaluator: who})
			for _, d := range days {
				for _, ch := range survey.Channels {
					in.Work = append(in.Work, survey.Work{Evaluator: who, Day: d, Channel: ch, Area: area, N: 17})
				}
			}
		}
	}
	for b.Loop() {
		schedule.Rehearse(in, a, 400, 1)
	}
}
