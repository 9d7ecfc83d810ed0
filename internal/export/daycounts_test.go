package export_test

import (
	"strings"
	"testing"

	"servicematning/internal/export"
	"servicematning/internal/survey"
)

func TestWriteDayCounts(t *testing.T) {
	place := func(code, name string) survey.Participant {
		return survey.Participant{Municipality: survey.Municipality{Code: code, Name: name}}
	}
	participants := []survey.Participant{place("1492", "Åmål"), place("0305", "Håbo"), place("0114", "Upplands Väsby")}
	counts := []survey.DayCount{
		{Key: "0305", Day: "", Channel: survey.Email, N: 1},
		{Key: "0305", Day: "2026-10-19", Channel: survey.Email, N: 5},
		{Key: "0305", Day: "2026-10-19", Channel: survey.Phone, N: 4},
		{Key: "1492", Day: "2026-10-20", Channel: survey.Phone, N: 2},
		{Key: "9999", Day: "2026-10-20", Channel: survey.Phone, N: 7},
	}
	for name, tt := range map[string]struct {
		channel survey.Channel
		want    string
	}{
		"both":  {"", "municipality,name,day,phone,email\n1492,Åmål,2026-10-20,2,0\n0305,Håbo,,0,1\n0305,Håbo,2026-10-19,4,5\n"},
		"calls": {survey.Phone, "municipality,name,day,phone\n1492,Åmål,2026-10-20,2\n0305,Håbo,2026-10-19,4\n"},
	} {
		var out strings.Builder
		if err := export.WriteDayCounts(&out, participants, counts, tt.channel); err != nil {
			t.Fatal(err)
		}
		if out.String() != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, out.String(), tt.want)
		}
	}
}
