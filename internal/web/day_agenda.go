package web

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// agendaGroup is one part of the day's table.
type agendaGroup struct {
	Title string
	Rows  []agendaRow
	More  *link // to all of them, when not all are shown
}

// agendaRow is a contact in the day's table.
type agendaRow struct {
	*survey.Contact
	When, Place, URL string
	Question         string
	Replicate        string // "första"
	Which            string // "första kontakten"
	State            *badge
	Late             bool
	Asked            string // what a project lead has asked, and who
}

// Call reports whether the contact is a call, for its sign.
func (r agendaRow) Call() bool { return r.Channel == survey.Phone }

// Special reports whether more is to be said than that it is the next contact.
func (r agendaRow) Special() bool { return r.State != nil && r.State.Text != nextWord }

// nextWord marks the next contact in the table.
const nextWord = "Nästa"

// The parameter "visa" asks for one group whole, or for all of them.
const (
	doneKey = "klara" // those finished today
	allKey  = "allt"
)

func asksForAll(c *visit, group string) bool {
	asked := c.QueryParam("visa")
	return asked == group || asked == allKey
}

// agendaGroups lists the day's contacts. A group is cut to what helps at the
// moment: someone back from an absence may have hundreds that are overdue.
func agendaGroups(c *visit, d fieldwork.Day) []agendaGroup {
	var groups []agendaGroup
	for _, g := range []struct {
		key, title, more string
		contacts         []*survey.Contact
		n, limit         int
	}{
		{"avtalade", "Avtalade återuppringningar", "avtalade", d.Agreed, len(d.Agreed), 10},
		{"fragor", "Frågor från projektledare", "frågor", d.Returned, len(d.Returned), 5},
		{"forsenade", "Försenade", "försenade", d.Overdue, len(d.Overdue), 5},
		{"nu", "Nu, fram till " + survey.ClockText(d.NowUntil), "nu", d.Now, len(d.Now), 10},
		{"igen", "Att ringa igen", "att ringa igen", d.Again, len(d.Again), 5},
		{"senare", "Senare i dag", "senare i dag", d.Later, len(d.Later), 5},
		{doneKey, "Klara i dag", "klara i dag", d.Finished, d.Done, len(d.Finished)},
	} {
		if g.n == 0 {
			continue
		}
		group := agendaGroup{Title: fmt.Sprintf("%s, %s", g.title, number(g.n))}
		shown := g.contacts
		if !asksForAll(c, g.key) && g.n > g.limit {
			shown = shown[:g.limit]
			target := queryWith(c.Request().URL, "visa", g.key)
			group.More = &link{Label: fmt.Sprintf("Visa alla %s %s", number(g.n), g.more), URL: target}
		}
		for _, contact := range shown {
			group.Rows = append(group.Rows, newAgendaRow(contact, d))
		}
		groups = append(groups, group)
	}
	return groups
}

func newAgendaRow(c *survey.Contact, d fieldwork.Day) agendaRow {
	r := agendaRow{
		Contact: c, When: whenText(c.PlannedAt, d.Today), Place: d.Place(c.Municipality), URL: contactURL(*c),
		Question: questionText(*c), Replicate: shortReplicate(*c, d.Round.Design), Which: c.ReplicateTitle(d.Round.Design),
	}
	if at := d.Desk.CanDial(*c); !at.IsZero() {
		r.When = whenText(at, d.Today)
	}
	r.State, r.Late = agendaState(*c, d)
	if c.State == survey.Returned {
		r.Asked = c.ReviewNote
	}
	return r
}

// agendaState says what is special about a contact in the list.
func agendaState(c survey.Contact, d fieldwork.Day) (state *badge, late bool) {
	current, calling := c.Current()
	switch n := len(c.Attempts); {
	case c.Finished():
		return finishedBadge(c), false
	case c.State == survey.Returned:
		return &badge{"info", "Fråga att svara på"}, false
	case calling:
		return &badge{"now", "Samtalet pågår sedan " + survey.ClockText(current.Dialled)}, false
	case n > 0 && !c.CallBackAt.IsZero():
		return agreedBadge(c, d), false
	case n > 0:
		last := c.Attempts[n-1]
		return &badge{
			"",
			"Ring igen, " + lowerFirst(shortOutcome(last.Outcome)) + " " + whenText(last.Dialled, d.Today),
		}, false
	case c.HeldBy != d.Desk.Evaluator && c.HeldUntil.After(d.At):
		return &badge{"", "En kollega har tagit den"}, false
	case c.PlannedAt.Before(d.At):
		return &badge{"late", "Försenad " + lateText(d.At.Sub(c.PlannedAt))}, true
	case d.Next != nil && d.Next.ID == c.ID:
		return &badge{"now", nextWord}, false
	}
	return nil, false
}

