package learning

import (
	"context"
	"errors"
	"slices"
	"strings"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"
)

// stepView makes the parts of a step with what the learner has to do with them.
type stepView struct {
	compiled *content.Compiled
	language string // of the interface
	site     *web.Site
	looksOn  bool // nothing that they give can be kept
	given    map[string]given
	recalled func(courses.Ref) (*Recalled, error)
}

func (v stepView) parts(parts []courses.Part) ([]PartView, error) {
	views := make([]PartView, len(parts))
	for i := range parts {
		if err := v.fill(&views[i], &parts[i]); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// fill gives a part what the learner has to do with it.
func (v stepView) fill(view *PartView, part *courses.Part) (err error) {
	view.Part = part
	if len(part.Parts) > 0 {
		if view.Inside, err = v.parts(part.Parts); err != nil {
			return err
		}
	}
	switch {
	case part.Activity != nil:
		view.Act = v.activity(part.Activity)
	case part.Kind == courses.Recall:
		view.Recalled, err = v.recalled(part.Of)
	case part.Kind == courses.Help:
		view.Help = v.help(part.Help)
	}
	return err
}

// help is the numbers of one kind of help; all there are where a site has none of
// that kind, since a page must never promise help and show nothing.
func (v stepView) help(kind string) []web.HelpNumber {
	if found := v.site.HelpOf(kind, v.language); len(found) > 0 {
		return found
	}
	return v.site.HelpIn(v.language)
}

func (v stepView) activity(a *courses.Activity) *ActivityView {
	g := v.given[a.ID]
	if g.isLocked() {
		g.tried = false // there is nothing to say of words that do not show
	}
	view := &ActivityView{
		Activity: a, LooksOn: v.looksOn, Field: a.Field(0), Given: !g.isEmpty(), Tried: g.tried, Typed: g.answer.Typed[0],
		Changed: g.changed || len(g.kept) > 0, Was: append(slices.Clone(g.was), g.kept...), Lock: g.lock, Error: g.errors,
		Seen: g.stamp, Also: g.also(), Shared: g.shared, Kept: g.row != "" && (g.shared || g.isLocked() || !g.isNothing()),
	}
	if g.met != nil {
		view.Seen, view.Elsewhere = web.ChoiceDue(g.stamp), &Elsewhere{Said: g.met.said, Felt: g.met.felt}
	}
	var mark courses.Mark
	if g.mark != nil {
		mark = *g.mark
		view.Verdict = mark.Verdict
	} else if g.tried {
		mark = a.Mark(g.answer)
		view.Verdict = mark.Verdict
	}
	if a.Again != "" {
		view.Before = v.before(a.Again)
	}
	items := itemViews{a: a, answer: g.answer, mark: mark}
	view.Groups, view.Shown = items.groups(), items.shown()
	return view
}

// before is what was said to a scale the first time.
func (v stepView) before(id string) string {
	if a := v.compiled.Activity(id); a != nil {
		return strings.Join(said(a, v.given[id].answer), ", ")
	}
	return ""
}

// recall finds what a learner gave to an activity of this or another module.
func (l *Learning) recall(ctx context.Context, viewer *web.Viewer, key moduleKey) func(courses.Ref) (*Recalled, error) {
	return func(of courses.Ref) (*Recalled, error) {
		there := key
		if of.Module != "" {
			there.module, there.withdrawn = of.Module, false
		}
		w, err := l.find(ctx, viewer, there, func(c *content.Compiled) (it names) {
			it.add(c, c.Activity(of.Activity))
			return it
		})
		if errors.Is(err, web.ErrNotFound) || errors.Is(err, errSignIn) {
			return nil, nil // the module is not there now: nothing to recall
		}
		if err != nil {
			return nil, err
		}
		a := w.compiled.Activity(of.Activity)
		if a == nil {
			return nil, nil
		}
		stored, err := l.readerOf(ctx, viewer, w).all(w.Answers, w.Reflections)
		if err != nil {
			return nil, err
		}
		return recalled(w, a, stored.found[a.ID]), nil
	}
}

func recalled(w *where, a *courses.Activity, g given) *Recalled {
	return &Recalled{
		Question: a.Text,
		From:     Link{Title: w.compiled.Module.Title, Lang: w.compiled.Module.Lang, Address: content.StepAddress(w.CourseSlug, w.ModuleSlug, a.Step)},
		Said:     append(said(a, g.answer), g.kept...),
		Also:     g.also(),
		Lock:     g.lock,
	}
}

func (l *Learning) readerOf(ctx context.Context, viewer *web.Viewer, w *where) reader {
	return reader{Learning: l, ctx: ctx, viewer: viewer, enrolment: w.Enrolment, module: w.Module, revision: w.compiled.Revision}
}
