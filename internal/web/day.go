package web

import (
	"net/url"
	"slices"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var dayRoutes = []route{
	{get, "/min-dag", (*Server).showDay, may(survey.PerformContacts)},
	{post, "/min-dag/nasta", (*Server).nextContact, may(survey.PerformContacts)},
}

var dayPages = []page{&dayPage{}, &noWorkPage{}}

// dayPage is what an evaluator has to do today.
type dayPage struct {
	layout
	Day     fieldwork.Day
	Others  []link // the evaluator's other rounds
	Next    nextPanel
	Left    string // how much is left, in words
	Tiles   []dayTile
	Groups  []agendaGroup
	Whole   *link // to the page with all groups whole, for paper
	Waiting []waitingMail
	Nearest string // the e-mail that is nearest the cut-off
	Week    []weekRow
	Gate    *gatePart // practice that comes first; nil: none
	round   string
}

func (dayPage) file() string { return "day/show.html" }

// noWorkPage is for an evaluator without contacts in any round.
type noWorkPage struct{ layout }

func (noWorkPage) file() string { return "day/none.html" }

// waitingShown is how many e-mails awaiting reply stand beside the agenda.
const waitingShown = 6

func (s *Server) showDay(c *visit) error {
	day, err := s.Service.Day(c.ctx(), c.user, c.QueryParam("omgang"), asksForAll(c, doneKey))
	switch {
	case err != nil:
		return err
	case day.Round.Code == "":
		return s.noWork(c, "Min dag")
	}
	p := newDayPage(c, day)
	if p.Gate, err = s.practiceGate(c, day.Round); err != nil {
		return err
	}
	return s.show(c, p)
}

// workRound chooses the round that the evaluator works in: the one the query
// names, or the newest with contacts of theirs. It is "" when there is none.
func (s *Server) workRound(c *visit) (code string, err error) {
	rounds, err := s.Service.EvaluatorRounds(c.ctx(), c.user)
	if err != nil || len(rounds) == 0 {
		return "", err
	}
	asked := c.QueryParam("omgang")
	if asked == "" {
		return rounds[0].Code, nil
	}
	if !slices.ContainsFunc(rounds, func(r survey.Round) bool { return r.Code == asked }) {
		return "", survey.ErrNotFound
	}
	return asked, nil
}

func (s *Server) noWork(c *visit, title string) error {
	return s.show(c, &noWorkPage{layout{Title: title}})
}

func newDayPage(c *visit, d fieldwork.Day) *dayPage {
	p := &dayPage{
		layout: layout{Title: "Min dag", Round: &d.Round, Saved: "Uppdaterad " + survey.ClockText(d.At)}, Day: d,
		round: c.QueryParam("omgang"),
	}
	for _, r := range d.Others {
		p.Others = append(p.Others, link{Label: "Omgång " + r.Code, URL: dayURL(r.Code)})
	}
	p.Counts = map[string]int{"/e-post": mailToDo(d)}
	p.Next = newNextPanel(d)
	p.Left = leftText(d)
	p.Tiles = dayTiles(p)
	p.Groups = agendaGroups(c, d)
	if slices.ContainsFunc(p.Groups, func(g agendaGroup) bool { return g.More != nil }) {
		p.Whole = &link{Label: "Hela listan, för utskrift", URL: queryWith(c.Request().URL, "visa", allKey)}
	}
	for _, m := range d.Waiting[:min(waitingShown, len(d.Waiting))] {
		p.Waiting = append(p.Waiting, newWaitingMail(*m, d.Round, d.Place(m.Municipality), d.At))
	}
	if len(d.Waiting) > 0 {
		first := d.Waiting[0]
		p.Nearest = d.Place(first.Municipality) + ", " + survey.MomentText(d.Round.ReplyDeadline(first.Mail.Sent))
	}
	p.Week = weekRows(d)
	return p
}

// dayURL is the day in a round.
func dayURL(round string) string { return "/min-dag?" + url.Values{"omgang": {round}}.Encode() }

// MailURL is the mailbox, in the round that was chosen, at one of its tabs.
func (p *dayPage) MailURL(tab string) string { return mailboxURL(p.round, tab) }

// leftText says how much is left of the day.
func leftText(d fieldwork.Day) string {
	n, late := len(d.Agreed)+len(d.Overdue)+len(d.Now)+len(d.Again)+len(d.Later), len(d.Overdue)
	switch {
	case d.Round.Stage != survey.Fieldwork:
		return "Fältarbetet är slut. Svar på e-brev kan noteras, och bedömningar rättas tills de är granskade."
	case n > 0 && d.Today.After(d.Round.Period.To):
		return number(n) + plural(n, " kontakt", " kontakter") + " blev inte av. Projektledaren avgör vad som händer med dem."
	case n == 0 && len(d.Returned) == 0 && d.Done == 0 && len(d.PlannedToday) == 0:
		return "Inget är planerat för dig i dag."
	case n == 0 && len(d.Returned) == 0:
		return "Allt som var planerat till i dag är gjort."
	case late == 0:
		return number(n) + plural(n, " kontakt", " kontakter") + " återstår i dag. Ingen är försenad."
	case late == n:
		return number(n) + plural(n, " försenad kontakt", " försenade kontakter") + " återstår i dag."
	}
	return number(n) + " kontakter återstår i dag, varav " + number(late) + plural(late, " försenad.", " försenade.")
}

// dayTile is a lead figure of the day.
type dayTile struct {
	Title    string
	N, Of    int
	Expected int // of Of, planned before now
	Planned  bool
	Link     *link
}

func dayTiles(p *dayPage) []dayTile {
	d := p.Day
	tiles := []dayTile{
		{
			Title:    "Samtal i dag",
			N:        d.Made[survey.Phone],
			Of:       d.PlannedToday[survey.Phone],
			Expected: d.Expected[survey.Phone],
			Planned:  true,
		},
		{
			Title:    "E-brev skickade i dag",
			N:        d.Made[survey.Email],
			Of:       d.PlannedToday[survey.Email],
			Expected: d.Expected[survey.Email],
			Planned:  true,
		},
		{
			Title: "E-brev som väntar på svar",
			N:     len(d.Waiting),
			Link:  &link{Label: "Notera svar", URL: p.MailURL("vantar")},
		},
		{Title: "Frågor från projektledare", N: len(d.Returned)},
	}
	if len(d.Waiting) == 0 {
		tiles[2].Link = nil
	}
	if len(d.Returned) > 0 {
		tiles[3].Link = &link{Label: "Svara om " + d.Place(d.Returned[0].Municipality), URL: contactURL(*d.Returned[0])}
	}
	return tiles
}

// weekRow is one day of the week.
type weekRow struct {
	Day    string
	Calls  string // "14 / 40"
	Mails  string
	Bar    barPart
	Today  bool
	Remark string // of the calendar: "Alla helgons dag"
}

func weekRows(d fieldwork.Day) []weekRow {
	var rows []weekRow
	for _, n := range d.Week {
		of := func(ch survey.Channel) string { return number(n.Done[ch]) + " / " + number(n.Planned[ch]) }
		done := n.Done[survey.Phone] + n.Done[survey.Email]
		planned := n.Planned[survey.Phone] + n.Planned[survey.Email]
		rows = append(rows, weekRow{
			Day: survey.DayText(n.Date), Calls: of(survey.Phone), Mails: of(survey.Email),
			Bar: newBar(done, planned), Today: n.Date == d.Today, Remark: d.Round.Calendar.Exceptions[n.Date].Name,
		})
	}
	return rows
}

// WeekNumber is the week that the page shows.
func (p *dayPage) WeekNumber() int {
	_, week := p.Day.Today.Week()
	return week
}

// Cutoff is the office time after which an e-mail is unanswered.
func (p *dayPage) Cutoff() string { return wholeHours(p.Day.Round.Design.ReplyCutoff) }
