package web

import (
	"net/url"
	"strings"

	"servicematning/internal/survey"
)

// planChoice is what the plan's maps are limited to.
type planChoice struct {
	Channel survey.Channel // "": both
	County  string         // county code; "": all
	Name    string         // part of a municipality's name; "": all
	Print   bool           // every municipality on one page, without links
}

// planChoiceOf reads the query. What it does not know restricts nothing.
func planChoiceOf(q url.Values) planChoice {
	choice := planChoice{County: q.Get("lan"), Name: strings.TrimSpace(q.Get("sok")), Print: q.Get("utskrift") != ""}
	if ch := survey.Channel(q.Get("kanal")); ch == survey.Phone || ch == survey.Email {
		choice.Channel = ch
	}
	return choice
}

// municipalities lists the participants that the choice leaves, by name.
func (c planChoice) municipalities(set survey.Setup) []survey.Participant {
	var list []survey.Participant
	name := strings.ToLower(c.Name)
	for _, p := range set.Participants {
		if (c.County == "" || p.CountyCode == c.County) && strings.Contains(strings.ToLower(p.Name), name) {
			list = append(list, p)
		}
	}
	sortSwedish(list, func(p survey.Participant) string { return p.Name })
	return list
}

// words says what is chosen, for a page on paper.
func (c planChoice) words(set survey.Setup) string {
	words := []string{map[survey.Channel]string{
		"": "Samtal och e-brev", survey.Phone: "Samtal", survey.Email: "E-brev",
	}[c.Channel]}
	for _, p := range set.Participants {
		if c.County != "" && p.CountyCode == c.County {
			words = append(words, p.County)
			break
		}
	}
	if c.Name != "" {
		words = append(words, "kommuner med ”"+c.Name+"” i namnet")
	}
	return strings.Join(words, ", ")
}

// countyOptions lists the counties that have participants.
func countyOptions(set survey.Setup) []option {
	counties := []option{{"", "Alla län"}}
	seen := map[string]bool{}
	for _, p := range set.Participants {
		if !seen[p.CountyCode] {
			seen[p.CountyCode] = true
			counties = append(counties, option{p.CountyCode, p.County})
		}
	}
	sortSwedish(counties[1:], func(o option) string { return o.Label })
	return counties
}

// planChoices is the form in which the maps are limited, and what else can be
// made of the same choice.
type planChoices struct {
	planChoice
	URL     string // of the page without any choice
	Fields  []field
	Search  field
	Limited bool
	Words   string
	Paper   string // the page for printing
	Screen  string // and the way back
	File    string // the same counts as a file
}

func newPlanChoices(c *visit, set survey.Setup, choice planChoice) *planChoices {
	f := &form{values: c.QueryParams()}
	channels := []option{{"", "Samtal och e-brev"}, {string(survey.Phone), "Samtal"}, {string(survey.Email), "E-brev"}}
	q := url.Values{}
	for _, name := range []string{"kanal", "lan", "sok"} {
		if f.given(name) {
			q.Set(name, f.text(name))
		}
	}
	own := setupPath(set.Round, "plan")
	return &planChoices{
		planChoice: choice, URL: own, Limited: len(q) > 0, Words: choice.words(set),
		Fields: []field{
			narrow(withOptions(channels, newField(f, "kanal", "Kanal"))),
			narrow(withOptions(countyOptions(set), newField(f, "lan", "Län"))),
		},
		Search: withSize(14, newField(f, "sok", "Kommunens namn")),
		Screen: withQuery(own, q), File: withQuery(own+"/dagar.csv", q),
		Paper: withQuery(own, url.Values{"utskrift": {"1"}, "kanal": q["kanal"], "lan": q["lan"], "sok": q["sok"]}),
	}
}

// withQuery adds a query to an address.
func withQuery(path string, q url.Values) string {
	if text := q.Encode(); text != "" {
		return path + "?" + text
	}
	return path
}
