package fieldwork

import (
	"context"
	"fmt"
	"strings"
	"time"

	"servicematning/internal/survey"
)

var errNoConsent = survey.Refuse(survey.ErrConflict,
	"Omgången tillåter inte att granskade kontakter blir övningskontakter. Ändra det under Övning, Regler.")

// BorrowPractice makes a practice contact of a reviewed one for the lead to
// finish: the text is there without the municipality, the evaluator and the
// date, and the key is what was judged; the reasons are for the lead to write.
// The round must allow it.
func (s *Service) BorrowPractice(ctx context.Context, by survey.User, code string, id survey.ContactID) (
	p survey.PracticeContact, err error) {
	if !by.May(survey.EditSetup) || !by.May(survey.SeeContacts) {
		return p, survey.ErrForbidden
	}
	v, err := s.Contact(ctx, by, id)
	if err == nil && v.Round.Code != code {
		err = survey.ErrNotFound
	}
	if err != nil {
		return p, err
	}
	switch {
	case !v.Round.Design.PracticeFromContacts:
		return p, errNoConsent
	case v.Contact.State != survey.Approved || v.Contact.Disposition == survey.Void:
		return p, survey.Refuse(survey.ErrConflict,
			"Bara granskade och godkända kontakter kan bli övningskontakter.")
	}
	replies, err := s.Store.ReplyTexts(ctx, id)
	if err != nil {
		return p, err
	}
	p, ok := borrowed(v, replies)
	if !ok {
		return p, survey.Refuse(survey.ErrConflict,
			"Kontakten har ingen bedömning som kan bli facit: ingen svarade på brevet.")
	}
	return p, nil
}

// borrowed tells a contact in words that name nobody.
func borrowed(v ContactView, replies []survey.ReplyText) (p survey.PracticeContact, ok bool) {
	c := v.Contact
	p = survey.PracticeContact{Channel: c.Channel, Question: c.Question, Borrowed: true}
	var lines []string
	if c.Channel == survey.Phone {
		a, reached := c.ReachedAttempt()
		if !reached {
			if a, reached = c.FirstCounted(); !reached {
				return p, false
			}
		}
		p.Key = survey.Judgement{Outcome: a.Outcome, Greeting: a.Greeting, Ratings: a.Ratings}
		lines = append(callLines(a), "", a.Note)
	} else {
		if c.Disposition != survey.Completed {
			return p, false
		}
		p.Key = survey.Judgement{Sender: c.Mail.Sender, Ratings: c.Mail.Ratings}
		for _, r := range replies {
			lines = append(lines, r.Text, "")
		}
		lines = append(lines, c.Mail.Note)
	}
	p.Story = strings.TrimSpace(withoutPlace(strings.Join(lines, "\n"), v.Participant.Name))
	return p, true
}

// callLines tells the phases of a call as times from dialling.
func callLines(a survey.Attempt) []string {
	var lines []string
	at := func(t time.Time, what string) {
		if !t.IsZero() {
			sec := int(t.Sub(a.Dialled).Seconds())
			lines = append(lines, fmt.Sprintf("%d.%02d %s", sec/60, sec%60, what))
		}
	}
	at(a.Dialled, "Du ringer kommunens huvudnummer.")
	at(a.Answered, "Någon svarar: …")
	for _, t := range a.Forwarded {
		at(t, "Du kopplas vidare.")
	}
	at(a.Connected, "En handläggare svarar: …")
	at(a.Ended, "Samtalet avslutas.")
	return lines
}

// withoutPlace writes "kommunen" for the municipality's name.
func withoutPlace(text, name string) string {
	return strings.NewReplacer(name+"s kommun", "kommunen", name+" kommun", "kommunen", name+"s", "kommunens",
		name, "kommunen").Replace(text)
}
