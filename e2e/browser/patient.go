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
		time.Sleep(100 * time.Millisecond)
	}
	p.See(words)
}

// Hear plays the n-th recording of a page, from 0, without a sound, and waits
// until something of it has passed.
func (p *Page) Hear(n int) {
	p.t.Helper()
	p.See() // the page is there
	one := fmt.Sprintf(`document.querySelectorAll("main audio")[%d]`, n)
	if p.Ask(one+` instanceof HTMLMediaElement`) != "true" {
		p.fail("there is no recording %d", n)
	}
	p.Ask(`(() => { const one = ` + one + `; one.closest("details")?.setAttribute("open", ""); one.muted = true; one.play().catch(() => {}); return true })()`)
	if !until(func() bool { return p.Ask(one+".currentTime > 0") == "true" }) {
		p.fail("recording %d is not heard: %s", n, p.Ask(`String(`+one+`.error?.message)`))
	}
}
