package schedule_test

import (
	"fmt"
	"slices"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// shortageCase is a round that cannot be planned.
type shortageCase struct {
	change func(testing.TB, *schedule.Input) // of ten municipalities and four evaluators with 50 contacts a day
	want   []string                          // the messages
}

const otherWeeks = " Kontakterna i en cell ska ligga i olika veckor, så resten kan inte flyttas till andra veckor."

// shortageCases has one case for each kind of shortage.
var shortageCases = map[string]shortageCase{
	"no municipalities": {func(_ testing.TB, in *schedule.Input) { in.Setup.Participants = nil },
		[]string{"Omgången har inga deltagande kommuner. Läs in eller lägg till dem först."}},
	"no questions": {func(_ testing.TB, in *schedule.Input) { in.Setup.Round.Design.Questions = nil },
		[]string{"Upplägget har inga frågor. Läs in eller lägg till dem först."}},
	"no replicates": {func(_ testing.TB, in *schedule.Input) { in.Setup.Round.Design.Replicates = 0 },
		[]string{"Upplägget anger inga kontakter per fråga och kanal. Ange minst en."}},
	"no evaluators": {func(_ testing.TB, in *schedule.Input) { in.Setup.Evaluators = nil },
		[]string{"Omgången har inga bedömare. Läs in eller lägg till dem först."}},
	"no working day": {func(t testing.TB, in *schedule.Input) {
		in.Setup.Round.Period = survey.FieldPeriod{From: date(t, "2026-10-24"), To: date(t, "2026-10-25")}
	}, []string{
		"Mätperioden lör 24 okt–sön 25 okt 2026 har ingen arbetsdag enligt omgångens kalender. " +
			"Förläng perioden till ons 4 nov.",
	}},
	"period over": {func(t testing.TB, in *schedule.Input) { in.From = date(t, "2026-11-20").At(17, 0) },
		[]string{
			"Mätperioden mån 19 okt–fre 20 nov 2026 har ingen arbetsdag kvar, men 2\u00a0400 kontakter är oplanerade. " +
				"Förläng perioden till ons 2 dec.",
		}},
	"one week": {func(t testing.TB, in *schedule.Input) { in.Setup.Round.Period.To = date(t, "2026-10-23") },
		[]string{
			"Perioden ryms i en vecka; de två kontakterna i en cell ska ligga i olika veckor. " +
				"Förläng perioden till ons 28 okt.",
		}},
	"an area without evaluator": {func(_ testing.TB, in *schedule.Input) { without(in, "bygglov") },
		[]string{
			"Bygglov: ingen bedömare är tilldelad. " +
				"Tilldela två bedömare (förslagsvis Bedömare 1 och Bedömare 2).",
		}},
	"a municipality without evaluator": {func(_ testing.TB, in *schedule.Input) {
		without(in, "bygglov")
		for _, p := range in.Setup.Participants[1:] {
			for _, e := range in.Setup.Evaluators {
				as := survey.Assignment{Area: "bygglov", Evaluator: e.Email, Municipality: p.Code}
				in.Setup.Assignments = append(in.Setup.Assignments, as)
			}
		}
	}, []string{
		"Bygglov i Upplands Väsby: ingen bedömare är tilldelad. " +
			"Tilldela två bedömare (förslagsvis Bedömare 1 och Bedömare 2).",
	}},
	"areas without evaluators": {func(_ testing.TB, in *schedule.Input) {
		only(in, "bygglov")
		only(in, "förskola")
		only(in, "grundskola", 1, 2)
	}, []string{
		"Bygglov och förskola: ingen bedömare är tilldelad. " +
			"Tilldela två bedömare (förslagsvis Bedömare 1 och Bedömare 2).",
	}},
	"nothing assigned": {func(_ testing.TB, in *schedule.Input) { in.Setup.Assignments = nil }, []string{
		"Alla frågeområden: ingen bedömare är tilldelad. " +
			"Tilldela två bedömare (förslagsvis Bedömare 1 och Bedömare 2).",
	}},
	"nobody makes calls": {func(_ testing.TB, in *schedule.Input) {
		for e := range in.Setup.Evaluators {
			in.Setup.Evaluators[e].CallsPerDay = 0
		}
		areas(&in.Setup, 1)
	}, []string{
		"Bygglov: ingen tilldelad bedömare kan ta samtal under perioden. " +
			"Tilldela två bedömare till eller höj dagskapaciteten till 2.",
	}},
	"too little for calls": {func(_ testing.TB, in *schedule.Input) { perDay(in, 11, 50) }, []string{
		"Alla frågeområden: 1\u00a0200 samtal, plats för 1\u00a0100 (100 för många). " +
			"Tilldela en bedömare till, höj dagskapaciteten till 12 eller förläng perioden till ons 25 nov.",
	}},
	"too little for e-mails": {func(_ testing.TB, in *schedule.Input) { perDay(in, 50, 10) }, []string{
		"Alla frågeområden: 1\u00a0200 e-brev, plats för 1\u00a0000 (200 för många). " +
			"Tilldela en bedömare till, höj dagskapaciteten till 12 eller förläng perioden till fre 27 nov.",
	}},
	"an area with part-time evaluators": {func(t testing.TB, in *schedule.Input) {
		only(in, "äldreomsorg", 0, 1)
		in.Setup.Evaluators[0].EmailsPerDay, in.Setup.Evaluators[1].EmailsPerDay = 2, 2
		in.Setup.Evaluators[0].To = date(t, "2026-11-06")
	}, []string{
		"Äldreomsorg: 120 e-brev, plats för 80 (40 för många). " +
			"Tilldela en bedömare till (förslagsvis Bedömare 3) eller höj dagskapaciteten till 4.",
	}},
	"an area in a week": {func(t testing.TB, in *schedule.Input) {
		in.Setup.Round.Period.To = date(t, "2026-10-30")
		perDay(in, 80, 80)
		only(in, "äldreomsorg")
		for n := 5; n <= 7; n++ {
			e := survey.Evaluator{Email: fmt.Sprintf("bed0%d@example.se", n), Name: fmt.Sprintf("Bedömare %d", n),
				CallsPerDay: 5, EmailsPerDay: 9}
			if n > 5 {
				e.Absent = in.Setup.Round.Calendar.WorkingDays(date(t, "2026-10-26"), date(t, "2026-10-30"))
			}
			in.Setup.Evaluators = append(in.Setup.Evaluators, e)
			as := survey.Assignment{Area: "äldreomsorg", Evaluator: e.Email}
			in.Setup.Assignments = append(in.Setup.Assignments, as)
		}
	}, []string{
		"Äldreomsorg vecka 44: 60 samtal, plats för 25 (35 för många)." + otherWeeks +
			" Tilldela en bedömare till (förslagsvis Bedömare 1), höj dagskapaciteten till 12 eller förläng " +
			"perioden till ons 4 nov.",
		"Äldreomsorg vecka 44: 60 e-brev, plats för 45 (15 för många)." + otherWeeks +
			" Tilldela en bedömare till (förslagsvis Bedömare 1), höj dagskapaciteten för Bedömare 5 till 12 " +
			"eller förläng perioden till mån 2 nov.",
	}},
	"an evaluator absent all week": {func(t testing.TB, in *schedule.Input) {
		areas(&in.Setup, 1)
		in.Setup.Evaluators = in.Setup.Evaluators[:2]
		assignAll(&in.Setup)
		perDay(in, 10, 20)
		in.Setup.Round.Period.To = date(t, "2026-10-30")
		in.Setup.Evaluators[1].Absent = in.Setup.Round.Calendar.WorkingDays(date(t, "2026-10-19"), date(t, "2026-10-23"))
	}, []string{
		"Bygglov vecka 43: 60 samtal, plats för 50 (10 för många)." + otherWeeks +
			" Tilldela en bedömare till, höj dagskapaciteten till 12 eller förläng perioden till mån 2 nov.",
	}},
	"a week of holidays": {func(t testing.TB, in *schedule.Input) {
		in.Setup.Round.Period.To = date(t, "2026-10-30")
		for _, d := range in.Setup.Round.Calendar.WorkingDays(date(t, "2026-10-26"), date(t, "2026-10-29")) {
			in.Setup.Round.Calendar = in.Setup.Round.Calendar.With(d, officehours.Exception{Name: "Lov"})
		}
	}, []string{
		"Alla frågeområden vecka 44: 600 samtal, plats för 200 (400 för många)." + otherWeeks +
			" Tilldela åtta bedömare till eller förläng perioden till tis 3 nov.",
		"Alla frågeområden vecka 44: 600 e-brev, plats för 200 (400 för många)." + otherWeeks +
			" Tilldela åtta bedömare till eller förläng perioden till tis 3 nov.",
	}},
	"a week too short": {func(t testing.TB, in *schedule.Input) { in.Setup.Round.Period.To = date(t, "2026-10-26") },
		[]string{
			"Alla frågeområden vecka 44: 600 samtal, plats för 200 (400 för många)." + otherWeeks +
				" Tilldela åtta bedömare till eller förläng perioden till ons 28 okt.",
			"Alla frågeområden vecka 44: 600 e-brev, plats för 200 (400 för många)." + otherWeeks +
				" Tilldela åtta bedömare till eller förläng perioden till ons 28 okt.",
		}},
	"one evaluator too seldom": {func(_ testing.TB, in *schedule.Input) {
		areas(&in.Setup, 1)
		in.Setup.Evaluators = in.Setup.Evaluators[:2]
		assignAll(&in.Setup)
		in.Setup.Evaluators[0].CallsPerDay = 2
	}, []string{
		"Bygglov: 120 samtal, plats för 110 (10 för många). " +
			"Kontakterna i en cell ska göras av olika bedömare, och Bedömare 1 hinner inte sin del. " +
			"Tilldela en bedömare till, höj dagskapaciteten för Bedömare 1 till 3 eller förläng perioden till " +
			"fre 27 nov.",
	}},
	"a number that is never open": {func(_ testing.TB, in *schedule.Input) {
		in.Setup.Participants[0].Hours = officehours.Hours{Opens: 18 * 60, Closes: 20 * 60}
	}, []string{
		"Upplands Väsby kan inte ringas: telefontiden 18.00–20.00 ligger utanför omgångens öppettider. " +
			"Rätta telefontiden för Upplands Väsby till 8.00–17.00.",
	}},
	"a number open for minutes": {func(_ testing.TB, in *schedule.Input) {
		in.Setup.Participants[0].Hours = officehours.Hours{Opens: 600, Closes: 604}
	}, []string{
		"Alla frågeområden i Upplands Väsby: 120 samtal, plats för 100 (20 för många). " +
			"Telefontiden 10.00–10.04 rymmer bara ett samtal i minuten. " +
			"Rätta telefontiden för Upplands Väsby till 8.00–17.00 eller förläng perioden till fre 27 nov.",
	}},
	"a number open when nobody works": {func(_ testing.TB, in *schedule.Input) {
		in.Setup.Participants[3].Hours = officehours.Hours{Opens: 780, Closes: 960}
		for e := range in.Setup.Evaluators {
			in.Setup.Evaluators[e].Hours = officehours.Hours{Opens: 480, Closes: 720}
		}
	}, []string{
		"Alla frågeområden i Värmdö: ingen tilldelad bedömare arbetar när kommunen kan nås (telefontid " +
			"13.00–16.00). " +
			"Arbetstid: Bedömare 1 8.00–12.00, Bedömare 2 8.00–12.00 och 2 bedömare till. " +
			"Rätta telefontiden för Värmdö till 8.00–17.00, låt Bedömare 1, Bedömare 2 och 2 bedömare till " +
			"arbeta 8.00–17.00 eller tilldela två bedömare till.",
	}},
	"a number open when few work": {func(_ testing.TB, in *schedule.Input) {
		in.Setup.Participants[3].Hours = officehours.Hours{Opens: 780, Closes: 960}
		in.Setup.Evaluators[0].CallsPerDay, in.Setup.Evaluators[1].CallsPerDay = 2, 2
		for e := 2; e < 4; e++ {
			in.Setup.Evaluators[e].Hours = officehours.Hours{Opens: 480, Closes: 720}
		}
	}, []string{
		"Alla frågeområden i Värmdö: 120 samtal, plats för 100 (20 för många). " +
			"Telefontid: Värmdö 13.00–16.00. Arbetstid: Bedömare 3 8.00–12.00 och Bedömare 4 8.00–12.00. " +
			"Rätta telefontiden för Värmdö till 8.00–17.00, låt Bedömare 3 och Bedömare 4 arbeta 8.00–17.00 " +
			"eller tilldela en bedömare till.",
	}},
	"an evaluator who works at night": {func(_ testing.TB, in *schedule.Input) {
		only(in, "bygglov", 0)
		in.AllowSameEvaluator = true
		in.Setup.Evaluators[0].Hours = officehours.Hours{Opens: 18 * 60, Closes: 22 * 60}
	}, []string{
		"Bygglov: ingen tilldelad bedömare kan ta samtal eller e-brev under perioden. " +
			"Arbetstid: Bedömare 1 18.00–22.00. " +
			"Låt Bedömare 1 arbeta 8.00–17.00 eller tilldela en bedömare till (förslagsvis Bedömare 2).",
	}},
	"a municipality that joins too late": {func(t testing.TB, in *schedule.Input) {
		in.Setup.Participants[2].Joined = date(t, "2026-11-17")
	}, []string{
		"Österåker går med tis 17 nov; bara vecka 47 återstår, men de två kontakterna i en cell ska ligga i " +
			"olika veckor. " +
			"Låt Österåker gå med senast fre 13 nov eller förläng perioden till mån 23 nov.",
	}},
	"municipalities that join when there is little room": {func(t testing.TB, in *schedule.Input) {
		perDay(in, 14, 50)
		for i := range 7 {
			in.Setup.Participants[i].Joined = date(t, "2026-11-09")
		}
	}, []string{
		"Alla frågeområden i Upplands Väsby, Vallentuna och 5 kommuner till vecka 46 och 47: 840 samtal, " +
			"plats för 560 (280 för många)." + otherWeeks +
			" Låt Upplands Väsby, Vallentuna och 5 kommuner till gå med senast mån 2 nov, tilldela två bedömare " +
			"till eller höj dagskapaciteten till 21.",
	}},
	"few evaluators for one municipality": {func(_ testing.TB, in *schedule.Input) {
		in.Setup.Assignments = slices.DeleteFunc(in.Setup.Assignments, func(a survey.Assignment) bool {
			return a.Evaluator <= "bed02@example.se"
		})
		for e := range 2 {
			in.Setup.Evaluators[e].CallsPerDay = 1
		}
		own := in.Setup.Participants[4].Code
		in.Setup.Assignments = spread(in.Setup, in.Setup.Assignments, own)
	}, []string{
		"Alla frågeområden i Järfälla: 120 samtal, plats för 50 (70 för många). " +
			"Tilldela två bedömare till (förslagsvis Bedömare 3 och Bedömare 4) eller höj dagskapaciteten till 3.",
	}},
	"several at once": {func(t testing.TB, in *schedule.Input) {
		without(in, "bygglov")
		only(in, "förskola", 0, 1)
		only(in, "grundskola", 2, 3)
		in.Setup.Participants[5].Joined = date(t, "2026-11-16")
		in.Setup.Participants[6].Hours = officehours.Hours{Opens: 18 * 60, Closes: 20 * 60}
		more := in.Setup.Evaluators[3]
		more.Email, more.Name = "bed05@example.se", "Bedömare 5"
		in.Setup.Evaluators = append(in.Setup.Evaluators, more)
		for e := range 2 {
			in.Setup.Evaluators[e].CallsPerDay = 1
		}
		for e := 2; e < 4; e++ {
			in.Setup.Evaluators[e].EmailsPerDay = 1
		}
		for _, a := range in.Setup.Round.Design.Areas[3:] {
			in.Setup.Assignments = append(in.Setup.Assignments, survey.Assignment{Area: a, Evaluator: more.Email})
		}
	}, []string{
		"Huddinge kan inte ringas: telefontiden 18.00–20.00 ligger utanför omgångens öppettider. " +
			"Rätta telefontiden för Huddinge till 8.00–17.00.",
		"Ekerö går med mån 16 nov; bara vecka 47 återstår, men de två kontakterna i en cell ska ligga i " +
			"olika veckor. " +
			"Låt Ekerö gå med senast fre 13 nov eller förläng perioden till mån 23 nov.",
		"Bygglov: ingen bedömare är tilldelad. Tilldela två bedömare.",
		"Förskola: 96 samtal, plats för 50 (46 för många). " +
			"Tilldela två bedömare till (förslagsvis Bedömare 3 och Bedömare 4) eller höj dagskapaciteten till 3.",
		"Grundskola: 108 e-brev, plats för 50 (58 för många). " +
			"Tilldela två bedömare till (förslagsvis Bedömare 1 och Bedömare 2) eller höj dagskapaciteten till 3.",
	}},
	"no other week left": {func(t testing.TB, in *schedule.Input) {
		plan := mustPlan(t, *in, 1)
		in.From = date(t, "2026-11-16").At(8, 0)
		_, last := date(t, "2026-11-16").Week()
		for _, c := range plan.Contacts {
			if _, w := officehours.DateOf(c.PlannedAt).Week(); w == last {
				c.State = survey.Submitted
				in.Kept = append(in.Kept, c)
			}
		}
	}, []string{
		"Alla frågeområden: 1\u00a0200 kontakter kan inte läggas i en annan vecka än cellens övriga " +
			"kontakter; bara vecka 47 återstår. " +
			"Förläng perioden till ons 25 nov.",
	}},
}

// spread lets the evaluators of the assignments take all but one municipality,
// which the two others get.
func spread(s survey.Setup, assignments []survey.Assignment, own string) (out []survey.Assignment) {
	for _, a := range assignments {
		for _, p := range s.Participants {
			if p.Code != own {
				out = append(out, survey.Assignment{Area: a.Area, Evaluator: a.Evaluator, Municipality: p.Code})
			}
		}
	}
	for _, area := range s.Round.Design.Areas {
		for _, e := range s.Evaluators[:2] {
			out = append(out, survey.Assignment{Area: area, Evaluator: e.Email, Municipality: own})
		}
	}
	return out
}

// perDay gives everybody a daily capacity.
func perDay(in *schedule.Input, calls, emails int) {
	for e := range in.Setup.Evaluators {
		in.Setup.Evaluators[e].CallsPerDay, in.Setup.Evaluators[e].EmailsPerDay = calls, emails
	}
}

// without takes everybody off an area.
func without(in *schedule.Input, area survey.QuestionArea) {
	in.Setup.Assignments = slices.DeleteFunc(in.Setup.Assignments, func(a survey.Assignment) bool {
		return a.Area == area
	})
}

// only gives an area to some evaluators alone.
func only(in *schedule.Input, area survey.QuestionArea, evaluators ...int) {
	without(in, area)
	for _, e := range evaluators {
		as := survey.Assignment{Area: area, Evaluator: in.Setup.Evaluators[e].Email}
		in.Setup.Assignments = append(in.Setup.Assignments, as)
	}
}
