package officehours_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"servicematning/internal/officehours"
)

// The clocks changed on 2018-10-28 and will on 2026-10-25; the instants are drawn
// round those days, round a spring and round a New Year.
var seasons = []Date{
	{Year: 2018, Month: time.October, Day: 28},
	{Year: 2026, Month: time.October, Day: 25},
	{Year: 2026, Month: time.March, Day: 29},
	{Year: 2027, Month: time.January, Day: 1},
}

// instants draws n instants in order, within 20 days of one season and every third
// of them within three hours of its midnight.
func instants(r *rand.Rand, n int) []time.Time {
	midnight := seasons[r.IntN(len(seasons))].At(0, 0)
	drawn := make([]time.Time, n)
	for i := range drawn {
		width := 20 * 24 * time.Hour
		if r.IntN(3) == 0 {
			width = 3 * time.Hour
		}
		drawn[i] = midnight.Add(time.Duration(r.Int64N(int64(2*width))) - width).UTC()
		if r.IntN(3) == 0 {
			drawn[i] = drawn[i].Truncate(time.Hour) // often on an opening or closing instant
		}
	}
	slices.SortFunc(drawn, time.Time.Compare)
	return drawn
}

// calendars are the ordinary one with its exceptions, and one open at night, when
// the clocks change.
func calendars(t *testing.T) map[string]officehours.Calendar {
	night := autumn(t)
	night.Opens, night.Closes = clock(t, "1"), clock(t, "22.30")
	for _, d := range seasons {
		night.Exceptions[d] = officehours.Exception{Name: "Öppen natt", Hours: hours(t, "0", "24")}
	}
	return map[string]officehours.Calendar{"ordinary": autumn(t), "night": night}
}

func TestBetweenIsAdditive(t *testing.T) {
	for name, c := range calendars(t) {
		r := rand.New(rand.NewPCG(1, 2))
		for range 20_000 {
			v := instants(r, 3)
			parts, whole := c.Between(v[0], v[1])+c.Between(v[1], v[2]), c.Between(v[0], v[2])
			if parts != whole || whole < 0 || whole > v[2].Sub(v[0]) {
				t.Fatalf("%s calendar: %v: parts %v, whole %v", name, v, parts, whole)
			}
		}
	}
}

func TestAddIsTheInverseOfBetween(t *testing.T) {
	for name, c := range calendars(t) {
		r := rand.New(rand.NewPCG(3, 4))
		for range 20_000 {
			start := instants(r, 1)[0]
			office := 1 + time.Duration(r.Int64N(int64(120*time.Hour)))
			if r.IntN(3) == 0 {
				office = office.Truncate(time.Hour) + time.Hour
			}
			end := c.Add(start, office)
			if got := c.Between(start, end); got != office {
				t.Fatalf("%s calendar: %v after %v is %v, but between them are %v", name, office, start, end, got)
			}
			if got := c.Between(start, end.Add(-1)); got != office-1 {
				t.Fatalf("%s calendar: %v is not the earliest instant %v after %v", name, end, office, start)
			}
		}
	}
}

func TestNextOpeningIsTheNextOpenInstant(t *testing.T) {
	for name, c := range calendars(t) {
		r := rand.New(rand.NewPCG(5, 6))
		for range 20_000 {
			from := instants(r, 1)[0]
			next := c.NextOpening(from)
			if next.Before(from) || !c.Open(next) || c.Between(from, next) != 0 || c.Open(from) != next.Equal(from) {
				t.Fatalf("%s calendar: next opening after %v: %v", name, from, next)
			}
		}
	}
}

// TestBetweenAgainstCountingMinutes compares Between with the slow way: look at
// the wall clock once a minute.
func TestBetweenAgainstCountingMinutes(t *testing.T) {
	for name, c := range calendars(t) {
		r := rand.New(rand.NewPCG(7, 8))
		for range 100 {
			v := instants(r, 2)
			start, end := v[0].Truncate(time.Minute), v[1].Truncate(time.Minute)
			var want time.Duration
			for m := start; m.Before(end); m = m.Add(time.Minute) {
				if openOnTheWall(c, m) {
					want += time.Minute
				}
			}
			if got := c.Between(start, end); got != want {
				t.Fatalf("%s calendar: from %v to %v: %v, but counted %v", name, start, end, got, want)
			}
		}
	}
}

// openOnTheWall says whether the office is open at t with nothing but a clock, a
// weekday and the exceptions.
func openOnTheWall(c officehours.Calendar, t time.Time) bool {
	wall := t.In(officehours.Stockholm)
	now := officehours.Clock(wall.Hour()*60 + wall.Minute())
	e, found := c.Exceptions[Date{Year: wall.Year(), Month: wall.Month(), Day: wall.Day()}]
	switch {
	case found:
		return e.Hours.Opens <= now && now < e.Hours.Closes
	case wall.Weekday() == time.Saturday || wall.Weekday() == time.Sunday:
		return false
	}
	return c.Opens <= now && now < c.Closes
}
