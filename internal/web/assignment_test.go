package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"servicematning/internal/auth"
	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var assignmentDoors = doorList{
	"GET /omgangar/:round/tilldelning":                   {lead, commissioner},
	"POST /omgangar/:round/tilldelning":                  {lead},
	"GET /omgangar/:round/tilldelning/bedomare/:email":   {lead, commissioner},
	"GET /omgangar/:round/tilldelning/kommuner":          {lead},
	"POST /omgangar/:round/tilldelning/kommuner":         {lead},
	"GET /omgangar/:round/tilldelning/flera":             {lead},
	"POST /omgangar/:round/tilldelning/flera":            {lead},
	"POST /omgangar/:round/tilldelning/franvaro":         {lead},
	"POST /omgangar/:round/tilldelning/franvaro/ta-bort": {lead},
}

// sampleRow is an evaluator with every kind of cell.
func sampleRow() assignmentRow {
	bar := newBar(104, loadScale)
	return assignmentRow{
		Evaluator: survey.Evaluator{Email: "maja@example.se", Name: "Maja Lindqvist", CallsPerDay: 40, EmailsPerDay: 35},
		URL:       "/x", When: "frånvarande tor 5 nov", PerDay: "40 / 35", Areas: 2,
		Load: loadCell{Bar: &bar, Text: "104 %", Kind: "late", Title: "samtal 104 av 100"},
		Cells: []assignmentCell{
			{Value: "bygglov|maja@example.se", Title: "Maja Lindqvist, Bygglov", All: true, Limit: "/x"},
			{Value: "förskola|maja@example.se", Title: "Maja Lindqvist, Förskola", Some: 48, Limit: "/x"},
			{Value: "grundskola|maja@example.se", Title: "Maja Lindqvist, Grundskola", Limit: "/x"},
		},
	}
}

func sampleAreas() []areaColumn {
	return []areaColumn{{"bygglov", "Bygglov", 3, true}, {"förskola", "Förskola", 1, true}, {"grundskola", "Grundskola", 0, true}}
}

func sampleAssignment(editable bool) *assignmentPage {
	layout := sampleLayout("Tilldelning", lead)
	day := officehours.DateOf(testNow)
	week := schedule.LoadWeek{Number: 44, First: day, Last: day.AddDays(3), Days: 4, NeedRoom: schedule.NeedRoom{Need: 720, Room: 632, Short: 88}}
	return &assignmentPage{
		layout: layout, State: sampleState, Editable: editable, Form: wrongForm("who", "from", "to"), Areas: sampleAreas(), Rows: []assignmentRow{sampleRow()}, Table: sampleTable,
		Load: fieldwork.Load{Setup: survey.Setup{Round: *layout.Round}, Planned: true, Left: 27609, Load: schedule.Load{Weeks: []schedule.LoadWeek{week}}},
		Team: 2, Apart: true, Tabs: tabs{Name: "Visa", Items: []link{{Label: "Alla", URL: "/x", Count: 2, Current: true}}}, Past: "Vecka 43 är förbi.",
		Notices: []notice{{flash{"late", "Räcker inte", "88 för många."}, "Äldreomsorg vecka 44.", &link{Label: "Visa", URL: "/x"}}, {flash{"warn", "Tunt", "Två."}, "", nil}},
		Needs: []needRow{
			{Title: "Bygglov", Cells: []needCell{newNeedCell(week.NeedRoom), newNeedCell(schedule.NeedRoom{Need: 720, Room: 730}), newNeedCell(schedule.NeedRoom{Need: 7, Room: 730}), {}}},
			{Title: "Alla områden", All: true, Cells: []needCell{newNeedCell(week.NeedRoom)}},
		},
		Away: []awayRow{
			{Name: "Maja Lindqvist", Text: "tor 5 nov", Days: fieldwork.Absence{From: day, To: day}, N: 214, Email: "maja@example.se"},
			{Name: "Alla", Text: "fre 30 okt, kort dag"},
		},
		MoreAway: []awayRow{{Name: "Maja Lindqvist", Text: "arbetar mån–tor"}},
		People:   []option{{"maja@example.se", "Maja Lindqvist"}},
	}
}

