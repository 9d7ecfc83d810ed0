package web

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strings"
)

// tableRules says how the rows of a table are sorted and searched. Addresses
// carry the choice: ?ordning=-gjort&sok=åre.
type tableRules[T any] struct {
	start   string                     // the first order: a column, with "-" when it falls
	name    func(T) string             // the column "namn"; what is equal in another stays by name
	texts   map[string]func(T) string  // other columns of words
	numbers map[string]func(T) float64 // columns of figures; NaN, for none, is always last
	label   string                     // of the search box; "" when the table has none
	words   func(T) string             // what a search looks in
}

// table is what the visitor has chosen to see of a table, for the templates
// "column" and "search".
type table struct {
	sorting
	Label, Search string
	Found, All    int
	Keep          []option // the rest of the query, which goes along with a search
}

// sift gives the rows that the visitor asks for, in the order asked for.
func (r tableRules[T]) sift(c *visit, rows []T) ([]T, table) {
	keys := []string{r.start, "namn"}
	for key := range r.texts {
		keys = append(keys, key)
	}
	for key := range r.numbers {
		keys = append(keys, key)
	}
	t := table{sorting: sortingOf(c, keys...), Label: r.label, All: len(rows)}
	if r.words != nil {
		t.Search = strings.TrimSpace(c.QueryParam("sok"))
	}
	kept := slices.DeleteFunc(slices.Clone(rows), func(row T) bool {
		return t.Search != "" && !containsWords(r.words(row), t.Search)
	})
	t.Found = len(kept)
	t.Keep = otherParameters(c.QueryParams())
	r.order(kept, t.sorting)
	return kept, t
}

// order sorts the rows by the chosen column.
func (r tableRules[T]) order(rows []T, by sorting) {
	sortSwedish(rows, r.name)
	number, text := r.numbers[by.Key], r.texts[by.Key]
	switch {
	case number != nil:
		slices.SortStableFunc(rows, func(a, b T) int { return compareFigures(number(a), number(b), by.Falling) })
		return
	case text != nil:
		sortSwedish(rows, text)
	}
	if by.Falling {
		slices.Reverse(rows)
	}
}

func compareFigures(a, b float64, falling bool) int {
	switch {
	case math.IsNaN(a) || math.IsNaN(b):
		return -cmp.Compare(a, b) // Compare puts NaN first
	case falling:
		return cmp.Compare(b, a)
	default:
		return cmp.Compare(a, b)
	}
}

// containsWords reports whether every word stands in the text, in any order.
func containsWords(text, words string) bool {
	text = strings.ToLower(text)
	for _, word := range strings.Fields(strings.ToLower(words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// otherParameters are the query without the search and the page.
func otherParameters(q url.Values) []option {
	var kept []option
	for name, values := range q {
		if name != "sok" && name != "sida" {
			kept = append(kept, option{name, values[0]})
		}
	}
	slices.SortFunc(kept, func(a, b option) int { return cmp.Compare(a.Value, b.Value) })
	return kept
}

// Clear is the address of the whole table, in the same order.
func (t table) Clear() string { return queryWith(withoutPage(t.url), "sok", "") }

// Nothing says that no row fits the search.
func (t table) Nothing() emptyState {
	return withAct("Visa alla "+number(t.All), t.Clear(),
		newEmpty("Inget stämmer med ”"+t.Search+"”", "Skriv en kortare del av ordet, eller visa alla."))
}
