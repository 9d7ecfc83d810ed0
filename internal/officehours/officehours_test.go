package officehours_test

import (
	"math"
	"testing"
	"time"

	"servicematning/internal/officehours"
)

// at reads "2006-01-02 15:04" or "2006-01-02 15:04:05" off the wall clock in Sweden.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	layout := "2006-01-02 15:04:05"
	instant, err := time.ParseInLocation(layout[:len(s)], s, officehours.Stockholm)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

func TestBetween(t *testing.T) {
	c := autumn(t)
	for name, tc := range map[string]struct {
		start, end string
		want       time.Duration
	}{
		"Tuesday 14:00 to Wednesday 14:00":     {"2026-10-13 14:00", "2026-10-14 14:00", 9 * time.Hour},
		"Friday 16:30 to Monday, summer ended": {"2018-10-26 16:30", "2018-10-29 08:30", time.Hour},
		"Friday 16:30 to Monday, summer began": {"2026-03-27 16:30", "2026-03-30 08:30", time.Hour},
		"Friday 16:00 to Monday":               {"2026-11-06 16:00", "2026-11-09 09:00", 2 * time.Hour},

		"the same morning":             {"2026-10-13 08:10", "2026-10-13 09:40", 90 * time.Minute},
		"one second":                   {"2026-10-13 08:00:00", "2026-10-13 08:00:01", time.Second},
		"a whole working day":          {"2026-10-13 08:00", "2026-10-13 17:00", 9 * time.Hour},
		"a whole calendar day":         {"2026-10-13 00:00", "2026-10-14 00:00", 9 * time.Hour},
		"ten working days":             {"2026-11-10 14:00", "2026-11-24 14:00", 90 * time.Hour},
		"the day after summer ended":   {"2026-10-26 08:00", "2026-10-26 17:00", 9 * time.Hour},
		"the day after, 2018":          {"2018-10-29 08:00", "2018-10-29 17:00", 9 * time.Hour},
		"the Friday before it, 2018":   {"2018-10-26 08:00", "2018-10-26 17:00", 9 * time.Hour},
		"Friday and Monday round 2018": {"2018-10-26 08:00", "2018-10-29 17:00", 18 * time.Hour},

		"starts before opening":           {"2026-10-13 06:00", "2026-10-13 08:30", 30 * time.Minute},
		"starts after closing":            {"2026-10-13 18:00", "2026-10-14 09:00", time.Hour},
		"starts on the opening instant":   {"2026-10-13 08:00", "2026-10-13 09:00", time.Hour},
		"starts on the closing instant":   {"2026-10-13 17:00:00", "2026-10-14 08:00:01", time.Second},
		"starts one second before it":     {"2026-10-13 16:59:59", "2026-10-14 08:00:00", time.Second},
		"ends on the closing instant":     {"2026-10-13 16:00", "2026-10-13 17:00", time.Hour},
		"ends after closing":              {"2026-10-13 16:00", "2026-10-13 23:00", time.Hour},
		"ends before opening":             {"2026-10-13 16:00", "2026-10-14 05:00", time.Hour},
		"closing instant to opening":      {"2026-10-13 17:00", "2026-10-14 08:00", 0},
		"the same night":                  {"2026-10-13 20:00", "2026-10-13 22:00", 0},
		"the same early morning":          {"2026-10-13 05:00", "2026-10-13 07:00", 0},
		"starts and ends in the weekend":  {"2026-11-07 09:00", "2026-11-08 15:00", 0},
		"starts in the weekend":           {"2026-11-07 09:00", "2026-11-09 09:00", time.Hour},
		"ends in the weekend":             {"2026-11-06 16:00", "2026-11-08 12:00", time.Hour},
		"starts and ends on the instant":  {"2026-10-13 10:00", "2026-10-13 10:00", 0},
		"ends before it starts":           {"2026-10-14 10:00", "2026-10-13 10:00", 0},
		"ends earlier in the same minute": {"2026-10-13 10:00:01", "2026-10-13 10:00:00", 0},

		"over a short day":             {"2026-10-29 16:00", "2026-11-02 09:00", 6 * time.Hour},
		"into a short day":             {"2026-10-29 16:00", "2026-10-30 11:00", 4 * time.Hour},
		"ends after a short day":       {"2026-10-29 16:00", "2026-10-30 15:00", 5 * time.Hour},
		"starts after a short day":     {"2026-10-30 13:00", "2026-11-02 09:00", time.Hour},
		"closing of a short day":       {"2026-10-30 12:00", "2026-11-02 08:00", 0},
		"over an open Saturday":        {"2026-10-16 16:00", "2026-10-19 09:00", 6 * time.Hour},
		"over a day with bad hours":    {"2026-10-06 16:00", "2026-10-08 09:00", 2 * time.Hour},
		"over a holiday on Tuesday":    {"2026-01-05 16:00", "2026-01-07 09:00", 2 * time.Hour},
		"starts on a holiday":          {"2026-01-06 10:00", "2026-01-07 09:00", time.Hour},
		"over Christmas":               {"2026-12-23 16:00", "2026-12-28 09:00", 2 * time.Hour},
		"over the year":                {"2026-12-30 16:00", "2027-01-04 09:00", 2 * time.Hour},
		"over Midsummer":               {"2026-06-18 16:00", "2026-06-22 09:00", 2 * time.Hour},
		"over a leap day":              {"2024-02-28 16:00", "2024-03-01 09:00", 11 * time.Hour},
		"round the clock for 25 h":     {"2026-10-25 00:00", "2026-10-26 00:00", 25 * time.Hour},
		"night in which 02 came twice": {"2026-10-25 01:30", "2026-10-25 03:30", 3 * time.Hour},
		"over the 25 h":                {"2026-10-23 16:00", "2026-10-26 09:00", 27 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.Between(at(t, tc.start), at(t, tc.end)); got != tc.want {
				t.Errorf("office time from %s to %s: %v, want %v", tc.start, tc.end, got, tc.want)
			}
		})
	}
}

