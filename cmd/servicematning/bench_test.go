package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"servicematning/internal/surveytest"
	"time"
)

// The figures that the design is held to, with a round of 69,600 contacts.

// benchDemo makes one demonstration for all benchmarks of this file.
func benchDemo(b *testing.B) (database string, passwords map[string]string) {
	b.Helper()
	dir := b.TempDir()
	var out, errs bytes.Buffer
	code := run(b.Context(), []string{"demo", "--no-serve", "--dir", dir}, environment{
		In: strings.NewReader(""), Out: &out, Err: &errs, Getenv: func(string) string { return "" },
	})
	if code != exitDone {
		b.Fatal(errs.String())
	}
	passwords = map[string]string{}
	for _, m := range regexp.MustCompile(`(\S+@example\.se)\s+(\S+)`).FindAllStringSubmatch(out.String(), -1) {
		passwords[m[1]] = m[2]
	}
	return filepath.Join(dir, "servicematning.db"), passwords
}

// command runs one command against a database.
func command(b *testing.B, database string, out io.Writer, args ...string) {
	b.Helper()
	var errs bytes.Buffer
	code := run(b.Context(), append([]string{"--database", database}, args...), environment{
		In: strings.NewReader(""), Out: out, Err: &errs, Getenv: func(string) string { return "" },
	})
	if code != exitDone {
		b.Fatal(args, errs.String())
	}
}

// newestRound is the code of the demonstration's round in the field.
func newestRound(b *testing.B, database string) string {
	var list bytes.Buffer
	command(b, database, &list, "round", "list")
	code, _, _ := strings.Cut(list.String(), "\t")
	return code
}

// BenchmarkCommands measures commands as a shell runs them: demo, results as
// JSON, an import of 36,000 contacts, and the plan of a full round.
func BenchmarkCommands(b *testing.B) {
	b.Run("demo", func(b *testing.B) {
		for b.Loop() {
			benchDemo(b)
		}
	})
	database, _ := benchDemo(b)
	round := newestRound(b, database)
	b.Run("results", func(b *testing.B) {
		for b.Loop() {
			command(b, database, io.Discard, "results", "--round", round, "--format", "json")
		}
	})
	b.Run("import36000", func(b *testing.B) { benchImport(b, database, round) })
	b.Run("plan", benchPlan)
}

// benchPlan plans all 290 municipalities with 40 evaluators who take all areas.
func benchPlan(b *testing.B) {
	set, dir := surveytest.FullSetup(), b.TempDir()
	files := map[string]string{
		"participants": "municipality,phone,email\n",
		"evaluators":   "email,name,from,to,calls_per_day,emails_per_day\n",
		"assignments":  "area,evaluator\n",
	}
	for _, p := range set.Participants {
		files["participants"] += fmt.Sprintf("%s,%s,%s\n", p.Code, p.Phone, p.Email)
	}
	for _, e := range set.Evaluators {
		files["evaluators"] += fmt.Sprintf("%s,%s,,,%d,%d\n", e.Email, e.Name, e.CallsPerDay, e.EmailsPerDay)
	}
	for _, a := range set.Assignments {
		files["assignments"] += fmt.Sprintf("%s,%s\n", a.Area, a.Evaluator)
	}
	database := filepath.Join(dir, "plan.db")
	command(b, database, io.Discard, "round", "create", "2026", "--from", "2026-10-19", "--to", "2026-11-20")
	for _, what := range []string{"participants", "evaluators", "assignments"} {
		file := filepath.Join(dir, what+".csv")
		if err := os.WriteFile(file, []byte(files[what]), 0o600); err != nil {
			b.Fatal(err)
		}
		command(b, database, io.Discard, "import", what, file, "--round", "2026")
	}
	b.ReportAllocs()
	for b.Loop() {
		command(b, database, io.Discard, "plan", "--round", "2026", "--json")
	}
}

