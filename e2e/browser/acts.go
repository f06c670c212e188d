package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

//go:embed find.js
var findJS string

// A control is where something to press, choose or fill stands.
type control struct {
	X, Y     float64
	Missing  bool
	Covered  string
	Disabled bool
	Tag      string
	Value    string
	Checked  bool
	Secret   bool // what is typed there is nobody else's to read
}

// find looks for a control by its words: of kind press, field or choice. The
// exact words win over words that begin so, these over words that hold it.
func (p *Page) find(kind, name string) control {
	p.t.Helper()
	what, _ := json.Marshal(map[string]string{"kind": kind, "name": name, "scope": p.scope})
	var found control
	if !until(func() bool {
		found = ask[control](p, "("+findJS+")("+string(what)+")")
		return !found.Missing && found.Covered == ""
	}) {
		if found.Covered != "" {
			p.fail("%q is covered by %s", name, found.Covered)
		}
		p.fail("there is nothing to %s called %q%s", kind, name, near(p.scope))
	}
	return found
}

func near(scope string) string {
	if scope == "" {
		return ""
	}
	return " near “" + scope + "”"
}

// Visit goes to an address of the product, as if it was typed.
func (p *Page) Visit(path string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.home + path))
	p.settle()
}

// Press presses a link or button by its words, and waits for where it leads.
func (p *Page) Press(name string) {
	p.t.Helper()
	found := p.find("press", name)
	p.lead("pressing "+name, func() { p.do(chromedp.MouseClickXY(found.X, found.Y)) })
}

// PressTwice presses the same place again at once, as somebody does to whom
// nothing seemed to happen.
func (p *Page) PressTwice(name string) {
	p.t.Helper()
	found := p.find("press", name)
	p.lead("pressing "+name, func() {
		p.do(chromedp.MouseClickXY(found.X, found.Y), chromedp.MouseClickXY(found.X, found.Y))
	})
}

// Touch presses something that leads nowhere: a summary, a button of a script.
func (p *Page) Touch(name string) {
	p.t.Helper()
	found := p.find("press", name)
	p.do(chromedp.MouseClickXY(found.X, found.Y))
}

// Choose presses a radio button or a checkbox by its label.
func (p *Page) Choose(name string) {
	p.t.Helper()
	found := p.find("choice", name)
	p.do(chromedp.MouseClickXY(found.X, found.Y))
	if now := p.find("choice", name); now.Checked == found.Checked && !now.Checked {
		p.fail("choosing %q did not choose it", name)
	}
}

// Fill types into a field by its label, over what stands in it.
func (p *Page) Fill(label, text string) {
	p.t.Helper()
	found := p.find("field", label)
	if found.Disabled {
		p.fail("the field %q cannot be filled", label)
	}
	if found.Secret && p.options.Secret != nil {
		p.options.Secret(text)
	}
	p.do(chromedp.MouseClickXY(found.X, found.Y))
	ask[chromedp.Void](p, `document.activeElement.select && document.activeElement.select()`)
	if text == "" {
		p.Keys("\b")
		return
	}
	p.insert(text)
}

// FillFirst types into the field of a name: for pages whose words are not known,
// because they are in a made-up language.
func (p *Page) FillFirst(field, text string) {
	p.t.Helper()
	ask[chromedp.Void](p, fmt.Sprintf("document.querySelector('[name=%q]').focus()", field))
	p.insert(text)
}

// WriteAfter types into a field where the caret is put behind some of its words.
func (p *Page) WriteAfter(label, words, text string) {
	p.t.Helper()
	p.caret(label, words, false)
	p.insert(text)
}

// WriteOver selects some words of a field and types others over them.
func (p *Page) WriteOver(label, words, text string) {
	p.t.Helper()
	p.caret(label, words, true)
	p.insert(text)
}

// caret puts the caret behind words of a field, or selects them. The field scrolls to
// them, and they are pressed on no screen: where in a field words stand nobody can ask.
func (p *Page) caret(label, words string, selected bool) {
	p.t.Helper()
	found := p.find("field", label)
	p.do(chromedp.MouseClickXY(found.X, found.Y))
	what, _ := json.Marshal(words)
	at := ask[int](p, fmt.Sprintf(`(() => { const field = document.activeElement, words = %s, at = field.value.indexOf(words);
		if (at >= 0) field.setSelectionRange(%t ? at : at + words.length, at + words.length);
		return at; })()`, what, selected))
	if at < 0 {
		p.fail("the field %q does not hold %q", label, words)
	}
}

