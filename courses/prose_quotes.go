package courses

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// quoteTransformer looks at each paragraph in a quote before its words are
// parsed: it takes the `[!NOTE]` of a GitHub alert off, and ends the feedback
// under a choice at the first line without `>`.
type quoteTransformer struct{}

// Transform implements parser.ParagraphTransformer.
func (quoteTransformer) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	c := compilerOf(pc)
	if !ok || c == nil {
		return
	}
	if _, ok := quote.Parent().(*ast.ListItem); ok {
		endFeedback(p, quote, reader.Source())
		return
	}
	if quote.FirstChild() == ast.Node(p) {
		c.takeAlert(p, quote)
	}
}

// endFeedback gives the lines that only lazily belong to a quote back to the
// choice above it.
func endFeedback(p *ast.Paragraph, quote *ast.Blockquote, source []byte) {
	lines := p.Lines()
	for i := 1; i < lines.Len(); i++ {
		start := lines.At(i).Start
		lineStart := bytes.LastIndexByte(source[:start], '\n') + 1
		if bytes.IndexByte(source[lineStart:start], '>') >= 0 {
			continue
		}
		rest := ast.NewParagraph()
		for _, line := range lines.Sliced(i, lines.Len()) {
			rest.Lines().Append(line)
		}
		lines.SetSliced(0, i)
		quote.Parent().InsertAfter(quote.Parent(), quote, rest)
		return
	}
}

// takeAlert notes that a quote is an alert. Only one at the top of a step, or
// of a block, becomes a block of its own; elsewhere it stays a quote.
func (c *compiler) takeAlert(p *ast.Paragraph, quote *ast.Blockquote) {
	lines := p.Lines()
	first := lines.At(0)
	kind := alertKind(string(first.Value(c.text)))
	if kind == "" {
		return
	}
	c.alerts[quote] = kind
	if lines.Len() == 1 {
		quote.RemoveChild(quote, p)
		return
	}
	lines.SetSliced(1, lines.Len())
}

func alertKind(line string) Kind {
	switch strings.ToUpper(strings.TrimSpace(line)) {
	case "[!NOTE]", "[!IMPORTANT]":
		return Note
	case "[!TIP]":
		return Tip
	case "[!WARNING]", "[!CAUTION]":
		return Warning
	}
	return ""
}
