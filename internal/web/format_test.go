package web

import (
	"math"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"servicematning/internal/survey"
)

func TestNumbersAreWrittenAsInSwedish(t *testing.T) {
	for want, got := range map[string]string{
		"0": number(0), "999": number(999), "1 234": number(1234), "−1 234 567": number(-1234567),
		"84,2 %": percent(0.8417), "100,0 %": percent(1), "0,0 %": percent(-0.0001), "−5,9 %": percent(-0.0594),
		"1 234,6": decimal(1, 1234.56), "2,50": decimal(2, 2.5), "3": decimal(0, 2.5), "–": percent(math.NaN()),
	} {
		if got = strings.ReplaceAll(got, nbsp, " "); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if strings.Contains(number(1234)+percent(0.5), " ") {
		t.Error("a number can be broken over two lines")
	}
}

func TestNamesAreSortedAsInSwedish(t *testing.T) {
	names := []string{"Östersund", "Åmål", "Älvkarleby", "Zinkgruvan", "älvdalen", "Alvesta", "Åre", "Örebro"}
	sortSwedish(names, func(s string) string { return s })
	want := []string{"Alvesta", "Zinkgruvan", "Åmål", "Åre", "älvdalen", "Älvkarleby", "Örebro", "Östersund"}
	if !slices.Equal(names, want) {
		t.Errorf("got %v", names)
	}
}

// asked is a visit to an address.
func asked(target string) *visit {
	return &visit{Context: echo.New().NewContext(httptest.NewRequest(get, target, nil), nil)}
}

func TestPager(t *testing.T) {
	p := newPager(asked("/x?ordning=namn&sida=5"), 50, 470)
	if p.First != 201 || p.Last != 250 || p.Offset != 200 || p.Previous != "/x?ordning=namn&sida=4" ||
		p.Next != "/x?ordning=namn&sida=6" {
		t.Errorf("%+v", p)
	}
	var shown []int
	for _, link := range p.Pages {
		shown = append(shown, link.N)
	}
	if !slices.Equal(shown, []int{1, 0, 3, 4, 5, 6, 7, 0, 10}) {
		t.Errorf("pages %v", shown)
	}
	for target, want := range map[string][2]int{
		"/x": {1, 50}, "/x?sida=0": {1, 50}, "/x?sida=-3": {1, 50}, "/x?sida=x": {1, 50}, "/x?sida=99": {451, 470},
		"/x?sida=99999999999999999999": {1, 50},
	} {
		if p := newPager(asked(target), 50, 470); p.First != want[0] || p.Last != want[1] {
			t.Errorf("%s: rows %d–%d, want %v", target, p.First, p.Last, want)
		}
	}
	if p := newPager(asked("/x"), 50, 0); p.Many() || p.First != 0 || p.Last != 0 {
		t.Errorf("nothing: %+v", p)
	}
}

func TestSorting(t *testing.T) {
	s := sortingOf(asked("/x?sida=3&roll=lead&ordning=-namn"), "namn", "-andel")
	if s.Key != "namn" || !s.Falling {
		t.Errorf("%+v", s)
	}
	if c := s.Column("namn", "Namn"); c.URL != "/x?ordning=namn&roll=lead" || c.Direction != "descending" {
		t.Errorf("%+v", c)
	}
	if c := s.Column("andel", "Andel"); c.URL != "/x?ordning=andel&roll=lead" || c.Direction != "" {
		t.Errorf("%+v", c)
	}
	if s := sortingOf(asked("/x?ordning=password_hash"), "-andel"); s.Key != "andel" || !s.Falling {
		t.Errorf("an unknown column: %+v", s)
	}
}

func TestBarsStayInsideThePicture(t *testing.T) {
	for _, test := range []struct {
		done, total int
		want        string
	}{{0, 0, "0%"}, {1, 3, "33.33%"}, {5, 4, "100.00%"}, {-1, 4, "0.00%"}} {
		if got := newBar(test.done, test.total).Width; got != test.want {
			t.Errorf("%d of %d: %s, want %s", test.done, test.total, got, test.want)
		}
	}
}

func TestAddressesAreEscaped(t *testing.T) {
	if got := address("omgangar", "20/26", "fråga"); got != "/omgangar/20%2F26/fr%C3%A5ga" {
		t.Error(got)
	}
	if got := queryWith(&url.URL{Path: "/x", RawQuery: "a=1"}, "a", ""); got != "/x" {
		t.Error(got)
	}
}

func TestTheMenuShowsOnlyWhatExistsAndAtMostSevenEntries(t *testing.T) {
	for role, entries := range menus {
		if len(entries) > 7 {
			t.Errorf("%s has %d entries", role, len(entries))
		}
		if home[role] == "" {
			t.Errorf("%s has no first page", role)
		}
	}
	open := func(*Server, *visit) error { return nil }
	nav := navigationFor([]route{{get, "/omgangar/:round/plan", open, public},
		{post, "/omgangar/:round/resultat", open, public}})
	l := &layout{User: survey.User{Role: lead}}
	if got := nav.entries(l, "/omgangar"); len(got) != 1 || got[0].URL != "/omgangar" {
		t.Errorf("without a round: %+v", got)
	}
	l.Round, l.Counts = &survey.Round{Code: "2026"}, map[string]int{"/omgangar/:round/plan": 3}
	got := nav.entries(l, "/omgangar/2026/plan/dag")
	if len(got) != 1 || got[0] != (navEntry{Label: "Plan", URL: "/omgangar/2026/plan", Current: true, Count: 3}) {
		t.Errorf("with a round: %+v", got)
	}
}

func TestFullPercent(t *testing.T) {
	for _, c := range []struct {
		share float64
		want  string
	}{{1, "100"}, {399.0 / 400, "99"}, {0.846, "85"}, {0, "0"}, {1.04, "104"}} {
		if got := fullPercent(c.share); got != c.want+nbsp+"%" {
			t.Errorf("%v is written %q, want %s", c.share, got, c.want)
		}
	}
}
