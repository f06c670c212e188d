package courses

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// FrontMatter is the front matter of a new module or course.md: its title, what it is
// about, and its language.
func FrontMatter(f Front) string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, field := range [][2]string{{"title", f.Title}, {"summary", f.Summary}, {"language", f.Language}} {
		if field[1] != "" {
			b.WriteString(fieldText(field[0], field[1]))
		}
	}
	b.WriteString("---\n")
	return b.String()
}

// A Front is what the front matter of a module or of a course.md says, of what people
// change in a form. All are plain text in one line; "" and 0 are what it does not say.
type Front struct {
	Title        string
	Summary      string
	Language     string // course.md
	Minutes      int    // modules; from 1
	ContentNote  string // modules
	Contributors []Contributor
}

// ErrFront is returned for front matter that a program cannot change without costing
// its author something: it is broken, or written in a way of its own.
var ErrFront = errors.New("the front matter can only be changed by hand")

// ReadFront reads the front matter of a text. A text without any has an empty one. It
// returns ErrFront where it cannot be read.
func ReadFront(text []byte) (Front, error) {
	m, err := matterOf(text)
	if err != nil {
		return Front{}, err
	}
	return m.front(), nil
}

// WriteFront writes those fields into a text that read otherwise, and leaves every
// other byte: fields it does not know, comments, the order, the ends of lines. A field
// that became empty goes. It returns ErrFront where it cannot be done.
func WriteFront(text []byte, want Front) ([]byte, error) {
	was, err := ReadFront(text)
	if err != nil {
		return nil, err
	}
	out := text
	for _, field := range want.fields() {
		if field.same(was) {
			continue
		}
		if out, err = writeField(out, field); err != nil {
			return nil, err
		}
	}
	if now, err := ReadFront(out); err != nil || !now.equal(want) {
		return nil, ErrFront
	}
	return out, nil
}

func (f Front) equal(other Front) bool {
	return !slices.ContainsFunc(f.fields(), func(field frontField) bool { return !field.same(other) })
}

// A frontField is one field as it is to be. Its value is a string, a number, or
// contributors.
type frontField struct {
	name  string
	value any
}

// fields are all of them, in the order in which a new one is put in.
func (f Front) fields() []frontField {
	return []frontField{
		{"title", f.Title},
		{"summary", f.Summary},
		{"language", f.Language},
		{"minutes", f.Minutes},
		{"content_note", f.ContentNote},
		{"contributors", f.Contributors},
	}
}

func (f frontField) same(in Front) bool {
	for _, other := range in.fields() {
		if other.name == f.name {
			return f.empty() && other.empty() || reflect.DeepEqual(f.value, other.value)
		}
	}
	return false
}

func (f frontField) empty() bool {
	return reflect.ValueOf(f.value).IsZero() || reflect.ValueOf(f.value).Kind() == reflect.Slice && reflect.ValueOf(f.value).Len() == 0
}

// text is the field as it stands in a file; "" where it is not to stand there.
func (f frontField) text() string {
	if f.empty() {
		return ""
	}
	return fieldText(f.name, f.value)
}

func fieldText(name string, value any) string {
	if number, is := value.(int); is {
		return name + ": " + strconv.Itoa(number) + "\n"
	}
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	_ = encoder.Encode(map[string]any{name: value}) // of strings it cannot fail
	return b.String()
}

// A matter is the front matter of a text, line by line.
type matter struct {
	lines []string // of the whole text, each with its end
	end   int      // the line that closes it, from 0; 0 where there is none
	pairs []*yaml.Node
}

