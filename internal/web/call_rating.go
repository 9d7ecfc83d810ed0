package web

import (
	"strconv"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// ratingGroup is one criterion to judge.
type ratingGroup struct {
	Name, Title, Error string
	Help               string // where the handbook says how it is judged, or ""
	Levels             []ratingLevel
}

// ratingLevel is a step of the scale, with what it looks like.
type ratingLevel struct {
	Value   survey.LevelCode
	Title   string
	Anchor  string
	Checked bool
}

// ratingGroups gives the criteria of the contact's channel. The question's own
// words for a good, fair or poor answer go before the criterion's general ones.
func ratingGroups(v fieldwork.ContactView, f *form) []ratingGroup {
	var groups []ratingGroup
	for _, criterion := range v.Round.Design.CriteriaFor(v.Contact.Channel) {
		name := string(criterion.Code)
		g := ratingGroup{
			Name: name, Title: criterion.Title, Error: f.Errors.On(name),
			Help: handbookURL(v.Round.Code, "bedomning", name),
		}
		for _, level := range criterion.Scale {
			anchor := level.Anchor
			if own := v.Question.Anchor(level.Code); criterion.Code == survey.Answer && own != "" {
				anchor = own
			}
			g.Levels = append(g.Levels, ratingLevel{
				Value: level.Code, Title: capital(level.Code.Title()), Anchor: anchor,
				Checked: f.text(name) == string(level.Code),
			})
		}
		groups = append(groups, g)
	}
	return groups
}

// inColumns puts the first two criteria beside the others.
func inColumns(groups []ratingGroup) [][]ratingGroup {
	half := min(2, len(groups))
	return [][]ratingGroup{groups[:half], groups[half:]}
}

// readRatings reads what was judged.
func readRatings(f *form) survey.Ratings {
	var r survey.Ratings
	for _, code := range criterionCodes {
		r.Set(code, survey.LevelCode(f.text(string(code))))
	}
	return r
}

// writeRatings fills the form with what is stored.
func writeRatings(f *form, r survey.Ratings) {
	for _, code := range criterionCodes {
		f.set(string(code), string(r.Of(code)))
	}
}

var criterionCodes = []survey.CriterionCode{survey.Answer, survey.Information, survey.Interest, survey.Treatment}

// box is one of several things that may have been said or given.
type box struct {
	Name, Label string
	Checked     bool
}

// Command is the keyboard command that ticks the box: by its place.
func (b box) Command() string {
	for i := range max(len(greetingBits), len(senderBits)) {
		if i < len(greetingBits) && greetingBits[i].name == b.Name || i < len(senderBits) && senderBits[i].name == b.Name {
			return "box-" + strconv.Itoa(i+1)
		}
	}
	return ""
}

// bit is a box and what it stands for in a set.
type bit[T ~uint8] struct {
	in          T
	name, label string
}

var greetingBits = []bit[survey.Greeting]{
	{survey.SaidMunicipality, "said_municipality", "Kommunens namn"},
	{survey.SaidName, "said_name", "Eget namn"},
	{survey.SaidHello, "said_hello", "Hälsning"},
}

var senderBits = []bit[survey.Sender]{
	{survey.GaveName, "gave_name", "Namn"},
	{survey.GaveTitle, "gave_title", "Titel eller enhet"},
	{survey.GavePhone, "gave_phone", "Telefon"},
}

func boxes[T ~uint8](f *form, bits []bit[T]) []box {
	var list []box
	for _, b := range bits {
		list = append(list, box{b.name, b.label, f.checked(b.name)})
	}
	return list
}

func readBits[T ~uint8](f *form, bits []bit[T]) (set T) {
	for _, b := range bits {
		if f.checked(b.name) {
			set |= b.in
		}
	}
	return set
}

func writeBits[T ~uint8](f *form, bits []bit[T], set T) {
	for _, b := range bits {
		if set&b.in != 0 {
			f.set(b.name, "1")
		}
	}
}
