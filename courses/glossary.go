package courses

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Glossary reads a definition list: words, and what each means. Text around the
// list is for those who read the file, and is passed over. Links lead outside
// only, because a meaning is shown on pages of many courses' steps.
func Glossary(text []byte) ([]Term, []Problem) {
	src := Source{Text: text, Lang: "und", Resolve: func(string) (string, bool) { return "", false }}
	c := newCompiler(src)
	if !c.read() {
		return nil, c.problems
	}
	c.parse()
	c.clean()
	for _, l := range c.inPage {
		unwrap(l.link)
	}
	terms := c.terms()
	if len(terms) == 0 {
		c.report(1, Warn, GlossaryEmpty)
	}
	return terms, tidyProblems("", c.problems)
}

// terms gathers every definition list of the text. Several words in a row share
// the meaning that follows; of a word that is explained twice the first stands.
func (c *compiler) terms() []Term {
	var terms []Term
	var words []string
	seen := map[string]bool{}
	_ = ast.Walk(c.doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch {
		case !entering:
			return ast.WalkContinue, nil
		case n.Kind() == extast.KindDefinitionTerm:
			if n.PreviousSibling() != nil && n.PreviousSibling().Kind() != extast.KindDefinitionTerm {
				words = nil
			}
			words = append(words, c.plainInline(n))
			return ast.WalkSkipChildren, nil
		case n.Kind() == extast.KindDefinitionDescription:
			meaning := c.meaning(n)
			for _, word := range words {
				if key := fold(word); key == "" || seen[key] {
					c.report(c.lineOf(n), Warn, TermTwice, "name", word)
				} else {
					seen[key] = true
					terms = append(terms, Term{Word: word, Meaning: meaning})
				}
			}
			words = nil
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return terms
}

// meaning gives a description as inline HTML, its paragraphs one after another.
func (c *compiler) meaning(n ast.Node) string {
	var parts []string
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child.Kind() {
		case ast.KindTextBlock, ast.KindParagraph:
			parts = append(parts, c.renderInside(child))
		default:
			parts = append(parts, escape(plain(c.render(child))))
		}
	}
	return strings.Join(parts, " ")
}
