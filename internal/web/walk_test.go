package web

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// walk is a browser without scripts: it has one page in front of it, finds
// things by selector, and sends forms with everything that stands in them.
//
//	w := app.as(t, survey.RoleAdmin).open("/konton/nytt")
//	w.form("main form").set("name", "Anna Ek").choose("role", "lead").submit()
//	w.wants(200).sees("h1", "Kontot är klart")
type walk struct {
	t      testing.TB
	base   string
	client *http.Client

	page   *goquery.Document
	body   []byte
	answer *http.Response
}

// redirects says whether 303 is followed, as it is from the start.
func (w *walk) redirects(follow bool) *walk {
	w.client.CheckRedirect = nil
	if !follow {
		w.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return w
}

// open gets a path.
func (w *walk) open(path string) *walk {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.base+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return w.send(r)
}

// post sends fields without having looked at a form.
func (w *walk) post(path string, fields url.Values) *walk {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.base+path, strings.NewReader(fields.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if w.answer != nil {
		r.Header.Set("Referer", w.answer.Request.URL.String())
	}
	return w.send(r)
}

func (w *walk) send(r *http.Request) *walk {
	w.t.Helper()
	answer, err := w.client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	if w.body, err = io.ReadAll(answer.Body); err != nil {
		w.t.Fatal(err)
	}
	w.answer = answer
	if w.page, err = goquery.NewDocumentFromReader(bytes.NewReader(w.body)); err != nil {
		w.t.Fatal(err)
	}
	return w
}

// path is where the browser is.
func (w *walk) path() string { return w.answer.Request.URL.RequestURI() }

// wants fails unless the answer has the status.
func (w *walk) wants(status int) *walk {
	w.t.Helper()
	if w.answer.StatusCode != status {
		w.t.Fatalf("%s %s: status %d, want %d; it says: %s", w.answer.Request.Method, w.path(), w.answer.StatusCode, status,
			squeeze(w.page.Find("main").Text()))
	}
	return w
}

// find gives what the selector finds, at least one.
func (w *walk) find(selector string) *goquery.Selection {
	w.t.Helper()
	found := w.page.Find(selector)
	if found.Length() == 0 {
		w.t.Fatalf("%s: nothing is %q; main says: %s", w.path(), selector, squeeze(w.page.Find("main").Text()))
	}
	return found
}

// text gives the words in what the selector finds, with single spaces.
func (w *walk) text(selector string) string {
	w.t.Helper()
	return squeeze(w.find(selector).Text())
}

// sees fails unless the words stand in what the selector finds.
func (w *walk) sees(selector, words string) *walk {
	w.t.Helper()
	if text := w.text(selector); !strings.Contains(text, words) {
		w.t.Fatalf("%s: %q says %q, want %q in it", w.path(), selector, text, words)
	}
	return w
}

// lacks fails if the selector finds anything.
func (w *walk) lacks(selector string) *walk {
	w.t.Helper()
	if found := w.page.Find(selector); found.Length() > 0 {
		w.t.Fatalf("%s: there is %q: %s", w.path(), selector, squeeze(found.Text()))
	}
	return w
}

// follow clicks the link with the words.
func (w *walk) follow(words string) *walk {
	w.t.Helper()
	found := w.page.Find("a[href]").FilterFunction(func(_ int, a *goquery.Selection) bool {
		return squeeze(a.Text()) == words
	})
	if found.Length() == 0 {
		w.t.Fatalf("%s: no link says %q", w.path(), words)
	}
	target, _ := found.First().Attr("href")
	return w.open(w.resolve(target))
}

// resolve gives a link's path and query.
func (w *walk) resolve(target string) string {
	w.t.Helper()
	u, err := w.answer.Request.URL.Parse(target)
	if err != nil {
		w.t.Fatal(err)
	}
	return u.RequestURI()
}

// squeeze makes runs of white space single spaces, no-break ones too.
func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

// walkForm is a form with what stands in it.
type walkForm struct {
	walk   *walk
	form   *goquery.Selection
	fields url.Values
	files  map[string]walkFile
}

type walkFile struct{ name, text string }

// form takes the first form that the selector finds, filled as it was sent.
func (w *walk) form(selector string) *walkForm {
	w.t.Helper()
	f := &walkForm{walk: w, form: w.find(selector).First(), fields: url.Values{}, files: map[string]walkFile{}}
	if goquery.NodeName(f.form) != "form" {
		w.t.Fatalf("%s: %q is no form", w.path(), selector)
	}
	f.form.Find("input[name], select[name], textarea[name]").Each(func(_ int, control *goquery.Selection) {
		name, _ := control.Attr("name")
		if value, sent := untouched(control); sent {
			f.fields.Add(name, value)
		}
	})
	return f
}

// untouched gives what a control sends when nobody touches it.
func untouched(control *goquery.Selection) (value string, sent bool) {
	if _, off := control.Attr("disabled"); off {
		return "", false
	}
	switch goquery.NodeName(control) {
	case "textarea":
		return strings.TrimPrefix(control.Text(), "\n"), true
	case "select":
		chosen := control.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = control.Find("option").First()
		}
		value, sent = chosen.Attr("value")
		return value, sent
	}
	kind, _ := control.Attr("type")
	_, checked := control.Attr("checked")
	if kind == "file" || ((kind == "radio" || kind == "checkbox") && !checked) {
		return "", false
	}
	value, _ = control.Attr("value")
	return value, true
}

// set writes in a field that is there.
func (f *walkForm) set(name, value string) *walkForm {
	f.walk.t.Helper()
	if f.form.Find(`[name="`+name+`"]`).Length() == 0 {
		f.walk.t.Fatalf("%s: the form has no field %q", f.walk.path(), name)
	}
	f.fields.Set(name, value)
	return f
}

// choose takes an option, a radio button or a box that is offered.
func (f *walkForm) choose(name, value string) *walkForm {
	f.walk.t.Helper()
	offered := f.form.Find(fmt.Sprintf("input[name=%[1]q][value=%[2]q], select[name=%[1]q] option[value=%[2]q]", name, value))
	if offered.Length() == 0 {
		f.walk.t.Fatalf("%s: %q does not offer %q", f.walk.path(), name, value)
	}
	return f.set(name, value)
}

// clear leaves a field out, as an empty box does.
func (f *walkForm) clear(name string) *walkForm { f.fields.Del(name); return f }

// attach chooses a file.
func (f *walkForm) attach(name, filename, text string) *walkForm {
	f.walk.t.Helper()
	if f.form.Find(`input[type="file"][name="`+name+`"]`).Length() == 0 {
		f.walk.t.Fatalf("%s: the form takes no file %q", f.walk.path(), name)
	}
	f.files[name] = walkFile{filename, text}
	return f
}

// submit sends the form by its only button, or by the one with the words.
func (f *walkForm) submit(button ...string) *walk {
	w := f.walk
	w.t.Helper()
	action, _ := f.form.Attr("action")
	if len(button) > 0 {
		pressed := f.form.Find("button").FilterFunction(func(_ int, b *goquery.Selection) bool {
			return strings.HasPrefix(squeeze(b.Text()), button[0])
		})
		if pressed.Length() == 0 {
			w.t.Fatalf("%s: no button says %q", w.path(), button[0])
		}
		if name, named := pressed.First().Attr("name"); named {
			f.fields.Set(name, pressed.First().AttrOr("value", ""))
		}
		action = pressed.First().AttrOr("formaction", action)
	}
	if strings.EqualFold(f.form.AttrOr("method", "get"), "get") {
		target, _, _ := strings.Cut(w.resolve(action), "?")
		return w.open(target + "?" + f.fields.Encode())
	}
	if len(f.files) > 0 {
		return f.upload(action)
	}
	return w.post(w.resolve(action), f.fields)
}

// upload sends the form with its files.
func (f *walkForm) upload(action string) *walk {
	w := f.walk
	w.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, values := range f.fields {
		for _, value := range values {
			if err := parts.WriteField(name, value); err != nil {
				w.t.Fatal(err)
			}
		}
	}
	for name, file := range f.files {
		part, err := parts.CreateFormFile(name, file.name)
		if err == nil {
			_, err = io.WriteString(part, file.text)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		w.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.base+w.resolve(action), &body)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", parts.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return w.send(r)
}
