package export

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/results"
)

func resultTable(t *testing.T, rep results.Report, municipality string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteResultsTable(&b, rep, municipality); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTables compares with the tables as they should look, å, ä and ö in line.
func TestTables(t *testing.T) {
	for municipality, golden := range map[string]string{"0305": "profile.txt", "": "overview.txt"} {
		want, err := os.ReadFile(filepath.Join("testdata", golden))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), resultTable(t, publishedReport(t), municipality)); diff != "" {
			t.Errorf("%s: %s", golden, diff)
		}
	}
}

// TestMeasuresWithoutAPreviousRound have no column for it.
func TestMeasuresWithoutAPreviousRound(t *testing.T) {
	rep := publishedReport(t)
	for i := range rep.Profiles[1].Figures {
		rep.Profiles[1].Figures[i].Previous = nil
	}
	if head := strings.Split(resultTable(t, rep, "0305"), "\n")[3]; !strings.HasSuffix(head, "Gruppen") {
		t.Errorf("header ends %q", head)
	}
	rep.Profiles = rep.Profiles[1:]
	if line := strings.Split(resultTable(t, rep, ""),
		"\n")[0]; line != "Omgång 2019, stängd. 1 kommun. Samtal och E-brev är antalet "+
		"kontakter som räknas." {
		t.Error(line)
	}
}

func TestUnits(t *testing.T) {
	for unit, want := range map[results.Unit]string{
		results.Percent: "2,5 %", results.Seconds: "2,5 s", results.Hours: "2,5 h", results.Points: "2,5",
	} {
		if got := withUnit(known(2.5), unit); got != want {
			t.Errorf("%s: %s, want %s", unit, got, want)
		}
	}
}

func TestNumbersInTables(t *testing.T) {
	for _, c := range []struct {
		value      float64
		want, sign string
	}{
		{83.3333, "83,3", "+83,3"}, {0, "0,0", "0,0"}, {-0.04, "0,0", "0,0"}, {0.04, "0,0", "0,0"},
		{-5.62, "−5,6", "−5,6"}, {100, "100,0", "+100,0"},
	} {
		if got := oneDecimal(c.value); got != c.want {
			t.Errorf("%v is written %s, want %s", c.value, got, c.want)
		}
		if got := signed(c.value); got != c.sign {
			t.Errorf("%v is written %s with its sign, want %s", c.value, got, c.sign)
		}
	}
}
