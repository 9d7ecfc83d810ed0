package web

import (
	"fmt"
	"net/url"
	"strconv"
)

// badge is a word with a shape and a colour. Kinds: now ok warn late info best
// mid worst, "" neutral.
type badge struct{ Kind, Text string }

// link is a word that leads somewhere.
type link struct {
	Label, URL string
	Current    bool
	Count      int
}

// tabs are the same things in several selections.
type tabs struct {
	Name  string // for screen readers
	Items []link
}

// step is one of successive stages.
type step struct {
	Label   string
	Current bool
}

// confirm asks before something that cannot be undone.
type confirm struct {
	URL    string // that the answer is posted to
	Title  string // "Makulera samtalet med Åmål, FÖRS2, andra kontakten?"
	Effect string // what happens then
	Button string // "Makulera samtalet"
	Keep   string // where the way out leads
	Stay   string // what the way out is called, "" for "Behåll"
	Reason *field // nil: no reason is asked for
	Hidden []option
	Busy   string // what is said while a long answer is awaited, "" for nothing
}

// emptyState says why a list is empty and what to do.
type emptyState struct {
	Title, Text string
	Act         *link
}

func newEmpty(title, text string) emptyState { return emptyState{Title: title, Text: text} }

func withAct(label, target string, e emptyState) emptyState {
	e.Act = &link{Label: label, URL: target}
	return e
}

// barPart is a bar from 0 to 100 %. Sizes are attributes, for the policy
// allows no style.
type barPart struct {
	total float64
	Class string
	Width string
	Tick  string
}

func newBar(done, total int) barPart {
	return barPart{total: float64(total), Class: "fill", Width: percentOf(float64(done), float64(total))}
}

func filled(kind string, b barPart) barPart { b.Class = "fill-" + kind; return b }

func tick(at int, b barPart) barPart { b.Tick = percentOf(float64(at), b.total); return b }

// percentOf is an SVG coordinate: part of whole, kept within the picture.
func percentOf(part, whole float64) string {
	if whole <= 0 {
		return "0%"
	}
	return strconv.FormatFloat(min(100, max(0, 100*part/whole)), 'f', 2, 64) + "%"
}

// helpPart is help that opens in place.
type helpPart struct{ Title, Text string }

func newHelp(title, text string) helpPart { return helpPart{title, text} }

// pager leads through a long list. The page stands in the query as "sida".
type pager struct {
	Total, First, Last int
	Previous, Next     string
	Pages              []pageLink
	Offset, Limit      int // for the query
}

type pageLink struct {
	N       int
	URL     string // "" with N 0: a gap
	Current bool
}

// Many reports whether there is more than one page.
func (p pager) Many() bool { return len(p.Pages) > 1 }

// offset gives the first row of the page that is asked for.
func (c *visit) offset(size int) int {
	n, err := strconv.Atoi(c.QueryParam("sida"))
	if err != nil || n < 1 || n > 1e6 {
		return 0
	}
	return (n - 1) * size
}

// newPager describes the page that is asked for, of size rows out of total.
func newPager(c *visit, size, total int) pager {
	last := max(1, (total+size-1)/size)
	now := min(last, c.offset(size)/size+1)
	p := pager{Total: total, First: min(total, (now-1)*size+1), Last: min(total, now*size), Offset: (now - 1) * size,
		Limit: size}
	target := func(n int) string { return queryWith(c.Request().URL, "sida", strconv.Itoa(n)) }
	if now > 1 {
		p.Previous = target(now - 1)
	}
	if now < last {
		p.Next = target(now + 1)
	}
	for n := 1; n <= last; n++ {
		switch near := n == 1 || n == last || (n >= now-2 && n <= now+2); {
		case near:
			p.Pages = append(p.Pages, pageLink{N: n, URL: target(n), Current: n == now})
		case p.Pages[len(p.Pages)-1].N != 0:
			p.Pages = append(p.Pages, pageLink{})
		}
	}
	return p
}

// queryWith gives the address with one parameter changed, "" removing it.
func queryWith(u *url.URL, name, value string) string {
	q := u.Query()
	q.Set(name, value)
	if value == "" {
		q.Del(name)
	}
	if len(q) == 0 {
		return u.Path
	}
	return u.Path + "?" + q.Encode()
}

// sorting is the order of a table, in the query as "ordning", with "-" before
// the column when it runs downwards.
type sorting struct {
	url     *url.URL
	Key     string
	Falling bool
}

// sortingOf reads the order that is asked for; keys are those that exist, the
// first being what the table starts with ("-share" for falling).
func sortingOf(c *visit, keys ...string) sorting {
	s := sorting{url: c.Request().URL}
	asked := c.QueryParam("ordning")
	chosen := keys[0]
	for _, k := range keys {
		if asked == bare(k) || asked == "-"+bare(k) {
			chosen = asked
		}
	}
	s.Key, s.Falling = bare(chosen), chosen[0] == '-'
	return s
}

func bare(key string) string {
	if key != "" && key[0] == '-' {
		return key[1:]
	}
	return key
}

// column is a heading that sorts.
type column struct {
	Label, URL, Arrow, Direction string
	Right                        bool
}

// Column makes the heading of a column. Choosing it again turns the order.
func (s sorting) Column(key, label string) column {
	c := column{Label: label}
	next := key
	if key == s.Key {
		c.Arrow, c.Direction = " ▲", "ascending"
		if s.Falling {
			c.Arrow, c.Direction = " ▼", "descending"
		} else {
			next = "-" + key
		}
	}
	c.URL = queryWith(withoutPage(s.url), "ordning", next)
	return c
}

// withoutPage forgets the page: in another order it holds other rows.
func withoutPage(u *url.URL) *url.URL {
	copied := *u
	q := u.Query()
	q.Del("sida")
	copied.RawQuery = q.Encode()
	return &copied
}

func right(c column) column { c.Right = true; return c }

// address builds an address from parts, each escaped.
func address(parts ...any) string {
	out := ""
	for _, p := range parts {
		out += "/" + url.PathEscape(fmt.Sprint(p))
	}
	return out
}
