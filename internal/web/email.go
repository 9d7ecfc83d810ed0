package web

import (
	"errors"
	"net/http"
	"net/url"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var emailRoutes = []route{
	{get, "/e-post", (*Server).showMailbox, may(survey.PerformContacts)},
	{get, "/e-post/:id", (*Server).showEmail, may(survey.PerformContacts)},
	{post, "/e-post/:id", (*Server).reportReply, may(survey.PerformContacts)},
	{get, "/e-post/:id/las", (*Server).backToContact, may(survey.PerformContacts)},
	{post, "/e-post/:id/las", (*Server).readReplyText, may(survey.PerformContacts)},
	{post, "/e-post/:id/skickat", (*Server).markSent, may(survey.PerformContacts)},
	{post, "/e-post/:id/angra", (*Server).undoSent, may(survey.PerformContacts)},
}

var emailPages = []page{&mailboxPage{}, &emailPage{}}

func (s *Server) showEmail(c *visit) error {
	v, err := s.contact(c)
	if err != nil {
		return err
	}
	if v.Contact.Channel != survey.Email {
		return s.done(c, nil, contactURL(v.Contact))
	}
	p, err := s.newEmailPage(c, v, c.QueryParam("ratta") != "")
	if err != nil {
		return err
	}
	return s.emailPage(c, http.StatusOK, p)
}

// newEmailPage is the page of an e-mail that is opened, with the form of the
// step in hand filled from the visitor's draft or else from what is stored.
func (s *Server) newEmailPage(c *visit, v fieldwork.ContactView, correct bool) (*emailPage, error) {
	texts, err := s.Service.ReplyTexts(c.ctx(), c.user, v.Contact)
	if err != nil {
		return nil, err
	}
	step := stepInHand(v.Contact, correct)
	f, draft, err := s.opened(c, v, storedReply(v.Contact, texts, step), int(step))
	if err != nil {
		return nil, err
	}
	p := newEmailPage(v, f, texts, s.Now())
	p.Editing, p.Draft = correct || !v.Contact.Finished(), draft
	return p, nil
}

// emailPage shows an opened e-mail with its list beside it.
func (s *Server) emailPage(c *visit, status int, p *emailPage) error {
	p.Held, p.Skip, p.Shown = heldText(p.View, c.user, p.At), newSkip(p.View), s.shownMark(c, p.View.Contact.ID)
	if own := p.View.Contact.Evaluator == c.user.Email; own && !p.View.Round.Frozen() {
		box, err := s.Service.Mailbox(c.ctx(), c.user, p.View.Round.Code, fieldwork.MailChoice{})
		if err != nil {
			return err
		}
		p.beside(box)
		p.JustSent = newJustSent(c, box)
	}
	return s.showAs(c, status, p)
}

// markSent stamps that the e-mail has been sent, and goes on to the next or to
// the mailbox: pages that show the way back.
func (s *Server) markSent(c *visit) error {
	f, v, err := s.draftSent(c)
	if err != nil {
		return err
	}
	_, err = s.Service.MarkSent(c.ctx(), c.user, v.Contact.ID, f.version())
	if err != nil && !errors.Is(err, survey.ErrRepeated) {
		return s.emailAgain(c, f, err)
	}
	next, ok, err := s.Service.NextContact(c.ctx(), c.user, v.Round.Code, survey.Email, v.Contact.ID)
	if err != nil {
		return err
	}
	sent := url.Values{"skickat": {v.Contact.ID.String()}}
	target := contactURL(next)
	if !ok || next.Channel != survey.Email { // a call under way comes before all letters
		target = "/e-post"
		sent.Set("omgang", v.Round.Code)
	}
	return s.done(c, nil, target+"?"+sent.Encode())
}

// justSent is the letter that the visitor has just marked as sent.
type justSent struct{ Place, When, URL, ID string }

// newJustSent is nil when no letter has just been sent, or when the mark can
// no longer be taken back.
func newJustSent(c *visit, box fieldwork.Mailbox) *justSent {
	id := c.QueryParam("skickat")
	for _, x := range box.Waiting {
		if x.ID.String() == id && canUndo(x) {
			return &justSent{box.Names[x.Municipality], survey.ClockText(x.Mail.Sent), contactURL(x), id}
		}
	}
	return nil
}

// canUndo reports whether the mark of sending can be taken back.
func canUndo(c survey.Contact) bool {
	m := c.Mail
	return c.State == survey.Begun && !m.Sent.IsZero() &&
		m.AutoReply.IsZero() && m.FirstReply.IsZero() && m.Bounced.IsZero()
}

// undoSent takes the mark back.
func (s *Server) undoSent(c *visit) error {
	f, id, err := s.contactForm(c)
	if err != nil {
		return err
	}
	_, err = s.Service.UndoSent(c.ctx(), c.user, id, f.version())
	if err != nil && !errors.Is(err, survey.ErrRepeated) {
		return s.emailAgain(c, f, err)
	}
	return s.doneSaying(c, err, address("e-post", c.Param("id")),
		flash{Kind: "ok", State: "Ångrat", Text: "Brevet är inte längre markerat som skickat."})
}

// emailAgain shows the e-mail with what was typed, and why it could not be saved.
func (s *Server) emailAgain(c *visit, f *form, err error) error {
	status, refused, known := refusal(f, err)
	unpractised := errors.Is(err, survey.ErrUnpractised)
	if !known {
		return s.gone(c, f, err)
	}
	v, err := s.contact(c)
	if err != nil {
		return s.gone(c, f, err)
	}
	texts, err := s.Service.ReplyTexts(c.ctx(), c.user, v.Contact)
	if err != nil {
		return err
	}
	if f.text("reply") == "" { // the form was only a button
		stored := storedReply(v.Contact, texts, stepInHand(v.Contact, false))
		stored.Errors, f = f.Errors, stored
	}
	nameErrors(f)
	p := newEmailPage(v, f, texts, s.Now())
	p.Editing, p.Refused, p.Draft = true, refused, sentDraft(f)
	p.Unpractised = unpractised
	if status == http.StatusConflict && refused == "" {
		if err := s.emailConflict(c, p); err != nil {
			return err
		}
	}
	return s.emailPage(c, status, p)
}

// emailConflict lets the visitor choose between what was typed and what was
// saved meanwhile. When the e-mail has passed the step that the form is about,
// the two are compared as corrections.
func (s *Server) emailConflict(c *visit, p *emailPage) (err error) {
	v := p.View
	if step := mailStepOf(p.Form); step != correctStep && step != stepInHand(v.Contact, false) {
		p.Form = asCorrection(p.Form, v.Contact, p.Texts)
	}
	stored := storedReply(v.Contact, p.Texts, mailStepOf(p.Form))
	if p.Conflict, err = s.newConflict(c, v, p.Form, stored); err == nil && p.Conflict == nil {
		p.Refused = "Brevet har ändrats i ett annat fönster. Se över det som står här och spara igen."
	}
	return err
}
