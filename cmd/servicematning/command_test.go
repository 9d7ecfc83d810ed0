package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const samples = "../../internal/export/testdata/hultsfred/"

// shell runs commands against one database.
type shell struct {
	t        *testing.T
	database string
	now      time.Time
}

func newShell(t *testing.T) *shell {
	t.Helper()
	return &shell{
		t:        t,
		database: filepath.Join(t.TempDir(), "test.db"),
		now:      time.Date(2026, 10, 26, 9, 0, 0, 0, time.UTC),
	}
}

// run gives the exit status and what was written.
func (s *shell) run(stdin string, args ...string) (code int, out, errs string) {
	s.t.Helper()
	var o, e bytes.Buffer
	code = run(s.t.Context(), args, environment{
		In: strings.NewReader(stdin), Out: &o, Err: &e, Now: func() time.Time { return s.now },
		Getenv: func(name string) string {
			if name == "SERVICEMATNING_DATABASE" {
				return s.database
			}
			return ""
		},
	})
	return code, o.String(), e.String()
}

// ok runs a command that must succeed and gives its output.
func (s *shell) ok(args ...string) string {
	s.t.Helper()
	code, out, errs := s.run("", args...)
	if code != exitDone {
		s.t.Fatalf("%v: status %d: %s", args, code, errs)
	}
	return out
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// hultsfred is the published result, imported.
func hultsfred(t *testing.T) *shell {
	s := newShell(t)
	s.ok("round", "create", "2019", "--from", "2019-10-21", "--to", "2019-11-22")
	s.ok("import", "participants", samples+"participants.csv", "--round", "2019")
	s.ok("import", "questions", samples+"questions.csv", "--round", "2019")
	s.ok("import", "contacts", samples+"contacts.csv", "--round", "2019")
	return s
}

// published are figures that the municipality itself published, and others
// worked out by hand from the same contacts.
var published = map[string]struct {
	base, count int
	value       float64
}{
	"phone_reached_60":      {120, 97, 80.8333},
	"phone_answer_time":     {120, -1, 12},
	"phone_information":     {114, 106, 92.9825},
	"phone_interest":        {114, 106, 92.9825},
	"phone_treatment":       {114, 114, 100},
	"phone_treatment_index": {114, -1, 90.0585},
	"email_replied_1d":      {120, 113, 94.1667},
	"email_reply_time_mean": {116, -1, 2.0690},
	"email_information":     {116, 67, 57.7586},
	"phone_impression":      {-1, -1, 87.4481},
	"email_impression":      {-1, -1, 91.9138},
	"overall_impression":    {-1, -1, 89.6809},
}

func TestHultsfredAsJSON(t *testing.T) {
	out := hultsfred(t).ok("results", "--round", "2019", "--municipality", "0860", "--format", "json")
	var rep struct {
		Participants   int
		Municipalities []struct {
			Code     string
			Measures []struct {
				Code        string
				Base, Count *int
				Value       *float64
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatal(err)
	}
	if rep.Participants != 1 || len(rep.Municipalities) != 1 || len(rep.Municipalities[0].Measures) != 27 {
		t.Fatalf("%d participants, %d municipalities", rep.Participants, len(rep.Municipalities))
	}
	found := 0
	for _, m := range rep.Municipalities[0].Measures {
		want, ok := published[m.Code]
		if !ok {
			continue
		}
		found++
		if m.Value == nil || math.Abs(*m.Value-want.value) > 0.00005 {
			t.Errorf("%s: %v, want %v", m.Code, m.Value, want.value)
		}
		if number(m.Base) != want.base || number(m.Count) != want.count {
			t.Errorf("%s: %d of %d, want %d of %d", m.Code, number(m.Count), number(m.Base), want.count, want.base)
		}
	}
	if found != len(published) {
		t.Errorf("%d of %d figures found", found, len(published))
	}
}

func number(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}

func TestHultsfredAsCSVAndTable(t *testing.T) {
	s := hultsfred(t)
	rows, err := csv.NewReader(strings.NewReader(s.ok("results", "--round", "2019", "--format", "csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	seen := false
	for _, r := range rows[1:] {
		if r[at["measure"]] == "email_information" && r[at["area"]] == "" {
			seen = true
			if r[at["base"]] != "116" || r[at["count"]] != "67" || !strings.HasPrefix(r[at["value"]], "57.7586") {
				t.Errorf("email_information: %v", r)
			}
		}
	}
	if !seen {
		t.Error("email_information is not in the CSV")
	}
	if table := s.ok("results", "--round", "2019", "--municipality", "0860"); !strings.Contains(table, "57,8 %") {
		t.Errorf("the table lacks 57,8 %%:\n%s", table)
	}
}

func TestExportThenImportGivesTheSameResults(t *testing.T) {
	s := hultsfred(t)
	file := filepath.Join(t.TempDir(), "out.csv")
	s.ok("export", "contacts", "--round", "2019", "--output", file)
	before := s.ok("results", "--round", "2019", "--format", "json")

	other := newShell(t)
	other.ok("round", "create", "2019", "--from", "2019-10-21", "--to", "2019-11-22")
	other.ok("import", "participants", samples+"participants.csv", "--round", "2019")
	other.ok("import", "questions", samples+"questions.csv", "--round", "2019")
	other.ok("import", "contacts", file, "--round", "2019")
	if after := other.ok("results", "--round", "2019", "--format", "json"); after != before {
		t.Error("results differ after export and import")
	}
	if again := other.ok("export", "contacts", "--round", "2019"); again != read(t, file) {
		t.Error("exporting again gives another file")
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	s := hultsfred(t)
	for kind, file := range map[string]string{"participants": "participants.csv", "questions": "questions.csv", "contacts": "contacts.csv"} {
		before := s.ok("export", "contacts", "--round", "2019")
		out := s.ok("import", kind, samples+file, "--round", "2019")
		if kind == "contacts" && !strings.Contains(out, "0 nya eller ändrade") {
			t.Errorf("contacts again: %s", out)
		}
		if after := s.ok("export", "contacts", "--round", "2019"); after != before {
			t.Errorf("importing %s again changed the contacts", kind)
		}
	}
}

func TestABadFileChangesNothing(t *testing.T) {
	s := hultsfred(t)
	before := s.ok("export", "contacts", "--round", "2019")
	bad := filepath.Join(t.TempDir(), "bad.csv")
	text := strings.Replace(
		read(t, samples+"contacts.csv"),
		",good,good,good,very_good,",
		",bra,good,good,very_good,",
		1,
	)
	text = strings.Replace(text, "0860,phone,BYGG2,1,", "0860,phone,BYGG9,1,", 1)
	if err := os.WriteFile(bad, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := s.run("", "import", "contacts", bad, "--round", "2019")
	if code != exitFailed || !strings.Contains(errs, "bad.csv:2: answer: ") ||
		!strings.Contains(errs, "bad.csv:4: question: ") {
		t.Errorf("status %d:\n%s", code, errs)
	}
	if after := s.ok("export", "contacts", "--round", "2019"); after != before {
		t.Error("a file with bad lines changed the round")
	}
}

func TestExitStatus(t *testing.T) {
	s := hultsfred(t)
	s.ok("round", "create", "tom", "--from", "2019-10-21", "--to", "2019-11-22")
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"help", []string{"--help"}, exitDone, ""},
		{"help of a command", []string{"round", "create", "--help"}, exitDone, ""},
		{"unknown command", []string{"rund"}, exitUsage, "rund finns inte"},
		{"unknown flag", []string{"round", "list", "--x"}, exitUsage, "--x finns inte"},
		{"missing flag", []string{"results"}, exitUsage, "--round"},
		{"format of a later version", []string{"results", "--round", "2019", "--format", "xlsx"}, exitUsage, "xlsx"},
		{"bad date", []string{"round", "create", "x", "--from", "igår", "--to", "2026-01-01"}, exitUsage, "igår är ingen dag"},
		{"period backwards", []string{"round", "create", "x", "--from", "2026-02-01", "--to", "2026-01-01"}, exitFailed, "före den första"},
		{"code taken", []string{"round", "create", "2019", "--from", "2019-10-21", "--to", "2019-11-22"}, exitFailed, "finns redan"},
		{"no such round", []string{"results", "--round", "1999"}, exitFailed, "Omgång 1999 finns inte"},
		{"no such municipality", []string{"results", "--round", "2019", "--municipality", "9999"}, exitFailed, "9999 deltar inte"},
		{"no such file", []string{"import", "contacts", "/nope.csv", "--round", "2019"}, exitFailed, "/nope.csv: filen går inte att läsa"},
		{"output folder missing", []string{"results", "--round", "2019", "--output", "/nope/x.txt"}, exitFailed, "/nope/x.txt"},
		{"plan without participants", []string{"plan", "--round", "tom"}, exitFailed, "inga deltagande kommuner"},
		{"publish before closing", []string{"round", "publish", "2019", "--by", "skr@example.se", "--audience", "own"}, exitFailed, "inte stängd"},
		{"unknown audience", []string{"round", "publish", "2019", "--by", "skr@example.se", "--audience", "alla"}, exitUsage, "alla"},
		{"unknown waiver", []string{"round", "close", "2019", "--by", "skr@example.se", "--waive", "allt=x"}, exitFailed, "allt"},
		{"reader without municipality", []string{"user", "add", "--email", "a@example.se", "--name", "A", "--role", "reader", "--password-stdin"}, exitUsage, "--municipality"},
		{"no password", []string{"user", "add", "--email", "a@example.se", "--name", "A", "--role", "lead", "--password-stdin"}, exitFailed, "lösenord"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, _, errs := s.run("", tt.args...)
			if code != tt.code || !strings.Contains(errs, tt.says) {
				t.Errorf("status %d, want %d; said %q, want %q in it", code, tt.code, errs, tt.says)
			}
			if code == exitFailed && strings.Count(errs, "\n") != 1 {
				t.Errorf("a failure is one line, got %q", errs)
			}
		})
	}
}

func TestATroubledDatabaseIsNamedInSwedish(t *testing.T) {
	dir := t.TempDir()
	scrap := filepath.Join(dir, "skrap.db")
	if err := os.WriteFile(scrap, []byte(strings.Repeat("ingen databas ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for database, want := range map[string]string{
		filepath.Join(dir, "saknas", "x.db"):     "mappen finns inte",
		scrap:                                    "är ingen databas",
		"postgres://nobody:secret@127.0.0.1:1/x": "svarar inte",
	} {
		s := newShell(t)
		s.database = database
		code, _, errs := s.run("", "round", "list")
		if code != exitFailed || !strings.Contains(errs, want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: status %d, %q", database, code, errs)
		}
		for _, english := range []string{"no such file", "not a database", "refused", "secret"} {
			if strings.Contains(errs, english) {
				t.Errorf("%s: %q holds %q", database, errs, english)
			}
		}
	}
}

func TestAccountsFromTheCommandLine(t *testing.T) {
	s := newShell(t)
	add := []string{
		"user",
		"add",
		"--email",
		"SKR@example.se",
		"--name",
		"Henrik Ståhl",
		"--role",
		"commissioner",
		"--password-stdin",
	}
	if code, _, errs := s.run("kort\n", add...); code != exitFailed {
		t.Errorf("a short password: status %d, %s", code, errs)
	}
	if code, out, errs := s.run("ett långt lösenord\n", add...); code != exitDone {
		t.Fatalf("status %d: %s %s", code, out, errs)
	}
	if list := s.ok("user", "list"); !strings.Contains(list, "skr@example.se\tHenrik Ståhl\tcommissioner") {
		t.Errorf("list: %s", list)
	}
	s.ok("user", "disable", "skr@example.se")
	if list := s.ok("user", "list"); !strings.Contains(list, "avstängt") {
		t.Errorf("list: %s", list)
	}
}

func TestOnlyACommissionerClosesWhereThereIsOne(t *testing.T) {
	s := hultsfred(t)
	s.run(
		"ett långt lösenord\n",
		"user",
		"add",
		"--email",
		"skr@example.se",
		"--name",
		"Henrik",
		"--role",
		"commissioner",
		"--password-stdin",
	)
	if code, _, errs := s.run("", "round", "close", "2019", "--by", "annan@example.se"); code != exitFailed {
		t.Errorf("status %d: %s", code, errs)
	}
	if out := s.ok("round", "close", "2019", "--by", "skr@example.se"); !strings.Contains(out, "sha256") {
		t.Errorf("closing says %q", out)
	}
	s.ok("round", "publish", "2019", "--by", "skr@example.se", "--audience", "own,peers")
	if code, _, _ := s.run("", "import", "contacts", samples+"contacts.csv", "--round", "2019"); code != exitFailed {
		t.Error("importing into a closed round went through")
	}
	if out := s.ok("results", "--round", "2019", "--format", "json"); !strings.Contains(out, `"stage":"published"`) {
		t.Error("a closed round gives no figures")
	}
}
