package survey

import "time"

// DraftForm is what an evaluator has filled in about a contact and not reported
// yet. It is theirs alone, on whatever computer they open the contact, and ends
// when they report.
type DraftForm struct {
	Contact  ContactID
	By       string            // e-mail address
	Attempt  int               // the dial it is about, from 1; of an e-mail which form, from 0
	Fields   map[string]string // what stands in the page's form, by its names
	Writer   string            // the opened page that saved it
	Revision int               // counts saves, from 1; 0: never saved
	SavedAt  time.Time         // UTC
}

// Over says whether saving the draft over the stored one would hide what was
// filled in elsewhere: another page has saved since this one last looked.
func (d DraftForm) Over(stored DraftForm) error {
	if stored.Revision == 0 || d.Writer == stored.Writer || d.Revision == stored.Revision {
		return nil
	}
	return ErrConflict
}

// Draftable is nil while a draft about the contact could still be reported.
func (c Contact) Draftable() error { return c.changeable() }
