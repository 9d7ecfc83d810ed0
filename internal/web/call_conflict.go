package web

import (
	"strconv"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// conflict shows what was saved elsewhere beside what stands here, and lets
// the visitor choose between them field by field. The partial "conflict" draws
// it; it stands outside other forms.
type conflict struct {
	Action string // where the choice is sent
	Rows   []difference
	Hidden []option // what both versions hold, and which draft this is
}

// difference is a field, or some that belong together, whose versions differ.
type difference struct{ Name, Field, Here, There string }

// told is a field of a contact in words, or some fields that belong together.
type told struct {
	field, text string
	names       []string // in the form
}

// newConflict compares a form that could not be saved with what was saved
// elsewhere: the visitor's draft in another page, or else stored, which is nil
// where nothing has been reported. It is nil when nothing differs. Only who
// chooses goes on from the other draft: until then the form's own page saves
// nothing over it.
func (s *Server) newConflict(c *visit, v fieldwork.ContactView, here, stored *form) (*conflict, error) {
	part := sentDraft(here)
	d, differs, err := s.otherDraft(c, v, here)
	if err != nil {
		return nil, err
	}
	there := stored
	if differs {
		there, part.Revision = formOf(d), d.Revision
	}
	if there == nil {
		return nil, nil
	}
	k := draftKindOf(v.Contact.Channel)
	rows, others := k.tell(v, here), k.tell(v, there)
	x := &conflict{Action: contactURL(v.Contact) + "/val", Hidden: []option{
		{"shown", s.shownMark(c, v.Contact.ID)}, {"attempt", strconv.Itoa(k.attempt(v, here))},
		{"writer", part.Writer}, {"revision", strconv.Itoa(part.Revision)},
	}}
	for i, row := range rows {
		if row.text != others[i].text {
			x.Rows = append(x.Rows, difference{row.names[0], row.field, orDash(row.text), orDash(others[i].text)})
		}
		for _, name := range row.names {
			x.Hidden = append(x.Hidden, option{"here_" + name, here.text(name)}, option{"there_" + name, there.text(name)})
		}
	}
	if len(x.Rows) == 0 {
		return nil, nil
	}
	return x, nil
}

// chooseDraft makes what was chosen between two versions the draft, with which
// the page is filled.
func (s *Server) chooseDraft(c *visit) error {
	f, v, err := s.draftSent(c)
	if err != nil {
		return err
	}
	k := draftKindOf(v.Contact.Channel)
	chosen := newForm()
	for _, name := range []string{"shown", "attempt", "writer", "revision"} {
		chosen.set(name, f.text(name))
	}
	for _, row := range k.tell(v, chosen) {
		side := "here_"
		if f.text("pick_"+row.names[0]) == "there" {
			side = "there_"
		}
		for _, name := range row.names {
			chosen.set(name, f.text(side+name))
		}
	}
	if _, err := s.keepDraft(c, v, chosen); err != nil {
		return k.again(s, c, chosen, err)
	}
	return s.doneSaying(c, nil, k.page(v, chosen),
		flash{Kind: "ok", State: "Ditt val är ifyllt", Text: "Se över det och spara som vanligt."})
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// sameWords reports whether two forms, told by the same function, say the same.
func sameWords(a, b []told) bool {
	for i := range a {
		if a[i].text != b[i].text {
			return false
		}
	}
	return true
}

// tellRatings puts what stands in a form about quality into words.
func tellRatings(v fieldwork.ContactView, f *form) []told {
	var list []told
	for _, c := range v.Round.Design.CriteriaFor(v.Contact.Channel) {
		name := string(c.Code)
		list = append(list, told{c.Title, survey.LevelCode(f.text(name)).Title(), []string{name}})
	}
	return list
}

// tellRest puts the fields that end both forms into words.
func tellRest(f *form) []told {
	suspected := "nej"
	if f.checked("suspected") {
		suspected = "ja"
	}
	if why := f.text("suspected_why"); why != "" {
		suspected += ": " + why
	}
	return []told{
		{"Anteckning", f.text("note"), []string{"note"}},
		{"Misstänkt upptäckt", suspected, []string{"suspected", "suspected_why"}},
	}
}

// tellBoxes lists the boxes that are ticked.
func tellBoxes(title string, list []box) told {
	row := told{field: title}
	var ticked []string
	for _, b := range list {
		row.names = append(row.names, b.Name)
		if b.Checked {
			ticked = append(ticked, lowerFirst(b.Label))
		}
	}
	row.text = strings.Join(ticked, ", ")
	return row
}
