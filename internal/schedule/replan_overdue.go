package schedule

import (
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// overdue parts the contacts that should have been made, and that wait for
// their evaluators, from all that replanning may move.
func overdue(in Input) (waiting []survey.Contact, rest []*survey.Contact) {
	var s *standing
	for k := range in.Planned {
		c := &in.Planned[k]
		if !c.PlannedAt.Before(in.From) {
			rest = append(rest, c)
			continue
		}
		if s == nil {
			s = newStanding(in)
		}
		if s.waits(c) {
			waiting = append(waiting, *c)
		} else {
			rest = append(rest, c)
		}
	}
	return waiting, rest
}

// standing tells who still is in the round and may take what.
type standing struct {
	today     officehours.Date // the first day that is left
	partakers map[string]bool  // municipalities that take part today
	asked     map[string]survey.QuestionArea
	present   map[string]survey.Evaluator // those who are not away today
	may       map[survey.Assignment]bool
}

func newStanding(in Input) *standing {
	s := &standing{
		partakers: map[string]bool{}, asked: map[string]survey.QuestionArea{},
		present: map[string]survey.Evaluator{}, may: map[survey.Assignment]bool{},
	}
	var left model
	left.readDays(in.Setup.Round, in.From)
	s.today = officehours.DateOf(in.From)
	if len(left.days) > 0 {
		s.today = left.days[0].date
	}
	for _, p := range in.Setup.Participants {
		s.partakers[p.Code] = p.TakesPart(s.today)
	}
	for _, q := range in.Setup.Round.Design.Asked() {
		s.asked[q.Code] = q.Area
	}
	for _, e := range in.Setup.Evaluators {
		if !away(e, s.today) {
			s.present[e.Email] = e
		}
	}
	for _, a := range in.Setup.Assignments {
		s.may[a] = true
	}
	return s
}

// away reports whether the evaluator is absent or outside the dates of work. A
// weekday off is neither: what is overdue waits for the next one.
func away(e survey.Evaluator, d officehours.Date) bool {
	return !e.From.IsZero() && d.Before(e.From) || !e.To.IsZero() && d.After(e.To) || slices.Contains(e.Absent, d)
}

// waits reports whether an overdue contact can still be made as it is planned,
// only later.
func (s *standing) waits(c *survey.Contact) bool {
	area, asked := s.asked[c.Question]
	e, present := s.present[c.Evaluator]
	if !asked || !present || !s.partakers[c.Municipality] || e.Capacity(c.Channel) <= 0 {
		return false
	}
	a := survey.Assignment{Area: area, Evaluator: e.Email}
	everywhere := s.may[a]
	a.Municipality = c.Municipality
	return everywhere || s.may[a]
}
