package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"servicematning/internal/auth"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var sampleCheck = survey.Check{
	Item: survey.MissingContacts, Count: 37, Detail: "Överkalix 22, Bjurholm 11",
	Waiver: &survey.Waiver{Item: survey.MissingContacts, Reason: "Växeln var stängd.", By: "annika@example.se",
		At: testNow},
}

var closingSamples = []page{
	&closingPage{
		layout: sampleLayout("Avslut", commissioner), Lead: "En punkt återstår.", Steps: []step{{"Utkast", false},
			{"Granskning", true}},
		Checks: []checkRow{{sampleCheck, badge{"late", "37 kvar"}, "/x", "/y"}}, Summary: "5 punkter", Left: 2, CanAct: true,
		Facts: []fact{{"Mått", "27"}}, Lacking: 3, Quota: 120, Missing: []gapRow{{Code: "0305", Name: "Håbo"}},
		First: gapList{"2026", []gapRow{{"0305", "Håbo", "118 av 120", "119 av 120", 2, 1}}}, More: &gapList{"2026",
			[]gapRow{{Code: "2023", Name: "Malung-Sälen"}}},
	},
	&closingPage{layout: sampleLayout("Avslut", commissioner), CanAct: true},
	&closingPage{layout: sampleLayout("Avslut", lead), Frozen: sampleFrozen},
	&closingPage{layout: sampleLayout("Avslut", lead)},
	&waiverPage{
		layout: sampleLayout("Undantag", commissioner), Check: sampleCheck, Effects: []string{"Visas utan plats."},
		Form: wrongForm("reason"), Button: "Gör undantag", Back: "/x",
	},
	&closeConfirmPage{
		layout: sampleLayout("Stäng omgång 2026", commissioner), Facts: []fact{{"Mått",
			"27"}}, Waivers: []survey.Waiver{*sampleCheck.Waiver},
		Confirm: confirm{URL: "/x", Title: "Stänga omgång 2026?", Effect: "Allt fryses.", Button: "Stäng", Keep: "/y"},
	},
	&closeConfirmPage{layout: sampleLayout("Stäng omgång 2026", commissioner), Confirm: sampleConfirm},
}

var publishSamples = []page{
	&publishPage{layout: sampleLayout("Publicering", commissioner), Form: newForm()},
	&publishPage{
		layout: sampleLayout("Publicering",
			commissioner), Form: wrongForm("eget"), Stage: survey.Published, Published: "ons 10 dec",
		Switches: []audienceSwitch{{"eget", "Eget resultat", "Den egna kommunen.", true, badge{"ok", "visas"}},
			{Name: "lan", Title: "Län"}},
		Button: "Spara valen", Note: "Allt går att ändra.", Participants: 3, Municipalities: []option{{"0305", "Håbo"}},
	},
	&previewPage{layout: sampleLayout("Förhandsvisning", commissioner), Name: "Håbo", Back: "/x", Choice: "Det egna.",
		Reader: sampleReader()},
	&previewPage{layout: sampleLayout("Förhandsvisning", commissioner), Name: "Håbo", Back: "/x",
		NotThere: nothingPublished()},
}

var readerSamples = []page{
	&readerPage{
		layout: sampleLayout("Håbo", reader), Name: "Håbo", Reader: *sampleReader(),
		Rounds: []link{{Label: "2026", URL: "/kommun/2026", Current: true}, {Label: "2025", URL: "/kommun/2025"}},
	},
	&readerPage{layout: sampleLayout("Håbo", reader), Name: "Håbo", Empty: &sampleEmpty},
	&methodPage{
		layout: sampleLayout("Så mäts det",
			reader), Groups: methodGroups(), Design: &survey.Design{MinBase: 100}, Cutoff: "10 arbetsdagar",
		Weights: weightGroups(survey.DefaultDesign("2026").Weights), Areas: []string{"bygglov", "förskola"},
	},
}

func sampleReader() *readerView {
	return &readerView{Round: "2026", Published: "ons 10 dec 2026", Profile: sampleProfile(), Others: &othersView{
		Lead: "Välj.", Choosable: []option{{"0330", "Knivsta"}}, Chosen: []string{"0330"}, Keep: []option{{"matt",
			"x"}}, Clear: "/x",
		Columns: []string{"Kontakt"}, Rows: []otherRow{{"Håbo", true, []otherCell{{"83,3 %", "100 av 120"}}}},
	}}
}

