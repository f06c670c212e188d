package markup

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// Shape is a page without what it says: its elements and their attributes, with
// every text, and every value that names one row, address or id, as one sign.
// Pages of one shape are alike to whoever judges how a page is built.
func Shape(page []byte) string {
	var shape strings.Builder
	tags := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch tags.Next() {
		case html.ErrorToken:
			return shape.String()
		case html.TextToken:
			if len(bytes.TrimSpace(tags.Raw())) > 0 {
				shape.WriteByte('.')
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			outline(&shape, tags.Token())
		case html.EndTagToken:
			name, _ := tags.TagName()
			shape.WriteString("</" + string(name) + ">")
		}
	}
}

// outline writes a start tag. A value that is empty stays so: a link without
// words is another thing than one with them.
func outline(shape *strings.Builder, tag html.Token) {
	shape.WriteString("<" + tag.Data)
	for _, a := range tag.Attr {
		value := a.Val
		if value != "" && says(a.Key) {
			value = "."
		}
		shape.WriteString(" " + a.Key + "=" + value)
	}
	shape.WriteByte('>')
}

// says reports whether an attribute's value is words, an address or an id.
func says(name string) bool {
	switch name {
	case "alt", "title", "placeholder", "aria-label", "content",
		"datetime", "stroke-dasharray", "href", "src", "srcset", "action", "formaction",
		"id", "for", "name", "value", "form", "list",
		"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns":
		return true
	}
	return strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "hx-")
}
