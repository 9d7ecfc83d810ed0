package web

import (
	"fmt"
	"math"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// How progress is put in words.

// progressLead is the whole page in a sentence or two.
func progressLead(p fieldwork.Progress) string {
	r, all := p.Setup.Round, p.All
	switch {
	case all.Planned == 0:
		return "Det finns inga kontakter ännu."
	case r.Stage == survey.Draft:
		return fmt.Sprintf("Fältarbetet har inte börjat. %s %s, %s.",
			contactsText(all.Planned), plural(all.Planned, "är planerad", "är planerade"), periodText(r.Period))
	case r.Stage != survey.Fieldwork:
		return fmt.Sprintf("Fältarbetet är slut: %s av %s är gjorda.", number(all.Made), contactsText(all.Planned))
	case p.Forecast.Verdict == schedule.AllMade:
		return "Alla kontakter är gjorda. " + awaitingText(p)
	case p.Day == 0:
		return "Mätperioden börjar " + survey.DayText(r.Period.From) + "."
	}
	return phaseText(p) + " " + finishText(p)
}

func awaitingText(p fieldwork.Progress) string {
	if p.Awaiting == 0 {
		return "Inget e-brev väntar på svar."
	}
	return number(p.Awaiting) + " e-brev väntar på svar."
}

// phaseText says how many contacts the fieldwork is off the plan, and what
// that is in days.
func phaseText(p fieldwork.Progress) string {
	off, way := p.All.Behind(), "efter"
	if off < 0 {
		off, way = -off, "före"
	}
	if off == 0 || p.Of == 0 {
		return "Fältarbetet följer planen."
	}
	return fmt.Sprintf("Fältarbetet ligger %s %s planen, %s.", contactsText(off), way, dayPart(math.Abs(daysOff(p))))
}

// daysOff is how many working days of the plan the fieldwork is behind.
func daysOff(p fieldwork.Progress) float64 {
	return float64(p.All.Behind()) / (float64(p.All.Planned) / float64(p.Of))
}

// smallPart of a working day is nothing to warn of.
const smallPart = 0.2

// dayPart says how long a part of a working day, or how many of them.
func dayPart(days float64) string {
	switch {
	case days < smallPart:
		return "en liten del av en dag"
	case days < 0.45:
		return "lite mindre än en halv dag"
	case days <= 0.55:
		return "en halv dag"
	case days < 0.9:
		return "lite mer än en halv dag"
	case days < 1.25:
		return "ungefär en dag"
	case days < 1.75:
		return "ungefär en och en halv dag"
	}
	return "ungefär " + countWord(int(math.Round(days))) + " dagar"
}

// countWord writes small numbers as words, as running text does.
func countWord(n int) string {
	words := []string{"noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return number(n)
}

// finishText says when the fieldwork will be done.
func finishText(p fieldwork.Progress) string {
	f := p.Forecast
	switch {
	case f.Verdict == schedule.TooEarly:
		return "Det är för tidigt att säga när det blir klart."
	case f.Verdict == schedule.NoPace:
		return "I dagens takt blir det inte klart."
	case p.DaysLate == 1:
		return "I dagens takt blir det klart en arbetsdag för sent."
	case p.DaysLate > 1:
		return "I dagens takt blir det klart " + countWord(p.DaysLate) + " arbetsdagar för sent."
	case f.Late.After(p.Setup.Round.Period.To) || f.Late.IsZero():
		return "I dagens takt blir det klart i tid, men det är osäkert."
	}
	return "I dagens takt blir det klart i tid."
}

// paceText compares the pace with what it would have to be.
func paceText(p fieldwork.Progress) string {
	if p.Setup.Round.Stage != survey.Fieldwork || p.Forecast.Verdict == schedule.AllMade || p.Needed == 0 {
		return ""
	}
	needed := "Det krävs " + contactsText(int(math.Ceil(p.Needed))) + " per dag för att hinna"
	if p.Forecast.Days == 0 {
		return needed + "."
	}
	return fmt.Sprintf("%s; takten är %s.", needed, number(int(math.Round(p.Forecast.PerDay))))
}

// progressTile is one lead figure.
type progressTile struct {
	Title, Value, Of string
	Lines            []string
	State            badge
	Bar              *barPart
}

// progressTiles are the figures at the top of the page.
func progressTiles(p fieldwork.Progress) []progressTile {
	all, behind := p.All, badge{"ok", "i fas"}
	switch n := all.Behind(); {
	case n > 0 && daysOff(p) >= smallPart:
		behind = badge{"warn", number(n) + " efter"}
	case n > 0:
		behind = badge{"", number(n) + " efter"}
	case n < 0:
		behind = badge{"ok", number(-n) + " före"}
	}
	made := planTile("Gjorda kontakter", all.Tally)
	if all.Planned > 0 {
		made.Lines = []string{percent(float64(all.Made)/float64(all.Planned)) + ", planen " +
			percent(float64(all.Expected)/float64(all.Planned))}
	}
	wait := progressTile{Title: "Väntar på svar", Value: number(p.Awaiting),
		Lines: []string{number(p.PastCutoff) + " efter stoppgränsen"}}
	return []progressTile{
		made,
		{Title: "Väntat till nu", Value: number(all.Expected), State: behind},
		planTile("Samtal", all.ByChannel[survey.Phone]),
		planTile("E-brev skickade", all.ByChannel[survey.Email]),
		wait,
		finishTile(p),
	}
}

// planTile is a figure out of what is planned, with a bar.
func planTile(title string, t fieldwork.Tally) progressTile {
	bar := tick(t.Expected, newBar(t.Made, t.Planned))
	tile := progressTile{Title: title, Value: number(t.Made), Of: "av " + number(t.Planned), Bar: &bar}
	switch n := t.Behind(); {
	case n > 0:
		tile.Lines = []string{number(n) + " efter"}
	case n < 0:
		tile.Lines = []string{number(-n) + " före"}
	default:
		tile.Lines = []string{"i fas"}
	}
	return tile
}

// finishTile is the day on which all will be made at the present pace.
func finishTile(p fieldwork.Progress) progressTile {
	t, f := progressTile{Title: "Klart i dagens takt", Value: "–"}, p.Forecast
	if p.Setup.Round.Stage != survey.Fieldwork && p.Setup.Round.Stage != survey.Draft {
		t.Title, t.Lines = "Klart", []string{"fältarbetet är slut"}
		return t
	}
	switch f.Verdict {
	case schedule.AllMade:
		t.Value, t.Lines = "klart", []string{"allt är gjort"}
	case schedule.TooEarly, schedule.NoPlanYet:
		t.Lines = []string{fmt.Sprintf("för tidigt att säga: %d av minst 3 hela dagar", f.Days)}
	case schedule.NoPace:
		t.Lines = []string{"inte inom ett år"}
	case schedule.Foreseen:
		t.Value = survey.DayText(f.Finish)
		t.Lines = []string{"95 %: " + survey.DayText(f.Early) + " – " + survey.DayText(f.Late)}
		if f.Late.IsZero() {
			t.Lines = []string{"95 %: tidigast " + survey.DayText(f.Early), "takten är för ojämn för en bortre dag"}
		}
	}
	return t
}

// stillRow is one thing that stands still.
type stillRow struct {
	Name, URL, Count, Why string
	Since                 badge
}

// longStill is how many days a standstill may last before it is marked as late.
const longStill = 4

func (l progressLinks) stillRows(p fieldwork.Progress) []stillRow {
	var rows []stillRow
	for _, s := range p.Still {
		row := stillRow{
			Name: s.Name, Why: capital(s.Why), Count: stillCount(s),
			Since: badge{"warn", "sedan " + survey.DayText(s.Since)},
		}
		if s.Since.DaysUntil(officehours.DateOf(p.At)) >= longStill {
			row.Since.Kind = "late"
		}
		switch s.Kind {
		case fieldwork.StillArea:
			row.URL = l.contacts("omrade", s.Key, "lage", string(survey.Planned))
		case fieldwork.StillMunicipality:
			row.URL = l.contacts("kommun", s.Key, "lage", string(survey.Planned))
		case fieldwork.StillEvaluator:
			row.URL = l.contacts("bedomare", s.Key, "lage", string(survey.Planned))
		case fieldwork.StillBounced:
			row.URL = l.contacts("kommun", s.Key, "kanal", string(survey.Email), "lage", "live")
		case fieldwork.StillAgreed:
			row.URL = l.contacts("bedomare", s.Key, "lage", string(survey.Begun), "kanal", string(survey.Phone))
			row.Since = badge{"warn", "avtalat " + survey.DayText(s.Since)}
		case fieldwork.StillReturned:
			row.URL = l.contacts("lage", string(survey.Returned))
		}
		rows = append(rows, row)
	}
	return rows
}

// stillCount says how much stands still.
func stillCount(s fieldwork.Standstill) string {
	untouched := ""
	switch s.Kind {
	case fieldwork.StillArea, fieldwork.StillMunicipality, fieldwork.StillEvaluator:
		untouched = " utan försök"
	case fieldwork.StillBounced, fieldwork.StillReturned, fieldwork.StillAgreed:
	}
	switch {
	case s.Emails == 0:
		return number(s.Calls) + " samtal" + untouched
	case s.Calls == 0:
		return number(s.Emails) + " e-brev"
	}
	return fmt.Sprintf("%s samtal, %s e-brev", number(s.Calls), number(s.Emails))
}
