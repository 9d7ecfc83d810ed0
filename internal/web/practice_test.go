package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"servicematning/internal/auth"
	"servicematning/internal/fieldwork"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

var practiceDoors = doorList{
	"GET /ovning":      {evaluator},
	"GET /ovning/:id":  {evaluator},
	"POST /ovning/:id": {evaluator},

	"GET /omgangar/:round/ovning":                   {lead, commissioner},
	"GET /omgangar/:round/ovning/overensstammelse":  {lead, commissioner},
	"GET /omgangar/:round/ovning/:practice":         {lead, commissioner},
	"POST /omgangar/:round/ovning/:practice":        {lead},
	"POST /omgangar/:round/ovning/:practice/flytta": {lead},
	"POST /omgangar/:round/ovning/:practice/anvand": {lead},
	"POST /omgangar/:round/ovning/regler":           {lead},
	"POST /omgangar/:round/ovning/paket":            {lead},
	"GET /omgangar/:round/ny-ovning":                {lead},
	"POST /omgangar/:round/ny-ovning":               {lead},
	"GET /omgangar/:round/ovning/nollstall/:email":  {lead},
	"POST /omgangar/:round/ovning/nollstall/:email": {lead},
}

var practiceSamples = samplePractice()

func samplePractice() []page {
	d := survey.DefaultDesign(survey.Definitions)
	call, mail := survey.BundledPractice()[0], survey.BundledPractice()[6]
	call.Retired, mail.Borrowed = true, true
	call.ID, mail.ID = survey.NewID[survey.PracticeContact](), survey.NewID[survey.PracticeContact]()
	given := survey.Judgement{Outcome: survey.Busy, Sender: survey.GaveName, Ratings: survey.Ratings{Answer: survey.Fair}}
	agreement := results.Agreement{
		Share: results.Value{Base: 4, Count: 2, Result: results.Optional{Value: 50, Known: true}}, Milder: 1, Stricter: 1,
	}
	gate := &gatePart{badge{"warn", "återstår"}, "Öva.", newBar(1, 4), "/ovning"}
	evaluatorLayout, frame := sampleLayout("Övning", evaluator), sampleFrame("Övning")
	row := practiceRow{
		URL: "/ovning/1", Name: "Övningssamtal 1", Title: "Titel", Question: "Fråga", Call: true, Retired: true,
		Side: badge{"ok", "som facit"}, When: "i går",
	}
	table := []agreementTable{{"Telefon", []agreementRow{{"Utfall", "/handbok/utfall", agreement}}}}
	form := wrongForm("title", "story", "outcome", "reason_answer", "answer", "question", "practice_pass")
	task := fieldwork.PracticeTask{Contact: call, Number: 1}
	open := &practicePage{layout: evaluatorLayout, Task: task, Form: form, Left: 2}
	answered := &practicePage{
		layout: evaluatorLayout, Task: task, Form: newForm(), Key: verdictRows(d, call, given), Agreed: 1,
		Next: &link{Label: "Övningsbrev 1", URL: "/ovning/2"},
	}
	letter := &practicePage{layout: evaluatorLayout, Task: fieldwork.PracticeTask{Contact: mail}, Form: newForm(), Left: 1,
		Question: d.Questions[0]}
	group := practiceGroup{Channel: survey.Phone, Title: "Telefon", Rows: []bookRow{
		{PracticeContact: call, URL: "/x", Question: "BYGG1", Number: 1, First: true}, {PracticeContact: mail, Last: true},
	}}
	reason := newField(form, "reason_answer", "Svar på frågan")
	cells := []agreementCell{{agreement}, {results.Agreement{Milder: 1, Share: agreement.Share}}, {}}
	return []page{
		&practiceListPage{layout: evaluatorLayout},
		&practiceListPage{
			layout: evaluatorLayout, Others: []link{{Label: "Omgång 2025", URL: "/ovning?omgang=2025"}},
			Todo: []practiceRow{row}, Done: []practiceRow{row}, Gate: gate, Agreement: table, All: agreement,
		},
		open, answered, letter,
		&practiceBookPage{setupFrame: frame, Form: form, Groups: []practiceGroup{group, {Channel: survey.Email}}, Used: 2, Left: 3},
		&practiceBookPage{setupFrame: lockedFrame("Övning"), Form: form, Groups: []practiceGroup{group}},
		&practiceFormPage{
			setupFrame: frame, Form: form, Practice: mail, Questions: []option{{"BYGG1", "Bygglov"}}, Answers: 2,
			Fields:  newJudgementFields(d, survey.Phone, d.Questions[0], form),
			Reasons: []field{reason}, Remarks: []string{"Texten nämner Håbo."}, Back: "/omgangar/2026/ovning",
		},
		&practiceKeyPage{lockedFrame("Övning"), call, d.Questions[0], verdictRows(d, call, call.Key)},
		&practiceKeyPage{lockedFrame("Övning"), mail, d.Questions[0], verdictRows(d, mail, mail.Key)},
		&practiceAgreementPage{
			setupFrame: frame, Pass: 80, Waiting: strings.Split("abcdefghij", ""), Points: []column{{Label: "Utfall"}, {Label: "Svar"}},
			Sort:   sorting{url: &url.URL{Path: "/"}, Key: "name"},
			People: []personRow{{Name: "Maja", Email: "maja@example.se", Answered: 2, Asked: 4, State: badge{"ok", "godkänd"}, Cells: cells}},
			All:    cells, Alphas: []string{"0,72", "–"},
			Dividing: []dividingRow{{URL: "/x", Title: "Titel", Point: "Utfall", Call: true, Agreed: "1 av 2", Given: "1 god"}, {Title: "Ny"}},
		},
	}
}

