package export

import (
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// contactCase is a file that is refused. Line 2 is its first line.
type contactCase struct {
	name  string
	lines []cells
	want  []string
}

func refused(t *testing.T, cases []contactCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := readContacts(t, round2026(t), c.lines...)
			wantErrors(t, err, c.want...)
			if got != nil {
				t.Error("values beside the errors")
			}
		})
	}
}

func TestContactKeysThatAreRefused(t *testing.T) {
	refused(t, []contactCase{
		{"unknown codes", []cells{missedCall.but("municipality", "0114", "channel", "telefon", "question", "BYGG9",
			"replicate", "första")}, []string{
			"f.csv:2: municipality: Kommunen ”0114” deltar inte i omgången. Rätta koden, eller läs in kommunen som deltagare " +
				"först.",
			"f.csv:2: channel: ”telefon” är ingen kanal. Skriv phone eller email.",
			"f.csv:2: question: Frågan ”BYGG9” finns inte i omgångens frågebank. Rätta koden, eller läs in frågorna först.",
			"f.csv:2: replicate: ”första” går inte. Skriv ett heltal 1–99."}},
		{"empty key", []cells{{"evaluator": "maja@example.se"}}, []string{
			"f.csv:2: municipality: Cellen är tom. Skriv kommunkoden, till exempel 0305.",
			"f.csv:2: channel: Cellen är tom. Skriv phone eller email.",
			"f.csv:2: question: Cellen är tom. Skriv frågans kod.",
			"f.csv:2: replicate: Cellen är tom. Skriv ett heltal 1–99."}},
		{"the spreadsheet took the zero", []cells{missedCall.but("municipality", "860", "replicate", "0")}, []string{
			"f.csv:2: municipality: Kommunen ”860” deltar inte i omgången. Skriv koden med fyra siffror, 0860.",
			"f.csv:2: replicate: ”0” går inte. Skriv ett heltal 1–99."}},
		{"the same call twice", []cells{missedCall, plannedMail, missedCall.but("replicate", "01")}, []string{
			"f.csv:4: replicate: Kontakten 0860, phone, BYGG1, 1 står redan på rad 2. Ta bort den ena raden, eller numrera " +
				"uppringningarna i en kolumn attempt."}},
		{"the same attempt twice", []cells{missedCall.but("disposition", ""), missedCall.with(second),
			missedCall.with(second)}, []string{
			"f.csv:4: attempt: Kontakten 0860, phone, BYGG1, 1 står redan på rad 3. Ta bort den ena raden, eller numrera " +
				"försöken."}},
		{"the same mail twice", []cells{silentMail.but("attempt", ""), silentMail}, []string{
			"f.csv:3: replicate: Kontakten 0860, email, BYGG1, 1 står redan på rad 2. Ta bort den ena raden, eller ändra " +
				"replicate."}},
		{"a faulty key twice", []cells{missedCall.but("question", "X"), missedCall.but("question", "X")}, []string{
			"f.csv:2: question: Frågan ”X” finns inte i omgångens frågebank. Rätta koden, eller läs in frågorna först.",
			"f.csv:3: question: Frågan ”X” finns inte i omgångens frågebank. Rätta koden, eller läs in frågorna först.",
			"f.csv:3: replicate: Kontakten 0860, phone, X, 1 står redan på rad 2. Ta bort den ena raden, eller numrera " +
				"uppringningarna i en kolumn attempt."}},
		{"three contacts in a cell", []cells{missedCall, missedCall.but("replicate", "2"), missedCall.but("replicate",
			"3")}, []string{
			"f.csv:4: replicate: Det här är kontakt nummer 3 för samma kommun, fråga och kanal, men upplägget har 2. " +
				"Den första står på rad 2. Ta bort en, eller makulera den med slutkoden void."}},
		{"an address that is no address", []cells{missedCall.but("evaluator", strings.Repeat("m", 255)),
			missedCall.but("replicate", "2", "evaluator", "a\nb")}, []string{
			"f.csv:2: evaluator: Texten är 255 tecken. Korta den till högst 254.",
			"f.csv:3: evaluator: Texten har radbrytning eller andra styrtecken. Skriv den på en rad."}},
	})
}

func TestVoidedContactsLeaveRoomInTheCell(t *testing.T) {
	got, err := readContacts(t, round2026(t), missedCall.but("disposition", "void"), missedCall.but("replicate", "2"),
		missedCall.but("replicate", "3"))
	wantErrors(t, err)
	if len(got) != 3 {
		t.Errorf("%d contacts", len(got))
	}
}

