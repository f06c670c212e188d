package web

import (
	"bytes"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// refillWords say what became of a form that came too late.
type refillWords struct {
	here string // it stands in its form again
	gone string // its form is not there any more, so its texts stand above the page
}

// refill writes a page with a form put back into it that was sent to its address
// before, and words that say so in front of it. Where a page has no such form any
// more, the texts that were typed stand at its top, to be copied. It works on what
// a browser would read, so no page has to do anything for it.
func refill(w io.Writer, page []byte, address string, sent url.Values, words refillWords) error {
	read, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return err
	}
	for node := range read.Descendants() {
		if isFormTo(node, address) {
			fillIn(node, sent)
			node.Parent.InsertBefore(noticeOf(words.here), node)
			return html.Render(w, read)
		}
	}
	texts := textsIn(sent)
	for node := range read.Descendants() {
		if node.DataAtom == atom.Main && len(texts) > 0 {
			putFirst(node, words.gone, texts)
			return html.Render(w, read)
		}
	}
	_, err = w.Write(page)
	return err
}

// textsIn are what somebody typed: all of a form but what it says by itself, what
// was chosen in it, and secrets.
func textsIn(sent url.Values) (texts []string) {
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if isChosen(name) {
			continue
		}
		for _, text := range sent[name] {
			if strings.TrimSpace(text) != "" && !(isEither(name) && isMark(text)) {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// notTyped are the names that only hidden fields, buttons, choices and files have.
const notTyped = ` after again back behind beside by-hand check course currency digest do doubt edit feel file has held id keep key kind knows language line
	learner look manager named of on open over own page paper path person place plain programme public read readers reads resumes revision right
	role say share sound speak src stamp story sure talk tls told translate under version walk where whose wish work worker write `

// secrets are typed, and shown to nobody.
const secrets = " code current password pin recovery secret "

// either are the names that both hidden fields or choices and texts have.
const either = " cohort from seen text to what who why with "

// isMark is what a page gives itself to know something by, an id or a stamp or which
// of two: no word that somebody types.
func isMark(text string) bool {
	return text == "act" || text == "none" || len(text) >= 12 && isMarkLike.MatchString(text) && hasOfBoth.MatchString(text)
}

var (
	isMarkLike = regexp.MustCompile(`^[A-Za-z0-9_:-]+$`)
	hasOfBoth  = regexp.MustCompile(`[A-Za-z].*[0-9_]|[0-9_].*[A-Za-z]|[a-z].*[A-Z]`)
)

func isChosen(name string) bool {
	first, _, _ := strings.Cut(name, ".")
	return name == whose || isAmong(notTyped+secrets, name) || strings.Contains(name, ".") && isAmong(" choice feel keep seen ", first)
}

func isEither(name string) bool { return isAmong(either, name) }

func isAmong(names, name string) bool {
	return slices.Contains(strings.Fields(names), name)
}

// putFirst puts words, and texts as they were typed, at the top of a part.
func putFirst(part *html.Node, words string, texts []string) {
	first := part.FirstChild
	part.InsertBefore(noticeOf(words), first)
	for _, text := range texts {
		quote := element(atom.Blockquote, html.Attribute{Key: "class", Val: "as-typed"}, html.Attribute{Key: "dir", Val: "auto"})
		quote.AppendChild(&html.Node{Type: html.TextNode, Data: text})
		part.InsertBefore(quote, first)
	}
}

func isFormTo(node *html.Node, address string) bool {
	return node.DataAtom == atom.Form && strings.EqualFold(attr(node, "method"), "post") && attr(node, "action") == address
}

func noticeOf(words string) *html.Node {
	notice := element(atom.P, html.Attribute{Key: "class", Val: "notice"}, html.Attribute{Key: "role", Val: "status"})
	span := element(atom.Span)
	span.AppendChild(&html.Node{Type: html.TextNode, Data: words})
	notice.AppendChild(span)
	return notice
}

func element(of atom.Atom, attrs ...html.Attribute) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: of, Data: of.String(), Attr: attrs}
}

// fillIn puts what was sent into the controls of a form. Hidden ones too, because
// they say what the form was made from; but not whose page it is.
func fillIn(form *html.Node, sent url.Values) {
	taken := map[string]int{} // how many lines of each name
	for node := range form.Descendants() {
		name := attr(node, "name")
		if name == "" || name == whose {
			continue
		}
		values := sent[name]
		switch node.DataAtom {
		case atom.Input:
			fillInput(node, values, taken)
		case atom.Textarea:
			if text, ok := next(values, taken, name); ok {
				setText(node, text)
			}
		case atom.Select:
			choose(node, values)
		}
	}
}

func fillInput(input *html.Node, values []string, taken map[string]int) {
	switch strings.ToLower(attr(input, "type")) {
	case "password", "file", "submit", "button", "image", "reset":
	case "checkbox", "radio":
		mark(input, "checked", slices.Contains(values, valueOf(input)))
	default:
		if value, ok := next(values, taken, attr(input, "name")); ok {
			setAttr(input, "value", value)
		}
	}
}

// next is the next value of a name, in the order of the page.
func next(values []string, taken map[string]int, name string) (string, bool) {
	at := taken[name]
	taken[name]++
	if at >= len(values) {
		return "", false
	}
	return values[at], true
}

// choose chooses in a select. What is not on offer any more changes nothing.
func choose(list *html.Node, values []string) {
	var options []*html.Node
	offered := false
	for node := range list.Descendants() {
		if node.DataAtom == atom.Option {
			options = append(options, node)
			offered = offered || slices.Contains(values, valueOf(node))
		}
	}
	for _, option := range options {
		if offered {
			mark(option, "selected", slices.Contains(values, valueOf(option)))
		}
	}
}

// valueOf is what a control sends when it is chosen.
func valueOf(node *html.Node) string {
	for _, a := range node.Attr {
		if a.Key == "value" {
			return a.Val
		}
	}
	if node.DataAtom == atom.Option && node.FirstChild != nil {
		return strings.TrimSpace(node.FirstChild.Data)
	}
	return "on"
}

func attr(node *html.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func setAttr(node *html.Node, key, value string) {
	mark(node, key, false)
	node.Attr = append(node.Attr, html.Attribute{Key: key, Val: value})
}

// mark gives a node an attribute without a value, or takes it away.
func mark(node *html.Node, key string, on bool) {
	node.Attr = slices.DeleteFunc(node.Attr, func(a html.Attribute) bool { return a.Key == key })
	if on {
		node.Attr = append(node.Attr, html.Attribute{Key: key})
	}
}

func setText(node *html.Node, text string) {
	for node.FirstChild != nil {
		node.RemoveChild(node.FirstChild)
	}
	node.AppendChild(&html.Node{Type: html.TextNode, Data: text})
}