var assignmentSamples = []page{
	sampleAssignment(true), sampleAssignment(false),
	&assignmentPage{layout: sampleLayout("Tilldelning", lead), Form: newForm()},
	&assignmentPage{layout: sampleLayout("Tilldelning", lead), Form: newForm(), Team: 1},
	&assignmentPage{layout: sampleLayout("Tilldelning", lead), Form: newForm(), Team: 1, Areas: sampleAreas(), Editable: true},
	&assignmentPage{layout: sampleLayout("Tilldelning", lead), Form: newForm(), Team: 64, Areas: sampleAreas(), Table: sampleTable},
	&assignedPage{layout: sampleLayout("Maja Lindqvist", lead), Row: sampleRow(), Areas: sampleAreas(), Calls: "104 av 100", Emails: "3 av 4",
		Editable: true, Away: []awayRow{{Text: "tor 5 nov"}}},
	&assignedPage{layout: sampleLayout("Maja Lindqvist", commissioner), Row: sampleRow(), Areas: sampleAreas()},
	&bulkPage{
		layout: sampleLayout("Ändra flera", lead), Form: wrongForm("who", "areas", "from", "gor"), From: []option{{"maja@example.se", "Maja"}},
		People: []bulkChoice{{"maja@example.se", "Maja", "2 områden", true}}, Areas: []bulkChoice{{"bygglov", "Bygglov", "2 bedömare", true}},
		Preview: &bulkPreview{Given: 1, Widened: 2, Limited: 3, Taken: 4, Hidden: []option{{"gor", "give"}},
			Areas: []bulkArea{{areaColumn{"bygglov", "Bygglov", 3, true}, areaColumn{"bygglov", "Bygglov", 0, true}}, {sampleAreas()[1], sampleAreas()[0]}}},
	},
	&bulkPage{layout: sampleLayout("Ändra flera", lead), Form: newForm(), Preview: &bulkPreview{}},
	&limitPage{
		layout: sampleLayout("Välj kommuner", lead), Area: "bygglov", Form: wrongForm("municipality"), Chosen: 1,
		Evaluator: survey.Evaluator{Email: "maja@example.se", Name: "Maja Lindqvist"},
		Counties:  []limitCounty{{Name: "Dalarnas län", Chosen: 1, Choices: []limitChoice{{"2023", "Malung-Sälen", true}, {"2080", "Falun", false}}}},
	},
}

const matrixForm = "main form[data-matrix]"

