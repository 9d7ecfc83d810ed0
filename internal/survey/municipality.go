package survey

import "servicematning/internal/officehours"

// Municipality is one of Sweden's 290, as reference data: the newest known
// facts, copied into a Participant when a round takes it in.
type Municipality struct {
	Code         string // SCB's four digits, "0305"
	Name         string
	CountyCode   string // SCB's two digits, "03"
	County       string
	Population   int
	SKRGroupCode string // "A2"
	SKRGroup     string
	SizeClass    string // Kolada's class, "20000-29999"
}

// Participant is a municipality in one round. Its embedded facts are those of
// that round's year, not today's.
type Participant struct {
	Municipality
	Phone string            // the main number, as dialled: "+46701740605"
	Email string            // the official address
	Hours officehours.Hours // the main number's own opening hours; zero: the round's calendar
}

// ParticipantHours gives the clock times between which the participant can be
// phoned on a day when the round's calendar is open from opens to closes.
func (p Participant) ParticipantHours(day officehours.Hours) officehours.Hours {
	if p.Hours == (officehours.Hours{}) {
		return day
	}
	return officehours.Hours{Opens: max(day.Opens, p.Hours.Opens), Closes: min(day.Closes, p.Hours.Closes)}
}
