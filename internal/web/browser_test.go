package web

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"servicematning/internal/survey"
)

// browser is a real Chromium on the app. Every step waits for what it needs;
// nothing sleeps. A step that takes longer than stepLimit fails the test.
type browser struct {
	t    testing.TB
	app  *app
	ctx  context.Context
	done context.CancelFunc
}

const stepLimit = 30 * time.Second

// newBrowser starts Chromium with a profile of its own.
func newBrowser(t testing.TB, a *app, extra ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Fatal("the browser tests need Chromium: run .ci/tools/install, or apt-get install chromium")
	}
	profile, err := os.MkdirTemp("", "servicematning-browser-")
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.WindowSize(1440, 1000))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), append(options, extra...)...)
	ctx, cancel := chromedp.NewContext(allocator)
	b := &browser{t: t, app: a, ctx: ctx, done: func() {
		cancel()
		stop()
		os.RemoveAll(profile)
	}}
	t.Cleanup(b.done)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return b
}

// do runs the steps within the limit.
func (b *browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v\nthe page says: %s", what, err, b.text("main"))
	}
}

// open goes to an address and waits for its page.
func (b *browser) open(path string) {
	b.t.Helper()
	b.do("open "+path, chromedp.Navigate(b.app.URL+path), chromedp.WaitReady("#main"))
}

// press clicks what the selector finds and waits for the page it leads to.
func (b *browser) press(selector string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, chromedp.Click(selector))
	switch {
	case err != nil:
		b.t.Fatalf("press %s: %v\nthe page says: %s", selector, err, b.text("main"))
	case answer != nil && answer.Status >= 400:
		b.t.Fatalf("press %s: status %v\nthe page says: %s", selector, answer.Status, b.text("main"))
	}
	b.do("after "+selector, chromedp.WaitReady("#main"))
}

// write fills a field.
func (b *browser) write(selector, text string) {
	b.t.Helper()
	b.do("write in "+selector, chromedp.SetValue(selector, text))
}

// tick chooses a radio button or a box.
func (b *browser) tick(selector string) {
	b.t.Helper()
	b.do("tick "+selector, chromedp.Click(selector))
}

// attach chooses a file with the text.
func (b *browser) attach(selector, name, text string) {
	b.t.Helper()
	path := b.t.TempDir() + "/" + name
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.do("attach "+name, chromedp.SetUploadFiles(selector, []string{path}))
}

// text gives what the selector's first element says, or "".
func (b *browser) text(selector string) string {
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](
		`(document.querySelector(`+"`"+selector+"`"+`)?.innerText ?? "").replace(/\s+/g, " ").trim()`))
	if err != nil {
		return err.Error()
	}
	return text
}

// sees checks that an element says something.
func (b *browser) sees(selector, words string) {
	b.t.Helper()
	if text := b.text(selector); !strings.Contains(text, words) {
		b.t.Fatalf("%s says %q, want %q in it", selector, text, words)
	}
}

// login logs the role's user in, and whoever was there before out.
func (b *browser) login(role survey.Role) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	loggedIn, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!!document.querySelector('form[action="/logga-ut"]')`))
	if err != nil {
		b.t.Fatal(err)
	}
	if loggedIn {
		b.press(`.me form[action="/logga-ut"] button`)
	}
	b.open("/logga-in")
	b.write(`main input[name="email"]`, string(role)+"@example.se")
	b.write(`main input[name="password"]`, testPassword)
	b.press(`main form button`)
}
