package export

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// grid is a text table with aligned columns. å, ä and ö are one column wide.
type grid struct {
	left int // this many columns are aligned to the left, the others to the right
	rows [][]string
}

// add appends a row; the first is the header.
func (g *grid) add(cells ...string) { g.rows = append(g.rows, slices.Clone(cells)) }

func (g *grid) writeTo(b *strings.Builder) {
	var widths []int
	for _, row := range g.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for n, row := range g.rows {
		g.line(b, row, widths)
		if n == 0 {
			rule := make([]string, len(widths))
			for i, width := range widths {
				rule[i] = strings.Repeat("─", width)
			}
			g.line(b, rule, widths)
		}
	}
}

func (g *grid) line(b *strings.Builder, row []string, widths []int) {
	var line strings.Builder
	for i, cell := range row {
		if i > 0 {
			line.WriteString("  ")
		}
		pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if i < g.left {
			line.WriteString(cell + pad)
		} else {
			line.WriteString(pad + cell)
		}
	}
	b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
}
