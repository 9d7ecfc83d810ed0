package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"servicematning/internal/survey"
)

var keysDoors = doorList{
	"GET /tangenter":  members,
	"POST /tangenter": members,
	"GET /klocka":     everyone,
}

var keysSamples = []page{
	func() page {
		p := newKeysPage(survey.User{Role: evaluator}, wrongForm("dial", "answer", "box-1"))
		p.layout = sampleLayout("Tangenter", evaluator)
		return p
	}(),
}

// effective is the keys that the page tells the script of.
func (w *walk) effective() map[string]string {
	w.t.Helper()
	list := map[string]string{}
	if err := json.Unmarshal([]byte(w.find("body").AttrOr("data-keys", "{}")), &list); err != nil {
		w.t.Fatal(err)
	}
	return list
}

func TestKeysAreChangedOnePageForAll(t *testing.T) {
	w := newApp(t).as(t, evaluator).open("/tangenter").wants(http.StatusOK)
	if keys := w.effective(); keys["dial"] != "r" || len(keys) != len(survey.Commands) {
		t.Fatalf("at first: %v", keys)
	}
	if text := w.find("body").AttrOr("data-keys", ""); !strings.HasPrefix(text, `{"dial":"r","answer":"s",`) {
		t.Errorf("not in their order: %s", text)
	}
	f := w.form("main form")
	if got := f.fields.Get("save"); got != "Enter" || f.fields.Get("on") != "1" {
		t.Fatalf("the page shows %q for Spara", got)
	}
	f.set("dial", "Q").set("undo", "ä").set("outcome-referred", "z").submit().wants(http.StatusOK)
	w.sees(".flash-ok", "Tangenterna gäller")
	if keys := w.effective(); keys["dial"] != "q" || keys["undo"] != "ä" || keys["answer"] != "s" {
		t.Errorf("changed: %v", keys)
	}

	w.form("main form").set("answer", "q").set("end", "!!").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#errors", "Q används redan till Ringer").sees("#f-end-err", "en enda bokstav")
	w.open("/tangenter")
	if keys := w.effective(); keys["answer"] != "s" {
		t.Errorf("a key in use was taken: %v", keys)
	}

	w.form("main form").set("dial", "").submit().wants(http.StatusOK)
	if keys := w.effective(); keys["dial"] != "r" || keys["undo"] != "ä" {
		t.Errorf("an emptied box: %v", keys)
	}
	w.form("main form").submit("Återställ alla").wants(http.StatusOK)
	if keys := w.effective(); keys["undo"] != "z" {
		t.Errorf("reset: %v", keys)
	}
}

func TestOneSwitchTurnsAllKeysOff(t *testing.T) {
	w := newApp(t).as(t, evaluator).open("/tangenter")
	w.form("main form").set("dial", "q").clear("on").submit().wants(http.StatusOK).sees(".flash-ok", "avstängda")
	w.lacks("body[data-keys]")
	w.open("/min-dag").lacks("body[data-keys]").follow("Tangenter")
	w.form("main form").choose("on", "1").submit()
	if keys := w.effective(); keys["dial"] != "q" {
		t.Errorf("turned on again: %v", keys)
	}
	w.open("/tangenter").form("main form").clear("on").submit().wants(http.StatusOK)
	w.form("main form").submit("Återställ alla").wants(http.StatusOK).sees(".flash-ok", "och de är på")
	if keys := w.effective(); keys["dial"] != "r" {
		t.Errorf("as from the start: %v", keys)
	}
}

func TestTheServersClockForScripts(t *testing.T) {
	a := newApp(t)
	w := a.as(t, evaluator).open("/klocka").wants(http.StatusOK)
	want := `{"now":"2026-10-27T09:32:00.000Z","user":"` + a.users[evaluator].ID.String() + `"}`
	if got := strings.TrimSpace(string(w.body)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	a.visitor(t).open("/klocka").wants(http.StatusOK).sees("body", `"user":""`)
}
