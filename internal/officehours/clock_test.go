package officehours_test

import (
	"testing"
	"time"

	"servicematning/internal/officehours"
)

func clock(t testing.TB, s string) officehours.Clock {
	t.Helper()
	c, err := officehours.ParseClock(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func hours(t testing.TB, opens, closes string) officehours.Hours {
	t.Helper()
	return officehours.Hours{Opens: clock(t, opens), Closes: clock(t, closes)}
}

func TestParseClock(t *testing.T) {
	for s, want := range map[string]struct {
		minutes officehours.Clock
		prints  string
	}{
		"8": {480, "8.00"}, "08": {480, "8.00"}, "8.30": {510, "8.30"}, "08:00": {480, "8.00"}, "8:05": {485, "8.05"},
		"17.00": {1020, "17.00"}, "0": {0, "0.00"}, "00.01": {1, "0.01"}, "23:59": {1439, "23.59"},
		"24": {1440, "24.00"}, "24.00": {1440, "24.00"},
	} {
		got := clock(t, s)
		if got != want.minutes || got.String() != want.prints {
			t.Errorf("%q read as %d, prints %q, want %d and %q", s, int(got), got, int(want.minutes), want.prints)
		}
		if clock(t, got.String()) != got {
			t.Errorf("%q does not read back", got)
		}
	}
	for _, s := range []string{
		"", " ", ".", ":", "8.", ".30", "8.3", "8.300", "8.60", "24.01", "25", "008", "-8", "+8", "8.-1", "8.+1", "8,30",
		"8.30.00", "8:30:00", "8.:30", " 8", "8 ", "8 30", "0830", "åtta", "８", "kl 8",
	} {
		if c, err := officehours.ParseClock(s); err == nil || c != 0 {
			t.Errorf("ParseClock(%q) = %v, %v, want 0 and an error", s, c, err)
		}
	}
}

func FuzzParseClock(f *testing.F) {
	for _, s := range []string{"8", "8.30", "08:00", "24.00", "24.01", "", "8.3", ":"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := officehours.ParseClock(s)
		if err != nil {
			return
		}
		if c < 0 || c > 1440 {
			t.Errorf("%q was read as %d minutes", s, int(c))
		}
		if back, err := officehours.ParseClock(c.String()); err != nil || back != c {
			t.Errorf("%q prints as %q, which reads as %d, %v", s, c, int(back), err)
		}
	})
}

func TestHoursClosed(t *testing.T) {
	for name, tc := range map[string]struct {
		hours  officehours.Hours
		closed bool
	}{
		"zero":               {officehours.Hours{}, true},
		"working day":        {hours(t, "8", "17"), false},
		"one minute":         {officehours.Hours{Opens: 480, Closes: 481}, false},
		"whole day":          {hours(t, "0", "24"), false},
		"opens as it closes": {hours(t, "8", "8"), true},
		"backwards":          {hours(t, "17", "8"), true},
		"past midnight":      {officehours.Hours{Opens: 480, Closes: 1441}, true},
		"before midnight":    {officehours.Hours{Opens: -1, Closes: 480}, true},
	} {
		if got := tc.hours.Closed(); got != tc.closed {
			t.Errorf("%s: Closed() = %t, want %t", name, got, tc.closed)
		}
	}
}

// Hours.length takes the wall clock's word from 03:00 on: this is why it may.
func TestClocksNeverChangeAfterThree(t *testing.T) {
	for d := date(t, "1980-01-01"); d.Year < 2070; d = d.AddDays(1) {
		if got := d.At(24, 0).Sub(d.At(3, 0)); got != 21*time.Hour {
			t.Fatalf("%s has %v after 03:00, want 21 h", d, got)
		}
	}
}
