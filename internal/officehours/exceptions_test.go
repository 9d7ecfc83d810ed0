package officehours_test

import (
	"testing"

	"servicematning/internal/officehours"
)

func TestWithAndWithoutLeaveTheirReceiverAlone(t *testing.T) {
	before := officehours.SwedishCalendar(2026, 2026)
	friday, eve := date(t, "2026-10-30"), date(t, "2026-12-24")
	short := officehours.Exception{Name: "Kort dag", Hours: hours(t, "8", "12")}

	after := before.With(friday, short).Without(eve)
	if got := after.HoursOn(friday); got != short.Hours || after.Exceptions[friday] != short {
		t.Errorf("the short day has hours %v, want %v", got, short.Hours)
	}
	if !after.WorkingDay(eve) {
		t.Error("the eve is still closed")
	}
	if after.WorkingDay(date(t, "2026-12-25")) {
		t.Error("another holiday was lost")
	}
	if got := before.HoursOn(friday); got != hours(t, "8", "17") || before.WorkingDay(eve) {
		t.Errorf("the calendar that was corrected has changed itself: %v", got)
	}
}

func TestWithAndWithoutOnACalendarWithoutExceptions(t *testing.T) {
	plain := officehours.Calendar{Opens: clock(t, "8"), Closes: clock(t, "17")}
	monday := date(t, "2026-10-19")
	if got := plain.Without(monday).HoursOn(monday); got != hours(t, "8", "17") {
		t.Errorf("hours %v, want 8–17", got)
	}
	if plain.With(monday, officehours.Exception{Name: "Stängt"}).WorkingDay(monday) {
		t.Error("the day is not closed")
	}
}