func TestCallLinesThatAreRefused(t *testing.T) {
	refused(t, []contactCase{
		{"everything wrong on one line", []cells{reachedCall.but("planned_at", "i går", "disposition", "no_reply",
			"outcome", "svarade",
			"dialled_at", "2026-10-20T09:00:05", "answer", "bra", "treatment", "excellent", "greeting", "hej", "suspected", "ja",
			"sent_at", "2026-10-20T09:00:00+02:00", "sender", "name", "comment", strings.Repeat("ö", 4001))}, []string{
			"f.csv:2: planned_at: ”i går” är ingen tid. Skriv den som 2026-10-20T09:00:00+02:00.",
			"f.csv:2: suspected: ”ja” går inte. Skriv true eller false.",
			"f.csv:2: comment: Texten är 4001 tecken. Korta den till högst 4000.",
			"f.csv:2: sent_at: Kolumnen gäller bara e-brev. Lämna cellen tom för samtal.",
			"f.csv:2: sender: Kolumnen gäller bara e-brev. Lämna cellen tom för samtal.",
			"f.csv:2: dialled_at: ”2026-10-20T09:00:05” saknar tidszon. Skriv 2026-10-20T09:00:05+02:00 om det är svensk tid.",
			"f.csv:2: outcome: ”svarade” är inget utfall. Skriv reached, busy, no_answer, queue_limit, voicemail, " +
				"unavailable, bounced, referred, closed eller fault.",
			"f.csv:2: answer: ”bra” finns inte i skalan god, medelgod, dålig. Skriv good, fair eller poor.",
			"f.csv:2: treatment: ”excellent” finns inte i skalan mycket god, god, medelgod, dålig. Skriv very_good, good, " +
				"fair eller poor.",
			"f.csv:2: greeting: ”hej” går inte. Skriv municipality, name och hello med + emellan, det som sades.",
			"f.csv:2: disposition: ”no_reply” är ingen slutkod för samtal. Skriv completed, no_contact eller void."}},
		{"very good is a level of treatment only", []cells{reachedCall.but("interest", "very_good")}, []string{
			"f.csv:2: interest: ”very_good” finns inte i skalan god, medelgod, dålig. Skriv good, fair eller poor."}},
		{"instants out of order", []cells{
			reachedCall.but("answered_at", "2026-10-20T09:00:04+02:00", "ended_at", "2026-10-20T09:00:40+02:00"),
			reachedCall.but("replicate", "2", "answered_at", "2026-10-20T09:00:50+02:00")}, []string{
			"f.csv:2: answered_at: Tiden ligger före dialled_at, 2026-10-20T09:00:05+02:00. Rätta den ena.",
			"f.csv:2: ended_at: Tiden ligger före connected_at, 2026-10-20T09:00:45.500+02:00. Rätta den ena.",
			"f.csv:3: connected_at: Tiden ligger före answered_at, 2026-10-20T09:00:50+02:00. Rätta den ena."}},
		{"outside the period", []cells{
			missedCall.but("dialled_at", "2026-10-18T23:59:59+02:00", "planned_at", "2026-11-21T00:00:00+01:00"),
			missedCall.but("replicate", "2", "dialled_at", "2026-11-20T22:59:00Z", "ended_at", "2026-11-20T23:00:00Z")},
			[]string{
				"f.csv:2: planned_at: Tiden ligger utanför mätperioden 2026-10-19–2026-11-20. Rätta tiden.",
				"f.csv:2: dialled_at: Tiden ligger utanför mätperioden 2026-10-19–2026-11-20. Rätta tiden.",
				"f.csv:3: ended_at: Tiden ligger utanför mätperioden 2026-10-19–2026-11-20. Rätta tiden."}},
		{"reached without a handläggare", []cells{reachedCall.but("connected_at", "")}, []string{
			"f.csv:2: connected_at: Cellen är tom, men utfallet är reached. Skriv när handläggaren svarade, eller ändra " +
				"utfallet."}},
		{"a handläggare who was not reached", []cells{reachedCall.but("outcome", "voicemail", "disposition",
			"no_contact", "interest", "")}, []string{
			"f.csv:2: connected_at: Utfallet är voicemail, då har ingen handläggare svarat. Ta bort tiden, eller skriv reached.",
			"f.csv:2: answer: Bedömning görs bara när en handläggare har nåtts (outcome reached). Lämna cellen tom.",
			"f.csv:2: information: Bedömning görs bara när en handläggare har nåtts (outcome reached). Lämna cellen tom.",
			"f.csv:2: treatment: Bedömning görs bara när en handläggare har nåtts (outcome reached). Lämna cellen tom."}},
		{"greeted by nobody", []cells{reachedCall.but("answered_at", "")}, []string{
			"f.csv:2: greeting: Ingen svarade (answered_at är tom). Ta bort hälsningsfrasen, eller skriv när det svarades."}},
		{"not dialled", []cells{missedCall.but("dialled_at", ""), plannedCall.but("replicate", "2", "disposition",
			"no_contact")}, []string{
			"f.csv:2: dialled_at: Cellen är tom, men outcome är ifylld. Skriv när det ringdes.",
			"f.csv:3: dialled_at: Cellen är tom, men slutkoden är no_contact. Skriv när det ringdes."}},
		{"a comment to nothing", []cells{plannedCall.but("comment", "Ring efter lunch")}, []string{
			"f.csv:2: comment: En kommentar hör till en uppringning, men dialled_at är tom. Ta bort kommentaren eller skriv " +
				"när det ringdes."}},
		{"neither done nor planned", []cells{missedCall.but("disposition", "")}, []string{
			"f.csv:2: planned_at: Cellen är tom. En kontakt som inte är klar behöver en planerad tid, eller en slutkod " +
				"(disposition)."}},
		{"done without an outcome", []cells{missedCall.but("outcome", "")}, []string{
			"f.csv:2: outcome: Cellen är tom. Skriv hur uppringningen slutade: reached, busy, no_answer, queue_limit, " +
				"voicemail, unavailable, bounced, referred, closed eller fault."}},
		{"completed without an outcome", []cells{reachedCall.but("outcome", "", "answer", "", "information", "",
			"interest", "", "treatment", "")}, []string{
			"f.csv:2: outcome: Cellen är tom. Skriv hur uppringningen slutade: reached, busy, no_answer, queue_limit, " +
				"voicemail, unavailable, bounced, referred, closed eller fault."}},
		{"year one", []cells{missedCall.but("dialled_at", "0001-01-01T00:00:00Z")}, []string{
			"f.csv:2: dialled_at: ”0001-01-01T00:00:00Z” är ingen tid. Skriv den som 2026-10-20T09:00:00+02:00."}},
		{"completed by nobody", []cells{missedCall.but("disposition", "completed")}, []string{
			"f.csv:2: disposition: Slutkoden är completed, men ingen handläggare har nåtts. Skriv no_contact, eller rätta " +
				"utfallet."}},
		{"no contact with the one reached", []cells{reachedCall.but("disposition", "no_contact")}, []string{
			"f.csv:2: disposition: Slutkoden är no_contact, men en handläggare har nåtts. Skriv completed, eller rätta " +
				"utfallet."}},
	})
}

