package browser

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// GiveFile chooses a file from the disk in a field by its label.
func (p *Page) GiveFile(label, path string) {
	p.t.Helper()
	whole, err := filepath.Abs(path)
	if err != nil {
		p.fail("%v", err)
	}
	found := p.find("field", label)
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		field, err := cdp.Call(ctx, t, runtime.Evaluate, runtime.EvaluateParams{Expression: fmt.Sprintf("document.elementFromPoint(%f, %f)", found.X, found.Y)})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, t, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{whole}, ObjectID: field.Result.ObjectID})
		return err
	}))
}
