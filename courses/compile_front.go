package courses

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// frontMatter reads the YAML between two lines of `---` at the very top, and
// blanks it. What is wrong with it is reported; the rest of it is used.
func (c *compiler) frontMatter() {
	if !bytes.Equal(c.lineAt(0), []byte("---\n")) {
		return
	}
	end := c.frontEnd()
	if end < 0 {
		c.report(1, Error, FrontOpen)
		c.blank(0, 3) // else goldmark draws a line
		return
	}
	c.readFront(c.text[4:c.lines[end]])
	c.blank(0, c.lines[end]+3)
}

// lineAt gives the i-th line of the text, its newline included and blanks at
// its end dropped.
func (c *compiler) lineAt(i int) []byte {
	line := c.text[c.lines[i]:]
	if i+1 < len(c.lines) {
		line = c.text[c.lines[i]:c.lines[i+1]]
	}
	return append(bytes.TrimRight(bytes.Clone(line), " \t\n"), '\n')
}

func (c *compiler) frontEnd() int {
	for i := 1; i < len(c.lines); i++ {
		if line := c.lineAt(i); string(line) == "---\n" || string(line) == "...\n" {
			return i
		}
	}
	return -1
}

func (c *compiler) readFront(text []byte) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		c.report(yamlLine(err), Error, FrontBroken, "detail", yamlDetail(err))
		return
	}
	if len(doc.Content) == 0 {
		return
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		c.report(2, Error, FrontBroken, "detail", "")
		return
	}
	pairs := doc.Content[0].Content
	for i := 0; i+1 < len(pairs); i += 2 {
		c.readField(pairs[i], pairs[i+1])
	}
}

// readField takes one field of the front matter. Fields of other systems are
// told about and kept in the file.
func (c *compiler) readField(key, value *yaml.Node) {
	var err error
	switch key.Value {
	case "title":
		err = decodeLine(value, &c.module.Title)
	case "summary":
		err = decodeLine(value, &c.module.Summary)
	case "content_note":
		err = decodeLine(value, &c.module.ContentNote)
	case "minutes":
		err = decodeMinutes(value, &c.module.Minutes)
	case "waive":
		err = value.Decode(&c.module.Waivers)
	default:
		c.report(key.Line+1, Notice, FrontUnknown, "name", key.Value)
	}
	if err != nil {
		c.report(value.Line+1, Warn, FrontValue, "name", key.Value)
	}
}

var errNotText = errors.New("not a text")

func decodeLine(value *yaml.Node, into *string) error {
	if value.Kind != yaml.ScalarNode {
		return errNotText
	}
	*into = strings.Join(strings.Fields(value.Value), " ")
	return nil
}

func decodeMinutes(value *yaml.Node, into *int) error {
	n, err := strconv.Atoi(value.Value)
	if err != nil || n < 1 || n > 24*60 {
		return errNotText
	}
	*into = n
	return nil
}

// yamlLine finds the line that yaml.v3 names in its errors; the file is one
// line longer than what it was given.
func yamlLine(err error) int {
	m := regexp.MustCompile(`line (\d+)`).FindStringSubmatch(err.Error())
	if m == nil {
		return 2
	}
	n, _ := strconv.Atoi(m[1])
	return n + 1
}

func yamlDetail(err error) string {
	return regexp.MustCompile(`^yaml: (line \d+: )?`).ReplaceAllString(err.Error(), "")
}
