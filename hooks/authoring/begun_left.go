package authoring

import (
	"context"
	"strings"
	"unicode"

	"alongside/courses"
)

// asBegun is the code of a line that nobody has written yet.
const asBegun = "as-begun"

// leftOver are the lines of a new module that still say what its page began with:
// they ask its writer for words, and a learner would read the asking.
func (a *Authoring) leftOver(ctx context.Context, p Place, text string) ([]courses.Advice, error) {
	if p.Live.Revision != "" {
		return nil, nil // it began from what learners read
	}
	first, err := a.state(ctx, a.app.ConcurrentDB(), p.Draft.ID, 1)
	if err != nil {
		return nil, err
	}
	asking := map[string]bool{}
	for line := range strings.Lines(first.Text) {
		if line = strings.TrimSpace(line); asks(line) {
			asking[line] = true
		}
	}
	var all []courses.Advice
	number := 0
	for line := range strings.Lines(text) {
		number++
		bare, _, _ := strings.Cut(strings.TrimSpace(line), "]{#") // an id is written by itself
		if asking[bare] || asking[bare+"]"] {
			all = append(all, courses.Advice{Problem: courses.Problem{Line: number, Level: courses.Warn, Code: asBegun}})
		}
	}
	return all, nil
}

// asks reports whether a line of the page to write on is there to be replaced: a
// heading and what it is called may well stay.
func asks(line string) bool {
	return strings.ContainsFunc(line, unicode.IsLetter) && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "title:") && line != ":::story"
}
