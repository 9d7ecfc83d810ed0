package web

import (
	"math"

	"servicematning/internal/survey"
)

var componentRoutes = []route{
	{get, "/komponenter", (*Server).showComponents, may(survey.UseAccount)},
}

var componentPages = []page{&componentPage{}}

// componentPage is the pattern sheet: every shared part in every state. A page
// that cannot be built from it needs a new row there first.
type componentPage struct {
	layout
	Form    *form
	Choices []option
	Confirm confirm
	Badges  []badge
	Table   table
	Rows    []componentRow
	Pager   pager
	Tabs    tabs
	Steps   []step

	Rating   ratingGroup
	Phases   []phaseStep
	Conflict conflict
	Levels   levelBar
	Dot      dotLine
}

// componentRow is a row of the table on the sheet.
type componentRow struct {
	Name, Class string
	Share       float64 // NaN: no base
	Base        string
	Standing    badge
}

var componentTable = tableRules[componentRow]{
	start: "-andel", label: "Kommun",
	name:    func(r componentRow) string { return r.Name },
	numbers: map[string]func(componentRow) float64{"andel": func(r componentRow) float64 { return r.Share }},
	words:   func(r componentRow) string { return r.Name },
}

var componentRows = []componentRow{
	{"Håbo", "me-row", 100.0 / 120, "100 av 120", badge{"best", "bästa 25 %"}},
	{"Karlsborg", "late-row", math.NaN(), "0", badge{"", "ingen bas"}},
	{"Åtvidaberg", "", 102.0 / 120, "102 av 120", badge{"best", "bästa 25 %"}},
}

func (componentPage) file() string { return "component/sheet.html" }

func (s *Server) showComponents(c *visit) error {
	f := newForm("email", "habo.kommun@example.se", "time", "13.05", "class", "b", "code", "FÖRS2", "half", "a", "mail",
		"1")
	f.Errors.Add("time", "Svaret kan inte komma före brevet, 14.20. Skriv en senare tid.")
	why := newForm("why", "Misstänkt upptäckt, handläggaren frågade")
	reason := newField(why, "why", "Skäl")
	rows, chosen := componentTable.sift(c, componentRows)
	return s.show(c, &componentPage{
		layout:  layout{Title: "Komponenter", Saved: "Sparat 10.32"},
		Form:    f,
		Choices: []option{{"a", "förmiddag"}, {"b", "eftermiddag"}},
		Confirm: confirm{
			URL: "/komponenter", Title: "Makulera samtalet med Åmål, FÖRS2, andra kontakten?",
			Effect: "Bedömningen lämnar resultaten. En ersättning planeras tor 5 nov hos en annan bedömare.",
			Button: "Makulera samtalet", Keep: "/komponenter", Reason: &reason,
			Hidden: []option{{Value: "version", Label: "7"}},
		},
		Badges: []badge{
			{"now", "Nästa"}, {"ok", "i fas"}, {"warn", "40 efter"}, {"late", "Försenad 52 min"}, {"info", "Fältarbete"},
			{"", "planerad"}, {"best", "bästa 25 %"}, {"mid", "mitten"}, {"worst", "sista 25 %"},
		},
		Table: chosen, Rows: rows,
		Pager: newPager(c, 50, 470),
		Tabs: tabs{Name: "Exempel", Items: []link{
			{Label: "Svar att bedöma", URL: "/komponenter", Current: true, Count: 6},
			{Label: "Väntar", URL: "/komponenter", Count: 1031},
		}},
		Steps:  []step{{Label: "Fältarbete"}, {Label: "Granskning", Current: true}, {Label: "Stängd"}},
		Rating: componentRating, Phases: componentPhases, Conflict: componentConflict,
		Levels: newLevelBar(componentLevels), Dot: componentDot,
	})
}
