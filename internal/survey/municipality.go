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
	// Joined is the first day on which contacts are made, for one that joins
	// late; Left the first on which none are, for one that leaves: what was
	// planned from then on is dropped. Zero: the whole period.
	Joined, Left officehours.Date
}

// TakesPart reports whether contacts are made with the participant on the day.
func (p Participant) TakesPart(d officehours.Date) bool {
	return !d.Before(p.Joined) && (p.Left.IsZero() || d.Before(p.Left))
}

// ParticipantHours gives the clock times between which the participant can be
// phoned on a day when the round's calendar is open from opens to closes.
func (p Participant) ParticipantHours(day officehours.Hours) officehours.Hours {
	return within(day, p.Hours)
}

// within cuts a day's hours to somebody's own, which are none when zero.
func within(day, own officehours.Hours) officehours.Hours {
	if own == (officehours.Hours{}) {
		return day
	}
	return officehours.Hours{Opens: max(day.Opens, own.Opens), Closes: min(day.Closes, own.Closes)}
}
