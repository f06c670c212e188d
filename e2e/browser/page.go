package browser

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Options say what kind of phone, person and line a page is opened with. The
// zero value is a small phone with JavaScript, light, in English.
type Options struct {
	NoScript      bool
	Dark          bool
	Language      string   // Accept-Language
	Width, Height int64    // in CSS pixels; 390 × 844 unless told
	Elsewhere     []string // origins besides the product's that the test goes to on purpose
	NotOurs       bool     // pages that PocketBase made: what stands on them is looked at, and how they are built is not

	Secret func(text string) // told of what is typed that nobody else may read; nil for nobody
}

// A Page is one tab in a browser context of its own: no cookie is shared with
// any other but its own Tab. Its methods fail the test, and say what was on the screen.
type Page struct {
	t       testing.TB
	browser *Browser
	context context.Context
	home    string
	options Options
	watch   *watch
	scope   string
}

// Open opens an empty page for a product. It is closed when the test ends.
func (b *Browser) Open(t testing.TB, home string, options Options) *Page {
	t.Helper()
	return b.open(t, home, options, chromedp.WithNewBrowserContext())
}

// Tab opens another tab beside this one, in which the same person is signed in.
func (p *Page) Tab() *Page {
	p.t.Helper()
	same := chromedp.FromContext(p.context).BrowserContextID
	return p.browser.open(p.t, p.home, p.options, chromedp.WithExistingBrowserContext(same))
}

func (b *Browser) open(t testing.TB, home string, options Options, where chromedp.ContextOption) *Page {
	t.Helper()
	if options.Width == 0 {
		options.Width, options.Height = 390, 844
	}
	if options.Language == "" {
		options.Language = "en"
	}
	p := &Page{t: t, browser: b, home: home, options: options, watch: newWatch(home, options.Elsewhere)}
	ctx, cancel := chromedp.NewContext(b.context, where, chromedp.WithListener(func(event any) { p.watch.event(event); p.answerDialog(event) }))
	p.context = ctx
	t.Cleanup(func() {
		if !p.watch.closed() {
			p.verify()
		}
		cancel()
	})
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as the context of its first run
		t.Fatal(err)
	}
	p.do(p.prepare())
	return p
}

// prepare makes the tab what the options ask for.
func (p *Page) prepare() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, audits.Enable, cdp.Empty{}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
			return err // several pages at once all think that they are in front
		}
		scheme := "light"
		if p.options.Dark {
			scheme = "dark"
		}
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media); err != nil {
			return err
		}
		language := network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": p.options.Language}}
		if _, err := cdp.Call(ctx, t, network.SetExtraHTTPHeaders, language); err != nil {
			return err
		}
		if _, err := chromedp.EmulateViewport(p.options.Width, p.options.Height)(ctx, t); err != nil {
			return err
		}
		return scripts(ctx, t, !p.options.NoScript)
	})
}

// scripts turns the page's scripts on or off.
func scripts(ctx context.Context, t *chromedp.Target, on bool) error {
	_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	return err
}

// Within is the same page, where controls are looked for nearest to these words.
func (p *Page) Within(words string) *Page {
	near := *p
	near.scope = words
	return &near
}

// do runs steps and fails the test where one fails.
func (p *Page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.context, 2*patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.fail("%v", err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](p *Page, expression string, options ...chromedp.EvaluateOption) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.context, 2*patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		p.fail("%v", err)
	}
	return answer
}

// until waits for something to be so, and reports whether it came.
func until(so func() bool) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if so() {
			return true
		}
	}
	return false
}

// fail ends the test with what is on the screen.
func (p *Page) fail(format string, values ...any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.context, 2*time.Second)
	defer cancel()
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + (document.body ? document.body.innerText : "")`))
	p.t.Errorf(format, values...)
	p.t.Fatalf("on the screen: %s", text)
}
