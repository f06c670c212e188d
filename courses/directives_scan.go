package courses

import (
	"bytes"
	"strconv"
	"strings"
)

// A scanner finds the outline of a text, line by line.
type scanner struct {
	*compiler
	nesting nesting
	open    []*block
	leaf    *block // a leaf written with three colons: a closing fence right after it is its own
	n       int    // the line, from 1
	start   int    // its offset
}

// scan finds steps and blocks before goldmark sees the text. It reports false
// where the text is nested too deeply to be parsed.
func (c *compiler) scan() bool {
	c.outline = &outline{marks: map[int]*mark{}, headings: map[int]string{}}
	s := &scanner{compiler: c}
	for i, start := range c.lines {
		end := len(c.text)
		if i+1 < len(c.lines) {
			end = c.lines[i+1]
		}
		s.n, s.start = i+1, start
		if !s.line(c.text[start:end]) {
			c.report(s.n, Error, TooDeep, "max", strconv.Itoa(MaxNesting))
			return false
		}
	}
	s.start = len(c.text)
	s.endSection()
	return true
}

// line takes one line; false means that it is too deep.
func (s *scanner) line(line []byte) bool {
	inCode, atTop := s.nesting.next(line)
	if len(s.nesting.open)+len(s.open) > MaxNesting {
		return false
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return true
	}
	if s.section() == nil && !(atTop && s.isStep(line)) {
		s.beginSection(false)
	}
	if inCode {
		s.leaf = nil
		return true
	}
	if atTop && s.isStep(line) {
		s.beginStep(line)
	} else {
		s.structure(line, atTop)
	}
	return len(s.open) <= MaxNesting
}

func (s *scanner) section() *section {
	if len(s.outline.sections) == 0 {
		return nil
	}
	return s.outline.sections[len(s.outline.sections)-1]
}

func (s *scanner) isStep(line []byte) bool {
	level, ok := isHeading(line)
	return ok && level == 2 && (!s.src.HashesInFences || len(s.open) == 0)
}

func (s *scanner) beginStep(line []byte) {
	s.endSection()
	s.beginSection(true)
	s.section().written = s.takeHeadingID(line)
}

func (s *scanner) beginSection(heading bool) {
	sec := &section{heading: heading, line: s.n, start: s.start}
	s.outline.sections = append(s.outline.sections, sec)
	s.mark().section = sec
}

// endSection closes whatever is open.
func (s *scanner) endSection() {
	for len(s.open) > 0 {
		b := s.open[len(s.open)-1]
		level := Error
		if b.kind == Box {
			level = Warn
		}
		s.report(b.line, level, FenceOpen, "name", b.name)
		s.closeBlock()
	}
	if sec := s.section(); sec != nil {
		sec.end = s.start
	}
	s.leaf = nil
}

func (s *scanner) mark() *mark {
	m := s.outline.marks[s.start]
	if m == nil {
		m = &mark{}
		s.outline.marks[s.start] = m
	}
	return m
}

// structure takes a line that begins no step: a fence, a heading within a step,
// or Markdown.
func (s *scanner) structure(line []byte, atTop bool) {
	indent := len(line) - len(bytes.TrimLeft(line, " "))
	trimmed := line[indent:]
	switch {
	case trimmed[0] == ':' && indent < 4:
		s.fence(line, indent, atTop)
		return
	case trimmed[0] == '#' && indent == 0:
		s.subheading(line)
	}
	s.leaf = nil
}

func (s *scanner) fence(line []byte, indent int, atTop bool) {
	f, ok := readFence(string(line[indent:]))
	if !ok {
		s.leaf = nil
		return
	}
	if !atTop {
		s.report(s.n, Warn, FenceIndented)
		return
	}
	kind := kindNamed(strings.ToLower(f.name))
	switch {
	case f.name == "":
		s.closing()
	case f.colons == 2 && kind == Box:
		s.report(s.n, Notice, BlockUnknown, "name", f.name)
	default:
		s.opening(f, kind, indent)
	}
}

// closing takes a bare fence.
func (s *scanner) closing() {
	s.mark().closes = true
	switch {
	case s.leaf != nil: // its own
	case len(s.open) == 0:
		s.report(s.n, Warn, FenceStray)
	default:
		s.closeBlock()
	}
	s.leaf = nil
}

func (s *scanner) closeBlock() {
	s.open[len(s.open)-1].end = s.start
	s.open = s.open[:len(s.open)-1]
}

func (s *scanner) opening(f fence, kind Kind, indent int) {
	b := &block{name: f.name, kind: kind, line: s.n, attrs: f.attrs, section: s.section()}
	if f.hasLabel {
		b.hasLabel = true
		b.label.Start = s.start + indent + f.labelAt
		b.label.Stop = b.label.Start + len(f.label)
	}
	if len(s.open) > 0 {
		b.parent = s.open[len(s.open)-1]
	}
	s.outline.blocks = append(s.outline.blocks, b)
	b.section.blocks = append(b.section.blocks, b)
	s.mark().block = b
	s.reportFence(f, b)
	s.leaf = nil
	switch {
	case !kind.leaf():
		s.open = append(s.open, b)
	case f.colons > 2:
		s.leaf = b
	}
}

func (s *scanner) reportFence(f fence, b *block) {
	switch {
	case b.kind == Box:
		s.report(s.n, Notice, BlockUnknown, "name", b.name)
	case f.colons == 2 && !b.kind.leaf():
		s.report(s.n, Notice, BlockColons, "name", b.name)
	}
	if f.labelOpen {
		s.report(s.n, Error, LabelOpen, "name", b.name)
	}
	if f.labelBare && b.kind != Box {
		s.report(s.n, Warn, LabelBare, "name", b.name)
	}
	if f.attrsBroken {
		s.report(s.n, Error, AttributesBroken, "name", b.name)
	}
	s.reportAttributes(b)
}

// reportAttributes tells of what is written in braces and means nothing.
func (s *scanner) reportAttributes(b *block) {
	if b.kind == Box {
		return
	}
	if b.attrs.hasID && !b.kind.named() {
		s.report(s.n, Notice, AttributeUnknown, "name", b.name, "attribute", "#"+b.attrs.id)
	}
	for _, p := range b.attrs.pairs {
		if p.key != "" && !b.kind.takes(p.key) {
			s.report(s.n, Notice, AttributeUnknown, "name", b.name, "attribute", p.key)
		}
	}
}

// takes says whether an attribute means something on a kind of block.
func (k Kind) takes(key string) bool {
	switch k {
	case Scale:
		return key == "again"
	case Recall:
		return key == "of"
	case Audio, Video:
		return key == "src" || key == "transcript"
	}
	return false
}

// subheading takes the `{#id}` from a heading within a step.
func (s *scanner) subheading(line []byte) {
	if _, ok := isHeading(line); !ok {
		return
	}
	if id := s.takeHeadingID(line); id != "" {
		s.outline.headings[s.start] = id
	}
}

// takeHeadingID reads `{#id}` and blanks it.
func (s *scanner) takeHeadingID(line []byte) string {
	id, from, to := headingID(line)
	if to > 0 {
		s.blank(s.start+from, s.start+to)
	}
	return id
}
