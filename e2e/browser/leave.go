package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// answerDialog closes a dialog of the browser, so that the page goes on. Whoever is
// asked whether to leave a page that is not saved yet leaves it, but in Stay.
func (p *Page) answerDialog(event any) {
	if _, opens := event.(*page.EventJavascriptDialogOpening); !opens {
		return
	}
	p.watch.mu.Lock()
	leaves := !p.watch.stays
	p.watch.mu.Unlock()
	go func() { // the listener may not wait for the browser
		_ = chromedp.Do(p.context, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: leaves})
			return err
		}))
	}()
}

// Stay asks for the page again, and says no when the browser asks whether to leave
// what is not saved. It fails where the browser does not ask.
func (p *Page) Stay() {
	p.t.Helper()
	before := p.AskedToLeave()
	p.watch.stay(true)
	defer p.watch.stay(false)
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Reload, page.ReloadParams{})
		return err
	}))
	if !until(func() bool { return p.AskedToLeave() > before }) {
		p.fail("the browser lets go of the page without a word")
	}
}

func (w *watch) stay(stays bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stays = stays
}

// AskedToLeave is how often the browser asked whether to leave what is not saved.
func (p *Page) AskedToLeave() int {
	p.watch.mu.Lock()
	defer p.watch.mu.Unlock()
	return p.watch.asks
}

// Close closes the tab, as somebody does who has had enough: the page is told, and
// nobody waits for what it still wants to send.
func (p *Page) Close() {
	p.t.Helper()
	p.verify()
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Close, cdp.Empty{})
		return err
	}))
	p.watch.close()
}

func (w *watch) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.gone = true
}

func (w *watch) closed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.gone
}

// Until waits until something is so that the page cannot know, and reports whether
// it came: what one page sends, and another is to show.
func (p *Page) Until(so func() bool) bool { return until(so) }
