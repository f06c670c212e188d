// Package markup checks that a page's HTML nests as it is written: what a
// browser would silently move, close or drop is reported, and so are doubled
// ids and references to ids that are not there.
//
// It is stricter than HTML: end tags may not be left out.
package markup

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Page checks a whole document and returns what is wrong, in the order of the
// document, each with its line.
func Page(document []byte) []string {
	c := check(document)
	c.references()
	c.skeleton()
	return c.problems
}

// Fragment checks a part of a page: how it nests, not what it points to.
func Fragment(part []byte) []string {
	return check(part).problems
}

// Standing checks a page as a browser has it now. It nests by nature, and its
// scripts may have set styles: what is left are ids.
func Standing(document []byte) []string {
	c := &checker{}
	for _, problem := range Page(document) {
		if strings.Contains(problem, "the id ") {
			c.problems = append(c.problems, problem)
		}
	}
	return c.problems
}

// A checker walks a document's tags.
type checker struct {
	line     int
	open     []string // names of the elements that are open, outermost first
	ids      map[string]int
	wanted   []reference
	seen     map[string]int // how often an element came
	title    int            // bytes of text in <title>
	lang     bool
	doctype  bool
	problems []string
}

// A reference is an id that some attribute points to.
type reference struct {
	id, from string
	line     int
}

func check(document []byte) *checker {
	c := &checker{line: 1, ids: map[string]int{}, seen: map[string]int{}}
	tags := html.NewTokenizer(bytes.NewReader(document))
	for {
		kind := tags.Next()
		raw := tags.Raw()
		newlines := bytes.Count(raw, []byte("\n"))
		if kind == html.ErrorToken {
			if err := tags.Err(); !errors.Is(err, io.EOF) {
				c.report("cannot be read: %v", err)
			}
			break
		}
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			c.doubled(raw)
		}
		c.token(kind, tags.Token())
		c.line += newlines
	}
	c.end()
	return c
}

func (c *checker) report(format string, values ...any) {
	c.problems = append(c.problems, fmt.Sprintf("line %d: ", c.line)+fmt.Sprintf(format, values...))
}

func (c *checker) token(kind html.TokenType, token html.Token) {
	switch kind {
	case html.DoctypeToken:
		c.doctype = len(c.seen) == 0
	case html.StartTagToken, html.SelfClosingTagToken:
		c.start(token, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		c.close(token.Data)
	case html.TextToken:
		c.text(token.Data)
	}
}

// start takes a start tag: is it allowed here, are its attributes sound?
func (c *checker) start(token html.Token, selfClosed bool) {
	name := token.Data
	c.seen[name]++
	c.attributes(token)
	if why := c.misplaced(name); why != "" {
		c.report("<%s> %s", name, why)
	}
	foreign := name == "svg" || name == "math" || c.inside("svg") || c.inside("math")
	switch {
	case slices.Contains(voids, name) && !foreign:
	case selfClosed && foreign:
	case selfClosed:
		c.report("<%s/> closes nothing: HTML ignores the slash", name)
		c.open = append(c.open, name)
	default:
		c.open = append(c.open, name)
	}
}

// close takes an end tag: it must end what was opened last.
func (c *checker) close(name string) {
	last := len(c.open) - 1
	switch {
	case last >= 0 && c.open[last] == name:
		c.open = c.open[:last]
	case c.inside(name):
		for c.open[last] != name {
			c.report("</%s> comes while <%s> is open", name, c.open[last])
			last--
		}
		c.open = c.open[:last]
	default:
		c.report("</%s> ends nothing", name)
	}
}

func (c *checker) text(s string) {
	if c.parent() == "title" && !c.inside("svg") {
		c.title += len(s)
	}
}

// end reports what is left open.
func (c *checker) end() {
	for _, name := range c.open {
		c.report("<%s> is never closed", name)
	}
}

// references reports what points to nothing.
func (c *checker) references() {
	for _, r := range c.wanted {
		if _, there := c.ids[r.id]; !there {
			c.problems = append(c.problems, fmt.Sprintf("line %d: %s points to the id %q, which is not there", r.line, r.from, r.id))
		}
	}
}

// skeleton asks for what a whole page needs.
func (c *checker) skeleton() {
	c.line = 1
	if !c.doctype {
		c.report("the page does not begin with <!doctype html>")
	}
	if !c.lang {
		c.report("<html> does not say its language")
	}
	if c.title == 0 {
		c.report("the page has no title")
	}
	for _, name := range []string{"html", "head", "body", "main", "h1"} {
		if c.seen[name] != 1 {
			c.report("there are %d <%s>, and there should be one", c.seen[name], name)
		}
	}
}

func (c *checker) inside(name string) bool { return slices.Contains(c.open, name) }

func (c *checker) parent() string {
	if len(c.open) == 0 {
		return ""
	}
	return c.open[len(c.open)-1]
}
