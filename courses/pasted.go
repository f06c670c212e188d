package courses

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ErrPasteTooLarge is returned for more HTML than somebody pastes.
var ErrPasteTooLarge = errors.New("more HTML than is taken at once")

// maxPasteBytes bounds what is read: word processors wrap a page of text in a
// hundred times as much.
const maxPasteBytes = 4 << 20

// A Pasted text is what was made of HTML that somebody pasted.
type Pasted struct {
	Text     string // Markdown
	Pictures int    // that did not come along: each is added by itself
}

// FromHTML makes Markdown of what a word processor, a mail or a web page puts on
// the clipboard: headings from `##` down, since `#` is the title, paragraphs,
// lists, quotes, tables, links, what is strong or stressed. Whatever else there is,
// scripts, styles, pictures, is left out, and the words stay words: none of them
// becomes a block or a step of the course format. Only ErrPasteTooLarge is returned.
func FromHTML(source []byte) (Pasted, error) {
	if len(source) > maxPasteBytes {
		return Pasted{}, ErrPasteTooLarge
	}
	doc, err := html.Parse(bytes.NewReader(source))
	if err != nil {
		return Pasted{}, err // the reader is memory: only a tokenizer that gives up
	}
	var out Pasted
	out.Pictures = readOfficeHTML(doc)
	var tidy bytes.Buffer
	if err := html.Render(&tidy, doc); err != nil {
		return Pasted{}, err
	}
	clean := pastePolicy.SanitizeBytes(tidy.Bytes())
	markdown, err := pasteConverter.ConvertString(string(clean))
	if err != nil {
		return Pasted{}, err
	}
	out.Text = wordsStayWords(markdown)
	return out, nil
}

// pastePolicy lets through what Markdown has a word for.
var pastePolicy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "blockquote", "pre", "code",
		"table", "thead", "tbody", "tr", "th", "td")
	p.AllowLists()
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowAttrs("href").OnElements("a")
	p.RequireParseableURLs(true)
	return p
}()

var pasteConverter = converter.NewConverter(converter.WithPlugins(
	base.NewBasePlugin(),
	commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false), commonmark.WithHeadingStyle(commonmark.HeadingStyleATX),
		commonmark.WithLinkEmptyHrefBehavior(commonmark.LinkBehaviorSkip), commonmark.WithLinkEmptyContentBehavior(commonmark.LinkBehaviorSkip)),
	table.NewTablePlugin(table.WithHeaderPromotion(true)),
))

// readOfficeHTML puts what word processors say with styles into elements, and
// counts pictures.
func readOfficeHTML(doc *html.Node) (pictures int) {
	var nodes []*html.Node
	for node := range doc.Descendants() {
		nodes = append(nodes, node)
	}
	for _, node := range nodes {
		switch {
		case node.Type == html.CommentNode || slices.Contains(neverWords, node.DataAtom):
			node.Parent.RemoveChild(node)
		case node.DataAtom == atom.Img:
			pictures++
		case headingLevel(node) > 0:
			below := min(headingLevel(node)+1, 6)
			rename(node, "h"+strconv.Itoa(below))
		case node.DataAtom == atom.B || node.DataAtom == atom.I || node.DataAtom == atom.Strong || node.DataAtom == atom.Em || node.DataAtom == atom.Span:
			readStyle(node)
		}
	}
	readWordLists(doc)
	return pictures
}

var neverWords = []atom.Atom{atom.Script, atom.Style, atom.Head, atom.Template, atom.Svg, atom.Object, atom.Iframe, atom.Noscript}

func headingLevel(node *html.Node) int {
	levels := []atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}
	return slices.Index(levels, node.DataAtom) + 1
}

// readStyle makes strong and em of what looks so, and neither of what does not:
// Google Docs wraps all that is copied in a <b> that says normal.
func readStyle(node *html.Node) {
	style := styleOf(node)
	strong := node.DataAtom == atom.B || node.DataAtom == atom.Strong
	stressed := node.DataAtom == atom.I || node.DataAtom == atom.Em
	switch weight := style["font-weight"]; {
	case weight == "bold" || len(weight) == 3 && weight >= "600":
		strong = true
	case weight != "":
		strong = false
	}
	switch style["font-style"] {
	case "italic", "oblique":
		stressed = true
	case "normal":
		stressed = false
	}
	if hasBlock(node) {
		strong, stressed = false, false
	}
	if strong || stressed {
		spacesOut(node)
	}
	switch {
	case strong:
		rename(node, "strong")
		if stressed {
			wrapInside(node, "em")
		}
	case stressed:
		rename(node, "em")
	default:
		rename(node, "span")
	}
}

