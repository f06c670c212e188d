// Package templates is what people see: pages, partials, assets and every word,
// in every language. It may know package courses, and nothing else of ours.
//
// Pages stand in pages/<room>/<name>.html and fill the layout of
// partials/layout.html; partials/ holds what several pages share; mail/ holds what
// goes out by mail, each as text and as HTML. Words stand in
// locales/<language>.json. docs/look.md says how to add to any of them.
package templates

import (
	"embed"
	"fmt"
	"io"
	"sync"
)

// Whole, as the fragment's name, means the whole page.
const Whole = ""

//go:embed pages partials mail locales
var sources embed.FS

// load reads every language once. The sources are part of the binary, so an
// error here is one that the tests would have shown: it cannot happen later.
// Nor can one of a page that is parsed when it is first shown: the tests parse all.
var load = sync.OnceValue(func() *library {
	lib, err := readLibrary(sources)
	if err != nil {
		panic(err)
	}
	return lib
})

// Render writes a page, or one named fragment of it, in a language. name is
// the file below pages/ without its ending: "learning/step". It is safe for
// any number of callers at once. An unknown name or a template that does not
// fit its data is an error, and nothing of the page should then be sent.
func Render(w io.Writer, lang, name, fragment string, data any) error {
	parsed := load().edition(lang).pages[name]
	if parsed == nil {
		return fmt.Errorf("render %s: no such page", name)
	}
	page, err := parsed()
	if err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	if fragment == Whole {
		fragment = layout
	}
	if err := page.ExecuteTemplate(w, fragment, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	return nil
}

// Has reports whether the words of a key are there.
func Has(key string) bool { return load().source().has(key) }

// Say gives the words of a key in a language, for commands and problems: the
// values take the places named {{.name}} in them. A key without words is given
// back as it is, so that nothing is ever silent.
func Say(lang, key string, values map[string]string) string {
	return load().edition(lang).words.say(key, values)
}

// Count gives the words of a key in the plural form that a number needs.
func Count(lang, key string, count int) string {
	return load().edition(lang).words.count(key, count)
}

// Moment writes a stored moment as people say it in a language, to the minute.
func Moment(lang, moment string) string { return load().edition(lang).words.moment(moment) }
