package schedule_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// check counts a plan by the words of the rules, from the contacts alone. It
// shares nothing with the planner.
func check(t testing.TB, in schedule.Input, plan schedule.Schedule) {
	t.Helper()
	faults := faultsOf(in, plan)
	for i, f := range faults {
		if i == 10 {
			t.Errorf("… and %d more", len(faults)-i)
			break
		}
		t.Error(f)
	}
}

// faultsOf lists every broken rule.
func faultsOf(in schedule.Input, plan schedule.Schedule) (faults []string) {
	report := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	w := newWorld(in)
	for i, c := range plan.Contacts {
		w.checkContact(c, report)
		if i > 0 && !inOrder(plan.Contacts[i-1], c) {
			report("%v comes before %v", plan.Contacts[i-1].Key(), c.Key())
		}
	}
	w.checkCells(plan, report)
	w.checkDays(plan, report)
	w.checkMinutes(plan, report)
	return faults
}

func inOrder(a, b survey.Contact) bool {
	if !a.PlannedAt.Equal(b.PlannedAt) {
		return a.PlannedAt.Before(b.PlannedAt)
	}
	ka := []string{a.Municipality, string(a.Channel), a.Question, fmt.Sprintf("%03d", a.Replicate)}
	kb := []string{b.Municipality, string(b.Channel), b.Question, fmt.Sprintf("%03d", b.Replicate)}
	return slices.Compare(ka, kb) < 0
}

// world is the input by keys, for counting.
type world struct {
	in        schedule.Input
	munis     map[string]survey.Participant
	evals     map[string]survey.Evaluator
	questions map[string]survey.Question
	may       map[place][]string // evaluators assigned to the area in the municipality
	days      []officehours.Date // working days of the period
	kept      map[workday]int    // contacts that take up the evaluator's day
}

type place struct {
	area survey.QuestionArea
	muni string
}

// workday is an evaluator's day by one channel.
type workday struct {
	evaluator string
	channel   survey.Channel
	day       officehours.Date
}

// span is clock minutes of a day, the last not included.
type span struct{ from, to int }

func (s span) and(o span) span { return span{max(s.from, o.from), min(s.to, o.to)} }
func (s span) minutes() int    { return max(0, s.to-s.from) }

func newWorld(in schedule.Input) *world {
	w := &world{
		in: in, munis: map[string]survey.Participant{}, evals: map[string]survey.Evaluator{},
		questions: map[string]survey.Question{}, may: map[place][]string{}, kept: map[workday]int{},
	}
	for _, p := range in.Setup.Participants {
		w.munis[p.Code] = p
	}
	for _, e := range in.Setup.Evaluators {
		w.evals[e.Email] = e
	}
	for _, q := range in.Setup.Round.Design.Questions {
		w.questions[q.Code] = q
	}
	for _, a := range in.Setup.Assignments {
		for code := range w.munis {
			at := place{a.Area, code}
			if (a.Municipality == "" || a.Municipality == code) && !slices.Contains(w.may[at], a.Evaluator) {
				w.may[at] = append(w.may[at], a.Evaluator)
			}
		}
	}
	w.days = in.Setup.Round.Calendar.WorkingDays(in.Setup.Round.Period.From, in.Setup.Round.Period.To)
	for _, c := range in.Kept {
		if c.Disposition != survey.Void || len(c.Attempts) > 0 || !c.Mail.Sent.IsZero() {
			w.kept[workday{c.Evaluator, c.Channel, officehours.DateOf(c.PlannedAt)}]++
		}
	}
	return w
}

// minuteOf is the minute of the day on Swedish clocks.
func minuteOf(t time.Time) int {
	local := t.In(officehours.Stockholm)
	return local.Hour()*60 + local.Minute()
}

// office is when the plan may use a day: the calendar's hours, from the instant
// from which is planned.
func (w *world) office(d officehours.Date) span {
	h := w.in.Setup.Round.Calendar.HoursOn(d)
	s := span{int(h.Opens), int(h.Closes)}
	if from := w.in.From; !from.IsZero() {
		switch today := officehours.DateOf(from); {
		case d.Before(today):
			return span{}
		case d == today:
			first := minuteOf(from)
			if from.Truncate(time.Minute) != from {
				first++
			}
			s.from = max(s.from, first)
		}
	}
	return s
}

