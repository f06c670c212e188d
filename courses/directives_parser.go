package courses

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// compilerKey is where goldmark's context keeps the compiler it works for.
var compilerKey = parser.NewContextKey()

func compilerOf(pc parser.Context) *compiler {
	c, _ := pc.Get(compilerKey).(*compiler)
	return c
}

// structureParser hands the outline to goldmark: it opens steps and blocks on
// the lines that the scanner marked, and closes them on theirs, whatever
// Markdown is open inside.
type structureParser struct{}

// Trigger is every byte: a step may begin with any text.
func (structureParser) Trigger() []byte {
	all := make([]byte, 0, 255)
	for b := 1; b < 256; b++ {
		all = append(all, byte(b))
	}
	return all
}

func (structureParser) CanInterruptParagraph() bool                 { return true }
func (structureParser) CanAcceptIndentedLine() bool                 { return true }
func (structureParser) Close(ast.Node, text.Reader, parser.Context) {}
func (structureParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	c := compilerOf(pc)
	if c == nil {
		return nil, parser.NoChildren
	}
	line, seg := reader.PeekLine()
	m := c.outline.marks[seg.Start]
	switch {
	case m == nil || seg.Padding > 0:
		return nil, parser.NoChildren
	case m.section != nil && parent.Kind() == ast.KindDocument:
		m.section.node = &sectionNode{section: m.section}
		return m.section.node, parser.HasChildren
	case m.closes:
		return &fenceNode{}, parser.NoChildren
	case m.block != nil:
		return m.block.open(line, reader)
	}
	return nil, parser.NoChildren
}

// open makes the block's node, its label as the first child. The reader stops
// before the newline, or goldmark would glue the next line to it.
func (b *block) open(line []byte, reader text.Reader) (ast.Node, parser.State) {
	if b.node != nil {
		return nil, parser.NoChildren
	}
	b.node = &blockNode{block: b}
	if b.hasLabel && b.label.Len() > 0 {
		label := ast.NewTextBlock()
		label.Lines().Append(b.label)
		b.node.AppendChild(b.node, label)
		b.labelled = label
	}
	if b.kind.leaf() {
		return b.node, parser.NoChildren
	}
	reader.Advance(len(line) - 1)
	return b.node, parser.HasChildren
}

// Continue keeps a step or block open up to the line where the scanner ended it.
func (structureParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	_, seg := reader.PeekLine()
	switch n := node.(type) {
	case *sectionNode:
		if seg.Start < n.section.end {
			return parser.Continue | parser.HasChildren
		}
	case *blockNode:
		if !n.block.kind.leaf() && seg.Start < n.block.end {
			return parser.Continue | parser.HasChildren
		}
	}
	return parser.Close
}
