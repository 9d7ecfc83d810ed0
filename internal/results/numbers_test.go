package results

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTablesOfNumbers(t *testing.T) {
	unknown := Optional{}
	for _, tc := range []struct {
		table table
		text  string
	}{
		{table{}, "[]"},
		{table{{}}, "[[]]"},
		{table{{known(0), unknown, known(-1)}, {}, {known(2.5)}}, "[[0,null,-1],[],[2.5]]"},
		{table{{known(100.0 / 3), known(1e-7)}}, "[[33.333333333333336,0.0000001]]"},
		{table{{known(123456789), known(1234567890), known(math.MaxInt64)}}, "[[123456789,1234567890,9223372036854776000]]"},
		{table{{known(1e300), known(math.SmallestNonzeroFloat64), known(math.MaxFloat64)}}, ""},
	} {
		data, err := json.Marshal(tc.table)
		if err != nil {
			t.Fatal(err)
		}
		if tc.text != "" && string(data) != tc.text {
			t.Errorf("%v is written %s, want %s", tc.table, data, tc.text)
		}
		var got table
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if len(got)+len(tc.table) > 0 && !cmp.Equal(got, tc.table) {
			t.Errorf("%s is read as %v, want %v", data, got, tc.table)
		}
	}
	// Unknown numbers at the end are not written; they are read as unknown.
	data, err := json.Marshal(table{{known(1), unknown, unknown}})
	if err != nil || string(data) != "[[1]]" {
		t.Errorf("%s, %v", data, err)
	}
	if r := (row{known(1)}); r.at(2).Known || r.int(2) != 0 || r.int(0) != 1 {
		t.Errorf("beyond the end of a row: %v", r.at(2))
	}
}
