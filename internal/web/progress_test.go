package web

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var progressDoors = doorList{
	"GET /omgangar/:round/framsteg":     {lead, commissioner},
	"GET /omgangar/:round/framsteg.csv": {lead, commissioner},
}

var progressSamples = []page{
	sampleProgress(),
	&progressPage{layout: sampleLayout("Framsteg", lead), Lead: "Det finns inga kontakter ännu."},
	&progressTablePage{
		layout: sampleLayout("Framsteg per kommun", lead), Every: 45, Of: "Kommun", Rows: sampleProgressRows(),
		Table: sampleTable,
		Tabs:  tabs{Name: "Visa per", Items: []link{{Label: "Kommuner", URL: "/x", Current: true}}},
	},
	&progressTablePage{
		layout: sampleLayout("Framsteg per dag", lead), Of: "Dag", Timed: true, Rows: sampleProgressRows(),
		Table: sampleTable,
	},
}

// progressAt is a round in its second week, behind its plan.
func progressAt() fieldwork.Progress {
	today := officehours.DateOf(testNow)
	set := survey.Setup{Round: *sampleLayout("", lead).Round, Evaluators: []survey.Evaluator{
		{Email: "maja@example.se", Name: "Maja Lindqvist"}, {Email: "jonas@example.se", Name: "Jonas Ödman", From: today.AddDays(6)},
	}}
	all := fieldwork.Line{
		Tally: fieldwork.Tally{Planned: 36000, Made: 8391, Begun: 1874, Done: 6517, Expected: 8928, Void: 3, Returned: 9},
		ByChannel: map[survey.Channel]fieldwork.Tally{
			survey.Phone: {Planned: 18000, Made: 4102, Expected: 4464}, survey.Email: {Planned: 18000, Made: 4289, Expected: 4464},
		},
	}
	p := fieldwork.Progress{
		Setup: set, At: testNow, All: all, Day: 7, Of: 25, Awaiting: 1874, Needed: 1473.4, DaysLate: 2,
		Areas: []fieldwork.Line{{Key: "bygglov", Name: "Bygglov", Tally: fieldwork.Tally{Planned: 240, Made: 40, Expected: 60}}},
		Municipalities: []fieldwork.Line{
			{Key: "0305", Name: "Håbo", Tally: fieldwork.Tally{Planned: 240, Made: 38, Expected: 60}},
			{Key: "0330", Name: "Knivsta", Tally: fieldwork.Tally{Planned: 240, Made: 57, Expected: 60}},
			{Key: "0380", Name: "Uppsala", Tally: fieldwork.Tally{Planned: 240, Made: 52, Expected: 60}},
		},
		Evaluators: []fieldwork.Line{
			{Key: "maja@example.se", Name: "Maja Lindqvist", Tally: fieldwork.Tally{Planned: 800, Made: 412, Expected: 388}},
			{Key: "jonas@example.se", Name: "Jonas Ödman", Tally: fieldwork.Tally{Planned: 400}},
		},
		Days:  []fieldwork.Line{{Key: today.String(), Name: "tis 27 okt", Tally: fieldwork.Tally{Planned: 1440, Made: 300, Expected: 400}}},
		Weeks: []fieldwork.Line{{Key: "2026-W44", Name: "vecka 44", Tally: fieldwork.Tally{Planned: 7200, Made: 1400, Expected: 1500}}},
		Still: []fieldwork.Standstill{
			{Kind: fieldwork.StillMunicipality, Key: "0305", Name: "Håbo", Calls: 22, Since: today.AddDays(-4), Why: "Ligger hos Maja 22."},
			{Kind: fieldwork.StillArea, Key: "bygglov", Name: "Bygglov", Calls: 3, Emails: 4, Since: today.AddDays(-1)},
			{Kind: fieldwork.StillEvaluator, Key: "maja@example.se", Name: "Maja", Emails: 9, Since: today.AddDays(-1)},
			{Kind: fieldwork.StillBounced, Key: "0305", Name: "Håbo", Emails: 11, Since: today.AddDays(-1)},
			{Kind: fieldwork.StillReturned, Name: "Returnerade", Calls: 9, Since: today.AddDays(-3)},
		},
	}
	var past, ahead []schedule.Shift
	sum := 0
	for i, d := range set.Round.Calendar.WorkingDays(set.Round.Period.From, set.Round.Period.To) {
		m := fieldwork.Milestone{Date: d, Planned: min(36000, 1440*(i+1)), Come: !d.After(today), Today: d == today}
		if d.Before(today) {
			made := 1300 + 40*(i%3)
			sum += made
			past = append(past, schedule.Shift{Date: d, Staff: 1, Made: made})
		}
		m.Made = sum
		if m.Today {
			m.Made = 8391
		}
		p.Curve = append(p.Curve, m)
	}
	for _, d := range set.Round.Calendar.WorkingDays(today, today.AddDays(60)) {
		ahead = append(ahead, schedule.Shift{Date: d, Staff: 1})
	}
	p.Forecast = schedule.Foresee(schedule.Pace{Planned: 36000, Made: 8391, Past: past, Ahead: ahead})
	return p
}

