package web

import (
	"net/http"
	"strings"
	"testing"

	"servicematning/internal/survey"
)

var sampleQuestion = survey.Question{
	Area: "bygglov", Code: "BYGG1", PhoneText: "Behöver jag bygglov?", EmailSubject: "Bygglov", EmailText: "Hej!",
	AnswerKey:  "Ja\nNej",
	AnchorGood: "Allt.", AnchorFair: "Något.", AnchorPoor: "Inget.", Withdrawn: true,
}

var questionSamples = []page{
	&questionsPage{sampleFrame("Frågor"), sampleState, []questionGroup{{"bygglov", []survey.Question{sampleQuestion}},
		{"förskola", nil}}, sampleTable},
	&questionsPage{sampleFrame("Frågor"), planState{}, nil, sampleTable},
	&questionsPage{sampleFrame("Frågor"), planState{}, nil, table{}}, &questionsPage{lockedFrame("Frågor"), planState{}, nil, table{}},
	&questionPage{lockedFrame("BYGG1"), sampleQuestion, []string{"Ja", "Nej"}, "BYGG2", true},
	&questionPage{lockedFrame("BYGG2"), survey.Question{Code: "BYGG2"}, []string{"Ja"}, "", true},
	&questionFormPage{sampleFrame("Frågan BYGG1"), wrongForm("question", "area", "phone_text", "email_subject",
		"email_text", "answer_key",
		"anchor_good", "anchor_fair", "anchor_poor"), "BYGG1", []option{{"bygglov", "Bygglov"}}, "BYGG2"},
	&questionFormPage{sampleFrame("Ny fråga"), newForm(), "", nil, ""},
}

func TestTheBankIsListedByArea(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/fragor").wants(http.StatusOK)
	if n := w.find("tbody tr").Length(); n != 60 {
		t.Errorf("%d questions are listed, want 60", n)
	}
	w.sees("section:has(h2:contains('Bygglov'))", "6 frågor").follow("BYGG1").sees("h1", "BYGG1")
}

func TestAQuestionIsChangedAndTheNextOneShown(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/fragor/BYGG1")
	w.form("main form").set("phone_text", "").set("question", "BYGG2").submit("Spara frågan").
		wants(http.StatusUnprocessableEntity)
	w.sees("#f-phone_text-err", "Skriv frågan").sees("#f-question-err", "finns redan")
	w.form("main form").set("phone_text", "Får jag bygga i {kommun}?").set("question", "BYGG1").
		submit("Spara och gå till").wants(http.StatusOK)
	w.sees("h1", "BYGG2").sees(".flash-ok", "BYGG1 är sparad")
	if q, _ := a.setupNow(t).Round.Design.Question("BYGG1"); q.PhoneText != "Får jag bygga i {kommun}?" ||
		q.AnswerKey == "" {
		t.Errorf("stored %+v", q)
	}
}

func TestTwoWhoSaveTheSameQuestion(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w, other := a.as(t, lead), a.as(t, lead)
	path := "/omgangar/2026/fragor/BYGG1"
	mine := w.open(path).form("main form").set("phone_text", "Min?")
	untouched := a.as(t, lead).open("/omgangar/2026/fragor/BYGG2")
	other.open(path).form("main form").set("phone_text", "Den andras?").submit("Spara frågan").wants(http.StatusOK)

	mine.submit("Spara frågan").wants(http.StatusConflict).sees("#stale", "Någon annan hann före")
	if text := w.find("#f-phone_text").Text(); strings.TrimSpace(text) != "Min?" {
		t.Errorf("what was typed is lost: %q", text)
	}
	if at, _ := w.find("#stale a[target=_blank]").Attr("href"); at != path {
		t.Errorf("what is stored is at %q, want %q", at, path)
	}
	if q, _ := a.setupNow(t).Round.Design.Question("BYGG1"); q.PhoneText != "Den andras?" {
		t.Errorf("stored %q before the second save", q.PhoneText)
	}
	w.form("main form").submit("Spara frågan").wants(http.StatusOK).sees(".flash-ok", "BYGG1 är sparad")
	untouched.form("main form").set("phone_text", "En annan?").submit("Spara frågan").wants(http.StatusOK)
	for code, want := range map[string]string{"BYGG1": "Min?", "BYGG2": "En annan?"} {
		if q, _ := a.setupNow(t).Round.Design.Question(code); q.PhoneText != want {
			t.Errorf("%s is stored as %q, want %q", code, q.PhoneText, want)
		}
	}
}

func TestAQuestionIsAddedAndRemoved(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/ny-fraga?omrade=f%C3%B6rskola")
	w.form("main form").set("question", "förs7").set("phone_text", "Hur köar man?").set("email_subject", "Kö").
		set("email_text", "Hej!").
		set("answer_key", "I e-tjänsten").submit().wants(http.StatusOK)
	w.sees("section:has(h2:contains('Förskola'))", "FÖRS7").follow("FÖRS7").wants(http.StatusOK).follow("Ta bort frågan …")
	w.sees(".confirm", "Ta bort frågan FÖRS7?").sees(".confirm", "120 kontakter per kanal i stället för 122").
		form("form.confirm").submit()
	w.wants(http.StatusOK).sees(".flash-ok", "FÖRS7 är borttagen").lacks("th:contains('FÖRS7')")
	w.open("/omgangar/2026/fragor/FÖRS7").wants(http.StatusNotFound)
}

func TestAQuestionInTheFieldIsReadAndWithdrawn(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	a.startRound(t)
	w := a.as(t, lead).open("/omgangar/2026/fragor/BYGG1").wants(http.StatusOK).lacks("main textarea").
		sees("main", "Facit").sees(".flash", "Låst")
	w.form("main form").submit().wants(http.StatusOK).sees(".flash-ok", "tillbakadragen").
		sees("tr:has(th:contains('BYGG1'))", "tillbakadragen")
	w.follow("BYGG1").sees("h2", "Tillbakadragen").form("main form").submit().wants(http.StatusOK).
		sees(".flash-ok", "ställs igen").lacks("td .b-warn")
	a.as(t, commissioner).open("/omgangar/2026/fragor/BYGG1").wants(http.StatusOK).lacks("main form")
	for _, path := range []string{"ny-fraga", "fragor/BYGG1/ta-bort"} {
		w.open("/omgangar/2026/"+path).sees("h1", "Frågor").sees(".flash", "kan bara ändras i ett utkast").lacks("main textarea")
	}
}
