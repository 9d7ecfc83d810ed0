package web

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// mailboxPage is an evaluator's e-mails by what is to be done with them.
type mailboxPage struct {
	layout
	Tabs     tabs
	Tab      mailTab
	Rows     []mailRow
	Sort     sorting
	Pager    pager
	Next     string // the next letter to send, "" when there is none
	Form     *form
	Filters  []field
	Filtered bool
	Clear    string // the address without the filter
	Hidden   []option
	JustSent *justSent
}

func (mailboxPage) file() string { return "email/list.html" }

// Cutoff is the office time after which an e-mail is unanswered.
func (p *mailboxPage) Cutoff() string { return wholeHours(p.Round.Design.ReplyCutoff) }

// Sorts reports whether the list can be sorted: one that is read in parts from
// the database comes newest first.
func (p *mailboxPage) Sorts() bool { return p.Tab.part == nil }

// TimeTitle is what the column of times is called.
func (p *mailboxPage) TimeTitle() string {
	if p.Tab.Sent {
		return "Skickat"
	}
	return "Planerat"
}

// mailTab is one selection of the mailbox.
type mailTab struct {
	Key, Title string
	How        string // in what order, and what to do
	Sent       bool   // the e-mails have been sent: they have waited some time
	Empty      emptyState
	open       func(fieldwork.Mailbox) []survey.Contact   // nil: none
	part       func(fieldwork.Mailbox) fieldwork.MailPage // finished ones, nil: none
}

var mailTabs = []mailTab{
	{Key: "forsenade", Title: "Försenade", How: "Skulle ha skickats. Äldst först.",
		Empty: newEmpty("Inget brev är försenat",
			"Hit kommer brev vars planerade tid har passerat utan att de har skickats."),
		open: func(b fieldwork.Mailbox) []survey.Contact { return b.Overdue }},
	{Key: "skicka", Title: "Att skicka i dag", How: "I den ordning de ska skickas.",
		Empty: newEmpty("Inget mer att skicka i dag", "Brev som skulle ha gått tidigare står under Försenade."),
		open:  func(b fieldwork.Mailbox) []survey.Contact { return b.ToSend }},
	{Key: "vantar", Title: "Väntar på svar", Sent: true,
		How: "Längst väntan först. Öppna brevet när ett svar har kommit i e-posten.",
		Empty: newEmpty("Inget brev väntar på svar",
			"När du har skickat ett brev står det här tills svaret är noterat eller stoppgränsen har passerat."),
		open: func(b fieldwork.Mailbox) []survey.Contact { return b.Waiting }},
	{Key: "komplett", Title: "Väntar på komplett svar", Sent: true,
		How: "En person har svarat, men inte på hela frågan. Äldst först.",
		Empty: newEmpty("Inget svar väntar på att bli komplett",
			"Hit kommer brev där någon har svarat, till exempel att "+
				"frågan har skickats vidare, utan att svara på hela frågan."),
		open: func(b fieldwork.Mailbox) []survey.Contact { return b.Incomplete }},
	{Key: "returnerade", Title: "Frågor från projektledaren", Sent: true, How: "Projektledaren har en fråga.",
		Empty: newEmpty("Ingen fråga att svara på", "Har projektledaren en fråga om ett brev kommer det hit."),
		open:  func(b fieldwork.Mailbox) []survey.Contact { return b.Returned }},
	{Key: "avslutade", Title: "Avslutade", Sent: true, How: "Senast klara först. De kan rättas tills de är granskade.",
		Empty: newEmpty("Inget brev är avslutat än", "Hit kommer brev när svaret är noterat och bedömt, och de som studsade."),
		part:  func(b fieldwork.Mailbox) fieldwork.MailPage { return b.Closed }},
	{Key: "efter", Title: "Efter stoppgränsen", Sent: true,
		How: "Räknas som ej besvarade, också om ett svar kom för sent.",
		Empty: newEmpty("Inget brev är utan svar",
			"Brev utan svar avslutas av sig själva när stoppgränsen har passerat."),
		open: func(b fieldwork.Mailbox) []survey.Contact { return b.Past },
		part: func(b fieldwork.Mailbox) fieldwork.MailPage { return b.Lapsed }},
}

// contacts are those of the selection that have been read.
func (t mailTab) contacts(b fieldwork.Mailbox) []survey.Contact {
	var list []survey.Contact
	if t.open != nil {
		list = t.open(b)
	}
	if t.part != nil {
		list = slices.Concat(list, t.part(b).List)
	}
	return list
}

// len is how many e-mails the selection holds.
func (t mailTab) len(b fieldwork.Mailbox) int {
	n := 0
	if t.open != nil {
		n = len(t.open(b))
	}
	if t.part != nil {
		n += t.part(b).Total
	}
	return n
}

// mailRow is an e-mail in a list.
type mailRow struct {
	waitingMail
	When    string
	Late    bool
	Current bool
}

func (s *Server) showMailbox(c *visit) error {
	code, err := s.workRound(c)
	if err != nil {
		return err
	}
	if code == "" {
		return s.noWork(c, "E-post")
	}
	box, err := s.Service.Mailbox(c.ctx(), c.user, code, fieldwork.MailChoice{
		Municipality: c.QueryParam("kommun"), Area: survey.QuestionArea(c.QueryParam("omrade")),
		From: c.offset(fieldwork.MailShown),
	})
	if err != nil {
		return err
	}
	return s.show(c, newMailboxPage(c, box))
}

