package courses

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// build makes a step of each section.
func (c *compiler) build() {
	for _, s := range c.outline.sections {
		if s.node == nil {
			continue
		}
		step := &Step{ID: s.id, Line: s.line}
		if s.heading {
			step.Title = c.stepTitle(s)
			if step.Title == "" {
				c.report(s.line, Warn, StepUntitled)
			}
			if s.headNode != nil {
				s.node.RemoveChild(s.node, s.headNode)
			}
		}
		s.step = step
		b := &builder{compiler: c, step: step, at: s.id}
		b.children(s.node)
		b.foot(c.feet[s])
		step.Parts = b.parts
		if s.heading || len(step.Parts) > 0 {
			c.module.Steps = append(c.module.Steps, step)
		}
	}
}

// A builder makes the parts of a step, or of a block inside one.
type builder struct {
	*compiler
	step  *Step
	at    string // the address of what the parts stand in
	kind  Kind   // of the block they stand in; "" in a step
	parts []Part
}

func (b *builder) add(p Part, line int) *Part {
	p.At = b.at + "/" + strconv.Itoa(len(b.parts)+1)
	p.Line = line
	b.parts = append(b.parts, p)
	return &b.parts[len(b.parts)-1]
}

// children makes parts of everything in a node.
func (b *builder) children(n ast.Node) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		b.child(child)
	}
}

func (b *builder) child(n ast.Node) {
	switch n := n.(type) {
	case *fenceNode, *ast.LinkReferenceDefinition:
		return
	case *blockNode:
		b.block(n)
		return
	case *ast.Blockquote:
		if kind, ok := b.alerts[n]; ok {
			b.alert(n, kind)
			return
		}
	case *ast.Paragraph:
		if picture, ok := n.FirstChild().(*ast.Image); ok && isFigure(picture) {
			b.figure(picture)
			return
		}
	}
	b.prose(n)
}

func (b *builder) prose(n ast.Node) {
	html := strings.TrimSpace(b.render(n))
	if html == "" {
		return
	}
	b.add(Part{Kind: Prose, HTML: showGaps(html), Text: plain(html)}, b.lineOf(n))
}

// showGaps writes gaps that belong to no working block of blanks as what they
// are for a reader: something left out.
func showGaps(html string) string { return strings.ReplaceAll(html, gapMark, "…") }

func (b *builder) foot(html string) {
	if html != "" {
		b.add(Part{Kind: Prose, HTML: html, Text: plain(html)}, b.step.Line)
	}
}

// alert makes a note, tip or warning of a quote.
func (b *builder) alert(quote *ast.Blockquote, kind Kind) {
	at := b.at + "/" + strconv.Itoa(len(b.parts)+1)
	in := &builder{compiler: b.compiler, step: b.step, at: at, kind: kind}
	in.children(quote)
	b.add(Part{Kind: kind, Parts: in.parts, Text: textOf(in.parts)}, b.lineOf(quote))
}

func textOf(parts []Part) string {
	texts := make([]string, 0, len(parts))
	for _, p := range parts {
		texts = append(texts, p.Text)
	}
	return strings.Join(texts, "\n")
}

func (b *builder) figure(p *ast.Image) {
	media := &Media{
		Path:    b.pictures[p],
		Src:     string(p.Destination),
		Alt:     plain(b.renderInside(p)),
		Caption: plain(escape(unescaped(p.Title))),
		Missing: len(p.Destination) == 0,
	}
	text := strings.TrimSpace(media.Alt + "\n" + media.Caption)
	b.add(Part{Kind: Figure, Media: media, Text: text}, b.lineOf(p.Parent()))
}

// unescaped reads what goldmark leaves as it was written, as it does when it writes
// a page.
func unescaped(title []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(title))))
}

// block makes the part of a directive.
func (b *builder) block(n *blockNode) {
	switch kind := n.block.kind; {
	case kind.IsActivity():
		b.activity(n.block)
	case kind == Withdrawn:
		b.add(Part{Kind: Withdrawn, ID: n.block.id}, n.block.line)
	case kind == Help:
		b.help(n.block)
	case kind == Recall:
		b.recall(n.block)
	case kind == Audio || kind == Video:
		b.recording(n.block)
	default:
		b.container(n.block)
	}
}

// container makes a note, tip, warning or story, or the box of what means
// nothing here.
func (b *builder) container(d *block) {
	at := b.at + "/" + strconv.Itoa(len(b.parts)+1)
	in := &builder{compiler: b.compiler, step: b.step, at: at, kind: d.kind}
	label := b.renderInside(d.labelled)
	if d.kind == Box && label != "" {
		in.add(Part{Kind: Prose, HTML: "<p><strong>" + label + "</strong></p>", Text: plain(label)}, d.line)
	}
	for n := d.node.FirstChild(); n != nil; n = n.NextSibling() {
		if n != d.labelled {
			in.child(n)
		}
	}
	if d.kind == Box {
		label = escape(d.name)
	}
	if len(in.parts) == 0 && d.kind != Box {
		b.report(d.line, Warn, BlockEmpty, "name", string(d.kind))
	}
	if d.kind == Story && label == "" {
		b.report(d.line, Notice, LabelMissing, "name", string(Story))
	}
	part := Part{Kind: d.kind, Label: label, ID: d.id, Parts: in.parts, Text: textOf(in.parts)}
	if d.kind != Box && label != "" {
		part.Text = strings.TrimSpace(plain(label) + "\n" + part.Text)
	}
	b.add(part, d.line)
}

// activity makes the part of an activity, or shows as prose one that cannot
// work.
func (b *builder) activity(d *block) {
	if b.kind != "" && !b.kind.holder() {
		b.report(d.line, Error, BlockInside, "name", string(d.kind), "in", string(b.kind))
	}
	at := b.at + "/" + strconv.Itoa(len(b.parts)+1)
	a, inner, ok := b.compiler.activity(d, at)
	if ok {
		b.add(Part{Kind: d.kind, Label: a.Label, Activity: a, Text: a.words()}, d.line)
		b.step.Activities = append(b.step.Activities, a)
	} else {
		b.broken(d)
	}
	for _, n := range inner {
		level := Warn
		if n.block.kind.IsActivity() {
			level = Error
		}
		b.report(n.block.line, level, BlockInside, "name", n.block.name, "in", string(d.kind))
		b.block(n)
	}
}

// broken shows what stands in an activity that cannot work.
func (b *builder) broken(d *block) {
	if label := b.renderInside(d.labelled); label != "" {
		b.add(Part{Kind: Prose, HTML: "<p><strong>" + label + "</strong></p>", Text: plain(label)}, d.line)
	}
	for n := d.node.FirstChild(); n != nil; n = n.NextSibling() {
		if _, ok := n.(*blockNode); !ok && n != d.labelled {
			b.child(n)
		}
	}
}

// words gives all that an activity says, for maps between revisions.
func (a *Activity) words() string {
	said := []string{plain(a.Label), plain(a.Prompt)}
	if a.Kind == Blanks {
		said = append(said, plain(strings.Join(a.Pieces, "…")))
	}
	for _, item := range a.Items {
		said = append(said, item.Text, plain(item.Feedback))
	}
	return strings.Join(strings.FieldsFunc(strings.Join(said, "\n"), func(r rune) bool { return r == '\n' }), "\n")
}
