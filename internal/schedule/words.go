package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// number writes 1160 as "1 160" with a no-break space.
func number(n int) string { return survey.NumberText(n) }

var numerals = []string{"noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"}

// numeral writes a small number as a word, as in "två bedömare".
func numeral(n int) string {
	if n < len(numerals) {
		return numerals[n]
	}
	return number(n)
}

// things names the contacts of a channel: "samtal", "e-brev".
func things(ch int) string {
	if ch == phone {
		return "samtal"
	}
	return "e-brev"
}

// list joins names as in "a, b och c".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " och " + names[len(names)-1]
}

// some is list with at most three names; the rest is counted: "a, b och 7 kommuner till".
func some(names []string, noun string) string {
	if len(names) <= 3 {
		return list(names)
	}
	return strings.Join(names[:2], ", ") + " och " + number(len(names)-2) + " " + noun + " till"
}

// areaNames names areas at the beginning of a sentence.
func (m *model) areaNames(areas []int) string {
	if len(areas) == len(m.areas) && len(areas) > 1 {
		return "Alla frågeområden"
	}
	names := make([]string, len(areas))
	for k, a := range areas {
		names[k] = string(m.areas[a])
	}
	return survey.QuestionArea(some(names, "frågeområden")).Title()
}

// muniNames names municipalities after "i": nothing when it is all of them.
func (m *model) muniNames(munis []int) string {
	if m.everywhere(munis) {
		return ""
	}
	names := make([]string, len(munis))
	for k, i := range munis {
		names[k] = m.muniName(i)
	}
	return " i " + some(names, "kommuner")
}

func (m *model) muniName(i int) string {
	if p := m.munis[i]; p.Name != "" {
		return p.Name
	}
	return m.munis[i].Code
}

// evalNames names evaluators as the subject of a clause.
func (m *model) evalNames(evals []int) string {
	names := make([]string, len(evals))
	for k, e := range evals {
		if names[k] = m.evals[e].Name; names[k] == "" {
			names[k] = m.evals[e].Email
		}
	}
	return some(names, "bedömare")
}

// weekNames names weeks: "vecka 44", "vecka 44 och 45".
func (m *model) weekNames(weeks []int) string {
	names := make([]string, len(weeks))
	for k, w := range weeks {
		names[k] = strconv.Itoa(m.weeks[w].number)
	}
	return "vecka " + list(names)
}

// spread collects the areas and municipalities of cells, in canonical order.
func (m *model) spread(cells []int) (areas, munis []int) {
	for _, at := range cells {
		areas = append(areas, m.areaOf[m.cells[at].question])
		munis = append(munis, m.cells[at].muni)
	}
	slices.Sort(areas)
	slices.Sort(munis)
	return slices.Compact(areas), slices.Compact(munis)
}

// place names areas and, unless it is all, municipalities: "Äldreomsorg i Hultsfred".
func (m *model) place(cells []int) string {
	areas, munis := m.spread(cells)
	return m.areaNames(areas) + m.muniNames(munis)
}

func periodText(p survey.FieldPeriod) string {
	return fmt.Sprintf("%s–%s", survey.DayText(p.From), survey.DateText(p.To))
}

// hoursText writes hours as "13.00–15.00".
func hoursText(h officehours.Hours) string { return h.Opens.String() + "–" + h.Closes.String() }

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:] + "."
}

// either joins ways as in "a, b eller c".
func either(ways []string) string {
	if len(ways) < 2 {
		return strings.Join(ways, "")
	}
	return strings.Join(ways[:len(ways)-1], ", ") + " eller " + ways[len(ways)-1]
}

// everywhere reports whether the municipalities are all that contacts are
// still planned for.
func (m *model) everywhere(munis []int) bool {
	asked := map[int]bool{}
	for k := range m.cells {
		if m.cells[k].need > 0 {
			asked[m.cells[k].muni] = true
		}
	}
	return len(munis) == len(asked)
}
