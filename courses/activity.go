package courses

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// An opened block is what stands in the block of an activity, sorted: what is
// asked, the list, and what comes after it.
type openedBlock struct {
	*compiler
	block *block
	a     *Activity
	ask   []ast.Node
	lists []*ast.List
	boxed bool         // some choice has a box
	bare  []int        // the lines of choices without one
	inner []*blockNode // blocks that should not be in here
}

// activity makes an Activity of a block. ok is false where the block lacks what
// its kind needs; it is then shown as prose, and reported. inner are blocks that
// should not stand in it.
func (c *compiler) activity(b *block, at string) (a *Activity, inner []*blockNode, ok bool) {
	o := &openedBlock{compiler: c, block: b}
	o.a = &Activity{ID: b.id, Kind: b.kind, At: at, Step: b.section.id, Line: b.line}
	o.sort()
	o.a.Label = o.renderInside(b.labelled)
	if b.hasLabel && o.a.Label == "" {
		o.report(b.line, Warn, LabelMissing, "name", string(b.kind))
	}
	if !o.fill() {
		return o.a, o.inner, false
	}
	o.a.Text = o.says()
	if o.a.Text == "" {
		o.report(b.line, Error, LabelMissing, "name", string(b.kind))
	}
	return o.a, o.inner, true
}

// fill reads what belongs to the activity's kind.
func (o *openedBlock) fill() bool {
	switch o.a.Kind {
	case Blanks:
		return o.blanks()
	case Practice:
		o.a.Prompt = o.renderAll(o.ask)
		return true
	case Reflection:
		o.items()
		o.a.Prompt = o.renderAll(o.ask)
		return true
	}
	if len(o.lists) == 0 {
		o.report(o.block.line, Error, ListMissing, "name", string(o.a.Kind))
		return false
	}
	o.items()
	o.a.Prompt = o.renderAll(o.ask)
	return o.checkItems()
}

// says gives the plain text of what is asked.
func (o *openedBlock) says() string {
	if label := plain(o.a.Label); label != "" {
		return label
	}
	if o.a.Kind == Blanks {
		return plain(strings.Join(o.a.Pieces, "…"))
	}
	return plain(o.a.Prompt)
}

// sort finds the list that the activity is about: everything before it is what
// is asked, and so is, with a report, everything after it.
func (o *openedBlock) sort() {
	body := o.body()
	main := o.mainList(body)
	for i, n := range body {
		list, isList := n.(*ast.List)
		switch {
		case main < 0 || i < main:
			o.ask = append(o.ask, n)
		case isList && o.wants(list):
			o.lists = append(o.lists, list)
		case strings.TrimSpace(o.render(n)) != "":
			o.report(o.lineOf(n), Warn, TextAfterList, "name", string(o.a.Kind))
			o.ask = append(o.ask, n)
		}
	}
	if len(o.lists) > 1 {
		o.report(o.lineOf(o.lists[1]), Warn, ListSplit, "name", string(o.a.Kind))
	}
}

// body gives what stands in the block, without its label and other blocks.
func (o *openedBlock) body() []ast.Node {
	if o.block.node == nil {
		return nil
	}
	var body []ast.Node
	for n := o.block.node.FirstChild(); n != nil; n = n.NextSibling() {
		inner, isBlock := n.(*blockNode)
		switch {
		case isBlock:
			o.inner = append(o.inner, inner)
		case n != o.block.labelled && n.Kind() != kindFence:
			body = append(body, n)
		}
	}
	return body
}

// mainList gives the index of the first list that is of the kind's own sort (one
// with boxes, one with numbers), else of the first list; -1 where none will do.
func (o *openedBlock) mainList(body []ast.Node) int {
	first := -1
	for i, n := range body {
		list, ok := n.(*ast.List)
		if !ok || !o.wants(list) {
			continue
		}
		if first < 0 {
			first = i
		}
		if o.a.Kind == Question && hasBoxes(list) || o.a.Kind == Order && list.IsOrdered() {
			return i
		}
	}
	return first
}

// wants says whether a list may be what the activity is about.
func (o *openedBlock) wants(list *ast.List) bool {
	switch o.a.Kind {
	case Blanks, Practice:
		return false
	case Reflection:
		return list.IsOrdered()
	}
	return true
}

func (c *compiler) renderAll(list []ast.Node) string {
	c.page.Reset()
	for _, n := range list {
		c.renderTo(n)
	}
	return strings.TrimSpace(c.page.String())
}
