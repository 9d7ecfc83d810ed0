package web

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"servicematning/internal/export"
	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

var resultsDoors = doorList{
	"GET /omgangar/:round/resultat":                       {lead, commissioner},
	"POST /omgangar/:round/resultat/rakna-om":             {lead, commissioner},
	"GET /omgangar/:round/resultat.csv":                   {lead, commissioner},
	"GET /omgangar/:round/resultat.json":                  {lead, commissioner},
	"GET /omgangar/:round/resultat/kommun":                {lead, commissioner},
	"GET /omgangar/:round/resultat/:municipality":         {lead, commissioner},
	"GET /omgangar/:round/avslut":                         {lead, commissioner},
	"GET /omgangar/:round/avslut/undantag/:item":          {commissioner},
	"POST /omgangar/:round/avslut/undantag/:item":         {commissioner},
	"GET /omgangar/:round/avslut/undantag/:item/ta-bort":  {commissioner},
	"POST /omgangar/:round/avslut/undantag/:item/ta-bort": {commissioner},
	"GET /omgangar/:round/avslut/stang":                   {commissioner},
	"POST /omgangar/:round/avslut/stang":                  {commissioner},
	"GET /omgangar/:round/publicering":                    {commissioner},
	"GET /omgangar/:round/publicering/bekrafta":           {commissioner},
	"POST /omgangar/:round/publicering":                   {commissioner},
	"GET /omgangar/:round/publicering/forhandsvisning":    {commissioner},
	"GET /kommun":             {reader},
	"GET /kommun/:round":      {reader},
	"GET /kommun/sa-mats-det": {reader},
}

var (
	sampleFrozen = &frozenFacts{
		Closing: survey.Closing{Revision: 1, At: testNow,
			By: "henrik@example.se"}, Definitions: "2026", Digits: "9f3c a81e", When: "ons",
	}
	sampleEmpty   = withAct("Se framsteget", "/x", newEmpty("Inga kontakter", "Än."))
	sampleDot     = dotLine{Own: true, At: "80%", Low: "70%", High: "90%", Mean: "60%"}
	sampleMeasure = allMeasures[0]
	sampleOptions = []optionGroup{{"Telefon", []option{{sampleMeasure.Code, sampleMeasure.Title}}}}
	sampleBadge   = badge{"best", "bästa 25 %"}
)

var resultsSamples = []page{
	&resultsPage{layout: sampleLayout("Resultat", lead), Empty: &sampleEmpty, RecountURL: "/x"},
	&resultsPage{
		layout: sampleLayout("Kontakt", lead), Frozen: sampleFrozen, Measure: sampleMeasure, Kick: "Telefon",
		Choice:   resultsChoice{Measure: sampleMeasure.Code, Mark: "0305"},
		Measures: sampleOptions, Groups: sampleOptions, Areas: []option{{"", "Alla"}}, Municipalities: []option{{"0305",
			"Håbo"}},
		Chart: &caterpillar{
			Title: "46 av 134 kommuner", Note: "Punkt", Sentence: "Punktdiagram", Marks: []chartMark{{"95%", "94%", "0"}},
			Dots: []caterpillarDot{{X: "5%", Y: "20%", Low: "30%", High: "10%"}}, Mean: &chartMark{"40%", "39%", "medel"},
			Own: &caterpillarDot{X: "9%", Y: "25%", Low: "35%", High: "15%", BandX: "8%"}, OwnLabel: "Håbo", OwnAtEnd: true,
		},
		Means: []meanRow{{"Håbo", 1, true, "83%", "83,3 %"}, {"Alla", 147, false, "60%", "60,0 %"}},
		Notes: []string{"Ovägt."}, Heading: "Andel", Axis: "0–100 %", Of: 147, Sort: sorting{url: &url.URL{Path: "/x"},
			Key: "plats"},
		Rows: []resultRow{{"0305", "Håbo", true, "5", sampleDot, "83,3 %", "100 av 120", "75,7–88,9", sampleBadge},
			{Code: "2023", Name: "Åre"}},
	},
	&profilePage{
		layout: sampleLayout("Håbo", lead), Frozen: sampleFrozen, Profile: sampleProfile(), CSV: "/x", JSON: "/y",
		Others: []option{{"0305", "Håbo"}, {"2023", "Åre"}},
	},
}

