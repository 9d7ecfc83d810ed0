package export

import (
	"encoding/csv"
	"io"
	"strconv"

	"servicematning/internal/survey"
)

// ProgressRow is one channel of one line of a round's progress.
type ProgressRow struct {
	Grouping  string // "municipality", "area", "evaluator", "week" or "day"
	Key, Name string
	Channel   survey.Channel
	Planned   int // live contacts
	Expected  int // of them, planned before the moment of counting
	Made      int // calls finished, e-mails sent
	Begun     int
	Finished  int
	Approved  int
	Returned  int
	Void      int
}

var progressColumns = []string{
	"grouping", "key", "name", "channel", "planned", "expected", "made", "begun", "finished", "approved", "returned", "void",
}

// WriteProgressCSV writes the rows in the order they have.
func WriteProgressCSV(w io.Writer, rows []ProgressRow) error {
	out := csv.NewWriter(w)
	if err := out.Write(progressColumns); err != nil {
		return err
	}
	for _, r := range rows {
		cells := []string{r.Grouping, inert(r.Key), inert(r.Name), string(r.Channel)}
		for _, n := range []int{r.Planned, r.Expected, r.Made, r.Begun, r.Finished, r.Approved, r.Returned, r.Void} {
			cells = append(cells, strconv.Itoa(n))
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
