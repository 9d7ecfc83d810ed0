package officehours_test

import (
	"maps"
	"strings"
	"testing"

	"servicematning/internal/officehours"
)

func TestSwedishHolidays(t *testing.T) {
	for year, list := range map[int]string{
		2019: `2019-01-01 Nyårsdagen
			2019-01-06 Trettondedag jul
			2019-04-19 Långfredagen
			2019-04-21 Påskdagen
			2019-04-22 Annandag påsk
			2019-05-01 Första maj
			2019-05-30 Kristi himmelsfärdsdag
			2019-06-06 Nationaldagen
			2019-06-09 Pingstdagen
			2019-06-22 Midsommardagen
			2019-11-02 Alla helgons dag
			2019-12-25 Juldagen
			2019-12-26 Annandag jul`,
		2024: `2024-01-01 Nyårsdagen
			2024-01-06 Trettondedag jul
			2024-03-29 Långfredagen
			2024-03-31 Påskdagen
			2024-04-01 Annandag påsk
			2024-05-01 Första maj
			2024-05-09 Kristi himmelsfärdsdag
			2024-05-19 Pingstdagen
			2024-06-06 Nationaldagen
			2024-06-22 Midsommardagen
			2024-11-02 Alla helgons dag
			2024-12-25 Juldagen
			2024-12-26 Annandag jul`,
		2026: `2026-01-01 Nyårsdagen
			2026-01-06 Trettondedag jul
			2026-04-03 Långfredagen
			2026-04-05 Påskdagen
			2026-04-06 Annandag påsk
			2026-05-01 Första maj
			2026-05-14 Kristi himmelsfärdsdag
			2026-05-24 Pingstdagen
			2026-06-06 Nationaldagen
			2026-06-20 Midsommardagen
			2026-10-31 Alla helgons dag
			2026-12-25 Juldagen
			2026-12-26 Annandag jul`,
		2008: `2008-01-01 Nyårsdagen
			2008-01-06 Trettondedag jul
			2008-03-21 Långfredagen
			2008-03-23 Påskdagen
			2008-03-24 Annandag påsk
			2008-05-01 Första maj och Kristi himmelsfärdsdag
			2008-05-11 Pingstdagen
			2008-06-06 Nationaldagen
			2008-06-21 Midsommardagen
			2008-11-01 Alla helgons dag
			2008-12-25 Juldagen
			2008-12-26 Annandag jul`,
	} {
		want := make(map[Date]string)
		for line := range strings.Lines(list) {
			day, name, _ := strings.Cut(strings.TrimSpace(line), " ")
			want[date(t, day)] = name
		}
		if got := officehours.SwedishHolidays(year); !maps.Equal(got, want) {
			t.Errorf("holidays of %d:\n got %v\nwant %v", year, got, want)
		}
	}
}

// Published dates of Easter Sunday, among them the earliest and latest possible
// and the years in which simpler rules go wrong.
func TestEaster(t *testing.T) {
	for _, day := range []string{
		"1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2005-03-27", "2008-03-23", "2011-04-24",
		"2016-03-27", "2018-04-01", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2025-04-20", "2027-03-28",
		"2028-04-16", "2029-04-01", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2285-03-22",
	} {
		d := date(t, day)
		if got := officehours.SwedishHolidays(d.Year)[d]; got != "Påskdagen" {
			t.Errorf("%s is %q, want Påskdagen", d, got)
		}
	}
}

func TestMovableSaturdaysStayInTheirWeek(t *testing.T) {
	for _, tc := range []struct{ day, name string }{
		{"2020-06-20", "Midsommardagen"}, {"2021-06-26", "Midsommardagen"},
		{"2020-10-31", "Alla helgons dag"}, {"2021-11-06", "Alla helgons dag"},
	} {
		d := date(t, tc.day)
		if got := officehours.SwedishHolidays(d.Year)[d]; got != tc.name {
			t.Errorf("%s is %q, want %s", d, got, tc.name)
		}
	}
}

func TestSwedishCalendar(t *testing.T) {
	c := officehours.SwedishCalendar(2025, 2027)
	if c.Opens.String() != "8.00" || c.Closes.String() != "17.00" {
		t.Errorf("ordinary hours %s–%s, want 8.00–17.00", c.Opens, c.Closes)
	}
	if got, want := len(c.Exceptions), 3*(13+3); got != want {
		t.Errorf("%d exceptions, want %d", got, want)
	}
	for day, name := range map[string]string{
		"2025-01-01": "Nyårsdagen", "2025-06-20": "Midsommarafton", "2026-06-19": "Midsommarafton",
		"2026-12-24": "Julafton", "2026-12-25": "Juldagen", "2026-12-31": "Nyårsafton", "2027-12-31": "Nyårsafton",
	} {
		e := c.Exceptions[date(t, day)]
		if e.Name != name || !e.Hours.Closed() {
			t.Errorf("%s is %q with hours %v, want %s, closed", day, e.Name, e.Hours, name)
		}
	}
	for _, day := range []string{"2024-12-24", "2028-01-06"} {
		if _, found := c.Exceptions[date(t, day)]; found {
			t.Errorf("%s is outside the years asked for", day)
		}
	}
}