func sampleProfile() profileView {
	change := changeView{"▲", "+13,3 (2,6 till 23,6)", "ökning"}
	return profileView{
		Name: "Håbo", Code: "0305", Kick: "Uppsala län", Counted: "120 samtal", Previous: "2025", Warning: "Få kontakter.",
		Tiles: []figureTile{{"Kontakt", "83,3", "%", sampleDot, "100 av 120", "75,7–88,9", "64,7", "plats 5", "2025",
			change}},
		Groups: []figureGroup{{"Telefon", []figureRow{{
			Measure: sampleMeasure, Value: "83,3 %", Base: "100 av 120", Interval: "75,7–88,9", Dot: sampleDot, Place: "5 av 147",
			InCounty: "1 av 6", InSize: "2 av 20", Standing: sampleBadge, All: "61,1 %", Size: "64,7 %", County: "66,5 %", SKR: "61,3 %",
			Before: "70,0 %", Change: change, Rescaled: true,
		}}}},
		ByChannel: []levelGroup{{"Telefon", []levelBar{newLevelBar(results.Distribution{
			Title: "Bemötande", Base: 110, Levels: []results.Level{{Level: survey.VeryGood, Count: 40}, {Level: survey.Good,
				Count: 50},
				{Level: survey.Fair}, {Level: survey.Poor, Count: 18}},
		})}}},
		Times: []timeRow{{"≤ 30 s", 26, "21%", "21,7 %", false}, {"ingen handläggare", 33, "27%", "27,5 %",
			true}}, TimesBase: 120,
		Heat: areaHeat{[]string{"Kontakt"}, []heatRow{{"Bygglov", []heatCell{{"10 av 12", "q5"}}}}},
		Areas: areaTable{sampleMeasure, "0–100 %", []areaRow{{"Bygglov", sampleDot, "83,3 %", "10 av 12", "50–90",
			"61 %"}}},
		Measures: sampleOptions,
	}
}

// The three municipalities of the tests' round: Hultsfred as it was published,
// Håbo, which answered fewer questions, and Knivsta, which lacks calls.
const (
	hultsfred = "0860"
	habo      = readerPlace
	knivsta   = "0330"
)

// hultsfredApp is an app with the round 2019.
func hultsfredApp(t testing.TB) *app {
	t.Helper()
	a := newApp(t)
	ctx, by := t.Context(), survey.CommandLine
	period := survey.FieldPeriod{
		From: officehours.Date{Year: 2019, Month: time.October, Day: 21}, To: officehours.Date{Year: 2019,
			Month: time.November, Day: 22},
	}
	if _, err := a.service.CreateRound(ctx, by, "2019", period); err != nil {
		t.Fatal(err)
	}
	set, err := a.service.Setup(ctx, by, "2019")
	if err != nil {
		t.Fatal(err)
	}
	questions, err := export.ReadQuestions(hultsfredFile(t, "questions.csv"), "questions.csv", set.Round.Design)
	if err == nil {
		err = a.service.ImportQuestions(ctx, by, "2019", questions)
	}
	if err != nil {
		t.Fatal(err)
	}
	var places []survey.Participant
	for _, m := range survey.BundledMunicipalities() {
		if slices.Contains([]string{hultsfred, habo, knivsta}, m.Code) {
			places = append(places, survey.Participant{Municipality: m, Phone: "+46701740605",
				Email: "k" + m.Code + "@example.se"})
		}
	}
	if err := a.service.SaveParticipants(ctx, by, "2019", places); err != nil {
		t.Fatal(err)
	}
	a.importHultsfred(t)
	return a
}

func (a *app) importHultsfred(t testing.TB) {
	t.Helper()
	set, err := a.service.Setup(t.Context(), survey.CommandLine, "2019")
	if err != nil {
		t.Fatal(err)
	}
	contacts, err := export.ReadContacts(hultsfredFile(t, "contacts.csv"), "contacts.csv", set, a.clock.now())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range slices.Clone(contacts) {
		c.Municipality = habo
		c.Attempts = slices.Clone(c.Attempts)
		if c.Channel == survey.Phone && i%2 == 0 && c.Attempts[0].Ratings.Answer != "" {
			c.Attempts[0].Ratings.Answer = survey.Poor
		}
		contacts = append(contacts, c)
		if c.Municipality = knivsta; c.Channel == survey.Email || i%4 > 0 {
			contacts = append(contacts, c)
		}
	}
	if _, err := a.service.ImportContacts(t.Context(), survey.CommandLine, set, contacts); err != nil {
		t.Fatal(err)
	}
}

func hultsfredFile(t testing.TB, name string) *strings.Reader {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "export", "testdata", "hultsfred", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReader(string(data))
}