// matterOf finds it. Its lines are those of the compiler.
func matterOf(text []byte) (matter, error) {
	m := matter{lines: linesOf(text)}
	if len(m.lines) == 0 || bare(strings.TrimPrefix(m.lines[0], "\ufeff")) != "---" {
		return m, nil
	}
	for i := 1; i < len(m.lines) && m.end == 0; i++ {
		if line := bare(m.lines[i]); line == "---" || line == "..." {
			m.end = i
		}
	}
	if m.end == 0 {
		return m, ErrFront
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(normalise([]byte(strings.Join(m.lines[1:m.end], ""))), &doc); err != nil {
		return m, ErrFront
	}
	if len(doc.Content) == 0 {
		return m, nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode || root.Style == yaml.FlowStyle || root.Column != 1 || root.Anchor != "" {
		return m, ErrFront
	}
	m.pairs = root.Content
	return m, nil
}

func bare(line string) string { return strings.TrimRight(line, " \t\r\n") }

// front is what the fields say. What is no value for its field says nothing, as for
// the compiler.
func (m matter) front() (f Front) {
	p := &plan{}
	for i := 0; i+1 < len(m.pairs); i += 2 {
		value := m.pairs[i+1]
		switch m.pairs[i].Value {
		case "title":
			_ = decodeLine(value, &f.Title)
		case "summary":
			_ = decodeLine(value, &f.Summary)
		case "content_note":
			_ = decodeLine(value, &f.ContentNote)
		case "minutes":
			_ = decodeMinutes(value, &f.Minutes)
		case "language":
			_ = p.setLanguage(value.Value)
		case "contributors":
			_ = value.Decode(&f.Contributors)
		}
	}
	f.Language = p.language
	return f
}

// writeField puts one field into a text: over what is there, or in its place.
func writeField(text []byte, f frontField) ([]byte, error) {
	m, err := matterOf(text)
	if err != nil {
		return nil, err
	}
	if m.end == 0 {
		return m.begun(f), nil
	}
	out := m.with(f)
	now, err := matterOf(out)
	if err != nil || !reflect.DeepEqual(now.besides(f.name), m.besides(f.name)) {
		return nil, ErrFront // something else hung on it
	}
	return out, nil
}

// begun is a text that had no front matter, with one of this field.
func (m matter) begun(f frontField) []byte {
	text := strings.Join(m.lines, "")
	rest := strings.TrimPrefix(text, "\ufeff")
	return []byte(text[:len(text)-len(rest)] + m.withEnds("---\n"+f.text()+"---\n") + rest)
}

// with is the text with one field over what is there, or in its place. What somebody
// noted behind a value stays.
func (m matter) with(f frontField) []byte {
	from, to := m.placeOf(f.name)
	written := f.text()
	if note := m.noteBehind(f.name); note != "" && to == from+1 && strings.Count(written, "\n") == 1 {
		written = bare(written) + " " + note + "\n"
	}
	return []byte(strings.Join(m.lines[:from], "") + m.withEnds(written) + strings.Join(m.lines[to:], ""))
}

// withEnds is what is written, with the ends of lines that the file has.
func (m matter) withEnds(written string) string {
	return strings.ReplaceAll(written, "\n", mostEndings(m.lines))
}

// find is the place of a field among the pairs, -1 where it is not.
func (m matter) find(name string) int {
	for i := 0; i+1 < len(m.pairs); i += 2 {
		if m.pairs[i].Value == name {
			return i
		}
	}
	return -1
}

// noteBehind is the comment on the line of a field.
func (m matter) noteBehind(name string) string {
	at := m.find(name)
	if at < 0 {
		return ""
	}
	return m.pairs[at+1].LineComment
}

// placeOf is the lines of a field, from one up to another; where there is none, the
// place behind the last of those that come before it, which has no lines.
func (m matter) placeOf(name string) (from, to int) {
	if at := m.find(name); at >= 0 {
		return m.linesAt(at)
	}
	from = 1
	for _, f := range (Front{}).fields() {
		if f.name == name {
			break
		}
		if at := m.find(f.name); at >= 0 {
			_, end := m.linesAt(at)
			from = max(from, end)
		}
	}
	return from, from
}

// linesAt is the lines of a pair: up to the next, without what stands above that.
func (m matter) linesAt(at int) (from, to int) {
	key, value := m.pairs[at], m.pairs[at+1]
	from, to = key.Line, m.end // yaml counts from 1, and from the line after the first
	if at+2 < len(m.pairs) {
		to = m.pairs[at+2].Line
	}
	blocked := value.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	for to > from+1 {
		line := bare(m.lines[to-1])
		note := strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") && (!blocked || line[0] == '#')
		if line != "" && !note {
			break
		}
		to--
	}
	return from, to
}

// besides is what all other fields say, in order.
func (m matter) besides(name string) (all []any) {
	for i := 0; i+1 < len(m.pairs); i += 2 {
		if m.pairs[i].Value == name {
			continue
		}
		var value any
		err := m.pairs[i+1].Decode(&value)
		all = append(all, m.pairs[i].Value, value, err == nil)
	}
	return all
}
