package export_test

import (
	"strings"
	"testing"

	"servicematning/internal/export"
	"servicematning/internal/survey"
)

func TestProgressAsCSV(t *testing.T) {
	var out strings.Builder
	err := export.WriteProgressCSV(&out, []export.ProgressRow{
		{Grouping: "municipality", Key: "0305", Name: "Håbo", Channel: survey.Phone, Planned: 120, Expected: 60, Made: 57,
			Begun: 2, Finished: 57, Approved: 5, Returned: 1, Void: 3},
		{Grouping: "evaluator", Key: "=1+1@example.se", Name: "=1+1", Channel: survey.Email},
	})
	want := "grouping,key,name,channel,planned,expected,made,begun,finished,approved,returned,void\n" +
		"municipality,0305,Håbo,phone,120,60,57,2,57,5,1,3\n" +
		"evaluator,'=1+1@example.se,'=1+1,email,0,0,0,0,0,0,0,0\n"
	if err != nil || out.String() != want {
		t.Errorf("%v\n%s", err, out.String())
	}
}
