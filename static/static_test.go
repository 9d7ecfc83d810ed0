package static

import (
	"bytes"
	"compress/gzip"
	"io"
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
	for _, other := range [][2]string{{"000000000000", "app.css"}, {hash, "favicon.svg"}, {hash, "static.go"}, {"", ""}, {hash, "../static.go"}} {
		if _, ok := Find(other[0], other[1]); ok {
			t.Errorf("%v was found", other)
		}
	}
	if _, err := URL("static.go"); err == nil {
		t.Error("the program's own text is served")
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
