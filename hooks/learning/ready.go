package learning

import (
	"bytes"

	"alongside/courses"
	"alongside/templates"
)

// ready gives a part as HTML if it reads the same for everybody: nothing in it
// shows what this learner gave. Such a part is rendered once for each revision
// and language, and kept with the compiled revision; ok is false for the others.
func (v stepView) ready(part *courses.Part) (html string, ok bool, err error) {
	if !v.isSameForAll(part) {
		return "", false, nil
	}
	html, err = v.compiled.Kept(v.language+" "+part.At, func() (string, error) { return v.render(part) })
	return html, err == nil, err
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
