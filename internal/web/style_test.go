package web

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Classes that are put together from a kind or a number, by what they begin
// with: b-ok, flash-late, fill-warn, l1, on4, q6.
var composedClass = regexp.MustCompile(`^(b|flash|fill)-[a-z]+$|^(l|on|q)[0-9]$`)

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssBody    = regexp.MustCompile(`\{[^{}]*\}`)
	cssClass   = regexp.MustCompile(`\.([a-zA-Z][\w-]*)`)
)

// stylesheetClasses are the classes that app.css has rules for.
func stylesheetClasses(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	bare := cssBody.ReplaceAll(cssComment.ReplaceAll(text, nil), []byte("\n"))
	var classes []string
	for _, found := range cssClass.FindAllSubmatch(bare, -1) {
		classes = append(classes, string(found[1]))
	}
	slices.Sort(classes)
	return slices.Compact(classes)
}

// written is the text of everything that can name a class.
func written(t *testing.T) string {
	t.Helper()
	var all bytes.Buffer
	for _, dir := range []string{"../../templates", "../../static", "."} {
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			named := slices.Contains([]string{".html", ".js", ".go"}, filepath.Ext(path)) && !strings.HasSuffix(path, "_test.go")
			if err != nil || !named {
				return err
			}
			text, err := os.ReadFile(path)
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestTheStylesheetHasNoRuleThatNothingUses(t *testing.T) {
	used := map[string]bool{}
	for _, word := range regexp.MustCompile(`[a-zA-Z][\w-]*`).FindAllString(written(t), -1) {
		used[word] = true
	}
	for _, class := range stylesheetClasses(t) {
		if !used[class] && !composedClass.MatchString(class) {
			t.Errorf("nothing has the class %q", class)
		}
	}
}

func TestEveryClassOnAPageHasARule(t *testing.T) {
	set, err := parseTemplates(pages)
	if err != nil {
		t.Fatal(err)
	}
	known := stylesheetClasses(t)
	unknown := map[string]string{}
	for _, p := range samples {
		body, err := filledIn(set, p)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("[class]").Each(func(_ int, e *goquery.Selection) {
			for _, class := range strings.Fields(e.AttrOr("class", "")) {
				if !slices.Contains(known, class) {
					unknown[class] = p.file()
				}
			}
		})
	}
	for class, file := range unknown {
		t.Errorf("%s: no rule is about the class %q", file, class)
	}
}
