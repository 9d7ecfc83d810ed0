package web

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var planDoors = doorList{
	"GET /omgangar/:round/plan":           {lead, commissioner},
	"POST /omgangar/:round/plan":          {lead},
	"GET /omgangar/:round/plan/jamnhet":   {lead, commissioner},
	"GET /omgangar/:round/plan/dagar.csv": {lead, commissioner},
}

var samplePlanMap = planMap{
	ID: "h-k", Title: "Dag och kommun", Lead: "25 av 290 kommuner.", Head: "Kommun", Side: "Plats per dag",
	Weeks: []planWeek{{44, 1}, {45, 2}},
	Days: []planColumn{
		{Date: officehours.DateOf(testNow), Letter: "t", Title: "tis 27 okt, i dag", Class: "today"},
		{Date: officehours.DateOf(testNow), Letter: "f", Title: "fre 30 okt, kort dag", Mark: "kort", Class: "wk", First: true},
	},
	Rows: []planLine{{Name: "Åmål", Side: "80", Total: planCell{Text: "240", URL: "/x"}, Cells: []planCell{
		{Text: "10", Class: "q3", URL: "/x?a=1&dag=2"}, {Class: "qx", Note: "inte med"},
	}}},
	Foot:  []planLine{{Name: "Alla kontakter", Cells: []planCell{{Text: "10"}, {}}, Total: planCell{Text: "10"}}},
	Pager: pager{Total: 60, First: 1, Last: 25, Next: "/x", Pages: []pageLink{{N: 1, Current: true}, {N: 2, URL: "/x"}, {}}},
}

var sampleEvenness = evenness{
	Rows: []balanceRow{
		{schedule.Balance{Title: "Kontakter per kommun och dag", Value: 1, Bound: 1, Limit: 1, Note: "största minus minsta"}, "≤", ""},
		{schedule.Balance{Title: "Dagar mellan", Value: 8, Bound: 9, Limit: 9, AtLeast: true, Why: "För kort."}, "≥", "1 under gränsen"},
	},
	Missed: []balanceRow{{schedule.Balance{Title: "Dagar mellan", Value: 8, Bound: 9, Why: "För kort."}, "≥", "1 under gränsen"}},
	At:     testNow, Stale: true, URL: "/x", Assign: "/x",
}

func samplePlanFrame() planFrame {
	return planFrame{
		layout: sampleLayout("Plan", lead), Planned: 10, State: planState{
			URL: "/x", Line: "Plan 7, införd i går", Undo: &link{Label: "Ångra plan 7", URL: "/x"}, Text: "3 kontakter saknas.",
			Reasons: []string{"En kommun har kommit med."}, Can: true,
		},
		Facts: "10 kontakter.", Made: "Planen gjordes i går.",
		Tabs: tabs{Name: "Planen", Items: []link{{Label: "Dag för dag", URL: "/x", Current: true}}},
	}
}

var planSamples = []page{
	&planPage{
		planFrame: samplePlanFrame(), Can: true, Begun: 3, Past: true, Form: wrongForm("seed"), Maps: []planMap{samplePlanMap}, Even: "9–10",
		Short: []shortage{{"Äldreomsorg: 12 samtal, plats för 10.", []link{{Label: "Ändra kapacitet", URL: "/x"}}}}, Evenness: sampleEvenness,
		Choice: &planChoices{
			URL: "/x", Fields: []field{withOptions([]option{{"", "Alla län"}}, newField(newForm(), "lan", "Län"))},
			Search: newField(newForm(), "sok", "Namn"), Limited: true, Words: "Samtal", Paper: "/x", Screen: "/x", File: "/x",
		},
	},
	&planPage{
		planFrame: planFrame{layout: sampleLayout("Plan", lead)}, Can: true, Form: newForm(), Consent: []string{"Bygglov har en bedömare."},
		Missing: []readyRow{{"Bedömare", "/x", badge{"late", "saknas"}, "Inga bedömare."}},
	},
	&planPage{
		planFrame: samplePlanFrame(), Form: newForm(), Maps: []planMap{{ID: "h-k", Title: "Dag och kommun"}},
		Choice: &planChoices{planChoice: planChoice{Print: true}, Words: "Samtal", Screen: "/x"},
	},
	&planPage{planFrame: planFrame{layout: sampleLayout("Plan", lead)}, Form: newForm()},
	&evennessPage{
		planFrame: samplePlanFrame(), Evenness: sampleEvenness,
		Areas: plainMap{"Frågeområde", []string{"v. 44"}, []planLine{{Name: "Bygglov", Cells: []planCell{{Text: "4", Class: "q2"}}}}},
		Hours: plainMap{"Veckodag", []string{"8–9"}, []planLine{{Name: "Måndag", Cells: []planCell{{Text: "4", Class: "q2"}}}}},
	},
	&evennessPage{planFrame: planFrame{layout: sampleLayout("Plan", lead)}},
}

