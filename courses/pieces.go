package courses

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// A Piece is a stretch of the source of a text: its front matter, the heading of a
// step, or one top-level block of Markdown, each with the blank lines behind it.
type Piece struct {
	From, To int    // bytes of the text
	Line     int    // its first line, from 1
	At       string // the address of the part that begins on that line; "" for none
}

// Pieces cuts a text into stretches that together are the text, byte for byte. A
// `:::block:::` is one piece, a story too, whatever stands inside. A text that cannot
// be compiled at all is one piece.
func Pieces(text []byte) []Piece {
	m := Compile(Source{Path: "text.md", Text: text})
	l := layoutOf(text)
	cuts := map[int]string{1: ""}
	for _, line := range l.begins {
		cuts[line] = ""
	}
	for _, step := range m.Steps {
		cuts[step.Line] = ""
	}
	for _, step := range m.Steps {
		for i, part := range step.Parts {
			if hasPlace(step.Parts, i) && !l.within(part.Line) {
				cuts[part.Line] = part.At
			}
		}
	}
	return l.cut(cuts)
}

// cut cuts before lines; at is which part begins there.
func (l *layout) cut(at map[int]string) (pieces []Piece) {
	lines := slices.Sorted(maps.Keys(at))
	for i, line := range lines {
		end := len(l.starts)
		if i+1 < len(lines) {
			end = lines[i+1]
		}
		if from, to := l.offset(line), l.offset(end); from < to {
			pieces = append(pieces, Piece{From: from, To: to, Line: line, At: at[line]})
		}
	}
	return pieces
}

// hasPlace reports whether a part has lines of its own: the footnotes of a step have
// none, nor has a label that is shown before what it labels.
func hasPlace(parts []Part, i int) bool { return i == 0 || parts[i].Line > parts[i-1].Line }

// PieceAt is the source of the part with an address in the compiled module. ok is
// false where it has none.
func PieceAt(text []byte, m *Module, at string) (piece Piece, ok bool) {
	piece, ok = PartPieces(text, m)[at]
	return piece, ok
}

// PartPieces are the sources of all parts of a compiled module by their addresses, of
// those inside stories and other blocks too. What has no lines of its own is not among
// them: footnotes, and what stands in a quote.
func PartPieces(text []byte, m *Module) map[string]Piece {
	l := layoutOf(text)
	all := map[string]Piece{}
	for i, step := range m.Steps {
		limit := len(l.starts)
		if i+1 < len(m.Steps) {
			limit = m.Steps[i+1].Line
		}
		l.collect(step.Parts, limit, all)
	}
	return all
}

// collect takes parts that end before a line.
func (l *layout) collect(parts []Part, limit int, all map[string]Piece) {
	for i, part := range parts {
		if !hasPlace(parts, i) {
			continue
		}
		next := limit
		for k := i + 1; k < len(parts) && next == limit; k++ {
			if hasPlace(parts, k) {
				next = min(next, parts[k].Line)
			}
		}
		all[part.At] = l.piece(part, next)
		if block, ok := l.blocks[part.Line]; ok && len(part.Parts) > 0 && part.Parts[0].Line > part.Line {
			l.collect(part.Parts, block.close, all)
		}
	}
}

// piece is the source of a part that ends before a line.
func (l *layout) piece(part Part, limit int) Piece {
	if block, ok := l.blocks[part.Line]; ok {
		end := block.after
		for end < limit && l.isBlank(end) {
			end++
		}
		limit = end
	} else if !strings.HasPrefix(part.HTML, "<dl") {
		if i, _ := slices.BinarySearch(l.begins, part.Line+1); i < len(l.begins) {
			limit = min(limit, l.begins[i])
		}
	}
	from := l.offset(part.Line)
	if from == 0 && bytes.HasPrefix(l.text, []byte("\ufeff")) {
		from = len("\ufeff")
	}
	return Piece{From: from, To: l.offset(limit), Line: part.Line, At: part.At}
}

// Source is what a piece of a text says, without the line endings behind it.
func (p Piece) Source(text []byte) string {
	return strings.TrimRight(string(text[p.From:p.To]), " \t\r\n")
}

