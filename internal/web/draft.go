package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var draftRoutes = []route{
	{post, "/samtal/:id/utkast", (*Server).saveDraft, may(survey.PerformContacts)},
	{post, "/samtal/:id/val", (*Server).chooseDraft, may(survey.PerformContacts)},
	{post, "/e-post/:id/utkast", (*Server).saveDraft, may(survey.PerformContacts)},
	{post, "/e-post/:id/val", (*Server).chooseDraft, may(survey.PerformContacts)},
	{get, "/samtal/:id/utkast", (*Server).backToContact, may(survey.PerformContacts)},
	{get, "/samtal/:id/val", (*Server).backToContact, may(survey.PerformContacts)},
	{get, "/e-post/:id/utkast", (*Server).backToContact, may(survey.PerformContacts)},
	{get, "/e-post/:id/val", (*Server).backToContact, may(survey.PerformContacts)},
}

// draftKind is a form about a contact, of which drafts are kept.
type draftKind struct {
	// tell puts what stands in the form into words. The fields it names are
	// those that a draft keeps.
	tell func(fieldwork.ContactView, *form) []told
	// attempt is the dial that the form is about, or an e-mail's mailStep.
	attempt func(fieldwork.ContactView, *form) int
	// kept is the text of a field as it may be kept.
	kept func(name, text string) string
	// page is where the form is shown.
	page func(fieldwork.ContactView, *form) string
	// again shows the page with what stands in the form, and why it was not taken.
	again func(*Server, *visit, *form, error) error
}

func draftKindOf(ch survey.Channel) draftKind {
	if ch == survey.Email {
		return draftKind{
			tell: tellReply, again: (*Server).emailAgain, kept: keptReply, page: replyURL,
			attempt: func(_ fieldwork.ContactView, f *form) int { return int(mailStepOf(f)) },
		}
	}
	return draftKind{
		tell: tellCall, again: (*Server).callAgain,
		attempt: func(v fieldwork.ContactView, f *form) int { return min(attemptOf(f), len(v.Contact.Attempts)+1) },
		kept:    func(_, text string) string { return text },
		page:    func(v fieldwork.ContactView, _ *form) string { return contactURL(v.Contact) },
	}
}

// draftPart is what an opened page knows of the draft behind its form. The
// partial "draft" sends it along with the form.
type draftPart struct {
	Writer   string // the opened page
	Revision int    // of the draft that its form was filled from or saved as
	Saved    string // "10.32": when the draft that fills the form was saved, or ""
}

// sentDraft is the draft that a form that was sent belongs to.
func sentDraft(f *form) draftPart {
	p := draftPart{Writer: uuid.NewString()}
	if id, err := uuid.Parse(f.text("writer")); err == nil {
		p.Writer = id.String()
	}
	if n, err := strconv.Atoi(f.text("revision")); err == nil {
		p.Revision = n
	}
	return p
}

// opened fills a page that is opened: from the visitor's draft about the
// contact when there is one that says something else than what is stored.
func (s *Server) opened(c *visit, v fieldwork.ContactView, stored *form, attempt int) (*form, draftPart, error) {
	part := draftPart{Writer: uuid.NewString()}
	d, ok, err := s.Service.Draft(c.ctx(), c.user, v.Contact.ID)
	if err != nil || !ok {
		return stored, part, err
	}
	part.Revision = d.Revision
	f, tell := formOf(d), draftKindOf(v.Contact.Channel).tell
	if d.Attempt != attempt || sameWords(tell(v, f), tell(v, stored)) {
		return stored, part, nil
	}
	part.Saved = whenText(d.SavedAt, officehours.DateOf(s.Now()))
	return f, part, nil
}

// formOf fills a form with a draft.
func formOf(d survey.DraftForm) *form {
	f := newForm("attempt", strconv.Itoa(d.Attempt))
	for name, text := range d.Fields {
		f.set(name, text)
	}
	return f
}

// draftAnswer is what a script is told about a draft it has sent.
type draftAnswer struct {
	Saved    string `json:"saved"` // "10.32"
	Revision int    `json:"revision"`
	Version  int    `json:"version"` // of the contact: the page shows an older one when it has changed elsewhere
	Now      string `json:"now"`
}

