package learning

import (
	"bytes"
	"slices"

	"alongside/courses"
	"alongside/hooks/web"
	"alongside/templates"
)

// ready gives a part as HTML if it reads the same for everybody: nothing in it
// shows what this learner gave. Such a part is rendered once for each revision
// and language, and kept with the compiled revision; ok is false for the others.
func (v stepView) ready(part *courses.Part) (html string, ok bool, err error) {
	if !v.isSameForAll(part) {
		return "", false, nil
	}
	kept, err := v.compiled.Kept(readyKey{v.language, part.At}, func() (any, error) { return v.render(part) })
	if err != nil {
		return "", false, err
	}
	return kept.(string), true, nil
}

// readyKey is what a part that is the same for everybody depends on, besides
// its revision.
type readyKey struct{ language, at string }

// own renders the parts of a step that show what this learner gave, and says
// which these are.
func (v stepView) own(parts []courses.Part) (which []int, html []string, err error) {
	for i := range parts {
		if v.isSameForAll(&parts[i]) {
			continue
		}
		one, err := v.render(&parts[i])
		if err != nil {
			return nil, nil, err
		}
		which, html = append(which, i), append(html, one)
	}
	return which, html, nil
}

// around are the parts of a step with holes in place of the learner's own.
func (v stepView) around(parts []courses.Part, own []int) ([]PartView, error) {
	views := make([]PartView, len(parts))
	for i := range parts {
		views[i].Part = &parts[i]
		if n := slices.Index(own, i); n >= 0 {
			views[i].Ready = templates.Hole(web.FirstOwn + n)
			continue
		}
		html, _, err := v.ready(&parts[i])
		if err != nil {
			return nil, err
		}
		views[i].Ready = html
	}
	return views, nil
}

func (v stepView) isSameForAll(part *courses.Part) bool {
	switch part.Kind {
	case courses.Recall, courses.Help:
		return false
	}
	if a := part.Activity; a != nil && (!v.given[a.ID].isNothing() || a.Again != "") {
		return false
	}
	for i := range part.Parts {
		if !v.isSameForAll(&part.Parts[i]) {
			return false
		}
	}
	return true
}

func (v stepView) render(part *courses.Part) (string, error) {
	var view PartView
	if err := v.fill(&view, part); err != nil {
		return "", err
	}
	var out bytes.Buffer
	err := templates.Render(&out, v.language, "learning/step", "part", &view)
	return out.String(), err
}

// isNothing reports whether an activity shows as if it had never been touched.
func (g given) isNothing() bool {
	return empty(g.answer) && g.errors == nil && !g.closed && !g.changed && len(g.was) == 0 && len(g.kept) == 0
}