func newMailboxPage(c *visit, box fieldwork.Mailbox) *mailboxPage {
	q := c.QueryParams()
	tab := chosenTab(q.Get("lage"), box)
	p := &mailboxPage{
		layout: layout{Title: "E-post", Round: &box.Round, Scripts: []string{"copy.js"}}, Tab: tab,
		Tabs: mailboxTabs(box, q, tab.Key), Pager: newPager(c, fieldwork.MailShown, tab.len(box)),
		Sort: sortingOf(c, "tid", "kommun", "omrade"), Form: &form{values: q}, JustSent: newJustSent(c, box),
	}
	if next := slices.Concat(box.Overdue, box.ToSend); len(next) > 0 && box.Round.Stage == survey.Fieldwork {
		p.Next = contactURL(next[0])
	}
	p.Counts = map[string]int{"/e-post": box.ToDo}
	p.fillFilters(box)
	list := tab.contacts(box)
	switch {
	case p.Sorts():
		list = sortedMails(list, p.Sort, box.Names)[p.Pager.Offset:p.Pager.Last]
	case p.Pager.Offset > 0:
		list = tab.part(box).List
	}
	for _, contact := range list {
		p.Rows = append(p.Rows, newMailRow(contact, box))
	}
	return p
}

// sortedMails puts the e-mails in the order that is asked for.
func sortedMails(list []survey.Contact, by sorting, names map[string]string) []survey.Contact {
	list = slices.Clone(list)
	switch by.Key {
	case "kommun":
		sortSwedish(list, func(c survey.Contact) string { return names[c.Municipality] })
	case "omrade":
		sortSwedish(list, questionText)
	default:
		slices.SortStableFunc(list, func(a, b survey.Contact) int { return mailTime(a).Compare(mailTime(b)) })
	}
	if by.Falling {
		slices.Reverse(list)
	}
	return list
}

// mailTime is when an e-mail was sent, or is to be.
func mailTime(c survey.Contact) time.Time {
	if c.Mail.Sent.IsZero() {
		return c.PlannedAt
	}
	return c.Mail.Sent
}

// fillFilters offers the municipalities and areas of the round.
func (p *mailboxPage) fillFilters(box fieldwork.Mailbox) {
	places := []option{{"", "Alla kommuner"}}
	for code, name := range box.Names {
		places = append(places, option{code, name})
	}
	slices.SortFunc(places[1:], func(a, b option) int { return cmp.Compare(a.Value, b.Value) })
	sortSwedish(places[1:], func(o option) string { return o.Label })
	areas := []option{{"", "Alla områden"}}
	for _, a := range box.Round.Design.Areas {
		areas = append(areas, option{string(a), a.Title()})
	}
	p.Filters = []field{
		narrow(withOptions(places, newField(p.Form, "kommun", "Kommun"))),
		narrow(withOptions(areas, newField(p.Form, "omrade", "Frågeområde"))),
	}
	p.Filtered = p.Form.given("kommun") || p.Form.given("omrade")
	kept := url.Values{}
	for _, name := range []string{"omgang", "lage", "ordning"} {
		if p.Form.given(name) {
			kept.Set(name, p.Form.text(name))
			p.Hidden = append(p.Hidden, option{name, p.Form.text(name)})
		}
	}
	p.Clear = "/e-post?" + kept.Encode()
}

// mailToDo is the Mailbox's ToDo as the day knows it.
func mailToDo(d fieldwork.Day) int {
	n := 0
	for _, list := range [][]*survey.Contact{d.Overdue, d.Now, d.Later, d.Returned} {
		for _, c := range list {
			if c.Channel == survey.Email {
				n++
			}
		}
	}
	return n
}

// chosenTab is the selection that the query names, or the first with
// something to do.
func chosenTab(key string, box fieldwork.Mailbox) mailTab {
	i := slices.IndexFunc(mailTabs, func(t mailTab) bool { return t.Key == key })
	if i < 0 {
		i = slices.IndexFunc(mailTabs, func(t mailTab) bool { return t.part == nil && t.len(box) > 0 })
	}
	if i < 0 {
		i = slices.IndexFunc(mailTabs, func(t mailTab) bool { return t.Key == "skicka" })
	}
	return mailTabs[i]
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

// mailboxTabs leads to the selections, in the same round and with the same filter.
func mailboxTabs(box fieldwork.Mailbox, q url.Values, current string) tabs {
	list := tabs{Name: "E-brev efter läge"}
	for _, t := range mailTabs {
		target := url.Values{"lage": {t.Key}}
		for _, name := range []string{"omgang", "kommun", "omrade"} {
			if q.Get(name) != "" {
				target.Set(name, q.Get(name))
			}
		}
		list.Items = append(list.Items, link{
			Label: t.Title, URL: "/e-post?" + target.Encode(), Current: t.Key == current, Count: t.len(box),
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
	r := mailRow{
		waitingMail: newWaitingMail(c, box.Round, box.Names[c.Municipality], box.At),
		When:        survey.MomentText(c.Mail.Sent),
	}
	if c.Finished() && c.Mail.FirstReply.IsZero() {
		r.Office, r.Elapsed, r.Bar = "–", "–", officeBar(box.Round.Design.ReplyCutoff+1, box.Round.Design.ReplyCutoff)
	}
	return r
}
