package survey

import (
	"slices"
	"time"
	"unicode/utf8"
)

// PracticeContact is a call or a reply told in words, for evaluators to judge
// before they see its key: what it should have been judged as, and why. It
// names neither the municipality nor anybody who works there.
type PracticeContact struct {
	ID       PracticeID
	Round    RoundID
	Position int // place among the round's, from 1
	Channel  Channel
	Question string // code
	Title    string
	Story    string // what is said, with times at the beginning of lines, or the reply's text
	Key      Judgement
	Reasons  Reasons
	Borrowed bool // made from a reviewed contact
	Retired  bool // no longer given to anybody; answers are kept
	Version  int  // counts saves; a stale save is ErrConflict
}

// Judgement is what is said about a call or a reply, apart from its times.
type Judgement struct {
	Outcome  Outcome  // of a call
	Greeting Greeting // of a call that was answered
	Sender   Sender   // of a reply
	Ratings  Ratings  // of a call that reached a handläggare, or a reply
}

// PracticeAnswer is what an evaluator said about a practice contact. It is
// given once: the key stands beside it from then on.
type PracticeAnswer struct {
	Practice PracticeID
	By       string // e-mail address
	Given    Judgement
	At       time.Time // UTC
}

// PracticePoint is one thing that a key settles: the outcome, what was said or
// given, or a criterion, whose code it is then.
type PracticePoint string

// The points that are no criteria.
const (
	OutcomePoint  PracticePoint = "outcome"
	GreetingPoint PracticePoint = "greeting"
	SenderPoint   PracticePoint = "sender"
)

// Reasons say, for each point of a key, why it is so.
type Reasons map[PracticePoint]string

// Criterion is the criterion that the point is about; ok is false for the
// points that are about none.
func (p PracticePoint) Criterion(d Design, ch Channel) (c Criterion, ok bool) {
	return d.Criterion(ch, CriterionCode(p))
}

// Title is the point's Swedish name.
func (p PracticePoint) Title(d Design, ch Channel) string {
	switch p {
	case OutcomePoint:
		return "Utfall"
	case GreetingPoint:
		return "Hälsningsfras"
	case SenderPoint:
		return "Avsändaruppgifter"
	}
	c, _ := p.Criterion(d, ch)
	return c.Title
}

// PracticePoints lists everything that can be judged in a channel.
func (d Design) PracticePoints(ch Channel) []PracticePoint {
	points := []PracticePoint{SenderPoint}
	if ch == Phone {
		points = []PracticePoint{OutcomePoint, GreetingPoint}
	}
	for _, c := range d.CriteriaFor(ch) {
		points = append(points, PracticePoint(c.Code))
	}
	return points
}

// Points lists what the key settles: of a call that reached nobody only its
// outcome, and the greeting if there was one.
func (p PracticeContact) Points(d Design) []PracticePoint {
	points := d.PracticePoints(p.Channel)
	if p.Channel != Phone || p.Key.Outcome == Reached {
		return points
	}
	if p.Key.Outcome.answered() {
		return points[:2]
	}
	return points[:1]
}

// answered reports whether somebody, or a voice, answered at the main number.
func (o Outcome) answered() bool { return o != Busy && o != NoAnswer }

// Side is where a judgement stands beside the key.
type Side string

// The sides. A greeting or sender data is milder when it has something that the
// key lacks, and stricter when it lacks something of the key's.
const (
	SameAsKey Side = "same"
	Milder    Side = "milder"
	Stricter  Side = "stricter"
	OtherSide Side = "other" // different, and neither milder nor stricter
)

// Verdict is how one point was judged beside the key.
type Verdict struct {
	Point PracticePoint
	Side  Side
}

// Compare puts a judgement beside the key, point by point.
func (p PracticeContact) Compare(d Design, given Judgement) []Verdict {
	var list []Verdict
	for _, point := range p.Points(d) {
		list = append(list, Verdict{point, p.side(d, point, given)})
	}
	return list
}

