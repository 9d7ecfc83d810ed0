package export

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// testdata/hultsfred is a published result rebuilt as import files: 240
// invented contacts from which exactly the published figures come out.

func day(year int, month time.Month, d int) officehours.Date {
	return officehours.Date{Year: year, Month: month, Day: d}
}

// later is after everything in the files.
var later = day(2027, time.January, 1).At(12, 0)

func newRound(t testing.TB, code string, from, to officehours.Date) survey.Round {
	t.Helper()
	r, err := survey.NewRound(code, survey.FieldPeriod{From: from, To: to})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// hultsfred is the round of the files, with its participant and questions.
func hultsfred(t testing.TB) survey.Setup {
	t.Helper()
	s := survey.Setup{Round: newRound(t, "2019", day(2019, time.October, 21), day(2019, time.November, 22))}
	var err error
	if s.Participants, err = ReadParticipants(file(t, "participants.csv"), "participants.csv",
		survey.BundledMunicipalities(), s); err != nil {
		t.Fatal(err)
	}
	if s.Round.Design.Questions, err = ReadQuestions(file(t, "questions.csv"), "questions.csv",
		s.Round.Design); err != nil {
		t.Fatal(err)
	}
	if s.Evaluators, err = ReadEvaluators(file(t, "evaluators.csv"), "evaluators.csv", s); err != nil {
		t.Fatal(err)
	}
	return s
}

func file(t testing.TB, name string) *bytes.Reader {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "hultsfred", name))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(data)
}

// round2026 is a round of this year with three participants, two evaluators
// and the bundled questions.
func round2026(t testing.TB) survey.Setup {
	t.Helper()
	s := survey.Setup{Round: newRound(t, "2026", day(2026, time.October, 19), day(2026, time.November, 20))}
	for _, m := range survey.BundledMunicipalities() {
		if slices.Contains([]string{"0305", "0860", "1492"}, m.Code) {
			s.Participants = append(s.Participants, survey.Participant{
				Municipality: m, Phone: "+46701740605", Email: "kommun" + m.Code + "@example.se",
			})
		}
	}
	for _, email := range []string{"bo@example.se", "maja@example.se"} {
		s.Evaluators = append(s.Evaluators, survey.Evaluator{Email: email, Name: "Bedömare", CallsPerDay: 40,
			EmailsPerDay: 40})
	}
	return s
}

// stream gives contacts as a store does.
func stream(cs []survey.Contact) results.Contacts {
	return func(yield func(survey.Contact, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// text is a file made of lines.
func text(lines ...string) *strings.Reader {
	return strings.NewReader(strings.Join(lines, "\n") + "\n")
}
