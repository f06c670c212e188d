package browser

import (
	"fmt"
	"time"
)

// SeeSoon waits for words that a page shows by itself, at most so long: for what
// it does now and then, without a press.
func (p *Page) SeeSoon(words string, most time.Duration) {
	p.t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end) && !p.Has(words); {
		time.Sleep(100 * time.Millisecond) // between two looks, as until does: the page tells nobody when it changes
	}
	p.See(words)
}

// Hear plays the n-th sound of a page that a selector finds, from 0, with the
// loudspeaker off, and waits until something of it has passed.
func (p *Page) Hear(selector string, n int) {
	p.t.Helper()
	one := fmt.Sprintf(`document.querySelectorAll(%q)[%d]`, selector, n)
	if p.Ask(one+` instanceof HTMLMediaElement`) != "true" {
		p.fail("there is no sound %d at %s", n, selector)
	}
	p.Ask(`(() => { const one = ` + one + `; one.closest("details")?.setAttribute("open", ""); one.muted = true; return true })()`)
	plays := `(() => { const one = ` + one + `; if (one.paused) one.play().catch(() => {}); return one.currentTime > 0 })()`
	if !until(func() bool { return p.Ask(plays) == "true" }) {
		p.fail("sound %d at %s is not heard: %s", n, selector, p.Ask(`String(`+one+`.error?.message)`))
	}
}

// Await waits until an expression of the page's script is true: for what a page
// does and shows nobody.
func (p *Page) Await(expression string) {
	p.t.Helper()
	if !until(func() bool { return p.Ask("Boolean("+expression+")") == "true" }) {
		p.fail("%s does not come true", expression)
	}
}
