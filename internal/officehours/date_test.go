package officehours_test

import (
	"testing"
	"time"

	"servicematning/internal/officehours"
)

// Date is written often in these tests.
type Date = officehours.Date

func date(t testing.TB, s string) Date {
	t.Helper()
	d, err := officehours.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDateOfReadsTheSwedishWallCalendar(t *testing.T) {
	for name, tc := range map[string]struct{ instant, want string }{
		"summer, last second of the day": {"2026-07-01T21:59:59Z", "2026-07-01"},
		"summer, midnight in Sweden":     {"2026-07-01T22:00:00Z", "2026-07-02"},
		"winter, last second of the day": {"2026-12-31T22:59:59Z", "2026-12-31"},
		"winter, midnight in Sweden":     {"2026-12-31T23:00:00Z", "2027-01-01"},
		"instant carried by New York":    {"2026-07-01T20:00:00-04:00", "2026-07-02"},
		"instant carried by Tokyo":       {"2026-07-02T05:00:00+09:00", "2026-07-01"},
	} {
		t.Run(name, func(t *testing.T) {
			instant, err := time.Parse(time.RFC3339, tc.instant)
			if err != nil {
				t.Fatal(err)
			}
			if got := officehours.DateOf(instant).String(); got != tc.want {
				t.Errorf("DateOf(%s) = %s, want %s", tc.instant, got, tc.want)
			}
		})
	}
}

func TestParseDateIsStrict(t *testing.T) {
	if got := date(t, "2024-02-29"); got != (Date{Year: 2024, Month: time.February, Day: 29}) {
		t.Errorf("leap day read as %+v", got)
	}
	for _, s := range []string{
		"", " ", "2026", "2026-10", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-10-00", "2026-10-32",
		"2026-1-02", "2026-01-2", "26-01-02", "02026-01-02", "2026/01/02", "20260102", " 2026-01-02", "2026-01-02 ",
		"2026-01-02T00:00:00Z", "-2026-01-02", "2026-01-02.5", "２０２６-01-02",
	} {
		if d, err := officehours.ParseDate(s); err == nil || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v, want the zero date and an error", s, d, err)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-10-25", "2026-02-30", "0000-01-01", "", "2026-1-2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := officehours.ParseDate(s)
		if err != nil {
			return
		}
		if d.String() != s || d.IsZero() || d.AddDays(1).AddDays(-1) != d {
			t.Errorf("%q was read as %#v, which prints as %q", s, d, d)
		}
	})
}

func TestZeroDate(t *testing.T) {
	var none Date
	if none.String() != "" || !none.IsZero() || (Date{Year: 1, Month: 1, Day: 1}).IsZero() {
		t.Errorf("zero date prints %q, IsZero %t", none, none.IsZero())
	}
}

func TestCompare(t *testing.T) {
	for _, tc := range []struct{ earlier, later string }{
		{"2026-10-24", "2026-10-25"}, {"2026-09-30", "2026-10-01"}, {"2025-12-31", "2026-01-01"},
	} {
		a, b := date(t, tc.earlier), date(t, tc.later)
		if a.Compare(b) != -1 || b.Compare(a) != 1 || a.Compare(a) != 0 {
			t.Errorf("Compare of %s and %s: %d, %d", a, b, a.Compare(b), b.Compare(a))
		}
		if !a.Before(b) || b.Before(a) || a.Before(a) || !b.After(a) || a.After(b) || a.After(a) {
			t.Errorf("Before and After of %s and %s contradict Compare", a, b)
		}
	}
}

func TestAddDaysAndDaysUntil(t *testing.T) {
	for name, tc := range map[string]struct {
		from string
		days int
		to   string
	}{
		"none":                     {"2026-10-25", 0, "2026-10-25"},
		"inside a month":           {"2026-10-01", 27, "2026-10-28"},
		"to the 29th":              {"2026-10-01", 28, "2026-10-29"},
		"over the autumn change":   {"2026-10-24", 2, "2026-10-26"},
		"over the spring change":   {"2026-03-28", 2, "2026-03-30"},
		"February of a leap year":  {"2024-02-28", 1, "2024-02-29"},
		"February of another year": {"2026-02-28", 1, "2026-03-01"},
		"year boundary":            {"2026-12-31", 1, "2027-01-01"},
		"backwards over the year":  {"2027-01-01", -1, "2026-12-31"},
		"backwards to the month":   {"2026-10-01", -1, "2026-09-30"},
		"400 years":                {"1626-10-25", 146097, "2026-10-25"},
	} {
		t.Run(name, func(t *testing.T) {
			from, to := date(t, tc.from), date(t, tc.to)
			if got := from.AddDays(tc.days); got != to {
				t.Errorf("%s + %d days = %s, want %s", from, tc.days, got, to)
			}
			if got := from.DaysUntil(to); got != tc.days {
				t.Errorf("days from %s until %s = %d, want %d", from, to, got, tc.days)
			}
		})
	}
}

func TestWeekdayFollowsTheCalendar(t *testing.T) {
	d, want := date(t, "1999-12-31"), time.Friday
	for range 366 * 50 {
		if got := d.Weekday(); got != want {
			t.Fatalf("%s is a %s, want %s", d, got, want)
		}
		d, want = d.AddDays(1), (want+1)%7
	}
}

func TestWeekIsISO(t *testing.T) {
	for _, tc := range []struct {
		date       string
		year, week int
	}{
		{"2019-12-29", 2019, 52}, {"2019-12-30", 2020, 1},
		{"2020-12-28", 2020, 53}, {"2021-01-03", 2020, 53}, {"2021-01-04", 2021, 1},
		{"2026-10-25", 2026, 43}, {"2026-10-26", 2026, 44},
		{"2026-12-28", 2026, 53}, {"2027-01-03", 2026, 53}, {"2027-01-04", 2027, 1},
	} {
		if year, week := date(t, tc.date).Week(); year != tc.year || week != tc.week {
			t.Errorf("%s is in %d-W%02d, want %d-W%02d", tc.date, year, week, tc.year, tc.week)
		}
	}
}

func TestAtReadsTheSwedishWallClock(t *testing.T) {
	for name, tc := range map[string]struct {
		got  time.Time
		want string
	}{
		"summer":                      {date(t, "2026-10-24").At(8, 0), "2026-10-24T06:00:00Z"},
		"winter":                      {date(t, "2026-10-26").At(8, 0), "2026-10-26T07:00:00Z"},
		"morning after autumn change": {date(t, "2026-10-25").At(8, 0), "2026-10-25T07:00:00Z"},
		"morning after spring change": {date(t, "2026-03-29").At(8, 0), "2026-03-29T06:00:00Z"},
		"minutes":                     {date(t, "2026-10-26").At(16, 45), "2026-10-26T15:45:00Z"},
		"midnight that ends the day":  {date(t, "2026-10-26").At(24, 0), "2026-10-26T23:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tc.got.UTC().Format(time.RFC3339); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
			if tc.got.Location() != officehours.Stockholm {
				t.Errorf("got an instant in %s, want one in Sweden", tc.got.Location())
			}
		})
	}
}
