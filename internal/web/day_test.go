package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

var dayDoors = doorList{"GET /min-dag": {evaluator}, "POST /min-dag/nasta": {evaluator}}

// work is an app with a round in the field that holds what a test puts in it.
type work struct {
	*app
	t     testing.TB
	round survey.Round
}

// places are long and short names.
var places = []string{"0305", "0139", "2023", "0860", "1492"} // Håbo, Upplands-Bro, Malung-Sälen, Hultsfred, Åmål

// newWork puts a round in the field from the Monday a week before testNow.
func newWork(t testing.TB, change func(*survey.Round)) *work {
	t.Helper()
	return newWorkIn(t, "2026", officehours.DateOf(testNow).AddDays(-8), change)
}

func newWorkIn(t testing.TB, code string, from officehours.Date, change func(*survey.Round)) *work {
	t.Helper()
	w := &work{app: newApp(t), t: t}
	ctx := t.Context()
	if _, err := w.service.CreateRound(ctx, survey.CommandLine, code, survey.FieldPeriod{From: from,
		To: from.AddDays(32)}); err != nil {
		t.Fatal(err)
	}
	set, err := w.store.UpdateSetup(ctx, survey.Change{}, code, 0, func(s *survey.Setup, _ int) error {
		for _, m := range survey.BundledMunicipalities() {
			if strings.Contains(strings.Join(places, " "), m.Code) {
				s.PutParticipant(survey.Participant{Municipality: m, Phone: "+4617152500",
					Email: "kommun" + m.Code + "@example.se"})
			}
		}
		s.Round.Stage = survey.Fieldwork
		if change != nil {
			change(&s.Round)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.round = set.Round
	return w
}

// contact makes a planned contact of the app's evaluator.
func (w *work) contact(ch survey.Channel, place string, plannedAt time.Time) survey.Contact {
	return survey.Contact{
		ID: survey.NewID[survey.Contact](), Round: w.round.ID, Municipality: place, Channel: ch, Area: "förskola",
		Question: "FÖRS2", Replicate: 1, Evaluator: "evaluator@example.se", PlannedAt: plannedAt.UTC(),
		State: survey.Planned, Version: 1,
	}
}

// put stores contacts as they are.
func (w *work) put(cs ...survey.Contact) {
	w.t.Helper()
	r, err := w.store.Round(w.t.Context(), w.round.Code)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.store.SaveContacts(w.t.Context(), survey.Change{}, r, cs); err != nil {
		w.t.Fatal(err)
	}
}

// planned stores a contact that is to be made in ten minutes.
func (w *work) planned(ch survey.Channel, place string) survey.Contact {
	w.t.Helper()
	c := w.contact(ch, place, w.clock.now().Add(10*time.Minute))
	w.put(c)
	return c
}

// stored reads the contact back.
func (w *work) stored(c survey.Contact) survey.Contact {
	w.t.Helper()
	got, _, err := w.store.Contact(w.t.Context(), c.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

// edit changes a stored contact behind the pages' back, as another window would.
func (w *work) edit(c survey.Contact, fn func(*survey.Contact)) {
	w.t.Helper()
	_, err := w.store.UpdateContact(w.t.Context(), survey.Change{}, c.ID, 0, func(c *survey.Contact,
		_ survey.Round) error {
		fn(c)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// request is what a page is made for outside a server.
func request(target string) *visit {
	return &visit{Context: echo.New().NewContext(httptest.NewRequest(http.MethodGet, target, nil),
		httptest.NewRecorder())}
}

// sampleWorkDay is a day in which every list holds something.
func sampleWorkDay() fieldwork.Day {
	round := *sampleLayout("", evaluator).Round
	round.Design = survey.DefaultDesign("2026")
	call := survey.Contact{Channel: survey.Phone, Municipality: "0139", Area: "förskola", Question: "FÖRS2",
		Replicate: 1, PlannedAt: testNow}
	again, calling, returned, done, mail := call, call, call, call, call
	again.Attempts = []survey.Attempt{{Dialled: testNow, Ended: testNow, Outcome: survey.Busy}}
	calling.Attempts = []survey.Attempt{{Dialled: testNow}}
	returned.State = survey.Returned
	done.State, done.Disposition, done.SubmittedAt = survey.Submitted, survey.Completed, testNow
	mail.Channel, mail.State = survey.Email, survey.Begun
	mail.Mail = survey.Mail{Sent: testNow.AddDate(0, 0, -3), AutoReply: testNow}
	call.ID = survey.NewID[survey.Contact]()
	agreed := again
	agreed.State, agreed.CallBackAt = survey.Begun, testNow.Add(time.Hour)
	call.HeldBy, call.HeldUntil = "sofia@example.se", testNow.Add(time.Minute)
	late := call
	late.PlannedAt = testNow.Add(-26 * time.Hour)
	somewhere := []survey.Participant{{Municipality: survey.Municipality{Code: "0139", Name: "Upplands-Bro"}}}
	counts := map[survey.Channel]int{survey.Phone: 3, survey.Email: 2}
	return fieldwork.Day{
		Round: round, At: testNow, NowUntil: testNow.Add(time.Hour), Today: officehours.DateOf(testNow), Next: &call,
		Desk:   schedule.Desk{Setup: survey.Setup{Round: round, Participants: somewhere}, Evaluator: "sofia@example.se", At: testNow},
		Agreed: []*survey.Contact{&agreed}, Again: []*survey.Contact{&again},
		Overdue: []*survey.Contact{&late, &late, &late, &late, &late, &late}, Now: []*survey.Contact{&call, &again, &calling},
		Later: []*survey.Contact{&call}, Returned: []*survey.Contact{&returned}, Waiting: []*survey.Contact{&mail},
		Finished: []*survey.Contact{&done}, Done: 4,
		Week: []fieldwork.DayCount{{Date: officehours.DateOf(testNow), Planned: counts, Done: counts}},
		Made: counts, PlannedToday: counts, Expected: counts,
	}
}

var daySamples = []page{
	func() page {
		d := sampleWorkDay()
		d.Others = []survey.Round{{Code: "2025"}}
		p := newDayPage(request("/min-dag?omgang=2026"), d)
		p.layout = sampleLayout("Min dag", evaluator)
		return p
	}(),
	func() page { // nothing to make now, and nothing held
		d := sampleWorkDay()
		d.Next = nil
		p := newDayPage(request("/min-dag"), d)
		p.layout = sampleLayout("Min dag", evaluator)
		return p
	}(),
	func() page { // something to make, not reserved
		d := sampleWorkDay()
		d.Next.HeldUntil = time.Time{}
		p := newDayPage(request("/min-dag"), d)
		p.layout = sampleLayout("Min dag", evaluator)
		return p
	}(),
	&noWorkPage{sampleLayout("Min dag", evaluator)},
}

func TestADayWithoutContactsSaysWhatToDo(t *testing.T) {
	w := newWork(t, nil)
	browser := w.as(t, evaluator).open("/min-dag").wants(http.StatusOK)
	browser.sees(".empty", "Du har inga kontakter just nu").sees(".empty", "projektledaren")
	browser.open("/samtal").sees(".empty", "inga kontakter")
	browser.open("/e-post").sees(".empty", "inga kontakter")
}

func TestTheDayShowsWhatIsDueAndWhen(t *testing.T) {
	w := newWork(t, nil)
	w.put(
		w.contact(survey.Phone, "0139", testNow.Add(-2*time.Hour)),
		w.contact(survey.Email, "2023", testNow.Add(10*time.Minute)),
		w.contact(survey.Phone, "0305", testNow.Add(3*time.Hour)),
		w.contact(survey.Phone, "0860", testNow.Add(25*time.Hour)),
	)
	browser := w.as(t, evaluator).open("/min-dag").wants(http.StatusOK)
	browser.sees(".title p", "3 kontakter återstår i dag, varav 1 försenad.")
	browser.sees(".late-row", "Upplands-Bro").sees(".late-row", "Försenad 2 h 00 min")
	browser.sees("section.here", "Upplands-Bro").sees(".tile:nth-child(1)", "0 av 2").
		sees(".tile:nth-child(1)", "1 väntat till nu")
	browser.sees(".tile:nth-child(2)", "0 av 1").sees(".me-row", "tis 27 okt").sees(".me-row", "0 / 2")
	table := browser.text("table.cards")
	for _, want := range []string{"Försenade, 1", "Nu, fram till 11.02, 1", "Malung-Sälen", "Senare i dag, 1", "Håbo"} {
		if !strings.Contains(table, want) {
			t.Errorf("the agenda lacks %q: %s", want, table)
		}
	}
	if strings.Contains(table, "Hultsfred") {
		t.Error("the agenda shows tomorrow's contact")
	}
	browser.form("section.here form").submit("Nästa kontakt").wants(http.StatusOK).sees("h1", "Upplands-Bro, Förskola")
	browser.sees(".kick", "reserverad för dig till 10.47")
	browser.open("/min-dag").sees("section.here", "reserverad för dig till 10.47")
	browser.follow("Öppna kontakten").sees("h1", "Upplands-Bro, Förskola")
}

func TestALongBacklogDoesNotMakeALongPage(t *testing.T) {
	w := newWork(t, nil)
	var backlog []survey.Contact
	for i := range 120 {
		c := w.contact(survey.Phone, places[i%5], testNow.Add(-time.Duration(i+1)*time.Hour))
		c.Question, c.Replicate = fmt.Sprintf("Q%d", i), 1
		backlog = append(backlog, c)
	}
	w.put(backlog...)
	browser := w.as(t, evaluator).open("/min-dag")
	if n := browser.find(".late-row").Length(); n != 5 {
		t.Errorf("%d rows of 120 are shown, want 5", n)
	}
	browser.follow("Visa alla 120 försenade")
	if n := browser.find(".late-row").Length(); n != 120 {
		t.Errorf("%d rows are shown, want all 120", n)
	}
}

func TestTheRoundIsChosenAmongTheOwn(t *testing.T) {
	w := newWork(t, nil)
	w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator)
	browser.open("/min-dag?omgang=2026").wants(http.StatusOK)
	browser.open("/min-dag?omgang=1999").wants(http.StatusNotFound)
}

func TestNoWordsForANextContactAfterTheFieldwork(t *testing.T) {
	w := newWork(t, func(r *survey.Round) { r.Stage = survey.Review })
	c := w.planned(survey.Phone, "0305")
	browser := w.as(t, evaluator).open("/min-dag")
	browser.sees(".empty", "Fältarbetet är slut").lacks("section.here")
	browser.open(contactURL(c)).wants(http.StatusOK).lacks(".ph:not([disabled])")
}

func TestTelephoneNumbersAreWrittenAsTheyAreRead(t *testing.T) {
	for number, want := range map[string]string{
		"+46701740642": "070-174 06 42", "+4617152500": "0171-525 00", "+468508000": "08-50 80 00",
		"+46850800018": "08-508 000 18",
		"+4690123456":  "090-12 34 56", "+46771123456": "0771-12 34 56", "+4712345678": "+4712345678",
	} {
		if got := squeeze(phoneText(number)); got != want {
			t.Errorf("%s is written %q, want %q", number, got, want)
		}
	}
}

func TestLengthsOfTimeAreWrittenInWords(t *testing.T) {
	long := 5*24*time.Hour + 19*time.Hour + 51*time.Minute
	for got, want := range map[string]string{
		elapsedText(long): "5 dygn 19 h 51 min", elapsedText(31 * time.Minute): "31 min",
		runText(140 * time.Second): "2.20", runText(-time.Second): "0.00", runText(3661 * time.Second): "1.01.01",
		lateText(50 * time.Hour): "2 dygn", wholeHours(90 * time.Hour): "90 h",
		wholeHours(90 * time.Minute): "1 h 30 min",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTheDaySaysWhyNothingCanBeDone(t *testing.T) {
	monday := officehours.DateOf(testNow).AddDays(-8)
	for name, tc := range map[string]struct {
		now         time.Time
		planned     bool
		panel, left string
	}{
		"before the period":  {monday.AddDays(-3).At(10, 0), true, "Den första dagen är mån 19 okt", "Inget är planerat för dig i dag"},
		"in the evening":     {testNow.Add(8 * time.Hour), true, "Kontoren öppnar ons 28 okt 8.00", "1 försenad kontakt återstår"},
		"on a Saturday":      {testNow.AddDate(0, 0, 4), true, "Kontoren öppnar mån 2 nov 8.00", "1 försenad kontakt återstår"},
		"after the period":   {monday.AddDays(35).At(10, 0), true, "Den sista dagen var fre 20 nov", "1 kontakt blev inte av"},
		"nothing is planned": {testNow, false, "Inget av ditt kan göras just nu", "Inget är planerat för dig i dag"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWork(t, nil)
			c := w.planned(survey.Phone, "0305")
			if !tc.planned {
				w.edit(c, func(c *survey.Contact) { c.PlannedAt = testNow.AddDate(0, 0, 1).UTC() })
			}
			w.clock.set(tc.now)
			browser := w.as(t, evaluator).open("/min-dag").wants(http.StatusOK).lacks("section.here")
			browser.sees("main .side", tc.panel).sees(".title p", tc.left)
		})
	}
}

func TestAllIsDoneForTheDay(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	w.edit(c, func(c *survey.Contact) {
		c.State, c.Disposition, c.SubmittedAt = survey.Submitted, survey.Completed, testNow.UTC()
	})
	browser := w.as(t, evaluator).open("/min-dag").wants(http.StatusOK)
	browser.sees(".title p", "Allt som var planerat till i dag är gjort.").sees("table.cards", "Klara i dag, 1")
}

func TestTheWholeDayCanBePrinted(t *testing.T) {
	w := newWork(t, nil)
	for i := range 7 {
		c := w.contact(survey.Phone, places[i%5], testNow.Add(time.Duration(i+1)*time.Hour))
		c.Question = fmt.Sprint("Q", i)
		done := c
		done.ID, done.Question, done.State, done.Disposition = survey.NewID[survey.Contact](), fmt.Sprint("D", i), survey.Submitted, survey.Completed
		done.SubmittedAt = testNow.Add(-time.Hour).UTC()
		w.put(c, done)
	}
	browser := w.as(t, evaluator).open("/min-dag")
	browser.follow("Hela listan, för utskrift")
	if n := browser.find("table.cards .cellink").Length(); n != 14 {
		t.Errorf("%d rows, want all 14", n)
	}
}

func TestTheDayTellsWhatTheLeadAsks(t *testing.T) {
	w := newWork(t, nil)
	c := w.planned(survey.Phone, "0305")
	w.edit(c, func(c *survey.Contact) {
		c.State, c.Disposition, c.SubmittedAt = survey.Returned, survey.Completed, testNow.UTC()
		c.ReviewedBy, c.ReviewNote = "lead@example.se", "Stämmer tiden?"
	})
	browser := w.as(t, evaluator).open("/min-dag")
	browser.sees("table.cards", "Stämmer tiden?").sees(".tile:nth-child(4)", "Svara om Håbo")
}
