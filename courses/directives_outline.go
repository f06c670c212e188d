package courses

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// An outline is the structure of a text as the line scanner found it, before
// goldmark: which lines begin a step, and where blocks open and close. goldmark
// parses the Markdown between, and cannot disagree.
type outline struct {
	sections []*section
	blocks   []*block       // in document order
	marks    map[int]*mark  // by the offset at which a line begins
	headings map[int]string // ids written on headings within a step, by the offset of their line
}

// A mark is a line that belongs to the structure and not to the Markdown.
type mark struct {
	section *section // a section begins here; its line is also Markdown
	block   *block   // a block opens here
	closes  bool     // it is a bare fence
}

// A section becomes a step.
type section struct {
	heading  bool // it begins with `##`; else it is the start
	line     int
	start    int // offset of its first line
	end      int // offset of the line after its last
	written  string
	id       string
	node     *sectionNode
	headNode *ast.Heading
	blocks   []*block // direct and nested, in document order
	step     *Step
}

// A block is a directive: `:::name[label]{attributes}` to its `:::`, or a leaf
// `::name[label]{attributes}`.
type block struct {
	name     string // as written
	kind     Kind   // Box for what means nothing here
	line     int
	label    text.Segment
	hasLabel bool
	attrs    attributes
	end      int // offset of the line that closes it
	parent   *block
	section  *section
	id       string
	node     *blockNode
	labelled ast.Node // its label, parsed
}

var (
	kindSection = ast.NewNodeKind("CourseSection")
	kindBlock   = ast.NewNodeKind("CourseBlock")
	kindFence   = ast.NewNodeKind("CourseFence")
)

// A sectionNode holds everything of one step.
type sectionNode struct {
	ast.BaseBlock
	section *section
}

// A blockNode holds what stands in a block. Its first child is the label, where
// there is one.
type blockNode struct {
	ast.BaseBlock
	block *block
}

// A fenceNode is a closing fence. It holds nothing.
type fenceNode struct{ ast.BaseBlock }

func (n *sectionNode) Kind() ast.NodeKind { return kindSection }
func (n *blockNode) Kind() ast.NodeKind   { return kindBlock }
func (n *fenceNode) Kind() ast.NodeKind   { return kindFence }

// Dump implements ast.Node.
func (n *sectionNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Dump implements ast.Node.
func (n *blockNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Dump implements ast.Node.
func (n *fenceNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// leaf kinds never hold anything, whatever the number of colons.
func (k Kind) leaf() bool {
	switch k {
	case Help, Audio, Video, Recall, Withdrawn:
		return true
	}
	return false
}

// IsActivity says whether a kind is something that a learner does.
func (k Kind) IsActivity() bool {
	switch k {
	case Question, Order, Sort, Blanks, Checklist, Scenario, Practice, Reflection, Scale:
		return true
	}
	return false
}

// holder kinds may hold activities.
func (k Kind) holder() bool {
	switch k {
	case Note, Tip, Warning, Story:
		return true
	}
	return false
}

// kindNamed gives the kind that a block's name means; Box where it means none.
func kindNamed(name string) Kind {
	k := Kind(name)
	if k.leaf() || k.IsActivity() || k.holder() {
		return k
	}
	return Box
}

// named says whether blocks of this kind carry an id.
func (k Kind) named() bool { return k.IsActivity() || k == Story || k == Withdrawn }
