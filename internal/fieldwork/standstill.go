package fieldwork

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Obstacle is what kind of thing stands still.
type Obstacle string

// The kinds. The first three are groupings in which contacts lie untouched.
const (
	StillArea         Obstacle = "area"
	StillMunicipality Obstacle = "municipality"
	StillEvaluator    Obstacle = "evaluator"
	StillBounced      Obstacle = "bounced"  // e-mails to a municipality come back
	StillReturned     Obstacle = "returned" // contacts wait for their evaluators' answer
	StillAgreed       Obstacle = "agreed"   // calls are agreed on for days on which their evaluators do not work
)

// Standstill is work that does not go on, with whom it lies and why as far as
// the data tells.
type Standstill struct {
	Kind   Obstacle
	Key    string // municipality code, area or e-mail address; "" for StillReturned
	Name   string
	Calls  int
	Emails int
	Since  officehours.Date // of StillAgreed the first of the days
	Why    string           // Swedish, the first word in small letters where it can; "" when nothing is known
}

// Contacts is how many contacts stand still.
func (s Standstill) Contacts() int { return s.Calls + s.Emails }

// A subject stands still when this many contacts planned before today lie
// untouched, and they are at least this share of all that was due: single
// forgotten contacts are no standstill.
const (
	stillLeast = 5
	stillShare = 0.10
	// bouncedLeast e-mails must have come back, the newest within bouncedDays
	// days: an address may have been corrected since.
	bouncedLeast = 2
	bouncedDays  = 5
)

// standstills lists what stands still, longest first, and then what was returned.
func standstills(p Progress, pic picture) []Standstill {
	var list []Standstill
	for _, g := range []struct {
		kind  Obstacle
		lines []Line
		key   func(survey.Untouched) string
	}{
		{StillArea, p.Areas, func(u survey.Untouched) string { return string(u.Area) }},
		{StillMunicipality, p.Municipalities, func(u survey.Untouched) string { return u.Municipality }},
		{StillEvaluator, p.Evaluators, func(u survey.Untouched) string { return u.Evaluator }},
	} {
		piles := map[string][]survey.Untouched{}
		for _, u := range pic.untouched {
			piles[g.key(u)] = append(piles[g.key(u)], u)
		}
		for _, l := range g.lines {
			pile := piles[l.Key]
			s := Standstill{Kind: g.kind, Key: l.Key, Name: l.Name}
			for _, u := range pile {
				s.add(u.Channel, u.N)
			}
			if s.Contacts() < stillLeast || float64(s.Contacts()) < stillShare*float64(l.Expected) {
				continue
			}
			s.Since = p.stillSince(g.kind, l.Key, pile)
			s.Why = p.why(s, pile)
			list = append(list, s)
		}
	}
	list = append(list, p.bounced(pic.bounces)...)
	slices.SortStableFunc(list, func(a, b Standstill) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(b.Contacts(), a.Contacts()))
	})
	list = append(p.agreed(pic.begun), list...)
	return append(list, p.returned(pic.returned)...)
}

// agreed lists the evaluators with appointments from today on, on days on
// which they do not work.
func (p *Progress) agreed(begun []survey.Contact) (list []Standstill) {
	today := officehours.DateOf(p.At)
	for _, e := range p.Setup.Evaluators {
		s := Standstill{Kind: StillAgreed, Key: e.Email, Name: e.Name}
		for _, c := range begun {
			day := officehours.DateOf(c.CallBackAt)
			if c.Evaluator != e.Email || c.CallBackAt.IsZero() || day.Before(today) || e.Works(day) {
				continue
			}
			if s.Calls == 0 || day.Before(s.Since) {
				s.Since = day
			}
			s.Calls++
		}
		if s.Calls > 0 {
			s.Why = "En återuppringning är avtalad till en dag då bedömaren inte arbetar. " +
				"Ta bort frånvaron den dagen, eller makulera samtalet så att det ersätts."
			list = append(list, s)
		}
	}
	return list
}

func (s *Standstill) add(ch survey.Channel, n int) {
	if ch == survey.Phone {
		s.Calls += n
	} else {
		s.Emails += n
	}
}

// stillSince is the first of the days in a row, up to the newest with
// untouched contacts, on which the subject has such. A contact forgotten long
// before does not make the standstill older. Days on which an evaluator does
// not work are passed over.
func (p *Progress) stillSince(kind Obstacle, key string, pile []survey.Untouched) officehours.Date {
	has := map[string]bool{}
	newest := ""
	for _, u := range pile {
		has[u.Day] = true
		newest = max(newest, u.Day)
	}
	since, err := officehours.ParseDate(newest)
	if err != nil {
		return officehours.Date{}
	}
	e, known := p.Setup.Evaluator(key)
	for d := since.AddDays(-1); !d.Before(p.Setup.Round.Period.From); d = d.AddDays(-1) {
		switch {
		case has[d.String()]:
			since = d
		case !p.Setup.Round.Calendar.WorkingDay(d):
		case kind == StillEvaluator && known && !e.Works(d):
		default:
			return since
		}
	}
	return since
}

