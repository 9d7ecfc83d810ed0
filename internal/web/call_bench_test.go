package web

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// watchKeys gathers how long each key took until its effect was painted, as
// the browser itself measures it (Event Timing): from the key going down to
// the next frame, in steps of 8 ms, and how much of it was spent in scripts.
// What takes less than 16 ms is not told.
const watchKeys = `window.keysTook = [];
	new PerformanceObserver((list) => {
		for (const e of list.getEntries()) if (e.name === "keydown") keysTook.push([e.duration, e.processingEnd - e.processingStart]);
	}).observe({ type: "event", durationThreshold: 16 });`

// BenchmarkKeys measures interaction to next paint on the call page: a whole
// call by keyboard on a running server. 50 ms are wanted.
func BenchmarkKeys(b *testing.B) {
	d := newCallDesk(b)
	d.do("watch", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument,
			cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: watchKeys})
		return err
	}))
	var took, scripts []float64
	for b.Loop() {
		d.openCall()
		before := d.struck
		for _, key := range []string{"r", "s", "k", "h"} {
			d.phase(key, time.Second)
		}
		d.strike("791112")
		for _, key := range []string{"a", "z", "z", "z", "z", "z"} { // and back to where it began
			d.phase(key, time.Second)
		}
		d.until("frames have come", `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
		slow, err := chromedp.Run(d.ctx, chromedp.Evaluate[[][2]float64](`keysTook`))
		if err != nil {
			b.Fatal(err)
		}
		for _, key := range slow {
			took, scripts = append(took, key[0]), append(scripts, key[1])
		}
		for range d.struck - before - len(slow) {
			took = append(took, 16) // or less
		}
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "ms/key-median")
	b.ReportMetric(took[len(took)-1], "ms/key-slowest")
	b.ReportMetric(slices.Max(append(scripts, 0)), "ms/script-slowest")
	b.ReportMetric(float64(len(took)), "keys")
}
