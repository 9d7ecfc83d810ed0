package web

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"servicematning/internal/export"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var uploadSamples = []page{
	&uploadPage{
		setupFrame: sampleFrame("Läs in filer"), Form: wrongForm("file"), Kinds: tabs{Name: "Slag",
			Items: []link{{Label: "Kommuner", URL: "/x", Current: true}}},
		Kind: uploadKinds[0], Wrong: &export.FileErrors{File: "fil.csv",
			Lines: []export.LineError{{Line: 2, Column: "phone", Message: "Fel."}}, More: 3},
	},
	&uploadPage{setupFrame: lockedFrame("Läs in filer"), Form: newForm(), Kind: uploadKinds[4]},
}

// readIn uploads a file on the page of its kind.
func readIn(w *walk, kind, name, text string) *walk {
	w.t.Helper()
	return w.open("/omgangar/2026/las-in/"+kind).wants(http.StatusOK).form("main form").attach("file", name, text).submit()
}

func TestEveryExampleCanBeReadIn(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead)
	for _, k := range uploadKinds {
		text := strings.NewReplacer("1480", "0380", "maja@example.se", "omar.ek@example.se", "petra@example.se",
			"asa.berg@example.se").Replace(k.Example)
		readIn(w, k.path, k.path+".csv", text).wants(http.StatusOK).sees(".flash-ok", "Inläst")
		version := a.setupNow(t).Round.Version
		readIn(w, k.path, k.path+".csv", text).wants(http.StatusOK).sees(".flash-ok", "Inget skiljer sig")
		if again := a.setupNow(t).Round.Version; again != version {
			t.Errorf("%s: version %d after the same file again, want %d", k.path, again, version)
		}
	}
	if n := len(a.setupNow(t).Round.Design.Questions); n != 1 {
		t.Errorf("%d questions, want the file's one", n)
	}
}

func TestEveryBadLineIsNamedAndNothingChanges(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead)
	text := "municipality,phone,email\n0380,018-727 00 00,uppsala@example.se\n9999,abc,x\n"
	readIn(w, "deltagare", `C:\mina filer\nya.csv`, text).wants(http.StatusUnprocessableEntity)
	w.sees(".flash-late", "Filen lästes inte in").sees(".flash-late", "nya.csv har fel på 1 rad. Inget har ändrats.").
		lacks(".flash-late:contains('mina filer')")
	w.sees(".wrong-lines", "nya.csv:3: municipality: ").sees(".wrong-lines", "nya.csv:3: phone: ").
		sees(".wrong-lines", "nya.csv:3: email: ")
	if n := len(a.setupNow(t).Participants); n != 3 {
		t.Errorf("%d participants, want the three from before", n)
	}
	readIn(w, "bedomare", "b.csv", "email,namn\n").wants(http.StatusUnprocessableEntity).sees(".wrong-lines", "namn")
	readIn(w, "tilldelning", "t.csv", "area,evaluator\nbygglov,okand@example.se\n").wants(http.StatusUnprocessableEntity).
		sees(".wrong-lines", "t.csv:2: evaluator")
	w.open("/omgangar/2026/las-in/fragor").form("main form").submit().wants(http.StatusUnprocessableEntity).
		sees("#f-file-err", "Välj en fil")
	w.open("/omgangar/2026/las-in/hittepa").wants(http.StatusNotFound)
	w.open("/omgangar/2026/las-in/contacts").wants(http.StatusOK).sees("main h2", "Kontakter")
}

func TestWhatCanBeReadInDependsOnTheStage(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/las-in/fragor")
	form := w.form("main form").attach("file", "f.csv", "area,question,phone_text,email_subject,email_text,answer_key\n"+
		"bygglov,BYGG1,Får jag bygga?,Bygga,Hej!,Ja\n")
	a.startRound(t)
	form.submit().wants(http.StatusConflict).sees("main", "Fältarbetet i omgång 2026 har börjat")
	w.open("/omgangar/2026/las-in/fragor").lacks("main form").sees(".flash", "Låst")
	readIn(w, "deltagare", "k.csv", "municipality,phone,email\n0380,018-727 00 00,uppsala@example.se\n").
		wants(http.StatusOK).sees("tr:has(th:contains('Uppsala'))", "med från ons 28 okt")
	readIn(w, "bedomare", "b.csv", "email,name,from,to,calls_per_day,emails_per_day\nny@example.se,Ny Person,,,10,10\n").
		wants(http.StatusOK)
	w.sees(".flash-ok", "1 bedömare inläst: 1 ny, 0 ändrade.").sees("tbody", "Ny Person")
}

func TestAFileThatIsTooLargeIsRefusedInWords(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	readIn(a.as(t, lead), "kontakter", "stor.csv", strings.Repeat("x", fileLimit+1)).
		wants(http.StatusRequestEntityTooLarge).sees("main", "högst 32 MB")
}

func TestTheContactsOfAPublishedResultAreReadIn(t *testing.T) {
	a := newApp(t)
	first := officehours.Date{Year: 2019, Month: 10, Day: 21}
	period := survey.FieldPeriod{From: first, To: first.AddDays(32)}
	if _, err := a.service.CreateRound(t.Context(), survey.CommandLine, "2026", period); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, lead)
	for _, f := range []struct{ kind, file, says string }{
		{"deltagare", "participants", "1 kommun inläst: 1 ny"}, {"fragor", "questions", "frågor inlästa"},
		{"bedomare", "evaluators", "nya"}, {"tilldelning", "assignments", "nya"}, {"kontakter", "contacts",
			"240 kontakter inlästa, 240 nya"},
	} {
		text, err := os.ReadFile("../export/testdata/hultsfred/" + f.file + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		readIn(w, f.kind, f.file+".csv", string(text)).wants(http.StatusOK).sees(".flash-ok", f.says)
	}
	w.open("/omgangar/2026").sees("tr:has(th:contains('Plan'))", "240 av 240 kontakter")
}
