package courses

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// blanks reads a text with gaps.
func (o *openedBlock) blanks() bool {
	o.a.Marked = true
	o.gaps()
	body := o.renderAll(o.ask)
	o.a.Pieces = strings.Split(body, gapMark)
	if len(o.a.Items) == 0 || len(o.a.Pieces) != len(o.a.Items)+1 {
		o.report(o.block.line, Error, BlanksNone)
		return false
	}
	return true
}

// gaps makes an item of each gap, in the order in which they are rendered.
func (o *openedBlock) gaps() {
	for _, n := range o.ask {
		_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			gap, ok := n.(*gapNode)
			if !ok || !entering {
				return ast.WalkContinue, nil
			}
			item := Item{Position: len(o.a.Items) + 1, Accept: gap.accept, Right: true}
			if len(gap.accept) == 0 {
				o.report(o.lineOf(gap), Error, GapEmpty)
			} else {
				item.Text = gap.accept[0]
				item.HTML = escape(item.Text)
			}
			o.a.Items = append(o.a.Items, item)
			return ast.WalkContinue, nil
		})
	}
}

func escape(text string) string { return html.EscapeString(text) }
