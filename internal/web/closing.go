package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

var closingRoutes = []route{
	{get, "/omgangar/:round/avslut", (*Server).showClosing, may(survey.SeeSetup)},
	{get, "/omgangar/:round/avslut/undantag/:item", (*Server).showWaiver, may(survey.CloseRounds)},
	{post, "/omgangar/:round/avslut/undantag/:item", (*Server).waive, may(survey.CloseRounds)},
	{get, "/omgangar/:round/avslut/undantag/:item/ta-bort", (*Server).askUnwaive, may(survey.CloseRounds)},
	{post, "/omgangar/:round/avslut/undantag/:item/ta-bort", (*Server).unwaive, may(survey.CloseRounds)},
	{get, "/omgangar/:round/avslut/stang", (*Server).confirmClosing, may(survey.CloseRounds)},
	{post, "/omgangar/:round/avslut/stang", (*Server).closeRound, may(survey.CloseRounds)},
}

var closingPages = []page{&closingPage{}, &waiverPage{}, &closeConfirmPage{}}

// closingPage shows what is left before a round can be closed, and how it was
// closed afterwards.
type closingPage struct {
	layout
	Lead    string
	Steps   []step
	Checks  []checkRow
	Summary string // of the check-list
	Left    int    // open items
	CanAct  bool   // the visitor closes rounds and this one is open
	Facts   []fact
	Frozen  *frozenFacts
	Missing []gapRow
	Lacking int      // contacts in all
	First   gapList  // those that lack most
	More    *gapList // the others, folded
	Quota   int
	Empty   bool // nobody takes part, so there is nothing to close
}

func (closingPage) file() string { return "closing/show.html" }

// checkRow is a line of the check-list as it is shown.
type checkRow struct {
	survey.Check
	State badge
	Act   string // where an exception is made, "" when there is nothing to except
	Undo  string // where it is taken back
}

// gapList is a table of them.
type gapList struct {
	Round string
	Rows  []gapRow
}

// shownGaps is how many municipalities stand in sight.
const shownGaps = 25

// gapRow is what a municipality lacks.
type gapRow struct {
	Code, Name             string
	Phone, Email           string // "98 av 120"
	PhoneLacks, EmailLacks int
}

type fact struct{ Label, Text string }