func TestBetweenIgnoresTheLocationOfItsArguments(t *testing.T) {
	c := autumn(t)
	start, end := at(t, "2018-10-26 16:30"), at(t, "2018-10-29 08:30")
	tokyo, hawaii := time.FixedZone("Tokyo", 9*3600), time.FixedZone("Hawaii", -10*3600)
	for _, loc := range []*time.Location{time.UTC, tokyo, hawaii} {
		if got := c.Between(start.In(loc), end.In(hawaii)); got != time.Hour {
			t.Errorf("with instants in %s and Hawaii: %v, want 1h", loc, got)
		}
	}
}

func TestBetweenCountsNanoseconds(t *testing.T) {
	c := autumn(t)
	closing := at(t, "2026-10-13 17:00")
	if got := c.Between(closing.Add(-1), closing.Add(1)); got != 1 {
		t.Errorf("the last nanosecond before closing counts as %v, want 1ns", got)
	}
}

func TestBetweenStopsAtTheLongestDuration(t *testing.T) {
	if got := autumn(t).Between(time.Time{}, at(t, "2026-10-13 17:00")); got != math.MaxInt64 {
		t.Errorf("office time since the year 1: %v, want the longest duration", got)
	}
}

func TestCalendarThatIsNeverOpen(t *testing.T) {
	var c officehours.Calendar
	start := at(t, "2026-10-13 10:00")
	if c.Open(start) || c.Between(start, start.AddDate(1, 0, 0)) != 0 {
		t.Error("the zero calendar is open")
	}
	if got := c.NextOpening(start); !got.IsZero() {
		t.Errorf("next opening %v, want the zero time", got)
	}
	if got := c.Add(start, time.Nanosecond); !got.IsZero() {
		t.Errorf("cut-off %v, want the zero time", got)
	}
	if got := c.Add(start, 0); !got.Equal(start) {
		t.Errorf("no office time after %v is %v", start, got)
	}
}

func TestSearchLooksTenYearsAhead(t *testing.T) {
	only := date(t, "2036-10-13")
	c := officehours.Calendar{Exceptions: map[Date]officehours.Exception{only: {Hours: hours(t, "8", "17")}}}
	near, far := at(t, "2026-10-14 10:00"), at(t, "2026-09-13 10:00")
	if got := c.NextOpening(near); !got.Equal(only.At(8, 0)) {
		t.Errorf("next opening %v, want 08:00 on %s", got, only)
	}
	if got := c.NextOpening(far); !got.IsZero() {
		t.Errorf("next opening %v, want the zero time: it is more than ten years away", got)
	}
	if got := c.Add(near, 9*time.Hour); !got.Equal(only.At(17, 0)) {
		t.Errorf("cut-off %v, want 17:00 on %s", got, only)
	}
	if got := c.Add(near, 10*time.Hour); !got.IsZero() {
		t.Errorf("cut-off %v, want the zero time: only 9 h are open", got)
	}
}

