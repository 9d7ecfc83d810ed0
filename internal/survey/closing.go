package survey

import "time"

// CheckItem is one line of the check-list that must be empty before a round
// is closed.
type CheckItem string

// The check-list of domain.md §7.
const (
	MissingContacts CheckItem = "missing_contacts" // planned or begun, or never planned
	Unreviewed      CheckItem = "unreviewed"       // submitted where the round requires review
	ReturnedOpen    CheckItem = "returned"         // returned and not answered
	InsideCutoff    CheckItem = "inside_cutoff"    // e-mails that may still be answered
	BelowMinBase    CheckItem = "below_min_base"   // municipalities with too few counted contacts
)

// CheckItems in the order they are shown.
var CheckItems = []CheckItem{MissingContacts, Unreviewed, ReturnedOpen, InsideCutoff, BelowMinBase}

// Title is the item's Swedish name.
func (i CheckItem) Title() string {
	switch i {
	case MissingContacts:
		return "Saknade kontakter"
	case Unreviewed:
		return "Ej granskade"
	case ReturnedOpen:
		return "Returnerade utan svar"
	case InsideCutoff:
		return "E-brev före stoppgränsen"
	case BelowMinBase:
		return "Kommuner under basgränsen"
	}
	return string(i)
}

// Check is one line of a round's check-list as it stands.
type Check struct {
	Item   CheckItem
	Count  int
	Detail string // Swedish: where they are
	Waiver *Waiver
}

// Open reports whether the line still hinders closing.
func (c Check) Open() bool { return c.Count > 0 && c.Waiver == nil }

// Waiver lets a round close in spite of an item, for a reason that follows
// with the result.
type Waiver struct {
	Item   CheckItem
	Reason string
	By     string // e-mail address
	At     time.Time
}

// Closing is a round's frozen state: everything its figures rest on, and the
// checksum that proves it has not been touched.
type Closing struct {
	Revision int
	At       time.Time
	By       string // e-mail address
	Waivers  []Waiver
	Checksum string // SHA-256 of Frozen, in hexadecimal
	Frozen   []byte // figures, definitions, weights, groups and calendar; see results.Freeze
}
