package web

import "strings"

// field is one control as the partial templates draw it. A template makes it
// with "field" and shapes it with the functions below, each of which takes the
// field last so that they can be piped:
//
//	{{template "field" (field .Form "email" "E-postadress" | hint "…" | kind "email")}}
type field struct {
	ID, Name, Label, Hint, Value, Error string

	Type     string // of the input, "text" unless kind says otherwise
	Complete string // autocomplete
	Mode     string // inputmode
	Size     int    // width in characters; 0: the whole column
	Rows     int    // of a textarea
	Options  []option
	Narrow   bool // as wide as its content
	Plain    bool // codes and addresses: no capitals, no spelling
	Readonly bool
	Optional bool
}

// option is one choice of a select or a group of radio buttons.
type option struct{ Value, Label string }

// newField takes the field's value and errors from the form.
func newField(f *form, name, label string) field {
	return field{
		ID: "f-" + name, Name: name, Label: label, Type: "text", Rows: 3,
		Value: f.values.Get(name), Error: f.Errors.On(name),
	}
}

// DescribedBy names what a screen reader reads after the label.
func (f field) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-err")
	}
	return strings.Join(ids, " ")
}

func withHint(text string, f field) field { f.Hint = text; return f }

// withKind sets the input's type. A password is never sent back to the page.
func withKind(kind string, f field) field {
	f.Type = kind
	if kind == "password" {
		f.Value = ""
	}
	f.Plain = kind != "text"
	return f
}

func withComplete(token string, f field) field { f.Complete = token; return f }
func withMode(mode string, f field) field      { f.Mode = mode; return f }
func withSize(n int, f field) field            { f.Size, f.Narrow = n, true; return f }
func withRows(n int, f field) field            { f.Rows = n; return f }
func withOptions(list []option, f field) field { f.Options = list; return f }
func withID(id string, f field) field          { f.ID = id; return f }
func withValue(value string, f field) field    { f.Value = value; return f }
func plain(f field) field                      { f.Plain = true; return f }
func narrow(f field) field                     { f.Narrow = true; return f }
func readonly(yes bool, f field) field         { f.Readonly = yes; return f }
func optional(f field) field                   { f.Optional = true; return f }
