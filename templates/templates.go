// Package templates is what people see: pages, partials, mail, assets and every
// word, in every language. It may know package courses, and nothing else of ours.
package templates

import (
	"fmt"
	"io"
)

// Whole, as the fragment's name, means the whole page.
const Whole = ""

// Render writes a page, or one named fragment of it, in a language. name is
// the file below pages/ without its ending: "learning/step". It is safe for
// any number of callers at once. An unknown name or a template that does not
// fit its data is an error, and nothing of the page should then be sent.
func Render(w io.Writer, lang, name, fragment string, data any) error {
	return fmt.Errorf("render %s: not there yet", name)
}

// Match picks the interface language for what a person or browser asks for,
// the first that we have, and its direction, "ltr" or "rtl". Each wish is a BCP 47
// tag or an Accept-Language header.
func Match(wanted ...string) (tag, dir string) { return "en", "ltr" }

// Has reports whether the words of a key are there.
func Has(key string) bool { return false }
