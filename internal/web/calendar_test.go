package web

import (
	"net/http"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/surveytest"
)

var sampleDay = calendarDay{
	Date: surveytest.Start, Name: "Alla helgons dag", Hours: officehours.Hours{Opens: 480,
		Closes: 720}, Class: "q3", Words: "arbetsdag", Link: true,
}

var calendarSamples = []page{
	&calendarPage{
		factFrame: sampleFacts("Kalender"), Form: wrongForm("opens",
			"closes"), Hours: "8.00–17.00", Days: []calendarDay{sampleDay}, Hidden: 3,
		Months: []calendarMonth{{"oktober 2026", []calendarWeek{{43,
			[7]calendarDay{sampleDay, {Date: surveytest.Start.AddDays(1), Class: "qx"}}}}}},
		Working: 25, Hint: &sampleDay, HintURL: "/x",
	},
	&calendarPage{factFrame: lockedFacts("Kalender"), Form: newForm(), Hours: "8.00–17.00"},
	&calendarDayPage{sampleFrame("Dag"), wrongForm("day", "name", "kind", "opens", "closes"),
		[]option{{"closed", "Stängt"}}, &sampleDay},
	&calendarDayPage{sampleFrame("Dag"), newForm(), []option{{"closed", "Stängt"}}, nil},
}

func TestTheFridayBeforeAllSaintsBecomesAShortDay(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/kalender").sees("main", "25 arbetsdagar").
		sees("tr:has(th:contains('lör 31 okt 2026'))", "Alla helgons dag")
	w.follow("Gör fre 30 okt 2026 till en kort dag").form("main form").submit().wants(http.StatusOK)
	w.sees("tr:has(th:contains('fre 30 okt 2026'))", "8.00–12.00").sees("td.short", "30").
		lacks("a:contains('till en kort dag')")
	friday := officehours.Date{Year: 2026, Month: 10, Day: 30}
	if h := a.setupNow(t).Round.Calendar.HoursOn(friday); h.Closes != 12*60 {
		t.Errorf("the Friday closes at %v, want 12.00", h.Closes)
	}
	w.open("/omgangar/2026/kalender/dag?dag=2026-10-30").sees("h1", "fre 30 okt 2026").form(`form[action$="vanlig"]`).
		submit()
	w.wants(http.StatusOK).sees(".flash-ok", "vanlig arbetsdag igen").lacks("td.short")
}

func TestADayIsClosed(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/kalender").follow("Lägg till en dag")
	w.form("main form").set("day", "31 nov").submit().wants(http.StatusUnprocessableEntity).
		sees("#f-day-err", "finns inte")
	w.form("main form").set("day", "4 nov").choose("kind", "hours").set("opens", "12").set("closes", "9.00").submit()
	w.wants(http.StatusUnprocessableEntity).sees("#f-closes-err", "efter öppningstiden")
	w.form("main form").choose("kind", "closed").set("name", "Kommunens dag").submit().wants(http.StatusOK)
	w.sees("tr:has(th:contains('ons 4 nov 2026'))", "Kommunens dag").sees("main", "24 arbetsdagar")
	w.open("/omgangar/2026/kalender/dag?dag=2026-10-31").form(`form[action$="vanlig"]`).submit().
		sees(".flash-ok", "stängd som andra lördagar")
}

func TestOpeningHoursAreChanged(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/kalender")
	w.form(`main form`).set("opens", "9").set("closes", "8.30").submit().wants(http.StatusUnprocessableEntity).
		sees("#f-closes-err", "efter öppningstiden")
	w.form(`main form`).set("closes", "16.30").submit().wants(http.StatusOK).sees(".flash-ok", "9.00–16.30")
	a.startRound(t)
	w.open("/omgangar/2026/kalender").form(`main form[action$="/kalender"]`).set("closes", "16.00").submit().
		wants(http.StatusOK).sees(".flash-ok", "9.00–16.00")
	a.closeRound(t)
	w.open("/omgangar/2026/kalender").sees("main", "9.00–16.00").sees(".flash", "är stängd").lacks("main form").
		lacks("td a")
}

func TestFarDaysAreShownWhenAskedFor(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/kalender").
		lacks("th:contains('Midsommarafton'), td:contains('Midsommarafton')")
	w.open("/omgangar/2026/kalender?alla=1").sees("tbody", "Midsommarafton")
}
