package courses

import (
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Compile reads one Markdown file. It never fails: whatever is wrong with the
// text stands in the module's Problems, and the rest is there. A text that is
// refused (too big, not UTF-8, nested too deeply) gives a module without steps.
// It is pure: the same Source gives the same Module.
func Compile(src Source) *Module {
	c := newCompiler(src)
	if c.read() {
		c.compile()
	}
	if c.module.Title == "" {
		c.module.Title = titleOf(src.Path)
	}
	if len(c.module.Steps) == 0 && len(c.problems) == 0 {
		c.report(0, Error, ModuleEmpty)
	}
	c.module.Problems = tidyProblems(src.Path, c.problems)
	return c.module
}

// A compiler is the work on one Source. It is used once.
type compiler struct {
	src      Source
	module   *Module
	problems []Problem

	text    []byte   // what goldmark reads: newlines are \n, front matter and heading ids blanked
	lines   []int    // where each line of text begins
	outline *outline // steps and blocks, as the line scanner found them
	doc     ast.Node
	page    page // what is being rendered

	alerts     map[ast.Node]Kind // quotes that are GitHub alerts
	notes      map[int]ast.Node  // footnotes by goldmark's index
	noteHTML   map[int]string
	noteLinks  []*noteLink
	inPage     []inPageLink
	headings   []*ast.Heading        // within steps
	pictures   map[*ast.Image]string // as the author wrote their addresses
	places     map[string]*section   // every id and the step it stands in
	activities map[string]bool       // the ids of those that are activities
	feet       map[*section]string   // the footnotes of a step, as HTML
	budget     int                   // bytes that repeated texts (link addresses, footnotes) may still take
}

func newCompiler(src Source) *compiler {
	return &compiler{
		src:        src,
		module:     &Module{Path: src.Path, Slug: src.Slug, Lang: src.Lang},
		alerts:     map[ast.Node]Kind{},
		notes:      map[int]ast.Node{},
		noteHTML:   map[int]string{},
		pictures:   map[*ast.Image]string{},
		places:     map[string]*section{},
		activities: map[string]bool{},
		feet:       map[*section]string{},
		budget:     repeatBudget,
	}
}

// read checks the text, cleans it and finds its outline. It reports false where
// the text is refused.
func (c *compiler) read() bool {
	if p, ok := guard(c.src.Path, c.src.Text); !ok {
		c.problems = append(c.problems, p)
		return false
	}
	c.text = normalise(c.src.Text)
	c.lines = lineStarts(c.text)
	c.frontMatter()
	return c.scan()
}

func (c *compiler) compile() {
	c.parse()
	c.clean()
	c.dropTitle()
	c.assignIDs()
	c.pointInPage()
	c.placeNotes()
	c.build()
	c.crossCheck()
	c.explainTerms()
	c.countMinutes()
}

// titleOf makes a title of a file name: "03-look-back.fa.md" is "look back".
func titleOf(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	name = strings.TrimLeft(name, "0123456789")
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' }), " ")
	if name == "" || name == "." || name == "/" {
		return path.Base(file)
	}
	return name
}

// dropTitle takes the module's title from its first `#` where the front matter
// gives none, and drops a first `#` that only repeats the title.
func (c *compiler) dropTitle() {
	if len(c.outline.sections) == 0 {
		return
	}
	start := c.outline.sections[0]
	if start.heading || start.node == nil {
		return
	}
	h, ok := start.node.FirstChild().(*ast.Heading)
	if !ok || h.Level != 1 {
		return
	}
	text := c.plainInline(h)
	if c.module.Title == "" {
		c.module.Title = text
	}
	if strings.EqualFold(text, c.module.Title) {
		start.node.RemoveChild(start.node, h)
	}
}
