package web

import (
	"strings"

	"servicematning/internal/survey"
)

// leftItem is something that a complete report holds.
type leftItem struct {
	Name, Title string
	For         string // the outcomes that need it, "" for all
	Done        bool   // or not needed
}

// Left lists what a complete report holds, and what of it is lacking. The
// script follows what is filled in.
func (p *callPage) Left() []leftItem {
	outcome := outcomeIn(p.View, p.Form)
	rule, _ := outcome.Rule()
	list := []leftItem{{Name: "outcome", Title: "Utfall", Done: outcome != ""}}
	if p.Connected() {
		for _, g := range ratingGroups(p.View, p.Form) {
			list = append(list, leftItem{
				Name: g.Name, Title: g.Title, For: string(survey.Reached),
				Done: outcome != survey.Reached || p.Form.given(g.Name),
			})
		}
	}
	var noted []string
	for _, r := range survey.Outcomes {
		if r.NeedsNote {
			noted = append(noted, string(r.Outcome))
		}
	}
	list = append(list, leftItem{
		Name: "note", Title: "Anteckning", For: strings.Join(noted, " "), Done: !rule.NeedsNote || p.Form.given("note"),
	})
	if p.dial().Ended.IsZero() {
		list = append(list, leftItem{Name: "phase", Title: survey.HangUp.Title(), For: string(survey.Reached), Done: outcome != survey.Reached})
	}
	return list
}
