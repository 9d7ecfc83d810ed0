package results

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

func meansOf(t testing.TB, profiles []Profile, measure string, of func(Means) Optional) string {
	t.Helper()
	var s []string
	for _, p := range profiles {
		f, _ := p.Figure(measure)
		s = append(s, number(of(f.Means)))
	}
	return strings.Join(s, " ")
}

func meanOfAll(m Means) Optional { return m.All }

func TestMeansAreUnweightedAndHoldTheMunicipalityItself(t *testing.T) {
	ps, cs := shares(t, 10, 20, 60)
	// A fourth with a tenth of the contacts weighs as much as the others.
	ps = append(ps, town("0004"))
	cs = append(cs, in("0004", times(10, call(reached(0, allGood)))...)...)
	for i, group := range []struct{ county, class, skr string }{
		{"01", "small", "A1"}, {"01", "large", "C7"}, {"03", "large", "A1"}, {"", "", ""},
	} {
		ps[i].CountyCode, ps[i].SizeClass, ps[i].SKRGroupCode = group.county, group.class, group.skr
	}
	profiles := Summarise(testRound(t), ps, cs)
	for _, tc := range []struct {
		name, want string
		of         func(Means) Optional
	}{
		{"all", "47.5 47.5 47.5 47.5", meanOfAll},
		{"county", "15 15 60 –", func(m Means) Optional { return m.County }},
		{"size class", "10 40 40 –", func(m Means) Optional { return m.SizeClass }},
		{"SKR group", "35 20 35 –", func(m Means) Optional { return m.SKRGroup }},
	} {
		if got := meansOf(t, profiles, "phone_reached_first", tc.of); got != tc.want {
			t.Errorf("%s: means %s, want %s", tc.name, got, tc.want)
		}
	}
	if got, want := meansOf(t, profiles, "email_replied", meanOfAll), "– – – –"; got != want {
		t.Errorf("means of nothing %s, want %s", got, want)
	}
}

// Who has too few contacts is not in the means but sees them; a small base
// costs the place only.
func TestWhoIsInTheMeans(t *testing.T) {
	r := testRound(t)
	r.Design.MinBase, r.Design.SmallBase = 100, 30
	poor := survey.Ratings{Answer: survey.Poor, Information: survey.Poor, Interest: survey.Poor, Treatment: survey.Poor}
	ps := []survey.Participant{town("0001"), town("0002"), town("0003"), town("0004")}
	cs := slices.Concat(
		in("0001", times(100, call(reached(0, allGood)))...),
		in("0002", times(99, call(reached(0, poor)))...),
		in("0003", times(29, call(reached(0, poor)))...), in("0003", times(71, call(missed(survey.Busy)))...),
		in("0004", times(100, call(missed(survey.Busy)))...))
	profiles := Summarise(r, ps, cs)
	for measure, want := range map[string]string{
		"phone_reached_first": "43 43 43 43", // 100, 29 and 0 %; not the 99 contacts
		"phone_information":   "50 50 50 50", // 100 and 0 %; the last has none
	} {
		if got := meansOf(t, profiles, measure, meanOfAll); got != want {
			t.Errorf("%s: means %s, want %s", measure, got, want)
		}
	}
}

func TestAreaMeans(t *testing.T) {
	r := testRound(t)
	r.Design.MinBase = 3
	hit, miss := call(reached(0, allGood)), call(missed(survey.Busy))
	school := func(c survey.Contact) survey.Contact { c.Area = "grundskola"; return c }
	setup := survey.Setup{Round: r, Participants: []survey.Participant{town("0001"), town("0002"), town("0003")}}
	cs := slices.Concat(
		in("0001", hit, hit, school(miss)), in("0002", miss, miss, miss), in("0003", hit, school(hit)))
	rep, err := Compute(setup, streamOf(cs), nil, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	first := measureIndex["phone_reached_first"]
	got := ""
	for i, m := range rep.AreaMeans {
		if m.Area != r.Design.Areas[i] {
			t.Errorf("area %d is %s, want %s", i, m.Area, r.Design.Areas[i])
		}
		if m.Means[first].Known {
			got += fmt.Sprintf("%s %s, ", m.Area, number(m.Means[first]))
		}
	}
	// 0003 has too few contacts; 0002 has none about grundskola.
	if want := "bygglov 50, grundskola 0, "; got != want {
		t.Errorf("means %s, want %s", got, want)
	}
}
