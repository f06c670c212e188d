package learning

import (
	"context"
	"net/url"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A Look is a text that is not live, looked at as a learner would see it.
type Look struct {
	Compiled *content.Compiled
	Course   Link
	Root     string // address below which its steps are
}

// ShowLook shows a step of it: the learner's page, by the same code, for somebody who
// only looks on. It returns web.ErrNotFound where there is no such step.
func (l *Learning) ShowLook(e *core.RequestEvent, look Look, step string) error {
	w := look.where()
	found, place := look.Compiled.Step(step)
	if found == nil {
		if of := look.Compiled.Module.StepOf(step); of != "" {
			return web.SeeOther(e, w.stepAt(of)+"#"+w.anchor(step))
		}
		return web.ErrNotFound
	}
	return l.showAsLeft(e, w, place)
}

// TryLook is Check on such a page: the step again, with what there is to say of an
// answer. Nothing is stored.
func (l *Learning) TryLook(e *core.RequestEvent, look Look, step string) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	asked, place := look.Compiled.Step(step)
	if asked == nil {
		return web.ErrNotFound
	}
	s := &saving{
		Learning: l, ctx: e.Request.Context(), viewer: web.Current(e), w: look.where(), step: step, form: form,
		seen: look.Compiled, asked: asked, place: place,
	}
	s.action, s.check = pressed(form)
	return s.tryAsked(e)
}

// where is nowhere: nobody has got anywhere in a text that is not live.
func (look Look) where() *where {
	c := look.Compiled
	return &where{
		spot:        &spot{key: moduleKey{course: c.Course}, CourseSlug: c.Course, CourseLang: look.Course.Lang, Build: c.Build, Revision: c.Revision, live: c, root: look.Root},
		CourseTitle: look.Course.Title, compiled: c, looksOn: true,
	}
}

// at is where a module is: below its course, or where somebody looks on.
func (s *spot) at() string {
	if s.root != "" {
		return s.root
	}
	return content.ModuleAddress(s.CourseSlug, s.ModuleSlug)
}

// stepAt is where a step of it is.
func (s *spot) stepAt(step string) string {
	if s.root == "" {
		return content.StepAddress(s.CourseSlug, s.ModuleSlug, step)
	}
	return s.root + "/" + url.PathEscape(step)
}

// LookSteps are the steps of a look, for a list.
func LookSteps(look Look) (steps []Link) {
	w := look.where()
	for _, step := range look.Compiled.Outline.Steps {
		steps = append(steps, Link{Title: step.Title, Lang: look.Compiled.Module.Lang, Address: w.stepAt(step.ID)})
	}
	return steps
}

// recallIn is recall, which finds what a text that is not live asks in itself too.
func (l *Learning) recallIn(ctx context.Context, viewer *web.Viewer, w *where) func(courses.Ref) (*Recalled, error) {
	elsewhere := l.recall(ctx, viewer, w.key)
	if w.root == "" {
		return elsewhere
	}
	return func(of courses.Ref) (*Recalled, error) {
		if of.Module != "" && of.Module != w.compiled.Module.Slug {
			return elsewhere(of)
		}
		a := w.compiled.Activity(of.Activity)
		if a == nil {
			return nil, nil
		}
		asked := recalled(w, a, given{})
		asked.From.Address = w.stepAt(a.Step)
		return asked, nil
	}
}
