package courses

import (
	"slices"
	"strings"
)

// Amend makes the change in a text that somebody made of a part of it as it read before:
// was and is are that part before and after. It is made where the lines that change, and
// for lines that only come the one beside them, stand in the text exactly once. ok is
// false where they do not: then a person has to do it. The rest stays byte for byte.
func Amend(text []byte, was, is string) (amended []byte, ok bool) {
	old, new := changedLines(bareLines(was), bareLines(is))
	lines, bare := linesOf(text), bareLines(string(text))
	at := -1
	for i := range lines {
		if strings.TrimSpace(strings.Join(old, "")) != "" && i+len(old) <= len(lines) && slices.Equal(bare[i:i+len(old)], old) {
			if at >= 0 {
				return text, false
			}
			at = i
		}
	}
	if at < 0 {
		return text, false
	}
	ending := mostEndings(lines)
	var b strings.Builder
	b.WriteString(strings.Join(lines[:at], ""))
	for _, line := range new {
		b.WriteString(line + ending)
	}
	rest := lines[at+len(old):]
	b.WriteString(strings.Join(rest, ""))
	if last := lines[len(lines)-1]; len(rest) == 0 && strings.TrimRight(last, "\r\n") == last {
		return []byte(strings.TrimSuffix(b.String(), ending)), true
	}
	return []byte(b.String()), true
}

// changedLines are the lines of two texts between those in which both begin and end, and
// the one before or behind them where one of the two has none.
func changedLines(was, is []string) (old, new []string) {
	front, back := sameEnds(was, is)
	old, new = was[front:len(was)-back], is[front:len(is)-back]
	switch {
	case len(old) > 0:
	case front > 0:
		old, new = was[front-1:len(was)-back], is[front-1:len(is)-back]
	case back > 0:
		old, new = was[:len(was)-back+1], is[:len(is)-back+1]
	}
	return old, new
}
