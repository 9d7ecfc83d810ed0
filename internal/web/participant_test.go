package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

var sampleFilter = participantFilter{Search: "å", County: "03", Counties: []option{{"03", "Uppsala län"}}}

var samplePager = pager{Total: 290, First: 101, Last: 200, Previous: "?sida=1", Next: "?sida=3",
	Pages: []pageLink{{N: 1, URL: "?sida=1"}, {N: 2, Current: true}}}

var participantSamples = []page{
	&participantsPage{
		factFrame: sampleFacts("Kommuner"), Filter: sampleFilter, Table: sampleTable, Add: true,
		Rows: surveytest.Participants(), Pager: samplePager, All: 290,
	},
	&participantsPage{factFrame: sampleFacts("Kommuner"), Table: sampleTable, All: 1},
	&participantsPage{factFrame: sampleFacts("Kommuner"), Table: sampleTable},
	&participantsPage{factFrame: lockedFacts("Kommuner"), Table: sampleTable},
	&participantPage{lockedFrame("Håbo"), participantFacts(surveytest.Round(), surveytest.Participants()[0])},
	&participantFormPage{sampleFrame("Håbo"), wrongForm("phone", "email", "opens", "closes", "joined", "left"),
		surveytest.Participants()[0], []option{{"0-4999", "0–4 999"}}},
	&participantFormPage{draftFrame("Håbo"), wrongForm("population", "size_class"),
		surveytest.Participants()[0], []option{{"0-4999", "0–4 999"}}},
	&addParticipantsPage{
		setupFrame: sampleFrame("Lägg till"), Late: true, Form: wrongForm("on_0305", "joined",
			"phone_0305"), Filter: sampleFilter, Left: 287, Earlier: "2025", Pager: samplePager,
		Rows: []candidate{newCandidate(surveytest.Participants()[1].Municipality, survey.Participant{},
			wrongForm("on_0305", "phone_0305", "email_0305"))},
	},
	&addParticipantsPage{setupFrame: sampleFrame("Lägg till"), Form: newForm(), Left: 3},
	&addParticipantsPage{setupFrame: sampleFrame("Lägg till"), Form: newForm()},
}

// participantNames lists the municipalities in the table.
func participantNames(w *walk) string {
	w.t.Helper()
	return strings.Join(w.page.Find("tbody th a").Map(func(_ int, a *goquery.Selection) string { return a.Text() }), " ")
}

func TestParticipantsAreSortedAndFiltered(t *testing.T) {
	a := newApp(t)
	a.setupRound(t) // Hultsfred, Håbo, Stockholm
	w := a.as(t, lead).open("/omgangar/2026/kommuner").wants(http.StatusOK)
	if got := participantNames(w); got != "Hultsfred Håbo Stockholm" {
		t.Errorf("by name: %s", got)
	}
	w.open("/omgangar/2026/kommuner?ordning=-folk").find(`th[aria-sort="descending"]:contains("Folkmängd")`)
	if got := participantNames(w); got != "Stockholm Håbo Hultsfred" {
		t.Errorf("by population: %s", got)
	}
	w.sees("tr:has(th:contains('Stockholm'))", "200 000 eller fler").sees("tr:has(th:contains('Stockholm'))", "9.00–16.00")
	w.form("form[role=search]").choose("lan", "03").submit().wants(http.StatusOK)
	if got := participantNames(w); got != "Håbo" {
		t.Errorf("in Uppsala län: %s", got)
	}
	w.open("/omgangar/2026/kommuner?sok=kommun0860").sees("tbody", "Hultsfred")
	w.open("/omgangar/2026/kommuner?sok=finns+inte").sees(".empty", "Ingen kommun passar").follow("Visa alla kommuner").
		sees("tbody", "Håbo")
}

func TestAParticipantIsChanged(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/kommuner").follow("Håbo")
	w.form("main form").set("phone", "ring oss").set("email", "x").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#f-phone-err", "riktnummer").sees("#f-email-err", "e-postadress")
	w.form("main form").set("phone", "0171-525 00").set("email", "kommun@example.se").set("opens", "8").submit()
	w.wants(http.StatusUnprocessableEntity).sees("#f-closes-err", "båda")
	w.form("main form").set("closes", "16.30").set("population", "23 456").choose("size_class", "30000-49999").submit().
		wants(http.StatusOK)
	w.sees("tr:has(th:contains('Håbo'))", "0171-525 00").sees("tr:has(th:contains('Håbo'))", "23 456").
		sees("tr:has(th:contains('Håbo'))", "8.00–16.30")
	p, _ := a.setupNow(t).Participant("0305")
	if p.SizeClass != "30000-49999" || p.Name != "Håbo" || p.Hours.Closes != 16*60+30 {
		t.Errorf("stored %+v", p)
	}
}

func TestAParticipantIsRemoved(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/kommuner/0305").follow("Ta bort Håbo …").
		sees(".confirm", "Ta bort Håbo?")
	w.follow("Behåll").sees("h1", "Håbo").follow("Ta bort Håbo …").form("form.confirm").submit().wants(http.StatusOK).
		lacks("th:contains('Håbo')")
	w.open("/omgangar/2026/kommuner/0305").wants(http.StatusNotFound)
}

func TestMunicipalitiesComeFromTheRegisterWithLastYearsNumbers(t *testing.T) {
	a := newApp(t)
	ctx, by := t.Context(), survey.CommandLine
	period := survey.FieldPeriod{From: surveytest.Start.AddDays(-364), To: surveytest.Start.AddDays(-332)}
	if _, err := a.service.CreateRound(ctx, by, "2025", period); err != nil {
		t.Fatal(err)
	}
	then := surveytest.Participants()
	for i := range then {
		then[i].Joined, then[i].Left = officehours.Date{}, officehours.Date{}
	}
	if err := a.service.SaveParticipants(ctx, by, "2025", then); err != nil {
		t.Fatal(err)
	}
	if _, err := a.service.CreateRound(ctx, by, "2026", survey.FieldPeriod{From: surveytest.Start,
		To: surveytest.Start.AddDays(32)}); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, lead).open("/omgangar/2026/kommuner").sees(".empty", "Inga kommuner än").follow("Lägg till ur registret")
	w.sees("main", "290 kommuner är inte med").form("form[role=search]").choose("lan", "03").submit().
		sees("main", "omgång 2025")
	if got := w.find("#f-phone_0305").AttrOr("value", ""); got != surveytest.Participants()[1].Phone {
		t.Errorf("Håbo's number is %q, want last year's", got)
	}
	w.form("form.panel").submit().wants(http.StatusUnprocessableEntity).sees("#errors", "Kryssa för")
	w.form("form.panel").choose("on_0305", "1").choose("on_0380", "1").set("phone_0380", "018-727 00 00").submit().
		wants(http.StatusUnprocessableEntity)
	w.sees("#f-email_0380-err", "Uppsala").find(`[name="on_0380"][checked]`)
	w.form("form.panel").set("email_0380", "uppsala@example.se").submit().wants(http.StatusOK).
		sees(".flash-ok", "2 kommuner är tillagda")
	if got := participantNames(w); got != "Håbo Uppsala" {
		t.Errorf("in the round: %s", got)
	}
}

func TestSizeClassesInWords(t *testing.T) {
	for class, want := range map[string]string{"0-4999": "0–4 999", "200000+": "200 000 eller fler", "": "",
		"stor": "stor"} {
		if got := squeeze(classText(class)); got != want {
			t.Errorf("classText(%q) = %q, want %q", class, got, want)
		}
	}
}
