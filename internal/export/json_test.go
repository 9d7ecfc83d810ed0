package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

func resultsJSON(t testing.TB, rep results.Report, municipality string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteResultsJSON(&b, rep, municipality); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestResultsJSON compares the text itself: names, order, nulls and precision
// are a promise to those who read it.
func TestResultsJSON(t *testing.T) {
	lines := strings.Split(resultsJSON(t, publishedReport(t), "0305"), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines, want head, municipality, tail and the end", len(lines))
	}
	formula := func(code string) string {
		m, _ := results.MeasureByCode(code)
		return m.Formula
	}
	want := []string{
		`{"round":"2019","revision":2,"definitions":"2019","stage":"closed","participants":2,"municipalities":[`,
		`{"code":"0305","name":"Håbo","size_class":"20000-29999","county_code":"03","measures":[` +
			`{"code":"phone_reached_60","base":120,"count":100,"value":83.33333333333333,"unit":"percent","low":75.7,` +
			`"high":88.9,` +
			`"place":9,"of":147,"place_low":null,"place_high":null,"quartile":"best",` +
			`"means":{"all":58.1,"size_class":52.4,"county":60.2,"skr_group":55},` +
			`"previous":{"round":"2018","value":79.2,"comparable":true,"change":4.1,"low":-5.6,"high":13.8},` +
			`"county_place":2,"county_of":5,"class_place":1,"class_of":20,"small":false,"rescaled":false,"formula":"` +
			formula("phone_reached_60") + `"},` +
			`{"code":"phone_answer_time","base":20,"count":null,"value":12,"unit":"seconds","low":null,"high":null,` +
			`"place":null,"of":null,"place_low":null,"place_high":null,"quartile":null,` +
			`"means":{"all":null,"size_class":null,"county":null,"skr_group":null},` +
			`"previous":{"round":"2018","value":10,"comparable":false,"change":null,"low":null,"high":null},` +
			`"county_place":null,"county_of":null,"class_place":null,"class_of":null,"small":true,"rescaled":false,` +
			`"formula":"` + formula("phone_answer_time") + `"},` +
			`{"code":"email_answer","base":0,"count":0,"value":null,"unit":"percent","low":null,"high":null,` +
			`"place":null,"of":null,"place_low":null,"place_high":null,"quartile":null,` +
			`"means":{"all":null,"size_class":null,"county":null,"skr_group":null},` +
			`"previous":{"round":"2018","value":null,"comparable":true,"change":null,"low":null,"high":null},` +
			`"county_place":null,"county_of":null,"class_place":null,"class_of":null,"small":false,"rescaled":false,` +
			`"formula":"` + formula("email_answer") + `"},` +
			`{"code":"overall_impression","base":null,"count":null,"value":89.68,"unit":"points","low":null,"high":null,` +
			`"place":1,"of":2,"place_low":null,"place_high":null,"quartile":null,` +
			`"means":{"all":null,"size_class":null,"county":null,"skr_group":null},` +
			`"county_place":null,"county_of":null,"class_place":null,"class_of":null,"small":false,"rescaled":true,` +
			`"formula":"` + formula("overall_impression") + `"}],`,
		"]," + `"weights":{"phone":[{"measure":"phone_reached_60","points":20}],"email":[],"phone_share":50,` +
			`"email_share":50},"measures":[`,
		"",
	}
	for i, line := range lines {
		if !strings.HasPrefix(line, want[i]) {
			t.Errorf("line %d:\n%s", i+1, cmp.Diff(want[i], line[:min(len(line), len(want[i]))]))
		}
	}
	end := `"county":"Uppsala län","skr_group_code":"A2","skr_group":"Pendlingskommun nära storstad","population":22720,` +
		`"contacts":{"phone":120,"email":119},"distributions":[{"channel":"phone","criterion":"answer",` +
		`"title":"Svar på frågan","base":3,` +
		`"levels":[{"level":"good","count":3},{"level":"poor","count":0}]}],"answer_times":[{"class":"≤ 30 s","count":7}]}`
	if !strings.HasSuffix(lines[1], end) {
		t.Errorf("the municipality ends …%s", lines[1][len(lines[1])-len(end):])
	}
	area := `{"code":"phone_reached_60","base":12,"count":6,"value":50,"unit":"percent","low":25.4,"high":74.6,` +
		`"means":{"all":61.25},"rescaled":false}`
	if !strings.Contains(lines[1], `"areas":[{"area":"bygglov","measures":[`) || !strings.Contains(lines[1], area) {
		t.Errorf("no area with %s", area)
	}
}

func TestResultsJSONOfAll(t *testing.T) {
	var all struct {
		Participants   int
		Municipalities []struct{ Code string }
		Measures       []struct{ Code, Title, Unit, Better, Formula string }
	}
	if err := json.Unmarshal([]byte(resultsJSON(t, publishedReport(t), "")), &all); err != nil {
		t.Fatal(err)
	}
	if all.Participants != 2 || len(all.Municipalities) != 2 || all.Municipalities[1].Code != "0305" {
		t.Errorf("%+v", all)
	}
	if len(all.Measures) != len(results.Measures()) || all.Measures[4].Better != "low" ||
		all.Measures[0].Better != "high" {
		t.Errorf("measures: %+v", all.Measures)
	}
	none := resultsJSON(t, results.Report{Round: "<2026>"}, "")
	if err := json.Unmarshal([]byte(none), &all); err != nil || !strings.Contains(none, `{"round":"<2026>"`) ||
		!strings.Contains(none, "\"municipalities\":[\n]") {
		t.Errorf("a round without participants: %v\n%s", err, none)
	}
}

// TestUnknownMunicipality is the same refusal in every format.
func TestUnknownMunicipality(t *testing.T) {
	for name, write := range map[string]func(io.Writer, results.Report, string) error{
		"json": WriteResultsJSON, "csv": WriteResultsCSV, "table": WriteResultsTable,
	} {
		var b bytes.Buffer
		err := write(&b, publishedReport(t), "305")
		if !errors.Is(err, survey.ErrNotFound) || err.Error() != "Kommunen ”305” deltar inte i omgång 2019. Skriv koden "+
			"med fyra siffror, 0305." {
			t.Errorf("%s: %v", name, err)
		}
		if b.Len() > 0 {
			t.Errorf("%s: something was written: %s", name, b.String())
		}
		wrong := errors.New("wrong")
		if err := write(full{wrong}, publishedReport(t), "0305"); !errors.Is(err, wrong) {
			t.Errorf("%s to a full disk: %v", name, err)
		}
	}
}
