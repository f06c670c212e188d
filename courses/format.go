package courses

import (
	"bytes"
	"strings"
)

// Format gives the text with every id written out that module.Steps derived:
// of steps, activities and stories. It writes nothing else: newlines, spaces and
// a missing newline at the end stay as they are, and headings within a step get
// no ids, because nothing that is stored hangs on them. module is what Compile
// made of this text. A formatted text compiles to the same ids, and formatting
// it again changes nothing.
func Format(text []byte, module *Module) []byte {
	ids := idsByLine(module)
	if len(ids) == 0 {
		return text
	}
	out := make([]byte, 0, len(text)+32*len(ids))
	n := 0
	for len(text) > 0 {
		n++
		line, ending, rest := cutLine(text)
		out = append(out, withID(line, ids[n])...)
		out = append(out, ending...)
		text = rest
	}
	return out
}

// idsByLine gives the ids of a module by the line on which they belong.
func idsByLine(m *Module) map[int]string {
	ids := map[int]string{}
	for _, step := range m.Steps {
		if step.ID != StepStart {
			ids[step.Line] = step.ID
		}
		for _, a := range step.Activities {
			ids[a.Line] = a.ID
		}
		eachPart(step.Parts, func(p *Part) {
			if p.Kind == Story {
				ids[p.Line] = p.ID
			}
		})
	}
	return ids
}

// cutLine cuts the first line off, apart from its newline of whatever style.
func cutLine(text []byte) (line, ending, rest []byte) {
	i := bytes.IndexAny(text, "\r\n")
	if i < 0 {
		return text, nil, nil
	}
	end := i + 1
	if text[i] == '\r' && end < len(text) && text[end] == '\n' {
		end++
	}
	return text[:i], text[i:end], text[end:]
}

// withID writes an id onto a heading or the opening line of a block, where none
// is written.
func withID(line []byte, id string) []byte {
	switch {
	case id == "":
		return line
	case bytes.HasPrefix(bytes.TrimPrefix(line, []byte("\ufeff")), []byte("#")):
		return headingWithID(line, id)
	}
	return blockWithID(line, id)
}

func headingWithID(line []byte, id string) []byte {
	if _, _, end := headingID(line); end > 0 {
		return line
	}
	end := len(bytes.TrimRight(line, " \t"))
	return insert(line, end, " {#"+id+"}")
}

func blockWithID(line []byte, id string) []byte {
	s := strings.TrimPrefix(string(line), "\ufeff")
	skipped := len(line) - len(s)
	skipped += len(s) - len(strings.TrimLeft(s, " "))
	f, ok := readFence(string(line[skipped:]))
	switch {
	case !ok || f.attrs.hasID || f.labelOpen || f.labelBare || f.attrsBroken:
		return line
	case f.attrs.at > 0:
		return insert(line, skipped+f.attrs.at+1, "#"+id+f.attrs.gap())
	}
	return insert(line, skipped+max(f.nameEnd, f.labelEnd), "{#"+id+"}")
}

// gap is the space between an id and what stands behind it in the braces.
func (a attributes) gap() string {
	if len(a.pairs) > 0 || a.class != "" {
		return " "
	}
	return ""
}

func insert(line []byte, at int, what string) []byte {
	out := make([]byte, 0, len(line)+len(what))
	out = append(out, line[:at]...)
	out = append(out, what...)
	return append(out, line[at:]...)
}
