package web

import (
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// Samples of what belongs to calls and charts, for the sheet.

var componentRating = ratingGroup{
	Name: "kind", Title: "Bemötande", Help: "/handbok", Levels: []ratingLevel{
		{Value: survey.VeryGood, Title: "Mycket god", Anchor: "Vänlig, hjälpsam, gör mer än man väntar sig."},
		{Value: survey.Good, Title: "God", Anchor: "Vänlig och artig.", Checked: true},
		{Value: survey.Fair, Title: "Medelgod", Anchor: "Korrekt men opersonlig."},
		{Value: survey.Poor, Title: "Dålig", Anchor: "Otrevlig, avvisande eller överlägsen."},
	},
}

// componentPhases is a call in which the main number has answered.
var componentPhases = []phaseStep{
	{Phase: survey.Dial, Title: "Ringer", Class: "ph ph-done", Time: "10.40.03", Since: "start"},
	{Phase: survey.PickUp, Title: "Svar", Class: "ph ph-now", Time: "10.40.14", Since: "efter 11 s, huvudnumret", Current: true},
	{Phase: survey.Forward, Title: "Kopplas", Class: "ph ph-next", Time: "tryck vid koppling", Possible: true},
	{Phase: survey.Connect, Title: "Handläggare", Class: "ph", Time: "–", Possible: true},
	{Phase: survey.HangUp, Title: "Avslutat", Class: "ph", Time: "–", Possible: true},
}

var componentConflict = conflict{Action: "/komponenter", Rows: []difference{
	{Name: "information", Field: "Information", Here: "medelgod", There: "god"},
	{Name: "note", Field: "Anteckning", Here: "Bad om återuppringning.", There: "–"},
}}

var componentLevels = results.Distribution{Title: "Bemötande", Base: 108, Levels: []results.Level{
	{Level: survey.VeryGood, Count: 40}, {Level: survey.Good, Count: 61},
	{Level: survey.Fair, Count: 6}, {Level: survey.Poor, Count: 1},
}}

var componentDot = dotLine{Own: true, At: "83.3%", Low: "75.7%", High: "88.9%", Mean: "58.1%"}
