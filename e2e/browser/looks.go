package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"
)

// Text is what a person can read on the page, white space made single.
func (p *Page) Text() string {
	p.t.Helper()
	return strings.Join(strings.Fields(ask[string](p, `document.body ? document.body.innerText : ""`)), " ")
}

// See waits for words to be on the page, and fails where they do not come.
func (p *Page) See(words ...string) {
	p.t.Helper()
	for _, w := range words {
		if !until(func() bool { return strings.Contains(p.Text(), w) }) {
			p.fail("%q is not there", w)
		}
	}
}

// SeeLike waits for words that a pattern describes, such as a time.
func (p *Page) SeeLike(pattern string) {
	p.t.Helper()
	like := regexp.MustCompile(pattern)
	if !until(func() bool { return like.MatchString(p.Text()) }) {
		p.fail("nothing like %q is there", pattern)
	}
}

// DontSee fails where words are on the page now, in a field too.
func (p *Page) DontSee(words ...string) {
	p.t.Helper()
	for _, w := range words {
		if strings.Contains(p.Text(), w) || slices.ContainsFunc(p.fields(), func(v string) bool { return strings.Contains(v, w) }) {
			p.fail("%q is there", w)
		}
	}
}

// fields is what stands in all fields of the page.
func (p *Page) fields() []string {
	p.t.Helper()
	return ask[[]string](p, `[...document.querySelectorAll("input:not([type=hidden]), textarea")].map(e => e.value)`)
}

// Has reports whether words are on the page now.
func (p *Page) Has(words string) bool {
	p.t.Helper()
	return strings.Contains(p.Text(), words)
}

// Heading is the words of the page's first heading.
func (p *Page) Heading() string {
	p.t.Helper()
	return ask[string](p, `(document.querySelector("h1")?.innerText || "").replace(/\s+/g, " ").trim()`)
}

// Position is the place, from 1, of the item of a list that holds these words.
func (p *Page) Position(words string) int {
	p.t.Helper()
	what, _ := json.Marshal(words)
	return ask[int](p, `(() => { const item = [...document.querySelectorAll("li")].find(e => e.innerText.includes(`+string(what)+`));
		return item ? [...item.parentElement.children].indexOf(item) + 1 : 0; })()`)
}

// Value is what stands in a field.
func (p *Page) Value(label string) string {
	p.t.Helper()
	return p.find("field", label).Value
}

// Chosen reports whether a radio button or a checkbox is chosen.
func (p *Page) Chosen(label string) bool {
	p.t.Helper()
	return p.find("choice", label).Checked
}

// Status is the HTTP status of the page.
func (p *Page) Status() int64 {
	p.watch.mu.Lock()
	defer p.watch.mu.Unlock()
	return p.watch.status
}

// Asked is every address that the page asked for, the newest last.
func (p *Page) Asked() []string {
	p.watch.mu.Lock()
	defer p.watch.mu.Unlock()
	return slices.Clone(p.watch.asked)
}

// Links is where the links of the page lead on this host, without fragments.
func (p *Page) Links() []string {
	p.t.Helper()
	all := ask[[]string](p, `[...document.querySelectorAll("a[href]")].map(a => a.href.split("#")[0])`)
	var here []string
	for _, address := range all {
		if path, ours := strings.CutPrefix(address, p.home); ours && !slices.Contains(here, path) {
			here = append(here, path)
		}
	}
	return here
}

// Focused is the words of what has the focus, for walks with the keyboard.
func (p *Page) Focused() string {
	p.t.Helper()
	return ask[string](p, `(() => { const e = document.activeElement;
		if (!e || e === document.body) return "";
		const label = e.labels && e.labels[0] ? e.labels[0].innerText : "";
		return (e.getAttribute("aria-label") || label || e.innerText || e.value || e.tagName).replace(/\s+/g, " ").trim(); })()`)
}

// Ask evaluates an expression and returns it as JSON, for what no other method says.
func (p *Page) Ask(expression string) string {
	p.t.Helper()
	return string(ask[json.RawMessage](p, expression))
}

// HTML is the page as it stands, with what is in its fields.
func (p *Page) HTML() string {
	p.t.Helper()
	return ask[string](p, "document.documentElement.outerHTML") + strings.Join(p.fields(), "\n")
}

// Screenshot stores a picture of what is on the screen in the folder that
// PICTURES names, if it names one.
func (p *Page) Screenshot(name string) {
	p.t.Helper()
	folder := os.Getenv("PICTURES")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(p.context, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644)
	}
	if err != nil {
		p.fail("take a picture: %v", err)
	}
}
