package courses

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A StoryText is a story as it stands in a module: what somebody told, without the
// activities that an author put into it.
type StoryText struct {
	ID    string
	Line  int
	Label string   // plain text: the name that it is credited to
	Words string   // plain text
	Shows []string // names and words of its pictures and recordings, in order
}

// Sum marks a story, so that what somebody agreed to can be told from what was made of
// it later: the SHA-256 of its words, with single spaces, and of what is shown and heard
// with them, in hex.
func (s StoryText) Sum() string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{collapse(s.Words)}, s.Shows...), "\n")))
	return hex.EncodeToString(sum[:])
}

// Stories are the stories of a module, in order.
func Stories(m *Module) []StoryText {
	var all []StoryText
	for _, step := range m.Steps {
		eachPart(step.Parts, func(p *Part) {
			if p.Kind == Story {
				all = append(all, StoryText{ID: p.ID, Line: p.Line, Label: plain(p.Label), Words: told(p.Parts), Shows: shown(p.Parts)})
			}
		})
	}
	return all
}

// StoryPart is the part of a story, by its id; nil where there is none.
func StoryPart(m *Module, id string) (found *Part) {
	for _, step := range m.Steps {
		eachPart(step.Parts, func(p *Part) {
			if p.Kind == Story && p.ID == id && found == nil {
				found = p
			}
		})
	}
	return found
}

// told is what is told in the parts of a story.
func told(parts []Part) string {
	var words []string
	for _, p := range parts {
		switch {
		case p.Activity != nil:
		case len(p.Parts) > 0:
			words = append(words, plain(p.Label), told(p.Parts))
		default:
			words = append(words, p.Text)
		}
	}
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n")
}

// shown are the pictures and recordings in the parts of a story, by the names of their
// files and by the words that stand for them.
func shown(parts []Part) (all []string) {
	for _, p := range parts {
		if p.Activity != nil {
			continue
		}
		if media := p.Media; media != nil {
			all = append(all, strings.Join([]string{path.Base(media.Path), path.Base(media.Words), media.Alt, media.Caption}, "\t"))
		}
		for _, picture := range pictureIn.FindAllStringSubmatch(p.HTML, -1) {
			all = append(all, path.Base(picture[1]))
		}
		all = append(all, shown(p.Parts)...)
	}
	return all
}

// pictureIn finds a picture among words. Where it stands differs from site to site; its
// name does not.
var pictureIn = regexp.MustCompile(`<img[^>]* src="([^"]*)"`)

// CutStory takes a story out of a text: in its place stands a leaf that says that
// it was taken back, under the same id. Activities that stood in it stay, because
// learners have answered them. It reports whether the story was there; a story that
// is there twice is cut twice. Everything else stays byte for byte.
func CutStory(src Source, id string) (text []byte, found bool) {
	c, ok := outlined(src)
	if !ok {
		return src.Text, false
	}
	lines := linesOf(src.Text)
	cut := src.Text
	for _, b := range slices.Backward(c.outline.blocks) {
		if b.kind == Story && b.id == id {
			cut = c.withoutStory(lines, b)
			lines, found = linesOf(cut), true
		}
	}
	return cut, found
}

// outlined finds the blocks of a text and their ids; ok is false for one that is
// refused.
func outlined(src Source) (c *compiler, ok bool) {
	c = newCompiler(src)
	if !c.read() {
		return c, false
	}
	c.parse()
	c.clean()
	c.dropTitle()
	c.assignIDs()
	return c, true
}

// withoutStory is the text with one story cut out; lines are those of the text.
func (c *compiler) withoutStory(lines []string, story *block) []byte {
	from, to := story.line-1, c.lineAfter(story)
	ending := lineEnding(lines[from])
	var kept strings.Builder
	kept.WriteString("::" + string(Withdrawn) + "{#" + story.id + "}" + ending)
	for _, b := range c.outline.blocks {
		if b.isIn(story) && b.kind.IsActivity() {
			kept.WriteString(ending)
			for _, line := range lines[b.line-1 : min(c.lineAfter(b), len(lines))] {
				kept.WriteString(line)
			}
		}
	}
	return []byte(strings.Join(lines[:from], "") + kept.String() + strings.Join(lines[min(to, len(lines)):], ""))
}

// isIn reports whether a block stands in another, however deep.
func (b *block) isIn(other *block) bool {
	for up := b.parent; up != nil; up = up.parent {
		if up == other {
			return true
		}
	}
	return false
}

// lineAfter is the index of the line after the one that closes a block. A block
// that was never closed ends where its step does, and no line closes it.
func (c *compiler) lineAfter(b *block) int {
	at, _ := slices.BinarySearch(c.lines, b.end)
	if m := c.outline.marks[b.end]; m != nil && m.closes {
		at++
	}
	return at
}

// linesOf cuts a text into its lines, each with its own ending.
func linesOf(text []byte) []string {
	var lines []string
	for len(text) > 0 {
		line, ending, rest := cutLine(text)
		lines = append(lines, string(line)+string(ending))
		text = rest
	}
	return lines
}

// lineEnding is how a line ends; one that ends the text ends as others mostly do.
func lineEnding(line string) string {
	if ending := line[len(strings.TrimRight(line, "\r\n")):]; ending != "" {
		return ending
	}
	return "\n"
}

// HeadStory writes a name over a story, as its label; "" takes the label away. It
// reports whether the story was there. Everything else stays byte for byte.
func HeadStory(src Source, id, name string) (text []byte, found bool) {
	c, ok := outlined(src)
	if !ok {
		return src.Text, false
	}
	lines := linesOf(src.Text)
	for _, b := range c.outline.blocks {
		if b.kind == Story && b.id == id {
			lines[b.line-1], found = headed(lines[b.line-1], id, name), true
		}
	}
	return []byte(strings.Join(lines, "")), found
}

// headed is the line that opens a block with this label, and with its id: one that
// is not written would be made of the label.
func headed(line, id, name string) string {
	indent := len(line) - len(strings.TrimLeft(line, "\ufeff "))
	f, ok := readFence(line[indent:])
	if !ok || f.labelOpen {
		return line
	}
	end := max(f.nameEnd, f.labelEnd)
	label := ""
	if name != "" {
		label = "[" + escapeMarkdown.Replace(name) + "]"
	}
	return string(blockWithID([]byte(line[:indent+f.nameEnd]+label+line[indent+end:]), id))
}

var escapeMarkdown = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "~", `\~`, "&", `\&`, "!", `\!`)
