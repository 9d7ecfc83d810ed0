package survey

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// How names are found in a letter. Swedish officials sign with their name, so
// most names stand under the sign-off; the rest are introduced by a title or a
// verb. Once found, a name is masked wherever it stands.

// signatureLines is how many lines below the sign-off a name may stand on.
const signatureLines = 8

// signOff begins the end of a letter.
var signOff = regexp.MustCompile(`(?i)(?:^|[\s.,!?(>*_])((?:med\s+)?(?:vänlig|bäst|varm|mång|hjärtlig|` +
	`god|solig|glad|trevlig)a?(?:ste)?\s+` +
	`(?:\pL+\s*)?hälsning(?:ar|en)?|hälsningar|hälsning|hälsn|m\.?v\.?h\.?|v\.?h\.?|vänligen|vänligt|allt gott|` +
	`(?:best|kind|warm)?\s?regards|sincerely|ha en (?:fin|bra|trevlig|god)\s\pL+|trevlig (?:helg|dag|kväll|` +
	`höst|vecka)|tack och hej)` +
	`(?:\s+från)?(?:$|[\s,!.:;–/-]+)`)

// greeting begins a letter, or a sentence in it.
var greeting = regexp.MustCompile(`(?i)(?:^|[.!?>]\s*)(?:hej(?:san)?|hallå|god (?:morgon|dag|kväll|` +
	`middag|fortsättning)|tjena|` +
	`bästa|bäste|kära|dear|hello|hi|tack)(?:\s+igen)?[\s,]+`)

// introduced are words that a name follows. The first group needs one word
// to be a name, the second two: "ring Trygghetslarm" introduces nobody.
var (
	introducedOne = regexp.MustCompile(`(?i)(?:^|[\s(,.])(?:heter|namn är|fråga efter|skrev|hälsa(?: till)?|` +
		`kontakta(?: gärna| då| direkt)?|kollega|kollegan|\pL*(?:` + titleEnds +
		`)(?:n|en|et)?):?\s+`)
	introducedTwo = regexp.MustCompile(`(?i)(?:^|[\s(,.])(?:kontakt med|kontaktperson(?: är)?|` +
		`ring|ringa|ringer|mejla|maila|mailar|` +
		`prata med|tala med|talat med|pratat med|stämt av med|sök|söka|söker|vänd dig till|vända dig till|` +
		`till|av|är|hos)(?: gärna| då| direkt)?:?\s+`)
	headerOfPerson = regexp.MustCompile(`(?i)^[\s>*]*(?:från|from|till|to|kopia|cc|avsändare|mottagare|` +
		`handläggare|kontaktperson)\s*\*?:\*?\s*`)
	slashed = regexp.MustCompile(`(?:^|\s)//?\s?`)
)

const titleEnds = `handläggare|chef|sekreterare|registrator|ingenjör|arkitekt|inspektör|samordnare|` +
	`ledare|strateg|assistent|` +
	`administratör|rektor|lärare|pedagog|vägledare|kommunikatör|utredare|koordinator|planerare|tekniker|` +
	`konsulent|sköterska|` +
	`kurator|rådgivare|bibliotekarie|direktör|antikvarie|controller|jurist|ordförande|nämndsekreterare|` +
	`specialist|producent`

// institution ends a word that is part of an office's or a place's name.
var institution = regexp.MustCompile(`(?i)(?:kommun|kommunens?|kommuner|stad|staden|center|centret|` +
	`centrum|central|centralen|tjänst|tjänsten|service|` +
	`enhet|enheten|avdelning|avdelningen|förvaltning|förvaltningen|kontor|kontoret|nämnd|nämnden|grupp|` +
	`gruppen|team|teamet|` +
	`skola|skolan|skolor|bibliotek|biblioteket|muse|museet|expedition|reception|receptionen|växel|växeln|` +
	`verksamhet|verksamheten|` +
	`förbund|förbundet|bolag|bolaget|styrelse|styrelsen|sektor|sektorn|sektion|sektionen|byrå|byrån|ab|hus|huset|` +
	`gata|gatan|väg|vägen|torg|torget|plats|platsen|gränd|gränden|allé|allén|stig|stigen|backe|backen|plan|` +
	`park|parken|esplanaden|` +
	`omsorg|omsorgen|bygglov|bygg|miljö|hälsa|fritid|kultur|teknik|trafik|vatten|avlopp|renhållning|` +
	`utbildning|utbildningen|lagen|` +
	`balken|förordningen|regler|verk|verket|verkets|myndighet|myndigheten|kyrkan|institutet|lag|box|` +
	`telefon|mobil|mejl|mail|mail:|e-post|epost|webb|besöksadress|postadress|adress|öppettider|www|http|https|` +
	`facebook|instagram|sverige|län|region|regionen|polisen|kassan)$`)

// title ends a word that says what somebody does.
var title = regexp.MustCompile(`(?i)(?:` + titleEnds + `)(?:n|en|et)?$`)

// notNames are capitalised words that begin sentences or greet nobody.
var notNames = wordSet(`tack igen där alla du vi jag ni de det den en ett här hej god ja nej men om när var vad vem hur för från till på
	i och att enligt angående medborgare invånare kund kunden kommuninvånare frågeställare avsändare bra
	fin ditt din er ert vår våra
	vårt mejl mail skickat ämne datum kopia kommunen kommun man se läs sök ring kontakta fråga med mvh
	hälsningar svar re sv vb fw fwd
	januari februari mars april maj juni juli augusti september oktober november december
	måndag tisdag onsdag torsdag fredag lördag söndag`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// placeNames are the municipalities, which sign letters too.
var placeNames = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, m := range BundledMunicipalities() {
		set[m.Name], set[m.Name+"s"] = true, true
	}
	return set
})

