package web

import (
	"fmt"
	"strconv"
	"strings"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// roundEvent is something that was done, perhaps several times in a row.
type roundEvent struct {
	At   string
	Who  string
	What string
}

// eventWords says in Swedish what each action in the history is. Those with
// %s name the thing.
var eventWords = map[string]string{
	"round.create": "Omgången skapades", "round.basics": "Period och benämning ändrades",
	"round.design": "Upplägget ändrades",
	"round.areas":  "Frågeområdena ändrades", "round.start": "Fältarbetet startades",
	"round.review": "Fältarbetet avslutades",
	"round.close":  "Omgången stängdes", "round.publish": "Publiceringen ändrades",
	"round.reopen":  "Omgången öppnades igen",
	"question.save": "Frågan %s sparades", "question.remove": "Frågan %s togs bort",
	"questions.import": "Frågebanken lästes in",
	"calendar.hours":   "Öppettiderna ändrades", "calendar.day": "Kalenderdagen %s ändrades",
	"participants.save": "Kommuner lades till eller ändrades", "participant.save": "Kommunen %s ändrades",
	"participant.remove": "Kommunen %s togs bort",
	"evaluators.save":    "Bedömare lades till eller ändrades", "evaluator.remove": "En bedömare togs bort",
	"evaluator.absence": "En bedömares frånvaro ändrades",
	"assignments.save":  "Tilldelningen ändrades", "assignments.import": "Tilldelningar lästes in",
	"question.withdraw": "Frågan %s drogs tillbaka", "question.restore": "Frågan %s ställs igen",
	"plan.propose": "Ny plan föreslogs: %s", "plan.apply": "Ny plan infördes: %s", "plan.undo": "Planen ångrades: %s",
	"plan.drop": "Ett förslag till plan kastades",
	"plan.make": "Planen gjordes", "contacts.import": "%s kontakter lästes in",
	"call.report": "Ett samtal bedömdes", "call.undo": "En tidsstämpel ångrades",
	"email.sent": "Ett e-brev markerades som skickat", "email.unsent": "Ett skickat e-brev ångrades",
	"email.reply": "Ett e-postsvar bedömdes", "email.settle": "Obesvarade e-brev avslutades",
	"contact.approve": "En kontakt godkändes", "contact.return": "En kontakt återlämnades",
	"contact.void": "En kontakt makulerades", "contact.takeover": "En kontakt togs över från %s",
	"practice.save": "Övningskontakten %s sparades", "practice.order": "Övningskontakternas ordning ändrades",
	"practice.retire": "En övningskontakt används inte längre", "practice.restore": "En övningskontakt används igen",
	"practice.package": "Övningspaketet lades in", "practice.rules": "Reglerna för övning ändrades",
	"practice.answer": "En övningskontakt besvarades", "practice.reset": "Övningen öppnades på nytt: %s",
	"waiver.save": "Ett undantag skrevs", "waiver.remove": "Ett undantag togs bort",
}

// eventText gives an event in words; what is not known stands as it is.
func eventText(e survey.Event) string {
	words, known := eventWords[e.Action]
	switch {
	case known && strings.Contains(words, "%s"):
		return fmt.Sprintf(words, detailText(e.Detail, words))
	case known:
		return words
	case strings.HasPrefix(e.Action, "call."):
		return "Ett samtal stämplades"
	}
	return strings.TrimSpace(e.Action + " " + e.Detail)
}

// detailText writes what an event names: a number of things, a day, or a code.
func detailText(detail, words string) string {
	if n, err := strconv.Atoi(detail); err == nil && strings.HasPrefix(words, "%s") {
		return number(n)
	}
	if d, err := officehours.ParseDate(detail); err == nil {
		return survey.DateText(d)
	}
	return detail
}

// roundEvents gives the newest events, the like ones by the same person in a
// row as one: an afternoon of calls would hide everything else.
func roundEvents(events []survey.Event, most int) []roundEvent {
	var rows []roundEvent
	last, times := roundEvent{}, 0
	for _, e := range events {
		row := roundEvent{At: survey.MomentText(e.At), Who: actorText(e.By), What: eventText(e)}
		if len(rows) > 0 && row.Who == last.Who && row.What == last.What {
			times++
			rows[len(rows)-1].What = fmt.Sprintf("%s, %d gånger", row.What, times)
			continue
		}
		if len(rows) == most {
			break
		}
		last, times = row, 1
		rows = append(rows, row)
	}
	return rows
}

// actorText is who did it, as the history names people.
func actorText(by string) string {
	if by == survey.CommandLine.Email {
		return survey.RoleSystem.Title()
	}
	return by
}
