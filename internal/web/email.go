package web

import (
	"errors"
	"net/http"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var emailRoutes = []route{
	{get, "/e-post", (*Server).showMailbox, may(survey.PerformContacts)},
	{get, "/e-post/:id", (*Server).showEmail, may(survey.PerformContacts)},
	{post, "/e-post/:id", (*Server).reportReply, may(survey.PerformContacts)},
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
	f, draft, err := s.opened(c, v, storedReply(v.Contact), 0)
	if err != nil {
		return err
	}
	p := newEmailPage(v, f, s.Now())
	p.Draft = draft
	return s.emailPage(c, http.StatusOK, p)
}

// emailPage shows an opened e-mail with its list beside it.
func (s *Server) emailPage(c *visit, status int, p *emailPage) error {
	p.Held, p.Skip, p.Shown = heldText(p.View, c.user, p.At), newSkip(p.View), s.shownMark(c, p.View.Contact.ID)
	if own := p.View.Contact.Evaluator == c.user.Email; own && !p.View.Round.Frozen() {
		box, err := s.Service.Mailbox(c.ctx(), c.user, p.View.Round.Code, 0)
		if err != nil {
			return err
		}
		p.beside(box)
	}
	return s.showAs(c, status, p)
}

// markSent stamps that the e-mail has been sent.
func (s *Server) markSent(c *visit) error {
	f, id, err := s.contactForm(c)
	if err != nil {
		return err
	}
	_, err = s.Service.MarkSent(c.ctx(), c.user, id, f.version())
	return s.sentOrNot(c, f, err, saved("Brevet är markerat som skickat "+survey.ClockText(s.Now())+"."))
}

// undoSent takes the mark back.
func (s *Server) undoSent(c *visit) error {
	f, id, err := s.contactForm(c)
	if err != nil {
		return err
	}
	_, err = s.Service.UndoSent(c.ctx(), c.user, id, f.version())
	return s.sentOrNot(
		c,
		f,
		err,
		flash{Kind: "ok", State: "Ångrat", Text: "Brevet är inte längre markerat som skickat."},
	)
}

func (s *Server) sentOrNot(c *visit, f *form, err error, said flash) error {
	if err != nil && !errors.Is(err, survey.ErrRepeated) {
		return s.emailAgain(c, f, err)
	}
	return s.doneSaying(c, err, address("e-post", c.Param("id")), said)
}

// reportReply saves what came back.
func (s *Server) reportReply(c *visit) error {
	f, id, err := s.contactForm(c)
	if err != nil {
		return err
	}
	v, err := s.Service.Contact(c.ctx(), c.user, id)
	if err != nil {
		return s.gone(c, f, err)
	}
	rep := readReply(f, v.Contact.Mail)
	if f.ok() {
		err = s.sawDrafts(c, v, f)
	}
	if f.ok() && err == nil {
		v.Contact, err = s.Service.ReportReply(c.ctx(), c.user, id, f.version(), rep)
	}
	if errors.Is(err, survey.ErrRepeated) {
		return s.replyRepeated(c, f)
	}
	if err != nil || !f.ok() {
		return s.emailAgain(c, f, err)
	}
	said := replySaved(v.Participant.Name, rep)
	return s.afterReply(c, rep, v, &said)
}

// replyRepeated is callRepeated for an e-mail.
func (s *Server) replyRepeated(c *visit, f *form) error {
	v, err := s.contact(c)
	if err != nil {
		return err
	}
	rep := readReply(f, v.Contact.Mail)
	if !sameReply(v.Contact, rep) {
		return s.emailAgain(c, f, survey.ErrConflict)
	}
	return s.afterReply(c, rep, v, nil)
}

// replySaved tells what was saved, and whether more is waited for.
func replySaved(place string, rep survey.ReplyReport) flash {
	switch {
	case rep.Done:
		return saved("E-brevet till " + place + " är klart.")
	case rep.FirstReply.IsZero():
		return saved("Noterat. E-brevet till " + place + " väntar fortfarande på svar.")
	}
	return saved("Svaret från " + place + " är noterat. Brevet väntar på ett komplett svar.")
}

// afterReply leads to the next contact when the e-mail is done, and otherwise
// back to it.
func (s *Server) afterReply(c *visit, rep survey.ReplyReport, v fieldwork.ContactView, said *flash) error {
	if rep.Done {
		return s.takeNext(c, v.Round.Code, v.Contact.ID, said)
	}
	if said != nil {
		s.leaveFlash(c, *said)
	}
	return s.done(c, nil, address("e-post", c.Param("id")))
}

// emailAgain shows the e-mail with what was typed, and why it could not be saved.
func (s *Server) emailAgain(c *visit, f *form, err error) error {
	status, refused, known := refusal(f, err)
	if !known {
		return s.gone(c, f, err)
	}
	v, err := s.contact(c)
	if err != nil {
		return s.gone(c, f, err)
	}
	stored := storedReply(v.Contact)
	if f.text("reply") == "" { // the form was only a button
		stored.Errors, f = f.Errors, stored
	}
	p := newEmailPage(v, f, s.Now())
	p.Refused, p.Draft = refused, sentDraft(f)
	if status == http.StatusConflict && refused == "" {
		if p.Conflict, p.Draft, err = s.newConflict(c, v, f, stored); err != nil {
			return err
		}
		if p.Conflict == nil {
			p.Refused = "E-brevet har ändrats i ett annat fönster. Sidan visar nu det som gäller, och det du har fyllt i står kvar."
		}
	}
	return s.emailPage(c, status, p)
}
