package export

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// writtenColumns is the order of columns in an export.
var writtenColumns = slices.Insert(slices.Clone(contactColumns.needed), 4, "attempt")

// WriteContacts writes contacts in the import format, planned ones too: by
// municipality, channel (phone first), question in the design's order,
// replicate and attempt. The stream must come with the municipalities in the
// order of their codes, as a store gives it; only one municipality's contacts
// are held in memory.
//
// Texts are written as they are, because the file is meant to be read back;
// only line breaks of the form CR LF become LF.
func WriteContacts(w io.Writer, s survey.Setup, contacts results.Contacts) error {
	out := contactWriter{csv: csv.NewWriter(w), order: map[string]int{}}
	for i, q := range s.Round.Design.Questions {
		out.order[q.Code] = i + 1
	}
	if err := out.csv.Write(writtenColumns); err != nil {
		return err
	}
	var held []survey.Contact
	for c, err := range contacts {
		if err != nil {
			return err
		}
		if len(held) > 0 && held[0].Municipality != c.Municipality {
			if c.Municipality < held[0].Municipality {
				return fmt.Errorf("export: contacts of %s come after those of %s", c.Municipality, held[0].Municipality)
			}
			if err := out.municipality(held); err != nil {
				return err
			}
			held = held[:0]
		}
		held = append(held, c)
	}
	if err := out.municipality(held); err != nil {
		return err
	}
	out.csv.Flush()
	return out.csv.Error()
}

type contactWriter struct {
	csv   *csv.Writer
	order map[string]int // of question codes; those not in the design come last
	cells [25]string
}

// municipality writes the contacts of one municipality in order.
func (w *contactWriter) municipality(cs []survey.Contact) error {
	slices.SortStableFunc(cs, func(a, b survey.Contact) int {
		return cmp.Or(
			cmp.Compare(slices.Index(survey.Channels, a.Channel), slices.Index(survey.Channels, b.Channel)),
			cmp.Compare(w.rank(a.Question), w.rank(b.Question)),
			cmp.Compare(a.Question, b.Question),
			cmp.Compare(a.Replicate, b.Replicate),
		)
	})
	for _, c := range cs {
		if err := w.contact(c); err != nil {
			return err
		}
	}
	return nil
}

func (w *contactWriter) rank(question string) int {
	if i := w.order[question]; i > 0 {
		return i
	}
	return len(w.order) + 1
}

// contact writes a line per attempt, or one line where there is none.
func (w *contactWriter) contact(c survey.Contact) error {
	if c.Channel == survey.Email {
		return w.line(c, 1, survey.Attempt{Ratings: c.Mail.Ratings, Note: c.Mail.Note})
	}
	if len(c.Attempts) == 0 {
		var none survey.Attempt
		if c.Disposition == survey.Void {
			none.Note = c.ReviewNote
		}
		return w.line(c, 1, none)
	}
	end := c.Disposition
	for i, a := range c.Attempts {
		c.Disposition = ""
		if i == len(c.Attempts)-1 {
			c.Disposition = end
		}
		if err := w.line(c, i+1, a); err != nil {
			return err
		}
	}
	return nil
}

// line writes an attempt of the contact; an e-mail is one without a dial.
func (w *contactWriter) line(c survey.Contact, attempt int, a survey.Attempt) error {
	m, ratings := c.Mail, a.Ratings
	w.cells = [...]string{
		c.Municipality, string(c.Channel), c.Question, strconv.Itoa(c.Replicate), strconv.Itoa(attempt),
		c.Evaluator, stamp(c.PlannedAt), string(c.Disposition),
		string(a.Outcome), stamp(a.Dialled), stamp(a.Answered), stamp(a.Connected), stamp(a.Ended),
		stamp(m.Sent), stamp(m.AutoReply), stamp(m.FirstReply), stamp(m.CompleteReply),
		string(ratings.Answer), string(ratings.Information), string(ratings.Interest), string(ratings.Treatment),
		a.Greeting.String(), m.Sender.String(), strconv.FormatBool(c.Suspected), unixBreaks(a.Note),
	}
	return w.csv.Write(w.cells[:])
}
