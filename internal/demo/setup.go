package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Team is the number of evaluators.
const Team = 40

var firstNames = strings.Fields(`Maja Karin Daniel Linnéa Petra Amir Tove Oskar Elin Fatima Jonas Åsa Stina Erik
	Hanna Björn Ida Mikael Sara Anders Lena Omar Frida Göran Ulla Nils Märta Pär Zahra Emil Agnes Viktor Örjan Klara
	Hugo Ebba Samir Wilma Torsten Ylva`)

var lastNames = strings.Fields(`Lindqvist Åkesson Ahlgren Dahl Ek Haddad Hedlund Nyström Sjöberg Warsame Ödman Öberg
	Björk Söderlund Wallin Ström Holm Lundgren Nordin Bergström Falk Aziz Engström Blom Sandberg Hallgren Lind Åberg
	Hosseini Forsman Ljung Öhman Granqvist Norberg Sundin Tall Kassem Rydell Vik Zetterlund`)

// Evaluators makes a team: most work full time, every fifth part time, and a
// few are away some days. They work Monday to Friday, and on the weekdays that
// are named besides.
func Evaluators(period survey.FieldPeriod, besides ...time.Weekday) []survey.Evaluator {
	team := make([]survey.Evaluator, Team)
	for i := range team {
		name := firstNames[i] + " " + lastNames[i]
		e := survey.Evaluator{
			Email: ascii(firstNames[i]+"."+lastNames[i]) + "@example.se", Name: name,
			CallsPerDay: 45, EmailsPerDay: 45,
		}
		if len(besides) > 0 {
			e.Days = append(
				[]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
				besides...)
		}
		if i%5 == 4 {
			e.CallsPerDay, e.EmailsPerDay = 40, 40
		}
		if i%13 == 6 {
			e.Absent = []officehours.Date{period.From.AddDays(9), period.From.AddDays(10)}
		}
		team[i] = e
	}
	return team
}

// Assignments gives every area to evaluators in turn, so that each area has
// twelve and each evaluator three areas.
func Assignments(areas []survey.QuestionArea, team []survey.Evaluator) []survey.Assignment {
	var as []survey.Assignment
	for i, e := range team {
		for k := range 3 {
			area := areas[(i+k*3)%len(areas)]
			as = append(as, survey.Assignment{Area: area, Evaluator: e.Email})
		}
	}
	return as
}

// Participants takes the municipalities into a round, with telephone numbers
// reserved for fiction and addresses that lead nowhere.
func Participants(ms []survey.Municipality) []survey.Participant {
	ps := make([]survey.Participant, len(ms))
	for i, m := range ms {
		ps[i] = survey.Participant{
			Municipality: m,
			Phone:        fmt.Sprintf("+467017406%02d", 5+i%95),
			Email:        fmt.Sprintf("%s.kommun@example.se", ascii(m.Name)),
		}
		if i%11 == 3 {
			ps[i].Hours = officehours.Hours{Opens: 8 * 60, Closes: 16 * 60}
		}
	}
	return ps
}

// SomeOf picks about half of the municipalities, always with the named ones,
// as those that took part in an earlier year.
func SomeOf(ms []survey.Municipality, seed uint64, always ...string) []survey.Municipality {
	rng := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // a repeatable demonstration, nothing secret
	var out []survey.Municipality
	for _, m := range ms {
		in := rng.Float64() < 0.5
		for _, code := range always {
			in = in || m.Code == code
		}
		if in {
			out = append(out, m)
		}
	}
	return out
}

// ascii spells a name for an e-mail address: "Malung-Sälen" is "malung-salen".
func ascii(name string) string {
	return strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e", " ", "-").Replace(strings.ToLower(name))
}
