package learning

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"alongside/courses"
	"alongside/hooks/web"
	"alongside/templates"
)

// partKey is what the HTML of a part depends on, besides its revision: where
// nobody typed anything into it, it is rendered once for all who see the same.
type partKey struct {
	language, at string
	site         *web.Site // help shows its numbers
	state        string
}

// html renders a part, or takes what was rendered of it for the same state.
func (v stepView) html(part *courses.Part) (string, error) {
	state, open := v.state(part)
	if !open {
		return v.render(part)
	}
	kept, err := v.compiled.Kept(partKey{v.language, part.At, v.site, state}, func() (any, error) { return v.render(part) })
	if err != nil {
		return "", err
	}
	return kept.(string), nil
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

// state says what was chosen in a part, "" where nothing was touched. open is
// false where the part shows what somebody typed: that is never kept anywhere
// but in their own sealed row.
func (v stepView) state(part *courses.Part) (state string, open bool) {
	if part.Kind == courses.Recall {
		return "", false
	}
	if part.Activity != nil {
		return v.chosen(part.Activity)
	}
	var all strings.Builder
	for i := range part.Parts {
		state, open := v.state(&part.Parts[i])
		if !open {
			return "", false
		}
		all.WriteString(state)
	}
	return all.String(), true
}

func (v stepView) chosen(a *courses.Activity) (state string, open bool) {
	g := v.given[a.ID]
	before := ""
	if a.Again != "" {
		before = v.before(a.Again)
	}
	if len(typedOnly(g.answer.Typed)) > 0 || g.errors != nil || g.closed || g.changed || len(g.was) > 0 || len(g.kept) > 0 {
		return "", false
	}
	if empty(g.answer) && before == "" {
		return "", true
	}
	return fmt.Sprintf("%s %v %v %v %q;", a.ID, g.answer.Chosen, g.answer.Placed, g.tried, before), true
}

// own renders the parts of a step that show what this learner gave, and says
// which these are.
func (v stepView) own(parts []courses.Part) (which []int, html []string, err error) {
	for i := range parts {
		if state, open := v.state(&parts[i]); open && state == "" {
			continue
		}
		one, err := v.html(&parts[i])
		if err != nil {
			return nil, nil, err
		}
		which, html = append(which, i), append(html, one)
	}
	return which, html, nil
}

// around are the parts of a step with holes in place of the learner's own.
func (v stepView) around(parts []courses.Part, own []int) (views []PartView, err error) {
	views = make([]PartView, len(parts))
	for i := range parts {
		views[i].Part = &parts[i]
		if n := slices.Index(own, i); n >= 0 {
			views[i].Ready = templates.Hole(web.FirstOwn + n)
		} else if views[i].Ready, err = v.html(&parts[i]); err != nil {
			return nil, err
		}
	}
	return views, nil
}
