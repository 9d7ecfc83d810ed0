package survey

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// LetterKind says what a letter that comes back is.
type LetterKind string

// What can come back.
const (
	PersonLetter    LetterKind = "person"
	AutomaticLetter LetterKind = "auto" // says that the letter has come, or that somebody is away
	BouncedLetter   LetterKind = "bounce"
)

// LetterKinds in the order they are shown.
var LetterKinds = []LetterKind{PersonLetter, AutomaticLetter, BouncedLetter}

// Title is the kind's Swedish name.
func (k LetterKind) Title() string {
	switch k {
	case PersonLetter:
		return "Svar av en person"
	case AutomaticLetter:
		return "Automatiskt"
	case BouncedLetter:
		return "Studs"
	}
	return string(k)
}

// Letter is one letter that has come back.
type Letter struct {
	Kind     LetterKind
	At       time.Time
	Complete bool // the question is answered in it; of a person's letter only
}

// With gives the e-mail's instants after a letter. A letter never replaces one
// of the same kind: what is noted is changed by correcting it.
func (m Mail) With(l Letter) (Mail, FieldErrors) {
	var errs FieldErrors
	if l.At.IsZero() {
		errs.Add("came", "Skriv när svaret kom.")
	}
	noted := func(at time.Time, words string) bool {
		if !at.IsZero() {
			errs.Add("kind", words+" är redan noterat, "+MomentText(at)+
				", och står kvar. Är tiden fel, välj Rätta uppgifterna.")
		}
		return !at.IsZero()
	}
	switch {
	case l.Kind == AutomaticLetter && !noted(m.AutoReply, "Ett automatiskt svar"):
		m.AutoReply = l.At
	case l.Kind == BouncedLetter && !noted(m.Bounced, "Att brevet studsade"):
		m.Bounced = l.At
	case l.Kind == PersonLetter && !noted(m.FirstReply, "Det första svaret"):
		m.FirstReply = l.At
		if l.Complete {
			m.CompleteReply = l.At
		}
	case l.Kind == "":
		errs.Add("kind", "Välj vad det är för svar.")
	}
	return m, errs
}

// What is written in letters that no person wrote.
var (
	surelyAutomatic = regexp.MustCompile(`(?im)^[\s>*]*(?:auto-submitted:\s*auto|x-auto(?:reply|respond)|` +
		`precedence:\s*auto)|` +
		`^[\s>*]*(?:(?:ämne|subject)\s*\*?:\*?\s*)?(?:automatiskt svar|automatiskt meddelande|autosvar|` +
		`autoreply|automatic reply|auto:|` +
		`frånvaromeddelande|out of office)|` +
		`(?:detta|det här)(?: \pL+)? är (?:ett )?(?:auto|maskin)|(?:mejlet|meddelandet|svaret|` +
		`bekräftelsen) (?:har )?(?:skickas|skickats|är skickat|genereras|genererats) automatiskt|` +
		`går inte att (?:svara på|besvara) (?:detta|det här)|svara inte på (?:detta|det här)|do not reply|` +
		`no-?reply@|` +
		`out of (?:the )?office|läser inte (?:min|mina) (?:e-post|epost|mejl|mail)`)
	away = regexp.MustCompile(`(?i)\bjag (?:är|har) (?:just nu |för närvarande |tyvärr |idag |` +
		`i dag )?(?:inte (?:på kontoret|i tjänst|på plats)|` +
		`på semester|ledig|semester|föräldraledig|tjänstledig|sjukskriven|frånvarande|bortrest|på tjänsteresa|åter )`)
	receipt = regexp.MustCompile(`(?i)(?:vi|jag|kommunen|kontaktcenter) har (?:nu )?(?:tagit emot|mottagit|` +
		`fått)\s+(?:ditt|din|ert|er|det)\b|` +
		`(?:ditt|din|ert|er) (?:mejl|mail|e-post\pL*|epost|meddelande|fråga|ärende|synpunkt|e-brev)\s+(?:har|` +
		`är) (?:nu )?(?:mottag\pL+|kommit|registrer\pL+|tagits emot)|` +
		`bekräft\pL+[^.\n]{0,60}(?:mottag|tagit emot|kommit)`)
	thanks  = regexp.MustCompile(`(?i)tack för (?:ditt|din|ert|er|att du)`)
	promise = regexp.MustCompile(`(?i)(?:återkommer|återkoppla|svara[rs]?|besvara[rs]?|hör av oss|` +
		`kontaktar dig|behandlas|får (?:du )?(?:ett )?svar|hanteras)` +
		`[^.\n]{0,80}(?:snart|snarast|inom |arbetsdag|skyndsamt)|ärendenummer|handläggningstid`)
	bounce = regexp.MustCompile(`(?im)mailer-daemon|mail delivery (?:(?:sub)?system|failed)|returning message to sender|` +
		`\b550[ -]5\.\d\.\d|user unknown|^[\s>*]*(?:(?:ämne|subject)\s*\*?:\*?\s*)?kunde inte levereras|` +
		`delivery status notification|undeliver|delivery has failed|` +
		`(?:meddelande\pL*|mejl\pL*|e-post\pL*|brev\pL*)[^.\n]{0,60}(?:kunde inte (?:levereras|skickas)|` +
		`har inte levererats)|` +
		`(?:gick inte att|kunde inte) leverera\s|address not found|adressen hittades inte`)
)