func TestMakingThePlan(t *testing.T) {
	a := newApp(t)
	a.draftRound(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/plan").wants(http.StatusOK).sees("h2", "Det här saknas för en plan").sees("main", "Saknas: bygglov")
	a.as(t, commissioner).open("/omgangar/2026/plan").wants(http.StatusOK).lacks(`main form[method="post"]`)
	w.form(`main form[method="post"]`).submit("Gör planen").wants(http.StatusUnprocessableEntity)
	w.sees(`[role="alert"] p`, "Bygglov")

	if err := a.service.AddAssignments(t.Context(), survey.CommandLine, "2026", []survey.Assignment{{Area: "bygglov", Evaluator: "emil@example.se"}}); err != nil {
		t.Fatal(err)
	}
	w.open("/omgangar/2026/plan").form(`main form[method="post"]`).submit("Gör planen").wants(http.StatusUnprocessableEntity)
	w.sees(".flash-warn", "Bygglov")
	w.form(`main form[method="post"]`).choose("samma", "1").submit("Gör planen").wants(http.StatusOK)
	w.sees(".flash-ok", "48 kontakter")
	w.sees("h2", "Dag och kommun").sees("h2", "Jämnhet")

	w.form(`main form[method="post"]`).set("seed", "ett").submit("Planera om").wants(http.StatusUnprocessableEntity)
	a.as(t, commissioner).open("/omgangar/2026/plan").wants(http.StatusOK).lacks(`main form[method="post"]`)
}

func TestAPlanOfAPeriodThatHasBegunIsPointedOut(t *testing.T) {
	a := newApp(t)
	a.assigned(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/plan").sees("form.panel .flash-warn", "dagar som redan har gått").follow("Ändra perioden").
		wants(http.StatusOK).sees("h1", "Period")
	a.clock.advance(-8 * 24 * time.Hour) // the first day of the period
	w.open("/omgangar/2026/plan").sees("#h-make", "Gör planen").lacks("form.panel .flash-warn")
}

func TestAnInfeasiblePlanSaysWhatDoesNotSuffice(t *testing.T) {
	a := newApp(t)
	a.assigned(t)
	for _, email := range []string{"evaluator@example.se", "emil@example.se"} {
		e := survey.Evaluator{Email: email, Name: email, CallsPerDay: 1, EmailsPerDay: 0}
		if err := a.service.SaveEvaluators(t.Context(), survey.CommandLine, "2026", []survey.Evaluator{e}); err != nil {
			t.Fatal(err)
		}
	}
	w := a.as(t, lead).open("/omgangar/2026/plan")
	w.form(`main form[method="post"]`).submit("Gör planen").wants(http.StatusUnprocessableEntity)
	w.sees(`[role="alert"] h2`, "Räcker inte").sees(`[role="alert"] p`, "e-brev")
	w.follow("Ändra kapacitet").wants(http.StatusOK).sees("h1", "Bedömare")
}

// plannedCounty is a round of a county with 26 municipalities in the field, some of
// whose contacts are voided.
func plannedCounty(t *testing.T) (*app, survey.Setup, []survey.Contact) {
	t.Helper()
	a := newApp(t)
	var ms []survey.Municipality
	for _, m := range survey.BundledMunicipalities() {
		if m.CountyCode == "01" || m.Code == readerPlace {
			ms = append(ms, m)
		}
	}
	monday := officehours.DateOf(testNow).AddDays(-8)
	a.demoRound(t, survey.FieldPeriod{From: monday, To: monday.AddDays(32)}, ms, testNow)
	contacts := func() []survey.Contact {
		cs, _, err := a.service.Contacts(t.Context(), survey.CommandLine, "2026", survey.ContactFilter{})
		if err != nil {
			t.Fatal(err)
		}
		return cs
	}
	for i, c := range contacts() {
		if i%700 != 0 || c.Disposition == survey.Void {
			continue
		}
		if err := a.service.Void(t.Context(), survey.CommandLine, c.ID, 0, "fel nummer"); err != nil {
			t.Fatal(err)
		}
	}
	set, err := a.service.Setup(t.Context(), survey.CommandLine, "2026")
	if err != nil {
		t.Fatal(err)
	}
	return a, set, contacts()
}

func TestTheMapsOfAPlan(t *testing.T) {
	a, set, cs := plannedCounty(t)
	t.Run("counts", func(t *testing.T) { mapsCountTheContacts(t, a, set, cs) })
	t.Run("choice", func(t *testing.T) { choosingAndPaging(t, a) })
	t.Run("file", func(t *testing.T) { daysAsAFile(t, a, set, cs) })
}

// heatTable reads a map: row → column → text, with the links beside.
func heatTable(w *walk, id string) (rows map[string][]string, links map[string][]string) {
	rows, links = map[string][]string{}, map[string][]string{}
	w.find(`section[aria-labelledby="` + id + `"] table tr:has(td)`).Each(func(_ int, tr *goquery.Selection) {
		name := squeeze(tr.Find("th").Text())
		tr.Find("td:not(.side-d)").Each(func(_ int, td *goquery.Selection) {
			td.Find(".vh").Remove()
			rows[name] = append(rows[name], strings.Join(strings.Fields(td.Text()), ""))
			links[name] = append(links[name], td.Find("a").AttrOr("href", ""))
		})
	})
	return rows, links
}

// Every number of the maps is the number of live contacts, counted here one
// by one, and its link leads to exactly that many.
func mapsCountTheContacts(t *testing.T, a *app, set survey.Setup, cs []survey.Contact) {
	w, other := a.as(t, lead), a.as(t, lead)
	for query, matches := range map[string]func(survey.Contact) bool{
		"":                     func(survey.Contact) bool { return true },
		"?kanal=phone":         func(c survey.Contact) bool { return c.Channel == survey.Phone },
		"?kanal=email&lan=03":  func(c survey.Contact) bool { return c.Channel == survey.Email },
		"?sok=o&sida=1&lan=01": func(survey.Contact) bool { return true },
	} {
		days := set.Round.Calendar.WorkingDays(set.Round.Period.From, set.Round.Period.To)
		want := map[string][]int{}
		add := func(key string, day int) {
			if want[key] == nil {
				want[key] = make([]int, len(days)+1)
			}
			want[key][day]++
			want[key][len(days)]++
		}
		for _, c := range cs {
			if c.Disposition == survey.Void || !matches(c) {
				continue
			}
			place, _ := set.Participant(c.Municipality)
			person, _ := set.Evaluator(c.Evaluator)
			day := slices.Index(days, officehours.DateOf(c.PlannedAt))
			for _, key := range []string{place.Name, person.Name, "Alla kontakter"} {
				add(key, day)
			}
		}
		w.open("/omgangar/2026/plan" + query).wants(http.StatusOK)
		checked := 0
		for _, id := range []string{"h-k", "h-e"} {
			rows, links := heatTable(w, id)
			for name, texts := range rows {
				if name == "De visade" {
					continue
				}
				for i, text := range texts {
					n := want[name][i]
					if text != strconv.Itoa(n) && (text != "" || n > 0) {
						t.Fatalf("%s: %s, column %d: %q, want %d", query, name, i, text, n)
					}
					if checked++; checked%97 == 0 && n > 0 {
						leadsTo(t, other, links[name][i], n)
					}
				}
			}
		}
		if checked < 200 {
			t.Errorf("%s: only %d numbers", query, checked)
		}
	}
}

func leadsTo(t *testing.T, w *walk, link string, n int) {
	t.Helper()
	said := squeeze(w.open(link).wants(http.StatusOK).text(".title p"))
	if want := squeeze(counted(n, "kontakt", "kontakter")); !strings.HasPrefix(said, want) {
		t.Errorf("%s leads to %q, want %s", link, said, want)
	}
}

func choosingAndPaging(t *testing.T, a *app) {
	w := a.as(t, commissioner)
	rows := func(path string) []string {
		t.Helper()
		w.open(path).wants(http.StatusOK)
		return w.find(`section[aria-labelledby="h-k"] tbody th`).Map(func(_ int, e *goquery.Selection) string { return e.Text() })
	}
	first, second := rows("/omgangar/2026/plan"), rows("/omgangar/2026/plan?sida=2")
	if len(first) != 25 || len(second) != 2 || first[0] != "Botkyrka" || second[1] != "Österåker" {
		t.Errorf("pages %v and %v", first, second)
	}
	w.sees(`section[aria-labelledby="h-k"] tfoot`, "De visade")
	if got := rows("/omgangar/2026/plan?lan=03"); !slices.Equal(got, []string{"Håbo"}) {
		t.Errorf("Uppsala län: %v", got)
	}
	if got := rows("/omgangar/2026/plan?sok=UPPLANDS"); !slices.Equal(got, []string{"Upplands Väsby", "Upplands-Bro"}) {
		t.Errorf("upplands: %v", got)
	}
	w.open("/omgangar/2026/plan?sok=finns+inte").wants(http.StatusOK).sees(".empty", "Ingen kommun passar urvalet")

	paper := rows("/omgangar/2026/plan?utskrift=1&kanal=phone")
	if len(paper) != 27 {
		t.Errorf("%d municipalities on paper, want 27", len(paper))
	}
	w.lacks("table a").lacks(".pager").lacks(`main form`).sees(".title p", "Samtal.")
}

func daysAsAFile(t *testing.T, a *app, set survey.Setup, cs []survey.Contact) {
	w := a.as(t, lead).open("/omgangar/2026/plan?kanal=phone&lan=01")
	w.follow("Hämta som fil").wants(http.StatusOK)
	lines, err := csv.NewReader(strings.NewReader(string(w.body))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"municipality", "name", "day", "phone"}, lines[0]); d != "" {
		t.Error(d)
	}
	want := map[[2]string]int{}
	for _, c := range cs {
		if p, _ := set.Participant(c.Municipality); c.Disposition != survey.Void && c.Channel == survey.Phone && p.CountyCode == "01" {
			want[[2]string{c.Municipality, officehours.DateOf(c.PlannedAt).String()}]++
		}
	}
	got := map[[2]string]int{}
	for _, line := range lines[1:] {
		n, err := strconv.Atoi(line[3])
		if err != nil {
			t.Fatal(err)
		}
		got[[2]string{line[0], line[2]}] = n
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestEvennessIsMeasuredWhenAskedFor(t *testing.T) {
	a := newApp(t)
	cs := a.inField(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/plan").sees(".empty", "Planen är inte mätt")
	w.follow("Räkna jämnheten").wants(http.StatusOK).sees("table", "Samtal per kommun och dag").sees("#h-a", "Område och vecka")
	w.follow("Dag för dag").sees("table", "Samtal per kommun och dag").lacks(`a[href$="/plan/jamnhet"].push`)
	if err := a.service.Void(t.Context(), survey.CommandLine, cs[3].ID, 0, "fel nummer"); err != nil {
		t.Fatal(err)
	}
	w.open("/omgangar/2026/plan").sees("main", "planen har ändrats sedan dess").follow("Räkna om").wants(http.StatusOK)
	w.sees(".title p", "47 kontakter")
	w.open("/omgangar/2026/plan").lacks(`a[href$="/plan/jamnhet"].push`)
}

func TestANumberOfThePlanLeadsToItsContacts(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	b := newBrowser(t, a)
	b.login(survey.RoleLead)
	b.open("/omgangar/2026/plan")
	b.sees("#h-k", "Dag och kommun")
	n := b.text(`section[aria-labelledby="h-k"] tbody td a`)
	b.press(`section[aria-labelledby="h-k"] tbody td a`)
	b.sees("h1", "Kontakter")
	b.sees(".title p", n+" kontakt")
	rows := b.text(`section[aria-label="Kontakter"] tbody tr:nth-child(` + n + `) th`)
	if rows == "" {
		t.Errorf("the list has fewer than %s contacts", n)
	}
}

func TestInTheFieldThePlanIsMended(t *testing.T) {
	a := newApp(t)
	cs := a.inField(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/plan").lacks("#h-make").lacks(".flash-warn").sees(".title p", "med frö 1")
	w.sees(".title .no-print", "Räkna om planen") // it does nothing on paper
	if err := a.service.Void(t.Context(), survey.CommandLine, cs[40].ID, 0, "fel nummer"); err != nil {
		t.Fatal(err)
	}
	w.open("/omgangar/2026/plan").sees(".flash-warn", "1 kontakt saknas i planen")
	w.form(`form[action$="/plan/forslag"]`).submit("Förhandsvisa").wants(http.StatusOK)
	w.form(`form[action$="/plan/infor"]`).submit("Inför").wants(http.StatusOK)
	w.open("/omgangar/2026/plan").lacks(".flash-warn").sees(".title", "Plan 1, införd").sees(".title p", "48 kontakter")
}

func TestADraftsPlanThatIsOlderThanTheSetupSaysSo(t *testing.T) {
	a := newApp(t)
	a.assigned(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/plan").form(`form[method="post"][action$="/plan"]`).submit().wants(http.StatusOK).lacks(".flash-warn:contains('äldre')")
	set := a.setupNow(t)
	set.Evaluators[0].CallsPerDay++
	if err := a.service.SaveEvaluators(t.Context(), survey.CommandLine, "2026", set.Evaluators); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"plan", "bedomare", "tilldelning", "kommuner", "fragor", "kalender"} {
		w.open("/omgangar/2026/"+page).wants(http.StatusOK).sees(".flash-warn", "Planen är äldre än upplägget")
	}
	a.as(t, commissioner).open("/omgangar/2026/plan").sees(".flash-warn", "Planen är äldre").lacks(".flash-warn a")
	w.follow("Till planen").form(`form[method="post"][action$="/plan"]`).submit().wants(http.StatusOK).lacks(".flash-warn:contains('äldre')")
}
