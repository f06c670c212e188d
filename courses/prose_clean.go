package courses

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// clean walks the parsed text once: what could run, load or send anything is
// taken out, links are pointed where they lead, footnotes are noted. Nodes are
// changed after the walk, which must not stumble over its own changes.
func (c *compiler) clean() {
	var found []func()
	_ = ast.Walk(c.doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if fix := c.cleaner(n); fix != nil {
			found = append(found, fix)
		}
		return ast.WalkContinue, nil
	})
	for _, fix := range found {
		fix()
	}
}

// cleaner gives what has to be done about a node, nil where it is fine.
func (c *compiler) cleaner(n ast.Node) func() {
	switch n := n.(type) {
	case *ast.Link:
		return func() { c.cleanLink(n) }
	case *ast.Image:
		return func() { c.cleanPicture(n) }
	case *ast.AutoLink:
		return func() { c.cleanAutoLink(n) }
	case *ast.RawHTML:
		first := n.Segments.At(0)
		return func() { c.dropHTML(n, first.Value(c.text)) }
	case *ast.HTMLBlock:
		return func() { c.dropHTML(n, n.Lines().Value(c.text)) }
	case *ast.Heading:
		return func() { c.cleanHeading(n) }
	case *extast.TableCell:
		return func() { alignCell(n) }
	case *extast.Footnote:
		c.notes[n.Index] = n
	case *extast.FootnoteLink:
		return func() { c.noteCall(n) }
	}
	return nil
}

// remove takes a node out and keeps what it holds.
func unwrap(n ast.Node) {
	parent := n.Parent()
	if parent == nil {
		return
	}
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		n.RemoveChild(n, child)
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}

func replace(old, by ast.Node) {
	if parent := old.Parent(); parent != nil {
		parent.ReplaceChild(parent, old, by)
	}
}

// lineOf gives the line of a node: its own, or that of what stands around it.
func (c *compiler) lineOf(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if at := n.Pos(); at >= 0 && n.Kind() != ast.KindDocument {
			return c.line(min(at, len(c.text)))
		}
	}
	return 1
}

// dropHTML takes raw HTML out. A comment goes quietly: it was never shown.
func (c *compiler) dropHTML(n ast.Node, raw []byte) {
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<!--")) {
		c.reportOnce(c.lineOf(n), Notice, HTMLDropped)
	}
	if parent := n.Parent(); parent != nil {
		parent.RemoveChild(parent, n)
	}
}

// reportOnce reports a problem that a line may have many times.
func (c *compiler) reportOnce(line int, level Level, code string, values ...string) {
	for i := len(c.problems) - 1; i >= 0 && i > len(c.problems)-8; i-- {
		if p := c.problems[i]; p.Line == line && p.Code == code {
			return
		}
	}
	c.report(line, level, code, values...)
}

// cleanHeading keeps headings within a step below the step's own.
func (c *compiler) cleanHeading(h *ast.Heading) {
	if s, ok := h.Parent().(*sectionNode); ok && s.section.heading && s.FirstChild() == ast.Node(h) {
		s.section.headNode = h
		return
	}
	c.headings = append(c.headings, h)
	if h.Level >= 3 {
		return
	}
	if h.Level == 2 && !c.src.HashesInFences {
		c.report(c.lineOf(h), Notice, HeadingLevel)
	}
}

// alignCell says with a class how a cell is aligned: the attribute is obsolete,
// and a style would need a hole in the page's rules.
func alignCell(cell *extast.TableCell) {
	switch cell.Alignment {
	case extast.AlignLeft:
		cell.SetAttributeString("class", []byte("align-start"))
	case extast.AlignCenter:
		cell.SetAttributeString("class", []byte("align-center"))
	case extast.AlignRight:
		cell.SetAttributeString("class", []byte("align-end"))
	}
}
