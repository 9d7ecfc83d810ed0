package schedule_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// loadCase is a round of two weeks with the areas bygglov, förskola and
// grundskola, twelve questions asked twice in each of ten municipalities.
func loadCase(t *testing.T, evaluators ...survey.Evaluator) survey.Setup {
	t.Helper()
	s := setup(t, 10, 0, 0, 0)
	areas(&s, 3)
	s.Round.Period.To = date(t, "2026-10-30")
	s.Evaluators = evaluators
	s.Assignments = nil
	return s
}

func person(name string, perDay int) survey.Evaluator {
	return survey.Evaluator{Email: name + "@example.se", Name: name, CallsPerDay: perDay, EmailsPerDay: perDay}
}

func give(s *survey.Setup, name string, areas ...survey.QuestionArea) {
	for _, a := range areas {
		s.Assignments = append(s.Assignments, survey.Assignment{Area: a, Evaluator: name + "@example.se"})
	}
}

// planned is n calls and n e-mails of an area on a day.
func planned(t *testing.T, who string, area survey.QuestionArea, day string, n int) []survey.Work {
	w := survey.Work{Evaluator: who + "@example.se", Day: date(t, day), Channel: survey.Phone, Area: area, N: n}
	e := w
	e.Channel = survey.Email
	return []survey.Work{w, e}
}

func weekOf(t *testing.T, l schedule.Load, area survey.QuestionArea, week int) schedule.NeedRoom {
	t.Helper()
	for _, a := range l.Areas {
		for w, n := range a.Weeks {
			if a.Area == area && l.Weeks[w].Number == week {
				return n
			}
		}
	}
	t.Fatalf("no %s in week %d", area, week)
	return schedule.NeedRoom{}
}

func TestNeedAndRoom(t *testing.T) {
	const bygg, för, grund = survey.QuestionArea("bygglov"), survey.QuestionArea("förskola"), survey.QuestionArea("grundskola")
	type room = map[survey.QuestionArea]schedule.NeedRoom
	for name, c := range map[string]struct {
		team func(*survey.Setup)
		work [][3]any // evaluator, area, contacts per channel in the first week
		want room     // in the first week
	}{
		"an evaluator's day counts for one area at a time": {
			team: func(s *survey.Setup) {
				s.Evaluators = []survey.Evaluator{person("anna", 10)}
				give(s, "anna", bygg, för)
			},
			work: [][3]any{{"anna", bygg, 20}, {"anna", för, 10}},
			want: room{bygg: {Need: 40, Room: 66}, för: {Need: 20, Room: 34}},
		},
		"those who may take more areas even out the loads": {
			team: func(s *survey.Setup) {
				s.Evaluators = []survey.Evaluator{person("anna", 10), person("bo", 10)}
				give(s, "anna", bygg, för)
				give(s, "bo", för)
			},
			work: [][3]any{{"anna", bygg, 20}, {"anna", för, 30}},
			want: room{bygg: {Need: 40, Room: 80}, för: {Need: 60, Room: 120}},
		},
		"what is lacking is shared in proportion to the needs": {
			team: func(s *survey.Setup) {
				s.Evaluators = []survey.Evaluator{person("anna", 10), person("bo", 10)}
				give(s, "anna", bygg, för)
				give(s, "bo", grund)
			},
			work: [][3]any{{"anna", bygg, 60}, {"anna", för, 40}, {"bo", grund, 10}},
			want: room{bygg: {Need: 120, Room: 60, Short: 60}, för: {Need: 80, Room: 40, Short: 40}, grund: {Need: 20, Room: 100}},
		},
		"only those in the bottleneck lack room": {
			team: func(s *survey.Setup) {
				s.Evaluators = []survey.Evaluator{person("anna", 10), person("bo", 10)}
				give(s, "anna", bygg, för)
				give(s, "bo", för)
			},
			work: [][3]any{{"anna", bygg, 60}, {"anna", för, 20}},
			want: room{bygg: {Need: 120, Room: 100, Short: 20}, för: {Need: 40, Room: 100}},
		},
		"an area that nobody may take has no room": {
			team: func(s *survey.Setup) { s.Evaluators = []survey.Evaluator{person("anna", 10)} },
			work: [][3]any{{"anna", bygg, 5}},
			want: room{bygg: {Need: 10, Short: 10}, för: {}},
		},
		"an absent evaluator has no room": {
			team: func(s *survey.Setup) {
				away := person("anna", 10)
				away.Absent = []officehours.Date{date(t, "2026-10-19"), date(t, "2026-10-20"), date(t, "2026-10-21")}
				s.Evaluators = []survey.Evaluator{away}
				give(s, "anna", bygg)
			},
			work: [][3]any{{"anna", bygg, 15}},
			want: room{bygg: {Need: 30, Room: 40}},
		},
		"an area is divided over those limited to municipalities": {
			team: func(s *survey.Setup) {
				s.Evaluators = []survey.Evaluator{person("anna", 10), person("bo", 1)}
				for i, p := range s.Participants {
					who := "anna@example.se"
					if i%2 == 1 {
						who = "bo@example.se"
					}
					s.Assignments = append(s.Assignments, survey.Assignment{Area: bygg, Evaluator: who, Municipality: p.Code})
				}
			},
			work: [][3]any{{"anna", bygg, 20}},
			want: room{bygg: {Need: 40, Room: 30, Short: 10}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := loadCase(t)
			c.team(&s)
			var work []survey.Work
			for _, w := range c.work {
				work = append(work, planned(t, w[0].(string), w[1].(survey.QuestionArea), "2026-10-20", w[2].(int))...)
			}
			l := schedule.LoadOf(schedule.LoadInput{Setup: s, Work: work, Planned: true})
			for area, want := range c.want {
				if d := cmp.Diff(want, weekOf(t, l, area, 43)); d != "" {
					t.Errorf("%s: %s", area, d)
				}
			}
		})
	}
}

