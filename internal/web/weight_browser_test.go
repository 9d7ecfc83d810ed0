package web

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
	"servicematning/static"
)

// What the first page of the day may cost somebody whose browser has nothing
// in store.
const (
	mostRequests = 5
	mostBytes    = 60_000 // over the wire, with headers
)

// fetched is what a page has been made of.
type fetched struct {
	Names []string `json:"names"`
	Bytes int      `json:"bytes"`
}

const fetchedScript = `(() => {
	const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
	return { names: all.map((e) => e.name), bytes: all.reduce((sum, e) => sum + e.transferSize, 0) };
})()`

// dayInField is an app whose evaluator has a day's work in the field.
func dayInField(t testing.TB) *app {
	t.Helper()
	var some []survey.Municipality
	for _, m := range survey.BundledMunicipalities() {
		if m.CountyCode == "03" {
			some = append(some, m)
		}
	}
	return fieldedApp(t, some)
}

func TestTheDayIsLight(t *testing.T) {
	a := dayInField(t)
	b := newBrowser(t, a)
	b.login(survey.RoleEvaluator)
	b.do("an empty store", chromedp.Navigate("about:blank"), chromedp.Func(clearCache))
	b.open("/min-dag")
	cost, err := chromedp.Run(b.ctx, chromedp.Evaluate[fetched](fetchedScript))
	if err != nil {
		t.Fatal(err)
	}
	icon, err := static.URL("favicon.svg")
	if err != nil {
		t.Fatal(err)
	}
	names := append(cost.Names, icon) // a browser with a window fetches it too
	t.Logf("%d requests, %d bytes: %v", len(names), cost.Bytes, names)
	if len(names) > mostRequests || cost.Bytes > mostBytes {
		t.Errorf("%d requests and %d bytes, at most %d and %d: %v", len(names), cost.Bytes, mostRequests, mostBytes, names)
	}
	if cost.Bytes == 0 {
		t.Error("everything came from the browser's store")
	}
}

// A day of 40 calls and 40 e-mails, as heavy as they come.
func TestAFullDayIsLight(t *testing.T) {
	d := sampleWorkDay()
	d.Later, d.Waiting = slices.Repeat(d.Later, 80), slices.Repeat(d.Waiting, 40)
	d.Overdue, d.Finished = slices.Repeat(d.Overdue, 7), slices.Repeat(d.Finished, 40)
	p := newDayPage(request("/min-dag"), d)
	p.layout = sampleLayout("Min dag", evaluator)
	set, err := parseTemplates(pages)
	if err != nil {
		t.Fatal(err)
	}
	body, err := filledIn(set, p)
	if err != nil {
		t.Fatal(err)
	}
	bytes := len(body)
	for _, name := range []string{"app.css", "keys.js", "favicon.svg"} {
		url, err := static.URL(name)
		if err != nil {
			t.Fatal(err)
		}
		hash, _, _ := strings.Cut(strings.TrimPrefix(url, static.Prefix), "/")
		f, _ := static.Find(hash, name)
		bytes += len(f.Gzip)
	}
	if headers := 4 * 800; bytes+headers > mostBytes {
		t.Errorf("%d bytes, of which the page is %d", bytes+headers, len(body))
	}
	t.Logf("%d bytes, of which the page is %d", bytes, len(body))
}

// BenchmarkDayPaint measures when the largest part of the evaluator's day is
// painted, on loopback with an empty store.
func BenchmarkDayPaint(b *testing.B) {
	a := dayInField(b)
	tab := newBrowser(b, a)
	tab.login(survey.RoleEvaluator)
	sum := 0.0
	for b.Loop() {
		tab.do("an empty store", chromedp.Navigate("about:blank"), chromedp.Func(clearCache))
		tab.open("/min-dag")
		at, err := chromedp.Run(tab.ctx, chromedp.Evaluate[float64](`new Promise((done) => new PerformanceObserver((list) =>
			done(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true }))`, chromedp.EvalAwaitPromise))
		if err != nil {
			b.Fatal(err)
		}
		sum += at
	}
	b.ReportMetric(sum/float64(b.N), "ms-to-largest-paint")
}

func clearCache(ctx context.Context, _ *chromedp.Target) error {
	_, err := chromedp.Call(ctx, network.ClearBrowserCache, cdp.Empty{})
	return err
}
