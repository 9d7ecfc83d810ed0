package web

import (
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// conflict shows what was saved elsewhere beside what was typed here.
type conflict struct {
	Rows   []difference
	FormID string // of the form that holds what was typed
	Keep   string // where what is saved is shown
}

// difference is a field whose two versions differ.
type difference struct{ Field, Here, There string }

// told is a field of a contact in words.
type told struct{ field, text string }

// newConflict compares two versions, told field by field in the same order.
func newConflict(here, there []told, formID, keep string) *conflict {
	c := &conflict{FormID: formID, Keep: keep}
	for i, h := range here {
		if h.text != there[i].text {
			c.Rows = append(c.Rows, difference{h.field, orDash(h.text), orDash(there[i].text)})
		}
	}
	return c
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// tellRatings puts what stands in a form about quality into words.
func tellRatings(v fieldwork.ContactView, f *form) []told {
	var list []told
	for _, c := range v.Round.Design.CriteriaFor(v.Contact.Channel) {
		list = append(list, told{c.Title, survey.LevelCode(f.text(string(c.Code))).Title()})
	}
	return list
}

// tellRest puts the fields that end both forms into words.
func tellRest(f *form) []told {
	suspected := "nej"
	if f.checked("suspected") {
		suspected = "ja"
		if why := f.text("suspected_why"); why != "" {
			suspected += ": " + why
		}
	}
	return []told{{"Anteckning", f.text("note")}, {"Misstänkt upptäckt", suspected}}
}

// tellBoxes lists the boxes that are ticked.
func tellBoxes(title string, list []box) told {
	var ticked []string
	for _, b := range list {
		if b.Checked {
			ticked = append(ticked, lowerFirst(b.Label))
		}
	}
	return told{title, strings.Join(ticked, ", ")}
}
