package courses

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// items reads the lists into items, nested ones too, in document order.
func (o *openedBlock) items() {
	for _, list := range o.lists {
		if list.IsOrdered() && list.Start > 1 && list == o.lists[0] {
			o.report(o.lineOf(list), Warn, ListStart, "name", string(o.a.Kind), "start", strconv.Itoa(list.Start))
		}
		o.list(list, 0)
	}
	for _, line := range o.bare {
		if o.boxed { // without any box, nothing is right or wrong
			o.report(line, Warn, BoxMissing)
		}
	}
}

func (o *openedBlock) list(list *ast.List, parent int) {
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		o.item(n, parent)
	}
}

func (o *openedBlock) item(n ast.Node, parent int) {
	boxed, right := takeBox(n)
	position := len(o.a.Items) + 1
	item := Item{Position: position, Parent: parent, Right: right && o.a.Kind == Question}
	var words, feedback []string
	var nested []*ast.List
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Blockquote:
			feedback = append(feedback, o.renderInside(child))
		case *ast.List:
			nested = append(nested, child)
		default:
			words = append(words, o.words(child))
		}
	}
	item.HTML = strings.Join(words, "<br>")
	item.Feedback = strings.Join(feedback, "\n")
	item.Text = plain(item.HTML)
	o.a.Items = append(o.a.Items, item)
	o.reportItem(n, item, boxed)
	o.nest(nested, position, parent)
}

// words gives what a child of a list item says, as what may stand in a label.
func (o *openedBlock) words(n ast.Node) string {
	switch n.Kind() {
	case ast.KindTextBlock, ast.KindParagraph, ast.KindHeading:
		return o.renderInside(n)
	case ast.KindCodeBlock, ast.KindFencedCodeBlock:
		return "<code>" + strings.TrimSpace(escape(string(n.Lines().Value(o.text)))) + "</code>"
	}
	return escape(plain(o.render(n)))
}

// reportItem reports an item without words, and notes which choices have boxes.
func (o *openedBlock) reportItem(n ast.Node, item Item, boxed bool) {
	line := o.lineOf(n)
	if item.Text == "" {
		o.report(line, Error, ItemEmpty, "name", string(o.a.Kind))
	}
	if o.a.Kind == Question && boxed {
		o.boxed = true
	} else if o.a.Kind == Question {
		o.bare = append(o.bare, line)
	}
}

// nest reads the lists under an item. Where the kind knows no nesting they
// become items of their own, so that nothing is lost.
func (o *openedBlock) nest(lists []*ast.List, position, parent int) {
	for _, list := range lists {
		switch {
		case o.a.Kind == Scenario, o.a.Kind == Sort && parent == 0:
			o.list(list, position)
		default:
			o.report(o.lineOf(list), Warn, ListNested, "name", string(o.a.Kind))
			o.list(list, parent)
		}
	}
}

// takeBox takes the box of a task off a list item, so that only its words are
// rendered.
func takeBox(item ast.Node) (boxed, checked bool) {
	text := item.FirstChild()
	if text == nil {
		return false, false
	}
	box, ok := text.FirstChild().(*extast.TaskCheckBox)
	if !ok {
		return false, false
	}
	text.RemoveChild(text, box)
	return true, box.IsChecked
}

func hasBoxes(list *ast.List) bool {
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		if text := n.FirstChild(); text != nil && text.FirstChild() != nil &&
			text.FirstChild().Kind() == extast.KindTaskCheckBox {
			return true
		}
	}
	return false
}
