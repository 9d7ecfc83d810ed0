package web

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// readLetterText fills what the visitor has left empty in the form with what
// the pasted text says, puts the text as it will be kept, and tells what was
// found. The visitor decides: nothing that is filled in is changed.
func readLetterText(f *form, m survey.Mail, now time.Time) []string {
	text := f.text("text")
	if text == "" {
		return nil
	}
	var found []string
	if mailStepOf(f) == firstStep {
		found = append(found, guessKind(f, text))
	}
	if !f.given("came_day") && !f.given("came_clock") {
		found = append(found, fillTime(f, text, m, now))
	}
	if survey.LetterKind(f.text("kind")) == survey.PersonLetter && readBits(f, senderBits) == 0 {
		if s := survey.SenderIn(text); s != 0 {
			writeBits(f, senderBits, s)
			found = append(found, "Avsändaren tycks ge "+tellBoxes("", boxes(f, senderBits)).text+".")
		}
	}
	f.set("text", survey.KeptText(text))
	return append(found, "Texten står nu som den sparas.")
}

// guessKind proposes what the letter is.
func guessKind(f *form, text string) string {
	guess, chosen := survey.Guess(text), survey.LetterKind(f.text("kind"))
	words := map[survey.LetterKind]string{
		survey.PersonLetter: "ett svar av en person", survey.AutomaticLetter: "ett automatiskt svar",
		survey.BouncedLetter: "en studs",
	}
	if chosen != "" && chosen != guess {
		return "Texten ser ut som " + words[guess] + ", men du har valt något annat. Du avgör."
	}
	f.set("kind", string(guess))
	return "Det ser ut som " + words[guess] + "."
}

// fillTime proposes when the letter came.
func fillTime(f *form, text string, m survey.Mail, now time.Time) string {
	at := letterTime(text, m.Sent, now)
	if at.IsZero() {
		return "Tiden står inte i texten. Skriv den som den står i e-posten."
	}
	writeInstant(f, "came", at)
	return "Det kom " + survey.MomentText(at) + "."
}

var (
	timeLine = regexp.MustCompile(`(?i)^[\s>*]*(?:skickat|skickades|sent|date|datum|mottaget|` +
		`received)\s*\*?:\*?\s*(.+)$`)
	senderLine = regexp.MustCompile(`(?i)^[\s>*]*(?:från|from)\s*\*?:\*?\s*(.+)$`)
	inBrackets = regexp.MustCompile(`\s*\([^)]*\)\s*$`) // "(för 2 timmar sedan)", "(CET)"
)

// letterTime finds when a letter came in what its mail program wrote above it:
// between sent and now, the zero time when nothing says so. Times in the
// writer's own sentences and in the quoted letter are not looked at.
func letterTime(text string, sent, now time.Time) time.Time {
	today := officehours.DateOf(now)
	for _, line := range survey.Header(text) {
		var at time.Time
		if labelled := timeLine.FindStringSubmatch(line); labelled != nil {
			at = parseLetterTime(labelled[1], today)
		} else if from := senderLine.FindStringSubmatch(line); from != nil {
			at = parseTail(from[1], today)
		} else {
			at = parseLetterTime(line, today)
		}
		if !at.IsZero() && !at.Before(sent.Truncate(time.Minute)) && !at.After(now) {
			return at
		}
	}
	return time.Time{}
}

// parseTail finds the time that a line ends with.
func parseTail(line string, today officehours.Date) time.Time {
	words := strings.Fields(line)
	for i := range words {
		if at := parseLetterTime(strings.Join(words[i:], " "), today); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

// englishTimes are how mail programs in English write times, without commas.
var englishTimes = []string{
	"Monday January 2 2006 3:04 PM", "Monday January 2 2006 15:04", "Mon Jan 2 2006 at 3:04 PM", "Mon Jan 2 2006 3:04 PM",
	"Mon 2 Jan 2006 at 15:04", "Mon 2 Jan 2006 15:04", "January 2 2006 3:04 PM", "Jan 2 2006 3:04 PM", "1/2/2006 3:04 PM",
}

// parseLetterTime reads a day and a time as mail programs write them, the zero
// time when the text is anything else.
func parseLetterTime(text string, today officehours.Date) time.Time {
	if at, err := mail.ParseDate(strings.TrimSpace(text)); err == nil {
		return at
	}
	text = inBrackets.ReplaceAllString(text, "")
	words := strings.Fields(strings.NewReplacer(",", " ", "\u202f", " ", "\u00a0", " ").Replace(text))
	for _, layout := range englishTimes {
		if at, err := time.ParseInLocation(layout, strings.Join(words, " "), officehours.Stockholm); err == nil {
			return at
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool {
		return slices.Contains([]string{"den", "kl", "kl.", "klockan"}, strings.ToLower(w))
	})
	if len(words) < 2 {
		return time.Time{}
	}
	clock, ok := clockOf(words[len(words)-1])
	words = words[:len(words)-1]
	if _, err := officehours.ParseDate(words[len(words)-1]); err == nil {
		words = words[len(words)-1:] // "tis 2026-10-27"
	}
	day, err := parseDate(strings.Join(words, " "), today)
	if !ok || err != nil {
		return time.Time{}
	}
	return day.At(0, int(clock))
}

// clockOf reads "14:20", "14.20" and "14:20:05", not a bare hour.
func clockOf(word string) (officehours.Clock, bool) {
	parts := strings.Split(strings.ReplaceAll(word, ".", ":"), ":")
	if len(parts) != 2 && len(parts) != 3 {
		return 0, false
	}
	clock, err := officehours.ParseClock(parts[0] + ":" + parts[1])
	return clock, err == nil
}
