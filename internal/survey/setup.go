package survey

import (
	"cmp"
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"servicematning/internal/officehours"
)

// Check says what is wrong with a question that is to stand in the design;
// old is the code it had, or "" for a new one.
func (q Question) Check(d Design, old string) error {
	var errs FieldErrors
	if !slices.Contains(d.Areas, q.Area) {
		errs.Add("area", "Välj ett av omgångens frågeområden.")
	}
	switch {
	case q.Code == "" || utf8.RuneCountInString(q.Code) > 12 || strings.ContainsAny(q.Code, " ,;\t\n\"/"):
		errs.Add("question", "Skriv en kort kod utan mellanslag, till exempel BYGG1.")
	case q.Code != old && slices.ContainsFunc(d.Questions, func(x Question) bool { return x.Code == q.Code }):
		errs.Add("question", "Koden "+q.Code+" finns redan. Välj en annan.")
	}
	for _, f := range []struct{ field, value, message string }{
		{"phone_text", q.PhoneText, "Skriv frågan som den ställs i telefon."},
		{"email_subject", q.EmailSubject, "Skriv e-brevets ämnesrad."},
		{"email_text", q.EmailText, "Skriv e-brevets text."},
		{"answer_key", q.AnswerKey, "Skriv vad ett rätt svar ska innehålla."},
	} {
		if strings.TrimSpace(f.value) == "" {
			errs.Add(f.field, f.message)
		}
	}
	return errs.Err()
}

// SortQuestions puts the questions in the areas' order, then by code.
func (d *Design) SortQuestions() {
	slices.SortStableFunc(d.Questions, func(a, b Question) int {
		return cmp.Or(
			cmp.Compare(slices.Index(d.Areas, a.Area), slices.Index(d.Areas, b.Area)),
			cmp.Compare(a.Code, b.Code),
		)
	})
}

// Check says what is wrong with a participant's own data.
func (p Participant) Check() error {
	var errs FieldErrors
	if _, ok := NormalPhone(p.Phone); !ok {
		errs.Add("phone", "Skriv ett telefonnummer med riktnummer, till exempel 0171-525 00.")
	}
	if !ValidEmail(p.Email) {
		errs.Add("email", "Skriv en e-postadress, till exempel kommun@example.se.")
	}
	if backwards(p.Hours) {
		errs.Add("closes", "Stängningstiden ska vara efter öppningstiden.")
	}
	if !p.Left.IsZero() && !p.Left.After(p.Joined) {
		errs.Add("left", "Dagen då kommunen lämnar omgången ska vara efter dess första dag.")
	}
	if p.Population < 0 {
		errs.Add("population", "Folkmängden kan inte vara negativ.")
	}
	return errs.Err()
}

// Check says what is wrong with an evaluator's data.
func (e Evaluator) Check() error {
	var errs FieldErrors
	if !ValidEmail(e.Email) || e.Email != strings.ToLower(e.Email) {
		errs.Add("email", "Skriv en e-postadress med små bokstäver, till exempel maja@example.se.")
	}
	if strings.TrimSpace(e.Name) == "" {
		errs.Add("name", "Skriv bedömarens namn.")
	}
	if !e.From.IsZero() && !e.To.IsZero() && e.To.Before(e.From) {
		errs.Add("to", "Sista dagen kan inte ligga före den första.")
	}
	if e.CallsPerDay < 0 || e.CallsPerDay > 500 {
		errs.Add("calls_per_day", "Skriv 0–500 samtal per dag.")
	}
	if e.EmailsPerDay < 0 || e.EmailsPerDay > 500 {
		errs.Add("emails_per_day", "Skriv 0–500 e-brev per dag.")
	}
	if backwards(e.Hours) {
		errs.Add("closes", "Sluttiden ska vara efter starttiden.")
	}
	return errs.Err()
}

// backwards reports whether own hours are given, but hold no time.
func backwards(h officehours.Hours) bool { return h != (officehours.Hours{}) && h.Closed() }

// ValidEmail reports whether the text is one bare e-mail address.
func ValidEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && strings.Contains(s, "@") && len(s) <= 254
}

// NormalPhone gives a Swedish telephone number in international form,
// "+46701740605", or false when the text is none.
func NormalPhone(s string) (string, bool) {
	s = strings.NewReplacer("(0)", "", " ", "", "\u00a0", "", "-", "", "/", "", "(", "", ")", "").Replace(s)
	switch {
	case strings.HasPrefix(s, "00"):
		s = "+" + s[2:]
	case strings.HasPrefix(s, "0"):
		s = "+46" + s[1:]
	}
	if !strings.HasPrefix(s, "+") || len(s) < 8 || len(s) > 16 {
		return "", false
	}
	for _, r := range s[1:] {
		if r < '0' || r > '9' {
			return "", false
		}
	}
	return s, true
}

// PutParticipant adds a participant or overwrites the one with its code.
func (s *Setup) PutParticipant(p Participant) {
	i, found := slices.BinarySearchFunc(
		s.Participants,
		p,
		func(a, b Participant) int { return cmp.Compare(a.Code, b.Code) },
	)
	if found {
		s.Participants[i] = p
		return
	}
	s.Participants = slices.Insert(s.Participants, i, p)
}

// PutEvaluator adds an evaluator or overwrites the one with the address.
func (s *Setup) PutEvaluator(e Evaluator) {
	i, found := slices.BinarySearchFunc(
		s.Evaluators,
		e,
		func(a, b Evaluator) int { return cmp.Compare(a.Email, b.Email) },
	)
	if found {
		s.Evaluators[i] = e
		return
	}
	s.Evaluators = slices.Insert(s.Evaluators, i, e)
}

// PutAssignment adds an assignment unless it is there. Its area, evaluator
// and municipality must be the round's.
func (s *Setup) PutAssignment(a Assignment) error {
	if err := s.checkAssignment(a); err != nil {
		return err
	}
	i, found := slices.BinarySearchFunc(s.Assignments, a, compareAssignments)
	if !found {
		s.Assignments = slices.Insert(s.Assignments, i, a)
	}
	return nil
}

// ReplaceAssignments makes the given assignments the round's.
func (s *Setup) ReplaceAssignments(as []Assignment) error {
	s.Assignments = nil
	for _, a := range as {
		if err := s.PutAssignment(a); err != nil {
			return err
		}
	}
	return nil
}

func (s *Setup) checkAssignment(a Assignment) error {
	var errs FieldErrors
	if !slices.Contains(s.Round.Design.Areas, a.Area) {
		errs.Add("area", "Frågeområdet ”"+string(a.Area)+"” finns inte i omgången.")
	}
	if _, ok := s.Evaluator(a.Evaluator); !ok {
		errs.Add("evaluator", "Bedömaren "+a.Evaluator+" finns inte i omgången.")
	}
	if _, ok := s.Participant(a.Municipality); !ok && a.Municipality != "" {
		errs.Add("municipality", "Kommunen "+a.Municipality+" deltar inte i omgången.")
	}
	return errs.Err()
}

func compareAssignments(a, b Assignment) int {
	return cmp.Or(
		cmp.Compare(a.Area, b.Area),
		cmp.Compare(a.Evaluator, b.Evaluator),
		cmp.Compare(a.Municipality, b.Municipality),
	)
}
