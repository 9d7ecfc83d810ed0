package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDemo makes the demonstration as the README's command does, on a Sunday
// too: two rounds, one account per role, and something on every list.
func TestDemo(t *testing.T) {
	s := newShell(t)
	s.now = day(t, "2026-11-22T14:00:00+01:00")
	dir := t.TempDir()
	out := s.ok("demo", "--no-serve", "--dir", dir)
	if n := len(regexp.MustCompile(`@example\.se +\S{20,}`).FindAllString(out, -1)); n != 5 {
		t.Errorf("%d accounts with a password, want 5:\n%s", n, out)
	}
	s.database = filepath.Join(dir, "servicematning.db")
	list := s.ok("round", "list")
	if !strings.Contains(list, "2026\tFältarbete") || !strings.Contains(list, "2025\tPublicerad") {
		t.Errorf("rounds:\n%s", list)
	}
	show := s.ok("round", "show", "2026")
	for _, want := range []string{"290 kommuner, 40 bedömare", "returnerade)", "makulerade"} {
		if !strings.Contains(show, want) {
			t.Errorf("%q is not in\n%s", want, show)
		}
	}
	if !regexp.MustCompile(`samtal: 34\d{3} planerade`).MatchString(show) {
		t.Errorf("no full round of calls in\n%s", show)
	}
	if code, _, errs := s.run("", "demo", "--no-serve", "--dir", dir); code != exitFailed || !strings.Contains(errs, "finns redan") {
		t.Errorf("a second demonstration in the same folder: status %d, %s", code, errs)
	}
}