// practiceApp is an app whose round has the bundled practice.
func practiceApp(t *testing.T) *app {
	t.Helper()
	var some []survey.Municipality
	for _, m := range survey.BundledMunicipalities() {
		if m.Code == readerPlace {
			some = append(some, m)
		}
	}
	return fieldedApp(t, some)
}

// ownPractice lists the round's practice contacts.
func (a *app) ownPractice(t *testing.T) []survey.PracticeContact {
	t.Helper()
	b, err := a.service.PracticeBook(t.Context(), survey.CommandLine, "2026")
	if err != nil {
		t.Fatal(err)
	}
	return b.Contacts
}

// judge fills the form with a judgement and sends it.
func judge(w *walk, j survey.Judgement) *walk {
	w.t.Helper()
	f := w.form("#practice")
	if j.Outcome != "" {
		f.choose("outcome", string(j.Outcome))
	}
	for _, b := range boxesOf(j) {
		f.choose(b, "1")
	}
	for _, code := range criterionCodes {
		if level := j.Ratings.Of(code); level != "" {
			f.choose(string(code), string(level))
		}
	}
	return f.submit()
}

func boxesOf(j survey.Judgement) (names []string) {
	for _, b := range greetingBits {
		if j.Greeting&b.in != 0 {
			names = append(names, b.name)
		}
	}
	for _, b := range senderBits {
		if j.Sender&b.in != 0 {
			names = append(names, b.name)
		}
	}
	return names
}

func TestPracticeIsWrittenAnsweredAndOpensTheGate(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/ovning").wants(http.StatusOK).sees("main", "Inga än")
	w.follow("Skriv ett övningssamtal")
	w.form("main form").submit().wants(http.StatusUnprocessableEntity).sees("#errors", "Skriv en kort rubrik")
	f := w.form("main form").set("title", "Trevlig i telefon").set("story", "0.00 Du ringer.\n0.08 ”Håbo kommun, hej!”\n0.20 Svar.").
		choose("question", "BYGG1").choose("outcome", "reached").choose("said_municipality", "1").choose("said_hello", "1").
		choose("answer", "good").choose("information", "fair").choose("interest", "good").choose("treatment", "very_good")
	for _, point := range []string{"outcome", "greeting", "answer", "information", "interest", "treatment"} {
		f.set("reason_"+point, "Skälet till "+point+".")
	}
	f.submit().wants(http.StatusOK).sees(".flash", "se över").sees("main", "Texten nämner Håbo")
	story := strings.ReplaceAll(w.find(`[name="story"]`).Text(), "Håbo kommun", "Kommunen")
	w.form("main form").set("story", strings.TrimSpace(story)).submit().wants(http.StatusOK).sees(".flash", "är sparad")
	w.form(`form[action$="/regler"]`).choose("practice_required", "1").set("practice_pass", "60").submit().
		wants(http.StatusOK).sees(".flash", "minst 60")

	e := a.as(t, evaluator)
	e.open("/min-dag").sees("main", "Övningen först").follow("Gå till övningen").sees("h1", "Övning")
	e.follow("Övningssamtal 1").wants(http.StatusOK).sees("main", "Du ringer.").lacks(".flash")
	for _, secret := range []string{"Trevlig i telefon", "Skälet till"} {
		if strings.Contains(string(e.body), secret) {
			t.Errorf("the page tells %q before the answer", secret)
		}
	}
	e.form("#practice").submit().wants(http.StatusUnprocessableEntity).sees("#errors", "Välj hur uppringningen slutade")
	judge(e, survey.Judgement{Outcome: survey.Reached, Greeting: survey.SaidHello, Ratings: survey.Ratings{
		Answer: survey.Good, Information: survey.Good, Interest: survey.Good, Treatment: survey.VeryGood,
	}}).wants(http.StatusOK).sees("h1", "Trevlig i telefon").sees("main", "Skälet till information.").
		sees(".facts", "4 av 6").sees("main", "mildare").sees("main", "strängare").lacks("#practice")
	e.find(`a[href="/handbok/bedomning#information"]`)
	e.open("/ovning").sees("main", "66,7 %").sees("main", "Övningen är godkänd")
	e.open("/min-dag").form(`form[action="/min-dag/nasta"]`).submit("Nästa kontakt").wants(http.StatusOK)
	w.open("/omgangar/2026/ovning/overensstammelse").sees("main tbody", "godkänd").sees("main tbody", "67 %")
}

