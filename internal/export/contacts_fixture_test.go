package export

import (
	"bytes"
	"encoding/csv"
	"io"
	"maps"
	"strings"
	"testing"

	"servicematning/internal/survey"
)

// cells are what a line says, by column.
type cells map[string]string

// but changes some cells: but("outcome", "busy", "answer", "").
func (c cells) but(pairs ...string) cells {
	out := maps.Clone(c)
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

// reachedCall is a whole call, missedCall one that nobody answered.
var (
	reachedCall = cells{
		"municipality": "0860", "channel": "phone", "question": "BYGG1", "replicate": "1",
		"evaluator": "Maja@example.se", "planned_at": "2026-10-20T09:00:00+02:00", "disposition": "completed",
		"outcome": "reached", "dialled_at": "2026-10-20T09:00:05+02:00", "answered_at": "2026-10-20T09:00:15+02:00",
		"connected_at": "2026-10-20T09:00:45.5+02:00", "ended_at": "2026-10-20T09:03:00+02:00",
		"answer": "good", "information": "fair", "interest": "poor", "treatment": "very_good",
		"greeting": "municipality+hello", "suspected": "false", "comment": "Vänlig, men \"kort\"",
	}
	missedCall = cells{
		"municipality": "0860", "channel": "phone", "question": "BYGG1", "replicate": "1", "evaluator": "maja@example.se",
		"disposition": "no_contact", "outcome": "busy",
		"dialled_at": "2026-10-20T09:00:00+02:00", "ended_at": "2026-10-20T09:01:00+02:00",
	}
	repliedMail = cells{
		"municipality": "0860", "channel": "email", "question": "BYGG1", "replicate": "1",
		"evaluator": "bo@example.se", "planned_at": "2026-10-20T14:00:00+02:00", "disposition": "completed",
		"sent_at": "2026-10-20T14:00:00+02:00", "auto_reply_at": "2026-10-20T14:01:00+02:00",
		"first_reply_at": "2026-10-21T14:00:00+02:00", "complete_reply_at": "2026-10-22T08:00:00+02:00",
		"answer": "good", "information": "poor", "treatment": "fair", "sender": "name+phone", "comment": "Tack!",
	}
	silentMail = cells{
		"municipality": "0860", "channel": "email", "question": "BYGG1", "replicate": "1",
		"disposition": "no_reply", "sent_at": "2026-10-20T14:00:00+02:00",
	}
	plannedCall = cells{
		"municipality": "0860", "channel": "phone", "question": "BYGG1", "replicate": "1",
		"evaluator": "maja@example.se", "planned_at": "2026-10-20T09:00:00+02:00",
	}
	plannedMail = plannedCall.but("channel", "email")
)

// second is another attempt an hour later.
var second = cells{
	"attempt": "2", "dialled_at": "2026-10-20T10:00:00+02:00", "answered_at": "", "connected_at": "",
	"ended_at": "2026-10-20T10:01:00+02:00",
}

// with lays one line's cells over another's.
func (c cells) with(over cells) cells {
	out := maps.Clone(c)
	maps.Copy(out, over)
	return out
}

// contactFile writes lines as a file. The attempt column is there when a line has it.
func contactFile(t testing.TB, ls ...cells) io.Reader {
	t.Helper()
	columns := contactColumns.needed
	for _, l := range ls {
		if _, ok := l["attempt"]; ok {
			columns = writtenColumns
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{columns}
	for _, l := range ls {
		row := make([]string, len(columns))
		for i, column := range columns {
			row[i] = l[column]
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return strings.NewReader(b.String())
}

func readContacts(t testing.TB, s survey.Setup, ls ...cells) ([]survey.Contact, error) {
	t.Helper()
	return ReadContacts(contactFile(t, ls...), "f.csv", s, later)
}
