package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestAnAddressNamesItsContent(t *testing.T) {
	url, err := URL("app.css")
	if err != nil {
		t.Fatal(err)
	}
	hash, name, _ := strings.Cut(strings.TrimPrefix(url, Prefix), "/")
	f, ok := Find(hash, name)
	if !ok || f.URL != url || !strings.HasPrefix(f.Type, "text/css") {
		t.Fatalf("%s: %v, %s, %s", url, ok, f.URL, f.Type)
	}
	unpack, err := gzip.NewReader(bytes.NewReader(f.Gzip))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(unpack); err != nil || !bytes.Equal(body, f.Body) {
		t.Errorf("the packed file is another one: %v", err)
	}
	for _, other := range [][2]string{{"000000000000", "app.css"}, {hash, "static.go"}, {"", ""}, {hash, "../static.go"}} {
		if _, ok := Find(other[0], other[1]); ok {
			t.Errorf("%v was found", other)
		}
	}
	if _, err := URL("static.go"); err == nil {
		t.Error("the program's own text is served")
	}
}

func TestScriptsFindEachOtherByName(t *testing.T) {
	found, err := all()
	if err != nil {
		t.Fatal(err)
	}
	imports := regexp.MustCompile(`(?m)^import .*from "\./([a-z]+\.js)";$`)
	for name, f := range found {
		for _, match := range imports.FindAllSubmatch(f.Body, -1) {
			other, ok := found[string(match[1])]
			if !ok || path.Dir(other.URL) != path.Dir(f.URL) {
				t.Errorf("%s asks for %s, which is not beside it", name, match[1])
			}
		}
	}
}

func TestTheStylesheetLeavesNoHoleInThePolicy(t *testing.T) {
	url, err := URL("app.css")
	if err != nil {
		t.Fatal(err)
	}
	hash, name, _ := strings.Cut(strings.TrimPrefix(url, Prefix), "/")
	f, _ := Find(hash, name)
	for _, bad := range []string{"@import", "url(", "http:", "https:"} {
		if bytes.Contains(f.Body, []byte(bad)) {
			t.Errorf("app.css contains %s", bad)
		}
	}
	if len(f.Gzip) > 16_000 {
		t.Errorf("app.css is %d bytes packed", len(f.Gzip))
	}
}
