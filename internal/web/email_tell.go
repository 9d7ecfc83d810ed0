package web

import (
	"slices"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// tellReply puts what stands in a form into words, by its step.
func tellReply(v fieldwork.ContactView, f *form) []told {
	var list []told
	switch mailStepOf(f) {
	case firstStep:
		list = append(list, told{"Slag av svar", survey.LetterKind(f.text("kind")).Title(), []string{"kind"}},
			tellInstant(f, "came", "Svaret kom"), tellText(f, "text", "Text"),
			told{"Komplett i samma brev", yesNo(f.checked("same")), []string{"same"}})
	case completeStep:
		list = append(list, tellInstant(f, "came", "Det kompletta svaret kom"), tellText(f, "text", "Text"))
	case correctStep:
		for _, r := range replyInstants {
			list = append(list, tellInstant(f, r.name, r.title))
		}
		list = append(list, told{"Komplett i samma brev", yesNo(f.checked("same")), []string{"same"}})
		for _, k := range replyTexts {
			list = append(list, tellText(f, textField(k), k.Title()+", text"))
		}
	}
	list = append(list, tellBoxes("Avsändaruppgifter", boxes(f, senderBits)))
	list = append(list, tellRatings(v, f)...)
	return append(list, tellRest(f)...)
}

func tellInstant(f *form, name, title string) told {
	text := strings.TrimSpace(f.text(name+"_day") + " " + f.text(name+"_clock"))
	return told{title, text, []string{name + "_day", name + "_clock"}}
}

// tellText tells a letter as it is kept: that is what is compared and drafted.
func tellText(f *form, name, title string) told {
	return told{title, survey.KeptText(f.text(name)), []string{name}}
}

// keptReply is the text of a field as a draft may keep it: letters are masked
// before they are stored anywhere.
func keptReply(name, text string) string {
	letter := func(k survey.ReplyKind) bool { return name == textField(k) }
	if name == "text" || slices.ContainsFunc(replyTexts, letter) {
		return survey.KeptText(text)
	}
	return text
}

// replyURL is where the form of a step is shown.
func replyURL(v fieldwork.ContactView, f *form) string {
	if mailStepOf(f) == correctStep && stepInHand(v.Contact, false) != correctStep {
		return contactURL(v.Contact) + "?ratta=1"
	}
	return contactURL(v.Contact)
}

func yesNo(yes bool) string {
	if yes {
		return "ja"
	}
	return "nej"
}