func TestAttemptsThatAreRefused(t *testing.T) {
	again := func(n, hour string) cells {
		return missedCall.but("attempt", n, "dialled_at", "2026-10-20T"+hour+":00:00+02:00", "ended_at",
			"2026-10-20T"+hour+":01:00+02:00")
	}
	open := func(c cells) cells { return c.but("disposition", "") }
	refused(t, []contactCase{
		{"not a number", []cells{missedCall.but("attempt", "sista"), missedCall.but("replicate", "2", "attempt", "0")},
			[]string{
				"f.csv:2: attempt: ”sista” går inte. Skriv ett heltal 1–50.",
				"f.csv:3: attempt: ”0” går inte. Skriv ett heltal 1–50."}},
		{"the first is missing", []cells{again("2", "10")}, []string{
			"f.csv:2: attempt: Försök 1 av kontakten 0860, phone, BYGG1, 1 saknas i filen. Numrera försöken 1, 2, 3."}},
		{"the first of three is missing", []cells{open(again("2", "10")), again("3", "11")}, []string{
			"f.csv:2: attempt: Försök 1 av kontakten 0860, phone, BYGG1, 1 saknas i filen. Numrera försöken 1, 2, 3."}},
		{"one in the middle is missing", []cells{open(missedCall), again("3", "10")}, []string{
			"f.csv:3: attempt: Försök 2 av kontakten 0860, phone, BYGG1, 1 saknas i filen. Numrera försöken 1, 2, 3."}},
		{"four that count", []cells{open(missedCall), open(again("2", "10")), open(again("3", "11")), again("4", "12")},
			[]string{
				"f.csv:5: attempt: Kontakten har fler än tre räknade försök. Ta bort de som är för många."}},
		{"before the one before it", []cells{open(missedCall), again("2", "08")}, []string{
			"f.csv:3: dialled_at: Försök 2 börjar före slutet av försök 1, 2026-10-20T09:01:00+02:00. Rätta tiderna eller " +
				"numreringen."}},
		{"an earlier one without an outcome", []cells{open(missedCall).but("outcome", ""), again("2", "10")}, []string{
			"f.csv:2: outcome: Cellen är tom. Skriv hur uppringningen slutade: reached, busy, no_answer, queue_limit, " +
				"voicemail, unavailable, bounced, referred, closed eller fault."}},
		{"one that was never dialled", []cells{open(missedCall), plannedCall.but("attempt", "2", "disposition",
			"no_contact")}, []string{
			"f.csv:3: dialled_at: Försök 2 har ingen tid. Skriv när det ringdes.",
			"f.csv:3: outcome: Cellen är tom. Skriv hur uppringningen slutade: reached, busy, no_answer, queue_limit, " +
				"voicemail, unavailable, bounced, referred, closed eller fault."}},
		{"an end after a fault", []cells{missedCall.but("outcome", "fault"), again("2", "10")}, []string{
			"f.csv:2: disposition: Ett eget tekniskt fel har ingen slutkod när ett försök till följer. Lämna cellen tom."}},
		{"the end on the first", []cells{missedCall.but("planned_at", "2026-10-20T09:00:00+02:00"), open(again("2",
			"10"))}, []string{
			"f.csv:2: disposition: Slutkoden ska stå på sista försöket, rad 3. Flytta den dit."}},
		{"two different ends", []cells{missedCall.but("disposition", "completed"), again("2", "10")}, []string{
			"f.csv:2: disposition: Slutkoden är en annan än på sista försöket, rad 3. Lämna cellen tom."}},
		{"three faults and three that count are fine, a bad line among them is named", []cells{
			missedCall.but("disposition", "", "outcome", "fault"), open(again("2", "10")), again("3",
				"11").but("disposition", "", "outcome", "fault"),
			open(again("4", "12")), again("5", "13").but("outcome", "fault", "disposition", ""), again("6",
				"14").but("comment", "\x00")}, []string{
			"f.csv:7: comment: Cellen innehåller ett osynligt tecken (NUL). Skriv om texten.",
		}},
	})
}