func sampleProgress() *progressPage {
	p := progressAt()
	links := progressLinks{round: p.Setup.Round, follow: true}
	still := links.stillRows(p)
	return &progressPage{
		layout: sampleLayout("Framsteg", lead), Progress: p, Lead: progressLead(p), Every: 45, Tiles: progressTiles(p),
		Chart: newBurnUp(p), Pace: paceText(p), Still: still[:2], MoreStill: still[2:],
		Tables: progressTables{
			Areas: links.rows(p, survey.ByArea), Evaluators: links.rows(p, survey.ByEvaluator),
			Municipalities: links.rows(p, survey.ByMunicipality), Weeks: links.rows(p, byWeek), AllAreas: 10,
		},
	}
}

func sampleProgressRows() []progressRow {
	return progressLinks{follow: true}.rows(progressAt(), survey.ByMunicipality)
}

func TestTheLeadSaysItAll(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*fieldwork.Progress)
		want   string
	}{
		"behind": {func(*fieldwork.Progress) {},
			"Fältarbetet ligger 537 kontakter efter planen, lite mindre än en halv dag. I dagens takt blir det klart två arbetsdagar för sent."},
		"ahead": {func(p *fieldwork.Progress) {
			p.All.Made, p.DaysLate, p.Forecast.Late = 8929, 0, p.Setup.Round.Period.To
		},
			"Fältarbetet ligger 1 kontakt före planen, en liten del av en dag. I dagens takt blir det klart i tid."},
		"in time, perhaps": {func(p *fieldwork.Progress) { p.All.Made, p.DaysLate = 8928, 0 },
			"Fältarbetet följer planen. I dagens takt blir det klart i tid, men det är osäkert."},
		"too early": {func(p *fieldwork.Progress) {
			p.Forecast = schedule.Forecast{Verdict: schedule.TooEarly}
			p.DaysLate = 0
		},
			"Fältarbetet ligger 537 kontakter efter planen, lite mindre än en halv dag. Det är för tidigt att säga när det blir klart."},
		"standing": {func(p *fieldwork.Progress) {
			p.Forecast = schedule.Forecast{Verdict: schedule.NoPace}
			p.DaysLate = 0
			p.All.Made = 0
		},
			"Fältarbetet ligger 8 928 kontakter efter planen, ungefär sex dagar. I dagens takt blir det inte klart."},
		"all made": {func(p *fieldwork.Progress) { p.Forecast = schedule.Forecast{Verdict: schedule.AllMade} },
			"Alla kontakter är gjorda. 1 874 e-brev väntar på svar."},
		"draft": {func(p *fieldwork.Progress) { p.Setup.Round.Stage = survey.Draft },
			"Fältarbetet har inte börjat. 36 000 kontakter är planerade, mån 19 okt – sön 22 nov 2026."},
		"before the period": {func(p *fieldwork.Progress) { p.Day = 0 }, "Mätperioden börjar mån 19 okt."},
		"review": {func(p *fieldwork.Progress) { p.Setup.Round.Stage = survey.Review },
			"Fältarbetet är slut: 8 391 av 36 000 kontakter är gjorda."},
		"no plan": {func(p *fieldwork.Progress) { p.All.Planned = 0 }, "Det finns inga kontakter ännu."},
	} {
		p := progressAt()
		c.change(&p)
		if got := squeeze(progressLead(p)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheFinishTile(t *testing.T) {
	p := progressAt()
	last := func() string { return strings.Join(finishTile(p).Lines, " ") }
	if got := finishTile(p).Value; got != survey.DayText(p.Forecast.Finish) || !strings.HasPrefix(last(), "95 %: ") {
		t.Errorf("%s, %s", got, last())
	}
	p.Forecast.Late = officehours.Date{}
	if !strings.Contains(last(), "tidigast") {
		t.Errorf("without a last day: %s", last())
	}
	for verdict, want := range map[schedule.Verdict]string{
		schedule.TooEarly: "för tidigt att säga: 2 av minst 3 hela dagar", schedule.NoPace: "inte inom ett år", schedule.AllMade: "allt är gjort",
	} {
		p.Forecast = schedule.Forecast{Verdict: verdict, Days: 2}
		if last() != want {
			t.Errorf("%s: %q, want %q", verdict, last(), want)
		}
	}
}

func TestTheBurnUpKeepsWithinThePicture(t *testing.T) {
	late := progressAt()
	late.At = late.Setup.Round.Period.To.AddDays(10).At(12, 0)
	slow := progressAt()
	slow.Forecast.Late = officehours.Date{}
	for name, p := range map[string]fieldwork.Progress{"in the field": progressAt(), "after the period": late, "no last day": slow} {
		b := newBurnUp(p)
		for _, line := range []string{b.Plan, b.Made, b.Forecast, b.Band} {
			for point := range strings.FieldsSeq(line) {
				x, y, ok := strings.Cut(point, ",")
				if !ok || !inSpan(t, x, 0, 100) || !inSpan(t, y, burnTop, burnBottom) {
					t.Errorf("%s: a corner at %s", name, point)
				}
			}
		}
	}
	b := newBurnUp(progressAt())
	if !strings.HasPrefix(b.Plan, "0.00,96.00 ") || !strings.HasSuffix(b.Plan, ",8.00") {
		t.Errorf("the plan goes %s", b.Plan)
	}
	if b.Now == nil || b.Finish == nil || b.Last.Label != "sista dag 22 nov" || len(b.Weeks) < 5 || len(b.Days) != 25 {
		t.Errorf("%+v", b)
	}
	if empty := newBurnUp(fieldwork.Progress{}); empty.Plan != "" {
		t.Errorf("nothing is drawn as %s", empty.Plan)
	}
}

func inSpan(t *testing.T, text string, low, high float64) bool {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	return err == nil && v >= low && v <= high
}

func TestRowsSayHowTheyStand(t *testing.T) {
	p := progressAt()
	links := progressLinks{round: p.Setup.Round}
	states := map[string]string{}
	for _, by := range []survey.Grouping{survey.ByMunicipality, survey.ByEvaluator} {
		for _, r := range links.rows(p, by) {
			states[r.Name] = r.State.Kind + " " + r.State.Text
			if r.URL != "" {
				t.Errorf("%s leads to contacts that the visitor may not see", r.Name)
			}
		}
	}
	for name, want := range map[string]string{
		"Håbo": "late 22 efter", "Knivsta": "ok i fas", "Uppsala": "warn 8 efter", "Maja Lindqvist": "ok i fas",
		"Jonas Ödman": " börjar mån 2 nov",
	} {
		if states[name] != want {
			t.Errorf("%s: %q, want %q", name, states[name], want)
		}
	}
	if rows := links.rows(p, survey.ByMunicipality); !strings.Contains(rows[0].Note, "Ligger hos Maja") {
		t.Errorf("Håbo's cause is %q", rows[0].Note)
	}
}

// A line counts no voided contacts, and its list shows as many as it counts.
func TestALineLeadsToItsLiveContacts(t *testing.T) {
	p := progressAt()
	links := progressLinks{round: p.Setup.Round, follow: true}
	for _, by := range []survey.Grouping{survey.ByMunicipality, survey.ByArea, survey.ByEvaluator} {
		for _, r := range links.rows(p, by) {
			if !strings.Contains(r.URL, "lage=live") {
				t.Errorf("%s leads to %q", r.Name, r.URL)
			}
		}
	}
}

func TestProgressOfTheFirstContact(t *testing.T) {
	a := newApp(t)
	c := firstCall(a.inField(t))
	a.callMissed(t, c.ID)
	w := a.as(t, lead)
	w.open("/omgangar/2026/framsteg").wants(http.StatusOK)
	w.sees("#tiles", "Gjorda kontakter1 av 48").sees(".saved", "Räknat 10.32 · Räkna om").sees("#burn-up svg", "i dag 1")
	w.sees("#burn-up table", "Plan")
	for _, table := range []string{"kommun", "omrade", "bedomare", "vecka", "dag"} {
		w.open("/omgangar/2026/framsteg?visa=" + table).wants(http.StatusOK)
		total := 0
		w.find("#rows tbody tr").Each(func(_ int, row *goquery.Selection) {
			n, err := strconv.Atoi(squeeze(row.Find("td").First().Text()))
			if err != nil {
				t.Errorf("%s: %v", table, err)
			}
			total += n
		})
		if total != 1 {
			t.Errorf("per %s %d are made, want 1", table, total)
		}
	}
	w.open("/omgangar/2026/framsteg?visa=kommun").follow("Åmål").wants(http.StatusOK).sees(".title p", "24 kontakter")
}

func TestSortingProgress(t *testing.T) {
	a := newApp(t)
	c := firstCall(a.inField(t))
	a.callMissed(t, c.ID)
	w := a.as(t, commissioner)
	for query, first := range map[string]string{"namn": "Håbo", "-namn": "Åmål"} {
		if got := w.open("/omgangar/2026/framsteg?visa=kommun&ordning=" + query).wants(http.StatusOK).text("#rows tbody tr:first-child th"); got != first {
			t.Errorf("by %s the first is %s, want %s", query, got, first)
		}
	}
	for query, made := range map[string]string{"-gjort": "1", "gjort": "0"} {
		if got := w.open("/omgangar/2026/framsteg?visa=kommun&ordning=" + query).text("#rows tbody tr:first-child td:nth-child(2)"); got != made {
			t.Errorf("by %s the first has made %s, want %s", query, got, made)
		}
	}
}

func TestProgressAsAFile(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, lead).open("/omgangar/2026/framsteg.csv").wants(http.StatusOK)
	if kind := w.answer.Header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		t.Error(kind)
	}
	rows, err := csv.NewReader(strings.NewReader(string(w.body))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	planned := map[string]int{}
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[4])
		if err != nil {
			t.Fatal(err)
		}
		planned[row[0]] += n
	}
	for _, grouping := range []string{"municipality", "area", "evaluator", "week", "day"} {
		if planned[grouping] != 48 {
			t.Errorf("by %s %d are planned, want 48", grouping, planned[grouping])
		}
	}
}
