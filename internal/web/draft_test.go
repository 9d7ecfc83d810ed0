package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"servicematning/internal/survey"
)

var draftDoors = doorList{
	"POST /samtal/:id/utkast": {evaluator}, "GET /samtal/:id/utkast": {evaluator},
	"POST /samtal/:id/val": {evaluator}, "GET /samtal/:id/val": {evaluator},
	"POST /e-post/:id/utkast": {evaluator}, "GET /e-post/:id/utkast": {evaluator},
	"POST /e-post/:id/val": {evaluator}, "GET /e-post/:id/val": {evaluator},
}

// saveByScript sends a form as the page's script does, and gives the answer.
func (f *walkForm) saveByScript() (status int, answer struct {
	Saved, Now, Message string
	Revision            int
	Conflict, Login     bool
}) {
	t := f.walk.t
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.walk.base+f.form.AttrOr("data-draft", ""),
		strings.NewReader(f.fields.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	got, err := f.walk.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("status %d: %v: %s", got.StatusCode, err, body)
	}
	if answer.Revision > 0 {
		f.fields.Set("revision", number(answer.Revision))
	}
	return got.StatusCode, answer
}

func TestADraftIsFoundOnAnotherComputer(t *testing.T) {
	w := newWork(t, nil)
	for _, test := range []struct {
		name, form, box string
		contact         survey.Contact
	}{
		{"call", "#call", "said_name", w.planned(survey.Phone, "0305")},
		{"e-mail", "#reply", "gave_name", w.sentAt("0139", testNow)},
	} {
		t.Run(test.name, func(t *testing.T) {
			here, there := w.as(t, evaluator).open(contactURL(test.contact)), w.as(t, evaluator)
			form := here.form(test.form).choose("answer", "fair").choose(test.box, "1").set("note", "Halvvägs.")
			form.fields.Set("name", "not a field of the form")
			for revision := 1; revision <= 2; revision++ {
				status, answer := form.saveByScript()
				if status != http.StatusOK || answer.Saved != "10.32" || answer.Revision != revision ||
					answer.Now != "2026-10-27T09:32:00.000Z" {
					t.Fatalf("status %d, answer %+v", status, answer)
				}
			}
			there.open(contactURL(test.contact)).sees(".flash", "UtkastSparat 10.32, inte rapporterat än.").
				sees("#f-note", "Halvvägs.").find("[name=answer][value=fair][checked]")
			there.find("[name=" + test.box + "][checked]")
			d, ok, err := w.service.Draft(t.Context(), w.users[evaluator], test.contact.ID)
			if _, foreign := d.Fields["name"]; err != nil || !ok || foreign || d.Fields["note"] != "Halvvägs." {
				t.Errorf("stored %+v, %v", d, err)
			}
			if got := w.stored(test.contact); got.Version != test.contact.Version {
				t.Errorf("the contact changed: %+v", got)
			}
		})
	}
}

func TestADraftIsSavedWithoutAScript(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	browser.form("#call").set("note", "Skrivet.").submit("Spara utkast").wants(http.StatusOK)
	if browser.path() != contactURL(c) {
		t.Errorf("came to %s", browser.path())
	}
	browser.sees("#f-note", "Skrivet.").sees(".flash", "Sparat 10.32")
}

