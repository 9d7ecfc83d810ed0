package web

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// form is what a visitor sent, and what is wrong with it. A page that is shown
// for the first time has one too, made by newForm from what is stored.
//
// The reading methods take the field's name, trim spaces and add to Errors
// what they cannot read; they give the zero value then.
type form struct {
	values url.Values
	files  map[string][]*multipart.FileHeader
	today  officehours.Date

	stale bool // what it changes has been changed since the form was shown

	ID     string // of the rendered form, the same when it is sent again
	Stored string // where what somebody else saved is seen; "" but for a stale form
	Failed string // the state in a word or two, "" for "Inte sparat"
	Errors survey.FieldErrors
}

// newForm makes a form that shows values: pairs of field and text.
func newForm(pairs ...string) *form {
	f := &form{values: url.Values{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.set(pairs[i], pairs[i+1])
	}
	return f
}

// set gives a field the text that is shown in it.
func (f *form) set(name, text string) { f.values.Set(name, text) }

// form reads what was sent. From then on ctx carries the form's id, by which
// a use case knows a form that has been sent twice.
func (s *Server) form(c *visit) (*form, error) {
	limit := int64(formLimit)
	if c.large {
		limit = fileLimit
	}
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, limit)
	err := r.ParseForm()
	if err == nil && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(4 << 20) // what is larger waits in a file
	}
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return nil, fmt.Errorf("%w: %w", errTooLarge, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoForm, err)
	}
	f := &form{values: r.PostForm, today: officehours.DateOf(s.Now())}
	if c.sent = r.MultipartForm; c.sent != nil {
		f.files = c.sent.File
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	c.SetRequest(r.WithContext(fieldwork.WithForm(r.Context(), f.ID)))
	return f, nil
}

// check refuses text that is not UTF-8, which the databases treat differently,
// and a form that does not carry its id.
func (f *form) check() error {
	for name, texts := range f.values {
		for _, text := range texts {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				return fmt.Errorf("%w: field %q is not text", errNoForm, name)
			}
		}
	}
	id, err := uuid.Parse(f.values.Get("form_id"))
	if err != nil {
		return fmt.Errorf("%w: no form id", errNoForm)
	}
	f.ID = id.String()
	return nil
}

// wrong takes the field errors out of what a use case returned and reports
// whether anything in the form is wrong; the page is then shown again.
func (f *form) wrong(err error) bool {
	var more survey.FieldErrors
	if errors.As(err, &more) {
		f.Errors = append(f.Errors, more...)
	}
	return len(f.Errors) > 0
}

// retry is wrong for a form whose page knows the newest version: what somebody
// else saved in the meantime shows the page again too, with what was typed, so
// that nothing is lost and a second save goes ahead.
func (f *form) retry(err error) bool {
	f.stale = errors.Is(err, survey.ErrConflict) && !isRefusal(err)
	return f.wrong(err) || f.stale
}

// ok reports whether everything so far could be read.
func (f *form) ok() bool { return len(f.Errors) == 0 }

// text gives a text without spaces around it and with plain line ends.
func (f *form) text(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.values.Get(name), "\r\n", "\n"))
}

// secret gives a text exactly as it was typed.
func (f *form) secret(name string) string { return f.values.Get(name) }

// checked reports whether a box was ticked.
func (f *form) checked(name string) bool { return f.values.Get(name) != "" }

// all gives every value of a field that may occur many times.
func (f *form) all(name string) []string { return f.values[name] }

// int reads a whole number, "1 234" too. An empty field is an error.
func (f *form) int(name string) int {
	n, err := strconv.Atoi(plainNumber(f.text(name)))
	if err != nil {
		f.Errors.Add(name, "Skriv ett heltal, till exempel 120.")
	}
	return n
}

// decimal reads a number such as "2,5".
func (f *form) decimal(name string) float64 {
	x, err := strconv.ParseFloat(strings.Replace(plainNumber(f.text(name)), ",", ".", 1), 64)
	if err != nil || x != x || x > 1e15 || x < -1e15 {
		f.Errors.Add(name, "Skriv ett tal, till exempel 2,5.")
		return 0
	}
	return x
}

// version reads the hidden field of the partial "version".
func (f *form) version() int {
	n, err := strconv.Atoi(f.text("version"))
	if err != nil {
		return -1 // matches no stored version: the save is a conflict
	}
	return n
}

// date reads a day as people write it: "4 nov", "tis 4 nov 2026", "2026-11-04".
func (f *form) date(name string) officehours.Date {
	d, err := parseDate(f.text(name), f.today)
	if err != nil {
		f.Errors.Add(name, err.Error())
	}
	return d
}

// clock reads a time of day: "8.30".
func (f *form) clock(name string) officehours.Clock {
	clock, err := officehours.ParseClock(f.text(name))
	if err != nil {
		f.Errors.Add(name, "Skriv tiden som 10.11.")
	}
	return clock
}

// given reports whether anything was written in the field: the reading
// methods take an empty field as an error, so ask first where it may be empty.
func (f *form) given(name string) bool { return f.text(name) != "" }

// upload gives the file that was chosen in a field.
func (f *form) upload(name string) (text []byte, filename string) {
	chosen := f.files[name]
	if len(chosen) == 0 || chosen[0].Size == 0 {
		f.Errors.Add(name, "Välj en fil som inte är tom.")
		return nil, ""
	}
	file, err := chosen[0].Open()
	if err == nil {
		defer file.Close()
		text, err = io.ReadAll(file)
	}
	if err != nil {
		f.Errors.Add(name, "Filen gick inte att läsa. Välj den igen.")
	}
	return text, chosen[0].Filename
}

func plainNumber(s string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "−", "-").Replace(s)
}
