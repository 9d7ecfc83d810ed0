package web

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"servicematning/internal/export"
	"servicematning/internal/survey"
)

var uploadRoutes = []route{
	{get, "/omgangar/:round/las-in", (*Server).showUpload, may(survey.EditSetup)},
	{get, "/omgangar/:round/las-in/:kind", (*Server).showUpload, may(survey.EditSetup)},
	{post, "/omgangar/:round/las-in/:kind", (*Server).takeUpload, upload(survey.EditSetup)},
}

var uploadPages = []page{&uploadPage{}}

// uploadPage takes one kind of file, and says everything wrong with it.
type uploadPage struct {
	setupFrame
	Form  *form
	Kinds tabs
	Kind  uploadKind
	Wrong *export.FileErrors // nil: nothing, or no file yet
}

func (uploadPage) file() string { return "upload/show.html" }

// Lines gives what is wrong as the command line writes it.
func (p *uploadPage) Lines() []string { return strings.Split(p.Wrong.Error(), "\n") }

// Bad counts the lines of the file that something is wrong with.
func (p *uploadPage) Bad() int {
	lines := map[int]bool{}
	for _, l := range p.Wrong.Lines {
		lines[l.Line] = true
	}
	return len(lines)
}

func (s *Server) showUpload(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	kind, err := kindOf(c)
	if err != nil {
		return err
	}
	return s.uploadPage(c, set, kind, newForm(), nil)
}

// kindOf finds the kind of file that the address names; the first when it
// names none.
func kindOf(c *visit) (uploadKind, error) {
	name := c.Param("kind")
	for _, k := range uploadKinds {
		if name == "" || k.path == name || k.command == name {
			return k, nil
		}
	}
	return uploadKind{}, survey.ErrNotFound
}

func (s *Server) uploadPage(c *visit, set survey.Setup, kind uploadKind, f *form, wrong *export.FileErrors) error {
	frame := openFrame
	if kind.draft {
		frame = newSetupFrame
	}
	p := &uploadPage{setupFrame: frame(c, set, "Läs in filer", "las-in"), Form: f, Kind: kind, Wrong: wrong,
		Kinds: tabs{Name: "Slag av fil"}}
	for _, k := range uploadKinds {
		p.Kinds.Items = append(p.Kinds.Items, link{
			Label: k.Title, URL: setupPath(set.Round, "las-in", k.path), Current: k.path == kind.path,
		})
	}
	return s.showForm(c, f, p)
}

func (s *Server) takeUpload(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	kind, err := kindOf(c)
	if err != nil {
		return err
	}
	data, name := f.upload("file")
	if !f.ok() {
		return s.uploadPage(c, set, kind, f, nil)
	}
	said, err := kind.take(s, c, set, uploaded{data, fileName(name)})
	var wrong export.FileErrors
	if errors.As(err, &wrong) {
		f.Errors.Add("file", "Filen lästes inte in. Rätta den och välj den igen.")
		return s.uploadPage(c, set, kind, f, &wrong)
	}
	if f.wrong(err) {
		return s.uploadPage(c, set, kind, f, nil)
	}
	return s.doneSaying(c, err, setupPath(set.Round, kind.target...), flash{Kind: "ok", State: "Inläst", Text: said})
}

// fileName is a file's name without the folders that some browsers send.
func fileName(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

// uploaded is a file that has been sent.
type uploaded struct {
	data []byte
	name string
}

func (u uploaded) reader() *bytes.Reader { return bytes.NewReader(u.data) }

// linesText says how a file's lines compare with what the round had.
func linesText(one, many string, all, fresh, changed int) string {
	said := counted(all, one, many) + " " + plural(all, "inläst", "inlästa")
	if fresh+changed == 0 {
		return said + ". Inget skiljer sig från det som fanns."
	}
	return said + ": " + counted(fresh, "ny", "nya") + ", " + counted(changed, "ändrad", "ändrade") + "."
}

// compareLines counts which of the things after are new and which are changed.
// Things are alike when they print alike: they hold plain values only.
func compareLines[T any, K comparable](before, after []T, key func(T) K) (fresh, changed int) {
	had := make(map[K]string, len(before))
	for _, b := range before {
		had[key(b)] = fmt.Sprintf("%+v", b)
	}
	for _, a := range after {
		switch old, found := had[key(a)]; {
		case !found:
			fresh++
		case old != fmt.Sprintf("%+v", a):
			changed++
		}
	}
	return fresh, changed
}

// Action is where the form is sent.
func (p *uploadPage) Action() string { return setupPath(*p.Round, "las-in", p.Kind.path) }

// What names what the file holds, after "Läs in".
func (k uploadKind) What() string { return strings.ToLower(k.Title) }
