package fieldwork

import (
	"cmp"
	"context"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// Tally counts contacts of one kind. Voided contacts are in no number but Void.
type Tally struct {
	Planned  int // live contacts in all
	Begun    int // dialled or sent, not finished
	Made     int // calls finished and e-mails sent: survey.Contact.Made
	Done     int // submitted, returned or approved
	Approved int
	Returned int
	Void     int
	Expected int // planned before the moment of counting, where that is known
}

func (t *Tally) add(c survey.Count) {
	if c.Disposition == survey.Void {
		t.Void += c.N
		return
	}
	t.Planned += c.N
	if (survey.Contact{Channel: c.Channel, State: c.State}).Made() {
		t.Made += c.N
	}
	switch c.State {
	case survey.Begun:
		t.Begun += c.N
	case survey.Submitted:
		t.Done += c.N
	case survey.Returned:
		t.Done += c.N
		t.Returned += c.N
	case survey.Approved:
		t.Done += c.N
		t.Approved += c.N
	case survey.Planned:
	}
}

// Missing is how many contacts are still to be finished.
func (t Tally) Missing() int { return t.Planned - t.Done }

// Behind is how many contacts fewer than expected are made; negative when it
// is more.
func (t Tally) Behind() int { return t.Expected - t.Made }

func sum(to *Tally, t Tally) {
	to.Planned += t.Planned
	to.Begun += t.Begun
	to.Made += t.Made
	to.Done += t.Done
	to.Approved += t.Approved
	to.Returned += t.Returned
	to.Void += t.Void
	to.Expected += t.Expected
}

// Line is one row of a progress table: a municipality, area, evaluator, day
// or week.
type Line struct {
	Key  string // municipality code, area, e-mail address, ISO date or "2026-W44"
	Name string
	Tally
	ByChannel map[survey.Channel]Tally
}

// addLine adds another line's numbers.
func (l *Line) addLine(other Line) {
	sum(&l.Tally, other.Tally)
	if l.ByChannel == nil {
		l.ByChannel = map[survey.Channel]Tally{}
	}
	for ch, t := range other.ByChannel {
		all := l.ByChannel[ch]
		sum(&all, t)
		l.ByChannel[ch] = all
	}
}

// Progress is a round's fieldwork as it stands.
type Progress struct {
	Setup          survey.Setup
	At             time.Time // when it was counted: at the most countsFor ago
	All            Line
	Municipalities []Line // every participant, also without contacts, by code
	Areas          []Line // in the design's order
	Evaluators     []Line // every evaluator of the round or of a contact
	Days           []Line // working days of the period in order
	Weeks          []Line // the period's weeks in order
	Day, Of        int    // today is working day Day of Of; 0 before the period
	Awaiting       int    // e-mails sent and waited for
	PastCutoff     int    // of them, those whose cut-off has passed
	Curve          []Milestone
	Forecast       schedule.Forecast
	Needed         float64 // contacts a working day to be done by the period's last
	DaysLate       int     // working days after the period until the forecast's end
	Still          []Standstill
}

// Progress counts a round's contacts every way that leads look at them. The
// groupings are counted side by side: a contact that is saved meanwhile may be
// in one and not yet in the other.
func (s *Service) Progress(ctx context.Context, by survey.User, code string) (Progress, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return Progress{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return Progress{}, err
	}
	pic, err := s.picture(ctx, set.Round)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{
		Setup: set, At: pic.at, PastCutoff: pic.pastCutoff,
		Municipalities: stand(municipalityLines(set), pic.places, survey.ByMunicipality),
		Areas:          stand(areaLines(set), pic.places, survey.ByArea),
		Evaluators:     stand(evaluatorLines(set), pic.shifts, survey.ByEvaluator),
		Days:           stand(dayLines(set), pic.shifts, survey.ByDay),
	}
	slices.SortFunc(p.Days, func(a, b Line) int { return cmp.Compare(a.Key, b.Key) })
	for _, l := range p.Days {
		p.All.addLine(l)
	}
	p.Weeks = weekLines(p.Days)
	p.Awaiting = p.All.ByChannel[survey.Email].Begun
	today := officehours.DateOf(p.At)
	for _, d := range set.Round.Calendar.WorkingDays(set.Round.Period.From, set.Round.Period.To) {
		p.Of++
		if !d.After(today) {
			p.Day++
		}
	}
	p.foresee(pic.made)
	p.Still = standstills(p, pic)
	return p, nil
}

// stand adds the standings of a grouping to its lines, with a new line for an
// unknown key.
func stand(lines []Line, standings []survey.Standing, by survey.Grouping) []Line {
	at := make(map[string]int, len(lines))
	for i, l := range lines {
		at[l.Key] = i
	}
	for _, v := range standings {
		if v.By != by {
			continue
		}
		i, ok := at[v.Key]
		if !ok {
			i = len(lines)
			at[v.Key] = i
			lines = append(lines, Line{Key: v.Key, Name: cmp.Or(v.Key, "utan uppgift")})
		}
		t := Tally{
			Planned: v.Planned, Begun: v.Begun, Made: v.Made(), Done: v.Finished, Approved: v.Approved,
			Returned: v.Returned, Void: v.Void, Expected: v.Due,
		}
		lines[i].addLine(Line{Tally: t, ByChannel: map[survey.Channel]Tally{v.Channel: t}})
	}
	return lines
}

// gather adds the counts to the lines, with a new line for an unknown key.
func gather(lines []Line, counts []survey.Count) []Line {
	at := make(map[string]int, len(lines))
	for i, l := range lines {
		at[l.Key] = i
	}
	for _, c := range counts {
		i, ok := at[c.Key]
		if !ok {
			i = len(lines)
			at[c.Key] = i
			lines = append(lines, Line{Key: c.Key, Name: cmp.Or(c.Key, "utan uppgift")})
		}
		var t Tally
		t.add(c)
		lines[i].addLine(Line{Tally: t, ByChannel: map[survey.Channel]Tally{c.Channel: t}})
	}
	return lines
}

func municipalityLines(set survey.Setup) []Line {
	var ls []Line
	for _, p := range set.Participants {
		ls = append(ls, Line{Key: p.Code, Name: p.Name})
	}
	return ls
}

func areaLines(set survey.Setup) []Line {
	var ls []Line
	for _, a := range set.Round.Design.Areas {
		ls = append(ls, Line{Key: string(a), Name: a.Title()})
	}
	return ls
}

func evaluatorLines(set survey.Setup) []Line {
	var ls []Line
	for _, e := range set.Evaluators {
		ls = append(ls, Line{Key: e.Email, Name: e.Name})
	}
	return ls
}

func dayLines(set survey.Setup) []Line {
	var ls []Line
	r := set.Round
	for _, d := range r.Calendar.WorkingDays(r.Period.From, r.Period.To) {
		ls = append(ls, Line{Key: d.String(), Name: survey.DayText(d)})
	}
	return ls
}