func (p PracticeContact) side(d Design, point PracticePoint, given Judgement) Side {
	switch point {
	case OutcomePoint:
		if given.Outcome == p.Key.Outcome {
			return SameAsKey
		}
		return OtherSide
	case GreetingPoint:
		return sideOfSet(uint8(p.Key.Greeting), uint8(given.Greeting))
	case SenderPoint:
		return sideOfSet(uint8(p.Key.Sender), uint8(given.Sender))
	}
	c, _ := point.Criterion(d, p.Channel)
	key, own := c.Step(p.Key.Ratings.Of(c.Code)), c.Step(given.Ratings.Of(c.Code))
	switch {
	case own < 0 || key < 0:
		return OtherSide // a call that was judged not to have reached anybody has no ratings
	case own < key:
		return Milder
	case own > key:
		return Stricter
	}
	return SameAsKey
}

func sideOfSet(key, own uint8) Side {
	switch {
	case own == key:
		return SameAsKey
	case own&key == key:
		return Milder
	case own&key == own:
		return Stricter
	}
	return OtherSide
}

// Step is the level's place on the scale, 0 for the best; -1 when it is none
// of its levels.
func (c Criterion) Step(l LevelCode) int {
	return slices.IndexFunc(c.Scale, func(s Level) bool { return s.Code == l })
}

// maxPracticeTitle is the longest title in characters: it stands in lists.
const maxPracticeTitle = 80

// Check says what is wrong with a practice contact that is to be kept.
func (p PracticeContact) Check(d Design) error {
	var errs FieldErrors
	if _, ok := d.Question(p.Question); !ok {
		errs.Add("question", "Välj en av omgångens frågor.")
	}
	switch n := utf8.RuneCountInString(p.Title); {
	case n == 0:
		errs.Add("title", "Skriv en kort rubrik, till exempel Rätt svar men bråttom.")
	case n > maxPracticeTitle:
		errs.Add("title", "Rubriken är för lång. Skriv högst 80 tecken.")
	}
	if p.Story == "" {
		errs.Add("story", "Skriv vad som händer i samtalet, eller svarets text.")
	}
	errs.checkNote("story", p.Story)
	errs = append(errs, p.Key.check(d, p.Channel)...)
	if len(errs) > 0 {
		return errs // which reasons are asked for depends on the key
	}
	for _, point := range p.Points(d) {
		field := "reason_" + string(point)
		if p.Reasons[point] == "" {
			errs.Add(field, "Skriv varför: "+p.pointTitle(d, point)+".")
		}
		errs.checkNote(field, p.Reasons[point])
	}
	return errs.Err()
}

func (p PracticeContact) pointTitle(d Design, point PracticePoint) string {
	return point.Title(d, p.Channel)
}

// CheckAnswer says what is lacking in a judgement of the practice contact.
func (p PracticeContact) CheckAnswer(d Design, given Judgement) error {
	return given.check(d, p.Channel).Err()
}

func (j Judgement) check(d Design, ch Channel) FieldErrors {
	if ch == Email {
		return j.Ratings.check(d, ch, true)
	}
	var errs FieldErrors
	switch _, known := j.Outcome.Rule(); {
	case !known || j.Outcome == Fault:
		errs.Add("outcome", "Välj hur uppringningen slutade.")
	case j.Outcome == Reached:
		return j.Ratings.check(d, ch, true)
	case j.Ratings != Ratings{}:
		errs.Add("answer", "Bedömning görs bara när en handläggare har nåtts.")
	}
	return errs
}

// Tidy drops from a judgement what does not go with the rest of it: ratings of
// a call that reached nobody, a greeting that nobody said, and what belongs to
// the other channel.
func (j Judgement) Tidy(ch Channel) Judgement {
	if ch == Email {
		return Judgement{Sender: j.Sender, Ratings: j.Ratings}
	}
	j.Sender = 0
	if j.Outcome != Reached {
		j.Ratings = Ratings{}
	}
	if !j.Outcome.answered() {
		j.Greeting = 0
	}
	return j
}
