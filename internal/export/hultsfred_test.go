package export

import (
	"strconv"
	"testing"

	"servicematning/internal/results"
)

// TestHultsfredFigures reads the rebuilt result and looks at figures that
// Hultsfred published, so that no column is read into the wrong field.
func TestHultsfredFigures(t *testing.T) {
	s := hultsfred(t)
	cs, err := ReadContacts(file(t, "contacts.csv"), "contacts.csv", s, later)
	if err != nil {
		t.Fatal(err)
	}
	if len(cs) != 240 {
		t.Fatalf("%d contacts, want 240", len(cs))
	}
	rep, err := results.Compute(s, stream(cs), nil, later)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		measure     string
		base, count int
		value       string
	}{
		{"phone_reached_60", 120, 97, "80.8333"},
		{"phone_answer_time", 120, 0, "12.0000"},
		{"phone_direct_answer", 120, 99, "82.5000"},
		{"phone_information", 114, 106, "92.9825"},
		{"phone_interest", 114, 106, "92.9825"},
		{"phone_treatment_very_good", 114, 80, "70.1754"},
		{"phone_greeting", 120, 114, "95.0000"},
		{"email_replied", 120, 116, "96.6667"},
		{"email_reply_time_mean", 116, 0, "2.0690"},
		{"email_complete_1d", 120, 113, "94.1667"},
		{"email_answer", 116, 116, "100.0000"},
		{"email_information", 116, 67, "57.7586"},
		{"email_sender", 116, 116, "100.0000"},
		{"overall_impression", 0, 0, "89.6809"},
	} {
		f, _ := rep.Profiles[0].Figure(want.measure)
		if got := strconv.FormatFloat(f.Result.Value, 'f', 4, 64); f.Base != want.base || f.Count != want.count ||
			got != want.value {
			t.Errorf("%s: %d of %d, %s; want %d of %d, %s", want.measure, f.Count, f.Base, got, want.count, want.base,
				want.value)
		}
	}
}