// ReplacePiece writes other words in the place of a piece. Line endings are those of
// the text, and the blank lines around stay as they are. A piece that becomes empty
// goes with the blank lines behind it.
func ReplacePiece(text []byte, p Piece, with string) []byte {
	body := p.Source(text)
	behind := string(text[p.From+len(body) : p.To])
	with = strings.TrimRight(with, " \t\r\n")
	for rest, found := cutBlankLine(with); found; rest, found = cutBlankLine(with) {
		with = rest
	}
	if with == "" {
		return bytes.Join([][]byte{text[:p.From], text[p.To:]}, nil)
	}
	if lastLine(with) != lastLine(body) { // blanks at its end are gone with it
		behind = strings.TrimLeft(behind, " \t")
	}
	with = endedLike(with, body, mostEndings(linesOf(text)))
	return bytes.Join([][]byte{text[:p.From], []byte(with), []byte(behind), text[p.To:]}, nil)
}

// InsertPiece puts a block of its own behind a piece, with a blank line before it and
// after it; the line endings are those of the text. line is where it begins, from 1.
func InsertPiece(text []byte, after Piece, block string) (out []byte, line int) {
	ending := mostEndings(linesOf(text))
	before, behind := string(text[:after.To]), string(text[after.To:])
	if strings.TrimSpace(before) != "" {
		before = apart(before, ending)
	}
	block = endedLike(strings.TrimRight(block, " \t\r\n"), "", ending) + ending
	if strings.TrimSpace(behind) != "" {
		block += ending
	}
	return []byte(before + block + behind), len(linesOf([]byte(before))) + 1
}

func lastLine(text string) string { return text[strings.LastIndexAny(text, "\r\n")+1:] }

// cutBlankLine takes a blank line off the beginning.
func cutBlankLine(text string) (rest string, found bool) {
	line, ending, after := cutLine([]byte(text))
	if len(ending) == 0 || len(bytes.TrimSpace(line)) > 0 {
		return text, false
	}
	return string(after), true
}

// A layout says where in a text things begin and end. Lines count from 1.
type layout struct {
	text   []byte
	starts []int        // where each line begins, and where the text ends
	blocks map[int]span // by the line that opens a block
	whole  []span       // blocks that stand in no other
	begins []int        // lines at the top, in no block, with a blank one before them
}

// A span is the lines of a block.
type span struct {
	from  int
	close int // the fence that closes it; where there is none, the line after
	after int // the line after it
}

func layoutOf(text []byte) *layout {
	l := &layout{text: text, starts: []int{0}, blocks: map[int]span{}}
	for _, line := range linesOf(text) {
		l.starts = append(l.starts, l.starts[len(l.starts)-1]+len(line))
	}
	c := newCompiler(Source{Path: "text.md", Text: text})
	if !c.read() {
		return l
	}
	for _, b := range c.outline.blocks {
		if b.kind.leaf() {
			continue
		}
		s := span{from: b.line, close: c.line(b.end), after: c.lineAfter(b) + 1}
		if b.end >= len(c.text) {
			s.close = s.after
		}
		l.blocks[b.line] = s
		if b.parent == nil {
			l.whole = append(l.whole, s)
		}
	}
	l.findBegins(c)
	return l
}

// findBegins finds where Markdown begins anew, as the scanner sees it: text between
// blocks that makes no part (what links lead to, footnotes) and the words of a glossary
// each begin a piece, too.
func (l *layout) findBegins(c *compiler) {
	var in nesting
	blank := true
	for i, start := range c.lines {
		line := c.text[start:]
		if i+1 < len(c.lines) {
			line = c.text[start:c.lines[i+1]]
		}
		inCode, atTop := in.next(line)
		bare := bytes.TrimLeft(line, " \t\n")
		if len(bare) > 0 && blank && !inCode && atTop && bare[0] != ':' && (cursor{line: line}).spaces() < 4 && !l.within(i+1) {
			l.begins = append(l.begins, i+1)
		}
		blank = len(bare) == 0
	}
}

// within reports whether a line stands in a block; the one that opens it does not.
func (l *layout) within(line int) bool {
	i, found := slices.BinarySearchFunc(l.whole, line, func(s span, line int) int { return s.from - line })
	return !found && i > 0 && line < l.whole[i-1].after
}

// offset is where a line begins; the text's end for one behind the last.
func (l *layout) offset(line int) int { return l.starts[min(line, len(l.starts))-1] }

func (l *layout) isBlank(line int) bool {
	return line < len(l.starts) && len(bytes.TrimSpace(l.text[l.offset(line):l.offset(line+1)])) == 0
}
