package survey

import "unicode/utf8"

// maxNote is how long a note or a reason may be, in characters; the files
// that are read in have the same limit.
const maxNote = 4000

// checkNote adds an error when a text is too long to be kept.
func (e *FieldErrors) checkNote(field, text string) {
	if utf8.RuneCountInString(text) > maxNote {
		e.Add(field, "Texten är för lång. Skriv högst 4\u00a0000 tecken.")
	}
}
