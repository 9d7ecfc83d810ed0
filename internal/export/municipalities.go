package export

import (
	"fmt"
	"io"
	"math"
	"regexp"

	"servicematning/internal/survey"
)

var municipalityColumns = columns{needed: []string{
	"code", "name", "county_code", "county", "population", "skr_group_code", "skr_group", "size_class",
}}

// sizeClass is the shape of Kolada's classes: 20000-29999, 200000+.
var sizeClass = regexp.MustCompile(`^(\d{1,7}-\d{1,7}|\d{1,7}\+)$`)

// ReadMunicipalities reads reference data, in the file's order.
func ReadMunicipalities(r io.Reader, name string) ([]survey.Municipality, error) {
	t, err := open(r, name, municipalityColumns)
	if err != nil {
		return nil, err
	}
	var out []survey.Municipality
	seen := lines[string]{}
	for row := range t.rows() {
		m := municipality(row)
		if first, again := seen.repeated(m.Code, row.line); again && m.Code != "" {
			row.fail("code", fmt.Sprintf("Kommunen %s står redan på rad %d. Ta bort den ena raden.", m.Code, first))
		}
		out = append(out, m)
	}
	return all(t, out)
}

func municipality(r row) survey.Municipality {
	m := survey.Municipality{
		Code:         r.need("code", "Skriv kommunkoden, till exempel 0305."),
		Name:         r.need("name", "Skriv kommunens namn."),
		CountyCode:   r.need("county_code", "Skriv länskoden, till exempel 03."),
		County:       r.need("county", "Skriv länets namn."),
		Population:   r.number("population", 1, math.MaxInt32),
		SKRGroupCode: r.need("skr_group_code", "Skriv kommungruppens kod, till exempel A2."),
		SKRGroup:     r.need("skr_group", "Skriv kommungruppens namn."),
		SizeClass:    r.need("size_class", sizeClassRemedy),
	}
	if len(m.Code) != 4 || !allDigits(m.Code) {
		hint := municipalityHint(m.Code)
		if hint == "" {
			hint = " Skriv fyra siffror, till exempel 0305."
		}
		r.fail("code", quoted(m.Code)+" är ingen kommunkod."+hint)
	}
	if len(m.CountyCode) != 2 || !allDigits(m.CountyCode) {
		r.fail("county_code", quoted(m.CountyCode)+" är ingen länskod. Skriv två siffror, till exempel 03.")
	}
	checkSizeClass(r, m.SizeClass)
	for _, column := range []string{"name", "county", "skr_group_code", "skr_group"} {
		r.longest(column, 100)
		r.oneLine(column)
	}
	return m
}

const sizeClassRemedy = "Skriv storleksklassen, till exempel 20000-29999 eller 200000+."

func checkSizeClass(r row, s string) {
	if !sizeClass.MatchString(s) {
		r.fail("size_class", quoted(s)+" är ingen storleksklass. "+sizeClassRemedy)
	}
}
