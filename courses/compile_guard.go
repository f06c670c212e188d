package courses

import (
	"bytes"
	"sort"
	"strconv"
	"unicode/utf8"
)

// maxColumns and maxCells bound tables: goldmark pads every row to the width of
// the head, so that a wide head over many short rows would fill the memory.
const (
	maxColumns = 64
	maxCells   = 10_000
)

// maxLineLinks bounds the links that one line begins: goldmark looks for the end
// of each to the end of the line, which is quadratic.
const maxLineLinks = 500

// repeatBudget bounds what a text may make of itself by repetition: a long
// address named once and used in thousands of links, a footnote called
// everywhere.
const repeatBudget = 8 * MaxFileBytes

// guard says whether a text may be parsed at all. It looks at the length first,
// so that 50 MB are refused at once.
func guard(file string, text []byte) (Problem, bool) {
	switch {
	case len(text) > MaxFileBytes:
		return problem(file, 0, Error, FileTooBig, "max", strconv.Itoa(MaxFileBytes>>10)), false
	case !utf8.Valid(text):
		return problem(file, lineOfInvalid(text), Error, FileNotUTF8), false
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return problem(file, lineIn(text, i), Error, FileNUL), false
	}
	return guardLines(file, text)
}

// guardLines refuses what is known to take goldmark too long.
func guardLines(file string, text []byte) (Problem, bool) {
	n, columns, cells := 0, 0, 0
	for line := range bytes.Lines(text) {
		n++
		if len(bytes.Trim(line, "> \t\r\n")) == 0 {
			columns = 0
		}
		if isTableRule(line) {
			columns = max(columns, countColumns(line))
		}
		cells += columns
		switch {
		case columns > maxColumns || cells > maxCells:
			return problem(file, n, Error, TableTooBig), false
		case len(line) > 2*maxLineLinks && bytes.Count(line, []byte("](")) > maxLineLinks:
			return problem(file, n, Error, LineTooDense, "max", strconv.Itoa(maxLineLinks)), false
		}
	}
	return Problem{}, true
}

func countColumns(rule []byte) int {
	rule = bytes.Trim(rule, "> \t\r\n")
	rule = bytes.TrimSuffix(bytes.TrimPrefix(rule, []byte("|")), []byte("|"))
	return bytes.Count(rule, []byte("|")) + 1
}

// isTableRule says whether a line could stand between a table's head and rows.
func isTableRule(line []byte) bool {
	return bytes.IndexByte(line, '|') >= 0 && bytes.IndexByte(line, '-') >= 0 &&
		len(bytes.Trim(line, "|:- \t>\r\n")) == 0
}

func lineOfInvalid(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return lineIn(text, i)
		}
		i += size
	}
	return 0
}

func lineIn(text []byte, offset int) int {
	return bytes.Count(normalise(append(bytes.Clone(text[:offset]), 'x')), []byte("\n"))
}

// normalise drops a byte order mark and makes every newline \n; the lines keep
// their numbers. The last line is given its newline.
func normalise(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	out := make([]byte, 0, len(text)+1)
	if bytes.IndexByte(text, '\r') < 0 {
		out, text = append(out, text...), nil
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\r' {
			out = append(out, text[i])
			continue
		}
		out = append(out, '\n')
		if i+1 < len(text) && text[i+1] == '\n' {
			i++
		}
	}
	if len(out) > 0 && out[len(out)-1] != '\n' {
		out = append(out, '\n')
	}
	return out
}

// lineStarts gives the offset of each line; an empty text has one line.
func lineStarts(text []byte) []int {
	starts := make([]int, 1, 2+bytes.Count(text, []byte("\n")))
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 || at+i+1 == len(text) {
			return starts
		}
		at += i + 1
		starts = append(starts, at)
	}
}

// line gives the number of the line, from 1, in which an offset stands.
func (c *compiler) line(offset int) int {
	return sort.Search(len(c.lines), func(i int) bool { return c.lines[i] > offset })
}

// blank overwrites a stretch of the text with spaces, so that goldmark does not
// see it and every offset stays what it was.
func (c *compiler) blank(from, to int) {
	for i := from; i < to; i++ {
		if c.text[i] != '\n' {
			c.text[i] = ' '
		}
	}
}