// shortLetter is how much an unsigned acknowledgement may say, in characters,
// and still be one.
const shortLetter = 280

// Guess says what a pasted letter seems to be, "" when nothing stands in it.
// It is a proposal: the evaluator decides. Somebody who signs with a name is a
// person, unless the letter says itself that it is automatic.
func Guess(text string) LetterKind {
	own := Unquoted(text)
	if strings.TrimSpace(own) == "" {
		return ""
	}
	start := own[:min(len(own), 400)]
	switch signed := SenderIn(text)&GaveName != 0; {
	case bounce.MatchString(own):
		return BouncedLetter
	case surelyAutomatic.MatchString(own), away.MatchString(start):
		return AutomaticLetter
	case signed:
		return PersonLetter
	case promise.MatchString(own) && (receipt.MatchString(own) || thanks.MatchString(own)),
		receipt.MatchString(own) && utf8.RuneCountInString(strings.TrimSpace(own)) <= shortLetter:
		return AutomaticLetter
	}
	return PersonLetter
}

var (
	headerLine = regexp.MustCompile(`(?i)^[\s*]*(?:från|from|skickat|skickades|sent|date|datum|mottaget|` +
		`till|to|kopia|cc|ämne|subject|` +
		`svar till|reply-to|auto-submitted|x-[a-z-]+|precedence|bifogade filer|message-id|return-path|` +
		`received)\s*\*?:`)
	quoteLine = regexp.MustCompile(`(?i)^\s*(?:>|-{3,}\s*(?:ursprungligt|original|vidarebefordrat|` +
		`forwarded)|_{10,}|` +
		`(?:den|på|on) .*\d[:.]\d\d.*(?:skrev|wrote).*:\s*$)`)
)

// Header gives the lines that stand above a letter's own words: those that its
// mail program wrote, with any lines above them.
func Header(text string) []string {
	var lines []string
	for _, line := range strings.Split(Unquoted(text), "\n") {
		lines = append(lines, line)
		if len(lines) == headerLines {
			break
		}
	}
	return lines
}

// headerLines is as far down as a mail program's own lines are looked for.
const headerLines = 12

// Unquoted gives a letter without the letter that it answers, which mail
// programs put below it.
func Unquoted(text string) string {
	words := false // of the writer's own have been seen
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		header := headerLine.MatchString(line)
		if quoteLine.MatchString(line) || words && header && isFrom(line) {
			return strings.Join(lines[:i], "\n")
		}
		words = words || !header && strings.TrimSpace(line) != ""
	}
	return text
}

var fromLine = regexp.MustCompile(`(?i)^[\s*]*(?:från|from)\s*\*?:`)

func isFrom(line string) bool { return fromLine.MatchString(line) }

// unit is a word for where in the municipality somebody works.
var unit = regexp.MustCompile(`(?i)(?:enhet|avdelning|förvaltning|kontor|nämnd|grupp|team|sektion|` +
	`sektor|verksamhet)(?:en|et|n)?\b|` +
	`kontaktcenter|kundtjänst|kundcenter|kundservice|servicecenter|medborgarservice|medborgarkontor|bibliotek|växeln`)

// greetedName is whoever the letter is written to.
var greetedName = regexp.MustCompile(`(?i)(?:hej(?:san)?|hallå|god \pL+|bästa|tack)(?: igen)?[ ,]+\[namn\]`)

// SenderIn says which sender data a letter seems to hold at its end. It reads
// masked letters as well as plain ones.
func SenderIn(text string) Sender {
	end := greetedName.ReplaceAllString(Redact(Unquoted(text)), "")
	if all := signOff.FindAllStringIndex(end, -1); len(all) > 0 {
		end = end[all[len(all)-1][0]:]
	} else if lines := strings.Split(strings.TrimSpace(end), "\n"); len(lines) > signatureLines {
		end = strings.Join(lines[len(lines)-signatureLines:], "\n")
	}
	var s Sender
	if strings.Contains(end, maskedName) {
		s |= GaveName
	}
	if strings.Contains(end, maskedPhone) {
		s |= GavePhone
	}
	for _, word := range strings.FieldsFunc(end, func(r rune) bool { return strings.ContainsRune(" \n\t,|/.;()", r) }) {
		if title.MatchString(word) || unit.MatchString(word) {
			s |= GaveTitle
		}
	}
	return s
}
