package survey

import (
	"time"

	"servicematning/internal/officehours"
)

// Mail is what happened with a test e-mail. Instants are zero until they happen.
type Mail struct {
	Sent          time.Time
	AutoReply     time.Time // does not count as an answer
	FirstReply    time.Time // by a person
	CompleteReply time.Time // the question answered
	Bounced       time.Time
	Sender        Sender
	Ratings       Ratings // only when a person replied
	Note          string
}

// ResponseTime is the office time from sending to the first reply by a
// person; ok is false when there is none.
func (m Mail) ResponseTime(cal officehours.Calendar) (office time.Duration, ok bool) {
	if m.Sent.IsZero() || m.FirstReply.IsZero() {
		return 0, false
	}
	return cal.Between(m.Sent, m.FirstReply), true
}

// CompleteTime is the office time from sending to the complete reply; ok is
// false when there is none.
func (m Mail) CompleteTime(cal officehours.Calendar) (office time.Duration, ok bool) {
	if m.Sent.IsZero() || m.CompleteReply.IsZero() {
		return 0, false
	}
	return cal.Between(m.Sent, m.CompleteReply), true
}

// Replied reports whether a person replied within the round's cut-off. A
// later reply is no reply: its times and ratings do not count.
func (c Contact) Replied(r Round) bool {
	office, ok := c.Mail.ResponseTime(r.Calendar)
	return ok && office <= r.Design.ReplyCutoff
}

// AwaitsReply reports whether the e-mail is out and nobody has answered it
// completely.
func (c Contact) AwaitsReply() bool {
	return c.Channel == Email && c.State == Begun && !c.Mail.Sent.IsZero()
}

// MarkSent stamps that the evaluator has sent the e-mail.
func (c *Contact) MarkSent(r Round, now time.Time) error {
	if err := r.Open(); err != nil {
		return err
	}
	if err := c.changeable(); err != nil {
		return err
	}
	if c.Channel != Email {
		return Refuse(ErrConflict, "Kontakten är ett samtal.")
	}
	if !c.Mail.Sent.IsZero() {
		return Refuse(ErrConflict, "E-brevet är redan markerat som skickat.")
	}
	if err := inPeriod(r, now); err != nil {
		return err
	}
	c.Mail.Sent, c.State = now, Begun
	return nil
}

// UndoSent takes back MarkSent, as long as nothing came after it.
func (c *Contact) UndoSent(r Round) error {
	if err := r.Open(); err != nil {
		return err
	}
	m := c.Mail
	if c.State != Begun || m.Sent.IsZero() || !m.AutoReply.IsZero() || !m.FirstReply.IsZero() || !m.Bounced.IsZero() {
		return Refuse(ErrConflict, "Markeringen kan bara ångras innan något svar är noterat.")
	}
	c.Mail.Sent, c.State = time.Time{}, Planned
	return nil
}

// ReplyReport is what the evaluator says about the replies to an e-mail.
type ReplyReport struct {
	AutoReply     time.Time
	FirstReply    time.Time
	CompleteReply time.Time
	Bounced       time.Time
	Sender        Sender
	Ratings       Ratings
	Note          string
	Suspected     bool
	SuspectedWhy  string
	Texts         []ReplyText // to keep, as they were pasted; those not named stay as they are
	Done          bool        // nothing more is expected: submit; false keeps it waiting
}

// ReportReply records replies. With Done the contact is submitted: completed
// when a person replied in time, no_reply when the mail bounced or the cut-off
// passed first.
func (c *Contact) ReportReply(rep ReplyReport, r Round, now time.Time) error {
	if err := r.Open(); err != nil {
		return err
	}
	if err := c.changeable(); err != nil {
		return err
	}
	if c.Channel != Email || c.Mail.Sent.IsZero() {
		return Refuse(ErrConflict, "Markera e-brevet som skickat först.")
	}
	errs := rep.check(*c, r, now)
	texts, long := kept(rep.Texts)
	errs = append(errs, long...)
	errs = append(errs, c.Suspect(rep.Suspected, rep.SuspectedWhy)...)
	if err := errs.Err(); err != nil {
		return err
	}
	c.Replies = texts
	c.Mail.AutoReply, c.Mail.Bounced = rep.AutoReply, rep.Bounced
	c.Mail.FirstReply, c.Mail.CompleteReply = rep.FirstReply, rep.CompleteReply
	c.Mail.Sender, c.Mail.Ratings, c.Mail.Note = rep.Sender, rep.Ratings, rep.Note
	switch {
	case !rep.Done:
		c.State, c.Disposition = Begun, ""
	case c.Replied(r):
		c.finish(Completed, now)
	default:
		c.finish(NoReply, now)
	}
	return nil
}

