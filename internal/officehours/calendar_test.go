package officehours_test

import (
	"slices"
	"testing"

	"servicematning/internal/officehours"
)

// autumn is a round's calendar for 2018–2027 in which project leads have made the
// Friday before Alla helgons dag a short day and opened one Saturday and one Sunday.
func autumn(t testing.TB) officehours.Calendar {
	t.Helper()
	c := officehours.SwedishCalendar(2018, 2027)
	c.Exceptions[date(t, "2026-10-30")] = officehours.Exception{Name: "Kort dag", Hours: hours(t, "8", "12")}
	c.Exceptions[date(t, "2026-10-17")] = officehours.Exception{Name: "Öppen lördag", Hours: hours(t, "10", "14")}
	c.Exceptions[date(t, "2026-10-25")] = officehours.Exception{Name: "Öppet dygn", Hours: hours(t, "0", "24")}
	c.Exceptions[date(t, "2026-10-07")] = officehours.Exception{Name: "Felskriven", Hours: hours(t, "17", "8")}
	return c
}

func TestHoursOn(t *testing.T) {
	c := autumn(t)
	for name, tc := range map[string]struct {
		date string
		want officehours.Hours
	}{
		"ordinary Friday":         {"2026-10-16", hours(t, "8", "17")},
		"ordinary Monday":         {"2026-10-19", hours(t, "8", "17")},
		"Saturday":                {"2026-10-24", officehours.Hours{}},
		"Sunday":                  {"2026-10-18", officehours.Hours{}},
		"Saturday with hours":     {"2026-10-17", hours(t, "10", "14")},
		"Sunday with hours":       {"2026-10-25", hours(t, "0", "24")},
		"short day":               {"2026-10-30", hours(t, "8", "12")},
		"holiday on a Tuesday":    {"2026-01-06", officehours.Hours{}},
		"holiday on a Saturday":   {"2026-10-31", officehours.Hours{}},
		"eve":                     {"2026-12-24", officehours.Hours{}},
		"exception with nonsense": {"2026-10-07", officehours.Hours{}},
	} {
		t.Run(name, func(t *testing.T) {
			d := date(t, tc.date)
			if got := c.HoursOn(d); got != tc.want {
				t.Errorf("hours on %s: %v, want %v", d, got, tc.want)
			}
			if got, want := c.WorkingDay(d), tc.want != (officehours.Hours{}); got != want {
				t.Errorf("working day %s: %t, want %t", d, got, want)
			}
		})
	}
}

func TestCalendarWithoutHoursIsNeverOpen(t *testing.T) {
	monday := date(t, "2026-10-19")
	for name, c := range map[string]officehours.Calendar{
		"zero":      {},
		"backwards": {Opens: clock(t, "17"), Closes: clock(t, "8")},
	} {
		if c.WorkingDay(monday) || c.HoursOn(monday) != (officehours.Hours{}) {
			t.Errorf("%s calendar: hours %v", name, c.HoursOn(monday))
		}
	}
}

func TestWorkingDays(t *testing.T) {
	c := autumn(t)
	for name, tc := range map[string]struct {
		from, to string
		want     []string
	}{
		"one working day":     {"2026-10-19", "2026-10-19", []string{"2026-10-19"}},
		"one Saturday":        {"2026-10-24", "2026-10-24", nil},
		"the wrong way round": {"2026-10-20", "2026-10-19", nil},
		"both ends included, weekend left out": {"2026-11-05", "2026-11-09",
			[]string{"2026-11-05", "2026-11-06", "2026-11-09"}},
		"open Saturday": {"2026-10-16", "2026-10-19", []string{"2026-10-16", "2026-10-17", "2026-10-19"}},
		"Christmas and New Year": {"2026-12-23", "2027-01-07",
			[]string{"2026-12-23", "2026-12-28", "2026-12-29", "2026-12-30", "2027-01-04", "2027-01-05", "2027-01-07"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, d := range c.WorkingDays(date(t, tc.from), date(t, tc.to)) {
				got = append(got, d.String())
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("working days %s–%s: %v, want %v", tc.from, tc.to, got, tc.want)
			}
		})
	}
}