func TestNeedWithoutAPlanIsTheEvenShare(t *testing.T) {
	s := loadCase(t, person("anna", 20), person("bo", 10))
	give(&s, "anna", "bygglov", "förskola")
	give(&s, "bo", "bygglov", "förskola", "grundskola")
	s.Round.Calendar = s.Round.Calendar.With(date(t, "2026-10-30"), officehours.Exception{Name: "stängt"})
	l := schedule.LoadOf(schedule.LoadInput{Setup: s})
	quota := 6 * 2 * 10 * 2 // questions, contacts, municipalities, channels
	first, second := weekOf(t, l, "bygglov", 43), weekOf(t, l, "bygglov", 44)
	if first.Need+second.Need != quota || first.Need <= second.Need {
		t.Errorf("needs %d and %d, want more in the longer week and %d in all", first.Need, second.Need, quota)
	}
	anna, bo := l.Evaluators[0], l.Evaluators[1]
	if sum := anna.Calls.Need + bo.Calls.Need; sum != 3*quota/2 {
		t.Errorf("the team has %d calls, want %d", sum, 3*quota/2)
	}
	a, _ := anna.Share()
	b, _ := bo.Share()
	if a-b > 0.02 || b-a > 0.02 {
		t.Errorf("the loads are %.2f and %.2f, want the same", a, b)
	}

	// A question withdrawn and a municipality that has left ask for nothing.
	for i := range s.Round.Design.Questions {
		s.Round.Design.Questions[i].Withdrawn = s.Round.Design.Questions[i].Area == "förskola"
	}
	s.Participants[0].Left = s.Round.Period.From
	l = schedule.LoadOf(schedule.LoadInput{Setup: s})
	if l.Areas[0].Need != quota*9/10 || l.Areas[1].Need != 0 {
		t.Errorf("needs %d and %d, want %d and 0", l.Areas[0].Need, l.Areas[1].Need, quota*9/10)
	}
}

