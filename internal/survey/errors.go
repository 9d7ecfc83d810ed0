package survey

import (
	"errors"
	"strings"
)

// Kinds of refusal. Everything a caller must tell apart is one of these,
// possibly wrapped; everything else is a fault.
var (
	ErrNotFound  = errors.New("not found")
	ErrConflict  = errors.New("changed by somebody else")
	ErrForbidden = errors.New("not allowed")
	ErrClosed    = errors.New("the round is closed")
	// ErrUnpractised: the round asks for a passed practice before the first
	// real contact.
	ErrUnpractised = errors.New("practice not passed")
	// ErrRepeated says that this very form was received before and its
	// effect is already in place: the sender is shown the result of the first.
	ErrRepeated = errors.New("already done")
)

// Refusal is one of the kinds above with words for the user.
type Refusal struct {
	Kind    error
	Message string // Swedish: what is wrong and what to do
}

// Refuse makes a Refusal.
func Refuse(kind error, message string) error { return &Refusal{Kind: kind, Message: message} }

func (r *Refusal) Error() string { return r.Message }
func (r *Refusal) Unwrap() error { return r.Kind }

// FieldError is something wrong with one value that was given.
type FieldError struct {
	Field   string // the form field or the file's column
	Message string // Swedish: what is wrong and what to do
}

// FieldErrors lists everything wrong with what was given. It is an error when
// it is not empty; use Err to return it.
type FieldErrors []FieldError

// Add appends one error.
func (e *FieldErrors) Add(field, message string) {
	*e = append(*e, FieldError{Field: field, Message: message})
}

// Err gives the list as an error, or nil when nothing is wrong.
func (e FieldErrors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

func (e FieldErrors) Error() string {
	parts := make([]string, len(e))
	for i, f := range e {
		parts[i] = f.Message
		if f.Field != "" {
			parts[i] = f.Field + ": " + f.Message
		}
	}
	return strings.Join(parts, " ")
}

// On gives the messages for one field, joined, or "".
func (e FieldErrors) On(field string) string {
	var parts []string
	for _, f := range e {
		if f.Field == field {
			parts = append(parts, f.Message)
		}
	}
	return strings.Join(parts, " ")
}
