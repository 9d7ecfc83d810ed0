package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"servicematning/internal/demo"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// mostQueries is what a page may cost, with the session's own query.
const mostQueries = 12

// fieldedApp is an app with an earlier, published round and one in the field
// with contacts as they might have gone, for the municipalities given.
func fieldedApp(t testing.TB, ms []survey.Municipality) *app {
	t.Helper()
	a := newApp(t)
	now := testNow
	monday := officehours.DateOf(now).AddDays(-15)
	this := survey.FieldPeriod{From: monday, To: monday.AddDays(32)}
	last := survey.FieldPeriod{From: monday.AddDays(-364), To: monday.AddDays(-332)}
	for _, r := range []struct {
		period survey.FieldPeriod
		at     time.Time
	}{{last, last.To.AddDays(40).At(12, 0)}, {this, now}} {
		a.clock.set(r.at)
		a.demoRound(t, r.period, ms, r.at)
		if r.period == last {
			a.publish(t, fmt.Sprint(last.From.Year))
		}
	}
	a.clock.set(now)
	return a
}

// demoRound makes a round in the field whose first evaluator is the app's.
func (a *app) demoRound(t testing.TB, period survey.FieldPeriod, ms []survey.Municipality, now time.Time) {
	t.Helper()
	ctx, by, code := t.Context(), survey.CommandLine, fmt.Sprint(period.From.Year)
	if _, err := a.service.CreateRound(ctx, by, code, period); err != nil {
		t.Fatal(err)
	}
	team := demo.Evaluators(period)
	team[0].Email = a.users[survey.RoleEvaluator].Email
	for _, err := range []error{
		a.service.SaveParticipants(ctx, by, code, demo.Participants(ms)),
		a.service.SaveEvaluators(ctx, by, code, team),
		a.service.AddAssignments(ctx, by, code, demo.Assignments(survey.DefaultAreas(), team)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.service.AddPracticePackage(ctx, by, code); err != nil {
		t.Fatal(err)
	}
	set, err := a.service.Setup(ctx, by, code)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := schedule.Plan(schedule.Input{Setup: set}, 1)
	if err != nil {
		t.Fatal(err)
	}
	demo.Fill(set, plan.Contacts, 1, now)
	if _, err := a.service.ImportContacts(ctx, by, set, plan.Contacts); err != nil {
		t.Fatal(err)
	}
	if err := a.service.StartFieldwork(ctx, by, code, 0); err != nil {
		t.Fatal(err)
	}
}

func (a *app) publish(t testing.TB, code string) {
	t.Helper()
	waive := map[survey.CheckItem]string{survey.MissingContacts: "prov", survey.BelowMinBase: "prov", survey.InsideCutoff: "prov"}
	if err := a.service.CloseRound(t.Context(), a.users[survey.RoleCommissioner], code, waive); err != nil {
		t.Fatal(err)
	}
	if err := a.service.Publish(t.Context(), a.users[survey.RoleCommissioner], code, 0, survey.Publication{Own: true}); err != nil {
		t.Fatal(err)
	}
}

// visits are an address and who asks for it, for every page there is.
type pageVisit struct {
	role survey.Role
	path string
}

// pageVisits fills every GET route with something that exists, and asks as the
// first role that may.
func (a *app) pageVisits(t testing.TB) []pageVisit {
	t.Helper()
	contacts := map[survey.Channel]survey.Contact{}
	own := survey.ContactFilter{Evaluator: a.users[survey.RoleEvaluator].Email}
	list, _, err := a.service.Contacts(t.Context(), survey.CommandLine, "2026", own)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		contacts[c.Channel] = c
	}
	practice, err := a.service.PracticeBook(t.Context(), survey.CommandLine, "2026")
	if err != nil {
		t.Fatal(err)
	}
	var visits []pageVisit
	for _, r := range routes {
		if r.method != get || strings.Contains(r.path, "logga") {
			continue
		}
		id := contacts[survey.Phone].ID.String()
		switch {
		case strings.HasPrefix(r.path, "/e-post"):
			id = contacts[survey.Email].ID.String()
		case strings.HasPrefix(r.path, "/ovning"):
			id = practice.Contacts[0].ID.String()
		case strings.HasPrefix(r.path, "/konton"):
			id = a.users[survey.RoleEvaluator].ID.String()
		}
		role := survey.RoleLead
		for _, candidate := range []survey.Role{survey.RoleLead, survey.RoleCommissioner, survey.RoleEvaluator, survey.RoleReader, survey.RoleAdmin} {
			if r.admits(survey.User{Role: candidate}) {
				role = candidate
				break
			}
		}
		round := "2026"
		if role == survey.RoleReader {
			round = "2025"
		}
		path := strings.NewReplacer(":round", round, ":municipality", readerPlace, ":id", id, ":question", "BYGG1",
			":practice", practice.Contacts[0].ID.String(), ":email", "evaluator@example.se", ":day", "2026-10-31", ":kind", "contacts", ":item", string(survey.MissingContacts)).Replace(r.path)
		if strings.HasSuffix(path, "/tilldelning/kommuner") {
			path += "?omrade=bygglov&bedomare=evaluator%40example.se"
		}
		visits = append(visits, pageVisit{role, path})
	}
	return visits
}

func TestNoPageAsksTheDatabaseTooOften(t *testing.T) {
	all := survey.BundledMunicipalities()
	var some []survey.Municipality
	for _, m := range all {
		if m.CountyCode == "03" {
			some = append(some, m)
		}
	}
	a := fieldedApp(t, some)
	browsers := map[survey.Role]*walk{}
	for _, role := range survey.Roles {
		browsers[role] = a.as(t, role).redirects(false)
	}
	for _, v := range a.pageVisits(t) {
		browsers[v.role].open(v.path) // figures are counted once and then kept in memory
		before := a.store.Queries()
		w := browsers[v.role].open(v.path)
		asked := a.store.Queries() - before
		// Closing and previewing are refused with words while the round is open.
		if !slices.Contains([]int{http.StatusOK, http.StatusSeeOther, http.StatusConflict}, w.answer.StatusCode) {
			t.Errorf("%s as %s: status %d", v.path, v.role, w.answer.StatusCode)
		}
		if asked > mostQueries {
			t.Errorf("%s as %s: %d queries, at most %d", v.path, v.role, asked, mostQueries)
		}
	}
}

// The evaluator's loop is walked forty times a day by everybody, so its steps
// cost less than any page may.
func TestTheLoopAsksTheDatabaseSeldom(t *testing.T) {
	w := newWork(t, nil)
	w.planned(survey.Phone, "0305")
	c := w.planned(survey.Phone, "0139")
	browser := w.as(t, evaluator).open("/min-dag").open(contactURL(c)).redirects(false)
	asks := func(step string, most int64, do func()) {
		t.Helper()
		before := w.store.Queries()
		do()
		if n := w.store.Queries() - before; n > most {
			t.Errorf("%s: %d queries, at most %d", step, n, most)
		}
	}
	asks("the list", 4, func() { browser.open("/min-dag").wants(http.StatusOK) })
	asks("the form", 3, func() { browser.open(contactURL(c)).wants(http.StatusOK) })
	if err := stampPhases(t.Context(), w.store, c.ID.String(), w.clock.now()); err != nil {
		t.Fatal(err)
	}
	asks("the save, with the next contact", 13, func() {
		browser.post(contactURL(c), url.Values{
			"form_id": {uuid.NewString()}, "version": {"2"}, "attempt": {"1"}, "outcome": {"reached"}, "answer": {"good"},
			"information": {"good"}, "interest": {"good"}, "treatment": {"good"}, "then": {"next"},
		}).wants(http.StatusSeeOther)
	})
}

// BenchmarkPages measures every page's server time with a full round of
// 290 municipalities and 69,600 contacts.
func BenchmarkPages(b *testing.B) {
	a := fieldedApp(b, survey.BundledMunicipalities())
	tokens := map[survey.Role]string{}
	for _, role := range survey.Roles {
		token, _, err := a.auth.Login(b.Context(), a.users[role].Email, testPassword, "127.0.0.1")
		if err != nil {
			b.Fatal(err)
		}
		tokens[role] = token
	}
	for _, v := range a.pageVisits(b) {
		b.Run(string(v.role)+v.path, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, v.path, nil)
			r.AddCookie(&http.Cookie{Name: sessionCookie, Value: tokens[v.role]})
			a.web.ServeHTTP(httptest.NewRecorder(), r)
			size, before := 0, a.store.Queries()
			for b.Loop() {
				answer := httptest.NewRecorder()
				a.web.ServeHTTP(answer, r)
				size = answer.Body.Len()
				if answer.Code >= http.StatusBadRequest && answer.Code != http.StatusConflict {
					b.Fatal(answer.Code)
				}
			}
			b.ReportMetric(float64(a.store.Queries()-before)/float64(b.N), "queries/op")
			b.ReportMetric(float64(size)/1000, "kB")
		})
	}
}
