package markup

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// pointers are the attributes that hold ids of other elements.
var pointers = []string{"for", "form", "list", "headers", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage", "aria-activedescendant"}

// attributes checks those of one tag.
func (c *checker) attributes(token html.Token) {
	var names []string
	for _, a := range token.Attr {
		names = append(names, a.Key)
		c.attribute(token.Data, a.Key, a.Val)
	}
	if token.Data == "img" && !slices.Contains(names, "alt") {
		c.report("<img> has no alt")
	}
}

func (c *checker) attribute(tag, key, value string) {
	switch {
	case key == "id":
		c.id(tag, value)
	case key == "lang" && tag == "html":
		c.lang = value != ""
	case key == "style":
		c.report("<%s> has an inline style, which the page's policy forbids", tag)
	case strings.HasPrefix(key, "on"):
		c.report("<%s> has an inline script (%s), which the page's policy forbids", tag, key)
	case slices.Contains(pointers, key):
		if strings.TrimSpace(value) == "" {
			c.report("<%s> has an empty %s, which points to nothing", tag, key)
		}
		for _, id := range strings.Fields(value) {
			c.wanted = append(c.wanted, reference{id, key, c.line})
		}
	case key == "href" && strings.HasPrefix(value, "#") && len(value) > 1 && tag == "a":
		c.wanted = append(c.wanted, reference{value[1:], "a link", c.line})
	}
}

func (c *checker) id(tag, value string) {
	switch first, there := c.ids[value]; {
	case value == "" || strings.ContainsAny(value, " \t\n"):
		c.report("<%s> has the id %q, which is none", tag, value)
	case there:
		c.report("the id %q is here twice, first in line %d", value, first)
	default:
		c.ids[value] = c.line
	}
}

var attribute = regexp.MustCompile(`\s([^\s=/>"']+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?`)

// doubled reports the attributes that a tag has twice. It reads the tag as it
// was written, since the tokenizer drops the second.
func (c *checker) doubled(raw []byte) {
	seen := map[string]bool{}
	for _, match := range attribute.FindAllSubmatch(raw, -1) {
		name := strings.ToLower(string(match[1]))
		if seen[name] {
			c.report("%s> has %s twice", raw[:strings.IndexAny(string(raw), " \t\n")], name)
		}
		seen[name] = true
	}
}
