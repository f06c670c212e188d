package courses

import "bytes"

// nesting follows, line by line, in which quotes and lists a line stands, as
// CommonMark has it. It decides two things that must be known before goldmark
// runs: how deep the text goes, and whether a fence stands inside a list.
type nesting struct {
	open []container
	code codeFence
}

// A container is an open quote, or a list item whose text begins so many
// columns after it.
type container struct {
	quote bool
	width int
}

// A codeFence is an open code block; its mark is 0 where there is none.
type codeFence struct {
	mark  byte
	size  int
	depth int // in how many containers it stands
}

// A cursor reads a line by columns; a tab reaches to the next multiple of four.
type cursor struct {
	line []byte
	at   int
	col  int
}

// spaces gives the columns of blank before the next word, and moves nothing.
func (c cursor) spaces() int {
	col := c.col
	for i := c.at; i < len(c.line); i++ {
		switch c.line[i] {
		case ' ':
			col++
		case '\t':
			col += 4 - col%4
		default:
			return col - c.col
		}
	}
	return col - c.col
}

// skip moves over n columns of blank.
func (c *cursor) skip(n int) {
	for want := c.col + n; c.col < want && c.at < len(c.line); c.at++ {
		switch c.line[c.at] {
		case ' ':
			c.col++
		case '\t':
			c.col += 4 - c.col%4
		default:
			return
		}
	}
}

func (c cursor) rest() []byte { return bytes.TrimRight(c.line[min(c.at, len(c.line)):], "\r\n") }

// next takes the next line and says whether it stands inside a code block, and
// whether it is at the top, outside of every quote and list.
func (n *nesting) next(line []byte) (inCode, atTop bool) {
	if len(bytes.TrimSpace(line)) == 0 {
		n.blankLine()
		return n.code.mark != 0, false
	}
	c := cursor{line: line}
	n.open = n.open[:n.match(&c)]
	if n.code.mark != 0 {
		if len(n.open) >= n.code.depth {
			n.closeCode(c)
			return true, false
		}
		n.code = codeFence{}
	}
	n.enter(&c)
	if n.openCode(c) {
		return true, false
	}
	return false, len(n.open) == 0
}

// blankLine ends what a blank line ends: quotes, and the code inside them.
func (n *nesting) blankLine() {
	for i, o := range n.open {
		if o.quote {
			n.open = n.open[:i]
			break
		}
	}
	if n.code.mark != 0 && len(n.open) < n.code.depth {
		n.code = codeFence{}
	}
}

// match moves the cursor through the containers that this line goes on with.
func (n *nesting) match(c *cursor) int {
	for i, o := range n.open {
		if n.code.mark != 0 && i == n.code.depth {
			return i
		}
		spaces := c.spaces()
		if !o.quote {
			if spaces < o.width {
				return i
			}
			c.skip(o.width)
			continue
		}
		if spaces > 3 || !c.quote(spaces) {
			return i
		}
	}
	return len(n.open)
}

// quote moves over `>` and one blank after it.
func (c *cursor) quote(spaces int) bool {
	at := *c
	at.skip(spaces)
	if at.at >= len(at.line) || at.line[at.at] != '>' {
		return false
	}
	at.at++
	at.col++
	if at.spaces() > 0 {
		at.skip(1)
	}
	*c = at
	return true
}

// enter opens the quotes and list items that begin on this line. Beyond the limit
// it stops: the text is refused then, and a line of nothing but their marks would
// take quadratic time.
func (n *nesting) enter(c *cursor) {
	for len(n.open) <= MaxNesting {
		spaces := c.spaces()
		if spaces > 3 {
			return
		}
		if c.quote(spaces) {
			n.open = append(n.open, container{quote: true})
			continue
		}
		width, ok := c.item(spaces)
		if !ok {
			return
		}
		n.open = append(n.open, container{width: width})
	}
}

// item moves over a list marker and the blanks after it, and gives the columns
// that the item's text is set in.
func (c *cursor) item(spaces int) (width int, ok bool) {
	at := *c
	at.skip(spaces)
	marker := markerSize(at.rest())
	if marker == 0 || isRule(at.rest()) {
		return 0, false
	}
	at.at += marker
	at.col += marker
	gap := at.spaces()
	if gap > 4 || len(bytes.TrimSpace(at.rest())) == 0 {
		gap = 1
	}
	at.skip(gap)
	*c = at
	return spaces + marker + gap, true
}

// markerSize gives the length of the list marker at the start of a text, 0
// where there is none.
func markerSize(rest []byte) int {
	i := 0
	if len(rest) > 0 && bytes.IndexByte([]byte("-*+"), rest[0]) >= 0 {
		i = 1
	} else {
		for i < len(rest) && i < 9 && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		if i == 0 || i >= len(rest) || rest[i] != '.' && rest[i] != ')' {
			return 0
		}
		i++
	}
	if i < len(rest) && rest[i] != ' ' && rest[i] != '\t' {
		return 0
	}
	return i
}

// isRule says whether a line is a thematic break, `- - -` for one.
func isRule(rest []byte) bool {
	marks := 0
	for _, b := range rest {
		switch {
		case b == ' ' || b == '\t':
		case b == rest[0] && (b == '-' || b == '*'):
			marks++
		default:
			return false
		}
	}
	return marks >= 3
}

// openCode opens a code block where this line begins one.
func (n *nesting) openCode(c cursor) bool {
	spaces := c.spaces()
	if spaces > 3 {
		return false
	}
	c.skip(spaces)
	mark, size := fenceRun(c.rest())
	if size < 3 || mark == '`' && bytes.IndexByte(c.rest()[size:], '`') >= 0 {
		return false
	}
	n.code = codeFence{mark: mark, size: size, depth: len(n.open)}
	return true
}

// closeCode closes the code block where this line ends it.
func (n *nesting) closeCode(c cursor) {
	spaces := c.spaces()
	if spaces > 3 {
		return
	}
	c.skip(spaces)
	mark, size := fenceRun(c.rest())
	if mark == n.code.mark && size >= n.code.size && len(bytes.TrimSpace(c.rest()[size:])) == 0 {
		n.code = codeFence{}
	}
}

func fenceRun(rest []byte) (mark byte, size int) {
	if len(rest) == 0 || rest[0] != '`' && rest[0] != '~' {
		return 0, 0
	}
	for size < len(rest) && rest[size] == rest[0] {
		size++
	}
	return rest[0], size
}