func TestNoKeyIsInThePageBeforeTheAnswer(t *testing.T) {
	a := practiceApp(t)
	w := a.as(t, evaluator)
	list := a.ownPractice(t)
	for _, p := range list {
		w.open("/ovning/" + p.ID.String()).wants(http.StatusOK).lacks("main [checked]").lacks("#h-key")
		html := w.text("body") + w.text("title")
		for point, reason := range p.Reasons {
			if strings.Contains(html, squeeze(reason)) {
				t.Errorf("%s tells the reason of %s", p.Title, point)
			}
		}
		if strings.Contains(html, squeeze(p.Title)) {
			t.Errorf("%s tells its title", p.Title)
		}
	}
	w.open("/ovning")
	for _, p := range list {
		if strings.Contains(w.text("main"), squeeze(p.Title)) {
			t.Errorf("the list tells %s", p.Title)
		}
	}
}

func TestAnAnswerIsNotChanged(t *testing.T) {
	a := practiceApp(t)
	w := a.as(t, evaluator)
	p := a.ownPractice(t)[0]
	w.open("/ovning/" + p.ID.String())
	other := p.Key
	other.Ratings.Treatment = survey.Poor
	judge(w, other).wants(http.StatusOK).sees(".facts", "5 av 6")
	w.post("/ovning/"+p.ID.String(), url.Values{
		"form_id": {survey.NewID[survey.Round]().String()}, "outcome": {"reached"}, "answer": {"good"},
		"information": {"fair"}, "interest": {"poor"}, "treatment": {"fair"},
	}).wants(http.StatusOK).sees(".flash", "redan svarat").sees(".facts", "5 av 6")
}

func TestThePracticeOfOthersIsNotThere(t *testing.T) {
	a := practiceApp(t)
	a.addUser(t, auth.NewUser{Email: "annan@example.se", Name: "Annan", Role: evaluator, Password: testPassword})
	stranger := a.login(t, "annan@example.se", testPassword)
	p := a.ownPractice(t)[0]
	stranger.open("/ovning").wants(http.StatusOK).sees("main", "Inget att öva på än")
	stranger.open("/ovning?omgang=2026").wants(http.StatusNotFound)
	stranger.open("/ovning/" + p.ID.String()).wants(http.StatusNotFound)
}

func TestTheGateIsSaidWhereItStops(t *testing.T) {
	a := newApp(t)
	list := a.inField(t)
	if _, err := a.service.AddPracticePackage(t.Context(), survey.CommandLine, "2026"); err != nil {
		t.Fatal(err)
	}
	rules := fieldwork.PracticeRules{Required: true, Pass: 80}
	if err := a.service.SavePracticeRules(t.Context(), survey.CommandLine, "2026", 0, rules); err != nil {
		t.Fatal(err)
	}
	of := func(ch survey.Channel) string {
		i := slices.IndexFunc(list, func(c survey.Contact) bool {
			return c.Channel == ch && c.Evaluator == "evaluator@example.se"
		})
		return contactURL(list[i])
	}
	w := a.as(t, evaluator)
	w.open("/min-dag").sees("main", "Övningen först")
	w.form(`form[action="/min-dag/nasta"]`).submit("Nästa kontakt").wants(http.StatusOK).sees(".flash", "1 av 1").sees("h1", "Övning")
	w.open(of(survey.Phone)).form("#call").submit("Ringer").wants(http.StatusConflict).sees("main", "1 av 1")
	w.find(`main a[href="/ovning"]`)
	w.open(of(survey.Email)).form(`form[action$="/skickat"]`).submit().wants(http.StatusConflict).sees("main", "1 av 1")
	w.find(`main a[href="/ovning"]`)
}

