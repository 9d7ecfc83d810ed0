package export_test

import (
	"bytes"
	"testing"

	"servicematning/internal/export"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func TestAPlanStepAsAFile(t *testing.T) {
	key := survey.Key{Cell: survey.Cell{Municipality: "0305", Question: "BYGG1", Channel: survey.Phone}, Replicate: 2}
	here := survey.PlanSlot{Evaluator: "maja@example.se", At: surveytest.At(1, 9, 14)}
	there := survey.PlanSlot{Evaluator: "emil@example.se", At: surveytest.At(7, 13, 5)}
	step := survey.PlanStep{Changes: []survey.PlanChange{
		{Key: key, Area: "bygglov", Before: here, After: there},
		{Key: key, Area: "bygglov", After: there},
		{Key: key, Area: "bygglov", Before: here},
	}}
	var out bytes.Buffer
	if err := export.WritePlanStep(&out, surveytest.Setup(), step); err != nil {
		t.Fatal(err)
	}
	const before, after = "maja@example.se,2026-10-20T09:14:00+02:00", "emil@example.se,2026-10-26T13:05:00+01:00"
	const what = "0305,Håbo,phone,bygglov,BYGG1,2,"
	want := "municipality,name,channel,area,question,replicate,evaluator_before,planned_before,evaluator_after,planned_after\n" +
		what + before + "," + after + "\n" + what + ",," + after + "\n" + what + before + ",,\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
