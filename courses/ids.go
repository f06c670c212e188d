package courses

import (
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/yuin/goldmark/ast"
)

const (
	maxID   = 64 // characters of an id that an author writes
	maxSlug = 48 // characters of one that is derived
)

// Slug makes an id of a text: letters, their marks and digits of every script
// are kept, in lower case; apostrophes and what joins letters go; whatever else
// stands between becomes one hyphen. A long one is cut at a hyphen. It is ""
// where no letter or digit is in the text.
func Slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(strings.ToLower(text)) {
		switch {
		case isIDRune(r) && r != '-' && r != '_':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'' || r == '’' || r == '\u200c' || r == '\u200d' || r == '\u00ad':
		default:
			gap = true
		}
	}
	return cutSlug(b.String())
}

// SlugOfPath is the slug of a module by the path of its file: "03-listening.md"
// is "listening".
func SlugOfPath(file string) string {
	return Slug(withoutNumber(strings.TrimSuffix(path.Base(file), path.Ext(file))))
}

func cutSlug(slug string) string {
	if utf8.RuneCountInString(slug) <= maxSlug {
		return slug
	}
	cut := string([]rune(slug)[:maxSlug+1])
	if i := strings.LastIndexByte(cut, '-'); i > 0 {
		return cut[:i]
	}
	return string([]rune(slug)[:maxSlug])
}

func isIDRune(r rune) bool {
	return r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// validID says whether an author may write this id.
func validID(id string) bool {
	if id == "" || utf8.RuneCountInString(id) > maxID {
		return false
	}
	for i, r := range id {
		if !isIDRune(r) || i == 0 && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// isReserved says whether an id is kept for the step before the first heading,
// or for the words explained at the foot of a step: start, term-1, term-2.
func isReserved(id string) bool {
	number, isTerm := strings.CutPrefix(id, "term-")
	return id == StepStart || isTerm && strings.Trim(number, "0123456789") == ""
}

// ids is the one namespace of a module: steps, activities and stories, then
// the headings within steps.
type ids struct {
	taken map[string]bool
	next  map[string]int
}

func newIDs() *ids {
	return &ids{taken: map[string]bool{}, next: map[string]int{}}
}

// unique takes an id, with -2, -3 and so on where it is taken already.
func (s *ids) unique(id string) string {
	if !s.taken[id] && !isReserved(id) {
		s.taken[id] = true
		return id
	}
	for n := max(2, s.next[id]); ; n++ {
		if with := id + "-" + strconv.Itoa(n); !s.taken[with] && !isReserved(with) {
			s.taken[with] = true
			s.next[id] = n + 1
			return with
		}
	}
}

// assignIDs gives every step, activity and story its id: what is written comes
// first, wherever it stands; then what a translation takes from its source; then
// what is derived, in the order of the text.
func (c *compiler) assignIDs() {
	taken := newIDs()
	for _, s := range c.outline.sections {
		if !s.heading {
			s.id = StepStart
			continue
		}
		s.id = c.written(taken, s.written, s.written != "", s.line)
	}
	for _, b := range c.outline.blocks {
		if b.kind.named() {
			b.id = c.written(taken, b.attrs.id, b.attrs.hasID, b.line)
		}
	}
	c.takeSourceIDs(taken)
	c.deriveIDs(taken)
	c.headingIDs(taken)
}

// written takes an id from the text; "" where there is none, or none that holds.
func (c *compiler) written(taken *ids, id string, there bool, line int) string {
	switch {
	case !there:
		return ""
	case !validID(id):
		c.report(line, Error, IDBroken, "id", id)
		return ""
	case isReserved(id):
		c.report(line, Error, IDReserved, "id", id)
		return ""
	case taken.taken[id]:
		c.report(line, Error, IDTwice, "id", id)
		return ""
	}
	taken.taken[id] = true
	return id
}

func (c *compiler) deriveIDs(taken *ids) {
	for _, s := range c.outline.sections {
		if s.id == "" {
			s.id = taken.unique(c.derived(c.stepTitle(s), "step"))
		}
		c.places[s.id] = s
		for _, b := range s.blocks {
			if !b.kind.named() {
				continue
			}
			if b.id == "" {
				b.id = taken.unique(c.derived(c.asked(b), string(b.kind)))
			}
			c.places[b.id], c.activities[b.id] = s, b.kind.IsActivity()
		}
	}
}

// derived gives the id that a text makes. A translation never derives from its
// own text: an id must not change with its wording.
func (c *compiler) derived(text, otherwise string) string {
	if slug := Slug(text); slug != "" && c.src.Of == nil {
		return slug
	}
	return otherwise
}

func (c *compiler) stepTitle(s *section) string {
	if s.headNode == nil {
		return ""
	}
	return c.plainInline(s.headNode)
}

// asked gives the plain text of a block's label, else of its first paragraph.
func (c *compiler) asked(b *block) string {
	if b.labelled != nil {
		return c.plainInline(b.labelled)
	}
	if b.node == nil {
		return ""
	}
	if p, ok := b.node.FirstChild().(*ast.Paragraph); ok {
		return c.plainInline(p)
	}
	return ""
}

// headingIDs gives the headings within steps their ids. Nothing that is stored
// hangs on them, so the others come first.
func (c *compiler) headingIDs(taken *ids) {
	for _, h := range c.headings {
		s := c.sectionOf(h)
		if s == nil {
			continue
		}
		h.Level = max(h.Level, 3)
		id := c.written(taken, c.headingID(h), c.headingID(h) != "", c.lineOf(h))
		if id == "" {
			id = taken.unique(c.derived(c.plainInline(h), "part"))
		}
		c.places[id] = s
		h.SetAttributeString("id", []byte(IDPrefix+id))
	}
}

func (c *compiler) headingID(h *ast.Heading) string {
	if h.Pos() < 0 {
		return ""
	}
	return c.outline.headings[c.lines[c.line(min(h.Pos(), len(c.text)))-1]]
}
