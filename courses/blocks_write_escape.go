package courses

import (
	"strings"
	"unicode"
)

// Words that somebody typed into a field are words: whatever they look like, none
// of them becomes a list, a link, a block or a step. These functions write them so.

// plainLine is what was typed as one line: single spaces, none at the ends, and no
// signs that nobody sees and no file can hold.
func plainLine(typed string) string {
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(strings.ToValidUTF8(typed, "\ufffd"), isBreak), " "))
}

// plainParagraphs is what was typed as paragraphs, each of lines; a blank line parts
// two of them.
func plainParagraphs(typed string) [][]string {
	var all [][]string
	var open []string
	for _, line := range append(strings.Split(endsOfLines.Replace(typed), "\n"), "") {
		if line = plainLine(line); line != "" {
			open = append(open, line)
			continue
		}
		if len(open) > 0 {
			all, open = append(all, open), nil
		}
	}
	return all
}

var endsOfLines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// isBreak says of a sign that it only parts words: a blank as Markdown knows it, the
// end of a line of any kind, a control character. Other blanks, as the one that does
// not break, are an author's own.
func isBreak(r rune) bool {
	return r == ' ' || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff'
}

// escapeLine writes one line of words as Markdown that says just these words.
func escapeLine(line string) string {
	var b strings.Builder
	for i, r := range line {
		if escaped(line, i, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// escaped says of a sign at a place of a line that it could mean something.
func escaped(line string, at int, r rune) bool {
	before, after := line[:at], line[at:]
	switch r {
	case '\\', '`', '*', '_', '[', ']', '<', '>', '&', '~', '|', '@':
		return true
	case '(':
		return strings.HasSuffix(before, "]")
	case '#', '-', '+', '=', ':':
		return at == 0 || r == ':' && strings.HasPrefix(after, "://")
	case '.', ')':
		return at > 0 && strings.Trim(before, "0123456789") == "" || r == '.' && strings.HasSuffix(before, "www")
	}
	return false
}

// escapeParagraphs writes paragraphs as Markdown, line by line, each behind a prefix.
// The ends of lines stay ends of lines.
func escapeParagraphs(typed, prefix string) string {
	var b strings.Builder
	for i, paragraph := range plainParagraphs(typed) {
		if i > 0 {
			b.WriteString(strings.TrimRight(prefix, " ") + "\n")
		}
		for k, line := range paragraph {
			b.WriteString(prefix + escapeLine(line))
			switch {
			case k == len(paragraph)-1:
			case strings.HasSuffix(line, `\`): // goldmark shows two, with one more behind it
				b.WriteString("  ")
			default:
				b.WriteByte('\\')
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
