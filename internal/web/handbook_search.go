package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of a search: what is longer is not a question to a handbook.
const (
	mostWords   = 8
	mostLetters = 200
)

// bookHit is a section that holds all the words searched for.
type bookHit struct {
	URL     string
	Title   []textPart
	Chapter string // and the heading above, where there is one
	Excerpt []textPart
	score   int
}

// textPart is a piece of text, marked where it is what was searched for.
type textPart struct {
	Text string
	Mark bool
}

// searchBook finds the sections in which every word of the query stands, the
// best first: words in headings weigh more than words in the text, and the
// beginning of a word more than its middle.
func searchBook(all []section, query string, g guide) []bookHit {
	words := searchWords(query)
	if len(words) == 0 {
		return nil
	}
	var hits []bookHit
	for _, sec := range all {
		score, found := sec.match(words)
		if !found {
			continue
		}
		ch := chapters[sec.chapter]
		hit := bookHit{
			URL: g.To(ch.Slug, sec.ID), Chapter: ch.Title, Title: marked(sec.Title, words),
			Excerpt: excerpt(sec.Text, words), score: score,
		}
		if sec.Above != "" {
			hit.Chapter += ", " + sec.Above
		}
		hits = append(hits, hit)
	}
	slices.SortStableFunc(hits, func(a, b bookHit) int { return b.score - a.score })
	return hits
}

// searchWords folds the query into its words.
func searchWords(query string) []string {
	letters := fold(query)
	words := strings.FieldsFunc(string(letters[:min(len(letters), mostLetters)]), func(r rune) bool { return !wordly(r) })
	return words[:min(len(words), mostWords)]
}

// wordly reports whether words are made of r: "e-brev" is one.
func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' }

// foundIn is how much a word weighs in the heading, in the text, in the
// heading above and in the chapter's title.
var foundIn = [...]int{8, 2, 1, 1}

// toSearch folds what is searched in, once for all searches.
func (sec section) toSearch() section {
	for i, text := range [len(foundIn)]string{sec.Title, sec.Text, sec.Above, chapters[sec.chapter].Title} {
		sec.folded[i] = string(fold(text))
	}
	return sec
}

// match reports whether every word is found, and how well. A part is found by
// the headings above it too.
func (sec section) match(words []string) (score int, found bool) {
	for _, word := range words {
		best := 0
		for i, weight := range foundIn {
			at, begins := find(sec.folded[i], word)
			switch {
			case at >= 0 && begins:
				best = max(best, 2*weight)
			case at >= 0:
				best = max(best, weight)
			}
		}
		if best == 0 {
			return 0, false
		}
		score += best
	}
	return score, true
}

// find gives where the word stands in the text, at the beginning of a word if
// it does anywhere; -1 when it does not stand there.
func find(text, word string) (at int, begins bool) {
	first := strings.Index(text, word)
	for at, from := first, 0; at >= 0; at = strings.Index(text[from:], word) {
		at += from
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); !wordly(before) {
			return at, true
		}
		from = at + len(word)
	}
	return first, false
}

// fold makes letters comparable one by one: small, and without accents, but å,
// ä and ö are letters of their own. It gives as many letters as compose does.
func fold(text string) []rune {
	letters := compose(text)
	for i, r := range letters {
		r = unicode.ToLower(r)
		switch {
		case strings.ContainsRune("åäö", r):
		case unicode.IsSpace(r):
			r = ' '
		case r > unicode.MaxASCII:
			r = []rune(norm.NFD.String(string(r)))[0]
		}
		letters[i] = r
	}
	return letters
}

// compose gives the letters of a text, "a" with a ring typed after it as "å".
func compose(text string) []rune { return []rune(norm.NFC.String(text)) }

// excerptLength is about how many letters of a section a hit shows.
const excerptLength = 240

// excerpt is the part of a text around the first of the words, with all marked.
func excerpt(text string, words []string) []textPart {
	letters, folded := compose(text), string(fold(text))
	first := len(letters)
	for _, word := range words {
		if at, _ := find(folded, word); at >= 0 {
			first = min(first, utf8.RuneCountInString(folded[:at]))
		}
	}
	if first == len(letters) {
		first = 0
	}
	from, to := max(0, first-excerptLength/3), len(letters)
	for from > 0 && letters[from-1] != ' ' {
		from--
	}
	if to > from+excerptLength {
		to = from + excerptLength
		for to < len(letters) && letters[to] != ' ' {
			to++
		}
	}
	parts := marked(string(letters[from:to]), words)
	if from > 0 {
		parts = append([]textPart{{Text: "… "}}, parts...)
	}
	if to < len(letters) {
		parts = append(parts, textPart{Text: " …"})
	}
	return parts
}

// marked cuts a text where the words stand in it.
func marked(text string, words []string) []textPart {
	letters, folded := compose(text), fold(text)
	on := make([]bool, len(letters))
	for _, word := range words {
		sought := []rune(word)
		for i := 0; i+len(sought) <= len(folded); i++ {
			if slices.Equal(folded[i:i+len(sought)], sought) {
				for k := range sought {
					on[i+k] = true
				}
			}
		}
	}
	var parts []textPart
	for i := 0; i < len(letters); {
		end := i
		for end < len(letters) && on[end] == on[i] {
			end++
		}
		parts = append(parts, textPart{string(letters[i:end]), on[i]})
		i = end
	}
	return parts
}
