package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// bookOfTests is a handbook small enough to know by heart.
var bookOfTests = []section{
	{chapter: 0, level: 2, ID: "vanta", Title: "Vänta", Text: "Vänta i 300 sekunder. Sedan lägger du på."},
	{chapter: 0, level: 2, ID: "ga", Title: "Gå vidare", Text: "Kollegan går på lunch."},
	{chapter: 0, level: 2, ID: "telefon", Title: "Telefonsvarare", Text: "Lämna inget meddelande."},
	{chapter: 1, level: 2, ID: "svar", Title: "Automatiskt svar", Text: "En idé är att se på klockslaget."},
	{chapter: 1, level: 3, ID: "studs", Title: "Studs", Above: "Automatiskt svar", Text: "Ett e-brev som kommer tillbaka."},
}

func TestSearchingTheHandbook(t *testing.T) {
	var all []section
	for _, sec := range bookOfTests {
		all = append(all, sec.toSearch())
	}
	for name, test := range map[string]struct {
		query string
		want  []string // the sections' ids, best first
	}{
		"a word in the text":              {"lunch", []string{"ga"}},
		"capitals":                        {"LUNCH", []string{"ga"}},
		"å is not a":                      {"gar", nil},
		"a is not å":                      {"går", []string{"ga"}},
		"ä is not a":                      {"vanta", nil},
		"capital Ä":                       {"VÄNTA", []string{"vanta"}},
		"ä typed as a and two dots":       {"va\u0308nta", []string{"vanta"}},
		"an accent more":                  {"idé", []string{"svar"}},
		"an accent less":                  {"ide", []string{"svar"}},
		"several words, all of them":      {"sekunder vänta", []string{"vanta"}},
		"several words, not all of them":  {"sekunder lunch", nil},
		"a part of a longer word":         {"svarare", []string{"telefon"}},
		"a word before a part of one":     {"svar", []string{"svar", "telefon", "studs"}},
		"a number":                        {"300", []string{"vanta"}},
		"a word with a hyphen":            {"e-brev", []string{"studs", "svar"}},
		"the heading above and the text":  {"automatiskt tillbaka", []string{"studs"}},
		"quotes and commas do not matter": {"”lunch”, kollegan.", []string{"ga"}},
		"no-break space":                  {"300\u00a0sekunder", []string{"vanta"}},
		"signs alone":                     {"?! …", nil},
		"too many words":                  {strings.Repeat("a ", 500), []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, hit := range searchBook(all, test.query, guide{}) {
				_, id, _ := strings.Cut(hit.URL, "#")
				got = append(got, id)
			}
			if test.want != nil && len(test.want) == 0 {
				return // any answer will do, as long as there is one
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%q finds %q, want %q", test.query, got, test.want)
			}
		})
	}
}

func TestAnExcerptMarksTheWords(t *testing.T) {
	long := strings.Repeat("ord före ", 60) + "Återkopplad till växeln" + strings.Repeat(" ord efter", 60)
	for name, test := range map[string]struct{ text, query, want string }{
		"the whole of a short text": {"Vänta i luren.", "luren", "Vänta i [luren]."},
		"in capitals as it stands":  {"Å, ÄNNU ett.", "ännu", "Å, [ÄNNU] ett."},
		"within a word":             {"Telefonsvarare", "svar", "Telefon[svar]are"},
		"words side by side":        {"svarstid", "svar tid", "[svar]s[tid]"},
		"what is not there":         {"Vänta i luren.", "annat", "Vänta i luren."},
		"a composed letter":         {"ga\u030ar", "går", "[går]"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := bracketed(excerpt(test.text, searchWords(test.query))); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
	got := bracketed(excerpt(long, searchWords("återkopplad växeln")))
	if !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || !strings.Contains(got, "[Återkopplad] till [växeln]") {
		t.Errorf("an excerpt of a long text: %q", got)
	}
	if n := len([]rune(got)); n > excerptLength+30 {
		t.Errorf("the excerpt is %d letters", n)
	}
}

func bracketed(parts []textPart) string {
	text := ""
	for _, p := range parts {
		if p.Mark {
			p.Text = "[" + p.Text + "]"
		}
		text += p.Text
	}
	return text
}

func TestPlainText(t *testing.T) {
	body := `<h2 id="a">Första <b>rubriken</b></h2><p>Ett&nbsp;ord, <a href="/x">en län</a>k &amp; ett till.</p><ul><li>ett</li><li>två</li></ul>` +
		`<h3 id="b">Del</h3><p>Sist.</p>`
	list := sectionsIn(3, body)
	for i := range list {
		list[i].folded = [len(foundIn)]string{}
	}
	want := []section{
		{chapter: 3, level: 2, ID: "a", Title: "Första rubriken", Text: "Ett ord, en länk & ett till. ett två"},
		{chapter: 3, level: 3, ID: "b", Title: "Del", Above: "Första rubriken", Text: "Sist."},
	}
	if !slices.Equal(list, want) {
		t.Errorf("%+v\nwant %+v", list, want)
	}
}

func TestTheSearchPage(t *testing.T) {
	w := newApp(t).as(t, evaluator).open("/handbok")
	w.find(`input[name="q"][data-command="search"]`)
	w.form(".book-search").set("q", "återkopplad växeln").submit().wants(http.StatusOK)
	w.sees("main h2", "avsnitt om ”återkopplad växeln”").find(".hits mark")
	hit := w.find(".hits h3 a").First()
	if hit.Text() != "Återkopplad till växeln" {
		t.Errorf("the first hit is %q", hit.Text())
	}
	w.open(hit.AttrOr("href", "")).wants(http.StatusOK).find("#bounced")
	w.open("/handbok?q="+url.QueryEscape("<script>xyzzy")).wants(http.StatusOK).sees("main", "Pröva ett kortare ord").
		follow("Visa alla kapitel").sees("h1", "Handbok")
	w.open("/handbok?q=+").wants(http.StatusOK).find(".book-contents")
}
