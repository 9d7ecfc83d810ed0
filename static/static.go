// Package static holds the files that browsers fetch besides pages: the
// stylesheet, the icon and the scripts. Every address carries a hash of what
// all of them hold, so a browser may keep a file for ever and never shows an
// old one, and scripts find each other by their names.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sync"
)

//go:embed *.css *.js *.svg
var files embed.FS

// types are the kinds of file that are served, with their media types.
var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// Prefix is where the files are found: /static/<hash>/app.css.
const Prefix = "/static/"

// File is one file, ready to be sent.
type File struct {
	URL  string
	Type string
	Body []byte
	Gzip []byte // Body compressed
}

// all is made on first use: the files by their names.
var all = sync.OnceValues(load)

func load() (map[string]File, error) {
	found, sum := map[string]File{}, sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || types[path.Ext(name)] == "" {
			return err
		}
		body, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n%s", name, len(body), body)
		found[name], err = pack(types[path.Ext(name)], body)
		return err
	})
	hash := hex.EncodeToString(sum.Sum(nil)[:6])
	for name, f := range found {
		f.URL = Prefix + hash + "/" + name
		found[name] = f
	}
	return found, err
}

// pack makes a file that has no address yet.
func pack(media string, body []byte) (File, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return File{}, err
	}
	if _, err := w.Write(body); err != nil {
		return File{}, err
	}
	if err := w.Close(); err != nil {
		return File{}, err
	}
	return File{Type: media, Body: body, Gzip: packed.Bytes()}, nil
}

// URL gives the address of the file with the name, "app.css".
func URL(name string) (string, error) {
	found, err := all()
	if err != nil {
		return "", err
	}
	f, ok := found[name]
	if !ok {
		return "", fmt.Errorf("static: no file %q", name)
	}
	return f.URL, nil
}

// Find gives the file with the name and hash, as they stand in its address.
func Find(hash, name string) (File, bool) {
	found, err := all()
	f, ok := found[name]
	return f, err == nil && ok && f.URL == Prefix+hash+"/"+name
}
