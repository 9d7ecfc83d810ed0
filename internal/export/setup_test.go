package export

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func TestReadMunicipalities(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want []string
	}{
		{"good", []string{habo, mora, "0180,Stockholm,01,Stockholms län,995574,A1,Storstäder,200000+"}, nil},
		{"everything wrong on one line", []string{"5,,3,,0,,,liten"}, []string{
			"f.csv:2: name: Cellen är tom. Skriv kommunens namn.",
			"f.csv:2: county: Cellen är tom. Skriv länets namn.",
			"f.csv:2: population: ”0” går inte. Skriv ett heltal 1–2147483647.",
			"f.csv:2: skr_group_code: Cellen är tom. Skriv kommungruppens kod, till exempel A2.",
			"f.csv:2: skr_group: Cellen är tom. Skriv kommungruppens namn.",
			"f.csv:2: code: ”5” är ingen kommunkod. Skriv fyra siffror, till exempel 0305.",
			"f.csv:2: county_code: ”3” är ingen länskod. Skriv två siffror, till exempel 03.",
			"f.csv:2: size_class: ”liten” är ingen storleksklass. Skriv storleksklassen, till exempel 20000-29999 eller " +
				"200000+.",
		}},
		{"letters among the digits", []string{"O305,Håbo,0E,Uppsala län,1,A2,x,0-4999"}, []string{
			"f.csv:2: code: ”O305” är ingen kommunkod. Skriv fyra siffror, till exempel 0305.",
			"f.csv:2: county_code: ”0E” är ingen länskod. Skriv två siffror, till exempel 03."}},
		{"the spreadsheet took the zero", []string{strings.TrimPrefix(habo, "0")}, []string{
			"f.csv:2: code: ”305” är ingen kommunkod. Skriv koden med fyra siffror, 0305."}},
		{"empty numbers", []string{"0305,Håbo,03,Uppsala län,,A2,x,"}, []string{
			"f.csv:2: population: Cellen är tom. Skriv ett heltal 1–2147483647.",
			"f.csv:2: size_class: Cellen är tom. Skriv storleksklassen, till exempel 20000-29999 eller 200000+."}},
		{"a long name", []string{strings.Replace(habo, "Håbo", strings.Repeat("å", 101), 1)}, []string{
			"f.csv:2: name: Texten är 101 tecken. Korta den till högst 100."}},
		{"the same twice", []string{habo, mora, habo}, []string{
			"f.csv:4: code: Kommunen 0305 står redan på rad 2. Ta bort den ena raden."}},
		{"a name of two lines", []string{strings.Replace(habo, "Håbo", "\"Hå\nbo\"", 1)}, []string{
			"f.csv:2: name: Texten har radbrytning eller andra styrtecken. Skriv den på en rad."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadMunicipalities(text(append([]string{townHeader}, c.rows...)...), "f.csv")
			wantErrors(t, err, c.want...)
		})
	}
}

// TestReadAllMunicipalities reads the program's own copy of the reference data.
func TestReadAllMunicipalities(t *testing.T) {
	data, err := os.ReadFile("../survey/bank/municipalities.csv")
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadMunicipalities(bytes.NewReader(data), "municipalities.csv")
	wantErrors(t, err)
	if diff := cmp.Diff(survey.BundledMunicipalities(), got); diff != "" {
		t.Error(diff)
	}
}

const participantHeader = "municipality,phone,email,opens,closes,population,size_class"

