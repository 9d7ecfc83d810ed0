package survey

import "fmt"

// DefaultPracticePass is the share of points, in percent, that must agree with
// the keys where a round asks for a passed practice and says no other.
const DefaultPracticePass = 80

// PassAt is the share of points, in percent, that must agree with the keys.
func (d Design) PassAt() int {
	if d.PracticePass == 0 {
		return DefaultPracticePass
	}
	return d.PracticePass
}

// CheckPractice says what is wrong with the design's rules for practice.
func (d Design) CheckPractice() error {
	var errs FieldErrors
	if d.PracticePass < 1 || d.PracticePass > 100 {
		errs.Add("practice_pass", "Skriv 1–100 procent.")
	}
	return errs.Err()
}

// PracticeChannels are the channels that the evaluator makes contacts in, and
// so is to practise.
func (e Evaluator) PracticeChannels() []Channel {
	var chs []Channel
	for _, ch := range Channels {
		if e.Capacity(ch) > 0 {
			chs = append(chs, ch)
		}
	}
	return chs
}

// PracticeStanding is how far an evaluator has come with a round's practice.
type PracticeStanding struct {
	Asked    int // practice contacts to answer
	Answered int // of them
	Points   int // points that the keys of those answered settle
	Agreed   int // of them, judged as in the key
}

// Add counts a practice contact, and what the evaluator has answered; nil for
// nothing yet.
func (s *PracticeStanding) Add(d Design, p PracticeContact, given *Judgement) {
	s.Asked++
	if given == nil {
		return
	}
	s.Answered++
	for _, v := range p.Compare(d, *given) {
		s.Points++
		if v.Side == SameAsKey {
			s.Agreed++
		}
	}
}

// Done reports whether everything is answered.
func (s PracticeStanding) Done() bool { return s.Answered == s.Asked }

// Passed reports whether everything is answered and enough of it agrees. Where
// there is nothing to answer everybody has passed.
func (s PracticeStanding) Passed(d Design) bool {
	return s.Done() && 100*s.Agreed >= d.PassAt()*s.Points
}

// Gate is nil while the evaluator may begin real contacts, as far as practice
// is concerned.
func (s PracticeStanding) Gate(d Design) error {
	switch {
	case !d.PracticeRequired || s.Passed(d):
		return nil
	case !s.Done():
		return Refuse(ErrUnpractised, fmt.Sprintf(
			"Gör klart övningen innan du börjar ringa och skicka: %d av %d övningskontakter återstår.",
			s.Asked-s.Answered, s.Asked))
	}
	return Refuse(ErrUnpractised, fmt.Sprintf(
		"Övningen är inte godkänd: %s av %s punkter är lika med facit, och omgången kräver %d %%. "+
			"Gå igenom facit och be projektledaren öppna övningen på nytt.", NumberText(s.Agreed), NumberText(s.Points), d.PassAt()))
}
