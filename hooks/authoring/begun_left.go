package authoring

import (
	"strings"
	"sync"
	"unicode"

	"alongside/courses"
	"alongside/templates"
)

// asBegun is the code of a line that nobody has written yet.
const asBegun = "as-begun"

// leftOver are the lines of a text that still say what a page to write on says: they
// ask its writer for words, and a learner would read the asking.
func leftOver(text string) (all []courses.Advice) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		bare, _, hasID := strings.Cut(strings.TrimSpace(line), "]{#")
		if hasID {
			bare += "]"
		}
		if asking()[bare] {
			all = append(all, courses.Advice{Problem: courses.Problem{Line: number, Level: courses.Warn, Code: asBegun}})
		}
	}
	return all
}

// asking are the lines that every page to write on, in every language, asks with.
var asking = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, language := range templates.Languages() {
		for _, from := range Beginnings() {
			for line := range strings.Lines(beginning(language.Tag, from, "")) {
				if line = strings.TrimSpace(line); asks(line) {
					all[line] = true
				}
			}
		}
	}
	return all
})

// asks reports whether a line of the page to write on is there to be replaced: a
// heading and what it is called may well stay.
func asks(line string) bool {
	return strings.ContainsFunc(line, unicode.IsLetter) && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "title:") && line != ":::story"
}
