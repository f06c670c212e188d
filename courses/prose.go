package courses

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// goldmark is safe for concurrent use once it is built. English has a
// typographer; other languages have quotes of their own, and keep what their
// authors typed. In Chinese and Japanese a line break is no space; elsewhere
// that extension would glue a word to a strong one on the next line.
var (
	english  = sync.OnceValue(func() goldmark.Markdown { return newMarkdown(extension.Typographer) })
	unspaced = sync.OnceValue(func() goldmark.Markdown {
		return newMarkdown(extension.NewCJK(extension.WithEastAsianLineBreaks()))
	})
	others = sync.OnceValue(func() goldmark.Markdown { return newMarkdown() })
)

func newMarkdown(more ...goldmark.Extender) goldmark.Markdown {
	md := goldmark.New(
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough,
			extension.Linkify,
			extension.Footnote,
			extension.DefinitionList,
		),
		goldmark.WithParserOptions(
			parser.WithBlockParsers(util.Prioritized(structureParser{}, 1)),
			parser.WithInlineParsers(
				util.Prioritized(gapParser{}, 1),
				util.Prioritized(extension.NewTaskCheckBoxParser(), 2),
			),
			parser.WithParagraphTransformers(util.Prioritized(quoteTransformer{}, 1)),
		),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodes{}, 1))),
	)
	for _, e := range more {
		e.Extend(md)
	}
	return md
}

func (c *compiler) markdown() goldmark.Markdown {
	language, _, _ := strings.Cut(c.src.Lang, "-")
	switch language {
	case "", "en":
		return english()
	case "zh", "ja":
		return unspaced()
	}
	return others()
}

// parse runs goldmark once over the whole text, so that reference links and
// footnotes work across steps.
func (c *compiler) parse() {
	pc := parser.NewContext()
	pc.Set(compilerKey, c)
	c.doc = c.markdown().Parser().Parse(text.NewReader(c.text), parser.WithContext(pc))
}

// A page is what goldmark writes to: a buffer that needs no flushing.
type page struct{ bytes.Buffer }

// Flush implements util.BufWriter.
func (*page) Flush() error { return nil }

// Buffered implements util.BufWriter.
func (*page) Buffered() int { return 0 }

// render gives the HTML of one node.
func (c *compiler) render(n ast.Node) string {
	c.page.Reset()
	c.renderTo(n)
	return c.page.String()
}

// renderTo adds the HTML of a node to the page. Writing to memory cannot fail,
// and every kind of node has its renderer.
func (c *compiler) renderTo(n ast.Node) {
	_ = c.markdown().Renderer().Render(&c.page, c.text, n)
}

// renderInside gives the HTML of what a node holds, without its own tags.
func (c *compiler) renderInside(n ast.Node) string {
	if n == nil {
		return ""
	}
	c.page.Reset()
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		c.renderTo(child)
	}
	return strings.TrimSpace(c.page.String())
}

func (c *compiler) plainInline(n ast.Node) string { return plain(c.renderInside(n)) }
