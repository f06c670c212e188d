package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// leaveAnyway closes the browser's own dialogs, so that the page goes on: who is asked
// whether to leave a page that is not saved yet leaves it.
func (p *Page) leaveAnyway(event any) {
	if _, opens := event.(*page.EventJavascriptDialogOpening); !opens {
		return
	}
	go func() { // the listener may not wait for the browser
		_ = chromedp.Do(p.context, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
			return err
		}))
	}()
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
}