func TestTheLeadOrdersRetiresAndResets(t *testing.T) {
	a := practiceApp(t)
	list := a.ownPractice(t)
	e := a.as(t, evaluator)
	e.open("/ovning/" + list[0].ID.String())
	judge(e, list[0].Key)
	w := a.as(t, lead)
	book := "/omgangar/2026/ovning"
	w.open(book).form(`#o-` + list[1].ID.String() + ` form[action$="/flytta"]`).submit("↑ Upp").wants(http.StatusOK)
	if got := a.ownPractice(t)[0].ID; got != list[1].ID {
		t.Errorf("the second is not first: %v", got)
	}
	w.open(book).form(`#o-`+list[3].ID.String()+` form[action$="/anvand"]`).submit().sees(".flash", "används inte längre")
	w.form(`#o-`+list[3].ID.String()+` form[action$="/anvand"]`).submit().sees(".flash", "används igen")
	w.open(book+"/"+list[0].ID.String()).sees(".flash-warn", "En bedömare har svarat")
	w.open(book+"/overensstammelse?ordning=-all").sees("main", "alla som facit").follow("Gör om … övningen för Maja Lindqvist")
	w.form("form.confirm").submit().wants(http.StatusUnprocessableEntity).sees("main", "Skriv varför")
	w.form("form.confirm").set("why", "Genomgång gjord.").submit().wants(http.StatusOK).sees(".flash", "öppen på nytt")
	e.open("/ovning/" + list[0].ID.String()).find("#practice")
	w.open("/omgangar/2026").sees("main", "Genomgång gjord.")
}

func TestAReviewedContactIsOfferedAsPractice(t *testing.T) {
	a := practiceApp(t)
	done := survey.ContactFilter{Channel: survey.Phone, States: []survey.State{survey.Submitted}, Limit: 1}
	list, _, err := a.service.Contacts(t.Context(), survey.CommandLine, "2026", done)
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	c := list[0]
	if err := a.service.Approve(t.Context(), survey.CommandLine, c.ID, 0); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, lead)
	page, form := "/omgangar/2026/kontakter/"+c.ID.String(), "/omgangar/2026/ny-ovning?kontakt="+c.ID.String()
	w.open(page).lacks(`a[href="` + form + `"]`)
	w.open(form).wants(http.StatusConflict)
	w.open("/omgangar/2026/ovning").form(`form[action$="/regler"]`).choose("practice_from_contacts", "1").submit()
	w.open(page).follow("Gör till övningskontakt …").wants(http.StatusOK).sees("main", "Från fältet")
	if text := w.text(`[name="story"]`); strings.Contains(text, "Håbo") || !strings.Contains(text, "0.00 Du ringer") {
		t.Errorf("the story begins as %q", text)
	}
	w.form("main form").set("title", "Ur fältet").submit().wants(http.StatusUnprocessableEntity).sees("#errors", "Skriv varför")
}

func TestThePackageIsAddedOnce(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/ovning").form(`form[action$="/paket"]`).submit().wants(http.StatusOK).
		sees(".flash", "12 övningskontakter är inlagda").lacks(`form[action$="/paket"]`)
	w.form(`form[action$="/regler"]`).set("practice_pass", "101").submit().wants(http.StatusUnprocessableEntity).
		sees("#errors", "1–100")
	c := a.as(t, commissioner)
	c.open("/omgangar/2026/ovning").wants(http.StatusOK).lacks("main form").follow("Hjälpsam men fel").
		sees("main", "Tiden är tre veckor").lacks("main form")
}

func TestStoryLines(t *testing.T) {
	got := storyLines("0.00 Du ringer.\n\n1:05 ”Hej.”\nUtan tid.")
	want := []storyLine{{"0.00", "Du ringer."}, {"1.05", "”Hej.”"}, {"", "Utan tid."}}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