// why tells what the data knows of the cause.
func (p *Progress) why(s Standstill, pile []survey.Untouched) string {
	var parts []string
	switch s.Kind {
	case StillMunicipality:
		parts = append(parts, p.closedWhy(s, pile))
	case StillEvaluator:
		if away := p.Away(s.Key); away != "" {
			return away + "."
		}
		return ""
	case StillArea, StillBounced, StillReturned, StillAgreed:
	}
	parts = append(parts, p.holders(pile))
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// closedWhy says that calls are planned when the municipality does not answer.
func (p *Progress) closedWhy(s Standstill, pile []survey.Untouched) string {
	m, ok := p.Setup.Participant(s.Key)
	if !ok {
		return ""
	}
	closed := 0
	for _, u := range pile {
		day, err := officehours.ParseDate(u.Day)
		if err != nil || u.Channel != survey.Phone {
			continue
		}
		h := m.ParticipantHours(p.Setup.Round.Calendar.HoursOn(day))
		at := u.First.In(officehours.Stockholm)
		if minute := officehours.Clock(at.Hour()*60 + at.Minute()); minute < h.Opens || minute >= h.Closes {
			closed += u.N
		}
	}
	if 2*closed < s.Calls || closed == 0 {
		return ""
	}
	if m.Hours == (officehours.Hours{}) {
		return "Samtalen är planerade när kommunen har stängt. Gör om planen."
	}
	return fmt.Sprintf("Samtalen är planerade när kommunen har stängt: öppet %s–%s. Gör om planen.",
		m.Hours.Opens, m.Hours.Closes)
}

// shownHolders is how many evaluators a cause names.
const shownHolders = 3

// holders names those with whom the contacts lie, most first.
func (p *Progress) holders(pile []survey.Untouched) string {
	by := map[string]int{}
	for _, u := range pile {
		by[u.Evaluator] += u.N
	}
	who := slices.SortedFunc(maps.Keys(by), func(a, b string) int { return cmp.Or(by[b]-by[a], cmp.Compare(a, b)) })
	var parts []string
	for i, email := range who {
		if i == shownHolders {
			parts = append(parts, fmt.Sprintf("%d till", len(who)-shownHolders))
			break
		}
		part := fmt.Sprintf("%s %d", p.evaluatorName(email), by[email])
		if away := p.Away(email); away != "" {
			part += " (" + away + ")"
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return ""
	}
	return "Ligger hos " + strings.Join(parts, ", ") + "."
}

func (p *Progress) evaluatorName(email string) string {
	if e, ok := p.Setup.Evaluator(email); ok {
		return e.Name
	}
	return cmp.Or(email, "ingen")
}

// Away says in Swedish why an evaluator makes no contacts on the day of
// counting: "börjar mån 2 nov", "frånvarande sedan fre 23 okt"; "" for who is at work.
func (p *Progress) Away(email string) string {
	today := officehours.DateOf(p.At)
	e, ok := p.Setup.Evaluator(email)
	switch {
	case !ok:
		return "inte längre bedömare i omgången"
	case !e.From.IsZero() && today.Before(e.From):
		return "börjar " + survey.DayText(e.From)
	case !e.To.IsZero() && today.After(e.To):
		return "slutade " + survey.DayText(e.To)
	case !slices.Contains(e.Absent, today):
		if p.Setup.Round.Calendar.WorkingDay(today) && !e.Works(today) {
			return "ledig i dag"
		}
		return ""
	}
	from := today
	for !from.Before(p.Setup.Round.Period.From) &&
		(slices.Contains(e.Absent, from.AddDays(-1)) || !p.Setup.Round.Calendar.WorkingDay(from.AddDays(-1))) {
		from = from.AddDays(-1)
	}
	for !slices.Contains(e.Absent, from) {
		from = from.AddDays(1)
	}
	if from == today {
		return "frånvarande i dag"
	}
	return "frånvarande sedan " + survey.DayText(from)
}

// bounced lists the municipalities whose e-mails come back.
func (p *Progress) bounced(bounces []survey.Bounce) []Standstill {
	first, last, n := map[string]officehours.Date{}, map[string]officehours.Date{}, map[string]int{}
	for _, b := range bounces { // first to last
		if d := officehours.DateOf(b.At); n[b.Municipality] == 0 {
			first[b.Municipality] = d
		}
		last[b.Municipality] = officehours.DateOf(b.At)
		n[b.Municipality]++
	}
	var list []Standstill
	for _, l := range p.Municipalities {
		if n[l.Key] < bouncedLeast || last[l.Key].DaysUntil(officehours.DateOf(p.At)) > bouncedDays {
			continue
		}
		list = append(list, Standstill{
			Kind: StillBounced, Key: l.Key, Name: l.Name, Emails: n[l.Key], Since: first[l.Key],
			Why: "E-breven studsar. Kontrollera adressen på kommunens webbplats.",
		})
	}
	return list
}

// returned sums the contacts that leads have sent back and that have lain since.
func (p *Progress) returned(contacts []survey.Contact) []Standstill {
	if len(contacts) == 0 {
		return nil
	}
	s := Standstill{Kind: StillReturned, Name: "Returnerade", Since: officehours.DateOf(p.At)}
	who := map[string]bool{}
	for _, c := range contacts {
		s.add(c.Channel, 1)
		who[c.Evaluator] = true
		if d := officehours.DateOf(c.ReturnedAt); d.Before(s.Since) {
			s.Since = d
		}
	}
	s.Why = "Väntar på svar från en bedömare."
	if len(who) > 1 {
		s.Why = fmt.Sprintf("Väntar på svar från %d bedömare.", len(who))
	}
	return []Standstill{s}
}
