package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms is the map of the house: who may import whom. An arrow points down
// only, and on one floor nobody knows a neighbour. A package or an arrow that
// is not listed fails, and so does an entry that no code uses.
var rooms = map[string][]string{
	"internal/officehours": {},
	"internal/survey":      {"internal/officehours"},
	"internal/schedule":    {"internal/survey", "internal/officehours"},
	"internal/results":     {"internal/survey", "internal/officehours"},
	"internal/fieldwork":   {"internal/survey", "internal/schedule", "internal/results", "internal/officehours"},
	"internal/demo":        {"internal/survey", "internal/officehours"},
	"internal/auth":        {"internal/survey"},
	"internal/export":      {"internal/survey", "internal/results", "internal/officehours"},
	"internal/store":       {"internal/survey", "internal/results", "internal/officehours", "internal/auth"},
	"templates":            {},
	"static":               {},
	"internal/web": {"internal/survey", "internal/schedule", "internal/results", "internal/fieldwork",
		"internal/auth", "internal/export", "internal/officehours", "templates", "static"},
	"cmd/servicematning": {"internal/survey", "internal/schedule", "internal/fieldwork", "internal/demo",
		"internal/auth", "internal/export", "internal/officehours", "internal/store", "internal/web"},
	// Imported by tests only.
	"internal/surveytest":   {"internal/survey", "internal/officehours"},
	"internal/store/pgtest": {},
}

// testOnly are the rooms that no program code may enter.
var testOnly = []string{"internal/surveytest", "internal/store/pgtest"}

// keepers says which room alone may import what.
var keepers = map[string][]string{
	"github.com/labstack/echo":  {"internal/web"},
	"gorm.io/":                  {"internal/store"},
	"github.com/mattn/":         {"internal/store"},
	"github.com/jackc/":         {"internal/store"},
	"github.com/pressly/goose":  {"internal/store"},
	"database/sql":              {"internal/store"},
	"net/http":                  {"internal/web", "cmd/servicematning"},
	"net/smtp":                  {},
	"github.com/alecthomas/":    {"cmd/servicematning"},
	"github.com/alexedwards/":   {"internal/auth"},
	"html/template":             {"internal/web"},
	"github.com/chromedp/":      {},
	"github.com/PuerkitoBio/":   {},
	"github.com/google/go-cmp/": {},
}

const module = "servicematning/"

func TestTheMapOfRooms(t *testing.T) {
	imports := scan(t)
	for room, uses := range imports {
		allowed, listed := rooms[room]
		if !listed {
			t.Errorf("%s is not on the map: add it to rooms with the reason", room)
			continue
		}
		for _, use := range uses {
			if inside, ours := strings.CutPrefix(use, module); ours {
				if !slices.Contains(allowed, inside) {
					t.Errorf("%s imports %s, which the map does not allow", room, inside)
				}
				if slices.Contains(testOnly, inside) {
					t.Errorf("%s imports %s, which is for tests", room, inside)
				}
				continue
			}
			for prefix, who := range keepers {
				if strings.HasPrefix(use, prefix) && !slices.Contains(who, room) && !slices.Contains(testOnly, room) {
					t.Errorf("%s imports %s, which belongs to %v", room, use, who)
				}
			}
		}
	}
	for room, allowed := range rooms {
		uses, found := imports[room]
		if !found {
			t.Errorf("the map lists %s, which has no code", room)
			continue
		}
		for _, a := range allowed {
			if !slices.Contains(uses, module+a) {
				t.Errorf("the map lets %s import %s, but it does not", room, a)
			}
		}
	}
}

// scan lists what each package's program files import.
func scan(t *testing.T) map[string][]string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	imports := map[string][]string{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "vendor"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		room := filepath.ToSlash(rel)
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if imports[room] == nil {
			imports[room] = []string{}
		}
		for _, spec := range file.Imports {
			use, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if !slices.Contains(imports[room], use) {
				imports[room] = append(imports[room], use)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}

// TestTheClockIsPassedIn keeps time.Now in cmd, where the clock is handed out.
func TestTheClockIsPassedIn(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			strings.Contains(path, "pgtest") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			code, _, _ := strings.Cut(line, "//")
			if strings.Contains(code, "time.Now") {
				t.Errorf("%s:%d uses time.Now: take the clock as an argument", path, i+1)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
