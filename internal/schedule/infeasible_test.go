package schedule_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// nbsp groups the digits of numbers.
const nbsp = "\u00a0"

func TestInfeasible(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*schedule.Input)
		want   []string // each line's text, a part of it
	}{
		"no municipalities": {func(in *schedule.Input) { in.Setup.Participants = nil },
			[]string{"Omgången har inga deltagande kommuner. Läs in eller lägg till dem först."}},
		"no questions": {func(in *schedule.Input) { in.Setup.Round.Design.Questions = nil },
			[]string{"Upplägget har inga frågor."}},
		"no replicates": {func(in *schedule.Input) { in.Setup.Round.Design.Replicates = 0 },
			[]string{"Upplägget anger inga kontakter per fråga och kanal."}},
		"no evaluators": {func(in *schedule.Input) { in.Setup.Evaluators = nil },
			[]string{"Omgången har inga bedömare. Läs in eller lägg till dem först."}},
		"no working day": {func(in *schedule.Input) {
			in.Setup.Round.Period = survey.FieldPeriod{From: date(t, "2026-10-24"), To: date(t, "2026-10-25")}
		}, []string{"Mätperioden lör 24 okt–sön 25 okt 2026 har ingen arbetsdag enligt omgångens kalender."}},
		"period over": {func(in *schedule.Input) { in.From = date(t, "2026-11-20").At(17, 0) },
			[]string{"har ingen arbetsdag kvar, men 2" + nbsp + "400 kontakter är oplanerade."}},
		"one week": {func(in *schedule.Input) { in.Setup.Round.Period.To = date(t, "2026-10-23") },
			[]string{"Perioden ryms i en vecka; de två kontakterna i en cell ska ligga i olika veckor. " +
				"Förläng perioden till minst två veckor."}},
		"an area without evaluator": {func(in *schedule.Input) {
			without(in, "bygglov")
		}, []string{"Bygglov: ingen bedömare är tilldelad. Tilldela minst två."}},
		"a municipality without evaluator": {func(in *schedule.Input) {
			without(in, "bygglov")
			for _, p := range in.Setup.Participants[1:] {
				for _, e := range in.Setup.Evaluators {
					as := survey.Assignment{Area: "bygglov", Evaluator: e.Email, Municipality: p.Code}
					in.Setup.Assignments = append(in.Setup.Assignments, as)
				}
			}
		}, []string{"Bygglov i Upplands Väsby: ingen bedömare är tilldelad."}},
		"nobody makes calls": {func(in *schedule.Input) {
			for e := range in.Setup.Evaluators {
				in.Setup.Evaluators[e].CallsPerDay = 0
			}
			areas(&in.Setup, 1)
		}, []string{"Bygglov: ingen tilldelad bedömare kan ta samtal under perioden."}},
		"too little for calls": {func(in *schedule.Input) {
			for e := range in.Setup.Evaluators {
				in.Setup.Evaluators[e].CallsPerDay = 11
			}
		}, []string{"Alla frågeområden: 1" + nbsp + "200 samtal, plats för 1" + nbsp + "100. " +
			"Tilldela en bedömare till eller höj dagskapaciteten till 12."}},
		"one area too narrow": {func(in *schedule.Input) {
			in.Setup.Assignments = slices.DeleteFunc(in.Setup.Assignments, func(a survey.Assignment) bool {
				return a.Area == "äldreomsorg" && a.Evaluator > "bed03"
			})
			for e := range 2 {
				in.Setup.Evaluators[e].EmailsPerDay = 2
			}
			in.Setup.Evaluators[0].To = date(t, "2026-11-06")
		}, []string{"Äldreomsorg: 120 e-brev, plats för 80. Tilldela en bedömare till eller höj dagskapaciteten till 3."}},
		"a week too narrow": {func(in *schedule.Input) {
			in.Setup.Round.Period.To = date(t, "2026-10-26")
		}, []string{
			"Alla frågeområden vecka 44: 600 samtal, plats för 200. Kontakterna i en cell ska ligga i olika veckor",
			"Alla frågeområden vecka 44: 600 e-brev, plats för 200."}},
		"one evaluator too seldom": {func(in *schedule.Input) {
			areas(&in.Setup, 1)
			in.Setup.Evaluators = in.Setup.Evaluators[:2]
			assignAll(&in.Setup)
			in.Setup.Evaluators[0].CallsPerDay = 2
		}, []string{"Bygglov: 120 samtal, plats för 110. " +
			"Kontakterna i en cell ska göras av olika bedömare, och Bedömare 1 hinner inte sin del."}},
		"a number that is never open": {func(in *schedule.Input) {
			in.Setup.Participants[0].Hours = officehours.Hours{Opens: 18 * 60, Closes: 20 * 60}
		}, []string{"Upplands Väsby kan inte ringas: telefontiden 18.00–20.00 ligger utanför omgångens öppettider."}},
		"no other week left": {func(in *schedule.Input) {
			plan := mustPlan(t, *in, 1)
			in.From = date(t, "2026-11-16").At(8, 0)
			_, last := date(t, "2026-11-16").Week()
			for _, c := range plan.Contacts {
				if _, w := officehours.DateOf(c.PlannedAt).Week(); w == last {
					c.State = survey.Submitted
					in.Kept = append(in.Kept, c)
				}
			}
		}, []string{"kontakter kan inte läggas i en annan vecka än cellens övriga kontakter; bara vecka 47 återstår."}},
	} {
		t.Run(name, func(t *testing.T) {
			in := schedule.Input{Setup: setup(t, 10, 4, 50, 50)}
			tc.change(&in)
			_, err := schedule.Plan(in, 1)
			var infeasible *schedule.Infeasible
			if !errors.As(err, &infeasible) {
				t.Fatalf("got %v", err)
			}
			lines := strings.Split(err.Error(), "\n")
			if len(lines) != len(tc.want) || len(lines) != len(infeasible.Shortages) {
				t.Fatalf("got %q", lines)
			}
			for i, line := range lines {
				if !strings.Contains(line, tc.want[i]) {
					t.Errorf("got  %s\nwant %s", line, tc.want[i])
				}
			}
		})
	}
}

