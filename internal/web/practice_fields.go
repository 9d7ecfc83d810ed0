package web

import (
	"regexp"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// judgementFields are the controls that a judgement is made with, the same as
// on the pages of real contacts.
type judgementFields struct {
	Outcomes     []outcomeChoice // of a call
	OutcomeError string
	BoxesTitle   string
	BoxesHint    string
	Boxes        []box
	Ratings      [][]ratingGroup
}

func newJudgementFields(d survey.Design, ch survey.Channel, q survey.Question, f *form) judgementFields {
	view := fieldwork.ContactView{
		Round: survey.Round{Design: d}, Contact: survey.Contact{Channel: ch}, Question: q,
	}
	fields := judgementFields{
		BoxesTitle: "Avsändaruppgifter", BoxesHint: "Det som står i svaret.", Boxes: boxes(f, senderBits),
		Ratings: inColumns(ratingGroups(view, f)),
	}
	if ch != survey.Phone {
		return fields
	}
	fields.BoxesTitle, fields.BoxesHint = "Hälsningsfras vid svar", "Det som sades när huvudnumret svarade."
	fields.Boxes, fields.OutcomeError = boxes(f, greetingBits), f.Errors.On("outcome")
	for _, rule := range survey.Outcomes {
		if rule.Outcome != survey.Fault { // which is the evaluator's own
			fields.Outcomes = append(fields.Outcomes, outcomeChoice{
				Value: rule.Outcome, Title: rule.Title, Checked: f.text("outcome") == string(rule.Outcome),
			})
		}
	}
	return fields
}

// readJudgement reads what was judged.
func readJudgement(f *form) survey.Judgement {
	j := survey.Judgement{
		Outcome: survey.Outcome(f.text("outcome")), Greeting: readBits(f, greetingBits), Sender: readBits(f, senderBits),
	}
	if j.Outcome == "" || j.Outcome == survey.Reached {
		j.Ratings = readRatings(f) // radio buttons cannot be taken back: others than these do not count
	}
	return j
}

// writeJudgement fills the form with a judgement.
func writeJudgement(f *form, j survey.Judgement) {
	f.set("outcome", string(j.Outcome))
	writeBits(f, greetingBits, j.Greeting)
	writeBits(f, senderBits, j.Sender)
	writeRatings(f, j.Ratings)
}

// verdictRow is one point: what was judged, what the key says, and why.
type verdictRow struct {
	Title, Own, Key, Reason string
	Verdict                 survey.Side
	Side                    badge
	Help                    string // where the handbook says how it is judged
}

// Lower is the point inside a sentence.
func (r verdictRow) Lower() string { return lowerFirst(r.Title) }

func verdictRows(d survey.Design, p survey.PracticeContact, given survey.Judgement) []verdictRow {
	var rows []verdictRow
	for _, v := range p.Compare(d, given) {
		rows = append(rows, verdictRow{
			Title: v.Point.Title(d, p.Channel), Own: pointText(v.Point, given), Key: pointText(v.Point, p.Key),
			Reason: p.Reasons[v.Point], Verdict: v.Side, Side: sideBadge(v.Side), Help: pointHelp(v.Point),
		})
	}
	return rows
}

// pointText puts what a judgement says on one point into words.
func pointText(point survey.PracticePoint, j survey.Judgement) string {
	switch point {
	case survey.OutcomePoint:
		return shortOutcome(j.Outcome)
	case survey.GreetingPoint:
		return bitText(greetingBits, j.Greeting)
	case survey.SenderPoint:
		return bitText(senderBits, j.Sender)
	}
	if level := j.Ratings.Of(survey.CriterionCode(point)); level != "" {
		return capital(level.Title())
	}
	return "inte bedömt"
}

func bitText[T ~uint8](bits []bit[T], set T) string {
	var in []string
	for _, b := range bits {
		if set&b.in != 0 {
			in = append(in, lowerFirst(b.label))
		}
	}
	if len(in) == 0 {
		return "Inget"
	}
	return capital(listText(in))
}

// sideBadge is a word with a shape and a colour for where a judgement stands
// beside the key.
func sideBadge(side survey.Side) badge {
	switch side {
	case survey.SameAsKey:
		return badge{"ok", "som facit"}
	case survey.Milder:
		return badge{"warn", "mildare"}
	case survey.Stricter:
		return badge{"warn", "strängare"}
	case survey.OtherSide:
	}
	return badge{"late", "annat"}
}

// pointHelp is where the handbook says how a point is judged.
func pointHelp(point survey.PracticePoint) string {
	switch point {
	case survey.OutcomePoint:
		return "/handbok/utfall"
	case survey.GreetingPoint:
		return "/handbok/bedomning#halsning"
	case survey.SenderPoint:
		return "/handbok/bedomning#avsandare"
	}
	return "/handbok/bedomning#" + string(point)
}

// storyLine is a line of what is told: at a time from dialling, or without one.
type storyLine struct{ At, Text string }

var storyTime = regexp.MustCompile(`^(\d{1,2}[.:]\d{2})\s+(.+)$`)

// storyLines takes the times at the beginning of lines apart from the text.
func storyLines(story string) []storyLine {
	var list []storyLine
	for line := range strings.Lines(story) {
		line = strings.TrimSpace(line)
		if m := storyTime.FindStringSubmatch(line); m != nil {
			list = append(list, storyLine{strings.Replace(m[1], ":", ".", 1), m[2]})
		} else if line != "" {
			list = append(list, storyLine{"", line})
		}
	}
	return list
}