// agreedBadge says how near an appointment is.
func agreedBadge(c survey.Contact, d fieldwork.Day) *badge {
	switch {
	case d.At.After(c.CallBackAt.Add(soonAfter)):
		return &badge{"late", "Avtalad tid har passerat"}
	case d.Next != nil && d.Next.ID == c.ID:
		return &badge{"now", "Ring nu, avtalad tid"}
	}
	return &badge{"info", "Avtalad återuppringning"}
}

// soonAfter is how late an appointment may be met before it is said.
const soonAfter = 10 * time.Minute

// finishedBadge says how a contact ended.
func finishedBadge(c survey.Contact) *badge {
	text := capital(c.Disposition.Title())
	if n := len(c.Attempts); n > 0 {
		text = shortOutcome(c.Attempts[n-1].Outcome)
	}
	return &badge{"ok", text + " " + survey.ClockText(c.SubmittedAt)}
}

// shortOutcome is an outcome's name without what explains it.
func shortOutcome(o survey.Outcome) string {
	short, _, _ := strings.Cut(o.Title(), ",")
	return short
}

// lowerFirst puts a title inside a sentence.
func lowerFirst(text string) string {
	r := []rune(text)
	if len(r) > 0 {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// waitingMail is an e-mail with the time it has waited.
type waitingMail struct {
	URL, Place, Question, Replicate string
	Sent                            string
	Office, Elapsed                 string
	Bar                             barPart
	State                           *badge
}

// oneDay and twoDays are the norms for a reply, domain.md §5, in office time.
const (
	oneDay  = 9 * time.Hour
	twoDays = 18 * time.Hour
)

// newWaitingMail says how long an e-mail has waited, or waited until the first
// reply when there is one.
func newWaitingMail(c survey.Contact, r survey.Round, place string, now time.Time) waitingMail {
	until := now
	if !c.Mail.FirstReply.IsZero() {
		until = c.Mail.FirstReply
	}
	office := r.Calendar.Between(c.Mail.Sent, until)
	return waitingMail{
		URL: contactURL(c), Place: place, Question: questionText(c),
		Replicate: shortReplicate(c, r.Design),
		Sent: survey.MomentText(
			c.Mail.Sent,
		), Office: survey.SpanText(office), Elapsed: elapsedText(until.Sub(c.Mail.Sent)),
		Bar: officeBar(office, r.Design.ReplyCutoff), State: mailState(c, r, now),
	}
}

// officeBar shows office time against the cut-off, with a mark at one working day.
func officeBar(office, cutoff time.Duration) barPart {
	b := tick(int(oneDay/time.Minute), newBar(int(office/time.Minute), int(cutoff/time.Minute)))
	if office > cutoff {
		b = filled("late", b)
	}
	return b
}

// mailState says what has come of a sent e-mail so far.
func mailState(c survey.Contact, r survey.Round, now time.Time) *badge {
	switch m := c.Mail; {
	case c.Finished() && !m.FirstReply.IsZero() && !c.Replied(r):
		return &badge{"late", "Svar, för sent"}
	case c.Disposition == survey.NoReply && !m.Bounced.IsZero():
		return &badge{"warn", "Studs"}
	case c.Disposition != "":
		return &badge{dispositionKind(c), capital(c.Disposition.Title())}
	case c.State == survey.Returned:
		return &badge{"info", "Fråga att svara på"}
	case m.Sent.IsZero():
		return nil
	case !m.Bounced.IsZero():
		return &badge{"warn", "Studsade"}
	case !m.FirstReply.IsZero():
		return &badge{"info", "Svar, inte komplett"}
	case r.PastCutoff(m.Sent, now):
		return &badge{"late", "Efter stoppgränsen"}
	case !m.AutoReply.IsZero():
		return &badge{"", "Automatiskt svar"}
	}
	return nil
}

func dispositionKind(c survey.Contact) string {
	if c.Disposition == survey.Completed {
		return "ok"
	}
	return ""
}

// mailboxURL is the mailbox at one of its tabs; the round stands in it only
// when the visitor has chosen one.
func mailboxURL(round, tab string) string {
	q := url.Values{}
	if round != "" {
		q.Set("omgang", round)
	}
	if tab != "" {
		q.Set("lage", tab)
	}
	if len(q) == 0 {
		return "/e-post"
	}
	return "/e-post?" + q.Encode()
}

// hoursText writes when the main number is open on a day: "8.00–16.30".
func hoursText(h officehours.Hours) string {
	if h.Closed() {
		return "stängd i dag"
	}
	return h.Opens.String() + "–" + h.Closes.String()
}
