package web

import (
	"net/http"
	"strings"
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Following and reviewing: the lead's pages beside the assignment and the plan.

var planningDoors = doorList{
	"GET /omgangar/:round/kontakter":                {lead, commissioner},
	"GET /omgangar/:round/kontakter/:id":            {lead, commissioner},
	"POST /omgangar/:round/kontakter/:id/godkann":   {lead},
	"GET /omgangar/:round/kontakter/:id/returnera":  {lead},
	"GET /omgangar/:round/kontakter/:id/makulera":   {lead},
	"POST /omgangar/:round/kontakter/:id/returnera": {lead},
	"POST /omgangar/:round/kontakter/:id/makulera":  {lead},
}

var planningSamples = []page{
	&contactsPage{
		layout: sampleLayout("Kontakter", lead), Filtered: true, Clear: "/x", Form: newForm(), Sort: sorting{url: sampleURL, Key: "plan", Falling: true},
		Filters: []field{withOptions([]option{{"", "Alla kommuner"}}, newField(newForm(), "kommun", "Kommun"))},
		Rows: []contactRow{
			{Contact: sampleContact(survey.Phone), URL: "/x", Place: "Upplands-Bro", Who: "Maja", Which: "andra kontakten", Late: true},
			{Contact: survey.Contact{State: survey.Returned, Suspected: true}, URL: "/x", Place: "Åmål"},
			{Contact: survey.Contact{Disposition: survey.Void}, URL: "/x", Place: "Åre"},
			{Contact: survey.Contact{State: survey.Begun}, URL: "/x", Place: "Åre"},
			{Contact: survey.Contact{State: survey.Planned}, URL: "/x", Place: "Åre"},
		},
	},
	&contactPage{
		layout: sampleLayout("Åmål, BYGG1", lead), View: fieldwork.ContactView{Contact: sampleContact(survey.Phone)}, Who: "Maja",
		Which: "första kontakten", Access: survey.Good, Items: bitsOf(greetingBits, survey.SaidName), Criteria: []ratedCriterion{{"Svar på frågan", survey.Good}, {"Information", ""}},
		Form: wrongForm("why"), Approve: true, Return: true, CanVoid: true,
	},
	&contactPage{
		layout: sampleLayout("Åmål, BYGG1", lead), View: fieldwork.ContactView{Contact: sampleContact(survey.Email)},
		Office: "1 h 00 min", Elapsed: "64 h", Form: newForm(),
		Texts: []survey.ReplyText{{Kind: survey.FirstReply, Text: "Hej! Det gör du i e-tjänsten. Hälsningar [namn]"}},
	},
}

func sampleContact(ch survey.Channel) survey.Contact {
	c := survey.Contact{
		ID: survey.NewID[survey.Contact](), Municipality: "0305", Channel: ch, Area: "bygglov", Question: "BYGG1", Replicate: 1,
		PlannedAt: testNow, State: survey.Submitted, Disposition: survey.Completed, Suspected: true, SuspectedWhy: "frågade", ReviewNote: "se över",
	}
	if ch == survey.Phone {
		c.Attempts = []survey.Attempt{{Dialled: testNow, Answered: testNow, Connected: testNow, Ended: testNow, Outcome: survey.Reached, Note: "bra"}}
	} else {
		c.Mail = survey.Mail{Sent: testNow, FirstReply: testNow, Note: "bra"}
	}
	return c
}

// draftRound makes a draft with two municipalities, two evaluators and the
// questions of one area.
func (a *app) draftRound(t *testing.T) {
	t.Helper()
	ctx, by := t.Context(), survey.CommandLine
	period := survey.FieldPeriod{From: officehours.DateOf(testNow).AddDays(-8), To: officehours.DateOf(testNow).AddDays(24)}
	if _, err := a.service.CreateRound(ctx, by, "2026", period); err != nil {
		t.Fatal(err)
	}
	var ps []survey.Participant
	for _, m := range survey.BundledMunicipalities() {
		if m.Code == readerPlace || m.Code == "1492" {
			ps = append(ps, survey.Participant{Municipality: m, Phone: "+46701740605", Email: "kommun@example.se"})
		}
	}
	for _, err := range []error{
		a.service.ImportQuestions(ctx, by, "2026", survey.BundledQuestions()[:6]),
		a.service.SaveParticipants(ctx, by, "2026", ps),
		a.service.SaveEvaluators(ctx, by, "2026", []survey.Evaluator{
			{Email: "evaluator@example.se", Name: "Maja Åkesson", CallsPerDay: 20, EmailsPerDay: 20},
			{Email: "emil@example.se", Name: "Emil Öberg", CallsPerDay: 20, EmailsPerDay: 20},
		}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// assigned ticks everybody for the only area with questions.
func (a *app) assigned(t *testing.T) {
	t.Helper()
	a.draftRound(t)
	err := a.service.AddAssignments(t.Context(), survey.CommandLine, "2026", []survey.Assignment{
		{Area: "bygglov", Evaluator: "evaluator@example.se"}, {Area: "bygglov", Evaluator: "emil@example.se"},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// inField is a planned and started round.
func (a *app) inField(t *testing.T) []survey.Contact {
	t.Helper()
	a.assigned(t)
	ctx := t.Context()
	if _, err := a.service.Plan(ctx, survey.CommandLine, "2026", fieldwork.PlanRequest{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if err := a.service.StartFieldwork(ctx, survey.CommandLine, "2026", 0); err != nil {
		t.Fatal(err)
	}
	cs, _, err := a.service.Contacts(ctx, survey.CommandLine, "2026", survey.ContactFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return cs
}

// callMissed makes the contact a call that nobody answered.
func (a *app) callMissed(t *testing.T, id survey.ContactID) {
	t.Helper()
	ctx, by := t.Context(), survey.CommandLine
	if _, err := a.service.Press(ctx, by, id, 0, survey.Dial, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := a.service.ReportCall(ctx, by, id, 0, survey.CallReport{Outcome: survey.NoAnswer}); err != nil {
		t.Fatal(err)
	}
}

func firstCall(cs []survey.Contact) survey.Contact {
	for _, c := range cs {
		if c.Channel == survey.Phone {
			return c
		}
	}
	return survey.Contact{}
}

func TestReviewingAContact(t *testing.T) {
	a := newApp(t)
	c := firstCall(a.inField(t))
	a.callMissed(t, c.ID)
	w := a.as(t, lead)
	w.open("/omgangar/2026/kontakter?lage=submitted").wants(http.StatusOK)
	if n := w.find("tbody tr").Length(); n != 1 {
		t.Fatalf("%d rows, want 1", n)
	}
	page := "/omgangar/2026/kontakter/" + c.ID.String()
	w.open(page).wants(http.StatusOK).sees("h2", "Inget svar inom väntetiden")
	w.follow("Returnera …").sees("form.confirm", "Returnera samtalet med ").form("form.confirm").submit().
		wants(http.StatusUnprocessableEntity).sees("#errors", "Skriv vad bedömaren ska se över")
	w.follow("Behåll").form(`form[action$="/godkann"]`).submit().wants(http.StatusOK).sees(".flash-ok", "godkänd")
	w.follow("Returnera …").form("form.confirm").set("why", "Lyssna igen").submit().wants(http.StatusOK).
		sees(".flash-ok", "returnerad")
	w.follow("Makulera …").sees("form.confirm", "En ersättning läggs in när planen görs om.").
		form("form.confirm").set("why", "fel nummer").submit().wants(http.StatusOK).sees(".flash-ok", "makulerad")
	w.lacks(`a[href$="/makulera"]`)
	a.as(t, commissioner).open(page).wants(http.StatusOK).lacks(`main form[method="post"]`)
	w.open("/omgangar/1999/kontakter/" + c.ID.String()).wants(http.StatusNotFound)
}

func TestFilteringContacts(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, lead)
	for query, want := range map[string]string{
		"": "48 kontakter", "?kommun=0305": "24 kontakter", "?kanal=phone&kommun=0305": "12 kontakter",
		"?bedomare=ingen%40example.se": "0 kontakter", "?lage=void": "0 kontakter", "?kanal=brev": "0 kontakter",
	} {
		if got := w.open("/omgangar/2026/kontakter" + query).wants(http.StatusOK).text(".title p"); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}
