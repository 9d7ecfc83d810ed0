package web

import (
	"net/url"
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// emailPage is one e-mail: what to send, what came back, and its ratings.
type emailPage struct {
	layout
	View        fieldwork.ContactView
	At          time.Time
	Form        *form // of the step in hand
	Editing     bool  // the form is shown
	Texts       []survey.ReplyText
	Found       []string // what was read in the pasted text
	Read        bool     // the page was asked to read and count
	JustSent    *justSent
	Tabs        tabs
	Tab         mailTab
	List        []mailRow // the e-mails in the same selection
	More        *link
	Conflict    *conflict
	Draft       draftPart
	Refused     string
	Unpractised bool   // it was refused because practice comes first
	Held        string // whose it is and for how long, or ""
	Skip        *skipPart
	Shown       string // proof that the page was shown
}

func (emailPage) file() string { return "email/show.html" }

// emailScripts are listed with those they ask for, so that all come at once.
var emailScripts = []string{"copy.js", "reply.js", "draft.js", "line.js", "clock.js"}

func newEmailPage(v fieldwork.ContactView, f *form, texts []survey.ReplyText, now time.Time) *emailPage {
	return &emailPage{
		layout: layout{
			Title: v.Participant.Name + ", e-brev", Round: &v.Round, Scripts: emailScripts,
		},
		View: v, Form: f, Texts: texts, At: now,
	}
}

// listShown is how many e-mails stand beside the opened one.
const listShown = 8

// beside fills the list beside the opened e-mail: its neighbours in the same
// selection, so that the next one is at hand.
func (p *emailPage) beside(box fieldwork.Mailbox) {
	p.Counts = map[string]int{"/e-post": box.ToDo}
	p.Tab = tabOf(box, p.View.Contact.ID)
	p.Tabs = mailboxTabs(box, url.Values{"omgang": {p.View.Round.Code}}, p.Tab.Key)
	all := p.Tab.contacts(box)
	first := 0
	for i, c := range all {
		if c.ID == p.View.Contact.ID {
			first = max(0, min(i-1, len(all)-listShown))
		}
	}
	shown := all[first:min(len(all), first+listShown)]
	for _, c := range shown {
		row := newMailRow(c, box)
		row.Current = c.ID == p.View.Contact.ID
		p.List = append(p.List, row)
	}
	if len(shown) < p.Tab.len(box) {
		p.More = &link{Label: "Visa alla " + number(p.Tab.len(box)), URL: mailboxURL(p.View.Round.Code, p.Tab.Key)}
	}
}

// Place is the municipality's name.
func (p *emailPage) Place() string { return p.View.Participant.Name }

// URL is the e-mail's own address.
func (p *emailPage) URL() string { return contactURL(p.View.Contact) }

// Which says which question and which of its contacts the e-mail is.
func (p *emailPage) Which() string { return questionText(p.View.Contact) }

// Replicate is "första kontakten".
func (p *emailPage) Replicate() string { return p.View.Contact.ReplicateTitle(p.View.Round.Design) }

// Planned is when the e-mail was to be sent.
func (p *emailPage) Planned() string {
	return whenText(p.View.Contact.PlannedAt, officehours.DateOf(p.At))
}

// Subject is the subject line as it is sent.
func (p *emailPage) Subject() string { return survey.Said(p.View.Question.EmailSubject, p.Place()) }

// Text is the text as it is sent.
func (p *emailPage) Text() string { return survey.Said(p.View.Question.EmailText, p.Place()) }

// Mailto opens the letter in the mail program.
func (p *emailPage) Mailto() string {
	part := func(text string) string {
		return strings.ReplaceAll(url.QueryEscape(strings.ReplaceAll(text, "\n", "\r\n")), "+", "%20")
	}
	return "mailto:" + url.PathEscape(p.View.Participant.Email) +
		"?subject=" + part(p.Subject()) + "&body=" + part(p.Text())
}

// AnswerKey is the points that a right answer holds.
func (p *emailPage) AnswerKey() []string { return keyPoints(p.View.Question.AnswerKey, p.Place()) }

// Sent reports whether the e-mail has been sent.
func (p *emailPage) Sent() bool { return !p.View.Contact.Mail.Sent.IsZero() }

// CanSend reports whether it can be sent now.
func (p *emailPage) CanSend() bool {
	return !p.Sent() && p.Locked() == "" && p.View.Round.Stage == survey.Fieldwork
}

// CanUndo reports whether the mark of sending can be taken back.
func (p *emailPage) CanUndo() bool { return p.Locked() == "" && canUndo(p.View.Contact) }

// Locked says why nothing can be changed, or "".
func (p *emailPage) Locked() string { return lockedBecause(p.View) }

// First, Complete and Correct report which form the page holds.
func (p *emailPage) First() bool {
	return p.Editing && p.Locked() == "" && mailStepOf(p.Form) == firstStep
}
func (p *emailPage) Complete() bool {
	return p.Editing && p.Locked() == "" && mailStepOf(p.Form) == completeStep
}
func (p *emailPage) Correct() bool {
	return p.Editing && p.Locked() == "" && mailStepOf(p.Form) == correctStep
}

// CanCorrect is where what is noted can be corrected, "" when nothing is noted
// or it is being corrected.
func (p *emailPage) CanCorrect() string {
	c := p.View.Contact
	if !p.Sent() || p.Locked() != "" || p.Correct() || canUndo(c) {
		return ""
	}
	return contactURL(c) + "?ratta=1"
}

// CorrectTitle is what the way to the correction says: a letter that nobody
// answered in time is opened again when an answer comes after all.
func (p *emailPage) CorrectTitle() string {
	c := p.View.Contact
	if c.Disposition == survey.NoReply && c.Mail.FirstReply.IsZero() && c.Mail.Bounced.IsZero() {
		return "Notera sent svar"
	}
	return "Rätta uppgifterna"
}

// Waits reports whether the e-mail can go back to waiting when it is corrected.
func (p *emailPage) Waits() bool { return p.View.Contact.State != survey.Begun }

// Back leads out of the correction, "" where it is all that can be done.
func (p *emailPage) Back() string {
	if c := p.View.Contact; stepInHand(c, false) == correctStep && !c.Finished() {
		return ""
	}
	return p.URL()
}

// Step is the number of the form.
func (p *emailPage) Step() int { return int(mailStepOf(p.Form)) }

// kindChoice is one kind of letter to choose.
type kindChoice struct {
	Value   survey.LetterKind
	Title   string
	Command string
	Checked bool
}

// Kinds are what a letter can be.
func (p *emailPage) Kinds() []kindChoice {
	var list []kindChoice
	for _, k := range survey.LetterKinds {
		list = append(list, kindChoice{k, k.Title(), "reply-" + string(k), p.Form.text("kind") == string(k)})
	}
	return list
}

// Came is the fields of when the letter came.
func (p *emailPage) Came() dayClock {
	title := "När kom svaret?"
	if p.Complete() {
		title = "När kom det kompletta svaret?"
	}
	return newDayClock(p.Form, "came", title,
		"Som det står i e-posten: dagen som tis 10 nov, tiden som 10.11. Tom dag betyder i dag.")
}

// textHint says what happens to the text.
const textHint = "Klistra in. Brevet som citeras tas bort. Namn, telefonnummer och e-postadresser maskas så långt det går " +
	"när du sparar. Läs igenom och ta bort namn som blev kvar."

// PastedText is the field of the letter in hand.
func (p *emailPage) PastedText() field {
	return withHint(textHint, withRows(7, newField(p.Form, "text", "Svarets text")))
}

// KeptTexts are the fields of the texts that can be corrected.
func (p *emailPage) KeptTexts() []field {
	var list []field
	for _, k := range replyTexts {
		list = append(list, withHint(textHint, withRows(6, newField(p.Form, textField(k), k.Title()+", text"))))
	}
	return list
}

// Ratings is the criteria in two columns.
func (p *emailPage) Ratings() [][]ratingGroup { return inColumns(ratingGroups(p.View, p.Form)) }

// Sender is the parts of complete sender data.
func (p *emailPage) Sender() []box { return boxes(p.Form, senderBits) }

// Times is the fields of the instants.
func (p *emailPage) Times() []dayClock { return replyTimes(p.Form) }

// Judged is what has been judged, for a page without its form.
func (p *emailPage) Judged() []ratedCriterion {
	var list []ratedCriterion
	for _, c := range p.View.Round.Design.CriteriaFor(survey.Email) {
		list = append(list, ratedCriterion{c.Title, p.View.Contact.Mail.Ratings.Of(c.Code)})
	}
	return list
}

// Gave is the sender data that was given, in words.
func (p *emailPage) Gave() string {
	return orDash(tellBoxes("", bitsOf(senderBits, p.View.Contact.Mail.Sender)).text)
}

// Replied reports whether a person has replied.
func (p *emailPage) Replied() bool { return !p.View.Contact.Mail.FirstReply.IsZero() }

// Steps is how far the e-mail has come.
func (p *emailPage) Steps() []step {
	m := p.View.Contact.Mail
	if m.Sent.IsZero() {
		return []step{
			{Label: "Att skicka, planerat " + p.Planned(), Current: true},
			{Label: "Första svar"},
			{Label: "Komplett svar"},
		}
	}
	steps := []step{{Label: "Skickat " + survey.MomentText(m.Sent), Current: true}}
	next := func(label string) {
		steps[len(steps)-1].Current = false
		steps = append(steps, step{Label: label, Current: true})
	}
	if !m.AutoReply.IsZero() {
		next("Automatiskt svar " + whenText(m.AutoReply, officehours.DateOf(m.Sent)) + ", räknas inte")
	}
	if !m.Bounced.IsZero() {
		next("Studs " + whenText(m.Bounced, officehours.DateOf(m.Sent)))
	}
	if m.FirstReply.IsZero() {
		return append(steps, step{Label: "Första svar"}, step{Label: "Komplett svar"})
	}
	next("Första svar " + survey.MomentText(m.FirstReply))
	if m.CompleteReply.IsZero() {
		return append(steps, step{Label: "Komplett svar"})
	}
	next("Komplett svar " + survey.MomentText(m.CompleteReply))
	return steps
}