func (rep ReplyReport) check(c Contact, r Round, now time.Time) FieldErrors {
	errs := CheckMailOrder(Mail{
		Sent: c.Mail.Sent, AutoReply: rep.AutoReply, FirstReply: rep.FirstReply,
		CompleteReply: rep.CompleteReply, Bounced: rep.Bounced,
	})
	for _, at := range []struct {
		field string
		t     time.Time
	}{{"auto_reply", rep.AutoReply}, {"first_reply", rep.FirstReply}, {"complete_reply", rep.CompleteReply}, {"bounced", rep.Bounced}} {
		if sameLetter := at.field == "complete_reply" && at.t.Equal(rep.FirstReply); at.t.After(now) && !sameLetter {
			errs.Add(at.field, "Tiden ligger i framtiden. Kontrollera dag och klockslag.")
		}
	}
	errs.checkNote("note", rep.Note)
	replied := !rep.FirstReply.IsZero()
	if replied && !rep.Bounced.IsZero() {
		errs.Add("bounced", "Ett brev som har studsat kan inte ha besvarats. Ta bort den ena tiden.")
	}
	switch {
	case replied:
		errs = append(errs, rep.Ratings.check(r.Design, Email, rep.Done)...)
	case rep.Ratings != (Ratings{}) || rep.Sender != 0:
		errs.Add(
			"first_reply",
			"Skriv när svaret kom. Bedömning och avsändaruppgifter görs bara när en person har svarat.",
		)
	case rep.Done && rep.Bounced.IsZero() && !r.PastCutoff(c.Mail.Sent, now):
		errs.Add("first_reply", "Skriv när svaret kom. Utan svar avslutas e-brevet först vid stoppgränsen.")
	}
	return errs
}

// CheckMailOrder says which instants of an e-mail cannot be.
func CheckMailOrder(m Mail) FieldErrors {
	var errs FieldErrors
	sent := "Svaret kan inte komma före brevet, " + MomentText(m.Sent) + ". Skriv en senare tid."
	if !m.AutoReply.IsZero() && m.AutoReply.Before(m.Sent) {
		errs.Add("auto_reply", sent)
	}
	if !m.Bounced.IsZero() && m.Bounced.Before(m.Sent) {
		errs.Add("bounced", sent)
	}
	if !m.FirstReply.IsZero() && m.FirstReply.Before(m.Sent) {
		errs.Add("first_reply", sent)
	}
	if !m.CompleteReply.IsZero() {
		switch {
		case m.FirstReply.IsZero():
			errs.Add("complete_reply", "Skriv också när det första svaret kom.")
		case m.CompleteReply.Before(m.FirstReply):
			errs.Add("complete_reply", "Det kompletta svaret kan inte komma före det första.")
		}
	}
	return errs
}

// SettleUnanswered submits an e-mail whose cut-off has passed: no_reply when
// no person replied in time, completed when the reply is there and rated. It reports
// whether anything changed.
func (c *Contact) SettleUnanswered(r Round, now time.Time) bool {
	if !c.AwaitsReply() || !r.PastCutoff(c.Mail.Sent, now) {
		return false
	}
	if !c.Replied(r) {
		c.finish(NoReply, now)
		return true
	}
	if len(c.Mail.Ratings.check(r.Design, Email, true)) > 0 {
		return false
	}
	c.finish(Completed, now)
	return true
}
