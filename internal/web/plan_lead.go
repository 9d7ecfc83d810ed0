package web

import (
	"fmt"
	"strings"

	"servicematning/internal/survey"
)

// mostNamed is how many late or leaving municipalities a heading names; more are counted.
const mostNamed = 3

// placesLead says what the map of municipalities shows.
func (m mapMaker) placesLead(chosen int, shown []survey.Participant) string {
	parts := []string{fmt.Sprintf("%s av %s.", number(len(shown)), kommuner(chosen))}
	if even := m.evenShare(); even.high > 0 {
		parts = append(parts, fmt.Sprintf("Jämnt är %s om dagen.", even.Text()))
	}
	parts = append(parts, m.shortDays())
	var partly []string
	for _, p := range shown {
		if text := partText(p, m.round.Period); text != "" {
			partly = append(partly, text)
		}
	}
	if len(partly) > mostNamed {
		parts = append(parts, fmt.Sprintf("%d av dem är inte med hela perioden.", len(partly)))
	} else {
		parts = append(parts, partly...)
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// shortDays names the short days, "" when there are none.
func (m mapMaker) shortDays() string {
	var days []string
	for _, c := range m.columns {
		if c.Mark == "kort" {
			days = append(days, survey.DayText(c.Date))
		}
	}
	switch {
	case len(days) == 0:
		return ""
	case len(days) == 1:
		return capital(days[0]) + " är en kort dag."
	case len(days) > mostNamed:
		return fmt.Sprintf("%d dagar är korta.", len(days))
	}
	return capital(listText(days)) + " är korta dagar."
}

// partText says in which part of the period a municipality takes part, "" for all of it.
func partText(p survey.Participant, period survey.FieldPeriod) string {
	late, early := p.Joined.After(period.From), !p.Left.IsZero() && !p.Left.After(period.To)
	switch {
	case late && early:
		return fmt.Sprintf("%s är med från %s till %s.", p.Name, survey.DayText(p.Joined),
			survey.DayText(p.Left.AddDays(-1)))
	case late:
		return fmt.Sprintf("%s är med från %s.", p.Name, survey.DayText(p.Joined))
	case early:
		return fmt.Sprintf("%s är med till %s.", p.Name, survey.DayText(p.Left.AddDays(-1)))
	}
	return ""
}