func TestOpenAndNextOpening(t *testing.T) {
	c := autumn(t)
	for name, tc := range map[string]struct{ instant, next string }{
		"in the middle of the day":      {"2026-10-13 12:00:00", "2026-10-13 12:00:00"},
		"on the opening instant":        {"2026-10-13 08:00:00", "2026-10-13 08:00:00"},
		"one second before opening":     {"2026-10-13 07:59:59", "2026-10-13 08:00:00"},
		"one second before closing":     {"2026-10-13 16:59:59", "2026-10-13 16:59:59"},
		"on the closing instant":        {"2026-10-13 17:00:00", "2026-10-14 08:00:00"},
		"Friday evening":                {"2026-11-06 18:00:00", "2026-11-09 08:00:00"},
		"Friday, clocks go back":        {"2018-10-26 17:00:00", "2018-10-29 08:00:00"},
		"Saturday noon":                 {"2026-11-07 12:00:00", "2026-11-09 08:00:00"},
		"before an open Saturday":       {"2026-10-16 17:00:00", "2026-10-17 10:00:00"},
		"on an open Saturday":           {"2026-10-17 13:59:59", "2026-10-17 13:59:59"},
		"after an open Saturday":        {"2026-10-17 14:00:00", "2026-10-19 08:00:00"},
		"on the closing of a short day": {"2026-10-30 12:00:00", "2026-11-02 08:00:00"},
		"New Year's Eve":                {"2026-12-31 10:00:00", "2027-01-04 08:00:00"},
		"midnight of an open night":     {"2026-10-25 00:00:00", "2026-10-25 00:00:00"},
		"midnight after an open night":  {"2026-10-26 00:00:00", "2026-10-26 08:00:00"},
	} {
		t.Run(name, func(t *testing.T) {
			instant, next := at(t, tc.instant), at(t, tc.next)
			if got := c.NextOpening(instant.UTC()); !got.Equal(next) {
				t.Errorf("next opening after %s: %v, want %v", tc.instant, got, next)
			}
			if got, want := c.Open(instant.UTC()), instant.Equal(next); got != want {
				t.Errorf("open at %s: %t, want %t", tc.instant, got, want)
			}
		})
	}
}

func TestAdd(t *testing.T) {
	c := autumn(t)
	for name, tc := range map[string]struct {
		start  string
		office time.Duration
		want   string
	}{
		"one working day":             {"2026-10-13 14:00", 9 * time.Hour, "2026-10-14 14:00"},
		"over the weekend":            {"2018-10-26 16:30", time.Hour, "2018-10-29 08:30"},
		"ten working days":            {"2026-11-10 14:00", 90 * time.Hour, "2026-11-24 14:00"},
		"sent in the evening":         {"2026-11-10 20:00", time.Hour, "2026-11-11 09:00"},
		"up to the closing instant":   {"2026-11-10 16:00", time.Hour, "2026-11-10 17:00"},
		"evening, up to closing":      {"2026-11-10 20:00", 9 * time.Hour, "2026-11-11 17:00"},
		"over a short day":            {"2026-10-29 16:00", 6 * time.Hour, "2026-11-02 09:00"},
		"over Christmas and New Year": {"2026-12-23 16:00", 29 * time.Hour, "2027-01-04 09:00"},
		"nothing, while closed":       {"2026-11-07 12:00", 0, "2026-11-07 12:00"},
		"less than nothing":           {"2026-11-10 14:00", -time.Hour, "2026-11-10 14:00"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := c.Add(at(t, tc.start), tc.office), at(t, tc.want); !got.Equal(want) {
				t.Errorf("%v after %s: %v, want %v", tc.office, tc.start, got, want)
			}
		})
	}
}

func BenchmarkBetween(b *testing.B) {
	c := autumn(b)
	sent := at(b, "2026-10-20 14:10").UTC()
	for _, span := range []struct {
		name string
		days int
	}{{"same_day", 0}, {"next_day", 1}, {"cut_off", 14}, {"year", 365}} {
		end := sent.AddDate(0, 0, span.days).Add(90 * time.Minute)
		b.Run(span.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Between(sent, end)
			}
		})
	}
}
