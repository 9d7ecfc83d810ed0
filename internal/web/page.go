package web

import (
	"fmt"
	"slices"
	"strings"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// page is what a template is filled with. There is one type per page: it
// embeds layout, and names its template so that the two cannot drift apart.
type page interface {
	file() string // under templates/: "account/list.html"
	frame() *layout
}

// layout is what all pages share. A handler sets the first group; render
// fills in the rest.
type layout struct {
	Title   string         // of the page, without the site's name
	Round   *survey.Round  // the round that the page is about, if any
	Saved   string         // "Sparat 10.32", at the right of the round line
	Recount bool           // the page can be asked for anew, beside Saved
	Scripts []string       // modules under static/, by name
	Counts  map[string]int // work waiting, by the address in the navigation

	User      survey.User
	Nav       []navEntry
	RoundLine *roundLine
	Flash     *flash
	Version   string
	Now       string // the server's clock, for scripts
}

func (l *layout) frame() *layout { return l }

// LoggedIn reports whether the visitor is known.
func (l *layout) LoggedIn() bool { return l.User.Role != "" }

// roundLine answers "which data am I looking at".
type roundLine struct {
	Code   string
	Stage  badge
	Today  string
	Switch bool // the visitor may look at other rounds
}

// newRoundLine says where the round stands on the day.
func newRoundLine(r survey.Round, today officehours.Date, u survey.User) *roundLine {
	_, week := today.Week()
	text := fmt.Sprintf("%s, vecka %d", survey.DateText(today), week)
	if n, of := workingDay(r, today); n > 0 && r.Stage == survey.Fieldwork {
		text += fmt.Sprintf(", dag %d av %d", n, of)
	}
	return &roundLine{Code: r.Code, Stage: stageBadge(r.Stage), Today: text, Switch: u.May(survey.SeeSetup)}
}

// workingDay gives today's place among the period's working days, 0 outside
// them, and how many they are.
func workingDay(r survey.Round, today officehours.Date) (n, of int) {
	if r.Period.From.IsZero() {
		return 0, 0
	}
	days := r.Calendar.WorkingDays(r.Period.From, r.Period.To)
	return slices.Index(days, today) + 1, len(days)
}

func stageBadge(s survey.Stage) badge {
	kind := "info"
	if s == survey.Closed || s == survey.Published {
		kind = "ok"
	}
	return badge{Kind: kind, Text: s.Title()}
}

// navEntry is one word of the navigation.
type navEntry struct {
	Label, URL string
	Current    bool
	Count      int
	// Above is the address below which every page without an entry of its own
	// belongs to this one; "" for none.
	Above string
}

// navigation is the entries whose pages exist, per role.
type navigation map[survey.Role][]navEntry

// menus is what each role finds in the navigation: at most seven entries.
// Addresses with :round are left out where no round is at hand.
var menus = map[survey.Role][]navEntry{
	survey.RoleEvaluator: {
		{Label: "Min dag", URL: "/min-dag"},
		{Label: "Samtal", URL: "/samtal"},
		{Label: "E-post", URL: "/e-post"},
		{Label: "Övning", URL: "/ovning"},
		{Label: "Handbok", URL: "/handbok"},
	},
	survey.RoleLead: {
		{Label: "Framsteg", URL: "/omgangar/:round/framsteg", Above: "/omgangar/:round/genrep"},
		{Label: "Tilldelning", URL: "/omgangar/:round/tilldelning"},
		{Label: "Plan", URL: "/omgangar/:round/plan"},
		{Label: "Kontakter", URL: "/omgangar/:round/kontakter"},
		{Label: "Granskning", URL: "/omgangar/:round/granskning"},
		{Label: "Resultat", URL: "/omgangar/:round/resultat"},
		{Label: "Upplägg", URL: "/omgangar/:round/upplagg", Above: "/omgangar/:round"},
	},
	survey.RoleCommissioner: {
		{Label: "Framsteg", URL: "/omgangar/:round/framsteg", Above: "/omgangar/:round/genrep"},
		{Label: "Resultat", URL: "/omgangar/:round/resultat"},
		{Label: "Kommuner", URL: "/omgangar/:round/kommuner"},
		{Label: "Kontakter", URL: "/omgangar/:round/kontakter"},
		{Label: "Avslut", URL: "/omgangar/:round/avslut"},
		{Label: "Publicering", URL: "/omgangar/:round/publicering"},
		{Label: "Upplägg", URL: "/omgangar/:round/upplagg", Above: "/omgangar/:round"},
	},
	survey.RoleReader: {
		{Label: "Vår kommun", URL: "/kommun"},
		{Label: "Så mäts det", URL: "/kommun/sa-mats-det"},
	},
	survey.RoleAdmin: {{Label: "Konton", URL: "/konton"}},
}

// home is where each role begins.
var home = map[survey.Role]string{
	survey.RoleEvaluator:    "/min-dag",
	survey.RoleLead:         "/omgangar",
	survey.RoleCommissioner: "/omgangar",
	survey.RoleReader:       "/kommun",
	survey.RoleAdmin:        "/konton",
}

// navigationFor keeps the entries that have a page.
func navigationFor(table []route) navigation {
	exists := map[string]bool{}
	for _, r := range table {
		exists[r.path] = exists[r.path] || r.method == get
	}
	kept := navigation{}
	for role, entries := range menus {
		for _, e := range entries {
			if exists[e.URL] {
				kept[role] = append(kept[role], e)
			}
		}
	}
	return kept
}

// entries gives a role's navigation on the page at path.
func (n navigation) entries(l *layout, path string) []navEntry {
	var list []navEntry
	for _, e := range n[l.User.Role] {
		e.Count = l.Counts[e.URL]
		if strings.Contains(e.URL, ":round") {
			if l.Round == nil {
				continue
			}
			e.URL = strings.Replace(e.URL, ":round", l.Round.Code, 1)
			e.Above = strings.Replace(e.Above, ":round", l.Round.Code, 1)
		}
		list = append(list, e)
	}
	if i := currentEntry(list, path); i >= 0 {
		list[i].Current = true
	}
	if l.Round == nil && home[l.User.Role] == "/omgangar" {
		list = append(list, navEntry{Label: "Mätomgångar", URL: "/omgangar", Current: path == "/omgangar"})
	}
	return list
}

// currentEntry is the entry that leads to the page at path or closest above
// it; -1 when none does.
func currentEntry(list []navEntry, path string) int {
	best, closest := -1, 0
	for i, e := range list {
		for _, target := range []string{e.URL, e.Above} {
			above := target != "" && (path == target || strings.HasPrefix(path, target+"/"))
			if above && len(target) > closest {
				best, closest = i, len(target)
			}
		}
	}
	return best
}
