package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// draft is a round of one municipality and four evaluators, without a plan.
func draft(t *testing.T, assignments string) *shell {
	s := newShell(t)
	s.ok("round", "create", "2026", "--from", "2026-10-19", "--to", "2026-11-20")
	for _, kind := range []string{"participants", "questions", "evaluators"} {
		s.ok("import", kind, samples+kind+".csv", "--round", "2026")
	}
	s.ok("import", "assignments", assignments, "--round", "2026")
	return s
}

// balanceCodes are the figures of the plan, as programs know them.
var balanceCodes = []string{
	"municipality_day", "municipality_day_phone", "municipality_day_email", "municipality_area_week", "municipality_hour",
	"hour_day", "evaluator_day", "evaluator_municipality", "evaluator_municipality_week", "question_day", "cell_days",
	"cell_apart",
}

func TestPlanAsJSON(t *testing.T) {
	out := draft(t, samples+"assignments.csv").ok("plan", "--round", "2026", "--seed", "7", "--json")
	var plan struct {
		Round                        string
		Seed, Contacts, Phone, Email int
		Balance                      []map[string]any
		Notes                        []string
	}
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		t.Fatal(err)
	}
	if plan.Round != "2026" || plan.Seed != 7 || plan.Contacts != 240 || plan.Phone != 120 || plan.Email != 120 {
		t.Errorf("got %+v", plan)
	}
	if plan.Notes == nil || len(plan.Notes) > 0 {
		t.Errorf("notes %v, want an empty list", plan.Notes)
	}
	var codes []string
	for _, b := range plan.Balance {
		codes = append(codes, b["code"].(string))
		for _, key := range []string{"title", "value", "bound", "lower_bound", "at_least", "met", "note"} {
			if _, ok := b[key]; !ok {
				t.Errorf("%s lacks %s", b["code"], key)
			}
		}
		if (b["met"] == false) != (b["why"] != nil) {
			t.Errorf("%s is met: %v, but says why: %v", b["code"], b["met"], b["why"])
		}
	}
	for _, code := range balanceCodes {
		if !slices.Contains(codes, code) {
			t.Errorf("no figure %s among %v", code, codes)
		}
	}
}

// TestPlanNotes has one evaluator for an area, which the lead accepts.
func TestPlanNotes(t *testing.T) {
	s := draft(t, one(t))
	if code, _, errs := s.run("", "plan", "--round", "2026"); code != exitFailed ||
		!strings.Contains(errs, "--allow-same-evaluator") {
		t.Fatalf("status %d: %s", code, errs)
	}
	const note = "Bygglov: Bedömare 1 gör båda kontakterna (samtalen och e-breven)."
	if out := s.ok("plan", "--round", "2026", "--allow-same-evaluator", "--json"); !strings.Contains(out, note) {
		t.Errorf("no note in\n%s", out)
	}
	if out := s.ok("plan", "--round", "2026", "--allow-same-evaluator"); !strings.HasSuffix(out, note+"\n") {
		t.Errorf("no note at the end of\n%s", out)
	}
}

// one is a file of assignments with a single evaluator for bygglov.
func one(t *testing.T) string {
	t.Helper()
	lines := strings.Split(read(t, samples+"assignments.csv"), "\n")
	kept := 0
	lines = slices.DeleteFunc(lines, func(l string) bool {
		if strings.HasPrefix(l, "bygglov,") {
			kept++
		}
		return strings.HasPrefix(l, "bygglov,") && kept > 1
	})
	file := filepath.Join(t.TempDir(), "assignments.csv")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestPlanAsTable(t *testing.T) {
	c := planCommand{Round: "2026", Seed: 3}
	f := c.figures(fieldwork.Planned{Schedule: schedule.Schedule{
		Contacts: []survey.Contact{{Channel: survey.Phone}, {Channel: survey.Phone}, {Channel: survey.Email}},
		Balance: []schedule.Balance{
			{Title: "Per dag", Value: 1, Bound: 1, Limit: 0, Note: "största minus minsta"},
			{Title: "Dagar emellan", Value: 7, Bound: 9, Limit: 8, AtLeast: true, Note: "minst", Why: "Perioden är kort."},
		},
		SameEvaluator: []string{"Bygglov: Maja gör båda."},
	}})
	want := `Planen för omgång 2026 har 3 kontakter (frö 3): 2 samtal och 1 e-brev.
  Mått           Värde  Krav  Bäst möjligt  
  Per dag        1      ≤ 1   0             ✓ största minus minsta
  Dagar emellan  7      ≥ 9   8             ✗ Perioden är kort.
Bygglov: Maja gör båda.
`
	var out bytes.Buffer
	if err := f.print(&out); err != nil || out.String() != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, out.String(), want)
	}
}

func TestAMendedPlanInWords(t *testing.T) {
	step := &survey.PlanStep{Number: 7, Unavoidable: 1, Notes: []string{"Maja får fulla dagar."}}
	slot := survey.PlanSlot{Evaluator: "maja@example.se", At: time.Date(2026, 10, 28, 9, 0, 0, 0, time.UTC)}
	later := survey.PlanSlot{Evaluator: "maja@example.se", At: slot.At.AddDate(0, 0, 1)}
	step.Changes = []survey.PlanChange{{Before: slot, After: later}, {Before: later, After: slot}, {After: slot}, {Before: slot}}
	for _, tt := range []struct {
		name string
		step *survey.PlanStep
		want string
	}{
		{"mended", step, "Plan 7 för omgång 2026 är införd: 2 flyttas (1 går inte att undvika), 1 tillkommer, 1 tas bort."},
		{"nothing to mend", &survey.PlanStep{}, "Planen för omgång 2026 stämmer. Ingenting behöver flyttas."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := planCommand{Round: "2026"}.figures(fieldwork.Planned{Step: tt.step})
			var out bytes.Buffer
			if err := f.print(&out); err != nil || !strings.HasPrefix(out.String(), tt.want) {
				t.Errorf("got %v\n%s", err, out.String())
			}
			if len(f.Notes) != len(tt.step.Notes) {
				t.Errorf("notes %v", f.Notes)
			}
		})
	}
}
