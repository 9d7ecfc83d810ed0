package web

import (
	"slices"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// mailboxPage is an evaluator's e-mails by what is to be done with them.
type mailboxPage struct {
	layout
	Tabs  tabs
	Tab   mailTab
	Rows  []mailRow
	Pager pager
	Next  string // the next e-mail to send, "" when there is none
}

func (mailboxPage) file() string { return "email/list.html" }

// Cutoff is the office time after which an e-mail is unanswered.
func (p *mailboxPage) Cutoff() string { return wholeHours(p.Round.Design.ReplyCutoff) }

// mailTab is one selection of the mailbox.
type mailTab struct {
	Key, Title string
	Sent       bool // the e-mails have been sent: they have waited some time
	Empty      emptyState
	contacts   func(fieldwork.Mailbox) []survey.Contact
	count      func(fieldwork.Mailbox) int // nil: as many as there are contacts
}

var mailTabs = []mailTab{
	{Key: "skicka", Title: "Att skicka i dag",
		Empty:    newEmpty("Inget mer att skicka i dag", "Brev som skulle ha gått tidigare står under Försenade."),
		contacts: func(b fieldwork.Mailbox) []survey.Contact { return b.ToSend }},
	{Key: "forsenade", Title: "Försenade",
		Empty: newEmpty(
			"Inget brev är försenat",
			"Hit kommer brev vars planerade tid har passerat utan att de har skickats.",
		),
		contacts: func(b fieldwork.Mailbox) []survey.Contact { return b.Overdue }},
	{Key: "vantar", Title: "Väntar på svar", Sent: true,
		Empty: newEmpty(
			"Inget brev väntar på svar",
			"När du har skickat ett brev står det här tills svaret är noterat eller stoppgränsen har passerat.",
		),
		contacts: func(b fieldwork.Mailbox) []survey.Contact { return b.Waiting }},
	{Key: "besvarade", Title: "Avslutade", Sent: true,
		Empty: newEmpty(
			"Inget brev är avslutat än",
			"Hit kommer brev när svaret är noterat och bedömt. De kan rättas tills de är granskade.",
		),
		contacts: func(b fieldwork.Mailbox) []survey.Contact { return b.Answered },
		count:    func(b fieldwork.Mailbox) int { return b.Total }},
	{Key: "efter", Title: "Efter stoppgränsen", Sent: true,
		Empty: newEmpty(
			"Inget brev har passerat stoppgränsen",
			"Brev utan svar avslutas av sig själva när stoppgränsen har passerat.",
		),
		contacts: func(b fieldwork.Mailbox) []survey.Contact { return b.Past }},
	{Key: "returnerade", Title: "Returnerade", Sent: true,
		Empty:    newEmpty("Inget brev är returnerat", "Har projektledaren en fråga om ett brev kommer det hit."),
		contacts: func(b fieldwork.Mailbox) []survey.Contact { return b.Returned }},
}

// len is how many e-mails the selection holds.
func (t mailTab) len(b fieldwork.Mailbox) int {
	if t.count != nil {
		return t.count(b)
	}
	return len(t.contacts(b))
}

// mailRow is an e-mail in a list.
type mailRow struct {
	waitingMail
	When    string
	Late    bool
	Current bool
}

func (s *Server) showMailbox(c *visit) error {
	code, _, err := s.workRound(c)
	if err != nil {
		return err
	}
	if code == "" {
		return s.noWork(c, "E-post")
	}
	box, err := s.Service.Mailbox(c.ctx(), c.user, code, c.offset(fieldwork.AnsweredShown))
	if err != nil {
		return err
	}
	return s.show(c, newMailboxPage(c, box))
}

func newMailboxPage(c *visit, box fieldwork.Mailbox) *mailboxPage {
	tab := chosenTab(c.QueryParam("lage"), box)
	p := &mailboxPage{
		layout: layout{Title: "E-post", Round: &box.Round}, Tab: tab,
		Tabs:  mailboxTabs(box, c.QueryParam("omgang"), tab.Key),
		Pager: newPager(c, fieldwork.AnsweredShown, tab.len(box)),
	}
	list := tab.contacts(box)
	if tab.count == nil { // the others are read whole
		list = list[p.Pager.Offset:p.Pager.Last]
	}
	for _, contact := range list {
		p.Rows = append(p.Rows, newMailRow(contact, box))
	}
	if next := slices.Concat(box.Overdue, box.ToSend); len(next) > 0 && box.Round.Stage == survey.Fieldwork {
		p.Next = contactURL(next[0])
	}
	return p
}

// chosenTab is the selection that the query names, or the first with
// something to do.
func chosenTab(key string, box fieldwork.Mailbox) mailTab {
	for _, t := range mailTabs {
		if t.Key == key {
			return t
		}
	}
	for _, i := range []int{1, 0, 5, 2} {
		if t := mailTabs[i]; t.len(box) > 0 {
			return t
		}
	}
	return mailTabs[0]
}

// tabOf is the selection that a contact stands in.
func tabOf(box fieldwork.Mailbox, id survey.ContactID) mailTab {
	for _, t := range mailTabs {
		if slices.ContainsFunc(t.contacts(box), func(c survey.Contact) bool { return c.ID == id }) {
			return t
		}
	}
	return chosenTab("", box)
}

func mailboxTabs(box fieldwork.Mailbox, round, current string) tabs {
	list := tabs{Name: "E-brev efter läge"}
	for _, t := range mailTabs {
		list.Items = append(list.Items, link{
			Label: t.Title, URL: mailboxURL(round, t.Key), Current: t.Key == current, Count: t.len(box),
		})
	}
	return list
}

func newMailRow(c survey.Contact, box fieldwork.Mailbox) mailRow {
	if c.Mail.Sent.IsZero() {
		r := mailRow{
			waitingMail: waitingMail{
				URL: contactURL(c), Place: box.Names[c.Municipality], Question: questionText(c),
				Replicate: shortReplicate(c, box.Round.Design),
			},
			When: survey.MomentText(c.PlannedAt), Late: c.PlannedAt.Before(box.At),
		}
		if r.Late {
			r.State = &badge{"late", "Försenad " + lateText(box.At.Sub(c.PlannedAt))}
		}
		return r
	}
	r := mailRow{waitingMail: newWaitingMail(c, box.Round, box.Names, box.At), When: survey.MomentText(c.Mail.Sent)}
	if c.Finished() && c.Mail.FirstReply.IsZero() {
		r.Office, r.Elapsed, r.Bar = "–", "–", officeBar(box.Round.Design.ReplyCutoff+1, box.Round.Design.ReplyCutoff)
	}
	return r
}
