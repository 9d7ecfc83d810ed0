package web

import "testing"

var componentDoors = doorList{"GET /komponenter": members}

var componentSamples = []page{&componentPage{
	layout: sampleLayout("Komponenter", lead), Form: wrongForm("email", "time", "class", "code", "from", "half", "note",
		"mail"),
	Choices: []option{{"a", "förmiddag"}}, Confirm: confirm{URL: "/x", Title: "Makulera?", Button: "Makulera",
		Reason: &field{ID: "f-why", Name: "why", Label: "Skäl"}},
	Badges: []badge{{"ok", "i fas"}}, Table: table{sorting: sorting{url: sampleURL, Key: "andel"},
		Label: "Kommun", Search: "åre", All: 3, Keep: []option{{"ordning", "andel"}}},
	Rating: componentRating, Phases: componentPhases, Conflict: componentConflict,
	Pager: pager{Pages: []pageLink{{N: 1, URL: "?sida=1"}, {}, {N: 2, Current: true}}},
	Tabs:  tabs{Items: []link{{Label: "Alla", Count: 3}}},
	Steps: []step{{Label: "Fältarbete", Current: true}},
}}

func TestTheSheetShowsEveryPart(t *testing.T) {
	w := newApp(t).as(t, evaluator).open("/komponenter").wants(200)
	for _, part := range []string{
		".field.err input[aria-invalid]", "select option[selected]", "input[readonly]",
		"fieldset input[type=radio][checked]", "textarea",
		"input[type=checkbox][checked]", ".flash-late[role=alert]", ".confirm input[name=version]", ".b-worst",
		"th[aria-sort=descending]",
		".pager [aria-current]", ".tabs [aria-current]", ".steps [aria-current]", ".empty .btn", ".tick", ".fill-late",
		"details.help", ".rate .lv input[checked]", ".ph-now[aria-current=step]", ".ph-done[disabled]", ".ph-next",
		".wait .fill-warn", ".pick input[value=there]", ".keys kbd", ".dot-own", ".l4", ".heat .q-late",
		"form[role=search] input[type=search]", "tr.me-row", "tr.late-row",
	} {
		w.find(part)
	}
	checkHTML(t, w.body)
	w.form("form[role=search]").set("sok", "åtvida").submit().wants(200).sees(".t tbody", "Åtvidaberg").lacks(".me-row")
	w.form("form[role=search]").set("sok", "ingen alls").submit().wants(200).sees(".empty", "Inget stämmer med ”ingen alls”")
	w.follow("Visa alla 3").wants(200).sees(".me-row", "Håbo")
}