// reach is when the municipality can be contacted on the day.
func (w *world) reach(code string, ch survey.Channel, d officehours.Date) span {
	p := w.munis[code]
	if d.Before(p.Joined) || p.Left != (officehours.Date{}) && !d.Before(p.Left) {
		return span{}
	}
	s := w.office(d)
	if ch == survey.Phone && p.Hours != (officehours.Hours{}) {
		s = s.and(span{int(p.Hours.Opens), int(p.Hours.Closes)})
	}
	return s
}

// works is when the evaluator is at work on the day.
func (w *world) works(email string, d officehours.Date) span {
	e, known := w.evals[email]
	weekday := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	if len(e.Days) > 0 {
		weekday = slices.Contains(e.Days, d.Weekday())
	}
	early := e.From != (officehours.Date{}) && d.Before(e.From)
	late := e.To != (officehours.Date{}) && e.To.Before(d)
	if !known || !weekday || early || late || slices.Contains(e.Absent, d) {
		return span{}
	}
	s := w.office(d)
	if e.Hours != (officehours.Hours{}) {
		s = s.and(span{int(e.Hours.Opens), int(e.Hours.Closes)})
	}
	return s
}

// capacity is how many contacts more the evaluator can make on the day.
func (w *world) capacity(at workday) int {
	e := w.evals[at.evaluator]
	n := e.EmailsPerDay
	if at.channel == survey.Phone {
		n = e.CallsPerDay
	}
	return max(0, n-w.kept[at])
}

// able reports whether the evaluator has room to reach the municipality on the day.
func (w *world) able(email, code string, ch survey.Channel, d officehours.Date) bool {
	return w.capacity(workday{email, ch, d}) > 0 && w.works(email, d).and(w.reach(code, ch, d)).minutes() > 0
}

// asked reports whether contacts are still planned for the cell.
func (w *world) asked(c survey.Cell) bool {
	return w.munis[c.Municipality].Left == officehours.Date{} && !w.questions[c.Question].Withdrawn
}

// checkContact looks at one contact alone.
func (w *world) checkContact(c survey.Contact, report func(string, ...any)) {
	day, minute := officehours.DateOf(c.PlannedAt), minuteOf(c.PlannedAt)
	within := func(s span) bool { return s.from <= minute && minute < s.to }
	if c.State != survey.Planned || c.Disposition != "" || !c.ID.IsZero() || !c.Round.IsZero() {
		report("%v is not a fresh planned contact", c.Key())
	}
	if w.questions[c.Question].Area != c.Area || c.Area == "" {
		report("%v has area %q", c.Key(), c.Area)
	}
	if c.PlannedAt.Second() != 0 || c.PlannedAt.Nanosecond() != 0 || c.PlannedAt.Location() != time.UTC {
		report("%v is planned at %v", c.Key(), c.PlannedAt)
	}
	period := w.in.Setup.Round.Period
	if day.Before(period.From) || period.To.Before(day) || c.PlannedAt.Before(w.in.From) || !within(w.office(day)) {
		report("%v is outside period or hours: %v", c.Key(), c.PlannedAt)
	}
	if !within(w.reach(c.Municipality, c.Channel, day)) {
		report("%v: the municipality cannot be reached at %v", c.Key(), c.PlannedAt)
	}
	if !within(w.works(c.Evaluator, day)) {
		report("%v: %s does not work at %v", c.Key(), c.Evaluator, c.PlannedAt)
	}
	if !slices.Contains(w.may[place{c.Area, c.Municipality}], c.Evaluator) {
		report("%v: %s is not assigned", c.Key(), c.Evaluator)
	}
	if !w.asked(c.Cell()) {
		report("%v is not asked any more", c.Key())
	}
}

// possible are those who may and can take a contact of the cell.
func (w *world) possible(c survey.Cell) (out []string) {
	for _, e := range w.may[place{w.questions[c.Question].Area, c.Municipality}] {
		if slices.ContainsFunc(w.days, func(d officehours.Date) bool { return w.able(e, c.Municipality, c.Channel, d) }) {
			out = append(out, e)
		}
	}
	return out
}