// names is the search through one letter.
type names struct {
	found     []string
	signature int // lines of the signature that are left
	first     bool
}

// maskNames masks the names in a letter.
func maskNames(text string) string {
	n := &names{}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = n.line(line)
	}
	text = strings.Join(lines, "\n")
	for _, name := range n.found {
		text = replaceWord(text, name)
	}
	return text
}

// line masks the names of one line.
func (n *names) line(line string) string {
	if n.signature > 0 && strings.TrimSpace(line) != "" {
		line = n.signed(line)
		n.signature, n.first = n.signature-1, false
	}
	line = n.after(line, headerOfPerson, 1, anything)
	line = n.after(line, greeting, 1, carriesOn)
	line = n.after(line, signOff, 1, carriesOn)
	line = n.after(line, introducedOne, 1, anything)
	line = n.after(line, introducedTwo, 2, anything)
	line = n.after(line, slashed, 1, ended)
	if at := signOff.FindStringIndex(line); at != nil && strings.Trim(line[at[1]:], " \t\r.,!:;*_") == "" {
		n.signature, n.first = signatureLines, true
	}
	return line
}

// What may follow a name for it to be one.
var (
	carriesOn = regexp.MustCompile(`(?i)^\s*(?:$|[!,.:;|(<\[–/-]|och\s|tack\s|på\s|vid\s|i\s|från\s|` +
		`\pL*(?:` + titleEnds + `))`)
	parted   = regexp.MustCompile(`^\s*(?:$|[,|•·–/(<*_\[]|- |\t| {2,}|och\s)`) // the parts of a signature's line
	ended    = regexp.MustCompile(`^\s*$`)
	anything = regexp.MustCompile(``)
)

// after masks the names that stand after what the pattern finds: at least
// least words, followed by what end asks for.
func (n *names) after(line string, pattern *regexp.Regexp, least int, end *regexp.Regexp) string {
	for from := 0; from < len(line); {
		at := pattern.FindStringIndex(line[from:])
		if at == nil || at[1] == 0 {
			break
		}
		line, from = n.run(line, from+at[1], least, end)
	}
	return line
}

// run masks the name that stands at from, and those that "och" adds to it. It
// gives the line and where the search goes on.
func (n *names) run(line string, from, least int, end *regexp.Regexp) (string, int) {
	for {
		length, words := nameAt(line[from:])
		if words == 0 || words < least || !end.MatchString(line[from+length:]) {
			return line, from
		}
		n.found = append(n.found, line[from:from+length])
		line = line[:from] + maskedName + line[from+length:]
		from += len(maskedName)
		next, more := strings.CutPrefix(line[from:], " och ")
		if !more {
			return line, from
		}
		from = len(line) - len(next)
	}
}

// decoration stands before a name in a signature.
var decoration = regexp.MustCompile(`^[\s>*_/|•·–-]*`)

// signed masks the name that a line of a signature begins with. The first line
// may hold a first name alone; further down a single word is a place.
func (n *names) signed(line string) string {
	from, least, end := len(decoration.FindString(line)), 2, parted
	if n.first {
		least, end = 1, carriesOn
	}
	line, _ = n.run(line, from, least, end)
	return line
}

// nameWord is a word of a name, or an initial; particle may stand between.
var (
	nameWord = regexp.MustCompile(`^(?:\p{Lu}\.|\p{Lu}[\pL\p{M}'’´-]*)`)
	particle = regexp.MustCompile(`^(?:af|von|de|der|van|la|el|al) `)
)

// nameAt tells how long the name is that text begins with, in bytes and words;
// 0 words when it begins with none.
func nameAt(text string) (length, words int) {
	for at := 0; words < 4; {
		if words > 0 {
			at += len(particle.FindString(text[at:]))
		}
		word := nameWord.FindString(text[at:])
		if word == "" || notNames[strings.ToLower(word)] || title.MatchString(word) {
			break
		}
		if institution.MatchString(word) {
			return 0, 0
		}
		words++
		length = at + len(word)
		if !strings.HasPrefix(text[length:], " ") {
			break
		}
		at = length + 1
	}
	if words == 0 || placeNames()[text[:length]] || followedByPlace(text[length:]) || abbreviation(text[:length]) {
		return 0, 0
	}
	return length, words
}

var nextWord = regexp.MustCompile(`^ ([\pL\d-]+)`)

// followedByPlace reports whether the words go on as an address or an office:
// "Stora Torget 1", "Åmåls kommun", "Karl Johans gata".
func followedByPlace(rest string) bool {
	next := nextWord.FindStringSubmatch(rest)
	if next == nil {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next[1])
	return unicode.IsDigit(first) || institution.MatchString(next[1])
}

// abbreviation reports whether a single word is capitals alone, as PBL is.
func abbreviation(word string) bool {
	return len(word) < 6 && !strings.Contains(word, " ") && word == strings.ToUpper(word)
}

// replaceWord masks a name wherever it stands, and its first name alone, also
// with the s of the genitive.
func replaceWord(text, name string) string {
	forms := []string{name}
	if first, _, more := strings.Cut(name, " "); more && utf8.RuneCountInString(first) > 2 && !placeNames()[first] {
		forms = append(forms, first)
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	for _, form := range forms {
		if utf8.RuneCountInString(form) < 3 {
			continue
		}
		whole := regexp.MustCompile(`(^|[^\pL\d-])` + regexp.QuoteMeta(form) + `(s?)($|[^\pL\d-])`)
		text = whole.ReplaceAllString(text, "${1}"+maskedName+"${2}${3}")
	}
	return text
}
