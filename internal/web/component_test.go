package web

import "testing"

var componentDoors = doorList{"GET /komponenter": members}

var componentSamples = []page{&componentPage{
	layout: sampleLayout("Komponenter", lead), Form: wrongForm("email", "time", "class", "code", "from", "half", "note",
		"mail"),
	Choices: []option{{"a", "förmiddag"}}, Confirm: confirm{URL: "/x", Title: "Makulera?", Button: "Makulera",
		Reason: &field{ID: "f-why", Name: "why", Label: "Skäl"}},
	Badges: []badge{{"ok", "i fas"}}, Sort: sorting{url: sampleURL, Key: "andel"},
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
		"details.help",
	} {
		w.find(part)
	}
	checkHTML(t, w.body)
}