// benchImport exports 150 municipalities of the round and imports them again.
func benchImport(b *testing.B, database, round string) {
	var all bytes.Buffer
	command(b, database, &all, "export", "contacts", "--round", round)
	lines := strings.SplitAfter(all.String(), "\n")
	contacts := filepath.Join(b.TempDir(), "contacts.csv")
	text := strings.Join(lines[:1+150*240], "")
	if err := os.WriteFile(contacts, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	participants := filepath.Join(b.TempDir(), "participants.csv")
	rows := map[string]bool{}
	file := "municipality,phone,email\n"
	for _, l := range lines[1 : 1+150*240] {
		if code := l[:4]; !rows[code] {
			rows[code] = true
			file += fmt.Sprintf("%s,0701740605,k%s@example.se\n", code, code)
		}
	}
	if err := os.WriteFile(participants, []byte(file), 0o600); err != nil {
		b.Fatal(err)
	}
	from, to := benchPeriod(b, database, round)
	for b.Loop() {
		b.StopTimer()
		empty := filepath.Join(b.TempDir(), "empty.db")
		command(b, empty, io.Discard, "round", "create", round, "--from", from, "--to", to)
		command(b, empty, io.Discard, "import", "participants", participants, "--round", round)
		b.StartTimer()
		command(b, empty, io.Discard, "import", "contacts", contacts, "--round", round)
	}
}

func benchPeriod(b *testing.B, database, round string) (from, to string) {
	var list bytes.Buffer
	command(b, database, &list, "round", "list")
	m := regexp.MustCompile(regexp.QuoteMeta(round) + `\t\S+\t(\d{4}-\d\d-\d\d)–(\d{4}-\d\d-\d\d)`).FindStringSubmatch(list.String())
	if m == nil {
		b.Fatal(list.String())
	}
	return m[1], m[2]
}

// BenchmarkServing starts the built program on a full round, opens every kind
// of page and reports what the process holds: MiB-rss, and MiB-peak.
func BenchmarkServing(b *testing.B) {
	database, passwords := benchDemo(b)
	round := newestRound(b, database)
	binary := filepath.Join(b.TempDir(), "servicematning")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatal(string(out))
	}
	ctx, stop := context.WithCancel(b.Context())
	const addr = "127.0.0.1:18931"
	server := exec.CommandContext(ctx, binary, "serve", "--database", database, "--addr", addr)
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		stop()
		_ = server.Wait() // killed
	}()
	lead := "/omgangar/" + round
	visits := map[string][]string{
		"maja.lindqvist@example.se": {"/min-dag", "/samtal", "/e-post"},
		"sofia.bjork@example.se":    {lead, lead + "/framsteg", lead + "/tilldelning", lead + "/plan", lead + "/kontakter"},
		"henrik.stahl@example.se":   {lead + "/resultat", lead + "/resultat/0305", lead + "/avslut"},
		"habo.lasare@example.se":    {"/kommun"},
	}
	clients := map[string]*http.Client{}
	for who := range visits {
		clients[who] = logIn(b, "http://"+addr, who, passwords[who])
	}
	for b.Loop() {
		for who, paths := range visits {
			for _, path := range paths {
				visit(b, clients[who], "http://"+addr+path)
			}
		}
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", server.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	for name, unit := range map[string]string{"VmRSS": "MiB-rss", "VmHWM": "MiB-peak"} {
		if m := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(status); m != nil {
			kB, _ := strconv.Atoi(string(m[1]))
			b.ReportMetric(float64(kB)/1024, unit)
		}
	}
}

// logIn waits for the server and gives a client with a session.
func logIn(b *testing.B, base, email, password string) *http.Client {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: 30 * time.Second}
	var page []byte
	for deadline := time.Now().Add(20 * time.Second); page == nil; {
		if resp, err := client.Get(base + "/logga-in"); err == nil {
			page, _ = io.ReadAll(resp.Body)
			resp.Body.Close()
		} else if time.Now().After(deadline) {
			b.Fatal(err)
		}
	}
	id := regexp.MustCompile(`name="form_id" value="([^"]+)"`).FindSubmatch(page)
	resp, err := client.PostForm(base+"/logga-in", url.Values{
		"form_id": {string(id[1])}, "email": {email}, "password": {password},
	})
	if err != nil {
		b.Fatal(err)
	}
	resp.Body.Close()
	return client
}

func visit(b *testing.B, client *http.Client, address string) {
	b.Helper()
	resp, err := client.Get(address)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode >= 400 {
		b.Fatal(address, resp.Status, err)
	}
}
