package export

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/results"
)

func resultRows(t *testing.T, municipality string) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteResultsCSV(&b, publishedReport(t), municipality); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("round,revision,stage,municipality,name,county,size_class,skr_group,area,measure,title,unit,"+
		"base,count,value,low,high,"+
		"place,of,county_place,county_of,class_place,class_of,quartile,mean_all,mean_size_class,mean_county,"+
		"mean_skr_group,small,formula,rescaled",
		strings.Join(rows[0], ",")); diff != "" {
		t.Error(diff)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			if cell != "" {
				m[rows[0][i]] = cell
			}
		}
		out = append(out, m)
	}
	return out
}

func TestResultsCSV(t *testing.T) {
	rows := resultRows(t, "0305")
	if want := 4 + len(results.Measures()); len(rows) != want {
		t.Fatalf("%d rows, want %d", len(rows), want)
	}
	head := map[string]string{
		"round": "2019", "revision": "2", "stage": "closed", "municipality": "0305", "name": "Håbo", "county": "Uppsala län",
		"size_class": "20000-29999", "skr_group": "Pendlingskommun nära storstad", "rescaled": "false",
	}
	with := func(measure string, pairs ...string) map[string]string {
		m, _ := results.MeasureByCode(measure)
		out := map[string]string{"measure": measure, "title": m.Title, "unit": string(m.Unit), "formula": m.Formula}
		for k, v := range head {
			out[k] = v
		}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
		return out
	}
	want := []map[string]string{
		with("phone_reached_60", "base", "120", "count", "100", "value", "83.33333333333333", "low", "75.7", "high", "88.9",
			"place", "9", "of", "147", "county_place", "2", "county_of", "5", "class_place", "1", "class_of", "20",
			"quartile", "best",
			"mean_all", "58.1", "mean_size_class", "52.4", "mean_county", "60.2", "mean_skr_group", "55", "small", "false"),
		with("phone_answer_time", "base", "20", "value", "12", "small", "true"),
		with("email_answer", "base", "0", "count", "0", "small", "false"),
		with("overall_impression", "value", "89.68", "place", "1", "of", "2", "small", "false", "rescaled", "true"),
	}
	if diff := cmp.Diff(want, rows[:4]); diff != "" {
		t.Error(diff)
	}
	area := with("phone_reached_60", "area", "bygglov", "base", "12", "count", "6", "value", "50", "low", "25.4",
		"high", "74.6", "mean_all", "61.25")
	if diff := cmp.Diff(area, rows[4+reached60()]); diff != "" {
		t.Error(diff)
	}
}

// TestResultsCSVRunsNothing keeps a text from being taken for a formula, and
// leaves numbers alone.
func TestResultsCSVRunsNothing(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+46": "'+46", "-x": "'-x", "@SUM": "'@SUM", "\tx": "'\tx", "\rx": "'\rx", "Håbo": "Håbo",
		"": "", "a=b": "a=b",
	} {
		if got := inert(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	rep := publishedReport(t)
	rep.Profiles[0].Figures = []results.Figure{{Measure: "phone_reached_60", Value: results.Value{Result: known(-1.5)}}}
	var b bytes.Buffer
	if err := WriteResultsCSV(&b, rep, "0180"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), ",'=Stockholm,") || !strings.Contains(b.String(), ",-1.5,") {
		t.Error(b.String())
	}
}