// insert puts text where the focus is, as a paste or a phone's keyboard does.
func (p *Page) insert(text string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// Pick chooses an option of a select by its words.
func (p *Page) Pick(label, option string) {
	p.t.Helper()
	found := p.find("field", label)
	p.do(chromedp.MouseClickXY(found.X, found.Y), chromedp.KeyEvent(option+"\r"))
}

// FillDay chooses a day, such as 2026-05-03, in a field for one, as the browser's own
// calendar does: typed, it would depend on the browser's country.
func (p *Page) FillDay(label, day string) {
	p.t.Helper()
	found := p.find("field", label)
	ask[chromedp.Void](p, fmt.Sprintf(`(() => { const field = document.elementFromPoint(%f, %f);
		field.value = %q; field.dispatchEvent(new Event("input", { bubbles: true })); field.dispatchEvent(new Event("change", { bubbles: true })); })()`, found.X, found.Y, day))
	if got := p.Value(label); got != day {
		p.fail("the field %q holds %q", label, got)
	}
}

// Keys presses keys where the focus is. Several can be in one string; see
// package kb of chromedp for those that are no letters.
func (p *Page) Keys(keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys, options...))
}

// Submit presses keys that lead somewhere, and waits for where.
func (p *Page) Submit(keys string) {
	p.t.Helper()
	p.lead("the keys "+keys, func() { p.Keys(keys) })
}

// Back presses the browser's back button.
func (p *Page) Back() {
	p.t.Helper()
	before := p.watch.arrived()
	ctx, cancel := context.WithTimeout(p.context, 2*patience)
	defer cancel()
	// The page may be gone before it has answered: what counts is that another
	// arrives.
	_, _ = chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void]("history.back()"))
	if !until(func() bool { return p.watch.arrived() > before }) {
		p.fail("there was nothing to go back to")
	}
	p.settle()
}

// Reload asks for the same page again.
func (p *Page) Reload() {
	p.t.Helper()
	p.do(chromedp.Reload())
	p.settle()
}

// Later makes the page believe that so many more minutes have passed.
func (p *Page) Later(minutes int) {
	p.t.Helper()
	ask[chromedp.Void](p, fmt.Sprintf("(() => { const now = Date.now; Date.now = () => now.call(Date) + %d; })()", minutes*60_000))
}

// lead does something and waits until what it asked the product for is there.
func (p *Page) lead(what string, do func()) {
	p.t.Helper()
	before := p.watch.begun()
	do()
	if !until(func() bool { return p.watch.begun() > before }) {
		p.fail("%s led nowhere", what)
	}
	p.settle()
}

// settle waits until nothing is on its way, and checks what came.
func (p *Page) settle() {
	p.t.Helper()
	if !until(p.watch.quiet) {
		p.fail("the page never came to rest: %s", p.watch.waits())
	}
	p.verify()
}

// Path is the address of the page, without its host.
func (p *Page) Path() string {
	p.t.Helper()
	return strings.TrimPrefix(ask[string](p, "location.href"), p.home)
}

// Download presses a button whose answer is a file, and gives where it is stored.
func (p *Page) Download(name string) string {
	p.t.Helper()
	folder := p.t.TempDir()
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
			BrowserContextID: chromedp.FromContext(p.context).BrowserContextID,
		})
		return err
	}))
	p.Press(name)
	var stored string
	if !until(func() bool {
		files, _ := filepath.Glob(filepath.Join(folder, "*"))
		if len(files) != 1 || strings.HasSuffix(files[0], ".crdownload") {
			return false
		}
		stored = files[0]
		return true
	}) {
		p.fail("pressing %s stored no file", name)
	}
	return stored
}

// OpenFile opens a page from the disk, as somebody does who took a copy home.
func (p *Page) OpenFile(path string) {
	p.t.Helper()
	p.do(chromedp.Navigate("file://" + path))
	p.settle()
}
