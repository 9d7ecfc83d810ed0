package survey

import (
	"regexp"
	"strconv"
	"strings"
)

// What stands where something that names a person has been taken out.
const (
	maskedName     = "[namn]"
	maskedEmail    = "[e-post]"
	maskedPhone    = "[telefon]"
	maskedPersonal = "[personnummer]"
)

// Redact masks what can name a person in a letter: names at greetings and
// sign-offs, in header lines and after words that introduce somebody, e-mail
// addresses, telephone numbers and personal numbers. Every telephone number is
// masked, the municipality's own too, for its form does not tell a switchboard
// from somebody's desk; short public numbers (112, 1177, 114 14) stay. Masking
// what is masked changes nothing.
//
// It is a net with meshes: a name in the middle of a sentence, without a title
// or a verb that introduces it, passes unless it also stands at the sign-off.
func Redact(text string) string {
	text = emailAddress.ReplaceAllString(text, maskedEmail)
	text = personalNumber.ReplaceAllStringFunc(text, maskPersonal)
	text = phoneAfterWord.ReplaceAllString(text, "${1}"+maskedPhone)
	text = replaceNumbers(text)
	return maskNames(text)
}

// HoldsName reports whether a text seems to hold a name that is not masked.
func HoldsName(text string) bool {
	return strings.Count(maskNames(text), maskedName) > strings.Count(text, maskedName)
}

var emailAddress = regexp.MustCompile(`[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}`)

// personalNumber has the form of one; maskPersonal looks at its date.
var personalNumber = regexp.MustCompile(`\b(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(?:\d{4}|[A-Za-z]{4}|[xX*]{4})\b`)

// maskPersonal masks a number that begins with a day of birth: the day may be
// 60 more (samordningsnummer). The organisation numbers of municipalities have
// a month over 20.
func maskPersonal(found string) string {
	if found[0] == '0' && !strings.ContainsAny(found, "-+") {
		return found // written as a telephone number, and masked as one
	}
	parts := personalNumber.FindStringSubmatch(found)
	month, _ := strconv.Atoi(parts[2])
	day, _ := strconv.Atoi(parts[3])
	if month < 1 || month > 12 || day < 1 || day > 91 || day > 31 && day < 61 {
		return found
	}
	return maskedPersonal
}

// phoneAfterWord is a number that says itself what it is, also without area code.
var phoneAfterWord = regexp.MustCompile(
	`(?i)(\b(?:telefonnummer|telefon|tel|tfn|mobilnummer|mobil|direktnummer|direkt)\.?(?:nr)?\s*:?\s*)` +
		`(?:\+?\(?\d[\d \x{a0}()/–-]{4,}\d)`)

// phoneNumber is a number with an area code or a country code. A dot is no part
// of it, for opening hours are written with dots.
var phoneNumber = regexp.MustCompile(
	`(?:\+|\b00)\(?\d{1,3}\)?(?:[ \x{a0}/–-]*\(?0?\)?)(?:[ \x{a0}/–-]?\d){6,11}\b|` +
		`\(?\b0[1-9]\d{0,2}\)?[ \x{a0}]?[-–/]?[ \x{a0}]?\d(?:[ \x{a0}–-]?\d){4,8}\b`)

// notPhone is what else begins with a nought: dates and hours.
var notPhone = regexp.MustCompile(
	`^(?:[0-3]\d[-/–][01]\d[-/–]\d{2,4}|[0-2]\d[0-5]\d ?[-–] ?[0-2]\d[0-5]\d|0\d ?[-–] ?\d\d(?: .*)?)$`)

// replaceNumbers masks the telephone numbers that stand by themselves: a number
// that goes on with a dot or a colon is hours, a property or a diary number.
func replaceNumbers(text string) string {
	var out strings.Builder
	last := 0
	for _, at := range phoneNumber.FindAllStringIndex(text, -1) {
		found := text[at[0]:at[1]]
		if notPhone.MatchString(found) || partOfNumber(text, at[0], at[1]) {
			continue
		}
		out.WriteString(text[last:at[0]])
		out.WriteString(maskedPhone)
		last = at[1]
	}
	return out.String() + text[last:]
}

// partOfNumber reports whether text[from:to] is cut out of something longer.
func partOfNumber(text string, from, to int) bool {
	before, after := text[:from], text[to:]
	if n := len(before); n > 1 && strings.ContainsRune(".:-/", rune(before[n-1])) && isDigit(before[n-2]) {
		return true
	}
	return len(after) > 1 && strings.ContainsRune(".:", rune(after[0])) && isDigit(after[1])
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
