package web

import (
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// pressRow is one thing that was done to a phase, as the partial "presses"
// lists it.
type pressRow struct {
	Dial        int
	When, Phase string
	What, Late  string // "tryckt", "kom fram 10.35.12, när förbindelsen var tillbaka"
	Why, Who    string
}

// lineTime is how long a press may be on its way without the line being down.
const lineTime = 2 * time.Second

// pressRows tells presses in words; who names people by their e-mail addresses.
func pressRows(list []survey.Press, who func(by string) string) []pressRow {
	var rows []pressRow
	for _, p := range list {
		r := pressRow{Dial: p.Attempt, Phase: p.Phase.Title(), Why: p.Reason, Who: who(p.By)}
		done := p.Received
		switch p.Kind {
		case survey.PressMade:
			done, r.What = p.At, "tryckt"
			if p.Received.Sub(p.At) > lineTime {
				r.Late = "kom fram " + secondText(p.Received) + ", när förbindelsen var tillbaka"
			}
		case survey.PressUndone:
			r.What = "ångrat, var tryckt " + secondText(p.Was)
		case survey.PressCorrected:
			r.What = corrected(p)
		}
		r.When = survey.DayText(officehours.DateOf(done)) + " " + secondText(done)
		rows = append(rows, r)
	}
	return rows
}

func corrected(p survey.Press) string {
	switch {
	case p.Was.IsZero():
		return "tillagt, " + secondText(p.At)
	case p.At.IsZero():
		return "borttaget, var " + secondText(p.Was)
	}
	return "rättat från " + secondText(p.Was) + " till " + secondText(p.At)
}

// pressesByName lists the presses of a call with the evaluators' names, for
// those who see everybody's contacts.
func (s *Server) pressesByName(c *visit, set survey.Setup, v fieldwork.ContactView) ([]pressRow, error) {
	list, err := s.Service.Presses(c.ctx(), c.user, v.Contact)
	return pressRows(list, func(by string) string { return evaluatorName(set, by) }), err
}
