package results

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

// written lists distributions as "phone accessibility 3: good 1 fair 1 poor 1".
func written(ds []Distribution) []string {
	var lines []string
	for _, d := range ds {
		line := fmt.Sprintf("%s %s %d:", d.Channel, d.Criterion, d.Base)
		for _, l := range d.Levels {
			line += fmt.Sprintf(" %s %d", l.Level, l.Count)
		}
		lines = append(lines, line)
	}
	return lines
}

func compareLines(t *testing.T, got []string, want string) {
	t.Helper()
	for i, line := range strings.Split(strings.TrimSpace(want), "\n") {
		if line = strings.TrimSpace(line); i >= len(got) || got[i] != line {
			t.Errorf("line %d of %q, want %q", i+1, got, line)
		}
	}
}

func TestDistributions(t *testing.T) {
	const s = time.Second
	r := testRound(t)
	mixed := survey.Ratings{Answer: survey.Good, Information: survey.Fair, Interest: survey.Poor, Treatment: survey.Good}
	school := func(c survey.Contact) survey.Contact { c.Area = "grundskola"; return c }
	contacts := []survey.Contact{
		call(reached(60*s, allGood)), call(reached(61*s, mixed)), call(missed(survey.Fault)),
		call(missed(survey.Busy), reached(10*s, mixed)),
		call(reached(10*s, survey.Ratings{})), // reached and left unrated
		school(call(answered(10*s, 0))),
		mailed(r, time.Hour, time.Hour, allGood), mailed(r, 91*time.Hour, 91*time.Hour, mixed),
		school(mailed(r, time.Hour, time.Hour, mixed)),
	}
	p := Summarise(r, town0860, contacts)[0]
	compareLines(t, written(p.Distributions), `
		phone accessibility 6: good 2 fair 1 poor 3
		phone answer 4: good 3 fair 0 poor 0
		phone information 4: good 1 fair 2 poor 0
		phone interest 4: good 1 fair 0 poor 2
		phone treatment 4: very_good 1 good 2 fair 0 poor 0
		email answer 2: good 2 fair 0 poor 0
		email information 2: good 1 fair 1 poor 0
		email treatment 2: very_good 1 good 1 fair 0 poor 0`)
	compareLines(t, written(p.Areas[2].Distributions), `
		phone accessibility 1: good 0 fair 0 poor 1
		phone answer 0: good 0 fair 0 poor 0
		phone information 0: good 0 fair 0 poor 0
		phone interest 0: good 0 fair 0 poor 0
		phone treatment 0: very_good 0 good 0 fair 0 poor 0
		email answer 1: good 1 fair 0 poor 0
		email information 1: good 0 fair 1 poor 0
		email treatment 1: very_good 0 good 1 fair 0 poor 0`)
	if d := p.Distributions[0]; d.Title != "Tillgänglighet" {
		t.Errorf("accessibility is called %q", d.Title)
	}
	if d := p.Distributions[6]; d.Title != "Merinformation" {
		t.Errorf("e-mail information is called %q", d.Title)
	}
}

// A scale is data of the round, and so are its criteria and their order.
func TestDistributionsFollowTheRoundsScales(t *testing.T) {
	r := testRound(t)
	two := []survey.Level{{Code: survey.Good}, {Code: survey.Poor}}
	r.Design.Criteria = []survey.Criterion{
		{Code: survey.Treatment, Channel: survey.Email, Title: "Ton", Scale: two},
		{Code: survey.Answer, Channel: survey.Phone, Title: "Svar", Scale: two},
	}
	r.Design.GoodWithin = 30 * time.Second
	rated := survey.Ratings{Answer: survey.Good, Treatment: survey.Good}
	p := Summarise(r, town0860, []survey.Contact{call(reached(31*time.Second, rated)), mailed(r, 0, 0, rated)})[0]
	compareLines(t, written(p.Distributions), `
		phone accessibility 1: good 0 fair 1 poor 0
		phone answer 1: good 1 poor 0
		email treatment 1: good 1 poor 0`)
	// A scale without a level changes nothing in the index: good is still 2 of 3.
	checkFigures(t, r, []survey.Contact{call(reached(0, rated))}, figures{"phone_treatment_index": "1 66.6667"})
}

func TestAnswerTimes(t *testing.T) {
	const s, ms = time.Second, time.Millisecond
	contacts := []survey.Contact{
		call(reached(0, allGood)), call(reached(30*s, allGood)), call(reached(30*s+ms, allGood)),
		call(reached(60*s, allGood)),
		call(reached(120*s, allGood)), call(reached(120*s+ms, allGood)), call(reached(time.Hour, allGood)),
		call(missed(survey.Busy), reached(5*s, allGood)), call(answered(5*s, 0)), call(missed(survey.Fault)),
		mailed(testRound(t), 0, 0, allGood),
	}
	p := Summarise(testRound(t), town0860, contacts)[0]
	want := "[{≤ 30 s 2} {31–60 s 2} {61–120 s 1} {> 120 s 2} {ingen handläggare 3}]"
	if got := fmt.Sprint(p.AnswerTimes); got != want {
		t.Errorf("answer times %s, want %s", got, want)
	}
}

func TestAreas(t *testing.T) {
	r := testRound(t)
	in := func(area survey.QuestionArea, c survey.Contact) survey.Contact { c.Area = area; return c }
	contacts := []survey.Contact{
		in("bygglov", call(reached(0, allGood))), in("bygglov", call(missed(survey.Busy))),
		in("förskola", call(reached(time.Minute, allGood))),
		in("slopat område", call(missed(survey.Busy))), // an area that the design no longer has
	}
	p := Summarise(r, town0860, contacts)[0]
	if len(p.Areas) != len(r.Design.Areas) {
		t.Fatalf("%d areas, want %d", len(p.Areas), len(r.Design.Areas))
	}
	first := measureIndex["phone_reached_first"]
	got := text(of(t, p, "phone_reached_first").Value, true)
	for i, a := range p.Areas[:3] {
		if a.Area != r.Design.Areas[i] {
			t.Errorf("area %d is %s, want %s", i, a.Area, r.Design.Areas[i])
		}
		got += ", " + text(a.Values[first], true)
	}
	if want := "2/4 50, 1/2 50, 1/1 100, 0/0 –"; got != want {
		t.Errorf("whole and areas %s, want %s", got, want)
	}
	if f := of(t, p, "phone_answer_time"); f.Result != known(155) {
		t.Errorf("median of all areas %v, want 155", f.Result) // 0, 10, 300, 300
	}
}
