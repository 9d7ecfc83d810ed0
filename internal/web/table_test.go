package web

import (
	"math"
	"strings"
	"testing"
)

type sampleTableRow struct {
	name string
	made float64
}

// sampleTableRules sorts by name and by a figure that may be missing.
var sampleTableRules = tableRules[sampleTableRow]{
	start: "-gjort", label: "Kommun",
	name:    func(r sampleTableRow) string { return r.name },
	words:   func(r sampleTableRow) string { return r.name + " kommun" },
	texts:   map[string]func(sampleTableRow) string{"slut": func(r sampleTableRow) string { return r.name[len(r.name)-1:] }},
	numbers: map[string]func(sampleTableRow) float64{"gjort": func(r sampleTableRow) float64 { return r.made }},
}

func TestATableIsSortedAndSearchedByItsAddress(t *testing.T) {
	rows := []sampleTableRow{{"Öckerö", 3}, {"Åmål", 7}, {"Ale", math.NaN()}, {"Ängelholm", 3}, {"Zinkgruvan", 9}}
	for _, test := range []struct{ name, query, want string }{
		{"falls as the table begins, none last", "", "Zinkgruvan Åmål Ängelholm Öckerö Ale"},
		{"rises, none still last", "?ordning=gjort", "Ängelholm Öckerö Åmål Zinkgruvan Ale"},
		{"as Swedes sort", "?ordning=namn", "Ale Zinkgruvan Åmål Ängelholm Öckerö"},
		{"and backwards", "?ordning=-namn", "Öckerö Ängelholm Åmål Zinkgruvan Ale"},
		{"by words of another column, then by name", "?ordning=slut", "Ale Åmål Ängelholm Zinkgruvan Öckerö"},
		{"a column that is not there", "?ordning=id", "Zinkgruvan Åmål Ängelholm Öckerö Ale"},
		{"a part of a name in any letters", "?sok=+ÄNGEL+", "Ängelholm"},
		{"every word somewhere", "?sok=kommun+mål", "Åmål"},
		{"nothing", "?sok=åre", ""},
	} {
		kept, _ := sampleTableRules.sift(request("/x"+test.query), rows)
		var names []string
		for _, r := range kept {
			names = append(names, r.name)
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if rows[0].name != "Öckerö" {
		t.Error("the rows that were given have been moved")
	}
}

func TestASearchKeepsTheRestOfTheAddress(t *testing.T) {
	_, chosen := sampleTableRules.sift(request("/x?visa=dag&sida=3&ordning=namn&sok=åre"), []sampleTableRow{{"Åmål", 1}})
	if got := chosen.Keep; len(got) != 2 || got[0] != (option{"ordning", "namn"}) || got[1] != (option{"visa", "dag"}) {
		t.Errorf("kept %v", got)
	}
	if got := chosen.Clear(); got != "/x?ordning=namn&visa=dag" {
		t.Errorf("without the search: %s", got)
	}
	if got := chosen.Column("gjort", "Gjort").URL; !strings.Contains(got, "sok=%C3%A5re") || strings.Contains(got, "sida") {
		t.Errorf("another order: %s", got)
	}
	if none := chosen.Nothing(); none.Title != "Inget stämmer med ”åre”" || none.Act.Label != "Visa alla 1" {
		t.Errorf("nothing found: %+v", none)
	}
}
