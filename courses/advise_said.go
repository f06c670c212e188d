package courses

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
)

// said gives the text with 0 in place of every byte that nobody reads as words:
// front matter, marks, ids, addresses, code. Words stay where they stand, so that
// what is found among them is found in the text.
func (c *compiler) said() []byte {
	out := make([]byte, len(c.text))
	_ = ast.Walk(c.doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan, *ast.AutoLink:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			c.sayText(out, n)
		case *ast.String:
			c.saySign(out, n)
		}
		return ast.WalkContinue, nil
	})
	return out
}

// sayText copies a run of words, and a blank for the end of a line within a
// paragraph, with the marks of the quote that it goes on in.
func (c *compiler) sayText(out []byte, n *ast.Text) {
	copy(out[n.Segment.Start:n.Segment.Stop], n.Segment.Value(c.text))
	if !n.SoftLineBreak() && !n.HardLineBreak() {
		return
	}
	for at := n.Segment.Stop; at < len(out) && bytes.IndexByte([]byte(" \t\n>\\"), c.text[at]) >= 0; at++ {
		out[at] = ' '
	}
}

// saySign copies the apostrophe for which the typographer put a better one: it
// stands where the words before it end.
func (c *compiler) saySign(out []byte, n *ast.String) {
	before, ok := n.PreviousSibling().(*ast.Text)
	if !ok {
		return
	}
	if at := before.Segment.Stop; at < len(out) && c.text[at] == '\'' {
		out[at] = '\''
	}
}

// hideTerms takes the words of a glossary out of what is said: they are explained.
func hideTerms(said []byte, terms []Term) {
	index := indexTerms(terms)
	m := &marker{index: index, seen: map[int]bool{}}
	text := string(said)
	for at := 0; at < len(said); {
		stop := wordStop(said, at)
		if stop == at {
			at++
			continue
		}
		if end, _, ok := m.find(text, at); ok {
			clear(said[at:end])
			stop = end
		}
		at = stop
	}
}
