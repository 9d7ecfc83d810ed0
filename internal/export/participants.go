package export

import (
	"fmt"
	"io"
	"math"

	"servicematning/internal/survey"
)

var participantColumns = columns{
	needed:   []string{"municipality", "phone", "email"},
	optional: []string{"opens", "closes", "joined", "left", "population", "size_class"},
}

// ReadParticipants reads the municipalities that take part in a round, in the
// file's order. Facts that the file does not give come from the reference
// data known, or else from the round's own participant.
func ReadParticipants(
	r io.Reader, name string, known []survey.Municipality, s survey.Setup,
) ([]survey.Participant, error) {
	t, err := open(r, name, participantColumns)
	if err != nil {
		return nil, err
	}
	facts := make(map[string]survey.Municipality, len(known))
	for _, p := range s.Participants {
		facts[p.Code] = p.Municipality
	}
	for _, m := range known {
		facts[m.Code] = m
	}
	var out []survey.Participant
	seen := lines[string]{}
	for row := range t.rows() {
		p := participant(row, facts)
		code := row.text("municipality")
		if first, again := seen.repeated(code, row.line); again && code != "" {
			row.fail("municipality", fmt.Sprintf("Kommunen %s står redan på rad %d. Ta bort den ena raden.", short(code), first))
		}
		out = append(out, p)
	}
	return all(t, out)
}

func participant(r row, facts map[string]survey.Municipality) survey.Participant {
	code := r.need("municipality", "Skriv kommunkoden, till exempel 0305.")
	m, ok := facts[code]
	if !ok {
		r.fail("municipality", "Kommunen "+quoted(code)+" finns inte i kommunregistret."+
			orElse(municipalityHint(code), " Rätta koden, eller läs in kommunen först."))
	}
	if r.text("population") != "" {
		m.Population = r.number("population", 1, math.MaxInt32)
	}
	if class := r.text("size_class"); class != "" {
		checkSizeClass(r, class)
		m.SizeClass = class
	}
	p := survey.Participant{
		Municipality: m, Email: r.text("email"), Hours: hours(r, "Öppningstiden", "Stängningstiden"),
		Joined: r.date("joined"), Left: r.date("left"),
	}
	p.Phone, _ = survey.NormalPhone(r.text("phone"))
	r.failAll(p.Check())
	return p
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
