package export

import (
	"fmt"
	"io"
	"strings"

	"servicematning/internal/survey"
)

var questionColumns = columns{
	needed:   []string{"area", "question", "phone_text", "email_subject", "email_text", "answer_key"},
	optional: []string{"anchor_good", "anchor_fair", "anchor_poor"},
}

// ReadQuestions reads a question bank that is to replace the design's, in the
// design's order.
func ReadQuestions(r io.Reader, name string, d survey.Design) ([]survey.Question, error) {
	t, err := open(r, name, questionColumns)
	if err != nil {
		return nil, err
	}
	d.Questions = nil
	seen := lines[string]{}
	for row := range t.rows() {
		q := question(row, d)
		if first, again := seen.repeated(q.Code, row.line); again && q.Code != "" {
			row.fail("question", fmt.Sprintf("Koden %s står redan på rad %d. Välj en annan.", short(q.Code), first))
		}
		d.Questions = append(d.Questions, q)
	}
	d.SortQuestions()
	return all(t, d.Questions)
}

func question(r row, d survey.Design) survey.Question {
	q := survey.Question{
		Area:         area(r, d),
		Code:         r.text("question"),
		PhoneText:    r.text("phone_text"),
		EmailSubject: r.text("email_subject"),
		EmailText:    r.text("email_text"),
		AnswerKey:    r.text("answer_key"),
		AnchorGood:   r.text("anchor_good"),
		AnchorFair:   r.text("anchor_fair"),
		AnchorPoor:   r.text("anchor_poor"),
	}
	r.oneLine("email_subject")
	r.longest("email_subject", 200)
	for _, column := range []string{
		"phone_text", "email_text", "answer_key", "anchor_good", "anchor_fair", "anchor_poor",
	} {
		r.longest(column, 4000)
	}
	alone := d
	alone.Questions = nil // repeated codes are told by line
	r.failAll(q.Check(alone, ""))
	return q
}

// area is one of the round's areas, written in any case.
func area(r row, d survey.Design) survey.QuestionArea {
	s := r.need("area", "Skriv frågeområdets namn.")
	a, ok := d.Area(s)
	if !ok {
		names := make([]string, len(d.Areas))
		for i, known := range d.Areas {
			names[i] = string(known)
		}
		r.fail("area", "Frågeområdet "+quoted(s)+" finns inte i omgången. Områdena är "+strings.Join(names, ", ")+".")
	}
	return a
}
