package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// progress shows how far long work has come: a bar on a terminal, one plain
// line otherwise. It is written to standard error, so that results can be piped.
type progress struct {
	w        io.Writer
	title    string
	terminal bool
	total    int64
	read     int64
	shown    int // percent last drawn
}

func (a *app) progress(title string) *progress {
	p := &progress{w: a.Err, title: title, shown: -1}
	if f, ok := a.Err.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	fmt.Fprint(p.w, title)
	return p
}

// reader counts what is read through it.
func (p *progress) reader(r io.Reader) io.Reader {
	if sized, ok := r.(interface{ Size() int64 }); ok {
		p.total = sized.Size()
	}
	return io.TeeReader(r, p)
}

// Write takes in what was read and redraws the bar.
func (p *progress) Write(b []byte) (int, error) {
	p.read += int64(len(b))
	if !p.terminal || p.total == 0 {
		return len(b), nil
	}
	if percent := int(100 * p.read / p.total); percent != p.shown {
		p.shown = percent
		const width = 30
		fill := percent * width / 100
		fmt.Fprintf(
			p.w,
			"\r%s [%s%s] %d %%",
			p.title,
			strings.Repeat("█", fill),
			strings.Repeat("·", width-fill),
			percent,
		)
	}
	return len(b), nil
}

func (p *progress) done() { fmt.Fprintln(p.w) }
