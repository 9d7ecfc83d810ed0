package export

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"servicematning/internal/survey"
)

// ReadContacts reads contacts, in the order in which the file first names
// them. A contact with a disposition is approved; one without is planned or
// begun, as its instants tell. The contacts have no identifiers: their keys
// are what joins them to those that the round already holds.
func ReadContacts(r io.Reader, name string, s survey.Setup, now time.Time) ([]survey.Contact, error) {
	t, err := open(r, name, contactColumns)
	if err != nil {
		return nil, err
	}
	in := contactReader{
		table: t, round: s.Round, now: now, known: newLookup(s),
		index: map[contactKey]int{}, addresses: map[string]string{},
	}
	expected := min(bytes.Count(t.data, []byte{'\n'}), len(t.data)/usualLine)
	in.contacts, in.dials = make([]survey.Contact, 0, expected), make([][]contactLine, 0, expected)
	for row := range t.rows() {
		in.line(row)
	}
	in.join()
	return all(t, in.contacts)
}

// contactReader turns lines into contacts.
type contactReader struct {
	*table
	round     survey.Round
	now       time.Time
	known     lookup
	index     map[contactKey]int // place in contacts and dials
	contacts  []survey.Contact
	dials     [][]contactLine   // the lines of each contact
	addresses map[string]string // evaluators, so that each is kept once
}

// contactKey is a contact's key as text, so that lines with a faulty key can
// be told apart as well.
type contactKey struct {
	municipality, channel, question, replicate string
}

func (k contactKey) String() string {
	return k.municipality + ", " + k.channel + ", " + k.question + ", " + k.replicate
}

// contactLine is what one line says about its contact.
type contactLine struct {
	line        int
	key         contactKey
	attempt     int
	disposition survey.Disposition
	dial        survey.Attempt // phone
	wrong       []string       // the columns with an error
}

// sure reports whether the column on this line was read without errors.
func (l contactLine) sure(columns ...string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { return slices.Contains(l.wrong, c) })
}

// line reads one line and puts it with the others of its contact.
func (in *contactReader) line(r row) {
	c := in.identify(r)
	l := contactLine{line: r.line, attempt: 1}
	l.key = contactKey{c.Municipality, string(c.Channel), c.Question, strconv.Itoa(c.Replicate)}
	if !r.ok("municipality") || !r.ok("channel") || !r.ok("question") || !r.ok("replicate") {
		l.key = contactKey{r.text("municipality"), r.text("channel"), r.text("question"), r.text("replicate")}
	}
	if r.text("attempt") != "" {
		l.attempt = r.number("attempt", 1, maxAttempt)
	}
	c.Evaluator = in.evaluator(r)
	c.PlannedAt = in.planned(r)
	c.Suspected = suspected(r)
	r.longest("comment", maxComment)
	switch c.Channel {
	case survey.Phone:
		l.dial = in.dial(r)
		l.disposition = code(r, "disposition", dispositions[survey.Phone], "ingen slutkod för samtal")
	case survey.Email:
		c.Mail = in.mail(r)
		l.disposition = code(r, "disposition", dispositions[survey.Email], "ingen slutkod för e-brev")
	}
	if c.Channel == survey.Phone && l.dial.Dialled.IsZero() && r.text("comment") != "" {
		in.looseComment(r, &c, l)
	}
	l.wrong = slices.Clone(r.t.bad)
	in.file(c, l)
}

// looseComment places a comment that belongs to no dial: it is the reason why
// an unused contact was voided.
func (in *contactReader) looseComment(r row, c *survey.Contact, l contactLine) {
	if l.disposition == survey.Void {
		c.ReviewNote = comment(r)
		return
	}
	if r.ok("dialled_at") {
		r.fail("comment", "En kommentar hör till en uppringning, men dialled_at är tom. "+
			"Ta bort kommentaren eller skriv när det ringdes.")
	}
}

// file puts a line with its contact, or begins a new one.
func (in *contactReader) file(c survey.Contact, l contactLine) {
	i, known := in.index[l.key]
	if !known {
		l.key = l.key.clone()
		in.index[l.key] = len(in.contacts)
		in.contacts = append(in.contacts, c)
		in.dials = append(in.dials, []contactLine{l})
		return
	}
	l.key = in.dials[i][0].key
	in.dials[i] = append(in.dials[i], l)
	old := &in.contacts[i]
	old.Suspected = old.Suspected || c.Suspected
	if old.Evaluator == "" {
		old.Evaluator = c.Evaluator
	}
	if old.PlannedAt.IsZero() || !c.PlannedAt.IsZero() && c.PlannedAt.Before(old.PlannedAt) {
		old.PlannedAt = c.PlannedAt
	}
}

// clone frees the key from the line it was cut out of.
func (k contactKey) clone() contactKey {
	return contactKey{
		strings.Clone(k.municipality), strings.Clone(k.channel), strings.Clone(k.question), strings.Clone(k.replicate),
	}
}

// identify reads the key.
func (in *contactReader) identify(r row) survey.Contact {
	c := survey.Contact{Round: in.round.ID}
	municipality := r.need("municipality", "Skriv kommunkoden, till exempel 0305.")
	if p, ok := in.known.participants[municipality]; ok {
		c.Municipality = p.Code
	} else {
		r.fail("municipality", "Kommunen "+quoted(municipality)+" deltar inte i omgången."+
			orElse(municipalityHint(municipality), " Rätta koden, eller läs in kommunen som deltagare först."))
	}
	r.need("channel", "Skriv phone eller email.")
	c.Channel = code(r, "channel", survey.Channels, "ingen kanal")
	question := r.need("question", "Skriv frågans kod.")
	if q, ok := in.known.questions[question]; ok {
		c.Question, c.Area = q.Code, q.Area
	} else {
		r.fail("question", "Frågan "+quoted(question)+" finns inte i omgångens frågebank. "+
			"Rätta koden, eller läs in frågorna först.")
	}
	c.Replicate = r.number("replicate", 1, maxReplicate)
	return c
}

// evaluator is an address in lower case; unknown ones are kept as text.
func (in *contactReader) evaluator(r row) string {
	s := r.text("evaluator")
	if known, ok := in.addresses[s]; ok {
		return known
	}
	r.longest("evaluator", maxAddress)
	r.oneLine("evaluator")
	lower := strings.Clone(strings.ToLower(s))
	in.addresses[strings.Clone(s)] = lower
	return lower
}

// planned is when the contact was to be made, inside the period.
func (in *contactReader) planned(r row) time.Time {
	at := r.instant("planned_at")
	if !at.IsZero() {
		in.inside(r, "planned_at", at)
	}
	return at
}

func suspected(r row) bool {
	switch s := strings.ToLower(r.text("suspected")); s {
	case "", "false":
	case "true":
		return true
	default:
		r.fail("suspected", quoted(s)+" går inte. Skriv true eller false.")
	}
	return false
}

// comment is kept as it stands, free from the line it was cut out of.
func comment(r row) string { return strings.Clone(unixBreaks(r.raw("comment"))) }
