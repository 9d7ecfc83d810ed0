package web

import (
	"fmt"
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// emailPage is one e-mail: what to send, what came back, and its ratings.
type emailPage struct {
	layout
	View     fieldwork.ContactView
	At       time.Time
	Form     *form
	Tabs     tabs
	Tab      mailTab
	List     []mailRow // the e-mails in the same selection
	More     *link
	Conflict *conflict
	Draft    draftPart
	Refused  string
	Held     string // whose it is and for how long, or ""
	Skip     *skipPart
	Shown    string // proof that the page was shown
}

func (emailPage) file() string { return "email/show.html" }

func newEmailPage(v fieldwork.ContactView, f *form, now time.Time) *emailPage {
	return &emailPage{
		layout: layout{Title: v.Participant.Name + ", e-brev", Round: &v.Round, Scripts: []string{"copy.js", "draft.js", "line.js", "clock.js"}},
		View:   v, Form: f, At: now,
	}
}

// listShown is how many e-mails stand beside the opened one.
const listShown = 8

// beside fills the list beside the opened e-mail: its neighbours in the same
// selection, so that the next one is at hand.
func (p *emailPage) beside(box fieldwork.Mailbox) {
	p.Tab = tabOf(box, p.View.Contact.ID)
	p.Tabs = mailboxTabs(box, p.View.Round.Code, p.Tab.Key)
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

// AnswerKey is the points that a right answer holds.
func (p *emailPage) AnswerKey() []string { return keyPoints(p.View.Question.AnswerKey, p.Place()) }

// Sent reports whether the e-mail has been sent.
func (p *emailPage) Sent() bool { return !p.View.Contact.Mail.Sent.IsZero() }

// CanSend reports whether it can be sent now.
func (p *emailPage) CanSend() bool {
	return !p.Sent() && p.Locked() == "" && p.View.Round.Stage == survey.Fieldwork
}

// CanUndo reports whether the mark of sending can be taken back.
func (p *emailPage) CanUndo() bool {
	m := p.View.Contact.Mail
	return p.Sent() && p.Locked() == "" && p.View.Contact.State == survey.Begun &&
		m.AutoReply.IsZero() && m.FirstReply.IsZero() && m.Bounced.IsZero()
}

// Locked says why nothing can be changed, or "".
func (p *emailPage) Locked() string { return lockedBecause(p.View) }

// Ratings is the criteria in two columns.
func (p *emailPage) Ratings() [][]ratingGroup { return inColumns(ratingGroups(p.View, p.Form)) }

// Sender is the parts of complete sender data.
func (p *emailPage) Sender() []box { return boxes(p.Form, senderBits) }

// Times is the fields of the instants.
func (p *emailPage) Times() []dayClock { return replyTimes(p.Form) }

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

// replyClock is one of the two clocks, domain.md §4.
type replyClock struct{ Title, Text, Note string }

// Clocks are office time and elapsed time to the first reply, or until now.
func (p *emailPage) Clocks() []replyClock {
	m, cal := p.View.Contact.Mail, p.View.Round.Calendar
	until, office, elapsed := m.FirstReply, "Kontorstid till första svar", "Kalendertid"
	if until.IsZero() {
		until, office, elapsed = p.At, "Kontorstid hittills", "Kalendertid hittills"
	}
	list := []replyClock{
		{office, survey.SpanText(cal.Between(m.Sent, until)), officeParts(p.View.Round, m.Sent, until)},
		{elapsed, shortElapsed(until.Sub(m.Sent)), "ingår inte i måttet"},
	}
	if m.CompleteReply.After(m.FirstReply) {
		list = append(
			list,
			replyClock{"Kontorstid till komplett svar", survey.SpanText(cal.Between(m.Sent, m.CompleteReply)),
				elapsedText(m.CompleteReply.Sub(m.Sent)) + " kalendertid"},
		)
	}
	return list
}

// shortElapsed is elapsedText without the word that makes it too wide for a clock.
func shortElapsed(d time.Duration) string {
	if text := elapsedText(d); d >= 24*time.Hour {
		return strings.TrimSuffix(text, " min")
	}
	return elapsedText(d)
}

// officeParts writes how office time adds up day by day: "2 h 40 min + 9 + 9 +
// 2 h 11 min". More than ten days are not added up.
func officeParts(r survey.Round, from, to time.Time) string {
	var parts []string
	last := officehours.DateOf(to)
	for d := officehours.DateOf(from); !d.After(last); d = d.AddDays(1) {
		start, end := d.At(0, 0), d.AddDays(1).At(0, 0)
		if start.Before(from) {
			start = from
		}
		if end.After(to) {
			end = to
		}
		if open := r.Calendar.Between(start, end); open > 0 {
			parts = append(parts, shortSpan(open))
		}
	}
	hours := "kontorstid är " + r.Calendar.Opens.String() + "–" + r.Calendar.Closes.String() + " på arbetsdagar"
	if len(parts) < 2 || len(parts) > 10 {
		return hours
	}
	return hours + ": " + strings.Join(parts, " + ")
}

// shortSpan writes whole hours as "9" and others as "2 h 40 min".
func shortSpan(d time.Duration) string {
	if d%time.Hour == 0 {
		return fmt.Sprintf("%d h", int(d/time.Hour))
	}
	return survey.SpanText(d)
}

// Counted says how what is stored will be counted.
func (p *emailPage) Counted() []badge {
	m, r := p.View.Contact.Mail, p.View.Round
	office, replied := m.ResponseTime(r.Calendar)
	cutoff := survey.SpanText(r.Design.ReplyCutoff)
	switch {
	case replied && office > r.Design.ReplyCutoff:
		return []badge{
			{"late", "Efter stoppgränsen, " + wholeHours(r.Design.ReplyCutoff)},
			{"late", "Räknas som ej besvarad"},
		}
	case replied:
		list := []badge{within(office, oneDay, "en arbetsdag"), within(office, twoDays, "två arbetsdagar"),
			{"ok", "Före stoppgränsen, " + wholeHours(r.Design.ReplyCutoff)}}
		if complete, ok := m.CompleteTime(r.Calendar); ok {
			b := within(complete, oneDay, "en arbetsdag")
			b.Text = "Komplett: " + lowerFirst(b.Text)
			list = append(list, b)
		}
		return list
	case r.PastCutoff(m.Sent, p.At):
		return []badge{{"late", "Stoppgränsen, " + cutoff + ", har passerat"}, {"late", "Räknas som ej besvarad"}}
	case !m.Bounced.IsZero():
		return []badge{{"warn", "Studs utan svar räknas som ej besvarad"}}
	}
	return []badge{{"", "Väntar på svar"}, {"", "Stoppgränsen nås " + survey.MomentText(r.ReplyDeadline(m.Sent))}}
}

func within(office, norm time.Duration, words string) badge {
	if office <= norm {
		return badge{"ok", "Inom " + words + ", " + wholeHours(norm)}
	}
	return badge{"warn", "Inte inom " + words + ", " + wholeHours(norm)}
}

// wholeHours writes a limit as "9 h" where it is whole hours.
func wholeHours(d time.Duration) string { return strings.TrimSuffix(survey.SpanText(d), " 00 min") }
