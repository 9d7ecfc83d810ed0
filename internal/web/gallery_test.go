package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// gallery is every page there is, made once and hung on a server of its own:
// what each GET route gives to somebody who may see it, what is shown when
// something is refused, and every filled sample. The browser tests that look
// at all pages walk through it without logging in.
type gallery struct {
	*httptest.Server
	exhibits []exhibit
}

type exhibit struct{ name, body string }

func newGallery(t *testing.T) *gallery {
	t.Helper()
	var some []survey.Municipality
	for _, m := range survey.BundledMunicipalities() {
		if m.CountyCode == "03" {
			some = append(some, m)
		}
	}
	a := fieldedApp(t, some)
	g := &gallery{}
	g.hangPages(t, a)
	g.hangSamples(t, a)
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/exhibit/%d", &n); err != nil {
			a.web.ServeHTTP(w, r) // the stylesheet and the scripts
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(g.exhibits[n].body)) // a browser that has gone does not matter
	}))
	t.Cleanup(g.Close)
	return g
}

// hangPages asks for every page as the first role that may see it.
func (g *gallery) hangPages(t *testing.T, a *app) {
	t.Helper()
	browsers := map[survey.Role]*walk{}
	for _, role := range survey.Roles {
		browsers[role] = a.as(t, role)
	}
	hung := map[string]bool{}
	hang := func(w *walk, name string) {
		isPage := strings.HasPrefix(w.answer.Header.Get("Content-Type"), "text/html")
		if key := fmt.Sprint(w.path(), w.answer.StatusCode); isPage && !hung[key] {
			hung[key] = true
			g.exhibits = append(g.exhibits, exhibit{name, string(w.body)})
		}
	}
	hang(a.visitor(t).open("/logga-in"), "/logga-in")
	for _, v := range a.pageVisits(t) {
		hang(browsers[v.role].open(v.path), v.path+" as "+string(v.role))
	}
	hang(browsers[evaluator].open("/konton"), "403")
	hang(browsers[evaluator].open("/finns-inte"), "404")
	for _, role := range survey.Roles {
		hang(browsers[role].open("/"), "/ as "+string(role))
	}
}

func (g *gallery) hangSamples(t *testing.T, a *app) {
	t.Helper()
	for i, p := range samples {
		body, err := filledIn(a.web.templates, p)
		if err != nil {
			t.Fatal(err)
		}
		g.exhibits = append(g.exhibits, exhibit{fmt.Sprintf("sample %d, %T", i, p), string(body)})
	}
}

// path is where an exhibit hangs.
func (g *gallery) path(n int) string { return fmt.Sprint("/exhibit/", n) }

// walkThrough shows every exhibit to look, in as many tabs as tests may run
// at a time.
func (g *gallery) walkThrough(t *testing.T, b *browser, look func(tab *browser, e exhibit)) {
	t.Helper()
	var next atomic.Int64
	for n := range 2 {
		t.Run(fmt.Sprint("tab ", n+1), func(t *testing.T) {
			t.Parallel()
			tab := b.newTab(t)
			for i := next.Add(1) - 1; int(i) < len(g.exhibits); i = next.Add(1) - 1 {
				tab.open(g.path(int(i)))
				look(tab, g.exhibits[i])
			}
		})
	}
}

// browser starts a Chromium that stands in the gallery.
func (g *gallery) browser(t *testing.T, options ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	return newBrowser(t, &app{Server: g.Server}, options...)
}

// newTab opens another tab in the same browser.
func (b *browser) newTab(t *testing.T) *browser {
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // a tab lives as long as the context of its first step
		t.Fatalf("opening a tab: %v", err)
	}
	return &browser{t: t, app: b.app, ctx: ctx, done: cancel}
}

// media are what a visitor may have asked the system for.
type media map[string]string

// view sets the width of the window, and what the visitor prefers. The window
// is so high that what sticks to its edges covers nothing.
func (b *browser) view(width int64, wishes media) {
	b.t.Helper()
	var features []*emulation.MediaFeature
	for name, value := range wishes {
		features = append(features, &emulation.MediaFeature{Name: name, Value: value})
	}
	b.do("a window", chromedp.EmulateViewport(width, 4000), chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	}))
}

// lines runs a script that lists what is wrong.
func (b *browser) lines(what, script string) []string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	return found
}
