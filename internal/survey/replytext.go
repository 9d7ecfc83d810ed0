package survey

import "strings"

// ReplyKind says which letter a text is.
type ReplyKind string

// The letters whose text is kept.
const (
	FirstReply    ReplyKind = "first"    // by a person
	CompleteReply ReplyKind = "complete" // the one that answered the question, when it came later
)

// Title is the letter's Swedish name.
func (k ReplyKind) Title() string {
	if k == CompleteReply {
		return "Komplett svar"
	}
	return "Första svaret"
}

// ReplyText is what a municipality wrote, without what names the writer: the
// text is masked before it is kept.
type ReplyText struct {
	Kind ReplyKind
	Text string // "" takes away what was kept
}

// KeptText is what is kept of a letter: its writer's own words, masked, without
// the letter that it answers.
func KeptText(text string) string { return strings.TrimSpace(Redact(Unquoted(text))) }

// kept gives the texts as they are kept, and what is wrong with them.
func kept(texts []ReplyText) (list []ReplyText, errs FieldErrors) {
	for _, r := range texts {
		r.Text = KeptText(r.Text)
		errs.checkNote(string(r.Kind)+"_text", r.Text)
		list = append(list, r)
	}
	return list, errs
}
