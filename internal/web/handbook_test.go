package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"servicematning/internal/survey"
)

// handbookDoors: evaluators, leads and commissioners, and nobody else.
var handbookDoors = func() doorList {
	list := doorList{"GET /handbok": {evaluator, lead, commissioner}}
	for _, ch := range chapters {
		list["GET /handbok/"+ch.Slug] = []survey.Role{evaluator, lead, commissioner}
	}
	return list
}()

var handbookSamples = func() []page {
	b := book{layout: sampleLayout("Handbok", evaluator), guide: defaultGuide()}
	b.Contents = contentsOf([]section{{chapter: 0, level: 2, ID: "a", Title: "A"}, {chapter: 0, level: 3, ID: "b", Title: "B"}}, b.guide)
	found := handbookPage{book: b, Hits: []bookHit{{Title: []textPart{{"Svar", true}}, Excerpt: []textPart{{"på", false}}}}}
	found.Query = "svar"
	none := handbookPage{book: b}
	none.Query = "xyz"
	return listChapters([]page{&handbookPage{book: b}, &found, &none},
		func(ch chapter) page { return newChapterPage(b, ch) })
}()

// TestEveryLinkInTheHandbookLeadsSomewhere walks from the contents to every
// page and anchor that the handbook links to.
func TestEveryLinkInTheHandbookLeadsSomewhere(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, evaluator)
	pages := map[string]*goquery.Document{}
	todo := []string{"/handbok", "/handbok?omgang=2026", "/handbok?q=svar"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if pages[path] != nil {
			continue
		}
		pages[path] = w.open(path).wants(http.StatusOK).page
		checkHTML(t, w.body)
		w.page.Find("main a[href], .foot a[href]").Each(func(_ int, link *goquery.Selection) {
			target, _ := url.Parse(link.AttrOr("href", ""))
			if target.IsAbs() {
				return
			}
			target = w.answer.Request.URL.ResolveReference(target)
			if strings.HasPrefix(target.Path, "/handbok") {
				todo = append(todo, target.RequestURI())
				return
			}
			if at := a.as(t, evaluator).open(target.RequestURI()).wants(http.StatusOK).path(); strings.Contains(at, "logga-in") {
				t.Errorf("%s: %s leads to the login page", path, target)
			}
		})
	}
	if len(pages) < 2*len(chapters) {
		t.Errorf("only %d pages were found", len(pages))
	}
	checkAnchors(t, pages)
}

// checkAnchors fails for links to places that are not there.
func checkAnchors(t *testing.T, pages map[string]*goquery.Document) {
	t.Helper()
	for from, doc := range pages {
		doc.Find(`main a[href*="#"]`).Each(func(_ int, link *goquery.Selection) {
			path, anchor, _ := strings.Cut(link.AttrOr("href", ""), "#")
			if !strings.HasPrefix(path, "/handbok") {
				return
			}
			if to := pages[path]; to == nil || to.Find(`[id="`+anchor+`"]`).Length() != 1 {
				t.Errorf("%s: the link %q leads nowhere: %s#%s", from, link.Text(), path, anchor)
			}
		})
	}
}

func TestAChapterHasItsContentsAndNeighbours(t *testing.T) {
	w := newApp(t).as(t, lead)
	w.open("/handbok").follow("Samtalet").wants(http.StatusOK).lacks(`a[rel="prev"]`)
	seen := []string{w.text("h1")}
	for w.page.Find(`a[rel="next"]`).Length() > 0 {
		w.page.Find(".book-text h2, .book-text h3").Each(func(_ int, h *goquery.Selection) {
			id := h.AttrOr("id", "")
			if id == "" || w.page.Find(`aside a[href$="#`+id+`"]`).Length() != 1 {
				t.Errorf("%s: %q is not in the contents beside", w.path(), h.Text())
			}
		})
		w.find(`aside a[aria-current="page"]`)
		w.open(w.find(`a[rel="next"]`).AttrOr("href", "")).wants(http.StatusOK)
		seen = append(seen, w.text("h1"))
	}
	if len(seen) != len(chapters) {
		t.Errorf("reading on from the first chapter gives %q", seen)
	}
}

// otherRules is a design that differs from the default in every figure.
func otherRules(d *survey.Design) {
	d.GoodWithin, d.WaitLimit, d.MaxAttempts = 45*time.Second, 240*time.Second, 3
	d.ReplyCutoff, d.HoldFor = 45*time.Hour, 25*time.Minute
	d.MinBase, d.SmallBase = 77, 21
	d.RetryDelays = []survey.RetryDelay{{Outcome: survey.Busy, Delay: 50 * time.Minute}}
	for i, c := range d.Criteria {
		switch {
		case c.Code == survey.Treatment:
			d.Criteria[i].Scale = c.Scale[1:]
		case c.Code == survey.Answer && c.Channel == survey.Phone:
			d.Criteria[i].Title, d.Criteria[i].Scale[0].Anchor = "Besked i sak", "Säger precis det man behöver."
		}
	}
}