func TestAssigningInTheMatrix(t *testing.T) {
	a := newApp(t)
	a.draftRound(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/tilldelning").wants(http.StatusOK)
	w.sees(".flash-late b", "Saknar bedömare").sees(".flash-late p", "Bygglov.")
	w.form(matrixForm).choose("a", "bygglov|emil@example.se").submit("Spara").wants(http.StatusOK)
	w.sees(".flash", "Tilldelningen är sparad")
	w.sees(".flash-warn", "Bygglov har en bedömare")
	if n := w.find(`input[name="a"][checked]`).Length(); n != 1 {
		t.Errorf("%d boxes are ticked, want 1", n)
	}

	w.open("/omgangar/2026/tilldelning/bedomare/evaluator@example.se").wants(http.StatusOK)
	w.open(w.resolve(w.find(`a[href*="kommuner?"]`).First().AttrOr("href", ""))).wants(http.StatusOK)
	w.form(`main form[method="post"]`).choose("kommun", "1492").submit("Spara").wants(http.StatusOK)
	w.sees(".flash", "Maja Åkesson tar bygglov i 1 kommun.")
	w.sees("td.part", "1")

	// Saving the matrix again keeps the limit of a cell that is not ticked.
	w.form(matrixForm).submit("Spara").wants(http.StatusOK)
	w.sees("td.part", "1")
	w.open("/omgangar/2026/tilldelning/bedomare/evaluator@example.se").sees(".list", "1 kommun, ändra")

	// The evaluator's own page saves one row and leaves the others.
	w.form(matrixForm).choose("a", "förskola|evaluator@example.se").submit("Spara").wants(http.StatusOK)
	set, err := a.service.Setup(t.Context(), survey.CommandLine, "2026")
	if err != nil || len(set.Assignments) != 3 {
		t.Errorf("assignments %v, %v; want emil's, the limited one and the new one", set.Assignments, err)
	}
	w.open("/omgangar/2026/tilldelning/bedomare/ingen@example.se").wants(http.StatusNotFound)
}

func TestAStaleMatrixIsRefused(t *testing.T) {
	a := newApp(t)
	a.draftRound(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/tilldelning")
	old := w.form(matrixForm).choose("a", "bygglov|emil@example.se")
	w.open("/omgangar/2026/tilldelning").form(matrixForm).choose("a", "bygglov|evaluator@example.se").submit("Spara")
	old.submit("Spara").wants(http.StatusConflict).sees("#errors", "Ändrat av någon annan").
		sees("#errors", "Maja Åkesson, bygglov: kryssad i det sparade, inte här").
		sees("#errors", "Emil Öberg, bygglov: kryssad här, inte i det sparade")
	w.find(`input[value="bygglov|emil@example.se"][checked]`)
	w.form(matrixForm).submit("Spara").wants(http.StatusOK).sees(".flash-ok", "Tilldelningen är sparad")
	set := a.setupNow(t)
	if len(set.Assignments) != 1 || set.Assignments[0].Evaluator != "emil@example.se" {
		t.Errorf("saved %v, want what was ticked", set.Assignments)
	}
}

func TestAFilteredMatrixLeavesTheOthers(t *testing.T) {
	a := newApp(t)
	a.assigned(t)
	err := a.service.AddAbsence(t.Context(), survey.CommandLine, "2026", 0, "emil@example.se",
		fieldwork.Absence{From: officehours.DateOf(testNow), To: officehours.DateOf(testNow).AddDays(3)})
	if err != nil {
		t.Fatal(err)
	}
	w := a.as(t, lead)
	w.open("/omgangar/2026/tilldelning?visa=franvaro").wants(http.StatusOK).sees("tbody", "tis 27 – fre 30 okt")
	if n := w.find(".mx tbody tr").Length(); n != 1 {
		t.Fatalf("%d rows, want Emil's alone", n)
	}
	w.form(matrixForm).clear("a").submit("Spara").wants(http.StatusOK).sees(".flash-warn", "Bygglov har en bedömare")
	w.sees(".flash-warn", "Emil Öberg har inget område")
	w.follow("Utan område 1").wants(http.StatusOK).sees(".mx tbody", "Emil Öberg")
	w.open("/omgangar/2026/tilldelning?visa=over").wants(http.StatusOK).sees(".empty", "Ingen bedömare i det här urvalet")
}

func TestWhatTheMatrixWarnsOf(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, lead)
	w.open("/omgangar/2026/tilldelning").wants(http.StatusOK).sees(".title p", "de 48 kontakter som inte har påbörjats")
	w.sees(".flash-warn", "Emil Öberg kan inte logga in")
	w.sees(".flash-warn", "Bygglov har två bedömare")
	w.sees(".needs tbody", "Bygglov").sees(".needs tfoot", "Alla områden")
	w.lacks(".flash-late")
	a.addUser(t, auth.NewUser{Email: "emil@example.se", Name: "Emil", Role: evaluator, Password: testPassword})

	// Nobody is left for the plan's contacts.
	var team []survey.Evaluator
	for _, e := range []string{"evaluator", "emil"} {
		team = append(team, survey.Evaluator{Email: e + "@example.se", Name: e, CallsPerDay: 1, EmailsPerDay: 0})
	}
	if err := a.service.SaveEvaluators(t.Context(), survey.CommandLine, "2026", team); err != nil {
		t.Fatal(err)
	}
	w.open("/omgangar/2026/tilldelning").sees(".flash-late", "Räcker inte").sees(".needs", "utan plats").sees("[data-matrix]", "ingen tid")
	if strings.Contains(w.text("main"), "kan inte logga in") {
		t.Error("an evaluator with an account is said to have none")
	}
	w.form(matrixForm).clear("a").submit("Spara").wants(http.StatusOK)
	w.sees(".flash-warn", "48 kontakter kan inte göras som planerat").sees(".flash-late", "Saknar bedömare")

	c := a.as(t, commissioner)
	c.open("/omgangar/2026/tilldelning").wants(http.StatusOK).lacks(`main form[method="post"]`)
	c.open("/omgangar/2026/tilldelning/bedomare/emil@example.se").wants(http.StatusOK).lacks(`main form[method="post"]`)
}

func TestMatrixWithoutAnything(t *testing.T) {
	a := newApp(t)
	period := survey.FieldPeriod{From: officehours.DateOf(testNow), To: officehours.DateOf(testNow).AddDays(24)}
	if _, err := a.service.CreateRound(t.Context(), survey.CommandLine, "2026", period); err != nil {
		t.Fatal(err)
	}
	a.as(t, lead).open("/omgangar/2026/tilldelning").wants(http.StatusOK).sees(".empty", "Inga bedömare i omgången")
}

func TestAbsencesBesideTheMatrix(t *testing.T) {
	a := newApp(t)
	a.inField(t)
	w := a.as(t, lead)
	add := "#franvaro"
	w.open("/omgangar/2026/tilldelning").form(add).choose("who", "emil@example.se").set("from", "i övermorgon").submit("Lägg till")
	w.wants(http.StatusUnprocessableEntity).sees("#errors", "Skriv datumet som 4 nov 2026")
	w.form(add).set("from", "lör 31 okt").submit("Lägg till").wants(http.StatusUnprocessableEntity).sees("#errors", "arbetar ändå inte")
	w.form(add).set("from", "ons 28 okt").set("to", "2026-11-18").submit("Lägg till").wants(http.StatusOK)
	w.sees(".flash-ok", "Emil Öberg är frånvarande ons 28 okt – ons 18 nov").sees(".list .b-late", "att flytta")
	w.sees(".mx tbody", "frånvarande ons 28 okt – ons 18 nov")
	if target := w.find(`.list a:has(.b-late)`).AttrOr("href", ""); target != "/omgangar/2026/plan/forslag" {
		t.Errorf("the contacts to move lead to %q", target)
	}
	w.form(`form[action$="/ta-bort"]`).submit().wants(http.StatusOK).sees(".flash-ok", "är borttagen").lacks(".list .b-late")
}

func TestChangingManyAssignments(t *testing.T) {
	a := newApp(t)
	a.assigned(t)
	w := a.as(t, lead)
	const page = "/omgangar/2026/tilldelning/flera"
	w.open("/omgangar/2026/tilldelning").follow("Ändra flera …").wants(http.StatusOK).lacks("#forhandsvisning")
	w.open(page+"?visa=1").wants(http.StatusUnprocessableEntity).sees("#errors", "minst en bedömare").sees("#errors", "minst ett frågeområde")
	w.open(page + "?visa=1&gor=give&bedomare=emil%40example.se&bedomare=evaluator%40example.se&omrade=bygglov&omrade=grundskola").wants(http.StatusOK)
	w.sees("#forhandsvisning h2", "2 rutor ändras").sees("#forhandsvisning", "2 blir tilldelade").sees("#forhandsvisning tbody th", "Grundskola").sees("#forhandsvisning tbody td:last-child", "2")
	w.form("#forhandsvisning form").submit("Spara, ändra 2 rutor").wants(http.StatusOK).sees(".flash-ok", "Tilldelningen är sparad")

	w.open(page+"?visa=1&gor=take&bedomare=emil%40example.se&omrade=bygglov").sees("#forhandsvisning", "1 tas bort")
	w.form("#forhandsvisning form").submit().wants(http.StatusOK)
	w.open(page+"?visa=1&gor=copy&bedomare=evaluator%40example.se&fran=emil%40example.se").sees("#forhandsvisning .b-late", "0")
	stale := w.form("#forhandsvisning form")
	stale.submit().wants(http.StatusOK).sees(".flash-late", "Saknar bedömare")
	w.open(page+"?visa=1&gor=copy&bedomare=evaluator%40example.se&fran=emil%40example.se").sees("#forhandsvisning", "Inget ändras")
	w.post(page, url.Values{"form_id": {survey.NewID[survey.Contact]().String()}, "version": {"1"}, "gor": {"give"},
		"bedomare": {"emil@example.se"}, "omrade": {"bygglov"}}).wants(http.StatusConflict)
}

func TestDaysInWords(t *testing.T) {
	day := func(m, d int) officehours.Date {
		return officehours.Date{Year: 2026, Month: 9 + 1, Day: 1}.AddDays((m-10)*31 + d - 1)
	}
	for want, a := range map[string]fieldwork.Absence{
		"tor 5 nov":              {From: day(11, 5), To: day(11, 5)},
		"ons 28 – fre 30 okt":    {From: day(10, 28), To: day(10, 30)},
		"fre 30 okt – mån 2 nov": {From: day(10, 30), To: day(11, 2)},
	} {
		if got := daysText(a); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, e := range map[string]survey.Evaluator{
		"":                      {},
		"mån–tor":               {Days: wholeWeek[:4]},
		"mån, tis och tor–lör":  {Days: append(append(wholeWeek[:0:0], wholeWeek[:2]...), wholeWeek[3:6]...)},
		"från mån 2 nov":        {From: day(11, 2)},
		"till fre 13 nov":       {To: day(11, 13)},
		"8.00–12.00":            {Hours: officehours.Hours{Opens: 8 * 60, Closes: 12 * 60}},
		"frånvarande tor 5 nov": {Absent: []officehours.Date{day(11, 5)}},
		"frånvarande fre 30 okt – mån 2 nov och ons 4 nov":            {Absent: []officehours.Date{day(10, 20), day(10, 30), day(11, 2), day(11, 4)}},
		"frånvarande ons 28 okt och 2 gånger till":                    {Absent: []officehours.Date{day(10, 28), day(10, 30), day(11, 4)}},
		"från mån 2 nov, mån och tis, frånvarande mån 9 – tis 10 nov": {From: day(11, 2), Days: wholeWeek[:2], Absent: []officehours.Date{day(11, 9), day(11, 10)}},
	} {
		r := survey.Round{Calendar: officehours.SwedishCalendar(2026, 2026), Period: survey.FieldPeriod{From: day(10, 19), To: day(11, 20)}}
		load := fieldwork.Load{Setup: survey.Setup{Round: r, Evaluators: []survey.Evaluator{{}}}, From: day(10, 27)}
		if got := newTeam(load).shiftText(e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestThePastDaysOfAnAbsenceAreExplained(t *testing.T) {
	r := survey.Round{Period: survey.FieldPeriod{From: date(2026, 10, 19), To: date(2026, 11, 20)},
		Calendar: officehours.SwedishCalendar(2026, 2026)}
	days := func(from, to int) (list []officehours.Date) {
		for d := from; d <= to; d++ {
			list = append(list, date(2026, 10, d))
		}
		return list
	}
	for name, c := range map[string]struct {
		absent []officehours.Date
		from   int // of what is taken back, until the 30th
		want   string
	}{
		"it began before":            {days(26, 30), 28, " Mån 26 – tis 27 okt ligger kvar, för de dagarna har redan gått."},
		"over a weekend":             {append(days(22, 23), days(26, 30)...), 26, " Tor 22 – fre 23 okt ligger kvar, för de dagarna har redan gått."},
		"it begins with what goes":   {days(28, 30), 28, ""},
		"another absence, with work": {append(days(20, 21), days(28, 30)...), 28, ""},
	} {
		t.Run(name, func(t *testing.T) {
			e := survey.Evaluator{Absent: c.absent}
			if got := pastAbsence(r, e, fieldwork.Absence{From: date(2026, 10, c.from), To: date(2026, 10, 30)}); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