func TestReadParticipants(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want []string
	}{
		{"everything wrong on one line", []string{"9999,växeln,kommun,8,25,många,stor"}, []string{
			"f.csv:2: municipality: Kommunen ”9999” finns inte i kommunregistret. Rätta koden, eller läs in kommunen först.",
			"f.csv:2: population: ”många” går inte. Skriv ett heltal 1–2147483647.",
			"f.csv:2: size_class: ”stor” är ingen storleksklass. Skriv storleksklassen, till exempel 20000-29999 eller 200000+.",
			"f.csv:2: closes: ”25” är inget klockslag. Skriv till exempel 8.00.",
			"f.csv:2: phone: Skriv ett telefonnummer med riktnummer, till exempel 0171-525 00.",
			"f.csv:2: email: Skriv en e-postadress, till exempel kommun@example.se.",
		}},
		{"nothing filled", []string{"0305,,,,,,"}, []string{
			"f.csv:2: phone: Skriv ett telefonnummer med riktnummer, till exempel 0171-525 00.",
			"f.csv:2: email: Skriv en e-postadress, till exempel kommun@example.se.",
		}},
		{"no code", []string{",0171-525 00,a@b.se,,,,"}, []string{
			"f.csv:2: municipality: Cellen är tom. Skriv kommunkoden, till exempel 0305."}},
		{"the spreadsheet took the zero", []string{"305,0171-525 00,a@b.se,,,,"}, []string{
			"f.csv:2: municipality: Kommunen ”305” finns inte i kommunregistret. Skriv koden med fyra siffror, 0305."}},
		{"opens without closes", []string{"0305,0171-525 00,a@b.se,8.00,,,"}, []string{
			"f.csv:2: closes: Öppningstiden är given men inte stängningstiden. Skriv båda eller ingen."}},
		{"closes without opens", []string{"0305,0171-525 00,a@b.se,,16.00,,"}, []string{
			"f.csv:2: opens: Stängningstiden är given men inte öppningstiden. Skriv båda eller ingen."}},
		{"closes before it opens", []string{"0305,0171-525 00,a@b.se,16:00,8,,"}, []string{
			"f.csv:2: closes: Stängningstiden ska vara efter öppningstiden, 16.00."}},
		{"never open", []string{"0305,0171-525 00,a@b.se,8,8,,"}, []string{
			"f.csv:2: closes: Stängningstiden ska vara efter öppningstiden, 8.00."}},
		{"the same twice", []string{"0305,0171-525 00,a@b.se,,,,", "0305,0171-525 01,a@b.se,,,,"}, []string{
			"f.csv:3: municipality: Kommunen 0305 står redan på rad 2. Ta bort den ena raden."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadParticipants(text(append([]string{participantHeader}, c.rows...)...), "f.csv",
				survey.BundledMunicipalities(), survey.Setup{})
			wantErrors(t, err, c.want...)
		})
	}
}

func TestParticipantsThatJoinLateOrLeave(t *testing.T) {
	header := "municipality,phone,email,joined,left"
	for _, c := range []struct {
		name, cells  string
		joined, left officehours.Date
		want         []string
	}{
		{name: "the whole period", cells: ","},
		{name: "joins late", cells: "2026-10-26,", joined: day(2026, time.October, 26)},
		{name: "leaves", cells: ",2026-11-02", left: day(2026, time.November, 2)},
		{name: "one day", cells: "2026-10-26,2026-10-27", joined: day(2026, time.October, 26),
			left: day(2026, time.October, 27)},
		{name: "no dates", cells: "26/10,snart", want: []string{
			"f.csv:2: joined: ”26/10” är inget datum. Skriv till exempel 2026-10-19.",
			"f.csv:2: left: ”snart” är inget datum. Skriv till exempel 2026-10-19."}},
		{name: "leaves on the first day", cells: "2026-10-26,2026-10-26", want: []string{
			"f.csv:2: left: Dagen då kommunen lämnar omgången ska vara efter dess första dag."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadParticipants(text(header, "0305,0171-525 00,a@b.se,"+c.cells), "f.csv",
				survey.BundledMunicipalities(), survey.Setup{})
			wantErrors(t, err, c.want...)
			if err == nil && (got[0].Joined != c.joined || got[0].Left != c.left) {
				t.Errorf("joined %v, left %v", got[0].Joined, got[0].Left)
			}
		})
	}
}

