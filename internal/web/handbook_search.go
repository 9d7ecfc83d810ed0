package web

import (
	"slices"
	"strings"
	"unicode"

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
func searchWords(query string) [][]rune {
	letters := fold(query)
	letters = letters[:min(len(letters), mostLetters)]
	var words [][]rune
	for word := range strings.FieldsFuncSeq(string(letters), func(r rune) bool { return !wordly(r) }) {
		words = append(words, []rune(word))
	}
	return words[:min(len(words), mostWords)]
}

// wordly reports whether words are made of r: "e-brev" is one.
func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' }

// match reports whether every word is found, and how well. A part is found by
// the headings above it too.
func (sec section) match(words [][]rune) (score int, found bool) {
	fields := []struct {
		text   []rune
		weight int
	}{
		{fold(sec.Title), 8}, {fold(sec.Text), 2}, {fold(sec.Above), 1}, {fold(chapters[sec.chapter].Title), 1},
	}
	for _, word := range words {
		best := 0
		for _, f := range fields {
			at, begins := find(f.text, word)
			switch {
			case at >= 0 && begins:
				best = max(best, 2*f.weight)
			case at >= 0:
				best = max(best, f.weight)
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
func find(text, word []rune) (at int, begins bool) {
	at = -1
	for i := 0; i+len(word) <= len(text); i++ {
		if !slices.Equal(text[i:i+len(word)], word) {
			continue
		}
		if i == 0 || !wordly(text[i-1]) {
			return i, true
		}
		if at < 0 {
			at = i
		}
	}
	return at, false
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
func excerpt(text string, words [][]rune) []textPart {
	letters, folded := compose(text), fold(text)
	first := len(letters)
	for _, word := range words {
		if at, _ := find(folded, word); at >= 0 {
			first = min(first, at)
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
func marked(text string, words [][]rune) []textPart {
	letters, folded := compose(text), fold(text)
	on := make([]bool, len(letters))
	for _, word := range words {
		for i := 0; i+len(word) <= len(folded); i++ {
			if slices.Equal(folded[i:i+len(word)], word) {
				for k := range word {
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