func TestTwoPagesWithDraftsChooseFieldByField(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	one, two := w.reached(c), w.as(t, evaluator).open(contactURL(c))
	form := one.form("#call").choose("answer", "good").choose("interest", "good").set("note", "Ett.")
	form.saveByScript()
	late := two.form("#call").choose("answer", "poor").choose("interest", "good").choose("treatment", "fair").set("note", "Två.")
	status, answer := late.saveByScript()
	if status != http.StatusConflict || !answer.Conflict || !strings.Contains(answer.Message, "jämföra och välja") {
		t.Fatalf("status %d, answer %+v", status, answer)
	}
	late.submit("Spara och ta nästa").wants(http.StatusConflict)
	if got := w.stored(c); got.Attempts[0].Outcome != "" {
		t.Fatal("a report ended what was filled in elsewhere unseen")
	}
	late.submit("Spara utkast").wants(http.StatusConflict)
	two.sees("table.pick", "Svar på frågandåliggod").sees("table.pick", "Bemötandemedelgod–").sees("table.pick", "AnteckningTvå.Ett.")
	if n := two.find("table.pick tbody tr").Length(); n != 3 {
		t.Errorf("%d rows differ", n)
	}
	two.form("#call").choose("treatment", "poor").submit("Spara och stanna").wants(http.StatusConflict).
		sees("table.pick", "Bemötandedålig–") // until something is chosen
	two.form("#call").choose("treatment", "fair").submit("Spara utkast").wants(http.StatusConflict)
	two.form("form:has(.pick)").choose("pick_answer", "there").submit("Fyll i det jag valt").wants(http.StatusOK)
	two.sees(".flash-ok", "Ditt val är ifyllt").sees("#f-note", "Två.").find("[name=answer][value=good][checked]")
	two.find("[name=treatment][value=fair][checked]")
	two.form("#call").choose("information", "good").submit("Spara och stanna").wants(http.StatusOK)
	want := survey.Ratings{Answer: survey.Good, Information: survey.Good, Interest: survey.Good, Treatment: survey.Fair}
	if got := w.stored(c).Attempts[0]; got.Ratings != want || got.Note != "Två." {
		t.Errorf("stored %+v", got)
	}
	if _, ok, err := w.service.Draft(t.Context(), w.users[evaluator], c.ID); ok || err != nil {
		t.Errorf("the draft outlived the report: %v", err)
	}
}

func TestADraftThatSaysTheSameIsNoConflict(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	one, two := w.as(t, evaluator).open(contactURL(c)), w.as(t, evaluator).open(contactURL(c))
	one.form("#call").set("note", "Samma.").saveByScript()
	if status, answer := two.form("#call").set("note", "Samma.").saveByScript(); status != http.StatusOK || answer.Revision != 2 {
		t.Errorf("status %d, answer %+v", status, answer)
	}
}

func TestAScriptIsToldWhyNothingWasSaved(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open(contactURL(c))
	form := browser.form("#call").set("note", strings.Repeat("x", 20_001))
	if status, answer := form.saveByScript(); status != http.StatusUnprocessableEntity ||
		!strings.Contains(answer.Message, "Texten är för lång") {
		t.Errorf("too long: status %d, %+v", status, answer)
	}
	form.set("note", "x")
	w.edit(c, func(c *survey.Contact) { c.State = survey.Approved })
	if status, answer := form.saveByScript(); status != http.StatusConflict || answer.Conflict ||
		!strings.Contains(answer.Message, "granskad") {
		t.Errorf("reviewed: status %d, %+v", status, answer)
	}
	w.edit(c, func(c *survey.Contact) { c.State, c.Evaluator = survey.Planned, "somebody@example.se" })
	if status, answer := form.saveByScript(); status != http.StatusConflict || !strings.Contains(answer.Message, "inte längre din") {
		t.Errorf("taken: status %d, %+v", status, answer)
	}
	browser.open("/min-dag").form("form[action='/logga-ut']").submit()
	if status, answer := form.saveByScript(); status != http.StatusUnauthorized || !answer.Login || answer.Message == "" {
		t.Errorf("logged out: status %d, %+v", status, answer)
	}
}

func TestAColleaguesDraftIsNotThere(t *testing.T) {
	w := newWork(t, nil)
	c := w.contact(survey.Phone, "0305", testNow)
	c.Evaluator = "somebody@example.se"
	w.put(c)
	for _, act := range []string{"/utkast", "/val"} {
		fields := url.Values{"form_id": {survey.NewID[survey.Contact]().String()}, "note": {"x"}}
		w.as(t, evaluator).post(contactURL(c)+act, fields).wants(http.StatusNotFound)
	}
}
