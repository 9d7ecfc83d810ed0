package survey_test

import (
	"errors"
	"strings"
	"testing"

	"servicematning/internal/survey"
)

func TestTheBundledPracticeIsWhole(t *testing.T) {
	d := survey.DefaultDesign(survey.Definitions)
	count, levels := map[survey.Channel]int{}, map[survey.LevelCode]int{}
	for _, p := range survey.BundledPractice() {
		if err := p.Check(d); err != nil {
			t.Errorf("%s: %v", p.Title, err)
		}
		if len(p.Reasons) != len(p.Points(d)) {
			t.Errorf("%s: %d reasons for %d points", p.Title, len(p.Reasons), len(p.Points(d)))
		}
		for _, m := range survey.BundledMunicipalities() {
			if strings.Contains(p.Story, m.Name+" kommun") || strings.Contains(p.Story, m.Name+"s kommun") {
				t.Errorf("%s names %s", p.Title, m.Name)
			}
		}
		if hints := p.Remarks(nil); len(hints) > 0 {
			t.Errorf("%s: %v", p.Title, hints)
		}
		count[p.Channel]++
		for _, point := range p.Points(d) {
			if c, ok := point.Criterion(d, p.Channel); ok {
				levels[p.Key.Ratings.Of(c.Code)]++
			}
		}
	}
	if count[survey.Phone] < 4 || count[survey.Email] < 4 {
		t.Errorf("%v, want at least four in each channel", count)
	}
	for _, l := range []survey.LevelCode{survey.VeryGood, survey.Good, survey.Fair, survey.Poor} {
		if levels[l] < 2 {
			t.Errorf("%s is the key %d times: nobody learns it", l, levels[l])
		}
	}
}

// call is a practice call that reached a handläggare.
func call() survey.PracticeContact {
	return survey.PracticeContact{
		Channel: survey.Phone, Question: "BYGG1", Title: "Prov", Story: "0.00 Du ringer.",
		Key: survey.Judgement{
			Outcome: survey.Reached, Greeting: survey.SaidMunicipality | survey.SaidHello,
			Ratings: survey.Ratings{
				Answer: survey.Fair, Information: survey.Fair, Interest: survey.Fair, Treatment: survey.Good,
			},
		},
		Reasons: survey.Reasons{
			survey.OutcomePoint: "a", survey.GreetingPoint: "b", "answer": "c", "information": "d", "interest": "e", "treatment": "f",
		},
	}
}

func TestAnAnswerStandsOnASideOfTheKey(t *testing.T) {
	d, p := survey.DefaultDesign(survey.Definitions), call()
	for _, test := range []struct {
		name  string
		point survey.PracticePoint
		given func(j *survey.Judgement)
		want  survey.Side
	}{
		{"the same", "answer", func(*survey.Judgement) {}, survey.SameAsKey},
		{"a better level", "answer", func(j *survey.Judgement) { j.Ratings.Answer = survey.Good }, survey.Milder},
		{"a worse level", "answer", func(j *survey.Judgement) { j.Ratings.Answer = survey.Poor }, survey.Stricter},
		{"the best of four", "treatment", func(j *survey.Judgement) { j.Ratings.Treatment = survey.VeryGood }, survey.Milder},
		{"heard more", "greeting", func(j *survey.Judgement) { j.Greeting = survey.FullGreeting }, survey.Milder},
		{"heard less", "greeting", func(j *survey.Judgement) { j.Greeting = survey.SaidHello }, survey.Stricter},
		{"heard other things", "greeting", func(j *survey.Judgement) { j.Greeting = survey.SaidName }, survey.OtherSide},
		{"another outcome", "outcome", func(j *survey.Judgement) { j.Outcome = survey.Bounced }, survey.OtherSide},
		{"not rated", "interest", func(j *survey.Judgement) { j.Ratings = survey.Ratings{} }, survey.OtherSide},
	} {
		t.Run(test.name, func(t *testing.T) {
			given := p.Key
			test.given(&given)
			for _, v := range p.Compare(d, given) {
				if v.Point == test.point && v.Side != test.want {
					t.Errorf("%s is %s, want %s", v.Point, v.Side, test.want)
				}
			}
		})
	}
}

