package content

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"alongside/courses"
)

// A HeldBack is a story that an export leaves out: where whoever told it agreed that it
// is told may not be where the folder goes.
type HeldBack struct {
	Path  string // of its text
	Story string // id
}

// A Reach is where an export goes: back to this site, to another site like it, or
// anywhere.
type Reach string

// The reaches, each wider than the one before.
const (
	Here     Reach = "here"
	Shared   Reach = "shared"
	Anywhere Reach = "anywhere"
)

// Reaches are all of them.
var Reaches = []Reach{Here, Shared, Anywhere}

// Limits says which stories of a course, by its record id, an export of a reach leaves
// out. Whoever knows what tellers agreed to gives it to Commands.
type Limits func(ctx context.Context, course string, reach Reach) ([]HeldBack, error)

// withheld are the texts of an export without what is held back.
type withheld struct {
	texts  map[string][]byte // by path
	taught map[string]bool   // those of them that are the course's own, and no transcript
	left   []HeldBack
	lost   []string // texts as they were before something was taken out of them
}

// withhold takes stories out of every text of a course that tells them: their own, its
// translations, and what quotes them. It removes rather a line too much.
func withhold(rows []exportRow, held []HeldBack) withheld {
	out := withheld{texts: map[string][]byte{}, taught: map[string]bool{}}
	for _, row := range rows {
		out.texts[row.Path] = []byte(row.Text)
		out.taught[row.Path] = slices.Contains([]string{string(courses.FileCourse), string(courses.FileModule), string(courses.FileGlossary)}, row.Kind)
	}
	was := map[string]bool{}
	for _, one := range held {
		own, told := ownOf(rows, one)
		if len(told) == 0 {
			continue
		}
		out.left = append(out.left, one)
		for _, row := range rows {
			id := ""
			if own[row.Path] {
				id = one.Story
			}
			src := row.source()
			src.Text = out.texts[row.Path]
			text, found := courses.Forget(src, id, told)
			if !found {
				continue
			}
			out.texts[row.Path] = text
			if !was[row.Path] {
				was[row.Path] = true
				out.lost = append(out.lost, row.Text)
			}
		}
	}
	return out
}

// ownOf are the texts in which a story stands under its id, and what it says in each.
func ownOf(rows []exportRow, one HeldBack) (own map[string]bool, told []string) {
	module := ""
	if at := slices.IndexFunc(rows, func(r exportRow) bool { return r.Path == one.Path }); at >= 0 {
		module = rows[at].Module
	}
	own = map[string]bool{}
	for _, row := range rows {
		if row.Path != one.Path && (module == "" || row.Module != module) {
			continue
		}
		own[row.Path] = true
		for _, story := range courses.Stories(courses.Compile(row.source())) {
			if story.ID == one.Story {
				told = append(told, story.Words)
			}
		}
	}
	return own, told
}

// onlyThere reports whether a file was shown in a text from which something was taken,
// and is shown nowhere any more.
func (w withheld) onlyThere(file string) bool {
	name := path.Base(file)
	shown := func(text string) bool {
		return strings.Contains(text, name) || strings.Contains(text, url.PathEscape(name))
	}
	if !slices.ContainsFunc(w.lost, shown) {
		return false
	}
	for _, text := range w.texts {
		if shown(string(text)) {
			return false
		}
	}
	return true
}
