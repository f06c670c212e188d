package courses

import (
	"html"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

var (
	kindGap      = ast.NewNodeKind("CourseGap")
	kindNoteLink = ast.NewNodeKind("CourseNoteLink")
	kindAlt      = ast.NewNodeKind("CourseAlt")
)

// A gapNode is `[[one|another]]` in a block of blanks.
type gapNode struct {
	ast.BaseInline
	accept []string
}

// A noteLink is the number that calls a footnote, counted within its step.
type noteLink struct {
	ast.BaseInline
	index  int // goldmark's number of the footnote, in the whole text
	step   string
	number int
	call   int // which call of this footnote in this step it is
}

// An altNode is a picture that cannot be shown: its alternative text.
type altNode struct {
	ast.BaseInline
	text string
}

func (*gapNode) Kind() ast.NodeKind  { return kindGap }
func (*noteLink) Kind() ast.NodeKind { return kindNoteLink }
func (*altNode) Kind() ast.NodeKind  { return kindAlt }

// Dump implements ast.Node.
func (n *gapNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Dump implements ast.Node.
func (n *noteLink) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Dump implements ast.Node.
func (n *altNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// gapMark stands for a gap in rendered HTML. No text holds it: NUL is refused.
const gapMark = "\x00"

// nodes renders what is ours, and what goldmark would render so that somebody
// is left out.
type nodes struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindGap, once(func(w util.BufWriter, _ ast.Node) { _, _ = w.WriteString(gapMark) }))
	reg.Register(kindAlt, once(renderAlt))
	reg.Register(kindNoteLink, once(renderNoteLink))
	reg.Register(kindFence, once(func(util.BufWriter, ast.Node) {}))
	reg.Register(extast.KindTaskCheckBox, once(renderTask))
	reg.Register(extast.KindFootnoteBacklink, once(func(util.BufWriter, ast.Node) {}))
	reg.Register(kindBlock, inside)
	reg.Register(kindSection, inside)
}

func once(write func(util.BufWriter, ast.Node)) renderer.NodeRendererFunc {
	return func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			write(w, n)
		}
		return ast.WalkSkipChildren, nil
	}
}

func inside(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}

// renderTask shows the box of a task list as a sign: a form field without a
// label would be one more thing that a screen reader cannot name.
func renderTask(w util.BufWriter, n ast.Node) {
	sign := "☐"
	if n.(*extast.TaskCheckBox).IsChecked {
		sign = "☑"
	}
	_, _ = w.WriteString(`<span class="task">` + sign + `</span> `)
}

func renderAlt(w util.BufWriter, n ast.Node) {
	_, _ = w.WriteString(`<span class="picture-missing">` + html.EscapeString(n.(*altNode).text) + `</span>`)
}

func renderNoteLink(w util.BufWriter, n ast.Node) {
	link := n.(*noteLink)
	number := strconv.Itoa(link.number)
	_, _ = w.WriteString(`<sup id="` + link.anchor() + `"><a href="#` + noteAnchor(link.step, link.number) +
		`" class="footnote-ref" role="doc-noteref">` + number + `</a></sup>`)
}

// anchor is the id of the call, to which the footnote points back. The second
// hyphen keeps it apart from every id that an author can write.
func (n *noteLink) anchor() string {
	id := IDPrefix + "-noteref-" + html.EscapeString(n.step) + "-" + strconv.Itoa(n.number)
	if n.call > 1 {
		id += "-" + strconv.Itoa(n.call)
	}
	return id
}

func noteAnchor(step string, number int) string {
	return IDPrefix + "-note-" + html.EscapeString(step) + "-" + strconv.Itoa(number)
}
