package courses

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// attributes are what stands in the braces of a block: `{#id key="value"}`.
type attributes struct {
	id    string
	hasID bool
	class string // only read, as the name of a block in other programs
	pairs []pair // in the order written
	at    int    // where the brace opens in the line; 0 where there is none
}

type pair struct{ key, value string }

// get gives the value of a key, "" where it is not there.
func (a attributes) get(key string) string {
	for _, p := range a.pairs {
		if p.key == key {
			return p.value
		}
	}
	return ""
}

// readAttributes reads from an opening brace to its closing one, and gives how
// many bytes that was. ok is false where it does not close or holds what is no
// attribute; what was read until there is kept.
func readAttributes(s string) (a attributes, size int, ok bool) {
	ok = true
	for i := 1; i < len(s); {
		switch c := s[i]; {
		case c == '}':
			return a, i + 1, ok
		case c == ' ' || c == '\t':
			i++
		case c == '#':
			a.id, i = readWord(s, i+1)
			a.hasID = true
		case c == '.':
			a.class, i = readWord(s, i+1)
		default:
			var p pair
			var good bool
			p, i, good = readPair(s, i)
			a.pairs = append(a.pairs, p)
			ok = ok && good
		}
	}
	return a, len(s), false
}

// readWord reads to the next space or brace.
func readWord(s string, from int) (word string, end int) {
	end = from
	for end < len(s) && !strings.ContainsRune(" \t}", rune(s[end])) {
		end++
	}
	return s[from:end], end
}

// readPair reads key="value", key='value', key=value or a bare key. It always
// moves on.
func readPair(s string, from int) (p pair, end int, ok bool) {
	end = from
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' {
			break
		}
		end += size
	}
	p.key = s[from:end]
	if p.key == "" {
		_, size := utf8.DecodeRuneInString(s[end:])
		return p, end + size, false
	}
	if end >= len(s) || s[end] != '=' {
		return p, end, true
	}
	end++
	if end < len(s) && (s[end] == '"' || s[end] == '\'') {
		return readQuoted(s, end, p)
	}
	p.value, end = readWord(s, end)
	return p, end, p.value != ""
}

func readQuoted(s string, from int, p pair) (pair, int, bool) {
	close := strings.IndexByte(s[from+1:], s[from])
	if close < 0 {
		p.value = s[from+1:]
		return p, len(s), false
	}
	p.value = s[from+1 : from+1+close]
	return p, from + close + 2, true
}
