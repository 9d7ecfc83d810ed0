package officehours

import "time"

// Office hours of an ordinary working day where a round has not decided otherwise.
const (
	defaultOpens  Clock = 8 * 60
	defaultCloses Clock = 17 * 60
)

// SwedishCalendar returns the calendar a round starts from: 08:00–17:00 Monday to
// Friday, and for the years from–to, both included, closed on every public holiday
// and on midsommarafton, julafton and nyårsafton. Outside those years it knows no
// holidays, so give it the years around the round too.
func SwedishCalendar(from, to int) Calendar {
	exceptions := make(map[Date]Exception)
	for year := from; year <= to; year++ {
		for d, name := range SwedishHolidays(year) {
			exceptions[d] = Exception{Name: name}
		}
		for d, name := range closedEves(year) {
			exceptions[d] = Exception{Name: name}
		}
	}
	return Calendar{Opens: defaultOpens, Closes: defaultCloses, Exceptions: exceptions}
}

// SwedishHolidays returns the public holidays ("röda dagar") of a year with their
// Swedish names, those that fall on a Saturday or Sunday included: the days in
// lag (1989:253) om allmänna helgdagar, as it has stood since 2005. The eves, which
// are not public holidays, are in SwedishCalendar only. A day with two reasons has
// both names (2008-05-01: "Första maj och Kristi himmelsfärdsdag").
func SwedishHolidays(year int) map[Date]string {
	easter := easterSunday(year)
	days := []struct {
		date Date
		name string
	}{
		{Date{year, time.January, 1}, "Nyårsdagen"},
		{Date{year, time.January, 6}, "Trettondedag jul"},
		{easter.AddDays(-2), "Långfredagen"},
		{easter, "Påskdagen"},
		{easter.AddDays(1), "Annandag påsk"},
		{Date{year, time.May, 1}, "Första maj"},
		{easter.AddDays(39), "Kristi himmelsfärdsdag"},
		{easter.AddDays(49), "Pingstdagen"},
		{Date{year, time.June, 6}, "Nationaldagen"},
		{firstSaturday(Date{year, time.June, 20}), "Midsommardagen"},
		{firstSaturday(Date{year, time.October, 31}), "Alla helgons dag"},
		{Date{year, time.December, 25}, "Juldagen"},
		{Date{year, time.December, 26}, "Annandag jul"},
	}
	holidays := make(map[Date]string, len(days))
	for _, day := range days {
		if other, taken := holidays[day.date]; taken {
			day.name = other + " och " + day.name
		}
		holidays[day.date] = day.name
	}
	return holidays
}

// closedEves returns the eves on which Swedish offices are closed: those that
// lag (1930:173) om beräkning av lagstadgad tid treats like a Sunday.
func closedEves(year int) map[Date]string {
	return map[Date]string{
		firstSaturday(Date{year, time.June, 20}).AddDays(-1): "Midsommarafton",
		{year, time.December, 24}:                            "Julafton",
		{year, time.December, 31}:                            "Nyårsafton",
	}
}

// firstSaturday returns the first Saturday on or after d.
func firstSaturday(d Date) Date { return d.AddDays(int(time.Saturday - d.Weekday())) }
