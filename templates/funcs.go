package templates

import (
	"fmt"
	"html/template"
	"strings"
)

// funcs are what templates of one language may call. t and tx with a constant
// key, asset and icon never get here: package inline puts them in at start.
func (lib *library) funcs(w *words) template.FuncMap {
	return template.FuncMap{
		"t":       func(parts ...any) string { return w.word(keyOf(parts)) },
		"tn":      w.count,
		"kind":    w.helpKind,
		"date":    w.date,
		"moment":  w.moment,
		"prose":   prose,
		"problem": w.problem,
		"advice":  func(code string, values map[string]string) string { return w.say("problem."+code, values) },
		"todo":    func(code string, values map[string]string) string { return w.say("problem."+code+".do", values) },
		"why":     func(code string, values map[string]string) string { return w.say("problem."+code+".why", values) },
		"tel":     tel,
		"share":   share,
		"field":   field,
		"choose":  choose,
		"inc":     func(n int) int { return n + 1 },
		"languages": func(tags []string) []Language {
			return chosen(lib.shipped, tags)
		},
	}
}

// keyOf joins the parts of a key that is made at run time: "role.", a Role.
func keyOf(parts []any) string {
	var b strings.Builder
	for _, part := range parts {
		fmt.Fprint(&b, part)
	}
	return b.String()
}

// prose trusts what package courses compiled: goldmark's safe mode and our own
// blocks let no script, style or foreign address through. It is the one place
// where text becomes HTML unescaped; nothing that a person typed may come here.
func prose(safe string) template.HTML { return template.HTML(safe) }

// tel makes the address that dials a number, of its digits alone.
func tel(number string) template.URL {
	digits := strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, number)
	return template.URL("tel:" + digits)
}

// share is how far along something is, from 0 to 100.
func share(done, all int) int {
	if all <= 0 {
		return 0
	}
	return min(100, max(0, done*100/all))
}

// chosen keeps of the shipped languages those that the site offers, in its order.
func chosen(shipped []Language, tags []string) []Language {
	var found []Language
	for _, tag := range tags {
		for _, l := range shipped {
			if l.Tag == tag {
				found = append(found, l)
			}
		}
	}
	return found
}

// helpKind names a kind of help; a charity may have kinds that we have no word for.
func (w *words) helpKind(kind string) string {
	if key := "help.kind." + kind; w.has(key) {
		return w.word(key)
	}
	return w.word("help.kind.other")
}
