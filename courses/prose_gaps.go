package courses

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// maxGap is how long a gap with all its words may be, in bytes.
const maxGap = 1000

// gapParser reads `[[one|another]]`, before links are read, and in the body of
// a block of blanks only.
type gapParser struct{}

// Trigger implements parser.InlineParser.
func (gapParser) Trigger() []byte { return []byte{'['} }

// Parse implements parser.InlineParser.
func (gapParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("[[")) || !inBlanks(parent) {
		return nil
	}
	end := bytes.Index(line[:min(len(line), maxGap)], []byte("]]"))
	if end < 0 {
		return nil
	}
	block.Advance(end + 2)
	gap := &gapNode{}
	for word := range strings.SplitSeq(string(line[2:end]), "|") {
		if word = strings.TrimSpace(word); word != "" {
			gap.accept = append(gap.accept, word)
		}
	}
	return gap
}

// inBlanks says whether a node stands in the body of a block of blanks.
func inBlanks(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		b, ok := n.Parent().(*blockNode)
		if ok {
			return b.block.kind == Blanks && b.block.labelled != n
		}
	}
	return false
}
