package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"servicematning/internal/survey"
)

// waiverPage asks for the reason of an exception.
type waiverPage struct {
	layout
	Check   survey.Check
	Effects []string // what follows from the exception
	Form    *form
	Button  string
	Back    string
}

func (waiverPage) file() string { return "closing/waiver.html" }

func (s *Server) showWaiver(c *visit) error { return s.waiverPage(c, newForm()) }

func (s *Server) waiverPage(c *visit, f *form) error {
	state, err := s.Service.ClosingState(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(state.Checks, func(k survey.Check) bool { return string(k.Item) == c.Param("item") })
	if i < 0 {
		return survey.ErrNotFound
	}
	round := state.Setup.Round
	if err := round.Open(); err != nil {
		return err
	}
	check := state.Checks[i]
	if check.Waiver != nil && f.text("reason") == "" && f.ok() {
		f.set("reason", check.Waiver.Reason)
	}
	return s.showForm(c, f, &waiverPage{
		layout: layout{Title: "Undantag: " + check.Item.Title(), Round: &round},
		Check:  check, Effects: waiverEffects(check, round.Design), Form: f,
		Button: "Gör undantag för " + countText(check), Back: address("omgangar", round.Code, "avslut"),
	})
}

// countText names what an item counts: "37 kontakter", "1 kommun och kanal".
func countText(check survey.Check) string {
	one, many := "kontakt", "kontakter"
	switch check.Item {
	case survey.InsideCutoff:
		one, many = "e-brev", "e-brev"
	case survey.BelowMinBase:
		one, many = "kommun", "kommuner"
	case survey.MissingContacts, survey.Unreviewed, survey.ReturnedOpen:
	}
	if check.Count == 1 {
		return "1 " + one
	}
	return number(check.Count) + " " + many
}

// waiverEffects says what follows when an item is let through.
func waiverEffects(check survey.Check, d survey.Design) []string {
	minBase := fmt.Sprintf("En kommun med färre än %d kontakter som räknas i en kanal "+
		"visas utan plats och är inte med i medel.", d.MinBase)
	switch check.Item {
	case survey.MissingContacts:
		return []string{"De saknade kontakterna görs inte. Värdenas baser blir mindre än " + number(d.Quota()) + ".", minBase}
	case survey.Unreviewed:
		return []string{"De ogranskade kontakterna räknas inte, eftersom omgången kräver granskning.", minBase}
	case survey.ReturnedOpen:
		return []string{"De returnerade kontakterna räknas inte.", minBase}
	case survey.InsideCutoff:
		return []string{"Svar som kommer efter stängningen räknas inte, även om de kommer före stoppgränsen."}
	case survey.BelowMinBase:
		return []string{minBase, "Kommunernas egna resultat visas ändå, med sina baser."}
	}
	return nil
}

func (s *Server) waive(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	item := survey.CheckItem(c.Param("item"))
	err = s.Service.Waive(c.ctx(), c.user, c.Param("round"), item, f.text("reason"))
	if f.wrong(err) {
		return s.waiverPage(c, f)
	}
	return s.doneSaying(c, err, address("omgangar", c.Param("round"), "avslut"),
		saved(item.Title()+" har ett undantag. Skälet följer med resultatet."))
}

// askUnwaive asks before an exception and its reason are taken away.
func (s *Server) askUnwaive(c *visit) error {
	state, err := s.Service.ClosingState(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	round := state.Setup.Round
	if err := round.Open(); err != nil {
		return err
	}
	i := slices.IndexFunc(state.Checks, func(k survey.Check) bool {
		return string(k.Item) == c.Param("item") && k.Waiver != nil
	})
	back := address("omgangar", round.Code, "avslut")
	if i < 0 {
		s.leaveFlash(c, flash{State: "Inget undantag", Text: "Punkten har inget undantag att ta bort."})
		return c.Redirect(http.StatusSeeOther, back)
	}
	check := state.Checks[i]
	effect := "Skälet, ”" + check.Waiver.Reason + "”, försvinner."
	if check.Count > 0 {
		effect += " Omgången kan inte stängas förrän punkten är tom eller har ett nytt undantag."
	}
	return s.ask(c, &confirmPage{
		layout: layout{Title: "Ta bort undantag", Round: &round}, Above: link{Label: "Avslut", URL: back},
		Confirm: confirm{
			URL: back + "/undantag/" + string(check.Item) + "/ta-bort", Keep: back, Effect: effect, Button: "Ta bort undantaget",
			Title: "Ta bort undantaget för " + lowerFirst(check.Item.Title()) + ", " + countText(check) + "?",
		},
	})
}

func (s *Server) unwaive(c *visit) error {
	if _, err := s.form(c); err != nil {
		return err
	}
	item := survey.CheckItem(c.Param("item"))
	err := s.Service.Unwaive(c.ctx(), c.user, c.Param("round"), item)
	return s.doneSaying(c, err, address("omgangar", c.Param("round"), "avslut"),
		saved("Undantaget för "+strings.ToLower(item.Title())+" är borttaget."))
}
