package survey

import (
	"fmt"
	"regexp"
	"strings"
)

// said are the signs that a text names somebody, and what to do about it.
var said = []struct {
	sign *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`[^\s@]+@[^\s@]+\.\w+`), "Texten har en e-postadress: %s. Skriv [adress] i stället."},
	{regexp.MustCompile(`(?:\+46|\b0)\d{1,3}[ -]?\d{2,3}(?:[ -]?\d{2,3}){1,2}`),
		"Texten har något som ser ut som ett telefonnummer: %s. Skriv [telefon] i stället."},
	{regexp.MustCompile(`(?i:heter|namn är|talar med|hälsar)\s+\p{Lu}\p{L}+`),
		"Texten verkar nämna någon vid namn: %s. Skriv [namn] i stället."},
}

// Remarks points out, in Swedish, what in the texts may name the municipality
// or somebody who works there. places are the names to look for.
func (p PracticeContact) Remarks(places []string) []string {
	text := p.Title + "\n" + p.Story
	for _, r := range p.Reasons {
		text += "\n" + r
	}
	var out []string
	for _, name := range places {
		word := regexp.MustCompile(`(^|[^\p{L}])` + regexp.QuoteMeta(name) + `s?([^\p{L}]|$)`)
		if strings.Contains(text, name) && word.MatchString(text) {
			out = append(out, fmt.Sprintf("Texten nämner %s. Skriv kommunen i stället, om det är kommunen som menas.", name))
		}
	}
	for _, s := range said {
		if found := s.sign.FindString(text); found != "" {
			out = append(out, fmt.Sprintf(s.text, "”"+found+"”"))
		}
	}
	return out
}
