package web

import (
	"slices"
	"strconv"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// mailStep is which form about the replies a page holds. It stands in the form
// as "attempt", so that a draft is about one of them.
type mailStep int

const (
	firstStep    mailStep = iota // what comes back first
	completeStep                 // the complete reply, after a first one
	correctStep                  // everything that is noted
)

// stepInHand is the form that the page is opened with.
func stepInHand(c survey.Contact, correct bool) mailStep {
	switch {
	case correct, c.State != survey.Begun, !c.Mail.CompleteReply.IsZero():
		return correctStep
	case !c.Mail.FirstReply.IsZero():
		return completeStep
	}
	return firstStep
}

// mailStepOf reads which form was sent.
func mailStepOf(f *form) mailStep {
	n, err := strconv.Atoi(f.text("attempt"))
	if err != nil {
		return firstStep
	}
	return min(max(firstStep, mailStep(n)), correctStep)
}

// replyInstants are the instants of an e-mail that can be corrected, each a
// day and a time, with their names in the form and in what the domain says.
var replyInstants = []struct {
	name, title, hint string
	of                func(*survey.Mail) *time.Time
}{
	{"auto_reply", "Automatiskt svar", "Räknas inte som svar.",
		func(m *survey.Mail) *time.Time { return &m.AutoReply }},
	{"first_reply", "Första svaret av en person", "När svaret kom, som det står i e-posten.",
		func(m *survey.Mail) *time.Time { return &m.FirstReply }},
	{"complete_reply", "Komplett svar", "När frågan blev helt besvarad, om det kom senare.",
		func(m *survey.Mail) *time.Time { return &m.CompleteReply }},
	{"bounced", "Studs", "Brevet kom tillbaka som olevererat.",
		func(m *survey.Mail) *time.Time { return &m.Bounced }},
}

// replyTexts are the letters whose text is kept, with their fields.
var replyTexts = []survey.ReplyKind{survey.FirstReply, survey.CompleteReply}

func textField(k survey.ReplyKind) string { return string(k) + "_text" }

// storedReply fills the form of a step with what is stored.
func storedReply(c survey.Contact, texts []survey.ReplyText, step mailStep) *form {
	f := newForm("reply", "1", "attempt", strconv.Itoa(int(step)), "note", c.Mail.Note, "suspected_why", c.SuspectedWhy)
	if c.Suspected {
		f.set("suspected", "1")
	}
	writeRatings(f, c.Mail.Ratings)
	writeBits(f, senderBits, c.Mail.Sender)
	if step == firstStep {
		f.set("same", "1")
	}
	if step != correctStep {
		return f
	}
	m := c.Mail
	same := !m.FirstReply.IsZero() && m.CompleteReply.Equal(m.FirstReply)
	if same {
		f.set("same", "1")
	}
	for _, r := range replyInstants {
		if !same || r.name != "complete_reply" {
			writeInstant(f, r.name, *r.of(&m))
		}
	}
	for _, t := range texts {
		f.set(textField(t.Kind), t.Text)
	}
	return f
}

// writeInstant fills the two fields of an instant.
func writeInstant(f *form, name string, t time.Time) {
	if !t.IsZero() {
		f.set(name+"_day", survey.DayText(officehours.DateOf(t)))
		f.set(name+"_clock", survey.ClockText(t))
	}
}

// readReply reads what came back, by the step that the form is about. c is the
// e-mail as it is.
func readReply(f *form, c survey.Contact) survey.ReplyReport {
	m := c.Mail
	rep := survey.ReplyReport{
		Sender: readBits(f, senderBits), Ratings: readRatings(f), Note: f.text("note"),
		Suspected: f.checked("suspected"), SuspectedWhy: f.text("suspected_why"),
	}
	switch mailStepOf(f) {
	case firstStep:
		m = readFirst(f, m, &rep)
	case completeStep:
		m.CompleteReply = readComplete(f, m)
		rep.Texts = append(rep.Texts, survey.ReplyText{Kind: survey.CompleteReply, Text: f.text("text")})
		rep.Done = true
	case correctStep:
		m = readCorrection(f, m, &rep)
		rep.Done = f.text("then") != "wait"
		if c.State == survey.Begun {
			rep.Done = !m.CompleteReply.IsZero() || !m.Bounced.IsZero()
		}
	}
	rep.AutoReply, rep.Bounced = m.AutoReply, m.Bounced
	rep.FirstReply, rep.CompleteReply = m.FirstReply, m.CompleteReply
	return rep
}

// readLetter reads the letter of the first step. m is the e-mail as it is.
func readLetter(f *form, m survey.Mail) survey.Letter {
	l := survey.Letter{Kind: survey.LetterKind(f.text("kind"))}
	if l.Kind != "" && !slices.Contains(survey.LetterKinds, l.Kind) {
		l.Kind = ""
	}
	l.At = readInstant(f, "came", letterAt(m, l.Kind), m.Sent)
	l.Complete = l.Kind == survey.PersonLetter && f.checked("same")
	return l
}

// letterAt is when a letter of the kind came, as it is stored.
func letterAt(m survey.Mail, k survey.LetterKind) time.Time {
	switch k {
	case survey.PersonLetter:
		return m.FirstReply
	case survey.AutomaticLetter:
		return m.AutoReply
	case survey.BouncedLetter:
		return m.Bounced
	}
	return time.Time{}
}

// readFirst reads the first step. Ratings that are left from before the kind
// was chosen do not count: radio buttons cannot be taken back.
func readFirst(f *form, m survey.Mail, rep *survey.ReplyReport) survey.Mail {
	l := readLetter(f, m)
	unread := len(f.Errors) > 0
	after, errs := m.With(l)
	for _, e := range errs {
		if e.Field != "came" || !unread {
			f.Errors = append(f.Errors, e)
		}
	}
	if l.Kind == survey.PersonLetter {
		rep.Texts = append(rep.Texts, survey.ReplyText{Kind: survey.FirstReply, Text: f.text("text")})
	} else {
		rep.Sender, rep.Ratings = m.Sender, m.Ratings
	}
	rep.Done = l.Complete || l.Kind == survey.BouncedLetter
	return after
}

// readComplete reads when the complete reply came; zero when none is waited
// for any more.
func readComplete(f *form, m survey.Mail) time.Time {
	wrong := len(f.Errors)
	at := readInstant(f, "came", m.CompleteReply, m.Sent)
	switch never := f.text("then") == "never"; {
	case len(f.Errors) > wrong:
	case never && !at.IsZero():
		f.Errors.Add("came", "Här står när det kompletta svaret kom. Ta bort tiden, eller spara det kompletta svaret.")
	case !never && at.IsZero():
		f.Errors.Add("came", "Skriv när det kompletta svaret kom.")
	}
	return at
}

// readCorrection reads every instant and text.
func readCorrection(f *form, stored survey.Mail, rep *survey.ReplyReport) survey.Mail {
	m := stored
	for _, r := range replyInstants {
		*r.of(&m) = readInstant(f, r.name, *r.of(&stored), stored.Sent)
	}
	if f.checked("same") {
		if f.given("complete_reply_clock") && !m.CompleteReply.Equal(m.FirstReply) {
			f.Errors.Add("complete_reply",
				"Rutan säger att svaret var komplett i samma brev. Ta bort tiden eller krysset.")
		}
		m.CompleteReply = m.FirstReply
	}
	for _, k := range replyTexts {
		rep.Texts = append(rep.Texts, survey.ReplyText{Kind: k, Text: f.text(textField(k))})
	}
	return m
}

// sameReply reports whether a form says what is already stored.
func sameReply(c survey.Contact, texts []survey.ReplyText, f *form) bool {
	copied := *f // what is wrong in it was told the first time
	f, m := &copied, c.Mail
	rep := readReply(f, c)
	switch mailStepOf(f) {
	case firstStep:
		l := readLetter(f, m)
		if at := letterAt(m, l.Kind); at.IsZero() || !at.Equal(l.At) || l.Complete && !m.CompleteReply.Equal(l.At) {
			return false
		}
	case completeStep, correctStep:
		after := survey.Mail{
			AutoReply: rep.AutoReply, FirstReply: rep.FirstReply,
			CompleteReply: rep.CompleteReply, Bounced: rep.Bounced,
		}
		for _, r := range replyInstants {
			if !r.of(&after).Equal(*r.of(&m)) {
				return false
			}
		}
	}
	if !rep.Suspected {
		rep.SuspectedWhy = ""
	}
	return rep.Sender == m.Sender && rep.Ratings == m.Ratings && rep.Note == m.Note &&
		rep.Suspected == c.Suspected && rep.SuspectedWhy == c.SuspectedWhy && keptAlready(rep.Texts, texts)
}

func keptAlready(sent, stored []survey.ReplyText) bool {
	for _, t := range sent {
		t.Text = survey.KeptText(t.Text)
		if t.Text != "" && !slices.Contains(stored, t) {
			return false
		}
	}
	return true
}

// readInstant reads a day and a time. Without a day it is today. The fields
// show whole minutes only: an instant that reads as the stored one is the
// stored one, and one in the minute of sending is not before it.
func readInstant(f *form, name string, stored, sent time.Time) time.Time {
	if !f.given(name + "_clock") {
		if f.given(name + "_day") {
			f.Errors.Add(name+"_clock", "Skriv också klockslaget, till exempel 10.11.")
		}
		return time.Time{}
	}
	day := f.today
	if f.given(name + "_day") {
		day = f.date(name + "_day")
	}
	before := len(f.Errors)
	clock := f.clock(name + "_clock")
	if day.IsZero() || len(f.Errors) > before {
		return time.Time{}
	}
	t := day.At(0, int(clock))
	for _, exact := range []time.Time{stored, sent} {
		if !exact.IsZero() && exact.Truncate(time.Minute).Equal(t) {
			return exact
		}
	}
	return t
}

// dayClock is the two fields of an instant.
type dayClock struct {
	Name, Title, Hint, Error string
	Day, Clock               field
}

// replyTimes are the fields of all instants.
func replyTimes(f *form) []dayClock {
	var list []dayClock
	for _, r := range replyInstants {
		list = append(list, newDayClock(f, r.name, r.title, r.hint))
	}
	return list
}

func newDayClock(f *form, name, title, hint string) dayClock {
	t := dayClock{
		Name: name, Title: title, Hint: hint, Error: f.Errors.On(name),
		Day: newField(f, name+"_day", "Dag"), Clock: newField(f, name+"_clock", "Klockslag"),
	}
	t.Day.Plain, t.Clock.Plain = true, true
	t.Day.Complete, t.Clock.Complete = "off", "off"
	return t
}
