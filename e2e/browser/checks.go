package browser

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"alongside/e2e/markup"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// verify checks everything that came since it was last called: what the watch
// saw, the HTML as it was sent and as it stands, and what axe finds.
func (p *Page) verify() {
	p.t.Helper()
	if p.context.Err() != nil {
		return
	}
	answers, problems := p.watch.take()
	if p.options.NotOurs {
		return
	}
	for _, a := range answers {
		problems = append(problems, p.sent(a)...)
	}
	problems = append(problems, p.standing()...)
	for _, problem := range problems {
		p.t.Errorf("%s: %s", ask[string](p, "location.href"), problem)
	}
}

// sent checks the HTML of a response. What a redirect or a page that is gone
// left behind cannot be read any more, and was no page.
func (p *Page) sent(a answer) []string {
	body, err := chromedp.Call(p.context, network.GetResponseBody, network.GetResponseBodyParams{RequestID: a.id})
	if err != nil || len(body.Body) == 0 {
		return nil
	}
	if a.fragment {
		return labelled("HTML sent to a script from "+a.address, markup.Fragment(body.Body))
	}
	p.browser.store(body.Body)
	return labelled("HTML", markup.Page(body.Body))
}

// standing checks the page as it stands now, scripts included.
func (p *Page) standing() []string {
	page := ask[string](p, `document.contentType === "text/html" && ["http:", "file:"].includes(location.protocol) ? "<!doctype html>" + document.documentElement.outerHTML : ""`)
	if page == "" {
		return nil
	}
	problems := labelled("HTML as it stands", markup.Standing([]byte(page)))
	if p.browser.first(fmt.Sprintf("%v %d %s", p.options.Dark, p.options.Width, markup.Shape([]byte(page)))) {
		problems = append(problems, labelled("axe", p.axe())...)
	}
	return problems
}

// axeRules are those of WCAG 2.2, A and AA.
const axeRules = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`

// axe asks axe-core. It needs scripts, so they are on for as long as it runs. What
// it would read ahead of a page from the disk, the browser refuses.
func (p *Page) axe() []string {
	p.scripts(true)
	defer p.scripts(!p.options.NoScript)
	ask[chromedp.Void](p, p.browser.axe+"\n;0")
	return ask[[]string](p, `axe.run(document, {runOnly: {type: "tag", values: `+axeRules+`}, resultTypes: ["violations"], preload: location.protocol !== "file:"}).then(
		found => found.violations.flatMap(v => v.nodes.map(n => v.id + ": " + v.help + ": " + n.html.slice(0, 200) + " (" + n.failureSummary.replace(/\s+/g, " ") + ")")))`,
		chromedp.EvalAwaitPromise)
}

func (p *Page) scripts(on bool) {
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { return scripts(ctx, t, on) }))
}

// store keeps a page's HTML for the full validator.
func (b *Browser) store(page []byte) {
	if b.Stored == "" {
		return
	}
	sum := sha256.Sum256(page)
	_ = os.WriteFile(filepath.Join(b.Stored, hex.EncodeToString(sum[:8])+".html"), page, 0o644)
}

func labelled(label string, problems []string) []string {
	for i, problem := range problems {
		problems[i] = label + ": " + strings.TrimSpace(problem)
	}
	return problems
}
