package web

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// The evaluator's first page of the day comes in few requests and few bytes,
// also with a full day's work on it.
func TestTheDayIsLightToLoad(t *testing.T) {
	w := newWork(t, nil)
	var cs []survey.Contact
	for i := range 80 {
		channel := []survey.Channel{survey.Phone, survey.Email}[i%2]
		c := w.contact(channel, places[i%5], testNow.Add(time.Duration(i-10)*5*time.Minute))
		c.Question, c.Replicate = fmt.Sprintf("Q%d", i), 1
		cs = append(cs, c)
	}
	w.put(cs...)
	b := newBrowser(t, w.app)
	b.login(evaluator)
	b.do("an empty cache", chromedp.Navigate("about:blank"))
	b.open("/min-dag")
	b.until("all has come", `document.readyState === "complete"`)
	loaded, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]struct {
		Name  string `json:"name"`
		Bytes int    `json:"bytes"`
	}](`[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
		.map((e) => ({ name: e.name, bytes: e.encodedBodySize + 300 }))`)) // 300: the headers
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, file := range loaded {
		total += file.Bytes
	}
	t.Logf("%d requests, %d bytes: %v", len(loaded), total, loaded)
	if len(loaded) > 4 || total > 60_000 { // the icon is the fifth, and is not listed
		t.Errorf("%d requests and an icon, %d bytes: %v", len(loaded), total, loaded)
	}
}