// closedApp is hultsfredApp with the round closed by the commissioner's hand.
func closedApp(t testing.TB) (*app, *walk) {
	t.Helper()
	a := hultsfredApp(t)
	w := a.as(t, commissioner)
	for _, item := range []string{"missing_contacts", "below_min_base"} {
		w.open("/omgangar/2019/avslut/undantag/"+item).form("main form").set("reason", "Växeln var stängd.").submit().
			wants(http.StatusOK)
	}
	w.open("/omgangar/2019/avslut").follow("Stäng omgång 2019 …")
	w.form("form.confirm").submit().wants(http.StatusOK).sees(".flash", "Stängd")
	return a, w
}

func TestClosingIsRefusedUntilEveryItemIsEmptyOrExcepted(t *testing.T) {
	w := hultsfredApp(t).as(t, commissioner).open("/omgangar/2019/avslut").wants(http.StatusOK)
	check := `section[aria-labelledby="h-check"]`
	if row := rowWith(w, check, "Saknade kontakter"); !strings.Contains(row, "30 30 kvar Knivsta 30") {
		t.Errorf("missing contacts: %s", row)
	}
	if row := rowWith(w, check, "Kommuner under basgränsen"); !strings.Contains(row, "Knivsta 90 av 120 samtal") {
		t.Errorf("below the base: %s", row)
	}
	if row := rowWith(w, `section[aria-labelledby="h-missing"]`, "Knivsta"); row != "Knivsta 90 av 120 30 120 av 120 0" {
		t.Errorf("what Knivsta lacks: %s", row)
	}
	w.sees(".title", "Två punkter återstår").find(`button[disabled]`)
	w.open("/omgangar/2019/avslut/stang").wants(http.StatusConflict).sees("main", "Saknade kontakter har 30 kvar")
	id, _ := newFormID()
	w.post("/omgangar/2019/avslut/stang", url.Values{"form_id": {id}}).wants(http.StatusConflict).sees("main",
		"Checklistan är inte tom")

	waiver := "/omgangar/2019/avslut/undantag/missing_contacts"
	w.open(waiver).sees("h1", "Undantag: Saknade kontakter, 30").sees("main", "Knivsta 30")
	w.form("main form").set("reason", "  ").submit().wants(http.StatusUnprocessableEntity).sees(".err-msg", "Skriv skälet")
	w.form("main form").set("reason", "Växeln var stängd.").submit().wants(http.StatusOK)
	w.sees(check, "”Växeln var stängd.” commissioner@example.se").sees(".title", "En punkt återstår")
	w.follow("Ta bort undantaget …").sees("h2", "Ta bort undantaget för saknade kontakter, 30 kontakter?").
		sees("form.confirm", "Skälet, ”Växeln var stängd.”, försvinner.").sees("form.confirm a", "Behåll")
	w.form("form.confirm").submit().sees(".flash", "borttaget").sees(".title", "Två punkter återstår")
	w.open("/omgangar/2019/avslut/undantag/nonsens").wants(http.StatusNotFound)
	w.open("/omgangar/2019/publicering/forhandsvisning?kommun=" + habo + "&eget=visas").wants(http.StatusConflict)
}

func TestLeadSeesTheCheckListWithoutTouchingIt(t *testing.T) {
	w := hultsfredApp(t).as(t, lead).open("/omgangar/2019/avslut").wants(http.StatusOK)
	w.sees("main", "SKR:s mätansvariga gör undantag").lacks(`main form`).lacks(`a[href*="undantag"]`)
}