func TestMailLinesThatAreRefused(t *testing.T) {
	refused(t, []contactCase{
		{"columns of the telephone", []cells{repliedMail.but("attempt", "2", "outcome", "reached", "dialled_at", "x",
			"greeting", "hello",
			"interest", "good", "disposition", "no_contact", "sender", "namn")}, []string{
			"f.csv:2: outcome: Kolumnen gäller bara samtal. Lämna cellen tom för e-brev.",
			"f.csv:2: dialled_at: Kolumnen gäller bara samtal. Lämna cellen tom för e-brev.",
			"f.csv:2: greeting: Kolumnen gäller bara samtal. Lämna cellen tom för e-brev.",
			"f.csv:2: attempt: Ett e-brev har bara ett försök. Skriv 1 eller lämna cellen tom.",
			"f.csv:2: interest: Kriteriet bedöms inte för e-brev. Lämna cellen tom.",
			"f.csv:2: sender: ”namn” går inte. Skriv name, title och phone med + emellan, det som gavs.",
			"f.csv:2: disposition: ”no_contact” är ingen slutkod för e-brev. Skriv completed, no_reply eller void."}},
		{"never sent", []cells{repliedMail.but("sent_at", ""), plannedMail.but("replicate", "2", "disposition",
			"no_reply")}, []string{
			"f.csv:2: sent_at: Cellen är tom, men auto_reply_at är ifylld. Skriv när e-brevet skickades.",
			"f.csv:3: sent_at: Cellen är tom, men slutkoden är no_reply. Skriv när e-brevet skickades."}},
		{"sent outside the period", []cells{silentMail.but("sent_at", "2026-10-18T14:00:00+02:00")}, []string{
			"f.csv:2: sent_at: Tiden ligger utanför mätperioden 2026-10-19–2026-11-20. Rätta tiden."}},
		{"replies before the letter", []cells{repliedMail.but("auto_reply_at", "2026-10-20T13:59:59+02:00",
			"first_reply_at", "2026-10-19T14:00:00+02:00",
			"complete_reply_at", "2026-10-18T14:00:00+02:00")}, []string{
			"f.csv:2: auto_reply_at: Svaret kan inte komma före brevet, tis 20 okt 14.00. Skriv en senare tid.",
			"f.csv:2: first_reply_at: Svaret kan inte komma före brevet, tis 20 okt 14.00. Skriv en senare tid.",
			"f.csv:2: complete_reply_at: Det kompletta svaret kan inte komma före det första."}},
		{"complete without a first reply", []cells{silentMail.but("complete_reply_at", "2026-10-21T14:00:00+02:00")},
			[]string{
				"f.csv:2: complete_reply_at: Skriv också när det första svaret kom."}},
		{"nobody replied", []cells{repliedMail.but("first_reply_at", "", "complete_reply_at", "")}, []string{
			"f.csv:2: answer: Bedömning görs bara när en person har svarat, men first_reply_at är tom. Lämna cellen tom.",
			"f.csv:2: information: Bedömning görs bara när en person har svarat, men first_reply_at är tom. Lämna cellen tom.",
			"f.csv:2: treatment: Bedömning görs bara när en person har svarat, men first_reply_at är tom. Lämna cellen tom.",
			"f.csv:2: sender: Avsändaruppgifter finns bara när en person har svarat, men first_reply_at är tom. Lämna cellen " +
				"tom.",
			"f.csv:2: first_reply_at: Cellen är tom, men slutkoden är completed. Skriv när svaret kom, eller skriv no_reply."}},
		{"no reply in spite of one", []cells{repliedMail.but("disposition", "no_reply")}, []string{
			"f.csv:2: disposition: Slutkoden är no_reply, men en person har svarat före stoppgränsen. Skriv completed."}},
		{"a bad instant brings no other errors", []cells{repliedMail.but("first_reply_at", "i går")}, []string{
			"f.csv:2: first_reply_at: ”i går” är ingen tid. Skriv den som 2026-10-20T09:00:00+02:00."}},
		{"a bad disposition brings no other errors", []cells{repliedMail.but("disposition", "klar", "planned_at", "")},
			[]string{
				"f.csv:2: disposition: ”klar” är ingen slutkod för e-brev. Skriv completed, no_reply eller void."}},
	})
}

