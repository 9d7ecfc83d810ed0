package survey

import (
	"fmt"

	"github.com/google/uuid"
)

// ID identifies a T. It is a UUID version 7, so identifiers sort by the time
// they were made and inserts stay at the end of an index.
type ID[T any] uuid.UUID

// Identifiers, one type per noun, so that a round's id does not pass for a contact's.
type (
	RoundID    = ID[Round]
	ContactID  = ID[Contact]
	UserID     = ID[User]
	PracticeID = ID[PracticeContact]
)

// NewID makes a fresh identifier.
func NewID[T any]() ID[T] { return ID[T](uuid.Must(uuid.NewV7())) }

// ParseID reads the canonical text form. A text that is no UUID is
// ErrNotFound: nothing can have that identifier.
func ParseID[T any](s string) (ID[T], error) {
	u, err := uuid.Parse(s)
	if err != nil {
		return ID[T]{}, fmt.Errorf("%w: id %q", ErrNotFound, s)
	}
	return ID[T](u), nil
}

// String gives the canonical text form, or "" for the zero identifier.
func (id ID[T]) String() string {
	if id.IsZero() {
		return ""
	}
	return uuid.UUID(id).String()
}

// IsZero reports whether the identifier has never been set.
func (id ID[T]) IsZero() bool { return uuid.UUID(id) == uuid.Nil }