func TestAPracticeContactIsChecked(t *testing.T) {
	d := survey.DefaultDesign(survey.Definitions)
	for _, test := range []struct {
		name, field string
		change      func(p *survey.PracticeContact)
	}{
		{"no question", "question", func(p *survey.PracticeContact) { p.Question = "X" }},
		{"no title", "title", func(p *survey.PracticeContact) { p.Title = "" }},
		{"long title", "title", func(p *survey.PracticeContact) { p.Title = strings.Repeat("å", 81) }},
		{"no story", "story", func(p *survey.PracticeContact) { p.Story = "" }},
		{"no outcome", "outcome", func(p *survey.PracticeContact) { p.Key.Outcome = "" }},
		{"own fault", "outcome", func(p *survey.PracticeContact) { p.Key.Outcome = survey.Fault }},
		{"no level", "interest", func(p *survey.PracticeContact) { p.Key.Ratings.Interest = "" }},
		{"a level off the scale", "answer", func(p *survey.PracticeContact) { p.Key.Ratings.Answer = survey.VeryGood }},
		{"no reason", "reason_treatment", func(p *survey.PracticeContact) { delete(p.Reasons, "treatment") }},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := call()
			test.change(&p)
			var errs survey.FieldErrors
			if !errors.As(p.Check(d), &errs) || errs.On(test.field) == "" {
				t.Errorf("%v, want something on %s", errs, test.field)
			}
		})
	}
	if err := call().Check(d); err != nil {
		t.Error(err)
	}
}

func TestAJudgementIsTidied(t *testing.T) {
	whole := survey.Judgement{
		Outcome: survey.Reached, Greeting: survey.FullGreeting, Sender: survey.FullSender, Ratings: call().Key.Ratings,
	}
	busy := whole
	busy.Outcome = survey.Busy
	if got := busy.Tidy(survey.Phone); got != (survey.Judgement{Outcome: survey.Busy}) {
		t.Errorf("busy: %+v", got)
	}
	if got := whole.Tidy(survey.Email); got != (survey.Judgement{Sender: survey.FullSender, Ratings: whole.Ratings}) {
		t.Errorf("e-mail: %+v", got)
	}
}

func TestTheGateOfPractice(t *testing.T) {
	d := survey.DefaultDesign(survey.Definitions)
	d.PracticeRequired = true
	lax := d
	lax.PracticePass = 50
	off := d
	off.PracticeRequired = false
	for _, test := range []struct {
		name  string
		d     survey.Design
		st    survey.PracticeStanding
		words string // of the refusal; "" when open
	}{
		{"not asked for", off, survey.PracticeStanding{Asked: 4}, ""},
		{"nothing to answer", d, survey.PracticeStanding{}, ""},
		{"not begun", d, survey.PracticeStanding{Asked: 4}, "4 av 4"},
		{"one left", d, survey.PracticeStanding{Asked: 4, Answered: 3, Points: 10, Agreed: 10}, "1 av 4"},
		{"exactly enough", d, survey.PracticeStanding{Asked: 4, Answered: 4, Points: 10, Agreed: 8}, ""},
		{"just below", d, survey.PracticeStanding{Asked: 4, Answered: 4, Points: 100, Agreed: 79}, "kräver 80 %"},
		{"a lower demand", lax, survey.PracticeStanding{Asked: 4, Answered: 4, Points: 10, Agreed: 5}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := test.st.Gate(test.d)
			if test.words == "" && err != nil || test.words != "" &&
				(!errors.Is(err, survey.ErrUnpractised) || !strings.Contains(err.Error(), test.words)) {
				t.Errorf("%v, want %q", err, test.words)
			}
		})
	}
}

func TestNamesInAStoryArePointedOut(t *testing.T) {
	for _, test := range []struct {
		name, story string
		want        int
	}{
		{"nothing", "Kommunen, hej! Ring 0.15 igen efter klockan 9. Det kostar 1 200 kr.", 0},
		{"a municipality", "Det här är Håbo, hej.", 1},
		{"its genitive", "Växeln på Håbos kommun svarar.", 1},
		{"a word that is one's beginning", "Håboda är en by.", 0},
		{"an address", "Skriv till bygg@example.se.", 1},
		{"a telephone number", "Ring 0171-525 00.", 1},
		{"a name that is said", "Jag heter Anna.", 1},
		{"a name left out", "Jag heter [namn].", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := call()
			p.Story = test.story
			if got := p.Remarks([]string{"Håbo"}); len(got) != test.want {
				t.Errorf("%v, want %d", got, test.want)
			}
		})
	}
}