// rowWith gives the cells of the row whose heading has the words, with spaces
// between.
func rowWith(w *walk, table, words string) string {
	w.t.Helper()
	row := w.find(table + " tbody tr").FilterFunction(func(_ int, tr *goquery.Selection) bool {
		head := tr.Find("th")
		if summary := head.Find("summary"); summary.Length() > 0 {
			head = summary
		}
		return squeeze(head.Text()) == words
	})
	if row.Length() == 0 {
		w.t.Fatalf("%s: %s has no row %q", w.path(), table, words)
	}
	return squeeze(strings.Join(row.First().Children().Map(text), " "))
}

func TestHultsfredFiguresOnScreen(t *testing.T) {
	w := hultsfredApp(t).as(t, commissioner).open("/omgangar/2019/resultat/" + hultsfred).wants(http.StatusOK)
	w.sees("h1", "Hultsfred")
	figures := `section[aria-labelledby="h-figures"]`
	for measure, want := range map[string]string{
		"Kontakt med handläggare inom 30 sekunder": "0,0 % 0 av 120",
		"Kontakt med handläggare inom 60 sekunder": "80,8 % 97 av 120",
		"Svarstid på huvudnumret":                  "12 s 120",
		"God information":                          "93,0 % 106 av 114",
		"Mycket gott bemötande":                    "70,2 % 80 av 114",
		"Bemötandeindex":                           "90,1 % 114",
		"Svar inom en arbetsdag":                   "94,2 % 113 av 120",
		"Svarstid, medel":                          "2 h 04 min 116",
		"Merinformation":                           "57,8 % 67 av 116",
		"Sammanvägt helhetsintryck":                "89,7",
	} {
		cells := w.find(figures + " tbody tr").FilterFunction(func(_ int, tr *goquery.Selection) bool {
			return squeeze(tr.Find("th summary").Text()) == measure
		}).First().Find("td.num")
		got := squeeze(cells.Eq(0).Text() + " " + cells.Eq(1).Text())
		if got != want {
			t.Errorf("%s: %q, want %q", measure, got, want)
		}
	}
	w.sees(figures, "Andel av alla samtal där första försöket nådde en handläggare inom 60 sekunder från uppringning.")
	w.sees(`section[aria-labelledby="h-times"]`, "97")
	w.sees(`section[aria-labelledby="h-levels"]`, "0 dålig")
	w.sees(`section[aria-labelledby="h-heat"]`, "av 12")
	w.sees(`dl.tiles`, "plats 1 av 2")
	checkHTML(t, w.body)
}

func TestResultsListSortsMarksAndExplains(t *testing.T) {
	w := hultsfredApp(t).as(t, lead).open("/omgangar/2019/resultat?matt=phone_direct_answer&markera=" + habo).
		wants(http.StatusOK)
	w.sees("h1", "Direkt svar på frågan").sees(".title", "Högre är bättre")
	table := `section[aria-labelledby="h-table"]`
	names := func() string { return squeeze(strings.Join(w.find(table+" tbody th").Map(text), " ")) }
	if got := names(); got != "Hultsfred Håbo Knivsta" {
		t.Errorf("by place: %s", got)
	}
	w.sees(table+" tr.me-row", "Håbo").sees(table+" tr.me-row", "av 120")
	if row := rowWith(w, table, "Hultsfred"); !strings.HasPrefix(row, "1 Hultsfred 82,5 % 99 av 120") {
		t.Errorf("the best: %s", row)
	}
	if row := rowWith(w, table, "Knivsta"); !strings.Contains(row, "för få kontakter") || !strings.HasPrefix(row, "–") {
		t.Errorf("Knivsta has 90 calls and so no place: %s", row)
	}
	w.sees(`section[aria-labelledby="h-notes"]`, "1 kommun har färre än 100 kontakter")
	if row := rowWith(w, `section[aria-labelledby="h-mean"]`, "Alla deltagande"); !strings.HasPrefix(row,
		"Alla deltagande 2 ") {
		t.Errorf("mean of all: %s", row)
	}
	w.sees("thead th[aria-sort=ascending]", "Plats")
	if label := w.find("svg[role=img]").AttrOr("aria-label", ""); !strings.Contains(label, "3 kommuner") {
		t.Errorf("the chart says %q", label)
	}
	w.follow("Kommun").sees("thead th[aria-sort=ascending]", "Kommun")
	if got := names(); got != "Hultsfred Håbo Knivsta" { // å after u
		t.Errorf("by name: %s", got)
	}
	if got := w.follow("Kommun ▲").path(); !strings.Contains(got, "markera="+habo) || names() != "Knivsta Håbo Hultsfred" {
		t.Errorf("turned: %s at %s", names(), got)
	}
	w.form("main form[method=get]").choose("grupp", "lan-03").submit()
	if got := names(); got != "Knivsta Håbo" {
		t.Errorf("in Uppsala län: %s", got)
	}
	if w.open("/omgangar/2019/resultat?grupp=lan-99&matt=nonsens&omrade=x"); names() != "Hultsfred Håbo Knivsta" {
		t.Errorf("what does not exist chooses %s", names())
	}
	w.open("/omgangar/2019/resultat?matt=phone_direct_answer&omrade=bygglov").sees(table, "av 12").sees(".kick", "bygglov")
	w.lacks(table + " .b-best")
	w.open("/omgangar/2019/resultat?matt=phone_answer_time&ordning=-varde").sees("h1", "Svarstid på huvudnumret").
		sees(table, "12 s")
}

