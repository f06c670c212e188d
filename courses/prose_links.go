package courses

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// IDPrefix stands before every id that an author or the compiler gives, in
// HTML, so that none meets an id of the page around it.
const IDPrefix = "c-"

// ActivityPrefix stands before the id of an activity, whose place in the page is
// made by whoever shows the form.
const ActivityPrefix = "at-"

// An inPageLink waits for the ids to be known.
type inPageLink struct {
	link *ast.Link
	line int
	id   string
}

// where says what an address leads to.
type where int

const (
	toFolder  where = iota // a file of the course, or what Resolve makes of it
	toPage                 // a place in this module: #id
	toOutside              // another site, or a person: mail, telephone
	toNowhere              // a scheme that could run something, or is unknown
)

// addressKind reads an address as a browser would, for which blanks and control
// characters within a scheme do not count.
func addressKind(dest string) where {
	if strings.HasPrefix(dest, "#") {
		return toPage
	}
	bare := strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, dest)
	if strings.HasPrefix(bare, "//") || strings.HasPrefix(bare, `\\`) || strings.HasPrefix(bare, `/\`) {
		return toNowhere
	}
	colon := strings.IndexByte(bare, ':')
	if colon < 0 || strings.ContainsAny(bare[:colon], "/?#") {
		return toFolder
	}
	switch strings.ToLower(bare[:colon]) {
	case "http", "https", "mailto", "tel", "sms":
		return toOutside
	}
	return toNowhere
}

// cleanLink points a link where it leads; where that is nowhere, its text stays.
func (c *compiler) cleanLink(l *ast.Link) {
	line := c.lineOf(l)
	if !c.spend(len(l.Destination) + len(l.Title)) {
		c.reportOnce(line, Error, LinkTooMany)
		unwrap(l)
		return
	}
	dest := string(l.Destination)
	switch addressKind(dest) {
	case toPage:
		id, err := url.PathUnescape(dest[1:])
		if err != nil {
			id = dest[1:]
		}
		c.inPage = append(c.inPage, inPageLink{link: l, line: line, id: id})
	case toOutside:
		leaveQuietly(l)
	case toNowhere:
		c.report(line, Notice, LinkScheme, "to", dest)
		unwrap(l)
	case toFolder:
		address, ok := c.resolve(dest)
		if !ok {
			c.report(line, Notice, LinkUnknown, "to", dest)
			unwrap(l)
			return
		}
		l.Destination = []byte(address)
	}
}

// leaveQuietly keeps the other site from learning where a reader came from.
func leaveQuietly(n ast.Node) { n.SetAttributeString("rel", []byte("noopener noreferrer")) }

func (c *compiler) resolve(dest string) (string, bool) {
	if c.src.Resolve == nil {
		return dest, true
	}
	return c.src.Resolve(dest)
}

// spend takes from what repetition may cost.
func (c *compiler) spend(bytes int) bool {
	c.budget -= bytes
	return c.budget >= 0
}

func (c *compiler) cleanAutoLink(l *ast.AutoLink) {
	if l.AutoLinkType == ast.AutoLinkEmail || addressKind(string(l.URL(c.text))) == toOutside {
		leaveQuietly(l)
		return
	}
	c.report(c.lineOf(l), Notice, LinkScheme, "to", string(l.Label(c.text)))
	replace(l, textNode(string(l.Label(c.text))))
}

func textNode(s string) ast.Node { return ast.NewString([]byte(s)) }

// cleanPicture keeps pictures of the course. One from elsewhere would tell
// another site who reads what: it becomes a link with its alternative text.
func (c *compiler) cleanPicture(p *ast.Image) {
	alt := plain(c.renderInside(p))
	line := c.lineOf(p)
	if !c.spend(len(p.Destination) + len(p.Title)) {
		c.reportOnce(line, Error, LinkTooMany)
		replace(p, &altNode{text: alt})
		return
	}
	dest := string(p.Destination)
	switch addressKind(dest) {
	case toFolder:
		address, ok := c.resolve(dest)
		if ok {
			c.pictures[p] = dest
			p.Destination = []byte(address)
			p.SetAttributeString("loading", []byte("lazy"))
			return
		}
		c.report(line, Notice, PictureMissing, "to", dest)
		c.missingPicture(p, dest, alt)
	case toOutside:
		c.report(line, Notice, PictureExternal, "to", dest)
		c.linkInstead(p, alt)
	default:
		c.report(line, Notice, LinkScheme, "to", dest)
		replace(p, &altNode{text: alt})
	}
}

// missingPicture leaves a figure to the part that it becomes; any other picture
// that is not there is shown as its alternative text.
func (c *compiler) missingPicture(p *ast.Image, dest, alt string) {
	if isFigure(p) {
		c.pictures[p] = dest
		p.Destination = nil
		return
	}
	replace(p, &altNode{text: alt})
}

func (c *compiler) linkInstead(p *ast.Image, alt string) {
	for n := p.Parent(); n != nil; n = n.Parent() {
		if n.Kind() == ast.KindLink {
			replace(p, &altNode{text: alt})
			return
		}
	}
	if alt == "" {
		alt = string(p.Destination)
	}
	link := ast.NewLink()
	link.Destination = p.Destination
	leaveQuietly(link)
	link.AppendChild(link, textNode(alt))
	replace(p, link)
}

// pointInPage points links to a place in this module: to the place itself where
// it stands on the same page, else to the address that the site gives it.
func (c *compiler) pointInPage() {
	for _, l := range c.inPage {
		here := c.sectionOf(l.link)
		there, ok := c.places[l.id]
		switch {
		case !ok:
			c.report(l.line, Notice, LinkUnknown, "to", "#"+l.id)
			unwrap(l.link)
		case there == here && l.id != there.id || c.src.Resolve == nil:
			l.link.Destination = []byte(c.here(l.id))
		default:
			c.pointElsewhere(l)
		}
	}
}

func (c *compiler) pointElsewhere(l inPageLink) {
	address, ok := c.src.Resolve(path.Base(c.src.Path) + "#" + l.id)
	if !ok {
		address = c.here(l.id)
	}
	l.link.Destination = []byte(address)
}

// here is where on its own page a place of this module is.
func (c *compiler) here(id string) string {
	if c.activities[id] {
		return "#" + ActivityPrefix + id
	}
	return "#" + IDPrefix + id
}

func (c *compiler) sectionOf(n ast.Node) *section {
	for ; n != nil; n = n.Parent() {
		if s, ok := n.(*sectionNode); ok {
			return s.section
		}
	}
	return nil
}

// isFigure says whether a picture stands alone in a paragraph at the top of a
// step or block, and has a title.
func isFigure(p *ast.Image) bool {
	para := p.Parent()
	if para == nil || para.Kind() != ast.KindParagraph || len(bytes.TrimSpace(p.Title)) == 0 {
		return false
	}
	if para.FirstChild() != ast.Node(p) || para.LastChild() != ast.Node(p) {
		return false
	}
	switch n := para.Parent().(type) {
	case *sectionNode:
		return true
	case *blockNode:
		return n.block.kind.holder() || n.block.kind == Box
	}
	return false
}
