package export

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"servicematning/internal/survey"
)

// FuzzRead gives any bytes to every reader. None may panic, and each gives
// either values or FileErrors whose lines are in the file. Contacts that are
// accepted must go out and come back the same.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"assignments", "contacts", "evaluators", "participants", "questions"} {
		data, err := os.ReadFile(filepath.Join("testdata", "hultsfred", name+".csv"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(bytes.Join(bytes.SplitAfterN(data, []byte("\n"), 6)[:2], nil))
	}
	f.Add([]byte("\ufeff" + strings.ReplaceAll(townHeader+"\r\n"+habo+"\r\n\r\n", ",", ";")))
	f.Add([]byte("code\n\"a\n\x00\"b,\xff"))
	s := hultsfred(f)
	read := map[string]func(testing.TB, []byte) (int, error){
		"municipalities": func(_ testing.TB, b []byte) (int, error) {
			v, err := ReadMunicipalities(bytes.NewReader(b), "f")
			return len(v), err
		},
		"participants": func(_ testing.TB, b []byte) (int, error) {
			v, err := ReadParticipants(bytes.NewReader(b), "f", survey.BundledMunicipalities(), s)
			return len(v), err
		},
		"questions": func(_ testing.TB, b []byte) (int, error) {
			v, err := ReadQuestions(bytes.NewReader(b), "f", s.Round.Design)
			return len(v), err
		},
		"evaluators": func(_ testing.TB, b []byte) (int, error) {
			v, err := ReadEvaluators(bytes.NewReader(b), "f", s)
			return len(v), err
		},
		"assignments": func(_ testing.TB, b []byte) (int, error) {
			v, err := ReadAssignments(bytes.NewReader(b), "f", s)
			return len(v), err
		},
		"contacts": func(t testing.TB, b []byte) (int, error) {
			v, err := ReadContacts(bytes.NewReader(b), "f", s, later)
			if err == nil {
				sameAgain(t, s, v)
			}
			return len(v), err
		},
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for kind, from := range read {
			n, err := from(t, data)
			var errs FileErrors
			switch {
			case err == nil && n == 0:
				t.Errorf("%s: neither values nor errors", kind)
			case err == nil:
			case n > 0 || !errors.As(err, &errs):
				t.Errorf("%s: %d values and %T", kind, n, err)
			}
			for _, l := range errs.Lines {
				if l.Line < 1 || l.Line > 1+bytes.Count(data, []byte("\n")) || l.Message == "" {
					t.Errorf("%s: %+v", kind, l)
				}
			}
		}
	})
}

// sameAgain exports contacts, sorted as a store gives them, reads them and
// exports them again.
func sameAgain(t testing.TB, s survey.Setup, cs []survey.Contact) {
	t.Helper()
	once := export(t, s, cs)
	again, err := ReadContacts(bytes.NewReader(once), "f", s, later)
	if err != nil {
		t.Fatalf("the export is refused: %v\n%s", err, once)
	}
	if twice := export(t, s, again); !bytes.Equal(once, twice) {
		t.Fatalf("first export:\n%s\nsecond:\n%s", once, twice)
	}
}

// FuzzContactCell puts any text into one cell of lines that are otherwise right.
func FuzzContactCell(f *testing.F) {
	for i, seed := range []string{
		"", "2", "void", "reached", "fault", "good", "2026-10-20T09:00:20.5+02:00", "2026-10-20T09:00:20",
		"2018-01-01T00:00:00Z",
		"\r\r\n", "municipality+name", "true", "0305", "email", "phone", "3", "99", "2026-11-21T00:00:00.000000001+01:00",
	} {
		f.Add(uint8(i*3), seed, uint8(i*5), "")
	}
	s := round2026(f)
	f.Fuzz(func(t *testing.T, column uint8, text string, column2 uint8, text2 string) {
		all := writtenColumns
		for _, l := range []cells{reachedCall, missedCall, repliedMail, plannedCall, plannedMail} {
			l = l.but(all[int(column)%len(all)], text, all[int(column2)%len(all)], text2)
			cs, err := readContacts(t, s, l, l.with(second))
			if err == nil {
				sameAgain(t, s, cs)
			}
			cs, err = readContacts(t, s, l)
			if err == nil {
				sameAgain(t, s, cs)
			}
			var errs FileErrors
			if err != nil && !errors.As(err, &errs) || err == nil && len(cs) != 1 {
				t.Errorf("%d contacts, %v", len(cs), err)
			}
		}
	})
}
