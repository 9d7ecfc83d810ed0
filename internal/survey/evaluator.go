package survey

import (
	"slices"
	"time"

	"servicematning/internal/officehours"
)

// Evaluator is somebody who makes contacts in one round. The e-mail address is
// the key: it joins the evaluator to an account and to the contacts.
type Evaluator struct {
	Email        string // lower case
	Name         string
	From, To     officehours.Date   // zero: the whole period
	CallsPerDay  int                // never planned above
	EmailsPerDay int                // never planned above
	Absent       []officehours.Date // days off inside From–To
	Days         []time.Weekday     // working weekdays; empty: Monday to Friday
	Hours        officehours.Hours  // own working hours of a day; zero: the round's calendar
}

// WorkingHours gives the clock times between which the evaluator works on a
// day when the round's calendar is open from day.Opens to day.Closes.
func (e Evaluator) WorkingHours(day officehours.Hours) officehours.Hours {
	return within(day, e.Hours)
}

// Works reports whether the evaluator is at work on the day, as far as the
// evaluator's own dates, weekdays and absences tell (not the round's calendar).
func (e Evaluator) Works(d officehours.Date) bool {
	if !e.From.IsZero() && d.Before(e.From) || !e.To.IsZero() && d.After(e.To) {
		return false
	}
	if slices.Contains(e.Absent, d) {
		return false
	}
	if len(e.Days) == 0 {
		return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	}
	return slices.Contains(e.Days, d.Weekday())
}

// Capacity is the most contacts of the channel per day.
func (e Evaluator) Capacity(ch Channel) int {
	if ch == Phone {
		return e.CallsPerDay
	}
	return e.EmailsPerDay
}

// Assignment lets an evaluator take an area, in all municipalities or in one.
type Assignment struct {
	Area         QuestionArea
	Evaluator    string // e-mail address
	Municipality string // code; "" means all
}

// Setup is everything a round is planned from.
type Setup struct {
	Round        Round
	Participants []Participant // by municipality code
	Evaluators   []Evaluator   // by e-mail address
	Assignments  []Assignment  // by area, evaluator, municipality
}

// Participant finds a participant by municipality code.
func (s Setup) Participant(code string) (Participant, bool) {
	for i := range s.Participants { // they are large, and a page looks up dozens
		if s.Participants[i].Code == code {
			return s.Participants[i], true
		}
	}
	return Participant{}, false
}

// Evaluator finds an evaluator by e-mail address.
func (s Setup) Evaluator(email string) (Evaluator, bool) {
	i := slices.IndexFunc(s.Evaluators, func(e Evaluator) bool { return e.Email == email })
	if i < 0 {
		return Evaluator{}, false
	}
	return s.Evaluators[i], true
}

// Wanted is every cell that contacts are asked for in: not those of withdrawn
// questions, nor those of municipalities that leave.
func (s Setup) Wanted() map[Cell]bool {
	asked := s.Round.Design.Asked()
	cells := make(map[Cell]bool, len(s.Participants)*len(asked)*len(Channels))
	for _, p := range s.Participants {
		if !p.Left.IsZero() {
			continue
		}
		for _, q := range asked {
			for _, ch := range Channels {
				cells[Cell{p.Code, q.Code, ch}] = true
			}
		}
	}
	return cells
}