// TestNothingIsInTheFuture takes an instant as late as now, and planned ones after it.
func TestNothingIsInTheFuture(t *testing.T) {
	now := time.Date(2026, time.October, 20, 7, 0, 10, 0, time.UTC)
	_, err := ReadContacts(contactFile(t,
		missedCall.but("ended_at", "2026-10-20T09:00:10+02:00"),
		plannedCall.but("replicate", "2", "planned_at", "2026-11-20T16:00:00+01:00")), "f.csv", round2026(t), now)
	wantErrors(t, err)
	_, err = ReadContacts(contactFile(t, missedCall, repliedMail), "f.csv", round2026(t), now)
	future := ": Tiden ligger i framtiden. Skriv en tid som har varit."
	wantErrors(t, err, "f.csv:2: ended_at"+future, "f.csv:3: sent_at"+future, "f.csv:3: auto_reply_at"+future,
		"f.csv:3: first_reply_at"+future, "f.csv:3: complete_reply_at"+future)
}

// TestScalesAreTheRounds reads levels on the round's own scale, not a built-in one.
func TestScalesAreTheRounds(t *testing.T) {
	s := round2026(t)
	for i := range s.Round.Design.Criteria {
		if c := &s.Round.Design.Criteria[i]; c.Code == survey.Answer {
			c.Scale = []survey.Level{{Code: survey.Good}, {Code: survey.Poor}}
		}
	}
	s.Round.Design.Replicates = 1
	s.Round.Period.To = officehours.Date{Year: 2026, Month: time.October, Day: 20}
	_, err := readContacts(t, s, reachedCall.but("answer", "fair"), missedCall.but("replicate", "2"))
	wantErrors(t, err,
		"f.csv:2: answer: ”fair” finns inte i skalan god, dålig. Skriv good eller poor.",
		"f.csv:3: replicate: Det här är kontakt nummer 2 för samma kommun, fråga och kanal, men upplägget har 1. "+
			"Den första står på rad 2. Ta bort en, eller makulera den med slutkoden void.")
}
