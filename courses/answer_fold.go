package courses

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold makes texts comparable as people mean them: case, composed letters and
// runs of space do not matter.
func fold(text string) string {
	return strings.Join(strings.Fields(norm.NFC.String(cases.Fold().String(norm.NFC.String(text)))), " ")
}

// foldAnswer also takes no notice of what stands around what was typed: quotes,
// a full stop.
func foldAnswer(text string) string {
	return fold(strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsControl(r)
	}))
}