func TestParticipantsTakeFactsFromTheReference(t *testing.T) {
	known := []survey.Municipality{haboRead}
	merged := survey.Municipality{Code: "9901", Name: "Gamla", Population: 900, SizeClass: "0-4999"}
	s := survey.Setup{Participants: []survey.Participant{
		{Municipality: merged},
		{Municipality: survey.Municipality{Code: "0305", Name: "Habo", Population: 1}},
	}}
	got, err := ReadParticipants(text(participantHeader,
		"0305,0171-525 00,Kommun@example.se,,,,",
		"9901,+46 70 174 06 05,k@example.se,07.30,16:00,1200,200000+"), "f.csv", known, s)
	wantErrors(t, err)
	merged.Population, merged.SizeClass = 1200, "200000+"
	want := []survey.Participant{
		{Municipality: haboRead, Phone: "+4617152500", Email: "Kommun@example.se"},
		{Municipality: merged, Phone: "+46701740605", Email: "k@example.se", Hours: officehours.Hours{Opens: 450,
			Closes: 960}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

const questionHeader = "area,question,phone_text,email_subject,email_text,answer_key"

func TestReadQuestions(t *testing.T) {
	design := round2026(t).Round.Design
	long := strings.Repeat("å", 4001)
	for _, c := range []struct {
		name string
		rows []string
		want []string
	}{
		{"a code of the bank that is replaced", []string{"bygglov,BYGG1,Hej,Ämne,Text,Svar"}, nil},
		{"area in any case", []string{"Individ- Och Familjeomsorg,IFO1,Hej,Ämne,Text,Svar"}, nil},
		{"nothing filled but the area", []string{"bygglov,,,,,"}, []string{
			"f.csv:2: question: Skriv en kort kod utan mellanslag, till exempel BYGG1.",
			"f.csv:2: phone_text: Skriv frågan som den ställs i telefon.",
			"f.csv:2: email_subject: Skriv e-brevets ämnesrad.",
			"f.csv:2: email_text: Skriv e-brevets text.",
			"f.csv:2: answer_key: Skriv vad ett rätt svar ska innehålla."}},
		{"long code, long texts", []string{"bygglov,BYGGLOVFRÅGA1," + long + "," + long + ",Text," + long}, []string{
			"f.csv:2: email_subject: Texten är 4001 tecken. Korta den till högst 200.",
			"f.csv:2: phone_text: Texten är 4001 tecken. Korta den till högst 4000.",
			"f.csv:2: answer_key: Texten är 4001 tecken. Korta den till högst 4000.",
			"f.csv:2: question: Skriv en kort kod utan mellanslag, till exempel BYGG1."}},
		{"a subject of two lines", []string{"bygglov,BYGG1,Hej,\"Ämne\nBcc: x\",Text,Svar"}, []string{
			"f.csv:2: email_subject: Texten har radbrytning eller andra styrtecken. Skriv den på en rad."}},
		{"a code twice", []string{"bygglov,A,Hej,Ämne,Text,Svar", "förskola,A,Hej,Ämne,Text,Svar"}, []string{
			"f.csv:3: question: Koden A står redan på rad 2. Välj en annan."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadQuestions(text(append([]string{questionHeader}, c.rows...)...), "f.csv", design)
			wantErrors(t, err, c.want...)
		})
	}
	if len(design.Questions) != len(survey.BundledQuestions()) {
		t.Error("reading changed the design that was given")
	}
}

func TestQuestionsComeInTheDesignsOrder(t *testing.T) {
	got, err := ReadQuestions(text(questionHeader+",anchor_poor,anchor_good,anchor_fair",
		"förskola,F1,Hej,Ämne,Text,Svar,,,", `bygglov,B2,Hej,Ämne,"Rad ett`, `rad två",Svar,dåligt,gott,halvgott`,
		"bygglov,B1,Hej,Ämne,Text,Svar,,,"), "f.csv", round2026(t).Round.Design)
	wantErrors(t, err)
	want := []survey.Question{
		{Area: "bygglov", Code: "B1", PhoneText: "Hej", EmailSubject: "Ämne", EmailText: "Text", AnswerKey: "Svar"},
		{Area: "bygglov", Code: "B2", PhoneText: "Hej", EmailSubject: "Ämne", EmailText: "Rad ett\nrad två",
			AnswerKey:  "Svar",
			AnchorGood: "gott", AnchorFair: "halvgott", AnchorPoor: "dåligt"},
		{Area: "förskola", Code: "F1", PhoneText: "Hej", EmailSubject: "Ämne", EmailText: "Text", AnswerKey: "Svar"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

const evaluatorHeader = "email,name,from,to,calls_per_day,emails_per_day,absent,days"

func TestReadEvaluators(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want []string
	}{
		{"everything wrong on one line", []string{"maja,,19/10,2026-02-30,501,-1,2026-10-26;tisdag,mån"}, []string{
			"f.csv:2: from: ”19/10” är inget datum. Skriv till exempel 2026-10-19.",
			"f.csv:2: to: ”2026-02-30” är inget datum. Skriv till exempel 2026-10-19.",
			"f.csv:2: calls_per_day: ”501” går inte. Skriv ett heltal 0–500.",
			"f.csv:2: emails_per_day: ”-1” går inte. Skriv ett heltal 0–500.",
			"f.csv:2: absent: ”tisdag” är inget datum. Skriv datumen med semikolon emellan, 2026-10-26;2026-10-27.",
			"f.csv:2: days: ”mån” är inga veckodagar. Skriv till exempel mon-thu eller mon,wed.",
			"f.csv:2: email: Skriv en e-postadress med små bokstäver, till exempel maja@example.se.",
			"f.csv:2: name: Skriv bedömarens namn."}},
		{"as much and as little as can be", []string{"m@example.se,M,,,500,0,,"}, nil},
		{"half a contact", []string{"m@example.se,M,,,2.5,,,"}, []string{
			"f.csv:2: calls_per_day: ”2.5” går inte. Skriv ett heltal 0–500.",
			"f.csv:2: emails_per_day: Cellen är tom. Skriv ett heltal 0–500."}},
		{"a name of two lines, and a long one", []string{"m@example.se,\"M\nM\",,,1,1,,",
			"l@example.se," + strings.Repeat("l", 101) + ",,,1,1,,", "k@example.se," + strings.Repeat("å", 100) +
				",,,1,1,,"}, []string{
			"f.csv:2: name: Texten har radbrytning eller andra styrtecken. Skriv den på en rad.",
			"f.csv:4: name: Texten är 101 tecken. Korta den till högst 100."}},
		{"ends before it begins", []string{"m@example.se,M,2026-10-20,2026-10-19,1,1,,"}, []string{
			"f.csv:2: to: Sista dagen kan inte ligga före den första."}},
		{"weekdays backwards", []string{"m@example.se,M,,,1,1,,fri-mon"}, []string{
			"f.csv:2: days: ”fri-mon” är inga veckodagar. Skriv till exempel mon-thu eller mon,wed."}},
		{"the same twice, in other letters", []string{"m@example.se,M,,,1,1,,", "M@Example.se,M,,,1,1,,"}, []string{
			"f.csv:3: email: Bedömaren m@example.se står redan på rad 2. Ta bort den ena raden."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadEvaluators(text(append([]string{evaluatorHeader}, c.rows...)...), "f.csv", survey.Setup{})
			wantErrors(t, err, c.want...)
		})
	}
}

func TestEvaluatorsOwnHours(t *testing.T) {
	for _, c := range []struct {
		name, cells string
		hours       officehours.Hours
		want        []string
	}{
		{name: "as the round", cells: ","},
		{name: "afternoons", cells: "12.00,17:00", hours: officehours.Hours{Opens: 720, Closes: 1020}},
		{name: "from midnight", cells: "00:00,10:00", hours: officehours.Hours{Closes: 600}},
		{name: "no end", cells: "12.00,", want: []string{
			"f.csv:2: closes: Starttiden är given men inte sluttiden. Skriv båda eller ingen."}},
		{name: "no beginning", cells: ",16.00", want: []string{
			"f.csv:2: opens: Sluttiden är given men inte starttiden. Skriv båda eller ingen."}},
		{name: "backwards", cells: "16:00,8", want: []string{
			"f.csv:2: closes: Sluttiden ska vara efter starttiden, 16.00."}},
		{name: "no time between", cells: "8,8", want: []string{
			"f.csv:2: closes: Sluttiden ska vara efter starttiden, 8.00."}},
		{name: "no times", cells: "tidigt,25", want: []string{
			"f.csv:2: opens: ”tidigt” är inget klockslag. Skriv till exempel 8.00.",
			"f.csv:2: closes: ”25” är inget klockslag. Skriv till exempel 8.00."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadEvaluators(text("email,name,from,to,calls_per_day,emails_per_day,opens,closes",
				"maja@example.se,Maja,,,40,0,"+c.cells), "f.csv", survey.Setup{})
			wantErrors(t, err, c.want...)
			if err == nil && got[0].Hours != c.hours {
				t.Errorf("got %v", got[0].Hours)
			}
		})
	}
}

func TestEvaluatorsAbsencesAndDays(t *testing.T) {
	oct := func(d int) officehours.Date { return day(2026, time.October, d) }
	for _, c := range []struct {
		name, cells string
		absent      []officehours.Date
		days        []time.Weekday
	}{
		{"none", ",", nil, nil},
		{"in order and once", "2026-10-27; 2026-10-26;2026-10-27;,mon-thu", []officehours.Date{oct(26), oct(27)},
			[]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday}},
		{"list of days", `2026-10-26,"Wed,MON"`, []officehours.Date{oct(26)}, []time.Weekday{time.Monday, time.Wednesday}},
		{"span and day", `,"fri,mon-tue,sun"`, nil, []time.Weekday{time.Monday, time.Tuesday, time.Friday, time.Sunday}},
		{"other separators", `,"fri; tue"`, nil, []time.Weekday{time.Tuesday, time.Friday}},
		{"whole week", ",mon-sun", nil, []time.Weekday{1, 2, 3, 4, 5, 6, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadEvaluators(text(evaluatorHeader, "Maja@Example.SE,Maja,2026-10-19,,40,0,"+c.cells), "f.csv",
				survey.Setup{})
			wantErrors(t, err)
			want := []survey.Evaluator{{Email: "maja@example.se", Name: "Maja", From: oct(19), CallsPerDay: 40,
				Absent: c.absent, Days: c.days}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	got, err := ReadEvaluators(text(strings.ReplaceAll(evaluatorHeader, ",", ";"),
		`maja@example.se;Maja;2026-10-19;;40;0;"2026-10-26;2026-10-27";mon-fri`), "f.csv", survey.Setup{})
	wantErrors(t, err)
	if len(got) != 1 || len(got[0].Absent) != 2 || len(got[0].Days) != 5 {
		t.Errorf("with semicolons between the columns: %+v", got)
	}
}

func TestReadAssignments(t *testing.T) {
	s := round2026(t)
	for _, c := range []struct {
		name string
		rows []string
		want []string
	}{
		{"good", []string{"Bygglov,MAJA@example.se,", "bygglov,maja@example.se,0860", "bygglov,bo@example.se,"}, nil},
		{"unknown evaluator and municipality", []string{"bygglov,x@example.se,0114", "bygglov,maja@example.se,305"}, []string{
			"f.csv:2: evaluator: Bedömaren ”x@example.se” finns inte i omgången. Rätta adressen, eller läs in bedömaren först.",
			"f.csv:2: municipality: Kommunen ”0114” deltar inte i omgången. Rätta koden, eller läs in kommunen som deltagare " +
				"först.",
			"f.csv:3: municipality: Kommunen ”305” deltar inte i omgången. Skriv koden med fyra siffror, 0305."}},
		{"empty cells", []string{",,0305"}, []string{
			"f.csv:2: area: Cellen är tom. Skriv frågeområdets namn.",
			"f.csv:2: evaluator: Cellen är tom. Skriv bedömarens e-postadress."}},
		{"the same twice", []string{"bygglov,maja@example.se,0860", "BYGGLOV,Maja@example.se,0860"}, []string{
			"f.csv:3: evaluator: Tilldelningen står redan på rad 2. Ta bort den ena raden."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadAssignments(text(append([]string{"area,evaluator,municipality"}, c.rows...)...), "f.csv", s)
			wantErrors(t, err, c.want...)
		})
	}
	got, err := ReadAssignments(text("evaluator;area", "Maja@example.se;Äldreomsorg"), "f.csv", s)
	wantErrors(t, err)
	if diff := cmp.Diff([]survey.Assignment{{Area: "äldreomsorg", Evaluator: "maja@example.se"}}, got); diff != "" {
		t.Error(diff)
	}
}

// TestHultsfredSetup reads the other files of the rebuilt result.
func TestHultsfredSetup(t *testing.T) {
	s := hultsfred(t)
	if len(s.Participants) != 1 || s.Participants[0].Name != "Hultsfred" || s.Participants[0].Phone != "+46701740605" {
		t.Errorf("participants: %+v", s.Participants)
	}
	if len(s.Evaluators) != 4 || s.Evaluators[0].CallsPerDay != 60 {
		t.Errorf("evaluators: %+v", s.Evaluators)
	}
	if q := s.Round.Design.Questions; len(q) != 60 || q[0].Code != "BYGG1" {
		t.Errorf("%d questions", len(q))
	}
	as, err := ReadAssignments(file(t, "assignments.csv"), "assignments.csv", s)
	wantErrors(t, err)
	if len(as) != 40 {
		t.Errorf("%d assignments, want 40", len(as))
	}
}