func TestTheHandbookFollowsTheRound(t *testing.T) {
	a := newApp(t)
	a.draftRound(t)
	w := a.as(t, lead)
	w.open("/handbok?q=väntegräns").sees(".hits", "300 sekunder")
	d := a.setupNow(t).Round.Design
	otherRules(&d)
	if err := a.service.SaveDesign(t.Context(), a.users[lead], "2026", 0, d); err != nil {
		t.Fatal(err)
	}
	for slug, want := range map[string][]string{
		"samtalet": {"240 sekunder", "45 sekunder", "Ett upptaget samtal rings om efter 50 minuter"}, "utfall": {"240 sekunder", "4.00", "högst 3 försök"},
		"bedomning": {"45 sekunder", "Besked i sak och svar på frågan", "Säger precis det man behöver."},
		"e-brevet":  {"5 arbetsdagar (45 timmars kontorstid)", "9 timmar", "18 timmar"},
		"etik":      {fmt.Sprintf("får %d samtal", d.Quota())}, "resultat": {"minst 77", "under 21", "högst 3 försök"}, "arbetsplatsen": {"25 minuter"},
		"ordlista": {"240 sekunder", "45 timmars"}, "kontorstid": {"45 timmars", "8.00–17.00"},
	} {
		text := squeeze(w.open("/handbok/" + slug).wants(http.StatusOK).text("article"))
		for _, words := range want {
			if !strings.Contains(text, words) {
				t.Errorf("%s does not say %q", slug, words)
			}
		}
		for _, old := range []string{"300 sekunder", "90 timmars", "10 arbetsdagar", "ett enda försök", "minst 100"} {
			if strings.Contains(text, old) {
				t.Errorf("%s says %q, which the round does not", slug, old)
			}
		}
	}
	w.open("/handbok/bedomning").lacks("#treatment-very_good").find("#treatment-good")
	w.open("/handbok?q=väntegräns").sees(".hits", "240 sekunder")
	w.open("/handbok?q=300+sekunder").sees("main", "Inget avsnitt")
}

func TestWhichRoundTheHandbookQuotes(t *testing.T) {
	rounds := []survey.Round{
		{Code: "2027", Stage: survey.Draft}, {Code: "2026", Stage: survey.Fieldwork}, {Code: "2025", Stage: survey.Published},
	}
	for name, test := range map[string]struct {
		rounds      []survey.Round
		asked, want string
		link        string
	}{
		"the one in the field":      {rounds, "", "2026", "/handbok/utfall#busy"},
		"the one that is asked for": {rounds, "2025", "2025", "/handbok/utfall?omgang=2025#busy"},
		"the newest":                {rounds[2:], "", "2025", "/handbok/utfall#busy"},
		"one nobody knows":          {rounds, "1999", "2026", "/handbok/utfall#busy"},
		"none":                      {nil, "", "", "/handbok/utfall#busy"},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := guideFor(test.rounds, test.asked)
			if g.Of != test.want {
				t.Errorf("round %q, want %q", g.Of, test.want)
			}
			if link := g.To("utfall", "busy"); link != test.link {
				t.Errorf("link %s, want %s", link, test.link)
			}
		})
	}
}

// TestEveryCriterionLeadsToTheHandbook follows the links on a call and an
// e-mail to where they lead.
func TestEveryCriterionLeadsToTheHandbook(t *testing.T) {
	a := newApp(t)
	cs := a.inField(t)
	w := a.as(t, evaluator)
	seen := map[survey.Channel]bool{}
	for _, c := range cs {
		if c.Evaluator != "evaluator@example.se" || seen[c.Channel] {
			continue
		}
		seen[c.Channel] = true
		if c.Channel == survey.Email {
			if _, err := a.service.MarkSent(t.Context(), a.users[evaluator], c.ID, 0); err != nil {
				t.Fatal(err)
			}
		} else if _, err := a.service.Press(t.Context(), a.users[evaluator], c.ID, 0, survey.Dial, 0); err != nil {
			t.Fatal(err)
		}
		w.open(contactURL(c)).wants(http.StatusOK)
		links := map[string]bool{}
		w.find(`a[href^="/handbok/"][target="_blank"]`).Each(func(_ int, link *goquery.Selection) {
			if !strings.Contains(link.Text(), "öppnas i ny flik") {
				t.Errorf("the link %q does not say that it opens a tab", link.Text())
			}
			links[link.AttrOr("href", "")] = true
		})
		for _, criterion := range survey.DefaultDesign("").CriteriaFor(c.Channel) {
			if !links["/handbok/bedomning?omgang=2026#"+string(criterion.Code)] {
				t.Errorf("%s: %s leads nowhere", c.Channel, criterion.Title)
			}
		}
		for link := range links {
			_, anchor, _ := strings.Cut(link, "#")
			w.open(link).wants(http.StatusOK).find("#" + anchor)
		}
	}
	if len(seen) != 2 {
		t.Fatal("there is not one contact in each channel")
	}
}
