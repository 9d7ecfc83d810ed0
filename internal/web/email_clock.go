package web

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// The two clocks of domain.md §4, as what stands in the form will be counted.

// mail is the e-mail as it will be when the form is saved; typed says that the
// form changes it. What cannot be read yet changes nothing.
func (p *emailPage) mail() (m survey.Mail, typed bool) {
	stored := p.View.Contact.Mail
	if !p.Editing || stored.Sent.IsZero() {
		return stored, false
	}
	f := &form{values: maps.Clone(p.Form.values), today: officehours.DateOf(p.At)}
	if mailStepOf(f) == firstStep && !f.given("kind") {
		f.set("kind", string(survey.PersonLetter))
	}
	rep := readReply(f, p.View.Contact)
	m = stored
	m.AutoReply, m.Bounced = rep.AutoReply, rep.Bounced
	m.FirstReply, m.CompleteReply = rep.FirstReply, rep.CompleteReply
	if len(f.Errors) > 0 || len(survey.CheckMailOrder(m)) > 0 {
		return stored, false
	}
	for _, r := range replyInstants {
		typed = typed || !r.of(&m).Equal(*r.of(&stored))
	}
	return m, typed
}

// Typed reports whether what is counted is not saved yet.
func (p *emailPage) Typed() bool {
	_, typed := p.mail()
	return typed
}

// replyClock is one of the two clocks.
type replyClock struct{ Title, Text, Note string }

// Clocks are office time and elapsed time to the first reply, or until now.
func (p *emailPage) Clocks() []replyClock {
	m, _ := p.mail()
	cal := p.View.Round.Calendar
	until, office, elapsed := m.FirstReply, "Kontorstid till första svar", "Kalendertid"
	if until.IsZero() {
		until, office, elapsed = p.At, "Kontorstid hittills", "Kalendertid hittills"
	}
	list := []replyClock{
		{office, survey.SpanText(cal.Between(m.Sent, until)), officeParts(p.View.Round, m.Sent, until)},
		{elapsed, elapsedText(until.Sub(m.Sent)), "ingår inte i måttet"},
	}
	if m.CompleteReply.After(m.FirstReply) {
		office := survey.SpanText(cal.Between(m.Sent, m.CompleteReply))
		list = append(list, replyClock{"Kontorstid till komplett svar", office,
			elapsedText(m.CompleteReply.Sub(m.Sent)) + " kalendertid"})
	}
	return list
}

// officeParts writes how office time adds up day by day: "2 h 40 min + 9 + 9 +
// 2 h 11 min". More than ten days are not added up.
func officeParts(r survey.Round, from, to time.Time) string {
	var parts []string
	last := officehours.DateOf(to)
	for d := officehours.DateOf(from); !d.After(last); d = d.AddDays(1) {
		start, end := d.At(0, 0), d.AddDays(1).At(0, 0)
		if start.Before(from) {
			start = from
		}
		if end.After(to) {
			end = to
		}
		if open := r.Calendar.Between(start, end); open > 0 {
			parts = append(parts, shortSpan(open))
		}
	}
	hours := "kontorstid är " + r.Calendar.Opens.String() + "–" + r.Calendar.Closes.String() + " på arbetsdagar"
	if len(parts) < 2 || len(parts) > 10 {
		return hours
	}
	return hours + ": " + strings.Join(parts, " + ")
}

// shortSpan writes whole hours as "9" and others as "2 h 40 min".
func shortSpan(d time.Duration) string {
	if d%time.Hour == 0 {
		return fmt.Sprintf("%d h", int(d/time.Hour))
	}
	return survey.SpanText(d)
}

// Counted says how the e-mail will be counted.
func (p *emailPage) Counted() []badge {
	m, _ := p.mail()
	r := p.View.Round
	office, replied := m.ResponseTime(r.Calendar)
	cutoff := survey.SpanText(r.Design.ReplyCutoff)
	switch {
	case replied && office > r.Design.ReplyCutoff:
		return []badge{
			{"late", "Efter stoppgränsen, " + wholeHours(r.Design.ReplyCutoff)},
			{"late", "Räknas som ej besvarad"},
		}
	case replied:
		list := []badge{within(office, oneDay, "en arbetsdag"), within(office, twoDays, "två arbetsdagar"),
			{"ok", "Före stoppgränsen, " + wholeHours(r.Design.ReplyCutoff)}}
		if complete, ok := m.CompleteTime(r.Calendar); ok {
			b := within(complete, oneDay, "en arbetsdag")
			b.Text = "Komplett: " + lowerFirst(b.Text)
			list = append(list, b)
		}
		return list
	case r.PastCutoff(m.Sent, p.At):
		return []badge{{"late", "Stoppgränsen, " + cutoff + ", har passerat"}, {"late", "Räknas som ej besvarad"}}
	case !m.Bounced.IsZero():
		return []badge{{"warn", "Studs utan svar räknas som ej besvarad"}}
	}
	return []badge{{"", "Väntar på svar"}, {"", "Stoppgränsen nås " + survey.MomentText(r.ReplyDeadline(m.Sent))}}
}

func within(office, norm time.Duration, words string) badge {
	if office <= norm {
		return badge{"ok", "Inom " + words + ", " + wholeHours(norm)}
	}
	return badge{"warn", "Inte inom " + words + ", " + wholeHours(norm)}
}

// wholeHours writes a limit as "9 h" where it is whole hours.
func wholeHours(d time.Duration) string { return strings.TrimSuffix(survey.SpanText(d), " 00 min") }
