package web

import (
	"testing"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

func measure(t testing.TB, code string) results.Measure {
	t.Helper()
	m, ok := results.MeasureByCode(code)
	if !ok {
		t.Fatalf("no measure %s", code)
	}
	return m
}

func TestScalesShowTheWholeOfShares(t *testing.T) {
	for _, c := range []struct {
		code    string
		largest float64
		max     float64
		end     string
		marks   int
	}{
		{"phone_reached_60", 12, 100, "100 %", 5},
		{"overall_impression", 90, 100, "100", 5},
		{"phone_answer_time", 17, 20, "20 s", 5},
		{"phone_answer_time", 300, 300, "300 s", 4},
		{"email_reply_time", 6.2, 8, "8 h", 5},
		{"email_reply_time", 0, 1, "1 h", 2},
	} {
		s := newChartScale(measure(t, c.code), known(c.largest), results.Optional{})
		if s.max != c.max || squeeze(s.end()) != c.end || len(s.marks()) != c.marks {
			t.Errorf("%s to %g: ends at %g, %q with %d marks", c.code, c.largest, s.max, s.end(), len(s.marks()))
		}
	}
}

func TestCoordinates(t *testing.T) {
	s := newChartScale(measure(t, "phone_reached_60"))
	if x := s.x(known(83.333)); x != "83.33%" {
		t.Errorf("x %s", x)
	}
	if y := s.y(known(100)); y != "5.00%" {
		t.Errorf("100 %% lies at %s", y)
	}
	if y := s.y(known(0)); y != "95.00%" {
		t.Errorf("0 %% lies at %s", y)
	}
	if s.x(results.Optional{}) != "" || s.y(results.Optional{}) != "" {
		t.Error("what is not known is drawn")
	}
}

func TestLevelBarKeepsTheWholeScale(t *testing.T) {
	b := newLevelBar(results.Distribution{Title: "Bemötande", Base: 110, Levels: []results.Level{
		{Level: survey.VeryGood, Count: 40}, {Level: survey.Good, Count: 50},
		{Level: survey.Fair}, {Level: survey.Poor, Count: 18},
	}})
	if len(b.Levels) != 4 || b.Levels[2].Count != 0 || b.Unrated != 2 {
		t.Errorf("%+v", b)
	}
	if len(b.Segments) != 3 || b.Segments[0].Class != "l1" || b.Segments[0].Number != "40" {
		t.Errorf("%+v", b.Segments)
	}
	if poor := b.Segments[2]; poor.Class != "l4" || len(poor.Hatches) == 0 || poor.Number != "" {
		t.Errorf("the worst level is not hatched: %+v", poor)
	}
}

func TestChangeDrawsAnArrowOnlyOutsideTheUncertainty(t *testing.T) {
	change := func(d, low, high float64) *results.Change {
		return &results.Change{Comparable: true, Change: known(d), Low: known(low), High: known(high)}
	}
	share, hours := measure(t, "phone_reached_60"), measure(t, "email_reply_time")
	for _, c := range []struct {
		m          results.Measure
		change     *results.Change
		sign, text string
	}{
		{share, change(13.3, 2.6, 23.6), "▲", "+13,3 (2,6 till 23,6)"},
		{share, change(-14.2, -25.6, -2.1), "▼", "−14,2 (−25,6 till −2,1)"},
		{share, change(1.1, -5.9, 8.2), "≈", "+1,1 (−5,9 till 8,2)"},
		{share, change(0.01, -5, 5), "≈", "0,0 (−5,0 till 5,0)"},
		{share, &results.Change{}, "", "ej jämförbart"},
		{share, &results.Change{Comparable: true}, "", "–"},
		{share, nil, "", "–"},
		{hours, &results.Change{Comparable: true, Change: known(-1.5)}, "", "−1 h 30 min"},
	} {
		got := newChange(c.m, c.change)
		if got.Sign != c.sign || squeeze(got.Text) != c.text {
			t.Errorf("%+v: %q %q, want %q %q", c.change, got.Sign, got.Text, c.sign, c.text)
		}
		if (got.Sign == "") != (got.Spoken == "") {
			t.Errorf("%q is not said in words", got.Sign)
		}
	}
}

func TestFiguresInWords(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{"phone_reached_60", "2,1 %"}, {"phone_answer_time", "2,1 s"}, {"email_reply_time",
			"2 h 04 min"}, {"overall_impression", "2,1"},
	} {
		if got := squeeze(figureText(measure(t, c.code), known(2.069))); got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
		if got := figureText(measure(t, c.code), results.Optional{}); got != "–" {
			t.Errorf("%s without a base: %q", c.code, got)
		}
	}
	for class, want := range map[string]string{
		"20000-29999": "20 000–29 999 invånare", "200000+": "200 000 invånare eller fler", "0-4999": "högst 4 999 invånare",
	} {
		if got := squeeze(sizeClassText(class)); got != want {
			t.Errorf("%s: %q", class, got)
		}
	}
	if got := squeeze(differenceText(measure(t, "phone_answer_time"), 3)); got != "+3 s" {
		t.Errorf("seconds: %q", got)
	}
}

func TestNoValueStandsLastWhicheverWay(t *testing.T) {
	m := measure(t, "phone_answer_time")
	lines := func() []resultLine {
		l := make([]resultLine, 3)
		l[0].who.Name, l[0].Result = "Åre", known(20)
		l[1].who.Name = "Borås"
		l[2].who.Name, l[2].Result = "Ale", known(10)
		return l
	}
	for _, c := range []struct {
		by   sorting
		want string
	}{
		{sorting{Key: "varde"}, "Ale Åre Borås"},
		{sorting{Key: "varde", Falling: true}, "Åre Ale Borås"},
		{sorting{Key: "plats"}, "Ale Åre Borås"},
		{sorting{Key: "kommun"}, "Ale Borås Åre"},
	} {
		list := lines()
		sortLines(m, list, c.by)
		got := list[0].who.Name + " " + list[1].who.Name + " " + list[2].who.Name
		if got != c.want {
			t.Errorf("%+v: %s, want %s", c.by, got, c.want)
		}
	}
}
