package templates

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// A Language is one that people can choose, with its own name for itself.
type Language struct {
	Tag, Name, Dir string
}

// Match picks the interface language for what a person or browser asks for,
// the first that we have, and its direction, "ltr" or "rtl". Each wish is a BCP 47
// tag or an Accept-Language header.
func Match(wanted ...string) (tag, dir string) {
	lib := load()
	for _, wish := range wanted {
		if found := lib.match(wish); found != "" {
			return found, lib.edition(found).words.dir
		}
	}
	return sourceLanguage, lib.source().dir
}

// Speaks reports whether a tag is, as it stands, that of an interface language, and
// gives its direction.
func Speaks(tag string) (dir string, ok bool) {
	lib := load()
	if lib.ready[tag] == nil && lib.pseudo[tag] == nil {
		return "", false
	}
	return lib.edition(tag).words.dir, true
}

// match finds what answers one wish, "" where nothing does. A tag that we have
// needs no parsing: that is nearly every request.
func (lib *library) match(wish string) string {
	if wish == "" {
		return ""
	}
	first, _, _ := strings.Cut(wish, ",")
	if lib.ready[first] != nil || lib.pseudo[first] != nil {
		return first
	}
	tags, _, err := language.ParseAcceptLanguage(wish)
	if err != nil {
		return ""
	}
	for _, tag := range tags {
		if found := lib.nearest(tag); found != "" {
			return found
		}
	}
	return ""
}

// nearest finds a tag or what it is a kind of: "en-GB" is a kind of "en".
func (lib *library) nearest(tag language.Tag) string {
	for ; tag != language.Und; tag = tag.Parent() {
		if lib.ready[tag.String()] != nil {
			return tag.String()
		}
	}
	return ""
}

// Direction is that of a language's script: "rtl" for Arabic, Dari or Hebrew,
// "ltr" for all that are written from left to right and for what is no language.
func Direction(tag string) string {
	made := language.Make(tag)
	script, _ := made.Script()
	if base, _ := made.Base(); base.String() == "prs" { // Dari, whose script x/text does not know
		return "rtl"
	}
	if slices.Contains([]string{"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}, script.String()) {
		return "rtl"
	}
	return "ltr"
}
