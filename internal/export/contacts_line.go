package export

import (
	"slices"
	"time"

	"servicematning/internal/survey"
)

// dial reads the telephone columns of a line, and refuses those of e-mail.
func (in *contactReader) dial(r row) survey.Attempt {
	refuse(r, emailOnly, "Kolumnen gäller bara e-brev. Lämna cellen tom för samtal.")
	a := survey.Attempt{
		Dialled:   in.passed(r, "dialled_at"),
		Answered:  in.passed(r, "answered_at"),
		Connected: in.passed(r, "connected_at"),
		Ended:     in.passed(r, "ended_at"),
		Outcome:   code(r, "outcome", outcomes, "inget utfall"),
		Ratings:   in.ratings(r, survey.Phone),
		Note:      comment(r),
	}
	for _, at := range []struct {
		column string
		t      time.Time
	}{{"dialled_at", a.Dialled}, {"answered_at", a.Answered}, {"connected_at", a.Connected}, {"ended_at", a.Ended}} {
		if !at.t.IsZero() {
			in.inside(r, at.column, at.t)
		}
	}
	var ok bool
	if a.Greeting, ok = survey.ParseGreeting(r.text("greeting")); !ok {
		r.fail("greeting", quoted(r.text("greeting"))+" går inte. "+
			"Skriv municipality, name och hello med + emellan, det som sades.")
	}
	dialOrder(r, a)
	dialOutcome(r, a)
	return a
}

// dialOrder refuses instants that do not follow each other.
func dialOrder(r row, a survey.Attempt) {
	if a.Dialled.IsZero() && r.text("dialled_at") == "" {
		if filled := firstFilled(r, phoneOnly, ratingColumns); filled != "" {
			r.fail("dialled_at", "Cellen är tom, men "+filled+" är ifylld. Skriv när det ringdes.")
		}
	}
	last, column := a.Dialled, "dialled_at"
	for _, at := range []struct {
		column string
		t      time.Time
	}{{"answered_at", a.Answered}, {"connected_at", a.Connected}, {"ended_at", a.Ended}} {
		if at.t.IsZero() {
			continue
		}
		if at.t.Before(last) {
			r.fail(at.column, "Tiden ligger före "+column+", "+stamp(last)+". Rätta den ena.")
			continue
		}
		last, column = at.t, at.column
	}
}

// dialOutcome refuses what does not go with the outcome.
func dialOutcome(r row, a survey.Attempt) {
	connected := r.text("connected_at") != ""
	switch {
	case !r.ok("outcome"):
		return
	case a.Outcome == survey.Reached && !connected:
		r.fail("connected_at", "Cellen är tom, men utfallet är reached. "+
			"Skriv när handläggaren svarade, eller ändra utfallet.")
	case connected && a.Outcome != survey.Reached && a.Outcome != survey.Fault && a.Outcome != "":
		r.fail("connected_at", "Utfallet är "+string(a.Outcome)+", då har ingen handläggare svarat. "+
			"Ta bort tiden, eller skriv reached.")
	}
	if a.Outcome != survey.Reached {
		refuse(r, ratingColumns, "Bedömning görs bara när en handläggare har nåtts (outcome reached). Lämna cellen tom.")
	}
	if a.Greeting != 0 && r.text("answered_at") == "" {
		r.fail("greeting", "Ingen svarade (answered_at är tom). Ta bort hälsningsfrasen, eller skriv när det svarades.")
	}
}

// mail reads the e-mail columns of a line, and refuses those of telephone.
func (in *contactReader) mail(r row) survey.Mail {
	refuse(r, phoneOnly, "Kolumnen gäller bara samtal. Lämna cellen tom för e-brev.")
	if r.ok("attempt") && r.text("attempt") != "" && r.number("attempt", 1, maxAttempt) != 1 {
		r.fail("attempt", "Ett e-brev har bara ett försök. Skriv 1 eller lämna cellen tom.")
	}
	m := survey.Mail{
		Sent:          in.passed(r, "sent_at"),
		AutoReply:     in.passed(r, "auto_reply_at"),
		FirstReply:    in.passed(r, "first_reply_at"),
		CompleteReply: in.passed(r, "complete_reply_at"),
		Ratings:       in.ratings(r, survey.Email),
		Note:          comment(r),
	}
	var ok bool
	if m.Sender, ok = survey.ParseSender(r.text("sender")); !ok {
		r.fail("sender", quoted(r.text("sender"))+" går inte. Skriv name, title och phone med + emellan, det som gavs.")
	}
	if !m.Sent.IsZero() {
		in.inside(r, "sent_at", m.Sent)
	}
	mailOrder(r, m)
	if r.text("first_reply_at") == "" {
		const only = " bara när en person har svarat, men first_reply_at är tom. Lämna cellen tom."
		refuse(r, ratingColumns, "Bedömning görs"+only)
		refuse(r, []string{"sender"}, "Avsändaruppgifter finns"+only)
	}
	return m
}

// mailOrder refuses replies that cannot have come when they are said to.
func mailOrder(r row, m survey.Mail) {
	if r.text("sent_at") == "" {
		if filled := firstFilled(r, emailOnly, ratingColumns); filled != "" {
			r.fail("sent_at", "Cellen är tom, men "+filled+" är ifylld. Skriv när e-brevet skickades.")
		}
		return
	}
	if !r.ok("sent_at") {
		return
	}
	if !r.ok("first_reply_at") {
		m.CompleteReply = time.Time{} // nothing to compare it with
	}
	for _, e := range survey.CheckMailOrder(m) {
		r.fail(e.Field+"_at", e.Message)
	}
}

// ratings reads the levels, each on its criterion's scale.
func (in *contactReader) ratings(r row, ch survey.Channel) survey.Ratings {
	var out survey.Ratings
	for i, column := range ratingColumns {
		level := r.text(column)
		if level == "" {
			continue
		}
		s := in.known.scales[ch][i]
		switch at := slices.Index(s.codes, survey.LevelCode(level)); {
		case len(s.codes) == 0:
			r.fail(column, "Kriteriet bedöms inte för "+ch.Title()+". Lämna cellen tom.")
		case at < 0:
			r.fail(column, quoted(level)+" finns inte i skalan "+s.titles+". Skriv "+either(s.codes)+".")
		default:
			out.Set(survey.CriterionCode(column), s.codes[at])
		}
	}
	return out
}

// passed is an instant that is not in the future.
func (in *contactReader) passed(r row, column string) time.Time {
	at := r.instant(column)
	if at.After(in.now) {
		r.fail(column, "Tiden ligger i framtiden. Skriv en tid som har varit.")
	}
	return at
}

// inside refuses an instant outside the round's period.
func (in *contactReader) inside(r row, column string, at time.Time) {
	if p := in.round.Period; !p.Contains(at) {
		r.fail(column, "Tiden ligger utanför mätperioden "+p.From.String()+"–"+p.To.String()+". Rätta tiden.")
	}
}

// refuse notes every cell of the columns that is filled.
func refuse(r row, columns []string, message string) {
	for _, column := range columns {
		if r.text(column) != "" {
			r.fail(column, message)
		}
	}
}

// firstFilled is the first of the columns that is not empty.
func firstFilled(r row, groups ...[]string) string {
	for _, columns := range groups {
		for _, column := range columns {
			if r.text(column) != "" {
				return column
			}
		}
	}
	return ""
}