// spacesOut takes the spaces at the ends of a phrase out of it: Markdown knows no
// strong word that begins or ends with one.
func spacesOut(node *html.Node) {
	if first := node.FirstChild; first != nil && first.Type == html.TextNode && strings.TrimLeft(first.Data, " \u00a0\n") != first.Data {
		first.Data = strings.TrimLeft(first.Data, " \u00a0\n")
		node.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, node)
	}
	if last := node.LastChild; last != nil && last.Type == html.TextNode && strings.TrimRight(last.Data, " \u00a0\n") != last.Data {
		last.Data = strings.TrimRight(last.Data, " \u00a0\n")
		node.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, node.NextSibling)
	}
}

func hasBlock(node *html.Node) bool {
	for inside := range node.Descendants() {
		switch inside.DataAtom {
		case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return true
		}
	}
	return false
}

func styleOf(node *html.Node) map[string]string {
	found := map[string]string{}
	for _, a := range node.Attr {
		if a.Key != "style" {
			continue
		}
		for one := range strings.SplitSeq(a.Val, ";") {
			if name, value, ok := strings.Cut(one, ":"); ok {
				found[strings.ToLower(strings.TrimSpace(name))] = strings.ToLower(strings.TrimSpace(value))
			}
		}
	}
	return found
}

func rename(node *html.Node, name string) {
	node.Data, node.DataAtom = name, atom.Lookup([]byte(name))
}

func wrapInside(node *html.Node, name string) {
	wrapper := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	for node.FirstChild != nil {
		child := node.FirstChild
		node.RemoveChild(child)
		wrapper.AppendChild(child)
	}
	node.AppendChild(wrapper)
}

var wordLevel = regexp.MustCompile(`level(\d)`)

// readWordLists makes lists of the paragraphs that Word writes for them: each says
// in its style how deep it is, and carries its own dot or number as text.
func readWordLists(doc *html.Node) {
	var items []*html.Node
	for node := range doc.Descendants() {
		if node.DataAtom == atom.P && styleOf(node)["mso-list"] != "" {
			items = append(items, node)
		}
	}
	var lists []*html.Node // that are open, the outermost first
	var last *html.Node
	for _, item := range items {
		level := 1
		if found := wordLevel.FindStringSubmatch(styleOf(item)["mso-list"]); found != nil {
			level = int(found[1][0] - '0')
		}
		name := listName(takeMarker(item))
		if last == nil || nextElement(last) != item {
			lists = nil
		}
		level = min(max(level, 1), len(lists)+1)
		lists = lists[:min(len(lists), level)]
		if len(lists) < level {
			list := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
			if len(lists) == 0 {
				item.Parent.InsertBefore(list, item)
			} else {
				lists[len(lists)-1].LastChild.AppendChild(list)
			}
			lists = append(lists, list)
		}
		outermost := lists[0]
		item.Parent.RemoveChild(item)
		rename(item, "li")
		item.Attr = nil
		lists[level-1].AppendChild(item)
		last = outermost
	}
}

func nextElement(node *html.Node) *html.Node {
	for next := node.NextSibling; next != nil; next = next.NextSibling {
		if next.Type == html.ElementNode {
			return next
		}
	}
	return nil
}

// takeMarker takes the dot or number out of a paragraph of Word's.
func takeMarker(item *html.Node) string {
	for node := range item.Descendants() {
		if strings.EqualFold(styleOf(node)["mso-list"], "ignore") {
			marker := wordsIn(node)
			node.Parent.RemoveChild(node)
			return strings.TrimSpace(marker)
		}
	}
	return ""
}

func listName(marker string) string {
	if strings.ContainsAny(marker, "0123456789") {
		return "ol"
	}
	return "ul"
}

func wordsIn(node *html.Node) string {
	var b strings.Builder
	for inside := range node.Descendants() {
		if inside.Type == html.TextNode {
			b.WriteString(inside.Data)
		}
	}
	return b.String()
}

var (
	startsBlock = regexp.MustCompile(`(?m)^([ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*):`)
	manyBlanks  = regexp.MustCompile(`\n{3,}`)
	spaceAtEnd  = regexp.MustCompile(`(?m)[ \t]+$`)
)

// wordsStayWords keeps words that look like the course format from being it.
func wordsStayWords(markdown string) string {
	markdown = strings.ReplaceAll(strings.ReplaceAll(markdown, "\u00a0", " "), "\r", "")
	markdown = startsBlock.ReplaceAllString(markdown, `$1\:`)
	markdown = strings.NewReplacer("[[", `\[\[`, "{#", `\{#`).Replace(markdown)
	return strings.TrimSpace(manyBlanks.ReplaceAllString(spaceAtEnd.ReplaceAllString(markdown, ""), "\n\n"))
}