func TestLoadOfTheTimeThatIsLeft(t *testing.T) {
	s := loadCase(t, person("anna", 10))
	s.Evaluators[0].Absent = []officehours.Date{date(t, "2026-10-28")}
	give(&s, "anna", "bygglov")
	var work []survey.Work
	work = append(work, planned(t, "anna", "bygglov", "2026-10-19", 3)...) // late: is to be made now
	work = append(work, planned(t, "anna", "bygglov", "2026-10-28", 4)...)
	work = append(work, planned(t, "anna", "förskola", "2026-10-29", 2)...)
	work = append(work, planned(t, "carl", "bygglov", "2026-10-29", 1)...) // not in the round any more
	noon := date(t, "2026-10-22").At(12, 30)
	l := schedule.LoadOf(schedule.LoadInput{Setup: s, Work: work, Planned: true, From: noon})
	if n := weekOf(t, l, "bygglov", 43); n.Need != 6 || n.Room != 30 {
		t.Errorf("week 43: %+v, want the 6 late ones and a day and a half of room", n)
	}
	if n := weekOf(t, l, "bygglov", 44); n.Need != 10 || n.Room != 80 {
		t.Errorf("week 44: %+v, want 10 of 80", n)
	}
	want := schedule.EvaluatorLoad{
		Email: "anna@example.se", Calls: schedule.NeedRoom{Need: 9, Room: 55}, Emails: schedule.NeedRoom{Need: 9, Room: 55},
		Off: []schedule.DayWork{{Day: date(t, "2026-10-28"), N: 8}},
	}
	if d := cmp.Diff(want, l.Evaluators[0]); d != "" {
		t.Error(d)
	}
	if l.Weeks[0].Days != 2 || l.Weeks[0].First != date(t, "2026-10-22") || l.Weeks[1].Last != date(t, "2026-10-30") {
		t.Errorf("weeks %+v", l.Weeks)
	}

	after := schedule.LoadOf(schedule.LoadInput{Setup: s, Work: work, Planned: true, From: date(t, "2026-12-01").At(8, 0)})
	if len(after.Weeks) != 0 || after.Areas[0].Need != 0 {
		t.Errorf("after the period: %+v", after)
	}
}

func TestLacks(t *testing.T) {
	s := loadCase(t, person("anna", 10), person("bo", 10), person("carl", 30))
	s.Evaluators[0].Absent = []officehours.Date{date(t, "2026-10-21"), date(t, "2026-10-22"), date(t, "2026-10-23")}
	give(&s, "anna", "bygglov")
	give(&s, "bo", "grundskola")
	var work []survey.Work
	work = append(work, planned(t, "anna", "bygglov", "2026-10-20", 30)...)
	work = append(work, planned(t, "anna", "bygglov", "2026-10-27", 20)...)
	work = append(work, planned(t, "bo", "grundskola", "2026-10-20", 10)...)
	work = append(work, planned(t, "bo", "förskola", "2026-10-20", 7)...)
	l := schedule.LoadOf(schedule.LoadInput{Setup: s, Work: work, Planned: true})
	want := []schedule.Lack{{
		Areas: []survey.QuestionArea{"bygglov"}, Weeks: []int{0}, Needed: 60, Room: 40,
		Evaluators: []string{"anna@example.se"}, Away: []string{"anna@example.se"}, Later: []int{1}, Spare: 60,
		Relief: []schedule.Reliever{{Email: "carl@example.se", Room: 300}, {Email: "bo@example.se", Room: 80}},
		More:   1, Raise: 5,
	}}
	if d := cmp.Diff(want, l.Lacks); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]schedule.Uncovered{{Area: "förskola", Need: 14}}, l.Uncovered); d != "" {
		t.Error(d)
	}

	// Calls alone, in both weeks.
	s.Evaluators[0].CallsPerDay, s.Evaluators[0].EmailsPerDay = 2, 40
	l = schedule.LoadOf(schedule.LoadInput{Setup: s, Work: work, Planned: true})
	if len(l.Lacks) != 1 || l.Lacks[0].Channel != survey.Phone || len(l.Lacks[0].Weeks) != 2 ||
		l.Lacks[0].Needed != 50 || l.Lacks[0].Room != 14 {
		t.Errorf("lacks %+v, want calls in both weeks, 50 with room for 14", l.Lacks)
	}
}

func TestUncoveredMunicipalities(t *testing.T) {
	s := loadCase(t, person("anna", 10))
	give(&s, "anna", "förskola", "grundskola")
	s.Assignments = append(s.Assignments, survey.Assignment{
		Area: "bygglov", Evaluator: "anna@example.se", Municipality: s.Participants[0].Code})
	l := schedule.LoadOf(schedule.LoadInput{Setup: s})
	if len(l.Uncovered) != 1 || len(l.Uncovered[0].Municipalities) != 9 || l.Uncovered[0].Need != 9*6*2*2 {
		t.Errorf("uncovered %+v, want bygglov in nine municipalities", l.Uncovered)
	}
}

func BenchmarkLoadOf(b *testing.B) {
	s := setup(b, 290, 60, 30, 30)
	for b.Loop() {
		schedule.LoadOf(schedule.LoadInput{Setup: s, From: time.Time{}})
	}
}