func (s *Server) showClosing(c *visit) error {
	state, err := s.Service.ClosingState(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	round := state.Setup.Round
	p := &closingPage{
		layout: layout{Title: "Avslut", Round: &round},
		Steps:  closingSteps(round), Quota: round.Design.Quota(), Facts: frozenThings(state),
		CanAct: c.user.May(survey.CloseRounds) && !round.Frozen(),
	}
	if p.Frozen, err = s.frozenFacts(c, round, results.Report{Definitions: round.Design.Definitions}); err != nil {
		return err
	}
	p.fillChecks(state)
	p.fillMissing(state)
	p.Empty = len(state.Setup.Participants) == 0
	p.Lead = closingLead(round, p.Left)
	if p.Empty && !round.Frozen() {
		p.Lead = "Omgången har inga kommuner ännu, så det finns ingenting att stänga."
	}
	return s.show(c, p)
}

// closingLead says in a sentence what is to be done next.
func closingLead(round survey.Round, left int) string {
	going := map[survey.Stage]string{
		survey.Draft: "Omgången är ett utkast. ", survey.Fieldwork: "Fältarbetet pågår. ",
	}[round.Stage]
	switch {
	case round.Stage == survey.Published:
		return "Omgången är stängd och publicerad. Ingenting i den kan ändras."
	case round.Stage == survey.Closed:
		return "Omgången är stängd. Ingenting i den kan ändras. Nästa steg är publiceringen."
	case left == 0:
		return going + "Checklistan är klar. Omgången kan stängas."
	case left == 1:
		return going + "En punkt återstår. Omgången kan stängas när den är tom eller har ett undantag med skäl."
	}
	return going + capital(few(left)) + " punkter återstår. " +
		"Omgången kan stängas när varje punkt är tom eller har ett undantag med skäl."
}

// few writes the small numbers of a check-list in words.
func few(n int) string {
	words := []string{"noll", "en", "två", "tre", "fyra", "fem"}
	if n < len(words) {
		return words[n]
	}
	return number(n)
}

// closingSteps are the five stages, with the day each was reached.
func closingSteps(r survey.Round) []step {
	reached := map[survey.Stage]time.Time{
		survey.Fieldwork: r.StartedAt, survey.Closed: r.ClosedAt, survey.Published: r.PublishedAt,
	}
	var steps []step
	for _, stage := range survey.Stages {
		st := step{Label: stage.Title(), Current: stage == r.Stage}
		if at := reached[stage]; !at.IsZero() {
			st.Label += ", " + survey.DateText(officehours.DateOf(at))
		}
		steps = append(steps, st)
	}
	return steps
}

// fillChecks shows the check-list. Of a closed round the exceptions are those
// that it was closed with.
func (p *closingPage) fillChecks(state fieldwork.ClosingState) {
	empty, waived := 0, 0
	for _, check := range state.Checks {
		if p.Frozen != nil {
			check.Waiver = waiverFor(p.Frozen.Waivers, check.Item)
		}
		row := checkRow{Check: check}
		at := address("omgangar", p.Round.Code, "avslut", "undantag", check.Item)
		switch {
		case check.Count == 0:
			empty++
			row.State = badge{"ok", "tom"}
		case check.Waiver != nil:
			waived++
			row.State = badge{"info", "undantag"}
		default:
			p.Left++
			row.State, row.Act = badge{"late", number(check.Count) + " kvar"}, at
		}
		if check.Waiver != nil {
			row.Undo = at + "/ta-bort"
		}
		p.Checks = append(p.Checks, row)
	}
	p.Summary = fmt.Sprintf("%d punkter: %s, %d med undantag, %d kvar",
		len(p.Checks), counted(empty, "tom", "tomma"), waived, p.Left)
}

func waiverFor(list []survey.Waiver, item survey.CheckItem) *survey.Waiver {
	i := slices.IndexFunc(list, func(w survey.Waiver) bool { return w.Item == item })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// fillMissing lists those that lack contacts, most first.
func (p *closingPage) fillMissing(state fieldwork.ClosingState) {
	for _, g := range state.Missing {
		of := " av " + number(p.Quota)
		p.Missing = append(p.Missing, gapRow{
			Code: g.Code, Name: g.Name, PhoneLacks: g.Missing[survey.Phone], EmailLacks: g.Missing[survey.Email],
			Phone: number(g.Done[survey.Phone]) + of, Email: number(g.Done[survey.Email]) + of,
		})
		p.Lacking += g.Missing[survey.Phone] + g.Missing[survey.Email]
	}
	sortSwedish(p.Missing, func(g gapRow) string { return g.Name })
	slices.SortStableFunc(p.Missing, func(a, b gapRow) int {
		return cmp.Compare(b.PhoneLacks+b.EmailLacks, a.PhoneLacks+a.EmailLacks)
	})
	shown := min(len(p.Missing), shownGaps)
	p.First = gapList{p.Round.Code, p.Missing[:shown]}
	if rest := p.Missing[shown:]; len(rest) > 0 {
		p.More = &gapList{p.Round.Code, rest}
	}
}

// frozenThings lists what closing freezes.
func frozenThings(state fieldwork.ClosingState) []fact {
	r := state.Setup.Round
	return []fact{
		{"Kontakter", fmt.Sprintf("%s klara av %s, %s makulerade",
			number(state.All.Done), number(state.All.Planned), number(state.All.Void))},
		{"Kommuner", number(len(state.Setup.Participants))},
		{"Mått", fmt.Sprintf("%d, definitioner %s", len(allMeasures), r.Design.Definitions)},
		{"Vikter", "telefon " + weightsText(r.Design.Weights.Phone) + "; e-post " + weightsText(r.Design.Weights.Email)},
		{"Grupper", "län, storleksklass, SKR-grupp"},
		{"Gränser", fmt.Sprintf("plats från %d kontakter, liten bas under %d", r.Design.MinBase, r.Design.SmallBase)},
		{"Kalender", fmt.Sprintf("mån–fre %s–%s, %s",
			r.Calendar.Opens, r.Calendar.Closes, avvikelser(exceptionsIn(r)))},
	}
}

func weightsText(ws []survey.Weight) string {
	points := make([]string, len(ws))
	for i, w := range ws {
		points[i] = shortDecimal(w.Points)
	}
	return strings.Join(points, " ")
}

// exceptionsIn counts the days of the period that the calendar treats apart.
func exceptionsIn(r survey.Round) int {
	n := 0
	for day := range r.Calendar.Exceptions {
		if !day.Before(r.Period.From) && !day.After(r.Period.To) {
			n++
		}
	}
	return n
}

func avvikelser(n int) string {
	if n == 1 {
		return "1 avvikande dag"
	}
	return number(n) + " avvikande dagar"
}

// closeConfirmPage names the effect of closing before it is done.
type closeConfirmPage struct {
	layout
	Confirm confirm
	Facts   []fact
	Waivers []survey.Waiver
}

func (closeConfirmPage) file() string { return "closing/confirm.html" }

func (s *Server) confirmClosing(c *visit) error {
	state, err := s.Service.ClosingState(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	round := state.Setup.Round
	if err := round.Open(); err != nil {
		return err
	}
	back := address("omgangar", round.Code, "avslut")
	p := &closeConfirmPage{
		layout: layout{Title: "Stäng omgång " + round.Code, Round: &round, Scripts: busy},
		Facts:  frozenThings(state),
		Confirm: confirm{
			URL: back + "/stang", Title: "Stäng omgång " + round.Code + " med " + contactsText(state.All.Done) + "?",
			Button: "Stäng omgång " + round.Code, Keep: back, Busy: "Stänger …",
			Effect: "Resultat, definitioner, vikter, grupper och kalender fryses med en kontrollsumma. " +
				"Därefter kan ingen kontakt och ingen inställning i omgången ändras. " +
				"Ingen kommun ser något förrän omgången publiceras.",
		},
	}
	for _, check := range state.Checks {
		if check.Open() {
			return survey.Refuse(survey.ErrConflict, check.Item.Title()+" har "+number(check.Count)+
				" kvar. Åtgärda dem eller gör ett undantag med skäl innan omgången stängs.")
		}
		if check.Waiver != nil {
			p.Waivers = append(p.Waivers, *check.Waiver)
		}
	}
	return s.show(c, p)
}

func (s *Server) closeRound(c *visit) error {
	if _, err := s.form(c); err != nil {
		return err
	}
	code := c.Param("round")
	err := s.Service.CloseRound(c.ctx(), c.user, code, nil)
	return s.doneSaying(c, err, address("omgangar", code, "avslut"),
		flash{Kind: "ok", State: "Stängd", Text: "Omgång " + code + " är stängd och fryst. Publicera den när ni vill."})
}
