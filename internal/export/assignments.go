package export

import (
	"fmt"
	"io"
	"strings"

	"servicematning/internal/survey"
)

var assignmentColumns = columns{
	needed:   []string{"area", "evaluator"},
	optional: []string{"municipality"},
}

// ReadAssignments reads which areas the round's evaluators take, in the file's order.
func ReadAssignments(r io.Reader, name string, s survey.Setup) ([]survey.Assignment, error) {
	t, err := open(r, name, assignmentColumns)
	if err != nil {
		return nil, err
	}
	var out []survey.Assignment
	seen := lines[survey.Assignment]{}
	for row := range t.rows() {
		a := assignment(row, s)
		if first, again := seen.repeated(a, row.line); again && len(t.bad) == 0 {
			row.fail("evaluator", fmt.Sprintf("Tilldelningen står redan på rad %d. Ta bort den ena raden.", first))
		}
		out = append(out, a)
	}
	return all(t, out)
}

func assignment(r row, s survey.Setup) survey.Assignment {
	a := survey.Assignment{
		Area:         area(r, s.Round.Design),
		Evaluator:    strings.ToLower(r.need("evaluator", "Skriv bedömarens e-postadress.")),
		Municipality: r.text("municipality"),
	}
	if _, ok := s.Evaluator(a.Evaluator); !ok {
		r.fail("evaluator", "Bedömaren "+quoted(a.Evaluator)+" finns inte i omgången. "+
			"Rätta adressen, eller läs in bedömaren först.")
	}
	if _, ok := s.Participant(a.Municipality); !ok && a.Municipality != "" {
		r.fail("municipality", "Kommunen "+quoted(a.Municipality)+" deltar inte i omgången."+
			orElse(municipalityHint(a.Municipality), " Rätta koden, eller läs in kommunen som deltagare först."))
	}
	return a
}
