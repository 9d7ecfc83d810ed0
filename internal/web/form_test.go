package web

import (
	"testing"
	"time"

	"servicematning/internal/officehours"
)

func date(year int, month time.Month, day int) officehours.Date {
	return officehours.Date{Year: year, Month: month, Day: day}
}

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	today := date(2026, time.October, 27)
	for text, want := range map[string]officehours.Date{
		"2026-11-04": date(2026, 11, 4), "4 nov": date(2026, 11, 4), "4 nov 2026": date(2026, 11, 4),
		"ons 4 nov 2026": date(2026, 11, 4), "Onsdag 4 November": date(2026, 11, 4), "4. nov.": date(2026, 11, 4),
		"ons, 4 nov": date(2026, 11, 4), "7 jan": date(2027, 1, 7), "30 april": date(2026, 4, 30), "1 maj": date(2026, 5, 1),
		"1 mars": date(2027, 3, 1), "29 feb 2028": date(2028, 2, 29), "29 feb": {}, "4": {}, "": {}, "nov": {}, "31 nov": {},
		"2026-02-30": {}, "tis 4 nov 2026": {}, "0 nov": {}, "4 nov 26": {}, "-4 nov": {}, "4 no": {}, "4 nov 2026 14.20": {},
		"11/4": {}, "99999999999999999999 nov": {},
	} {
		got, err := parseDate(text, today)
		if got != want || (err == nil) != (want != officehours.Date{}) {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
	if _, err := parseDate("tis 4 nov 2026", today); err == nil ||
		err.Error() != "4 nov 2026 är en onsdag (ons 4 nov 2026). Rätta dagen eller datumet." {
		t.Errorf("%v", err)
	}
}

func TestFormsReadTypedValuesAndSayWhatTheyCannotRead(t *testing.T) {
	f := newForm("name", "  Åmål\r\nrad två ", "many", "1\u00a0234", "none", "", "half", "2,5", "clock", "8.30", "word",
		"tolv", "version", "7", "box", "1")
	f.today = date(2026, 10, 27)
	if got := f.text("name"); got != "Åmål\nrad två" {
		t.Errorf("text %q", got)
	}
	if f.int("many") != 1234 || f.decimal("half") != 2.5 || f.clock("clock") != 8*60+30 || f.version() != 7 {
		t.Error("a value was misread")
	}
	if !f.checked("box") || f.checked("none") || !f.given("many") || f.given("none") || !f.ok() {
		t.Errorf("presence was misread, errors %v", f.Errors)
	}
	f.int("none")
	f.int("word")
	f.decimal("word")
	f.date("word")
	f.clock("word")
	f.upload("word")
	if len(f.Errors) != 6 {
		t.Errorf("%d errors, want 6: %v", len(f.Errors), f.Errors)
	}
	if newForm().version() != -1 {
		t.Error("a missing version must not pass for one")
	}
}
