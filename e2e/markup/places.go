package markup

import (
	"slices"
	"strings"
)

var (
	voids = words("area base br col embed hr img input link meta source track wbr")

	// blocks end an open paragraph, and have no place in running text.
	blocks = words(`address article aside blockquote details dialog div dl fieldset figcaption figure footer form
		h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul`)

	// running holds what may contain running text only.
	running = words(`abbr b bdi bdo button cite code dfn em h1 h2 h3 h4 h5 h6 i kbd label mark output p pre q s samp
		small span strong sub sup time u var`)

	// parents says where an element must stand.
	parents = map[string][]string{
		"li": words("ul ol menu"), "dt": words("dl div"), "dd": words("dl div"),
		"thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"}, "caption": {"table"}, "colgroup": {"table"},
		"tr": words("thead tbody tfoot"), "td": {"tr"}, "th": {"tr"},
		"option": words("select optgroup datalist"), "optgroup": {"select"},
		"summary": {"details"}, "legend": {"fieldset"}, "figcaption": {"figure"},
		"head": {"html"}, "body": {"html"}, "source": words("audio video picture"), "track": words("audio video"),
	}

	// children says what alone may stand directly in an element.
	children = map[string][]string{
		"ul": words("li script template"), "ol": words("li script template"), "menu": words("li script template"),
		"dl": words("dt dd div script template"), "table": words("caption colgroup thead tbody tfoot"), "tr": words("td th"),
		"thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"}, "select": words("option optgroup hr"), "html": words("head body"),
	}

	// apart are elements that may not stand, however deep, in one of others.
	apart = map[string][]string{
		"a": words("a button"), "button": words("a button label"), "form": {"form"}, "label": words("label a button"),
		"input": words("a button"), "select": words("a button"), "textarea": words("a button"), "details": words("a button"),
		"main": words("article aside footer header nav section form"), "header": words("header footer"), "footer": words("header footer"),
	}
)

// misplaced says why an element may not stand where it does, or "".
func (c *checker) misplaced(name string) string {
	if c.inside("svg") || c.inside("math") {
		return ""
	}
	parent := c.parent()
	if where, known := parents[name]; known && parent != "" && !slices.Contains(where, parent) {
		return "stands in <" + parent + ">, and belongs in " + list(where)
	}
	if only, known := children[parent]; known && !slices.Contains(only, name) {
		return "stands in <" + parent + ">, which holds only " + list(only)
	}
	for _, outer := range apart[name] {
		if c.inside(outer) {
			return "stands inside <" + outer + ">"
		}
	}
	if slices.Contains(blocks, name) {
		return c.blockInText(name)
	}
	return ""
}

// blockInText looks for running text around a block. A heading in a summary or
// a legend is what HTML allows.
func (c *checker) blockInText(name string) string {
	heading := len(name) == 2 && name[0] == 'h' && name != "hr"
	for i := len(c.open) - 1; i >= 0; i-- {
		switch outer := c.open[i]; {
		case heading && (outer == "summary" || outer == "legend"):
			return ""
		case outer == "summary", outer == "legend", slices.Contains(running, outer):
			return "is a block inside <" + outer + ">, which holds running text"
		case outer == "a" || outer == "ins" || outer == "del":
		default:
			return ""
		}
	}
	return ""
}

func words(s string) []string { return strings.Fields(s) }

func list(names []string) string { return "<" + strings.Join(names, ">, <") + ">" }
