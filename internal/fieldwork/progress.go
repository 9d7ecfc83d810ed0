package fieldwork

import (
	"cmp"
	"context"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Tally counts contacts of one kind. Voided contacts are in no number but Void.
type Tally struct {
	Planned  int // live contacts in all
	Begun    int // dialled or sent, not finished
	Done     int // submitted, returned or approved
	Approved int
	Returned int
	Void     int
	Expected int // planned to be done before now, where that is known
}

func (t *Tally) add(c survey.Count) {
	if c.Disposition == survey.Void {
		t.Void += c.N
		return
	}
	t.Planned += c.N
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

// Line is one row of a progress table: a municipality, area, evaluator or day.
type Line struct {
	Key  string // municipality code, area, e-mail address or ISO date
	Name string
	Tally
	ByChannel map[survey.Channel]Tally
}

// Progress is a round's fieldwork as it stands.
type Progress struct {
	Setup          survey.Setup
	At             time.Time
	All            Line
	Municipalities []Line // every participant, also without contacts, by code
	Areas          []Line // in the design's order
	Evaluators     []Line // every evaluator of the round or of a contact
	Days           []Line // working days of the period in order
	Day, Of        int    // today is working day Day of Of; 0 before the period
}

// Progress counts a round's contacts by the groupings asked for, or every way
// a lead looks at them when none is named. By day is always among them.
func (s *Service) Progress(ctx context.Context, by survey.User,
	code string, groupings ...survey.Grouping) (Progress, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return Progress{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{Setup: set, At: s.Now().UTC()}
	for _, g := range []struct {
		by    survey.Grouping
		lines *[]Line
		start []Line
	}{
		{survey.ByMunicipality, &p.Municipalities, municipalityLines(set)},
		{survey.ByArea, &p.Areas, areaLines(set)},
		{survey.ByEvaluator, &p.Evaluators, evaluatorLines(set)},
		{survey.ByDay, &p.Days, dayLines(set)},
	} {
		if len(groupings) > 0 && g.by != survey.ByDay && !slices.Contains(groupings, g.by) {
			continue
		}
		counts, err := s.progressCounts(ctx, set.Round, g.by, groupings)
		if err != nil {
			return Progress{}, err
		}
		*g.lines = gather(g.start, counts)
		if g.by != survey.ByDay || len(groupings) == 0 || slices.Contains(groupings, g.by) {
			p.All = Line{ByChannel: map[survey.Channel]Tally{}}
			for _, l := range *g.lines {
				p.All.addLine(l)
			}
		}
	}
	p.expect()
	return p, nil
}

// progressCounts counts what was asked for now, and the days, which else only
// tell how much should be done by now, perhaps some seconds late.
func (s *Service) progressCounts(ctx context.Context, r survey.Round, by survey.Grouping, asked []survey.Grouping) (
	[]survey.Count, error) {
	if by == survey.ByDay && len(asked) > 0 && !slices.Contains(asked, by) {
		return s.lateCounts(ctx, r, by)
	}
	return s.Store.Counts(ctx, r.ID, by)
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
		lines[i].add(c)
		if lines[i].ByChannel == nil {
			lines[i].ByChannel = map[survey.Channel]Tally{}
		}
		t := lines[i].ByChannel[c.Channel]
		t.add(c)
		lines[i].ByChannel[c.Channel] = t
	}
	return lines
}

// addLine adds another line's numbers.
func (l *Line) addLine(other Line) {
	sum(&l.Tally, other.Tally)
	for ch, t := range other.ByChannel {
		all := l.ByChannel[ch]
		sum(&all, t)
		l.ByChannel[ch] = all
	}
}

// expect works out how far the round should have come: everything planned on
// the days before today.
func (p *Progress) expect() {
	today := officehours.DateOf(p.At)
	for i := range p.Days {
		l := &p.Days[i]
		if l.Key >= today.String() {
			continue
		}
		l.Expected = l.Planned
		p.All.Expected += l.Planned
		for ch, t := range l.ByChannel {
			all := p.All.ByChannel[ch]
			all.Expected += t.Planned
			p.All.ByChannel[ch] = all
		}
	}
	r := p.Setup.Round
	days := r.Calendar.WorkingDays(r.Period.From, r.Period.To)
	p.Of = len(days)
	for _, d := range days {
		if !d.After(today) {
			p.Day++
		}
	}
}

func sum(to *Tally, t Tally) {
	to.Planned += t.Planned
	to.Begun += t.Begun
	to.Done += t.Done
	to.Approved += t.Approved
	to.Returned += t.Returned
	to.Void += t.Void
	to.Expected += t.Expected
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
	return slices.Clip(ls)
}
