package schedule_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

func TestCover(t *testing.T) {
	friday := officehours.Date{Year: 2026, Month: time.October, Day: 23}
	monday := officehours.Date{Year: 2026, Month: time.October, Day: 26}
	call := func(area survey.QuestionArea, at time.Time) survey.Contact {
		return survey.Contact{Channel: survey.Phone, Area: area, PlannedAt: at.UTC()}
	}
	void := call("bygglov", monday.At(9, 0))
	void.Disposition = survey.Void
	made := survey.Contact{Channel: survey.Phone, Area: "förskola", Attempts: []survey.Attempt{{Dialled: monday.At(16, 59)}}}
	got := schedule.Cover(
		[]survey.Contact{call("bygglov", friday.At(8, 0)), call("bygglov", friday.At(8, 59)), void, {Channel: survey.Phone, Area: "bygglov"}},
		[]survey.Contact{made, {Channel: survey.Email, Area: "bygglov", PlannedAt: monday.At(9, 0)}},
	)
	want := schedule.Coverage{
		Weeks: []schedule.Week{{2026, 43}, {2026, 44}},
		Areas: map[survey.QuestionArea][]int{"bygglov": {2, 1}, "förskola": {0, 1}},
		Calls: map[time.Weekday][24]int{time.Friday: {8: 2}, time.Monday: {16: 1}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
