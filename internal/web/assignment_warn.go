package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// notice is something that a lead should know, with the way to mend it.
type notice struct {
	flash
	Strong string // the fact, before Text
	Act    *link
}

// mostLacks is how many bottlenecks are told one by one; the table has all.
const mostLacks = 4

// warn collects what is wrong, the worst first.
func (p *assignmentPage) warn(m matrix, without []string) {
	if p.Team == 0 {
		return
	}
	p.warnUncovered(m)
	for i, l := range p.Load.Lacks {
		if i == mostLacks {
			p.notice("late", "Räcker inte", "På "+counted(len(p.Load.Lacks)-i, "ställe", "ställen")+" till saknas plats.",
				"Se Behov och plats per vecka.", nil)
			break
		}
		p.notice("late", "Räcker inte", p.lackFact(l), p.lackRemedy(l), p.lackAct(l))
	}
	p.warnThin(m)
	p.warnPeople(m, without)
}

func (p *assignmentPage) notice(kind, state, strong, text string, act *link) {
	if !p.Editable {
		act = nil
	}
	p.Notices = append(p.Notices, notice{flash{kind, state, text}, strong, act})
}

// warnUncovered points out what nobody may take: whole areas together, and
// areas that lack somebody in some municipalities one by one.
func (p *assignmentPage) warnUncovered(m matrix) {
	var none []string
	for _, a := range m.areas {
		if a.Kind() == "late" {
			none = append(none, string(a.Area))
		}
	}
	if len(none) > 0 {
		p.notice("late", "Saknar bedömare", survey.QuestionArea(listText(none)).Title()+".",
			"Tilldela minst två bedömare i varje område.", p.bulkLink("Tilldela …", none...))
	}
	for _, u := range p.Load.Uncovered {
		if u.Municipalities == nil {
			continue
		}
		var names []string
		for _, code := range u.Municipalities {
			m, _ := p.Load.Setup.Participant(code)
			names = append(names, m.Name)
		}
		sortSwedish(names, func(n string) string { return n })
		p.notice("late", "Saknar bedömare", u.Area.Title()+" i "+someText(names, "kommuner")+".",
			contactsText(u.Need)+" som ingen får ta. Tilldela en bedömare i alla kommuner, eller i de som saknas.",
			p.bulkLink("Tilldela …", string(u.Area)))
	}
}

// bulkLink leads to the bulk change with areas chosen.
func (p *assignmentPage) bulkLink(label string, areas ...string) *link {
	q := url.Values{"gor": {bulkDoes[0].Value}, "omrade": areas}
	return &link{Label: label, URL: setupPath(p.Load.Setup.Round, "tilldelning", "flera") + "?" + q.Encode()}
}

// lackFact says what is too much, where.
func (p *assignmentPage) lackFact(l schedule.Lack) string {
	things := map[survey.Channel]string{"": "kontakter", survey.Phone: "samtal", survey.Email: "e-brev"}[l.Channel]
	return fmt.Sprintf("%s %s: %s %s, plats för %s.",
		p.areasText(l.Areas), p.weeksText(l.Weeks), number(l.Needed), things, number(l.Room))
}

func (p *assignmentPage) areasText(areas []survey.QuestionArea) string {
	if len(areas) > 1 && len(areas) == len(p.Load.Areas) {
		return "Alla områden"
	}
	var names []string
	for _, a := range areas {
		names = append(names, string(a))
	}
	return survey.QuestionArea(someText(names, "områden")).Title()
}

func (p *assignmentPage) weeksText(weeks []int) string {
	var names []string
	for _, w := range weeks {
		names = append(names, strconv.Itoa(p.Load.Weeks[w].Number))
	}
	return "vecka " + listText(names)
}

// lackRemedy gives the cause and what would help, the cheapest first.
func (p *assignmentPage) lackRemedy(l schedule.Lack) string {
	missing := l.Needed - l.Room
	text := number(missing) + " för många"
	if len(l.Away) > 0 {
		text += ", för att " + p.namesText(l.Away) + " är borta"
	}
	var ways []string
	if l.Spare >= missing && len(l.Later) > 0 {
		ways = append(ways, "låt "+number(missing)+" gå över till "+p.weeksText(l.Later))
	}
	if names, n := p.reliefFor(l.Relief, missing); n > 0 {
		ways = append(ways, "tilldela "+names+", som har plats för "+number(n))
	}
	if len(ways) == 0 && l.More > 0 {
		ways = append(ways, fmt.Sprintf("lägg till %s bedömare i omgången", few(l.More)))
	}
	if len(ways) < 2 && l.Raise > 0 {
		ways = append(ways, "höj dagskapaciteten med "+number(l.Raise)+" per bedömare")
	}
	if len(ways) == 0 {
		return text + "."
	}
	return text + ". Billigast: " + strings.Join(ways, ", eller ") + "."
}

// reliefFor names so many of the freest as are enough, three at most.
func (p *assignmentPage) reliefFor(relief []schedule.Reliever, missing int) (names string, room int) {
	var emails []string
	for _, h := range relief {
		if room >= missing || len(emails) == 3 {
			break
		}
		emails, room = append(emails, h.Email), room+h.Room
	}
	return p.namesText(emails), room
}

func (p *assignmentPage) lackAct(l schedule.Lack) *link {
	if p.Load.Planned && l.Spare >= l.Needed-l.Room {
		act := p.Planning()
		return &act
	}
	var areas []string
	for _, a := range l.Areas {
		areas = append(areas, string(a))
	}
	return p.bulkLink("Tilldela …", areas...)
}

// namesText names evaluators.
func (p *assignmentPage) namesText(emails []string) string {
	var names []string
	for _, email := range emails {
		e, _ := p.Load.Setup.Evaluator(email)
		names = append(names, e.Name)
	}
	return someText(names, "bedömare")
}

// warnThin points out areas with one or two evaluators.
func (p *assignmentPage) warnThin(m matrix) {
	consequences := []string{
		1: "De två kontakterna i en cell görs då av samma person; tilldela en till.",
		2: "De två kontakterna i en cell blir då alltid samma par; en tredje ger variation.",
	}
	for n := 1; n <= thin; n++ {
		var areas []string
		for _, a := range m.areas {
			if a.Kind() == "warn" && a.Takes == n {
				areas = append(areas, string(a.Area))
			}
		}
		if len(areas) > 0 {
			p.notice("warn", "Tunt", survey.QuestionArea(listText(areas)).Title()+" har "+few(n)+" bedömare.",
				consequences[n], p.bulkLink("Vem kan ta området?", areas...))
		}
	}
}

// warnPeople points out evaluators without an account or without areas.
func (p *assignmentPage) warnPeople(m matrix, without []string) {
	if len(without) > 0 {
		sortSwedish(without, func(email string) string { return p.namesText([]string{email}) })
		p.notice("warn", "Saknar konto", p.namesText(without)+" kan inte logga in.",
			"En administratör lägger upp konton med samma e-postadresser som i omgången.", nil)
	}
	var idle []string
	for _, r := range m.rows {
		if r.Areas == 0 {
			idle = append(idle, r.Evaluator.Email)
		}
	}
	if len(idle) > 0 {
		p.notice("warn", "Utan område", p.namesText(idle)+" har inget område och får inga kontakter.", "",
			&link{Label: "Visa", URL: setupPath(p.Load.Setup.Round, "tilldelning") + "?visa=utan"})
	}
}
