package courses

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A fence is one line of colons, read.
type fence struct {
	colons  int
	name    string // as written; "" for a closing fence
	label   string
	labelAt int // where the label begins in the line
	attrs   attributes

	hasLabel, labelOpen, labelBare, attrsBroken bool
	nameEnd, labelEnd                           int // where fmt may write attributes
}

// readFence reads a line that begins with two or more colons (its indent taken
// off). ok is false where it is ordinary text.
func readFence(line string) (f fence, ok bool) {
	line = strings.TrimRightFunc(line, unicode.IsSpace)
	rest := strings.TrimLeft(line, ":")
	f.colons = len(line) - len(rest)
	if f.colons < 2 {
		return f, false
	}
	if strings.Trim(rest, ": \t") == "" {
		return f, f.colons >= 3
	}
	if f.colons == 2 && (rest[0] == ' ' || rest[0] == '\t') {
		return f, false
	}
	at := len(line) - len(strings.TrimLeft(rest, " \t"))
	f.name, at = readName(line, at)
	f.nameEnd = at
	at = f.readLabel(line, at)
	at = f.readAttributes(line, at)
	if f.name == "" {
		f.name = f.attrs.class
	}
	f.readTail(line, at)
	return f, f.name != ""
}

func readName(line string, at int) (name string, end int) {
	for end = at; end < len(line); {
		r, size := utf8.DecodeRuneInString(line[end:])
		letter := unicode.IsLetter(r) || unicode.IsMark(r)
		if !letter && (end == at || !unicode.IsDigit(r) && r != '-' && r != '_') {
			break
		}
		end += size
	}
	return line[at:end], end
}

// readLabel reads `[…]`, brackets within it balanced, a backslash escaping. One
// that never closes reaches to the end of the line.
func (f *fence) readLabel(line string, at int) int {
	f.labelEnd = at
	if at >= len(line) || line[at] != '[' {
		return at
	}
	f.hasLabel, f.labelAt = true, at+1
	depth := 0
	for i := at; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			depth--
		}
		if depth == 0 {
			f.label, f.labelEnd = line[at+1:i], i+1
			return i + 1
		}
	}
	f.label, f.labelOpen, f.labelEnd = line[at+1:], true, len(line)
	return len(line)
}

func (f *fence) readAttributes(line string, at int) int {
	start := at
	for start < len(line) && (line[start] == ' ' || line[start] == '\t') {
		start++
	}
	if start >= len(line) || line[start] != '{' {
		return at
	}
	attrs, size, ok := readAttributes(line[start:])
	f.attrs, f.attrsBroken = attrs, !ok
	f.attrs.at = start
	return start + size
}

// readTail takes what is left of the line: colons are a habit of other
// programs, words were meant as a label.
func (f *fence) readTail(line string, at int) {
	tail := strings.TrimRight(line[at:], ": \t")
	text := strings.TrimLeft(tail, " \t")
	if text == "" || f.hasLabel || f.attrsBroken {
		return
	}
	f.labelBare, f.hasLabel, f.label = true, true, text
	f.labelAt = at + len(tail) - len(text)
}

// isHeading says whether a line is a Markdown heading with # marks, of any
// level, and gives the level.
func isHeading(line []byte) (level int, ok bool) {
	rest := bytes.TrimLeft(line, "#")
	level = len(line) - len(rest)
	if level < 1 || level > 6 {
		return 0, false
	}
	return level, len(rest) == 0 || rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n'
}

// headingID finds `{#id}` at the end of a heading, before closing # marks, and
// gives where it stands.
func headingID(line []byte) (id string, from, to int) {
	end := len(bytes.TrimRight(line, " \t\r\n"))
	if cut := bytes.TrimRight(line[:end], "#"); len(cut) < end && len(cut) > 0 && cut[len(cut)-1] == ' ' {
		end = len(bytes.TrimRight(cut, " \t"))
	}
	if end == 0 || line[end-1] != '}' {
		return "", 0, 0
	}
	from = bytes.LastIndex(line[:end], []byte("{#"))
	if from < 1 || line[from-1] != ' ' && line[from-1] != '\t' && line[from-1] != '#' {
		return "", 0, 0
	}
	id = strings.TrimSpace(string(line[from+2 : end-1]))
	if strings.ContainsAny(id, "{} \t") {
		return "", 0, 0
	}
	return id, from, end
}
