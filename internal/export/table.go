package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// columns are what a kind of file holds.
type columns struct {
	needed, optional []string
}

func (c columns) known(name string) bool {
	return slices.Contains(c.needed, name) || slices.Contains(c.optional, name)
}

// table is a CSV file under reading, and everything found wrong in it.
type table struct {
	problems
	data   []byte
	csv    *csv.Reader
	at     map[string]int // column → cell
	names  []string       // the header
	nul    bool           // there is a NUL somewhere
	line   int            // of the next line to be read
	offset int64          // where that line begins
	bad    []string       // columns with an error on the line in hand
}

// open reads the whole file and its header. The error is FileErrors when the
// file cannot be read as a table with these columns, and the reader's own
// when it fails.
func open(r io.Reader, file string, cols columns) (*table, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("filen %s kunde inte läsas: %w", file, err)
	}
	t := &table{problems: problems{file: file}, data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), line: 1}
	if t.decodable(); len(t.lines) == 0 {
		t.nul = bytes.IndexByte(t.data, 0) >= 0
		t.header(cols)
	}
	if err := t.err(); err != nil {
		return nil, err
	}
	return t, nil
}

// decodable refuses what is no text in UTF-8.
func (t *table) decodable() {
	switch {
	case bytes.HasPrefix(t.data, []byte("\xff\xfe")), bytes.HasPrefix(t.data, []byte("\xfe\xff")):
		t.add(1, "", "Filen är sparad som Unicode (UTF-16). Spara den som CSV UTF-8.")
	case len(bytes.TrimSpace(t.data)) == 0:
		t.add(1, "", "Filen är tom. Den ska börja med en rubrikrad.")
	case !utf8.Valid(t.data):
		good := 0
		for good < len(t.data) {
			r, size := utf8.DecodeRune(t.data[good:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			good += size
		}
		t.add(1+bytes.Count(t.data[:good], []byte{'\n'}), "",
			"Filen är inte UTF-8: här står ett tecken som inte går att läsa. Spara filen som CSV UTF-8.")
	}
}

// header finds the delimiter and where each column stands.
func (t *table) header(cols columns) {
	t.csv = csv.NewReader(bytes.NewReader(t.data))
	t.csv.Comma = delimiter(t.data)
	t.csv.FieldsPerRecord = -1
	t.csv.ReuseRecord = true
	cells, line, err := t.read()
	if err != nil {
		t.add(line, "", quotesMessage(err))
		return
	}
	t.at = make(map[string]int, len(cells))
	var unknown, twice []string
	for i, cell := range cells {
		name := strings.ToLower(strings.TrimSpace(cell))
		t.names = append(t.names, name)
		switch _, taken := t.at[name]; {
		case taken:
			twice = append(twice, name)
		case !cols.known(name):
			unknown = append(unknown, shown(cell, i))
		default:
			t.at[name] = i
		}
	}
	t.headerErrors(line, cols, unknown, twice)
}

// shown is what an unknown column is called in a message.
func shown(cell string, i int) string {
	if s := short(strings.TrimSpace(cell)); s != "" {
		return s
	}
	return fmt.Sprintf("kolumn %d", i+1)
}

func (t *table) headerErrors(line int, cols columns, unknown, twice []string) {
	const most = 10
	if len(unknown) > 0 {
		all := strings.Join(append(slices.Clone(cols.needed), cols.optional...), ", ")
		names := strings.Join(unknown[:min(len(unknown), most)], ", ")
		switch {
		case len(t.names) == 1 && strings.Contains(t.names[0], "\t"):
			t.add(line, "", "Kolumnerna är skilda med tabb. Spara filen med komma eller semikolon mellan kolumnerna.")
			return
		case len(unknown) == 1:
			t.add(line, names, "Kolumnen är okänd. Ta bort den eller rätta namnet. Kolumnerna är "+all+".")
		default:
			t.add(line, names, "Kolumnerna är okända. Ta bort dem eller rätta namnen. Kolumnerna är "+all+".")
		}
	}
	for _, name := range twice {
		t.add(line, name, "Kolumnen finns mer än en gång. Ta bort den ena.")
	}
	for _, name := range cols.needed {
		if _, ok := t.at[name]; !ok {
			t.add(line, name, "Kolumnen saknas. Lägg till den i rubrikraden.")
		}
	}
}

// delimiter is , or ; whichever the first line has most of outside quotes.
func delimiter(data []byte) rune {
	var commas, semicolons int
	quoted := false
	for _, b := range bytes.TrimLeft(data, "\r\n") {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == ',':
			commas++
		case b == ';':
			semicolons++
		case b == '\n':
			if semicolons > commas {
				return ';'
			}
			return ','
		}
	}
	if semicolons > commas {
		return ';'
	}
	return ','
}

// read gives the next record and the line it begins on, and keeps count of lines.
func (t *table) read() (cells []string, line int, err error) {
	cells, err = t.csv.Read()
	line = t.line
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		line = parse.StartLine
	case err == nil:
		line, _ = t.csv.FieldPos(0)
	}
	end := t.csv.InputOffset()
	t.line += bytes.Count(t.data[t.offset:end], []byte{'\n'})
	t.offset = end
	return cells, line, err
}

// rows goes through the lines below the header that have a cell for every
// column, and notes what is wrong with the others. Empty lines are accepted at
// the end of the file.
func (t *table) rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		empty := []int(nil)
		found := false
		for {
			expected := t.line
			cells, line, err := t.read()
			if errors.Is(err, io.EOF) {
				break
			}
			for l := expected; l < line; l++ {
				empty = append(empty, l)
			}
			if err == nil && blank(cells) {
				empty = append(empty, line)
				continue
			}
			t.noteEmpty(empty)
			empty, found = nil, true
			t.bad = t.bad[:0]
			if !t.wellFormed(cells, line, err) {
				continue
			}
			r := row{t, line, cells}
			if t.nul {
				r.noNUL()
			}
			if !yield(r) {
				return
			}
		}
		if !found {
			t.add(1, "", "Filen har bara en rubrikrad. Fyll på med minst en rad.")
		}
	}
}

func (t *table) noteEmpty(lines []int) {
	for _, l := range lines {
		t.add(l, "", "Raden är tom. Ta bort den: tomma rader får bara stå sist.")
	}
}

func (t *table) wellFormed(cells []string, line int, err error) bool {
	switch {
	case err != nil:
		t.add(line, "", quotesMessage(err))
		return false
	case len(cells) != len(t.names):
		t.add(line, "", fmt.Sprintf("Raden har %d celler men rubrikraden %d. "+
			"En cell som innehåller %c ska stå inom citattecken.", len(cells), len(t.names), t.csv.Comma))
		return false
	}
	return true
}

// noNUL refuses the one character that some databases cannot keep.
func (r row) noNUL() {
	for i, cell := range r.cells {
		if strings.IndexByte(cell, 0) >= 0 {
			r.fail(r.t.names[i], "Cellen innehåller ett osynligt tecken (NUL). Skriv om texten.")
		}
	}
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

func quotesMessage(err error) string {
	if errors.Is(err, csv.ErrBareQuote) {
		return "Ett citattecken står mitt i en cell. Sätt hela cellen inom citattecken och dubblera de som hör till texten."
	}
	return "Ett citattecken saknas eller står fel. Varje cell som börjar med ett citattecken ska sluta med ett."
}

// all gives what was read, or what is wrong with it.
func all[T any](t *table, values []T) ([]T, error) {
	if err := t.err(); err != nil {
		return nil, err
	}
	return values, nil
}
