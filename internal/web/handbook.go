package web

import (
	"net/url"
	"strings"

	"servicematning/internal/survey"
)

// readHandbook is who may read how the contacts are made and judged. Readers
// may not: a municipality must not learn how the test residents behave.
var readHandbook = may(survey.PerformContacts, survey.SeeSetup)

// chapter is one page of the handbook.
type chapter struct {
	name  string // of its template
	Slug  string
	Title string
	Lead  string
}

// chapters are the handbook in reading order.
var chapters = []chapter{
	{"call", "samtalet", "Samtalet", "Från det att du läser frågan till det att du lägger på."},
	{"email", "e-brevet", "E-brevet", "Skicka, vänta, notera svaret och läs de två klockorna rätt."},
	{"rating", "bedomning", "Bedömningen", "Ett avsnitt per kriterium och nivå, med exempel och gränsfall."},
	{"outcome", "utfall", "Utfallen", "De tio sätt som en uppringning kan sluta på."},
	{"ethics", "etik", "Etik och integritet", "Vad du aldrig gör, och vad du svarar om någon frågar."},
	{"hours", "kontorstid", "Kontorstid och kalender", "Vilka dagar och timmar som räknas, och varför."},
	{"desk", "arbetsplatsen", "Tangenter och arbetsmiljö", "Händerna på tangentbordet, rösten i behåll."},
	{"results", "resultat", "Så räknas resultaten", "Vad dina tryck och bedömningar blir till."},
	{"questions", "fragor", "Vanliga frågor", "Korta svar på det som bedömare brukar undra."},
	{"words", "ordlista", "Ordlista", "Mätningens ord, och vad de betyder här."},
}

var handbookRoutes = listChapters(
	[]route{{get, "/handbok", (*Server).showHandbook, readHandbook}},
	func(ch chapter) route { return route{get, "/handbok/" + ch.Slug, ch.show, readHandbook} },
)

var handbookPages = listChapters(
	[]page{&handbookPage{}},
	func(ch chapter) page { return &chapterPage{Chapter: ch} },
)

// listChapters adds what there is one of per chapter.
func listChapters[T any](list []T, of func(chapter) T) []T {
	for _, ch := range chapters {
		list = append(list, of(ch))
	}
	return list
}

// book is what the handbook's pages have in common.
type book struct {
	layout
	guide
	Contents []bookChapter
	Query    string // what is searched for
}

// bookChapter is a chapter in the contents.
type bookChapter struct {
	chapter
	URL      string
	Current  bool
	Sections []bookSection
}

// bookSection is a section in the contents.
type bookSection struct {
	Title, URL string
	Parts      []bookSection
}

// handbookPage is the contents, or what a search found.
type handbookPage struct {
	book
	Hits []bookHit
}

func (handbookPage) file() string { return "handbook/contents.html" }

// chapterPage is one chapter.
type chapterPage struct {
	book
	Chapter        chapter
	Sections       []bookSection
	Previous, Next *link
}

func (p chapterPage) file() string { return "handbook/" + p.Chapter.name + ".html" }

// showHandbook answers with the contents, or with what is searched for.
func (s *Server) showHandbook(c *visit) error {
	b, all, err := s.book(c, "Handbok")
	if err != nil {
		return err
	}
	p := &handbookPage{book: b}
	if p.Query = strings.TrimSpace(c.QueryParam("q")); p.Query != "" {
		p.Title = "Sök i handboken"
		p.Hits = searchBook(all, p.Query, p.guide)
	}
	return s.show(c, p)
}

func (ch chapter) show(s *Server, c *visit) error {
	b, _, err := s.book(c, ch.Title)
	if err != nil {
		return err
	}
	return s.show(c, newChapterPage(b, ch))
}

func newChapterPage(b book, ch chapter) *chapterPage {
	p := &chapterPage{book: b, Chapter: ch}
	for i := range p.Contents {
		if p.Contents[i].Slug != ch.Slug {
			continue
		}
		p.Contents[i].Current, p.Sections = true, p.Contents[i].Sections
		if i > 0 {
			p.Previous = &link{Label: chapters[i-1].Title, URL: p.Contents[i-1].URL}
		}
		if i+1 < len(chapters) {
			p.Next = &link{Label: chapters[i+1].Title, URL: p.Contents[i+1].URL}
		}
	}
	return p
}

// book fills what all pages of the handbook show, for the round at hand.
func (s *Server) book(c *visit, title string) (book, []section, error) {
	rounds, err := s.Service.Rounds(c.ctx(), c.user)
	if err != nil {
		return book{}, nil, err
	}
	g, round := guideFor(rounds, c.QueryParam("omgang"))
	all, err := s.handbook.sections(s.templates, g)
	if err != nil {
		return book{}, nil, err
	}
	b := book{layout: layout{Title: title, Round: round}, guide: g}
	b.Contents = contentsOf(all, g)
	return b, all, nil
}

// contentsOf sorts sections under their chapters and headings.
func contentsOf(all []section, g guide) []bookChapter {
	list := listChapters(nil, func(ch chapter) bookChapter { return bookChapter{chapter: ch, URL: g.To(ch.Slug)} })
	for _, sec := range all {
		ch := &list[sec.chapter]
		entry := bookSection{Title: sec.Title, URL: g.To(ch.Slug, sec.ID)}
		if n := len(ch.Sections); sec.level > 2 && n > 0 {
			ch.Sections[n-1].Parts = append(ch.Sections[n-1].Parts, entry)
		} else {
			ch.Sections = append(ch.Sections, entry)
		}
	}
	return list
}

// handbookURL leads to a section of the handbook as it reads for a round.
func handbookURL(round, slug, anchor string) string {
	target := "/handbok"
	if slug != "" {
		target += "/" + slug
	}
	if round != "" {
		target += "?" + url.Values{"omgang": {round}}.Encode()
	}
	if anchor != "" {
		target += "#" + anchor
	}
	return target
}

// Guide leads to a section of the handbook as it reads for the page's round.
func (l *layout) Guide(slug, anchor string) string {
	round := ""
	if l.Round != nil {
		round = l.Round.Code
	}
	return handbookURL(round, slug, anchor)
}

// ReadsHandbook reports whether the handbook is there for the visitor.
func (l *layout) ReadsHandbook() bool { return route{access: readHandbook}.admits(l.User) }