// checkCells looks at what lies together in a cell.
func (w *world) checkCells(plan schedule.Schedule, report func(string, ...any)) {
	kept, fresh := map[survey.Cell][]survey.Contact{}, map[survey.Cell][]survey.Contact{}
	taken, highest := map[survey.Key]bool{}, map[survey.Cell]int{}
	for _, c := range w.in.Kept {
		taken[c.Key()] = true
		highest[c.Cell()] = max(highest[c.Cell()], c.Replicate)
		if c.Disposition != survey.Void {
			kept[c.Cell()] = append(kept[c.Cell()], c)
		}
	}
	n := w.in.Setup.Round.Design.Replicates
	for _, c := range plan.Contacts {
		if taken[c.Key()] {
			report("%v is twice in the plan", c.Key())
		}
		taken[c.Key()] = true
		if c.Replicate < 1 || c.Replicate > n && c.Replicate <= highest[c.Cell()] {
			report("%v has an odd replicate", c.Key())
		}
		fresh[c.Cell()] = append(fresh[c.Cell()], c)
	}
	for code := range w.munis {
		for question := range w.questions {
			for _, ch := range []survey.Channel{survey.Phone, survey.Email} {
				cell := survey.Cell{Municipality: code, Question: question, Channel: ch}
				if live := len(kept[cell]) + len(fresh[cell]); w.asked(cell) && live < n || len(fresh[cell]) > 0 && live > n {
					report("%v has %d contacts", cell, live)
				}
				if len(fresh[cell]) > 0 {
					w.checkPair(cell, kept[cell], fresh[cell], report)
				}
			}
		}
	}
}

// checkPair looks at the live contacts of a cell in which something was planned.
func (w *world) checkPair(cell survey.Cell, kept, fresh []survey.Contact, report func(string, ...any)) {
	weeks, before, people := map[[2]int]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range kept {
		y, week := officehours.DateOf(c.PlannedAt).Week()
		weeks[[2]int{y, week}] = true
		before[c.Evaluator] = true
	}
	clash := false
	for _, c := range fresh {
		y, week := officehours.DateOf(c.PlannedAt).Week()
		if weeks[[2]int{y, week}] {
			report("%v has contacts in the same week", cell)
		}
		weeks[[2]int{y, week}] = true
		clash = clash || before[c.Evaluator] || people[c.Evaluator]
		people[c.Evaluator] = true
	}
	others := slices.DeleteFunc(w.possible(cell), func(e string) bool { return before[e] })
	if clash && (len(others) >= len(fresh) || !w.in.AllowSameEvaluator) {
		report("%v has one evaluator twice", cell)
	}
}

// checkDays counts against the capacities.
func (w *world) checkDays(plan schedule.Schedule, report func(string, ...any)) {
	fresh := map[workday]int{}
	for _, c := range plan.Contacts {
		fresh[workday{c.Evaluator, c.Channel, officehours.DateOf(c.PlannedAt)}]++
	}
	for at, n := range fresh {
		if n > w.capacity(at) {
			report("%v has %d planned and %d kept, room for %d", at, n, w.kept[at], w.capacity(at))
		}
	}
}

// checkMinutes looks for two calls at once.
func (w *world) checkMinutes(plan schedule.Schedule, report func(string, ...any)) {
	type moment struct {
		who string
		at  int64
	}
	taken := map[moment]bool{}
	for _, c := range w.in.Kept {
		if c.Channel == survey.Phone {
			taken[moment{c.Municipality, c.PlannedAt.Unix() / 60}] = true
			taken[moment{c.Evaluator, c.PlannedAt.Unix() / 60}] = true
		}
	}
	for _, c := range plan.Contacts {
		if c.Channel != survey.Phone {
			continue
		}
		for _, who := range []string{c.Municipality, c.Evaluator} {
			m := moment{who, c.PlannedAt.Unix() / 60}
			if taken[m] {
				report("%s has two calls at %v", who, c.PlannedAt)
			}
			taken[m] = true
		}
	}
}
