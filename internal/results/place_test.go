package results

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

// shares makes a participant per number, with 100 calls of which that many
// reached somebody; codes run 0001, 0002 …
func shares(t testing.TB, reachedOf100 ...int) ([]survey.Participant, []survey.Contact) {
	t.Helper()
	var ps []survey.Participant
	var cs []survey.Contact
	for i, n := range reachedOf100 {
		p := town(fmt.Sprintf("%04d", i+1))
		ps = append(ps, p)
		cs = append(cs, in(p.Code, times(n, call(reached(20*time.Second, allGood)))...)...)
		cs = append(cs, in(p.Code, times(100-n, call(missed(survey.Busy)))...)...)
	}
	return ps, cs
}

// placesOf lists the places of a measure by municipality: "1/4 2/4 2/4 4/4".
func placesOf(t testing.TB, profiles []Profile, measure string, of func(Figure) Place) string {
	t.Helper()
	var s []string
	for _, p := range profiles {
		f, ok := p.Figure(measure)
		if !ok {
			t.Fatalf("no measure %s", measure)
		}
		s = append(s, fmt.Sprintf("%d/%d", of(f).Rank, of(f).Of))
	}
	return strings.Join(s, " ")
}

func national(f Figure) Place { return f.Place }

func TestPlaces(t *testing.T) {
	for name, tc := range map[string]struct {
		reached []int
		want    string
	}{
		"nobody":             {nil, ""},
		"one":                {[]int{50}, "1/1"},
		"1, 2, 2, 4":         {[]int{70, 90, 80, 80}, "4/4 1/4 2/4 2/4"},
		"tied at the top":    {[]int{90, 90, 10}, "1/3 1/3 3/3"},
		"tied at the bottom": {[]int{0, 0, 10}, "2/3 2/3 1/3"},
		"all tied":           {[]int{5, 5, 5, 5}, "1/4 1/4 1/4 1/4"},
		"two ties in a row":  {[]int{9, 8, 9, 8, 7}, "1/5 3/5 1/5 3/5 5/5"},
	} {
		t.Run(name, func(t *testing.T) {
			ps, cs := shares(t, tc.reached...)
			profiles := Summarise(testRound(t), ps, cs)
			if got := placesOf(t, profiles, "phone_reached_first", national); got != tc.want {
				t.Errorf("places %s, want %s", got, tc.want)
			}
		})
	}
}

// 1 of 3 and 40 of 120 are the same share, and so is 33.3… from a weighted mean.
func TestTheSameValueByOtherNumbersIsATie(t *testing.T) {
	ps := []survey.Participant{town("0001"), town("0002"), town("0003")}
	hit, miss := call(reached(0, allGood)), call(missed(survey.Busy))
	var cs []survey.Contact
	cs = append(cs, in("0001", append(times(1, hit), times(2, miss)...)...)...)
	cs = append(cs, in("0002", append(times(40, hit), times(80, miss)...)...)...)
	cs = append(cs, in("0003", append(times(41, hit), times(79, miss)...)...)...)
	profiles := Summarise(testRound(t), ps, cs)
	if got, want := placesOf(t, profiles, "phone_reached_first", national), "2/3 2/3 1/3"; got != want {
		t.Errorf("places %s, want %s", got, want)
	}
	m, _ := MeasureByCode(overallImpression)
	tenth, fifth := 0.1, 0.2
	if a, b := tenth+fifth, 0.3; a == b || sortKey(a, m) != sortKey(b, m) {
		t.Errorf("%v and %v are told apart", a, b)
	}
	if sortKey(33.333333333, m) == sortKey(33.333333335, m) {
		t.Error("values two billionths apart are the same")
	}
}

func TestTheShortestTimeIsBest(t *testing.T) {
	ps := []survey.Participant{town("0001"), town("0002"), town("0003")}
	r := testRound(t)
	cs := slices.Concat(
		in("0001", call(answered(9*time.Second, 0)), mailed(r, 2*time.Hour, 0, allGood)),
		in("0002", call(answered(5*time.Second, 0)), mailed(r, 3*time.Hour, 0, allGood)),
		in("0003", call(missed(survey.Busy)), mailed(r, time.Hour, 0, allGood)))
	profiles := Summarise(r, ps, cs)
	for measure, want := range map[string]string{
		"phone_answer_time": "2/3 1/3 3/3", "email_reply_time": "2/3 3/3 1/3", "email_reply_time_mean": "2/3 3/3 1/3",
	} {
		if got := placesOf(t, profiles, measure, national); got != want {
			t.Errorf("%s: places %s, want %s", measure, got, want)
		}
	}
}

