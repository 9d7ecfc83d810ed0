package web

import (
	"errors"
	"net/http"
	"strconv"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// reportReply saves what came back.
func (s *Server) reportReply(c *visit) error {
	f, v, err := s.draftSent(c)
	if err != nil {
		return err
	}
	rep := readReply(f, v.Contact)
	switch {
	case !f.ok() && f.version() != v.Contact.Version:
		return s.replyRepeated(c, f) // what is noted meanwhile may be what is wrong
	case f.ok():
		err = s.sawDrafts(c, v, f)
	}
	if f.ok() && err == nil {
		v.Contact, err = s.Service.ReportReply(c.ctx(), c.user, v.Contact.ID, f.version(), rep)
	}
	if errors.Is(err, survey.ErrRepeated) {
		return s.replyRepeated(c, f)
	}
	if err != nil || !f.ok() {
		return s.emailAgain(c, f, err)
	}
	said := withName(f.text("note"), replySaved(v))
	return s.takeNext(c, v.Round.Code, v.Contact.ID, &said)
}

// replyRepeated is callRepeated for an e-mail.
func (s *Server) replyRepeated(c *visit, f *form) error {
	v, err := s.contact(c)
	if err != nil {
		return err
	}
	texts, err := s.Service.ReplyTexts(c.ctx(), c.user, v.Contact)
	if err != nil {
		return err
	}
	if !sameReply(v.Contact, texts, f) {
		f.Errors = nil
		return s.emailAgain(c, f, survey.ErrConflict)
	}
	return s.takeNext(c, v.Round.Code, v.Contact.ID, nil)
}

// replySaved tells what was saved, and whether more is waited for.
func replySaved(v fieldwork.ContactView) flash {
	place, m := v.Participant.Name, v.Contact.Mail
	switch {
	case v.Contact.Finished():
		return saved("E-brevet till " + place + " är klart.")
	case !m.FirstReply.IsZero():
		return saved("Svaret från " + place + " är noterat. Brevet väntar på ett komplett svar.")
	case !m.AutoReply.IsZero():
		return saved("Det automatiska svaret från " + place + " är noterat. Brevet väntar fortfarande på svar.")
	}
	return saved("Noterat. E-brevet till " + place + " väntar fortfarande på svar.")
}

// readReplyText shows the page with what stands in the form counted, and with
// what is read in a pasted text filled in. Nothing is saved.
func (s *Server) readReplyText(c *visit) error {
	f, v, err := s.draftSent(c)
	if err != nil {
		return err
	}
	texts, err := s.Service.ReplyTexts(c.ctx(), c.user, v.Contact)
	if err != nil {
		return err
	}
	if step := mailStepOf(f); step != correctStep && step != stepInHand(v.Contact, false) {
		return s.emailAgain(c, f, survey.ErrConflict)
	}
	p := newEmailPage(v, f, texts, s.Now())
	if mailStepOf(f) != correctStep {
		p.Found = readLetterText(f, v.Contact.Mail, s.Now())
	}
	p.Editing, p.Draft, p.Read = true, sentDraft(f), true
	copied := *f
	readReply(&copied, v.Contact)
	for _, e := range copied.Errors { // what cannot be counted is told where it stands
		if e.Field != "kind" && f.given(e.Field) {
			f.Errors.Add(e.Field, e.Message)
		}
	}
	return s.emailPage(c, http.StatusOK, p)
}

// nameErrors moves what is wrong with the instants of an e-mail to the fields
// that the form's step has for them.
func nameErrors(f *form) {
	if mailStepOf(f) == correctStep {
		return
	}
	for i, e := range f.Errors {
		switch e.Field {
		case "auto_reply", "first_reply", "complete_reply", "bounced":
			f.Errors[i].Field = "came"
		case textField(survey.FirstReply), textField(survey.CompleteReply):
			f.Errors[i].Field = "text"
		}
	}
}

// asCorrection makes what stands in the form of a step a correction of what is
// stored since.
func asCorrection(f *form, c survey.Contact, texts []survey.ReplyText) *form {
	x := storedReply(c, texts, correctStep)
	x.ID, x.today = f.ID, f.today
	for _, name := range []string{"writer", "revision", "shown", "note", "suspected", "suspected_why"} {
		x.set(name, f.text(name))
	}
	letter, kind := survey.FirstReply, survey.LetterKind(f.text("kind"))
	name := map[survey.LetterKind]string{survey.AutomaticLetter: "auto_reply", survey.BouncedLetter: "bounced"}[kind]
	if mailStepOf(f) == completeStep {
		letter, kind, name = survey.CompleteReply, survey.PersonLetter, "complete_reply"
	} else if name == "" {
		name = "first_reply"
	}
	x.set(name+"_day", f.text("came_day"))
	x.set(name+"_clock", f.text("came_clock"))
	if kind == survey.PersonLetter {
		x.set("same", f.text("same"))
		x.set(textField(letter), f.text("text"))
		writeRatings(x, readRatings(f))
		for _, b := range senderBits {
			x.set(b.name, f.text(b.name))
		}
	}
	x.set("attempt", strconv.Itoa(int(correctStep)))
	return x
}