// without takes everybody off an area.
func without(in *schedule.Input, area survey.QuestionArea) {
	in.Setup.Assignments = slices.DeleteFunc(in.Setup.Assignments, func(a survey.Assignment) bool {
		return a.Area == area
	})
}

func TestShortageNamesItsPlace(t *testing.T) {
	in := schedule.Input{Setup: setup(t, 10, 4, 50, 50)}
	in.Setup.Round.Period.To = date(t, "2026-10-26")
	areas(&in.Setup, 1)
	for e := range in.Setup.Evaluators {
		in.Setup.Evaluators[e].EmailsPerDay = 10
	}
	_, err := schedule.Plan(in, 1)
	var infeasible *schedule.Infeasible
	if !errors.As(err, &infeasible) {
		t.Fatalf("got %v", err)
	}
	got := infeasible.Shortages[0]
	got.Message = ""
	if want := (schedule.Shortage{Area: "bygglov", Channel: survey.Email, Week: 44, Needed: 60, Room: 40}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestConsent(t *testing.T) {
	s := setup(t, 3, 4, 50, 50)
	s.Assignments = slices.DeleteFunc(s.Assignments, func(a survey.Assignment) bool {
		return a.Area == "förskola" && a.Evaluator != s.Evaluators[0].Email || a.Area == "bygglov"
	})
	for i, p := range s.Participants {
		for e := range 2 {
			if i > 0 || e > 0 {
				as := survey.Assignment{Area: "bygglov", Evaluator: s.Evaluators[e].Email, Municipality: p.Code}
				s.Assignments = append(s.Assignments, as)
			}
		}
	}
	in := schedule.Input{Setup: s}
	_, err := schedule.Plan(in, 1)
	var consent *schedule.NeedsConsent
	if !errors.As(err, &consent) {
		t.Fatalf("got %v", err)
	}
	want := "Bygglov i Upplands Väsby: bara Bedömare 2 kan ta samtalen och e-breven. " +
		"Båda kontakterna i en cell skulle göras av samma person.\n" +
		"Förskola: bara Bedömare 1 kan ta samtalen och e-breven. Båda kontakterna i en cell skulle göras av samma person."
	if err.Error() != want || !slices.Equal(consent.Areas, []survey.QuestionArea{"bygglov", "förskola"}) {
		t.Errorf("got %q for %q\nwant %q", err, consent.Areas, want)
	}
	in.AllowSameEvaluator = true
	plan := mustPlan(t, in, 1)
	check(t, in, plan)
	if want := []string{
		"Bygglov i Upplands Väsby: Bedömare 2 gör båda kontakterna (samtalen och e-breven).",
		"Förskola: Bedömare 1 gör båda kontakterna (samtalen och e-breven).",
	}; !slices.Equal(plan.SameEvaluator, want) {
		t.Errorf("got %q", plan.SameEvaluator)
	}
}
