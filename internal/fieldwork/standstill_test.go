package fieldwork

import (
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func date(s string) officehours.Date {
	d, err := officehours.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// stillSetup is a round of five weeks with three evaluators and two places.
func stillSetup() survey.Setup {
	return survey.Setup{
		Round: survey.Round{
			Calendar: officehours.SwedishCalendar(2026, 2026),
			Period:   survey.FieldPeriod{From: date("2026-10-19"), To: date("2026-11-20")},
		},
		Participants: []survey.Participant{
			{Municipality: survey.Municipality{Code: "0305", Name: "Håbo"}},
			{Municipality: survey.Municipality{Code: "2513", Name: "Överkalix"}, Hours: officehours.Hours{Opens: 8 * 60, Closes: 15 * 60}},
		},
		Evaluators: []survey.Evaluator{
			{Email: "elin@example.se", Name: "Elin"},
			{Email: "karin@example.se", Name: "Karin", Absent: []officehours.Date{date("2026-10-23"), date("2026-10-26"), date("2026-10-27")}},
			{Email: "petra@example.se", Name: "Petra", Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday}},
		},
	}
}

// lying are n untouched calls of the area bygglov.
func lying(day, municipality, evaluator string, n, hour int) survey.Untouched {
	return survey.Untouched{Municipality: municipality, Area: "bygglov", Channel: survey.Phone, Evaluator: evaluator,
		Day: day, N: n, First: date(day).At(hour, 0)}
}

func TestStandstills(t *testing.T) {
	now := date("2026-10-27").At(10, 32)
	for name, c := range map[string]struct {
		untouched []survey.Untouched
		bounces   []survey.Bounce
		returned  []survey.Contact
		begun     []survey.Contact
		due       int // of every line
		want      []Standstill
	}{
		"four untouched are too few": {untouched: []survey.Untouched{lying("2026-10-26", "0305", "elin@example.se", 4, 9)}, due: 10},
		"a few of very many are no standstill": {
			untouched: []survey.Untouched{lying("2026-10-26", "0305", "elin@example.se", 9, 9)}, due: 100},
		"days in a row, a weekend between, and one forgotten long before": {
			untouched: []survey.Untouched{
				lying("2026-10-20", "0305", "elin@example.se", 1, 9), lying("2026-10-23", "0305", "elin@example.se", 2, 9),
				lying("2026-10-26", "0305", "elin@example.se", 3, 9),
			}, due: 50,
			want: []Standstill{
				{Kind: StillArea, Key: "bygglov", Name: "Bygglov", Calls: 6, Since: date("2026-10-23"), Why: "Ligger hos Elin 6."},
				{Kind: StillMunicipality, Key: "0305", Name: "Håbo", Calls: 6, Since: date("2026-10-23"), Why: "Ligger hos Elin 6."},
				{Kind: StillEvaluator, Key: "elin@example.se", Name: "Elin", Calls: 6, Since: date("2026-10-23")},
			}},
		"a day off is no gap for who has it": {
			untouched: []survey.Untouched{
				lying("2026-10-22", "0305", "petra@example.se", 3, 9), lying("2026-10-26", "2513", "petra@example.se", 3, 9),
			}, due: 10,
			want: []Standstill{
				{Kind: StillEvaluator, Key: "petra@example.se", Name: "Petra", Calls: 6, Since: date("2026-10-22")},
				{Kind: StillArea, Key: "bygglov", Name: "Bygglov", Calls: 6, Since: date("2026-10-26"), Why: "Ligger hos Petra 6."},
			}},
		"calls when it is closed, with somebody who is away": {
			untouched: []survey.Untouched{lying("2026-10-26", "2513", "karin@example.se", 5, 15)}, due: 50,
			want: []Standstill{
				{Kind: StillArea, Key: "bygglov", Name: "Bygglov", Calls: 5, Since: date("2026-10-26"),
					Why: "Ligger hos Karin 5 (frånvarande sedan fre 23 okt)."},
				{Kind: StillMunicipality, Key: "2513", Name: "Överkalix", Calls: 5, Since: date("2026-10-26"),
					Why: "Samtalen är planerade när kommunen har stängt: öppet 8.00–15.00. Gör om planen. " +
						"Ligger hos Karin 5 (frånvarande sedan fre 23 okt)."},
				{Kind: StillEvaluator, Key: "karin@example.se", Name: "Karin", Calls: 5, Since: date("2026-10-26"),
					Why: "frånvarande sedan fre 23 okt."},
			}},
		"e-mails come back": {
			bounces: []survey.Bounce{
				{Municipality: "0305", At: date("2026-10-20").At(9, 0)}, {Municipality: "2513", At: date("2026-10-21").At(9, 0)},
				{Municipality: "2513", At: date("2026-10-26").At(9, 0)},
			}, due: 10,
			want: []Standstill{{Kind: StillBounced, Key: "2513", Name: "Överkalix", Emails: 2, Since: date("2026-10-21"),
				Why: "E-breven studsar. Kontrollera adressen på kommunens webbplats."}}},
		"an address that was corrected last week": {
			bounces: []survey.Bounce{
				{Municipality: "2513", At: date("2026-10-20").At(9, 0)}, {Municipality: "2513", At: date("2026-10-21").At(9, 0)},
			}, due: 10},
		"an appointment on a day off": {
			begun: []survey.Contact{
				{Channel: survey.Phone, Evaluator: "karin@example.se", CallBackAt: now.Add(time.Hour)},
				{Channel: survey.Phone, Evaluator: "karin@example.se", CallBackAt: now.AddDate(0, 0, -3)},
				{Channel: survey.Phone, Evaluator: "elin@example.se", CallBackAt: now.Add(time.Hour)},
				{Channel: survey.Phone, Evaluator: "karin@example.se"},
			}, due: 10,
			want: []Standstill{{Kind: StillAgreed, Key: "karin@example.se", Name: "Karin", Calls: 1, Since: date("2026-10-27"),
				Why: "En återuppringning är avtalad till en dag då bedömaren inte arbetar. " +
					"Ta bort frånvaron den dagen, eller makulera samtalet så att det ersätts."}}},
		"returned ones": {
			returned: []survey.Contact{
				{Channel: survey.Email, Evaluator: "elin@example.se", ReturnedAt: date("2026-10-26").At(9, 0)},
				{Channel: survey.Phone, Evaluator: "karin@example.se", SubmittedAt: date("2026-10-21").At(9, 0), ReturnedAt: date("2026-10-23").At(9, 0)},
			}, due: 10,
			want: []Standstill{{Kind: StillReturned, Name: "Returnerade", Calls: 1, Emails: 1, Since: date("2026-10-23"),
				Why: "Väntar på svar från 2 bedömare."}}},
	} {
		t.Run(name, func(t *testing.T) {
			p := Progress{Setup: stillSetup(), At: now, Areas: []Line{{Key: "bygglov", Name: "Bygglov"}}}
			p.Municipalities, p.Evaluators = municipalityLines(p.Setup), evaluatorLines(p.Setup)
			for _, lines := range [][]Line{p.Areas, p.Municipalities, p.Evaluators} {
				for i := range lines {
					lines[i].Expected = c.due
				}
			}
			got := standstills(p, picture{untouched: c.untouched, bounces: c.bounces, returned: c.returned, begun: c.begun})
			if len(got) != len(c.want) {
				t.Fatalf("got  %+v\nwant %+v", got, c.want)
			}
			for i, s := range got {
				if s != c.want[i] {
					t.Errorf("got  %+v\nwant %+v", s, c.want[i])
				}
			}
		})
	}
}
