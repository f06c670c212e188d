package learning

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"alongside/courses"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
	"alongside/templates"
)

// partKey is what the HTML of a part depends on, besides its revision. What
// somebody typed is not in it: it goes through holes, and is kept nowhere but in
// their own sealed row.
type partKey struct {
	language, at string
	site         *web.Site // help shows its numbers
	looksOn      bool
	state        string
}

// html renders a part, or fills what was rendered of it for the same state.
func (v stepView) html(part *courses.Part) (string, error) {
	var l look
	if !v.look(part, &l) {
		return v.render(part)
	}
	return v.filled(part, l)
}

// filled is a part in the state of a look, rendered once for everybody.
func (v stepView) filled(part *courses.Part, l look) (string, error) {
	kept, err := v.compiled.Kept(partKey{v.language, part.At, v.site, v.looksOn, l.state}, func() (any, error) {
		html, err := v.masked(l).render(part)
		return templates.NewStencil(html), err
	})
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = kept.(*templates.Stencil).Fill(&out, l.texts()...)
	return out.String(), err
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

// A look is what a part shows of one learner: what was chosen as part of the
// key, what was typed apart from it.
type look struct {
	state string // "" where nothing was touched
	typed []typedAt
}

// These stand for what is as much one person's as what they typed: the stamp of a
// reflection, and the id of its row.
const (
	stampPosition = -1
	rowPosition   = -2
)

// typedAt is a text, and where it shows: in an activity, or where what was given
// elsewhere is recalled.
type typedAt struct {
	activity string
	recalled *recall
	position int
	text     string
}

// recall is a part that shows what was given elsewhere.
type recall struct {
	of   courses.Ref
	seen *Recalled
}

func (l look) texts() []string {
	texts := make([]string, len(l.typed))
	for i, t := range l.typed {
		texts[i] = templates.EscapeText(t.text)
	}
	return texts
}

// look adds what a part shows of this learner. It is false where that cannot be
// put in words like these: the part is then rendered for them alone.
func (v stepView) look(part *courses.Part, l *look) bool {
	if part.Kind == courses.Recall {
		return v.lookBack(part.Of, l)
	}
	if part.Activity != nil {
		return v.lookAt(part.Activity, l)
	}
	for i := range part.Parts {
		if !v.look(&part.Parts[i], l) {
			return false
		}
	}
	return true
}

func (v stepView) lookBack(of courses.Ref, l *look) bool {
	seen, err := v.recalled(of)
	if err != nil || seen == nil || seen.Lock != reflections.Unlocked {
		return false
	}
	l.state += fmt.Sprintf("%q %v %d%s;", seen.Question, seen.From, len(seen.Said), seen.Also.state())
	at := &recall{of, seen}
	if seen.Also.Row != "" {
		l.typed = append(l.typed, typedAt{recalled: at, position: rowPosition, text: seen.Also.Row})
	}
	for n, text := range seen.Said {
		l.typed = append(l.typed, typedAt{recalled: at, position: n, text: text})
	}
	return true
}

func (v stepView) lookAt(a *courses.Activity, l *look) bool {
	g := v.given[a.ID]
	if g.errors != nil || g.isLocked() || g.changed || len(g.was) > 0 || len(g.kept) > 0 {
		return false
	}
	before := ""
	if a.Again != "" {
		before = v.before(a.Again)
	}
	typed := typedOnly(g.answer.Typed)
	if empty(g.answer) && g.row == "" && before == "" {
		return true
	}
	positions := slices.Sorted(maps.Keys(typed))
	for _, position := range positions {
		l.typed = append(l.typed, typedAt{activity: a.ID, position: position, text: typed[position]})
	}
	if g.stamp != "" {
		l.typed = append(l.typed,
			typedAt{activity: a.ID, position: stampPosition, text: g.stamp},
			typedAt{activity: a.ID, position: rowPosition, text: g.row})
	}
	l.state += stateOf(a, g, positions, before)
	if a.Kind == courses.Blanks && g.tried {
		l.state += verdicts(a, a.Mark(g.answer)) // what is said of a gap depends on its words
	}
	l.state += ";"
	return true
}

// stateOf is what shows of an answer besides its words. It is written for every
// page, so by hand.
func stateOf(a *courses.Activity, g given, positions []int, before string) string {
	state := make([]byte, 0, 64)
	state = append(state, a.ID...)
	state = strconv.AppendBool(append(state, ' '), g.tried)
	for _, position := range g.answer.Chosen {
		state = strconv.AppendInt(append(state, '.'), int64(position), 10)
	}
	for _, position := range positions {
		state = strconv.AppendInt(append(state, '-'), int64(position), 10)
	}
	for _, item := range slices.Sorted(maps.Keys(g.answer.Placed)) {
		state = strconv.AppendInt(append(state, '+'), int64(item), 10)
		state = strconv.AppendInt(append(state, '='), int64(g.answer.Placed[item]), 10)
	}
	state = append(state, g.also().state()...)
	if g.shared {
		state = append(state, " shared"...)
	}
	return string(strconv.AppendQuote(state, before))
}

// state is what shows of it besides where it is.
func (a Also) state() string {
	if !a.Says() {
		return ""
	}
	return fmt.Sprint(a.Felt, a.Voice, a.Paper)
}

func verdicts(a *courses.Activity, mark courses.Mark) string {
	all := []courses.Verdict{mark.Verdict}
	for _, item := range a.Items {
		all = append(all, mark.Items[item.Position].Verdict)
	}
	return fmt.Sprint(all)
}

// masked is the view with a hole in the place of every text of a look.
func (v stepView) masked(l look) stepView {
	v.given = maps.Clone(v.given)
	recalled := map[courses.Ref]*Recalled{}
	for i, t := range l.typed {
		if t.recalled != nil {
			one := t.recalled.masked(recalled[t.recalled.of])
			if recalled[t.recalled.of] = one; t.position == rowPosition {
				one.Also.Row = templates.Hole(i)
			} else {
				one.Said[t.position] = templates.Hole(i)
			}
			continue
		}
		g := v.given[t.activity]
		if a := v.compiled.Activity(t.activity); g.tried && g.mark == nil {
			mark := a.Mark(g.answer) // of the words themselves
			g.mark = &mark
		}
		switch t.position {
		case stampPosition:
			g.stamp = templates.Hole(i)
		case rowPosition:
			g.row = templates.Hole(i)
		default:
			g.answer.Typed = maps.Clone(g.answer.Typed)
			g.answer.Typed[t.position] = templates.Hole(i)
		}
		v.given[t.activity] = g
	}
	if as := v.recalled; len(recalled) > 0 {
		v.recalled = func(of courses.Ref) (*Recalled, error) {
			if one := recalled[of]; one != nil {
				return one, nil
			}
			return as(of)
		}
	}
	return v
}

// masked is what is recalled without a word of it, begun if it is not yet.
func (r *recall) masked(begun *Recalled) *Recalled {
	if begun != nil {
		return begun
	}
	one := *r.seen
	one.Said = make([]string, len(r.seen.Said))
	return &one
}

// own renders the parts of a step that show what this learner gave, and says
// which these are.
func (v stepView) own(parts []courses.Part) (which []int, html []string, err error) {
	for i := range parts {
		var l look
		var one string
		switch plain := v.look(&parts[i], &l); {
		case plain && l.state == "":
			continue
		case plain:
			one, err = v.filled(&parts[i], l)
		default:
			one, err = v.render(&parts[i])
		}
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
