package courses

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// Target says where a relative link or picture of the file from leads: to which
// path of the folder, and to which id there. A dest that begins with `/` counts
// from the top of the folder. file is "" where dest leads out of the folder, to
// another site or nowhere at all; it is not said that the file is there.
func Target(from, dest string) (file, anchor string) {
	if kind := addressKind(dest); kind == toOutside || kind == toNowhere {
		return "", ""
	}
	file, anchor, _ = strings.Cut(dest, "#")
	file, _, _ = strings.Cut(file, "?")
	file, anchor = unescape(file), unescape(anchor)
	switch {
	case file == "":
		return path.Clean(from), anchor
	case strings.HasPrefix(file, "/"):
		file = path.Clean(file)[1:]
	default:
		file = path.Join(path.Dir(from), file)
	}
	if file == ".." || strings.HasPrefix(file, "../") || file == "." || file == "" {
		return "", ""
	}
	return file, anchor
}

// unescape reads %20 and its like; a name with a bare % is what it is.
func unescape(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// StepOf finds the step that an id of the module leads to: the step's own, or
// that of an activity, a story or a heading in it. It is "" where there is none.
func (m *Module) StepOf(id string) string {
	for _, step := range m.Steps {
		if step.ID == id || slices.ContainsFunc(step.Parts, func(p Part) bool { return p.holds(id) }) {
			return step.ID
		}
	}
	return ""
}

func (p Part) holds(id string) bool {
	return p.ID == id ||
		p.Activity != nil && p.Activity.ID == id ||
		strings.Contains(p.HTML, `id="`+IDPrefix+id+`"`) ||
		slices.ContainsFunc(p.Parts, func(p Part) bool { return p.holds(id) })
}

// A link is one between modules that names a place.
type link struct{ from, dest, to, anchor string }

// follow finds what a link leads to and asks the site for its address.
func (r *reading) follow(from, dest string) (string, bool) {
	file, anchor := Target(from, dest)
	if !r.kept[file] {
		return "", false
	}
	named, shown := r.shown[file]
	if !shown && isMedia(file) {
		named, shown = File{Kind: FileMedia}, true
		r.shown[file] = named
	}
	if !shown || named.Kind == FileGlossary {
		r.lost[clip(dest, 120)] = true
		return "", false
	}
	if named.Kind == FileModule && anchor != "" && file != from {
		r.links = append(r.links, link{from, dest, file, anchor})
	}
	if r.resolve == nil {
		return dest, true
	}
	return r.resolve(from, dest)
}

// isMedia says whether a file can be shown or played on a page: a picture, a
// recording, or what is said in one.
func isMedia(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif",
		".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".wav", ".flac", ".weba",
		".mp4", ".m4v", ".webm", ".ogv", ".vtt", ".srt", ".txt":
		return true
	case ".md", ".markdown":
		return slices.Contains(strings.Split(path.Dir(name), "/"), "media")
	}
	return false
}

// checkAnchors reports links to a module that is there, but has no such place.
func (r *reading) checkAnchors() {
	modules := map[string]*Module{}
	for _, m := range r.course.Modules {
		modules[m.Path] = m
		for _, t := range m.Translations {
			modules[t.Path] = t
		}
	}
	for _, l := range r.links {
		if modules[l.to].StepOf(l.anchor) == "" {
			at := lineWith(r.text(l.from), l.dest)
			r.report(problem(l.from, at, Notice, AnchorUnknown, "to", l.dest))
		}
	}
}

// checkRecalls reports where a module shows again what was answered in another, and
// nothing is asked there. It breaks nobody: the place stays empty.
func (r *reading) checkRecalls() {
	asked := map[Ref]bool{}
	for _, m := range r.course.Modules {
		for _, step := range m.Steps {
			for _, a := range step.Activities {
				asked[Ref{m.Slug, a.ID}] = true
			}
		}
	}
	for _, m := range r.course.Modules {
		for _, step := range m.Steps {
			eachPart(step.Parts, func(p *Part) {
				if p.Kind == Recall && p.Of.Module != "" && !asked[p.Of] {
					r.report(problem(m.Path, p.Line, Warn, RecallUnknown, "id", p.Of.Module+"#"+p.Of.Activity))
				}
			})
		}
	}
}

// lineWith gives the first line that holds a text, 0 where none does.
func lineWith(data []byte, text string) int {
	before, _, found := strings.Cut(string(data), text)
	if !found {
		return 0
	}
	return strings.Count(before, "\n") + 1
}
