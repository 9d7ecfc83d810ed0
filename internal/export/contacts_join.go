package export

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// join makes contacts of the lines and checks what only shows when a
// contact's lines, or a cell's contacts, are seen together.
func (in *contactReader) join() {
	inCell := map[survey.Cell][]int{} // lines of the contacts that are not voided
	for i := range in.contacts {
		c, ls := &in.contacts[i], in.dials[i]
		first := ls[0]
		slices.SortStableFunc(ls, func(a, b contactLine) int { return cmp.Compare(a.attempt, b.attempt) })
		switch c.Channel {
		case survey.Phone:
			in.joinCall(c, ls)
		case survey.Email:
			in.joinMail(c, ls)
		}
		last := ls[len(ls)-1]
		if !last.sure("disposition") || !first.sure("channel") {
			continue // how the contact ended is not known
		}
		if last.disposition != survey.Void && c.Municipality != "" && c.Question != "" {
			in.checkCell(inCell, c.Cell(), first)
		}
		in.finish(c, first, last)
	}
}

// wrong notes an error in a column of a line that has none there yet.
func (in *contactReader) wrong(l contactLine, column, message string) {
	if l.sure(column) {
		in.add(l.line, column, message)
	}
}

// joinCall puts the attempts into the contact.
func (in *contactReader) joinCall(c *survey.Contact, ls []contactLine) {
	if in.checkAttempts(ls); len(ls) == 1 && ls[0].dial.Dialled.IsZero() {
		if d := ls[0].disposition; d != "" && d != survey.Void {
			in.wrong(ls[0], "dialled_at", "Cellen är tom, men slutkoden är "+string(d)+". Skriv när det ringdes.")
		}
		return
	}
	c.Attempts = make([]survey.Attempt, len(ls))
	for i, l := range ls {
		c.Attempts[i] = l.dial
		if len(ls) > 1 && l.dial.Dialled.IsZero() {
			in.wrong(l, "dialled_at", fmt.Sprintf("Försök %d har ingen tid. Skriv när det ringdes.", l.attempt))
		}
		if l.dial.Outcome == "" && (i < len(ls)-1 || l.disposition != "" && l.disposition != survey.Void) {
			in.wrong(l, "outcome", "Cellen är tom. Skriv hur uppringningen slutade: "+either(outcomes)+".")
		}
		if i > 0 && l.attempt > ls[i-1].attempt {
			in.checkSequence(ls[i-1], l)
		}
	}
	in.checkCallEnd(ls)
}

// checkAttempts wants each attempt once, 1 and up, with three counted at most.
func (in *contactReader) checkAttempts(ls []contactLine) {
	counted := 0
	for i, l := range ls {
		if l.dial.Counted() {
			if counted++; counted == maxCounted+1 {
				in.wrong(l, "attempt", "Kontakten har fler än tre räknade försök. Ta bort de som är för många.")
			}
		}
		switch {
		case i > 0 && l.attempt == ls[i-1].attempt:
			in.repeated(ls[i-1], l)
		case l.attempt != i+1 && (i == 0 || l.attempt != ls[i-1].attempt+1):
			in.wrong(l, "attempt", fmt.Sprintf("Försök %d av kontakten %s saknas i filen. Numrera försöken 1, 2, 3.",
				missing(ls, i), ls[0].key))
		}
	}
}

// missing is the number that should have come before line i.
func missing(ls []contactLine, i int) int {
	if i == 0 {
		return 1
	}
	return ls[i-1].attempt + 1
}

// repeated notes a line with the same key and attempt as an earlier one.
func (in *contactReader) repeated(first, again contactLine) {
	column, remedy := "attempt", "Ta bort den ena raden, eller numrera försöken."
	if _, ok := in.at["attempt"]; !ok {
		column, remedy = "replicate", "Ta bort den ena raden, eller numrera uppringningarna i en kolumn attempt."
	}
	if again.key.channel == string(survey.Email) {
		column, remedy = "replicate", "Ta bort den ena raden, eller ändra replicate."
	}
	in.wrong(again, column, fmt.Sprintf("Kontakten %s står redan på rad %d. %s", again.key, first.line, remedy))
}

// checkSequence wants an attempt to begin when the one before it is over.
func (in *contactReader) checkSequence(before, after contactLine) {
	end := lastInstant(survey.Contact{Attempts: []survey.Attempt{before.dial}})
	if after.dial.Dialled.IsZero() || !after.dial.Dialled.Before(end) {
		return
	}
	in.wrong(after, "dialled_at", fmt.Sprintf("Försök %d börjar före slutet av försök %d, %s. "+
		"Rätta tiderna eller numreringen.", after.attempt, before.attempt, stamp(end)))
}

