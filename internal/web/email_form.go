package web

import (
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// replyInstants are the instants that an evaluator types in, each as a day and
// a time, with their names in the form and in what the domain says about them.
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

// storedReply fills a form with what is stored.
func storedReply(c survey.Contact) *form {
	f := newForm("reply", "1", "note", c.Mail.Note, "suspected_why", c.SuspectedWhy)
	if c.Suspected {
		f.set("suspected", "1")
	}
	m := c.Mail
	same := !m.FirstReply.IsZero() && m.CompleteReply.Equal(m.FirstReply)
	if same {
		f.set("same", "1")
	}
	for _, r := range replyInstants {
		if t := *r.of(&m); !t.IsZero() && (!same || r.name != "complete_reply") {
			f.set(r.name+"_day", survey.DayText(officehours.DateOf(t)))
			f.set(r.name+"_clock", survey.ClockText(t))
		}
	}
	writeRatings(f, m.Ratings)
	writeBits(f, senderBits, m.Sender)
	return f
}

// readReply reads what came back. stored is the e-mail as it is.
func readReply(f *form, stored survey.Mail) survey.ReplyReport {
	var m survey.Mail
	for _, r := range replyInstants {
		*r.of(&m) = readInstant(f, r.name, *r.of(&stored), stored.Sent)
	}
	if f.checked("same") {
		if f.given("complete_reply_clock") && !m.CompleteReply.Equal(m.FirstReply) {
			f.Errors.Add("complete_reply", "Rutan säger att svaret var komplett i samma brev. Ta bort tiden eller krysset.")
		}
		m.CompleteReply = m.FirstReply
	}
	return survey.ReplyReport{
		AutoReply: m.AutoReply, FirstReply: m.FirstReply, CompleteReply: m.CompleteReply, Bounced: m.Bounced,
		Sender: readBits(f, senderBits), Ratings: readRatings(f), Note: f.text("note"),
		Suspected: f.checked("suspected"), SuspectedWhy: f.text("suspected_why"), Done: f.text("then") != "wait",
	}
}

// sameReply reports whether a form says what is already stored.
func sameReply(c survey.Contact, sent survey.ReplyReport) bool {
	m := c.Mail
	now := survey.Mail{
		AutoReply:     sent.AutoReply,
		FirstReply:    sent.FirstReply,
		CompleteReply: sent.CompleteReply,
		Bounced:       sent.Bounced,
	}
	for _, r := range replyInstants {
		if !r.of(&now).Equal(*r.of(&m)) {
			return false
		}
	}
	if !sent.Suspected {
		sent.SuspectedWhy = ""
	}
	return sent.Sender == m.Sender && sent.Ratings == m.Ratings && sent.Note == m.Note &&
		sent.Suspected == c.Suspected && sent.SuspectedWhy == c.SuspectedWhy
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

// tellReply puts what stands in a form into words.
func tellReply(v fieldwork.ContactView, f *form) []told {
	var list []told
	for _, r := range replyInstants {
		text := strings.TrimSpace(f.text(r.name+"_day") + " " + f.text(r.name+"_clock"))
		if r.name == "complete_reply" && f.checked("same") {
			text = "i samma brev"
		}
		row := told{r.title, text, []string{r.name + "_day", r.name + "_clock"}}
		if r.name == "complete_reply" {
			row.names = append(row.names, "same")
		}
		list = append(list, row)
	}
	list = append(list, tellBoxes("Avsändaruppgifter", boxes(f, senderBits)))
	list = append(list, tellRatings(v, f)...)
	return append(list, tellRest(f)...)
}
