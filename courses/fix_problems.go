package courses

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// fix is what puts a problem of Compile right, nil where somebody has to think.
func (p *proof) fix(one Problem) *Fix {
	if !p.read || one.Line < 1 || one.Line >= len(p.starts) {
		return nil
	}
	from, _ := p.stretchOf(one.Line)
	line := p.lineText(one.Line)
	switch one.Code {
	case FenceOpen:
		return p.closing(one)
	case FenceStray:
		to := p.starts[one.Line]
		return fixOf(one.Code, from, string(p.source[from:to]), "")
	case IDTwice, IDBroken, IDReserved:
		return fixOf(one.Code, from, line, p.withOtherID(line, one))
	case BlockColons:
		indent := len(line) - len(strings.TrimLeft(line, " "))
		return fixOf(one.Code, from, line, line[:indent]+":"+line[indent:])
	case LabelOpen:
		return fixOf(one.Code, from, line, withLabelClosed(line))
	case LabelBare:
		return fixOf(one.Code, from, line, withLabelBracketed(line))
	case BoxMissing:
		return fixOf(one.Code, from, line, withBox(line))
	}
	return nil
}

// withOtherID is a line with the id that it goes by, in place of the one that is
// written.
func (p *proof) withOtherID(line string, one Problem) string {
	id := p.ids[one.Line]
	if id == "" {
		id = p.headingIDAt(one.Line)
	}
	written := "#" + one.Values["id"]
	at := strings.LastIndex(line, written)
	if id == "" || at < 0 || id == one.Values["id"] {
		return line
	}
	end := at + len(written)
	if end < len(line) && !strings.ContainsRune(" \t}", rune(line[end])) {
		return line // a longer id that only begins so, or one that was cut
	}
	return line[:at] + "#" + id + line[end:]
}

// headingIDAt is the id of the heading within a step that stands on a line.
func (p *proof) headingIDAt(line int) string {
	for _, h := range p.headings {
		if p.lineOf(h) != line {
			continue
		}
		if id, ok := h.AttributeString("id"); ok {
			if written, ok := id.([]byte); ok {
				return strings.TrimPrefix(string(written), IDPrefix)
			}
		}
	}
	return ""
}

// closing closes a block that was never closed: an activity behind its list, any
// other where it ended now.
func (p *proof) closing(one Problem) *Fix {
	for _, b := range p.outline.blocks {
		if b.line != one.Line {
			continue
		}
		last := p.line(max(p.lastOf(b)-1, p.lines[b.line-1]))
		for last > b.line && strings.TrimSpace(p.lineText(last)) == "" {
			last--
		}
		from, _ := p.stretchOf(last)
		was := p.lineText(last)
		ending := lineEnding(string(p.source[p.starts[max(last-2, 0)]:p.starts[last]]))
		return fixOf(one.Code, from, was, was+ending+":::")
	}
	return nil
}

// lastOf is where the words of a block end: of an activity with a list, those of
// the list.
func (p *proof) lastOf(b *block) int {
	if b.node == nil || !b.kind.IsActivity() {
		return b.end
	}
	for n := b.node.LastChild(); n != nil; n = n.PreviousSibling() {
		if n.Kind() == ast.KindList {
			return max(endOf(n), p.lines[b.line-1])
		}
	}
	return b.end
}

// endOf is where the last line of a node ends, as far as it has words.
func endOf(n ast.Node) (end int) {
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			end = max(end, n.Lines().At(n.Lines().Len()-1).Stop)
		}
		return ast.WalkContinue, nil
	})
	return end
}

// withLabelClosed closes the label of a block, before the braces where there are
// some.
func withLabelClosed(line string) string {
	if at := strings.LastIndex(line, "{"); at >= 0 && strings.HasSuffix(strings.TrimSpace(line), "}") {
		return strings.TrimRight(line[:at], " ") + "]" + line[at:]
	}
	return strings.TrimRight(line, " \t") + "]"
}

// withLabelBracketed puts the words behind a block's name into brackets.
func withLabelBracketed(line string) string {
	indent := len(line) - len(strings.TrimLeft(line, " "))
	f, ok := readFence(line[indent:])
	if !ok || !f.labelBare {
		return line
	}
	rest := line[indent:]
	braces := ""
	if f.attrs.at > 0 {
		braces = strings.TrimSpace(rest[f.attrs.at:f.labelAt])
	}
	label := strings.NewReplacer("[", `\[`, "]", `\]`).Replace(f.label)
	return line[:indent] + strings.TrimRight(rest[:f.nameEnd], " ") + "[" + label + "]" + braces
}

// withBox puts an empty box before the words of a choice.
func withBox(line string) string {
	indent := len(line) - len(strings.TrimLeft(line, " "))
	size := markerSize([]byte(line[indent:]))
	if size == 0 {
		return line
	}
	at := indent + size
	return line[:at] + " [ ] " + strings.TrimLeft(line[at:], " \t")
}
