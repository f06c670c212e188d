package courses

import (
	"fmt"
	"strconv"
	"strings"

	extast "github.com/yuin/goldmark/extension/ast"
)

// noteCall puts our own node where a footnote is called: it is counted within
// its step, because a step is a page.
func (c *compiler) noteCall(n *extast.FootnoteLink) {
	call := &noteLink{index: n.Index}
	if c.sectionOf(n) == nil { // in another footnote
		if parent := n.Parent(); parent != nil {
			parent.RemoveChild(parent, n)
		}
		return
	}
	replace(n, call)
	c.noteLinks = append(c.noteLinks, call)
}

// placeNotes counts the calls of each step and puts their footnotes at its foot.
func (c *compiler) placeNotes() {
	calls := map[*section][]*noteLink{}
	for _, call := range c.noteLinks {
		if s := c.sectionOf(call); s != nil {
			call.step = s.id
			calls[s] = append(calls[s], call)
		}
	}
	for _, s := range c.outline.sections {
		if links := calls[s]; links != nil {
			c.feet[s] = c.footnotes(number(links))
		}
	}
}

// number counts footnotes in the order of their first call, and gives the first
// call of each.
func number(links []*noteLink) []*noteLink {
	var first []*noteLink
	times := map[int]int{}
	numbers := map[int]int{}
	for _, call := range links {
		if times[call.index]++; times[call.index] == 1 {
			first = append(first, call)
			numbers[call.index] = len(first)
		}
		call.number = numbers[call.index]
		call.call = times[call.index]
	}
	return first
}

// footnotes gives the HTML of a step's foot. A footnote called in many steps is
// repeated in each, within the budget.
func (c *compiler) footnotes(calls []*noteLink) string {
	var b strings.Builder
	b.WriteString(`<section class="footnotes" role="doc-endnotes"><ol>` + "\n")
	for _, call := range calls {
		note := c.note(call)
		back := fmt.Sprintf(` <a href="#%s" class="footnote-backref" role="doc-backlink" aria-label="%s">↩︎</a>`,
			call.anchor(), strconv.Itoa(call.number))
		fmt.Fprintf(&b, "<li id=%q>%s</li>\n", noteAnchor(call.step, call.number), putInside(note, back))
	}
	b.WriteString("</ol></section>\n")
	return b.String()
}

// note gives the HTML of a footnote, rendered once however often it is called.
func (c *compiler) note(call *noteLink) string {
	note, done := c.noteHTML[call.index]
	if !done {
		note = c.renderInside(c.notes[call.index])
		c.noteHTML[call.index] = note
	}
	if !c.spend(len(note)) {
		c.reportOnce(c.lineOf(call), Error, LinkTooMany)
		return ""
	}
	return note
}

// putInside adds a tail to the last paragraph of some HTML, else after it.
func putInside(html, tail string) string {
	if body, ok := strings.CutSuffix(html, "</p>"); ok {
		return body + tail + "</p>"
	}
	return html + tail
}