func TestPlacesWithinGroups(t *testing.T) {
	ps, cs := shares(t, 10, 20, 20, 40, 50)
	for i, group := range []struct{ county, class string }{
		{"01", "small"}, {"01", "large"}, {"03", "large"}, {"01", "large"}, {"", ""},
	} {
		ps[i].CountyCode, ps[i].SizeClass = group.county, group.class
	}
	profiles := Summarise(testRound(t), ps, cs)
	for _, tc := range []struct {
		name, want string
		of         func(Figure) Place
	}{
		{"all", "5/5 3/5 3/5 2/5 1/5", national},
		{"county", "3/3 2/3 1/1 1/3 0/0", func(f Figure) Place { return f.InCounty }},
		{"size class", "1/1 2/3 2/3 1/3 0/0", func(f Figure) Place { return f.InClass }},
	} {
		if got := placesOf(t, profiles, "phone_reached_first", tc.of); got != tc.want {
			t.Errorf("%s: places %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestMinBase(t *testing.T) {
	r := testRound(t)
	r.Design.MinBase = 100
	ps := []survey.Participant{town("0001"), town("0002"), town("0003")}
	phone, email := call(reached(0, allGood)), mailed(r, time.Hour, time.Hour, allGood)
	cs := slices.Concat(
		in("0001", times(100, phone)...), in("0001", times(99, email)...),
		in("0002", times(99, phone)...), in("0002", times(100, email)...),
		in("0003", times(100, phone)...), in("0003", times(100, email)...))
	profiles := Summarise(r, ps, cs)
	for measure, want := range map[string]string{
		"phone_reached_first": "1/2 0/0 1/2", "phone_impression": "1/2 0/0 1/2",
		"email_replied": "0/0 1/2 1/2", "email_impression": "0/0 1/2 1/2",
		"overall_impression": "0/0 0/0 1/1",
	} {
		if got := placesOf(t, profiles, measure, national); got != want {
			t.Errorf("%s: places %s, want %s", measure, got, want)
		}
	}
	if f := of(t, profiles[1], "phone_reached_first"); f.Quartile != "" || f.Small || !f.Result.Known {
		t.Errorf("a figure of 99 calls is shown without place and mark: %+v", f)
	}
}

func TestSmallBase(t *testing.T) {
	r := testRound(t)
	r.Design.MinBase, r.Design.SmallBase = 100, 30
	ps := []survey.Participant{town("0001"), town("0002"), town("0003")}
	hit, miss := call(reached(0, allGood)), call(missed(survey.Busy))
	cs := slices.Concat(
		in("0001", times(29, hit)...), in("0001", times(71, miss)...),
		in("0002", times(30, hit)...), in("0002", times(70, miss)...),
		in("0003", times(100, miss)...))
	profiles := Summarise(r, ps, cs)
	for measure, want := range map[string]string{
		"phone_information":     "0/0 1/1 0/0",
		"phone_treatment_index": "0/0 1/1 0/0",
		"phone_reached_first":   "2/3 1/3 3/3",
		"phone_impression":      "2/3 1/3 3/3", // weighs what there is; only MinBase applies
	} {
		if got := placesOf(t, profiles, measure, national); got != want {
			t.Errorf("%s: places %s, want %s", measure, got, want)
		}
	}
	for i, want := range []bool{true, false, true} {
		if f := of(t, profiles[i], "phone_information"); f.Small != want || f.Small && f.Quartile != "" {
			t.Errorf("%s: information on base %d is small: %t", ps[i].Code, f.Base, f.Small)
		}
		if of(t, profiles[i], "phone_impression").Small {
			t.Errorf("%s: an impression is marked as small", ps[i].Code)
		}
	}
}

func TestQuartiles(t *testing.T) {
	for name, tc := range map[string]struct {
		reached []int
		want    string // a letter per municipality
	}{
		"one":                       {[]int{50}, "m"},
		"three":                     {[]int{10, 20, 30}, "mmm"},
		"four":                      {[]int{40, 30, 20, 10}, "bmmw"},
		"seven":                     {[]int{7, 6, 5, 4, 3, 2, 1}, "bmmmmmw"},
		"eight":                     {[]int{8, 7, 6, 5, 4, 3, 2, 1}, "bbmmmmww"},
		"a tie over the best limit": {[]int{8, 7, 7, 5, 4, 3, 2, 1}, "bbbmmmww"},
		"a tie over the worst":      {[]int{8, 7, 6, 5, 4, 2, 2, 1}, "bbmmmwww"},
		"tied below the best":       {[]int{8, 8, 7, 7, 7, 7, 2, 1}, "bbmmmmww"},
		"most tied at the top":      {[]int{8, 8, 8, 8, 8, 8, 2, 1}, "bbbbbbww"},
		"tied into the worst":       {[]int{8, 8, 8, 8, 8, 8, 8, 1}, "mmmmmmmw"},
		"tied from end to end":      {[]int{9, 5, 5, 5, 5, 5, 5, 1}, "bmmmmmmw"},
		"all tied":                  {[]int{5, 5, 5, 5}, "mmmm"},
	} {
		t.Run(name, func(t *testing.T) {
			ps, cs := shares(t, tc.reached...)
			got := ""
			for _, p := range Summarise(testRound(t), ps, cs) {
				got += string(of(t, p, "phone_reached_first").Quartile)[:1]
			}
			if got != tc.want {
				t.Errorf("quartiles %s, want %s", got, tc.want)
			}
		})
	}
}