func text(_ int, s *goquery.Selection) string { return s.Text() }

func TestResultsAreCountedAnewOnRequest(t *testing.T) {
	a := hultsfredApp(t)
	a.clock.advance(30 * time.Second)
	w := a.as(t, lead).open("/omgangar/2019/resultat").sees(".saved", "Räknat 10.32")
	a.clock.advance(35 * time.Second)
	w.open("/omgangar/2019/resultat?matt=phone_treatment").sees(".saved", "Räknat 10.32") // at most a minute old
	w.form(`form[action*="rakna-om"]`).submit().wants(http.StatusOK).sees(".saved", "Räknat 10.33").sees(".flash",
		"Räknat")
	if w.path() != "/omgangar/2019/resultat?matt=phone_treatment" {
		t.Errorf("came to %s", w.path())
	}
}

func TestResultsDownloads(t *testing.T) {
	w := hultsfredApp(t).as(t, lead).open("/omgangar/2019/resultat.json?kommun=" + hultsfred).wants(http.StatusOK)
	var doc struct {
		Round          string
		Municipalities []struct {
			Code     string
			Measures []struct {
				Code        string
				Base, Count int
				Value       float64
			}
		}
	}
	if err := json.Unmarshal(w.body, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Round != "2019" || len(doc.Municipalities) != 1 || doc.Municipalities[0].Code != hultsfred {
		t.Fatalf("%+v", doc)
	}
	if m := doc.Municipalities[0].Measures[2]; m.Code != "phone_reached_60" || m.Base != 120 || m.Count != 97 {
		t.Errorf("%+v", m)
	}
	w.open("/omgangar/2019/resultat.csv").wants(http.StatusOK)
	if got := w.answer.Header.Get("Content-Disposition"); got != `attachment; filename="resultat-2019.csv"` {
		t.Errorf("sent as %s", got)
	}
	rows, err := csv.NewReader(strings.NewReader(string(w.body))).ReadAll()
	if err != nil || len(rows) != 1+3*11*len(allMeasures) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	w.open("/omgangar/2019/resultat.csv?kommun=9999").wants(http.StatusNotFound)
	w.open("/omgangar/2019/resultat/9999").wants(http.StatusNotFound)
	w.open("/omgangar/2019/resultat/kommun?kommun="+habo).wants(http.StatusOK).sees("h1", "Håbo")
}

func TestResultsOfAnEmptyRound(t *testing.T) {
	a := newApp(t)
	period := survey.FieldPeriod{From: officehours.DateOf(testNow), To: officehours.DateOf(testNow).AddDays(32)}
	if _, err := a.service.CreateRound(t.Context(), survey.CommandLine, "2026", period); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, commissioner)
	w.open("/omgangar/2026/resultat").wants(http.StatusOK).sees(".empty", "Inga kommuner deltar än")
	w.open("/omgangar/2026/avslut").wants(http.StatusOK).sees("main", "Inga kommuner än")
	w.open("/omgangar/2026/publicering").wants(http.StatusOK).sees("main", "Omgången är inte stängd")
	place := survey.Participant{Municipality: survey.BundledMunicipalities()[0], Phone: "+46701740605",
		Email: "k@example.se"}
	if err := a.service.SaveParticipants(t.Context(), survey.CommandLine, "2026",
		[]survey.Participant{place}); err != nil {
		t.Fatal(err)
	}
	a.clock.advance(2 * time.Minute)
	w.open("/omgangar/2026/resultat").wants(http.StatusOK).sees(".empty", "Inga kontakter att räkna än")
	w.open("/omgangar/2026/resultat/"+place.Code).wants(http.StatusOK).sees(".empty", "Inga kontakter att räkna än")
	w.open("/omgangar/1999/resultat").wants(http.StatusNotFound)
}
