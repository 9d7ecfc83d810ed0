package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"sync"
	"text/template/parse"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
	"servicematning/templates"
)

// templateSet is the parsed templates by the names that pages give.
type templateSet map[string]*template.Template

// parseTemplates reads the frame, the shared parts and every page's own file.
// A page's template holds those parts alone that it uses: with all of them in
// each, the templates would be the most of what the program keeps in memory.
func parseTemplates(all []page) (templateSet, error) {
	base, err := template.New("layout.html").Funcs(funcs).ParseFS(templates.FS, "layout.html", "partials/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: shared templates: %w", err)
	}
	set := templateSet{}
	for _, p := range all {
		parsed, err := template.Must(base.Clone()).ParseFS(templates.FS, p.file())
		if err != nil {
			return nil, fmt.Errorf("web: template of %T: %w", p, err)
		}
		if parsed.Lookup("main") == nil {
			return nil, fmt.Errorf(`web: %s does not define "main"`, p.file())
		}
		own := template.New("").Funcs(funcs)
		if err := take(own, parsed, "layout.html"); err != nil {
			return nil, fmt.Errorf("web: %s: %w", p.file(), err)
		}
		own = own.Lookup("layout.html")
		if err := escape(own, p); err != nil {
			return nil, fmt.Errorf("web: %s: %w", p.file(), err)
		}
		set[p.file()] = own
	}
	return set, nil
}

// take puts a template, and those that it uses, into own.
func take(own, from *template.Template, name string) error {
	found := from.Lookup(name)
	if found == nil {
		return fmt.Errorf("there is no template %q", name)
	}
	if _, err := own.AddParseTree(name, found.Tree); err != nil {
		return err
	}
	for _, used := range usedBy(found.Tree.Root) {
		if own.Lookup(used) != nil {
			continue
		}
		if err := take(own, from, used); err != nil {
			return err
		}
	}
	return nil
}

// usedBy lists the templates that a part of a template names.
func usedBy(n parse.Node) (names []string) {
	branch := func(b parse.BranchNode) []string { return append(usedBy(b.List), usedBy(b.ElseList)...) }
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, inner := range n.Nodes {
			names = append(names, usedBy(inner)...)
		}
	case *parse.IfNode:
		return branch(n.BranchNode)
	case *parse.RangeNode:
		return branch(n.BranchNode)
	case *parse.WithNode:
		return branch(n.BranchNode)
	case *parse.TemplateNode:
		return []string{n.Name}
	}
	return names
}

// escape makes html/template look through a template, which it otherwise does
// at the first request: parts that are missing are found only then. That the
// empty page cannot be filled in does not matter.
func escape(own *template.Template, p page) error {
	var broken *template.Error
	if err := own.Execute(io.Discard, p); errors.As(err, &broken) {
		return broken
	}
	return nil
}

// execute fills a page's template.
func (t templateSet) execute(out io.Writer, p page) error {
	own, ok := t[p.file()]
	if !ok {
		return fmt.Errorf("web: %T is not in its noun's list of pages", p)
	}
	return own.Execute(out, p)
}

// sheets are what pages are written on before they are sent: nothing is sent
// until all of a page has worked.
var sheets = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// show answers with a page.
func (s *Server) show(c *visit, p page) error { return s.showAs(c, http.StatusOK, p) }

// showForm answers with a page that holds a form: 422 when something in the
// form is wrong, 409 when somebody else was first, so that a program can tell too.
func (s *Server) showForm(c *visit, f *form, p page) error {
	if f.stale {
		f.Stored = cmp.Or(cameFrom(c.Request()), c.Request().URL.Path)
		return s.showAs(c, http.StatusConflict, p)
	}
	if len(f.Errors) > 0 {
		return s.showAs(c, http.StatusUnprocessableEntity, p)
	}
	return s.show(c, p)
}

// showAs answers with a page and a status.
func (s *Server) showAs(c *visit, status int, p page) error {
	s.fill(c, p.frame())
	sheet := sheets.Get().(*bytes.Buffer)
	defer sheets.Put(sheet)
	sheet.Reset()
	if err := s.templates.execute(sheet, p); err != nil {
		return err
	}
	if rendered != nil {
		rendered(p.file())
	}
	return c.HTMLBlob(status, sheet.Bytes())
}

// rendered is told of every template that has been executed; tests set it.
var rendered func(file string)

// fill adds what the frame shows on every page.
func (s *Server) fill(c *visit, l *layout) {
	l.User, l.Version, l.Now = c.user, s.Version, machineTime(s.Now())
	if l.Round != nil {
		l.RoundLine = newRoundLine(*l.Round, officehours.DateOf(s.Now()), c.user)
	}
	if l.LoggedIn() {
		l.Scripts = append([]string{"keys.js"}, l.Scripts...)
	}
	l.Nav = s.nav.entries(l, c.Request().URL.Path)
	if f := s.takeFlash(c); f != nil && l.Flash == nil {
		l.Flash = f
	}
}

// done ends a POST that went well: the visitor is sent on to target. A form
// that was received before has had its effect, so its sender goes there too.
// Any other error is returned.
func (s *Server) done(c *visit, err error, target string) error {
	if err != nil && !errors.Is(err, survey.ErrRepeated) {
		return err
	}
	return c.Redirect(http.StatusSeeOther, target)
}

// doneSaying is done with a message on the page that target shows.
func (s *Server) doneSaying(c *visit, err error, target string, f flash) error {
	if err == nil {
		s.leaveFlash(c, f)
	}
	return s.done(c, err, target)
}
