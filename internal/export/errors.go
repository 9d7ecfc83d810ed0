package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// reportedLines is how many bad lines of a file are named.
const reportedLines = 100

// keptErrors bounds the memory that a hopeless file can take.
const keptErrors = 20_000

// LineError is one thing wrong in a file.
type LineError struct {
	Line    int    // as an editor numbers it; the header is 1
	Column  string // by its name in the header; "" concerns the whole line or file
	Message string // Swedish: what is wrong and what to do
}

// FileErrors is everything wrong in a file, by line. It is always returned as
// a value: find it with errors.As and a variable of this type.
type FileErrors struct {
	File  string
	Lines []LineError // all errors of the first hundred bad lines
	More  int         // further errors
}

// Error gives one line per error, FILE:LINE: column: what is wrong.
func (e FileErrors) Error() string {
	var b strings.Builder
	for i, l := range e.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s:%d: ", e.File, l.Line)
		if l.Column != "" {
			b.WriteString(l.Column + ": ")
		}
		b.WriteString(l.Message)
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "\n… och %d fel till", e.More)
	}
	return b.String()
}

// problems collects what is wrong while a file is read.
type problems struct {
	file  string
	lines []LineError
	more  int
}

func (p *problems) add(line int, column, message string) {
	if len(p.lines) >= keptErrors {
		p.more++
		return
	}
	p.lines = append(p.lines, LineError{line, column, message})
}

// err gives what was collected as FileErrors, or nil when nothing is wrong.
func (p *problems) err() error {
	if len(p.lines) == 0 {
		return nil
	}
	lines := slices.Clone(p.lines)
	slices.SortStableFunc(lines, func(a, b LineError) int { return cmp.Compare(a.Line, b.Line) })
	keep, named := 0, 0
	for keep < len(lines) {
		if keep == 0 || lines[keep].Line != lines[keep-1].Line {
			if named == reportedLines {
				break
			}
			named++
		}
		keep++
	}
	return FileErrors{File: p.file, Lines: lines[:keep:keep], More: p.more + len(lines) - keep}
}
