package courses

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TermID gives the id under which a page lists the meaning of the n-th term of
// its step, from 1; the marked word links to it. No author's id is like it.
func TermID(n int) string { return IDPrefix + "term-" + strconv.Itoa(n) }

// explainTerms marks, in each step, the first occurrence in prose of each word
// of the glossary.
func (c *compiler) explainTerms() {
	if len(c.src.Terms) == 0 {
		return
	}
	index := indexTerms(c.src.Terms)
	for _, step := range c.module.Steps {
		m := &marker{step: step, index: index, seen: map[int]bool{}}
		eachPart(step.Parts, func(p *Part) {
			if p.Kind == Prose {
				p.HTML = m.mark(p.HTML)
			}
		})
	}
}

// A termIndex finds terms by their first word, the longest first.
type termIndex struct {
	terms  []Term
	byWord map[string][]entry
}

type entry struct {
	words []string // folded
	term  int
}

func indexTerms(terms []Term) termIndex {
	x := termIndex{terms: terms, byWord: map[string][]entry{}}
	for i, t := range terms {
		words := strings.Fields(fold(t.Word))
		if len(words) == 0 {
			continue
		}
		list := x.byWord[words[0]]
		at := 0
		for at < len(list) && len(list[at].words) >= len(words) {
			at++
		}
		x.byWord[words[0]] = append(list[:at:at], append([]entry{{words, i}}, list[at:]...)...)
	}
	return x
}

// A marker marks terms in the HTML of one step, each once.
type marker struct {
	step  *Step
	index termIndex
	seen  map[int]bool
}

// mark goes through rendered HTML and leaves alone what stands in links,
// headings, code and terms.
func (m *marker) mark(html string) string {
	var out strings.Builder
	closed := 0 // how many of the tags that we leave alone are open
	for html != "" {
		text, rest, found := strings.Cut(html, "<")
		if closed == 0 {
			m.markText(&out, text)
		} else {
			out.WriteString(text)
		}
		if !found {
			break
		}
		tag, after, _ := strings.Cut(rest, ">")
		out.WriteString("<" + tag + ">")
		closed += depthOf(tag)
		html = after
	}
	return out.String()
}

// depthOf says whether a tag opens (1) or closes (-1) something to leave alone.
func depthOf(tag string) int {
	name, closing := strings.CutPrefix(tag, "/")
	name, _, _ = strings.Cut(name, " ")
	switch name {
	case "a", "code", "pre", "h3", "h4", "h5", "h6", "sup":
		if closing {
			return -1
		}
		return 1
	}
	return 0
}

// markText marks the terms in a run of text, which is escaped HTML.
func (m *marker) markText(out *strings.Builder, text string) {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isWordRune(r) {
			if r == '&' { // an entity's letters are no word
				if end := strings.IndexByte(text[at:], ';'); end > 0 && end < 12 {
					size = end + 1
				}
			}
			out.WriteString(text[at : at+size])
			at += size
			continue
		}
		if end, term, ok := m.find(text, at); ok {
			m.write(out, text[at:end], term)
			at = end
			continue
		}
		end := wordEnd(text, at)
		out.WriteString(text[at:end])
		at = end
	}
}

// find looks for an unseen term that begins at a word.
func (m *marker) find(text string, at int) (end, term int, ok bool) {
	first := wordEnd(text, at)
	word := fold(text[at:first])
	for _, key := range [2]string{word, strings.TrimSuffix(word, "s")} {
		for _, e := range m.index.byWord[key] {
			if m.seen[e.term] {
				continue
			}
			if end, ok := e.match(text, at); ok {
				return end, e.term, true
			}
		}
	}
	return 0, 0, false
}

// match compares word by word; the last may have a plural s.
func (e entry) match(text string, at int) (end int, ok bool) {
	for i, want := range e.words {
		end = wordEnd(text, at)
		have := fold(text[at:end])
		if have != want && (i+1 < len(e.words) || have != want+"s") {
			return 0, false
		}
		if i+1 < len(e.words) {
			at = end + len(text[end:]) - len(strings.TrimLeft(text[end:], " \n\t"))
			if at == end {
				return 0, false
			}
		}
	}
	return end, true
}

func (m *marker) write(out *strings.Builder, word string, term int) {
	m.seen[term] = true
	m.step.Terms = append(m.step.Terms, m.index.terms[term])
	out.WriteString(`<a class="term" href="#` + TermID(len(m.step.Terms)) + `">` + word + `</a>`)
}

func wordEnd(text string, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isWordRune(r) {
			break
		}
		at += size
	}
	return at
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '-' || r == '\u200c'
}