// checkCallEnd wants the disposition to follow from the attempts, on the last
// of them. A line of an earlier attempt may repeat it, or say how that attempt
// alone would have ended.
func (in *contactReader) checkCallEnd(ls []contactLine) {
	last := ls[len(ls)-1]
	reached := slices.ContainsFunc(ls, func(l contactLine) bool { return l.dial.Outcome == survey.Reached })
	unsure := slices.ContainsFunc(ls, func(l contactLine) bool { return l.dial.Outcome == "" })
	for _, l := range ls[:len(ls)-1] {
		switch d := l.disposition; {
		case d == "":
		case l.dial.Outcome == survey.Fault:
			in.wrong(l, "disposition", "Ett eget tekniskt fel har ingen slutkod när ett försök till följer. Lämna cellen tom.")
		case last.disposition == "":
			in.wrong(l, "disposition", fmt.Sprintf("Slutkoden ska stå på sista försöket, rad %d. Flytta den dit.", last.line))
		case d != last.disposition && d != ending(l.dial):
			in.wrong(l, "disposition",
				fmt.Sprintf("Slutkoden är en annan än på sista försöket, rad %d. Lämna cellen tom.", last.line))
		}
	}
	switch {
	case unsure:
	case last.disposition == survey.Completed && !reached:
		in.wrong(last, "disposition",
			"Slutkoden är completed, men ingen handläggare har nåtts. Skriv no_contact, eller rätta utfallet.")
	case last.disposition == survey.NoContact && reached:
		in.wrong(last, "disposition",
			"Slutkoden är no_contact, men en handläggare har nåtts. Skriv completed, eller rätta utfallet.")
	}
}

// ending is the disposition of a contact that ends with this attempt.
func ending(a survey.Attempt) survey.Disposition {
	if a.Outcome == survey.Reached {
		return survey.Completed
	}
	return survey.NoContact
}

// joinMail checks the end of an e-mail, which stands on one line.
func (in *contactReader) joinMail(c *survey.Contact, ls []contactLine) {
	for _, l := range ls[1:] {
		in.repeated(ls[0], l)
	}
	l := ls[0]
	switch d := l.disposition; {
	case d == "" || d == survey.Void:
	case c.Mail.Sent.IsZero():
		in.wrong(l, "sent_at", "Cellen är tom, men slutkoden är "+string(d)+". Skriv när e-brevet skickades.")
	case d == survey.Completed && c.Mail.FirstReply.IsZero():
		in.wrong(l, "first_reply_at",
			"Cellen är tom, men slutkoden är completed. Skriv när svaret kom, eller skriv no_reply.")
	case d == survey.NoReply && l.sure("sent_at", "first_reply_at") && c.Replied(in.round):
		in.wrong(l, "disposition", "Slutkoden är no_reply, men en person har svarat före stoppgränsen. Skriv completed.")
	}
}

// checkCell refuses more contacts than the design has in a cell.
func (in *contactReader) checkCell(inCell map[survey.Cell][]int, cell survey.Cell, l contactLine) {
	held := append(inCell[cell], l.line)
	inCell[cell] = held
	if most := in.round.Design.Replicates; len(held) > most {
		in.wrong(l, "replicate", fmt.Sprintf("Det här är kontakt nummer %d för samma kommun, fråga och kanal, "+
			"men upplägget har %d. Den första står på rad %d. Ta bort en, eller makulera den med slutkoden void.",
			len(held), most, held[0]))
	}
}

// finish gives the contact its state.
func (in *contactReader) finish(c *survey.Contact, first, last contactLine) {
	end := lastInstant(*c)
	switch {
	case last.disposition != "":
		c.State, c.Disposition = survey.Approved, last.disposition
		c.SubmittedAt = end
		if end.IsZero() {
			c.SubmittedAt = c.PlannedAt
		}
	case c.PlannedAt.IsZero():
		in.wrong(first, "planned_at", "Cellen är tom. "+
			"En kontakt som inte är klar behöver en planerad tid, eller en slutkod (disposition).")
	case end.IsZero():
		c.State = survey.Planned
	default:
		c.State = survey.Begun
	}
}

// lastInstant is when something last happened with the contact.
func lastInstant(c survey.Contact) time.Time {
	var last time.Time
	later := func(t time.Time) {
		if t.After(last) {
			last = t
		}
	}
	for _, a := range c.Attempts {
		later(a.Dialled)
		later(a.Answered)
		later(a.Connected)
		later(a.Ended)
	}
	for _, t := range []time.Time{c.Mail.Sent, c.Mail.AutoReply, c.Mail.FirstReply, c.Mail.CompleteReply} {
		later(t)
	}
	return last
}

// stamp writes an instant as files have it: Swedish time with its offset, and
// no more decimals than it takes to read the same instant back.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	layout := time.RFC3339
	switch ns := t.Nanosecond(); {
	case ns == 0:
	case ns%int(time.Millisecond) == 0:
		layout = "2006-01-02T15:04:05.000Z07:00"
	default:
		layout = time.RFC3339Nano
	}
	return t.In(officehours.Stockholm).Format(layout)
}
