package schedule_test

import (
	"math"
	"testing"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
)

// shifts are working days from a Monday on with equal staff.
func shifts(from officehours.Date, staff float64, made ...int) []schedule.Shift {
	var list []schedule.Shift
	cal := officehours.SwedishCalendar(from.Year, from.Year)
	for d := from; len(list) < len(made); d = d.AddDays(1) {
		if cal.WorkingDay(d) {
			list = append(list, schedule.Shift{Date: d, Staff: staff, Made: made[len(list)]})
		}
	}
	return list
}

var (
	monday    = officehours.Date{Year: 2026, Month: 10, Day: 5}
	wednesday = officehours.Date{Year: 2026, Month: 10, Day: 14}
)

func TestForecast(t *testing.T) {
	even := shifts(monday, 10, 100, 100, 100, 100, 100, 100, 100)
	ahead := shifts(wednesday, 10, make([]int, 60)...)
	for name, c := range map[string]struct {
		pace    schedule.Pace
		verdict schedule.Verdict
		finish  string
		perDay  float64
	}{
		"as planned":                        {schedule.Pace{Planned: 1000, Made: 700, Past: even, Ahead: ahead}, schedule.Foreseen, "2026-10-16", 100},
		"one contact more takes a day more": {schedule.Pace{Planned: 1001, Made: 700, Past: even, Ahead: ahead}, schedule.Foreseen, "2026-10-19", 100},
		"only the newest seven days count": {schedule.Pace{Planned: 1000, Made: 700, Ahead: ahead,
			Past: append(shifts(monday.AddDays(-7), 10, 900, 900, 900, 900, 900), even...)}, schedule.Foreseen, "2026-10-16", 100},
		"half the staff takes twice the time": {schedule.Pace{Planned: 1000, Made: 700, Past: even,
			Ahead: shifts(wednesday, 5, make([]int, 60)...)}, schedule.Foreseen, "2026-10-21", 100},
		"a day without staff is no day": {schedule.Pace{Planned: 1000, Made: 700, Ahead: ahead,
			Past: append(shifts(monday, 10, 100, 100), schedule.Shift{Date: monday.AddDays(2)}, even[0])}, schedule.Foreseen, "2026-10-16", 100},
		"two days are too few": {schedule.Pace{Planned: 1000, Made: 200, Past: even[:2], Ahead: ahead}, schedule.TooEarly, "", 100},
		"before the period":    {schedule.Pace{Planned: 1000, Ahead: ahead}, schedule.TooEarly, "", 0},
		"nothing made":         {schedule.Pace{Planned: 10, Past: shifts(monday, 1, 0, 0, 0), Ahead: ahead}, schedule.NoPace, "", 0},
		"beyond the days given": {schedule.Pace{Planned: 99_999, Made: 3, Past: shifts(monday, 1, 1, 1, 1), Ahead: ahead},
			schedule.NoPace, "", 1},
		"all made": {schedule.Pace{Planned: 700, Made: 700, Past: even, Ahead: ahead}, schedule.AllMade, "", 0},
		"no plan":  {schedule.Pace{Past: even, Ahead: ahead}, schedule.NoPlanYet, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := schedule.Foresee(c.pace)
			if f.Verdict != c.verdict || f.Finish.String() != c.finish || f.PerDay != c.perDay {
				t.Errorf("%s, done %s, %.1f a day; want %s, %s, %.1f",
					f.Verdict, f.Finish, f.PerDay, c.verdict, c.finish, c.perDay)
			}
			if f.Verdict == schedule.Foreseen && f.Early.After(f.Finish) {
				t.Errorf("early %s after %s", f.Early, f.Finish)
			}
		})
	}
}

// Five days of 90, 110, 100, 80 and 120 with one unit of staff each: r = 100,
// s² = 1000/4 = 250, which is more than Poisson's 100. Over the next four days
// 400 ± 2.776·√(250·(4 + 16/5)) = 400 ± 117.8 is foreseen.
func TestTheIntervalByHand(t *testing.T) {
	f := schedule.Foresee(schedule.Pace{
		Planned: 900, Made: 500, Past: shifts(monday, 1, 90, 110, 100, 80, 120),
		Ahead: shifts(wednesday, 1, make([]int, 60)...),
	})
	at := f.Path[3]
	if math.Abs(at.Mid-900) > 1e-9 || math.Abs(at.Low-782.2) > 0.1 || at.High != 900 {
		t.Errorf("after four days %+v, want 782.2, 900 and at the most 900", at)
	}
	// High: 300+2.776·√(250·(3+9/5)) = 396.2 after three days, so the fourth.
	// Low: 500 − 2.776·√(250·(5+5)) = 361.2 after five, 600 − 159.5 = 440.5 after six.
	if f.Early.String() != "2026-10-19" || f.Finish.String() != "2026-10-19" || f.Late.String() != "2026-10-21" {
		t.Errorf("%s, %s–%s", f.Finish, f.Early, f.Late)
	}
}

func TestEqualDaysAreNotCertain(t *testing.T) {
	f := schedule.Foresee(schedule.Pace{
		Planned: 5000, Made: 300, Past: shifts(monday, 1, 100, 100, 100), Ahead: shifts(wednesday, 1, make([]int, 99)...),
	})
	if !f.Early.Before(f.Finish) || !f.Late.After(f.Finish) {
		t.Errorf("%s with %s–%s: three days cannot tell so well", f.Finish, f.Early, f.Late)
	}
}

func TestAnUnevenPaceHasNoSafeDay(t *testing.T) {
	f := schedule.Foresee(schedule.Pace{
		Planned: 5000, Made: 300, Past: shifts(monday, 1, 0, 300, 0), Ahead: shifts(wednesday, 1, make([]int, 99)...),
	})
	if f.Verdict != schedule.Foreseen || !f.Late.IsZero() {
		t.Errorf("%s, late %s; want no last day", f.Verdict, f.Late)
	}
	for i := 1; i < len(f.Path); i++ {
		if f.Path[i].Low < f.Path[i-1].Low {
			t.Fatalf("the lower bound sinks on %s", f.Path[i].Date)
		}
	}
}
