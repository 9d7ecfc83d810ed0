package web

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func octoberDay(d int) officehours.Date {
	return officehours.Date{Year: 2026, Month: time.October, Day: d}
}

// oddRound is two weeks with a short Friday, a closed Wednesday and an open
// Saturday.
func oddRound(t *testing.T) survey.Round {
	t.Helper()
	r, err := survey.NewRound("2026", survey.FieldPeriod{From: octoberDay(19), To: octoberDay(30)})
	if err != nil {
		t.Fatal(err)
	}
	for d, e := range map[officehours.Date]officehours.Exception{
		octoberDay(30): {Name: "Kort dag", Hours: officehours.Hours{Opens: 8 * 60, Closes: 12 * 60}},
		octoberDay(21): {Name: "Planeringsdag"},
		octoberDay(24): {Name: "Öppen lördag", Hours: officehours.Hours{Opens: 10 * 60, Closes: 14 * 60}},
	} {
		r.Calendar = r.Calendar.With(d, e)
	}
	return r
}

func TestTheCalendarOfThePlan(t *testing.T) {
	stray := []survey.DayCount{{Day: "2026-10-25"}, {Day: ""}, {Day: "2026-10-19"}}
	columns := planColumns(oddRound(t), stray, octoberDay(27))
	var got []string
	for _, c := range columns {
		got = append(got, strings.Join(strings.Fields(c.Letter+" "+c.Mark+" "+c.Class), " "))
	}
	want := []string{"m", "t", "o stängt", "t", "f", "l kort", "s stängt", "m wk", "t today", "o", "t", "f kort"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]planWeek{{43, 7}, {44, 5}}, planWeeks(columns)); d != "" {
		t.Error(d)
	}
	if got, want := columns[11].Title, "fre 30 okt, kort dag 8.00–12.00 (Kort dag)"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if n := openDays(columns); n != 10 {
		t.Errorf("%d open days, want 10", n)
	}
}

// classes gives a row's colours, with the text where there is one.
func classes(l planLine) []string {
	var list []string
	for _, c := range l.Cells {
		list = append(list, strings.TrimSpace(strings.TrimSuffix(c.Class, " wk")+" "+c.Text))
	}
	return list
}

func TestColoursOfTheMaps(t *testing.T) {
	r := oddRound(t)
	r.Design.Questions, r.Design.Replicates = survey.BundledQuestions()[:24], 2 // 96 on 10 open days: 9 or 10
	view := fieldwork.PlanView{Setup: survey.Setup{Round: r, Evaluators: []survey.Evaluator{
		{Email: "maja@example.se", Name: "Maja", CallsPerDay: 6, EmailsPerDay: 4, Absent: []officehours.Date{octoberDay(29), octoberDay(30)}},
	}}}
	m := newMapMaker(planChoice{}, view, octoberDay(27))
	place := survey.Participant{Joined: octoberDay(20), Left: octoberDay(29)}
	place.Code = "0305"
	day := func(key string, d, calls, mails int) []survey.DayCount {
		text := octoberDay(d).String()
		return []survey.DayCount{{Key: key, Day: text, Channel: survey.Phone, N: calls}, {Key: key, Day: text, Channel: survey.Email, N: mails}}
	}
	counts := func(key string, calls ...int) (list []survey.DayCount) {
		for i, n := range calls {
			list = append(list, day(key, []int{20, 21, 22, 23, 24, 26, 27, 28, 29, 30}[i], n, 0)...)
		}
		return list
	}
	got := m.municipalities([]survey.Participant{place}, counts("0305", 0, 1, 8, 9, 10, 12, 20, 21, 2))
	want := []string{"qx", "q0 0", "q-late 1", "q1 8", "q2 9", "q3 10", "q4 12", "q5 20", "q6 21", "q-late 2", "qx"}
	if d := cmp.Diff(want, classes(got.Rows[0])); d != "" {
		t.Errorf("municipality: %s", d)
	}
	if got.Rows[0].Total.Text != "83" {
		t.Errorf("sum %q, want 83", got.Rows[0].Total.Text)
	}

	load := append(counts("maja@example.se", 1, 0, 5, 0, 7), day("maja@example.se", 26, 6, 4)...)
	load = append(append(load, day("maja@example.se", 27, 6, 3)...), day("maja@example.se", 29, 1, 0)...)
	people := m.evaluators(view.Setup, append(load, day("okänd@example.se", 27, 1, 1)...))
	want = []string{"q0 0", "q1 1", "qx", "q2 5", "q0 0", "q-late 7", "q5 10", "q4 9", "q0 0", "q-late 1", "qx"}
	if d := cmp.Diff(want, classes(people.Rows[0])); d != "" {
		t.Errorf("evaluator: %s", d)
	}
	if name := people.Rows[1].Name; name != "okänd@example.se" || people.Rows[1].Side != "–" || people.Rows[0].Side != "10" {
		t.Errorf("%q beside %q", name, people.Rows[1].Side)
	}
	m.choice.Channel = survey.Email
	if d := cmp.Diff("q3 3", classes(m.evaluators(view.Setup, load).Rows[0])[7]); d != "" {
		t.Errorf("e-mails alone, 3 of 4: %s", d)
	}
}

