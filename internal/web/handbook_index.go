package web

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"sync"
)

// section is a part of a chapter from one heading to the next, as plain text.
type section struct {
	chapter int // its place in chapters
	level   int // of the heading, 2 or 3
	ID      string
	Title   string
	Above   string // the title of the section that a part belongs to
	Text    string
	folded  [len(foundIn)]string // for the search
}

// bookCache keeps the sections as they read for each round, until it changes.
type bookCache struct {
	mu   sync.Mutex
	read map[string]bookReading
}

type bookReading struct {
	version int
	all     []section
}

// sections gives the whole handbook as it reads for the guide.
func (b *bookCache) sections(t templateSet, g guide) ([]section, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if kept, ok := b.read[g.Of]; ok && kept.version == g.version {
		return kept.all, nil
	}
	g.asked = false // links are left out of the text
	var all []section
	for i, ch := range chapters {
		body, err := t.chapter(&chapterPage{book: book{guide: g}, Chapter: ch})
		if err != nil {
			return nil, err
		}
		all = append(all, sectionsIn(i, body)...)
	}
	if b.read == nil {
		b.read = map[string]bookReading{}
	}
	b.read[g.Of] = bookReading{g.version, all}
	return all, nil
}

// chapter fills a chapter's template without its frame.
func (t templateSet) chapter(p *chapterPage) (string, error) {
	var out bytes.Buffer
	own, ok := t[p.file()]
	if !ok {
		return "", fmt.Errorf("web: no template for the chapter %q", p.Chapter.Slug)
	}
	if err := own.ExecuteTemplate(&out, "chapter", p); err != nil {
		return "", err
	}
	return out.String(), nil
}

// heading is how the chapters write one that can be linked to.
var heading = regexp.MustCompile(`(?s)<h([23]) id="([^"]+)">(.*?)</h[23]>`)

// sectionsIn cuts a chapter at its headings.
func sectionsIn(chapter int, body string) []section {
	var list []section
	above := ""
	at := heading.FindAllStringSubmatchIndex(body, -1)
	for i, m := range at {
		end := len(body)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		sec := section{
			chapter: chapter, level: int(body[m[2]] - '0'), ID: body[m[4]:m[5]],
			Title: plainText(body[m[6]:m[7]]), Text: plainText(body[m[1]:end]),
		}
		if sec.level == 2 {
			above = sec.Title
		} else {
			sec.Above = above
		}
		list = append(list, sec.toSearch())
	}
	return list
}

var (
	inlineTag = regexp.MustCompile(`</?(?:a|abbr|b|em|i|kbd|span|strong)(?:\s[^>]*)?>`)
	cellEnd   = regexp.MustCompile(`</(?:td|th)>\s*<(?:td|th)|</dt>`)
	anyTag    = regexp.MustCompile(`<[^>]*>`)
)

// plainText is what a reader sees of the handbook's own HTML.
func plainText(body string) string {
	body = cellEnd.ReplaceAllString(body, " · $0")
	body = inlineTag.ReplaceAllString(body, "")
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(body, " "))), " ")
}