// saveDraft keeps what stands in a form about a contact.
func (s *Server) saveDraft(c *visit) error {
	f, v, err := s.draftSent(c)
	if err != nil {
		return err
	}
	d, err := s.keepDraft(c, v, f)
	switch {
	case c.wantsJSON() && stale(err):
		return c.JSON(http.StatusConflict, refusalAnswer{Conflict: true, Message: "Det du har fyllt i är inte sparat: ett annat " +
			"fönster har sparat något annat om samma kontakt. Tryck på Spara utkast, så får du jämföra och välja."})
	case c.wantsJSON() && err == nil:
		return c.JSON(http.StatusOK, draftAnswer{
			Saved: survey.ClockText(d.SavedAt), Revision: d.Revision, Version: v.Contact.Version, Now: machineTime(s.Now()),
		})
	case c.wantsJSON():
		return err
	case err != nil:
		return draftKindOf(v.Contact.Channel).again(s, c, f, err)
	}
	return s.done(c, nil, draftKindOf(v.Contact.Channel).page(v, f))
}

// draftSent reads a form about a contact, and the contact.
func (s *Server) draftSent(c *visit) (*form, fieldwork.ContactView, error) {
	f, id, err := s.contactForm(c)
	if err != nil {
		return nil, fieldwork.ContactView{}, err
	}
	v, err := s.Service.Contact(c.ctx(), c.user, id)
	if err != nil {
		return nil, v, s.gone(c, f, err)
	}
	return f, v, nil
}

// keepDraft saves a form as the visitor's draft about the contact. A plain
// ErrConflict: another page has saved something else since. One that has saved
// the same, or something about another dial, is no obstacle.
func (s *Server) keepDraft(c *visit, v fieldwork.ContactView, f *form) (survey.DraftForm, error) {
	k, part := draftKindOf(v.Contact.Channel), sentDraft(f)
	d := survey.DraftForm{
		Contact: v.Contact.ID, Attempt: k.attempt(v, f), Fields: map[string]string{},
		Writer: part.Writer, Revision: part.Revision,
	}
	for _, row := range k.tell(v, f) {
		for _, name := range row.names {
			if text := k.kept(name, f.text(name)); text != "" {
				d.Fields[name] = text
			}
		}
	}
	other, differs, err := s.otherDraft(c, v, f)
	switch {
	case err != nil:
		return d, err
	case differs:
		return d, survey.ErrConflict
	}
	if other.Revision > 0 {
		d.Revision = other.Revision
	}
	return s.Service.SaveDraft(c.ctx(), c.user, d)
}

// otherDraft is the draft that another of the visitor's pages has saved since
// the form's page looked, the zero one when none has. differs says whether it
// holds anything that the form does not.
func (s *Server) otherDraft(c *visit, v fieldwork.ContactView, f *form) (d survey.DraftForm, differs bool, err error) {
	d, ok, err := s.Service.Draft(c.ctx(), c.user, v.Contact.ID)
	if err != nil || !ok {
		return survey.DraftForm{}, false, err
	}
	k, part := draftKindOf(v.Contact.Channel), sentDraft(f)
	if (survey.DraftForm{Writer: part.Writer, Revision: part.Revision}).Over(d) == nil {
		return survey.DraftForm{}, false, nil
	}
	return d, d.Attempt == k.attempt(v, f) && !sameWords(k.tell(v, formOf(d)), k.tell(v, f)), nil
}

// sawDrafts is a plain ErrConflict when another of the visitor's pages has
// filled in something that a report would end unseen.
func (s *Server) sawDrafts(c *visit, v fieldwork.ContactView, f *form) error {
	_, differs, err := s.otherDraft(c, v, f)
	if err == nil && differs {
		return survey.ErrConflict
	}
	return err
}

// stale reports whether err is that something was saved elsewhere meanwhile,
// and not a refusal with words of its own.
func stale(err error) bool {
	return errors.Is(err, survey.ErrConflict) && !errors.As(err, new(*survey.Refusal))
}

// backToContact leads from the address of something that was sent about a
// contact, which the browser shows when the page itself was the answer, to the
// contact.
func (s *Server) backToContact(c *visit) error {
	path := c.Request().URL.Path
	return s.done(c, nil, path[:strings.LastIndex(path, "/")])
}