func TestContactsWithoutADayAreInTheSumAlone(t *testing.T) {
	columns := planColumns(oddRound(t), nil, octoberDay(27))
	m := mapMaker{columns: columns, list: "/kontakter"}
	grid := newDayGrid(columns, []survey.DayCount{
		{Key: "0305", Channel: survey.Phone, N: 2}, {Key: "0305", Day: "2026-10-20", Channel: survey.Email, N: 3},
	})
	row := m.row("Håbo", grid.row("0305"), m.contacts("kommun", "0305"), plainDay)
	if row.Total.Text != "5" || row.Cells[1].Text != "3" || row.Cells[0].Text != "" {
		t.Errorf("%+v", row)
	}
	if want := "/kontakter?lage=live&kommun=0305&dag=2026-10-20"; row.Cells[1].URL != want {
		t.Errorf("%q, want %q", row.Cells[1].URL, want)
	}
}

func TestWhatTheHeadingSaysOfThePlaces(t *testing.T) {
	m := newMapMaker(planChoice{}, fieldwork.PlanView{Setup: survey.Setup{Round: oddRound(t)}}, octoberDay(27))
	place := func(name string, joined, left officehours.Date) survey.Participant {
		return survey.Participant{Municipality: survey.Municipality{Name: name}, Joined: joined, Left: left}
	}
	for name, tt := range map[string]struct {
		shown []survey.Participant
		want  string
	}{
		"whole period": {[]survey.Participant{place("Åmål", octoberDay(19), officehours.Date{})}, "kort"},
		"late":         {[]survey.Participant{place("Åmål", octoberDay(20), officehours.Date{})}, "Åmål är med från tis 20 okt."},
		"early":        {[]survey.Participant{place("Åmål", officehours.Date{}, octoberDay(29))}, "Åmål är med till ons 28 okt."},
		"both":         {[]survey.Participant{place("Åmål", octoberDay(20), octoberDay(29))}, "Åmål är med från tis 20 okt till ons 28 okt."},
		"many": {
			[]survey.Participant{{Joined: octoberDay(20)}, {Joined: octoberDay(20)}, {Left: octoberDay(29)}, {Left: octoberDay(29)}},
			"4 av dem är inte med hela perioden."},
	} {
		if got := m.placesLead(290, tt.shown); !strings.Contains(got, tt.want) || !strings.Contains(got, "är korta dagar.") {
			t.Errorf("%s: %q, want %q in it", name, got, tt.want)
		}
	}
	if got := m.placesLead(1, []survey.Participant{place("Åmål", octoberDay(19), officehours.Date{})}); !strings.HasPrefix(got,
		"1 av 1 kommun. ") {
		t.Errorf("one alone: %q", got)
	}
}