func TestAClosedRoundIsFrozen(t *testing.T) {
	a, w := closedApp(t)
	w.sees("#checksum", " ").sees("main", "commissioner@example.se").sees(".title", "Ingenting i den kan ändras")
	seal, err := a.store.Closing(t.Context(), mustRound(t, a).ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.ReplaceAll(w.text("#checksum"), " ", ""); got != seal.Checksum || len(got) != 64 {
		t.Errorf("checksum on the page %s, stored %s", got, seal.Checksum)
	}
	w.sees(`section[aria-labelledby="h-check"]`, "Växeln var stängd.").lacks(`main form`)
	w.open("/omgangar/2019/resultat").sees("main", "Resultaten ändras inte mer").lacks(`form[action*="rakna-om"]`)
	w.open("/omgangar/2019/avslut/stang").wants(http.StatusConflict)
	w.open("/omgangar/2019/avslut/undantag/missing_contacts").wants(http.StatusConflict)
	for _, path := range []string{"stang", "undantag/missing_contacts", "undantag/missing_contacts/ta-bort"} {
		id, _ := newFormID()
		w.post("/omgangar/2019/avslut/"+path, url.Values{"form_id": {id}, "reason": {"Ångrat."}}).wants(http.StatusConflict)
	}
	set, err := a.service.Setup(t.Context(), survey.CommandLine, "2019")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.service.ImportContacts(t.Context(), survey.CommandLine, set, nil); err == nil {
		t.Error("contacts were imported into a closed round")
	}
}

func mustRound(t testing.TB, a *app) survey.Round {
	t.Helper()
	round, err := a.store.Round(t.Context(), "2019")
	if err != nil {
		t.Fatal(err)
	}
	return round
}

func TestAReaderLearnsNothingBeforePublication(t *testing.T) {
	a, _ := closedApp(t)
	w := a.as(t, reader).open("/kommun").wants(http.StatusOK).sees("h1", "Håbo").sees(".empty",
		"Inget resultat är publicerat")
	said := w.find("html").Text() // not the ids of forms, which may hold any digits
	for _, secret := range []string{"2019", "82,5", "Hultsfred", "oktober", "bed1"} {
		if strings.Contains(said, secret) {
			t.Errorf("the page tells %q", secret)
		}
	}
	w.open("/kommun/2019").wants(http.StatusNotFound)
	w.open("/kommun/sa-mats-det").wants(http.StatusOK).sees("h1", "Så mäts det").lacks("#h-weights")
	w.open("/omgangar/2019/resultat").wants(http.StatusForbidden)
	w.open("/omgangar/2019/resultat/" + habo).wants(http.StatusForbidden)
	a.as(t, evaluator).open("/omgangar/2019/resultat.csv").wants(http.StatusForbidden)
}

func TestPublishingOpensTheOwnResultOnly(t *testing.T) {
	a, w := closedApp(t)
	stranger := a.addUser(t, auth.NewUser{
		Email: "are@example.se", Name: "Åre", Role: survey.RoleReader, Municipality: "2321", Password: testPassword,
	})
	w.open("/omgangar/2019/publicering").sees("main", "Publicera omgång 2019")
	for name, value := range map[string]string{"eget": "visas", "jamforelse": "dold", "lan": "dold", "nationell": "dold"} {
		if got := w.find(`input[name="`+name+`"][checked]`).AttrOr("value", ""); got != value {
			t.Errorf("%s begins as %q", name, got)
		}
	}
	w.form("main form").submit("Publicera").wants(http.StatusOK).sees("form.confirm", "Publicera omgång 2019 för 3 kommuner?")
	w.form("form.confirm").submit().wants(http.StatusOK).sees(".flash", "Kommunernas läsare ser det egna resultatet.")

	r := a.as(t, reader).open("/kommun").wants(http.StatusOK).sees("h1", "Håbo").sees("dl.tiles", "80,8 %")
	r.sees(`section[aria-labelledby="h-figures"]`, "97 av 120").lacks("#jamfor")
	if strings.Contains(string(r.body), "Hultsfred") || strings.Contains(string(r.body), "Knivsta") {
		t.Error("another municipality is named")
	}
	r.open("/kommun/2019").wants(http.StatusOK)
	r.open("/kommun/sa-mats-det").sees("#h-weights", "Vikter").sees("main", "10 arbetsdagar (90 timmars kontorstid)")
	checkHTML(t, r.body)

	other := a.login(t, stranger.Email, testPassword)
	other.open("/kommun").sees(".empty", "Inget resultat är publicerat")
	other.open("/kommun/2019").wants(http.StatusNotFound)

	w.open("/omgangar/2019/publicering").form("main form").choose("eget", "dold").submit("Ändra valen").
		sees("form.confirm", "Dölj omgång 2019 för 3 kommuner?").form("form.confirm").submit().sees(".flash", "Ingen kommun ser")
	r.open("/kommun").sees(".empty", "Inget resultat är publicerat")
	r.open("/kommun/2019").wants(http.StatusNotFound)
}

func TestThePreviewIsTheReadersPage(t *testing.T) {
	a, w := closedApp(t)
	preview := "/omgangar/2019/publicering/forhandsvisning?kommun=" + habo
	result := func(w *walk) string {
		html, err := w.find("main > .stack").Html()
		if err != nil {
			t.Fatal(err)
		}
		return squeeze(html)
	}
	for _, choice := range []string{"&eget=visas", "&eget=visas&lan=visas", "&eget=visas&jamforelse=visas",
		"&eget=visas&nationell=visas"} {
		shown := result(w.open(preview + choice).wants(http.StatusOK))
		form := w.open("/omgangar/2019/publicering").form("main form").choose("eget", "visas")
		for _, name := range []string{"jamforelse", "lan", "nationell"} {
			form.choose(name, map[bool]string{true: "visas", false: "dold"}[strings.Contains(choice, name)])
		}
		form.submit().wants(http.StatusOK).form("form.confirm").submit().wants(http.StatusOK)
		r := a.as(t, reader).open("/kommun").wants(http.StatusOK)
		if strip(result(r)) != strip(shown) {
			t.Errorf("%s: the preview differs from the reader's page", choice)
		}
	}
	w.open(preview+"&eget=dold").wants(http.StatusOK).sees(".empty", "Inget resultat är publicerat")
	w.open("/omgangar/2019/publicering/forhandsvisning?kommun=2321").wants(http.StatusOK).sees(".empty", "Inget resultat")
}

// strip takes away what must differ between two addresses: where the forms
// of the page come back to.
func strip(html string) string {
	var kept []string
	for _, part := range strings.Split(html, "<") {
		if !strings.HasPrefix(part, `input type="hidden"`) {
			kept = append(kept, part)
		}
	}
	return squeeze(strings.Join(kept, "<"))
}

func TestTheSwitchesOpenOtherMunicipalities(t *testing.T) {
	a, w := closedApp(t)
	r := a.as(t, reader)
	w.open("/omgangar/2019/publicering").form("main form").choose("lan", "visas").submit().form("form.confirm").submit().wants(http.StatusOK)
	r.open("/kommun").sees("#jamfor", "Knivsta")
	if strings.Contains(string(r.body), "Hultsfred") {
		t.Error("Hultsfred is not in the county")
	}
	w.open("/omgangar/2019/publicering").form("main form").choose("lan", "dold").choose("jamforelse", "visas").submit().
		sees("form.confirm", "ser det egna resultatet och jämförelsen, i stället för det egna resultatet och länets resultat.").
		form("form.confirm").submit()
	r.open("/kommun").lacks("#jamfor tbody tr + tr")
	r.form("#jamfor form").choose("jamfor", hultsfred).submit().sees("#jamfor tbody tr + tr", "Hultsfred")
}

func TestAStalePublishingPageIsRefused(t *testing.T) {
	_, w := closedApp(t)
	old := w.open("/omgangar/2019/publicering").form("main form")
	w.form("main form").submit().form("form.confirm").submit().wants(http.StatusOK)
	w.form("main form").submit().wants(http.StatusOK).sees(".flash", "Valen är som de var.")
	old.choose("lan", "visas").submit().form("form.confirm").submit().wants(http.StatusConflict)
}

func TestAnEmptyDraftIsNotReadyToBeClosed(t *testing.T) {
	a := newApp(t)
	period := survey.FieldPeriod{From: officehours.DateOf(testNow), To: officehours.DateOf(testNow).AddDays(30)}
	if _, err := a.service.CreateRound(t.Context(), survey.CommandLine, "2026", period); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, commissioner).open("/omgangar/2026/avslut").sees(".title", "Omgången har inga kommuner ännu")
	w.sees("#h-why", "Kan göras när omgången har kommuner").lacks(`a[href$="/avslut/stang"]`).sees(".empty", "Inga kommuner än")
}
